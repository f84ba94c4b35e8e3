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

    /// <summary>The courses of treatment that make it so, when it was read from the list of earlier treatments.</summary>
    public IReadOnlyList<PriorTherapy> Courses { get; init; } = [];

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

    /// <summary>The record that this case was made of: with <see cref="Settings"/> it makes the same case again.</summary>
    public PatientRecord Record { get; init; } = new();

    /// <summary>What a person added to the record.</summary>
    public CaseSettings Settings { get; init; } = new() { AsOf = DateOnly.MinValue };

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

    /// <summary>
    /// The first day after the as-of date on which a condition would come out otherwise if nothing but time passed: "untreated" is judged as
    /// if treatment began on the as-of date, so a wait can change the answer. Null when it would not change within two years.
    /// </summary>
    public DateOnly? ChangesOn(TruthNode condition)
    {
        var today = Dictionary[FactDictionary.TodayId].Index;
        var moving = Moving(condition, today);
        if (moving.Count == 0) return null;
        var now = condition.Evaluate(possible);
        var later = possible.ToArray();
        for (var day = 1; day <= 731; day++)
        {
            later[today] = NumbersPossible.Of(AsOf.DayNumber + day);
            foreach (var index in moving)
                foreach (var derivation in Dictionary.Facts[index].Derivations)
                    if (derivation.FromFacts && derivation.Derive(later, Dictionary.Facts[index]) is { IsKnown: true } known)
                    {
                        later[index] = known;
                        break;
                    }

            if (condition.Evaluate(later) != now) return AsOf.AddDays(day);
        }

        return null;
    }

    /// <summary>Derived facts behind a condition that follow, near or far, from the as-of date; in order of derivation.</summary>
    private List<int> Moving(TruthNode condition, int today)
    {
        var open = new Stack<int>(References.Of(condition));
        var behind = new HashSet<int>();
        while (open.TryPop(out var fact))
            if (facts[fact].IsDerived && behind.Add(fact))
                foreach (var input in Dictionary.Facts[fact].Derivations.Where(d => d.FromFacts).SelectMany(d => d.Inputs)) open.Push(input);
        var moving = new List<int>();
        foreach (var fact in Dictionary.Order.Where(behind.Contains))
            if (Dictionary.Facts[fact].Derivations.Where(d => d.FromFacts).SelectMany(d => d.Inputs).Any(i => i == today || moving.Contains(i))) moving.Add(fact);
        return moving;
    }

    /// <summary>All facts by index.</summary>
    public IReadOnlyList<CaseFact> Facts => facts;

    /// <summary>One fact.</summary>
    public CaseFact this[int index] => facts[index];

    /// <summary>One fact by id.</summary>
    public CaseFact this[string id] => facts[Dictionary[id].Index];
}
