using Hilum.Expressions;
using Hilum.Words;

namespace Hilum.Facts;

/// <summary>How much is known of a fact.</summary>
public enum FactState : byte
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary>One value.</summary>
    Known,

    /// <summary>Some values are excluded.</summary>
    Partial,

    /// <summary>Two statements disagree; both stay possible.</summary>
    Conflict,

    /// <summary>A value too old to count until a person accepts it.</summary>
    Stale,
}

/// <summary>What a case knows of one fact, and from where.</summary>
public sealed record CaseFact
{
    /// <summary>Which fact.</summary>
    public required FactDefinition Definition { get; init; }

    /// <summary>The values that it may still take.</summary>
    public required Possible Possible { get; init; }

    /// <summary>How much is known.</summary>
    public FactState State { get; init; }

    /// <summary>The statements that this rests on.</summary>
    public IReadOnlyList<GivenFact> Given { get; init; } = [];

    /// <summary>Older or overridden statements, shown for comparison.</summary>
    public IReadOnlyList<GivenFact> Older { get; init; } = [];

    /// <summary>Whether the value follows from other facts.</summary>
    public bool IsDerived { get; init; }

    /// <summary>The derivation that decided; null when none did.</summary>
    public Derivation? Derivation { get; init; }

    /// <summary>Where the value stands; empty when it is derived only.</summary>
    public string Origin => string.Join(", ", Given.Select(g => g.Origin).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}

/// <summary>One patient, as known on a date. Immutable.</summary>
public sealed class Case
{
    private readonly CaseFact[] facts;
    private readonly Possible[] possible;

    internal Case(FactDictionary dictionary, string patientId, DateOnly asOf, CaseFact[] facts, Possible[] possible)
    {
        Dictionary = dictionary;
        PatientId = patientId;
        AsOf = asOf;
        this.facts = facts;
        this.possible = possible;
    }

    /// <summary>The facts that there can be.</summary>
    public FactDictionary Dictionary { get; }

    /// <summary>The local id of the patient.</summary>
    public string PatientId { get; }

    /// <summary>The day on which the case is judged.</summary>
    public DateOnly AsOf { get; }

    /// <summary>What was not used, and why.</summary>
    public IReadOnlyList<NotUsed> NotUsed { get; init; } = [];

    /// <summary>What a reader should know.</summary>
    public IReadOnlyList<Phrase> Warnings { get; init; } = [];

    /// <summary>Medicines that were not recognised: not checked, never safe.</summary>
    public IReadOnlyList<string> UncheckedMedicines { get; init; } = [];

    /// <summary>Courses of treatment that go on.</summary>
    public IReadOnlyList<PriorTherapy> CurrentTherapies { get; init; } = [];

    /// <summary>Named fallback limits that a person accepted.</summary>
    public IReadOnlyList<string> AcceptedLimits { get; init; } = [];

    /// <summary>What may still be, by fact index: what conditions are judged over.</summary>
    public ReadOnlySpan<Possible> Possible => possible;

    /// <summary>All facts by index.</summary>
    public IReadOnlyList<CaseFact> Facts => facts;

    /// <summary>One fact.</summary>
    public CaseFact this[int index] => facts[index];

    /// <summary>One fact by id.</summary>
    public CaseFact this[string id] => facts[Dictionary[id].Index];
}
