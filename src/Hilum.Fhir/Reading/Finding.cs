using Hilum.Measures;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>A Condition with what its statuses, dates and codes say.</summary>
internal sealed class Finding
{
    public required Entry Entry { get; init; }

    public required Condition Condition { get; init; }

    /// <summary>Condition.code.</summary>
    public required Concept Code { get; init; }

    /// <summary>Extension histology-morphology-behavior.</summary>
    public required Concept Morphology { get; init; }

    /// <summary>Condition.bodySite.</summary>
    public required Concept Sites { get; init; }

    /// <summary>Asserted date, onset, else recorded date.</summary>
    public required PartialDate Date { get; init; }

    /// <summary>The day on which it was stated; not stated when default.</summary>
    public PartialDate Noted { get; init; }

    /// <summary>When it was said to be so: the day on which it was stated, else that of its onset.</summary>
    public PartialDate Stated => Noted.IsStated ? Noted : Date;

    /// <summary>Only its onset is known: whether a later word on the matter came before or after it was stated, nobody knows.</summary>
    public bool Lasts => !Noted.IsStated && Date.IsStated;

    /// <summary>verificationStatus, as FHIR writes it; null when absent.</summary>
    public string? Verification { get; init; }

    /// <summary>clinicalStatus, as FHIR writes it; null when absent.</summary>
    public string? Clinical { get; init; }

    /// <summary>What it is to the planning.</summary>
    public CancerKind Kind { get; init; }

    /// <summary>Bits of the histology that it names; 0 for none.</summary>
    public ulong Histology { get; set; }

    public bool IsRefuted => Verification == "refuted";

    /// <summary>Active, or without a word about it.</summary>
    public bool IsActive => Clinical is null or "active" or "recurrence" or "relapse";

    public bool IsDoubtful => Verification is "provisional" or "differential" or "unconfirmed";
}
