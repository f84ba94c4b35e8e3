namespace Hilum.Facts;

/// <summary>Something that makes an input unreadable: where, what, and what was expected.</summary>
/// <param name="Place">Line and column, or the path inside the record.</param>
/// <param name="Message">What is wrong and what was expected.</param>
public sealed record ReadingProblem(string Place, string Message)
{
    /// <summary>Place and message, as one line.</summary>
    public override string ToString() => Place.Length == 0 ? Message : $"{Place}: {Message}";
}

/// <summary>A record, or every reason why it could not be read.</summary>
public sealed record Reading(PatientRecord? Record, IReadOnlyList<ReadingProblem> Problems)
{
    /// <summary>A record that was read.</summary>
    public static Reading Of(PatientRecord record) => new(record, []);

    /// <summary>The reasons.</summary>
    public static Reading Failed(params IReadOnlyList<ReadingProblem> problems) => new(null, problems);
}
