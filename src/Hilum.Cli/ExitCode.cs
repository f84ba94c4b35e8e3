namespace Hilum.Cli;

/// <summary>The exit codes of <c>contract/cli.md</c>.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The answer is a failure: a check that found something.</summary>
    public const int Failed = 1;

    /// <summary>Bad usage, or an input that cannot be read.</summary>
    public const int BadInput = 2;

    /// <summary>An internal error.</summary>
    public const int Internal = 3;
}

/// <summary>Bad usage or unreadable input: what is wrong, where, and what was expected, a line each.</summary>
internal sealed class BadInputException(params IReadOnlyList<string> lines) : Exception(string.Join('\n', lines))
{
    public IReadOnlyList<string> Lines { get; } = lines;
}
