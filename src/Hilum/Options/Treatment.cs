using Hilum.Words;

namespace Hilum.Options;

/// <summary>A drug in a regimen, with the dose of that regimen.</summary>
public sealed record TreatmentPart(string Drug, string Dose, string Route, Phrase Schedule, string[] Levels, Citation Source, Review Review);

/// <summary>Something to check, and when.</summary>
public sealed record Monitoring(Phrase What, Phrase When, Citation Source, Review Review);

/// <summary>How often a side effect was seen, in percent of the patients of a named trial.</summary>
public sealed record SideEffect(Phrase Effect, decimal? Any, decimal? Severe, string? Trial, Citation Source, Review Review);

/// <summary>A sign that a patient should act on, and how soon.</summary>
public sealed record WarningSign(string Urgency, Phrase Sign, Citation Source, Review Review);

/// <summary>Approval and funding in one country.</summary>
public sealed record Availability(string Country, string Approved, string Funded, string? Date, string? Source);

/// <summary>An entry of the catalogue: what can be offered, whether drug, operation, watching or support.</summary>
public sealed record Treatment
{
    /// <summary>Id of the vocabulary.</summary>
    public required string Id { get; init; }

    /// <summary>Kind of the vocabulary: targeted, immunotherapy, combination, surgery, local, radiation ...</summary>
    public required string Kind { get; init; }

    /// <summary>Its name.</summary>
    public Phrase Name { get; init; }

    /// <summary>Other names.</summary>
    public string[] Also { get; init; } = [];

    /// <summary>Its drugs and their doses; empty for local treatment and support.</summary>
    public TreatmentPart[] Parts { get; init; } = [];

    /// <summary>What it is and does, for a patient.</summary>
    public Phrase Plain { get; init; }

    /// <summary>What it asks of a life: visits, admissions, tablets.</summary>
    public Phrase AsksOfLife { get; init; }

    /// <summary>Baseline tests and monitoring.</summary>
    public Monitoring[] Monitoring { get; init; } = [];

    /// <summary>Side effects with their frequencies.</summary>
    public SideEffect[] SideEffects { get; init; } = [];

    /// <summary>Signs to act on.</summary>
    public WarningSign[] WarningSigns { get; init; } = [];

    /// <summary>Approval and funding by country.</summary>
    public Availability[] Availability { get; init; } = [];

    /// <summary>Why no edition offers it, when none does.</summary>
    public Phrase NeverOffered { get; init; }

    /// <summary>Where this comes from.</summary>
    public Citation Source { get; init; }

    /// <summary>Its review state.</summary>
    public Review Review { get; init; }
}
