using System.Diagnostics;
using System.Text;

namespace Hilum.Cli.Tests.Support;

/// <summary><c>hilum serve</c> as a process of its own, over a store of its own, on a free port.</summary>
internal sealed class RunningService : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process process;
    private readonly StringBuilder said = new();

    private RunningService(Process process) => this.process = process;

    /// <summary>A client for it.</summary>
    public HttpClient Client { get; private set; } = new();

    /// <summary>Everything it wrote to its log.</summary>
    public string Log
    {
        get
        {
            lock (said) return said.ToString();
        }
    }

    /// <summary>Starts it, and waits until it answers.</summary>
    public static async Task<RunningService> Start(string store, CancellationToken stop, string? program = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Scratch.Folder,
        };
        foreach (var argument in new[] { program ?? typeof(ExitCode).Assembly.Location, "serve", "--urls", "http://127.0.0.1:0", "--store", store }) start.ArgumentList.Add(argument);
        start.Environment["HILUM_GUIDANCE"] = Repository.Guidance;
        start.Environment["HILUM_CACHE"] = Command.Cache;
        var service = new RunningService(Process.Start(start)!);
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        service.process.OutputDataReceived += (_, line) => service.Hear(line.Data, address);
        service.process.ErrorDataReceived += (_, line) => service.Hear(line.Data, address);
        service.process.BeginOutputReadLine();
        service.process.BeginErrorReadLine();
        service.Client = new() { BaseAddress = new(await address.Task.WaitAsync(Patience, stop)), Timeout = Patience };
        return service;
    }

    /// <summary>SIGKILL: no goodbye.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>SIGTERM, and its exit code.</summary>
    public async Task<int> Stop(CancellationToken stop)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])!;
        await process.WaitForExitAsync(stop);
        return process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited) Kill();
        Client.Dispose();
        process.Dispose();
    }

    private void Hear(string? line, TaskCompletionSource<string> address)
    {
        if (line is null)
        {
            address.TrySetException(new InvalidOperationException($"the service ended before it answered: {Log}"));
            return;
        }

        lock (said) said.AppendLine(line);
        if (line.StartsWith("Hilum is open at ", StringComparison.Ordinal)) address.TrySetResult(line.Split(' ')[4]);
    }
}
