using Hilum.Facts;
using Hilum.Measures;

namespace Hilum.Fhir.Reading;

/// <summary>How a medicine stands on the day of the plan.</summary>
internal enum UseState
{
    /// <summary>It was given; nothing says that it goes on, nothing that it ended.</summary>
    Given,

    /// <summary>It is being taken.</summary>
    Ongoing,

    /// <summary>It ended.</summary>
    Ended,
}

/// <summary>What one resource says of one medicine.</summary>
internal sealed record MedicationUse
{
    public required Entry Entry { get; init; }

    /// <summary>As the record calls it.</summary>
    public required string Text { get; init; }

    public required Recognised Recognised { get; init; }

    public required UseState State { get; init; }

    /// <summary>Whether it is on hold: a course goes on, but nothing is being taken.</summary>
    public bool OnHold { get; init; }

    /// <summary>First date that it was taken, as far as stated.</summary>
    public PartialDate Start { get; init; }

    /// <summary>The end, when one is stated.</summary>
    public PartialDate End { get; init; }

    /// <summary>The reason for which it was stopped; null when none of ours is stated.</summary>
    public string? StoppedFor { get; init; }

    /// <summary>Whether intent or category says adjuvant.</summary>
    public bool Adjuvant { get; init; }

    /// <summary>Whether the record says that it is against the cancer.</summary>
    public bool ForCancer { get; init; }

    /// <summary>The other cancer that it is against; null when there is none.</summary>
    public string? ForOtherCancer { get; init; }

    /// <summary>The ATC code, when one is given.</summary>
    public string? Atc { get; init; }

    /// <summary>The last date that the record knows of.</summary>
    public PartialDate Last => End.IsStated ? End : Start;
}
