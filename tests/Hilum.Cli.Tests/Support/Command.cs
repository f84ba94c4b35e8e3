using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Hilum.Cli.Tests.Support;

/// <summary>What a run of the program left behind.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Bytes">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Outcome(int Code, byte[] Bytes, string Error)
{
    /// <summary>Standard output as text.</summary>
    public string Output => Encoding.UTF8.GetString(Bytes);

    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    /// <summary>The lines of standard error.</summary>
    public string[] Errors => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The same, if the command was done and had nothing to complain of.</summary>
    public Outcome Done()
    {
        Assert.Equal("", Error);
        Assert.Equal(ExitCode.Done, Code);
        return this;
    }

    /// <summary>The same, if the input was refused as it must be: exit code 2, nothing half-printed, words and no stack trace.</summary>
    public Outcome Refused(params string[] words)
    {
        Assert.Equal(ExitCode.BadInput, Code);
        Assert.Equal("", Output);
        Assert.NotEmpty(Errors);
        Assert.DoesNotMatch(@"\n\s+at \S+\(|Exception|Internal error", Error);
        foreach (var word in words) Assert.Contains(word, Error, StringComparison.Ordinal);
        return this;
    }
}

/// <summary>The built program, started as people start it: a process of its own.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Compiled content is kept here during a run of the tests.</summary>
    public static string Cache { get; } = Path.Combine(Scratch.Folder, "cache");

    /// <summary>Runs a command.</summary>
    public static Task<Outcome> Run(params string[] arguments) => Run(arguments, input: null);

    /// <summary>Runs a command with something on standard input, or with another cache.</summary>
    public static async Task<Outcome> Run(string[] arguments, byte[]? input, string? cache = null, string? guidance = null, string? program = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Scratch.Folder,
        };
        start.ArgumentList.Add(program ?? typeof(ExitCode).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["HILUM_GUIDANCE"] = guidance ?? Repository.Guidance;
        start.Environment["HILUM_CACHE"] = cache ?? Cache;
        start.Environment.Remove("HILUM_TRACE");
        using var process = Process.Start(start)!;
        using var bytes = new MemoryStream();
        using var late = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.BaseStream.CopyToAsync(bytes, late.Token);
            var error = process.StandardError.ReadToEndAsync(late.Token);
            await Feed(process, input);
            await process.WaitForExitAsync(late.Token);
            await output;
            return new(process.ExitCode, bytes.ToArray(), await error);
        }
        catch (OperationCanceledException fault)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"hilum {string.Join(' ', arguments)} did not end within {Patience.TotalSeconds} s", fault);
        }
    }

    private static async Task Feed(Process process, byte[]? input)
    {
        try
        {
            if (input is not null) await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it read as much as it wanted
        }
    }
}
