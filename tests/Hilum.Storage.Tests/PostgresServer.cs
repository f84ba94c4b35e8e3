using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Hilum.Storage.Tests;

/// <summary>A PostgreSQL server of the tests' own: in a temporary folder, on a free port of this machine, as user postgres when the tests run as root.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private string? folder;
    private string? programs;
    private int port;
    private int databases;

    /// <summary>Why there is none; null when it runs.</summary>
    public string? Missing { get; private set; }

    /// <summary>An empty database of this server.</summary>
    public string NewDatabase()
    {
        if (Missing is not null) Assert.Skip(Missing);
        var name = $"store{Interlocked.Increment(ref databases)}";
        Run("psql", "-h", folder!, "-p", $"{port}", "-U", "postgres", "-d", "postgres", "-c", $"CREATE DATABASE {name}");
        return $"{Database.PostgresPrefix}Host={folder};Port={port};Username=postgres;Database={name};Pooling=false";
    }

    /// <inheritdoc/>
    public ValueTask InitializeAsync()
    {
        programs = Programs();
        if (programs is null)
        {
            Missing = "PostgreSQL is not installed here (no initdb in /usr/lib/postgresql/*/bin or on PATH): only SQLite is tested";
            return default;
        }

        try
        {
            folder = Directory.CreateTempSubdirectory("hilum-pg-").FullName;
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                port = ((IPEndPoint)free.LocalEndpoint).Port;
            }

            var data = Path.Combine(folder, "data");
            if (Environment.IsPrivilegedProcess) Shell("chown", "postgres", folder);
            Run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
            Run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", Path.Combine(folder, "log"), "-o", $"-c listen_addresses='' -k {folder} -p {port}", "start");
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            Missing = $"PostgreSQL could not be started here: {e.Message}: only SQLite is tested";
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (folder is null) return default;
        if (Missing is null) Run("pg_ctl", "-D", Path.Combine(folder, "data"), "-m", "immediate", "-w", "stop");
        Directory.Delete(folder, recursive: true);
        return default;
    }

    private static string? Programs() =>
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")) : [])
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")));

    private void Run(string program, params string[] arguments)
    {
        var path = Path.Combine(programs!, program);
        if (Environment.IsPrivilegedProcess) Shell("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else Shell(path, arguments);
    }

    private static void Shell(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // the server that pg_ctl leaves behind keeps the pipes open: output goes to a file of its own, and nobody reads to the end
        using var process = Process.Start(start)!;
        if (!process.WaitForExit(TimeSpan.FromSeconds(90))) throw new InvalidOperationException($"{program} did not end");
        if (process.ExitCode != 0) throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments.Take(4))}: {process.StandardError.ReadToEnd().Trim()}");
    }
}
