namespace Hilum.Guidance;

/// <summary>What is wrong with the guidance, and where.</summary>
/// <param name="File">Path relative to the guidance folder.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Message">What is wrong and what was expected.</param>
public sealed record ContentProblem(string File, int Line, int Column, string Message)
{
    /// <summary>As compilers write it: file, line, column, message.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}

/// <summary>The guidance does not hold together. Every problem is listed.</summary>
public sealed class ContentException(IReadOnlyList<ContentProblem> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>Files that could not be read at all, in ordinal order: what refers to them is called unknown or missing.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    /// <summary>All problems, in order of file and line.</summary>
    public IReadOnlyList<ContentProblem> Problems { get; } = problems;
}
