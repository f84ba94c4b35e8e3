namespace Hilum.Proof.Check;

/// <summary>What can be wrong with guidance that reads well.</summary>
public enum FindingKind
{
    /// <summary>No patient in scope meets a condition: a rule that can never act.</summary>
    Unreachable,

    /// <summary>One alternative within a condition can never be met.</summary>
    DeadClause,

    /// <summary>An edition neither offers a patient in its scope anything nor says that it is silent.</summary>
    Unanswered,

    /// <summary>One edition offers a treatment to a patient and advises against it.</summary>
    Contradiction,

    /// <summary>Another rule on the same treatment says as much or more, to everyone whom this rule concerns.</summary>
    Shadowed,

    /// <summary>An edition says that it is silent for a patient to whom it offers something.</summary>
    NotSilent,

    /// <summary>A term that no condition uses.</summary>
    Unused,

    /// <summary>The solver did not come to an end, or a condition cannot be translated: nothing is proven.</summary>
    NotProven,
}

/// <summary>Words for <see cref="FindingKind"/>.</summary>
public static class FindingWords
{
    private static readonly string[] Ids = ["unreachable", "dead-clause", "unanswered", "contradiction", "shadowed", "not-silent", "unused", "not-proven"];

    /// <summary>Its id in JSON and text.</summary>
    public static string Id(this FindingKind kind) => Ids[(int)kind];
}

/// <summary>Something that a check found.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Subject">What it is about: <c>esmo-2024/first-line-sunitinib</c>, <c>safety/long-qt-syndrome</c>.</param>
/// <param name="Place">File and line, relative to the guidance folder.</param>
/// <param name="Message">A sentence that says what is wrong and what to do.</param>
/// <param name="Example">A patient for whom it is wrong; null where there can be none.</param>
public sealed record Finding(FindingKind Kind, string Subject, string Place, string Message, Witness? Example = null)
{
    /// <summary>The facts of the example that make it so: without any one of them it would no longer be certain. Empty when there is no example.</summary>
    public IReadOnlyList<(string Fact, string Value)> Because { get; init; } = [];
}

/// <summary>A rule, statement or term, and a patient whom it concerns.</summary>
/// <param name="Subject">What it is.</param>
/// <param name="Example">The patient.</param>
public sealed record Reached(string Subject, Witness Example);

/// <summary>What a check came to.</summary>
/// <param name="Findings">What is wrong, in order of place.</param>
/// <param name="Reached">An example patient of everything that can be reached, in order of subject.</param>
/// <param name="Questions">Questions that were put to the solver.</param>
public sealed record CheckReport(IReadOnlyList<Finding> Findings, IReadOnlyList<Reached> Reached, int Questions);
