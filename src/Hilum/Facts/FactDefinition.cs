using Hilum.Expressions;
using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Facts;

/// <summary>The type of a fact, as <c>contract/vocabulary.yaml</c> names them.</summary>
public enum FactType : byte
{
    /// <summary>True or false.</summary>
    Bool,

    /// <summary>One of the values.</summary>
    Code,

    /// <summary>A set of the values.</summary>
    Codes,

    /// <summary>A decimal with a unit.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A date, perhaps partial.</summary>
    Date,

    /// <summary>A list with items of its own shape.</summary>
    List,
}

/// <summary>One value of a coded fact.</summary>
/// <param name="Code">As case files write it.</param>
/// <param name="Label">As people read it.</param>
/// <param name="Codes">Codes of terminologies that mean it, as <c>system:code</c>.</param>
/// <param name="Sites">Body sites that mean it, as <c>system:code</c>.</param>
public sealed record FactValue(string Code, Phrase Label, string[] Codes, string[] Sites)
{
    /// <summary>Codes that are at least as broad as this value: a record that denies one of them denies the value. What is narrower (one lung of two) denies nothing.</summary>
    public string[] Denies { get; init; } = [];
}

/// <summary>Where a fact is found in FHIR, as <c>system:code</c>.</summary>
public sealed record FhirPlaces(string[] Observation, string[] Component, string[] Condition, string[] Procedure)
{
    /// <summary>Body sites that place a tumour in this organ (the kidney): a morphology that other organs share counts only there.</summary>
    public string[] Site { get; init; } = [];

    /// <summary>Codes of Conditions that are at least as broad as the fact: a record that denies one of them denies the fact. What is narrower (one organ of several) denies nothing.</summary>
    public string[] Denies { get; init; } = [];

    /// <summary>Codes of Conditions that tell of an event: it counts by the day on which it happened, whether or not it is over.</summary>
    public string[] Event { get; init; } = [];
}

/// <summary>A threshold in both unit systems of a fact.</summary>
public sealed record ThresholdPair(decimal First, decimal Second);

/// <summary>One data element: what it is called, what it may be, where it is found and what it follows from.</summary>
public sealed record FactDefinition
{
    /// <summary>By the place in the dictionary: it tells two facts apart, and the rest takes long.</summary>
    public override int GetHashCode() => Index;

    /// <summary>Kebab-case id of the vocabulary.</summary>
    public required string Id { get; init; }

    /// <summary>Its place in the values of a case.</summary>
    public required int Index { get; init; }

    /// <summary>Its name inside a condition: <c>prior-vegf</c> is <c>PriorVegf</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its type.</summary>
    public required FactType Type { get; init; }

    /// <summary>What people call it.</summary>
    public Phrase Label { get; init; }

    /// <summary>The question that a form asks.</summary>
    public Phrase Question { get; init; }

    /// <summary>The values of a coded fact, in bit order.</summary>
    public FactValue[] Values { get; init; } = [];

    /// <summary>Codes of the units it may be given in; the first is canonical.</summary>
    public string[] Units { get; init; } = [];

    /// <summary>Grams per mole; 0 when it has one unit system.</summary>
    public decimal MolarMass { get; init; }

    /// <summary>Charges of one ion, by which an equivalent becomes a mole (calcium: 2); 0 where equivalents have no plain meaning.</summary>
    public int Charge { get; init; }

    /// <summary>The least value that can be, in the canonical unit.</summary>
    public decimal? PlausibleMin { get; init; }

    /// <summary>The greatest value that can be, in the canonical unit.</summary>
    public decimal? PlausibleMax { get; init; }

    /// <summary>The distance between two values of a score (10 for one that goes by tens); 0 when every number may be.</summary>
    public int Step { get; init; }

    /// <summary>Days after which a value counts as unknown until accepted; 0 for never.</summary>
    public int StaleAfter { get; init; }

    /// <summary>Every literal that conditions compare it with, in both unit systems.</summary>
    public ThresholdPair[] Thresholds { get; init; } = [];

    /// <summary>The fact that holds its lower limit of normal.</summary>
    public string? LimitLow { get; init; }

    /// <summary>The fact that holds its upper limit of normal.</summary>
    public string? LimitHigh { get; init; }

    /// <summary>The Boolean that a laboratory's own flag for a low result sets.</summary>
    public string? FlagLow { get; init; }

    /// <summary>The Boolean that a laboratory's own flag for a high result sets.</summary>
    public string? FlagHigh { get; init; }

    /// <summary>Whether a date may lie ahead: the planned start of a treatment.</summary>
    public bool MayBePlanned { get; init; }

    /// <summary>How far a given and a derived value may differ before they are a conflict.</summary>
    public decimal Tolerance { get; init; }

    /// <summary>A derived value that beats the given one without a conflict: an old stage group gives way to later metastases.</summary>
    public string? GivesWayTo { get; init; }

    /// <summary>Whether everything that it follows from must agree: what does not is a conflict. Else the first that decides wins.</summary>
    public bool MustAgree { get; init; }

    /// <summary>The facts a person is asked for when this one is missing.</summary>
    public string[] Ask { get; init; } = [];

    /// <summary>Whether few people have it, so that it is asked after everything else: a rare inherited disease.</summary>
    public bool Rare { get; init; }

    /// <summary>The Boolean fact, or the condition, without which this one does not exist.</summary>
    public string? GuardedBy { get; init; }

    /// <summary>Never given, only derived.</summary>
    public bool Derived { get; init; }

    /// <summary>Where it is found in FHIR.</summary>
    public FhirPlaces Fhir { get; init; } = new([], [], [], []);

    /// <summary>What it follows from, tried in order; the first that decides wins.</summary>
    public Derivation[] Derivations { get; init; } = [];

    /// <summary>Where the definition comes from, when it is a publication's.</summary>
    public Citation Source { get; init; }

    /// <summary>Whether a number lies between two values of a score that goes by steps.</summary>
    public bool OffStep(decimal value) => Step > 0 && (value - (PlausibleMin ?? 0)) % Step != 0;

    /// <summary>The values of a score that goes by steps: <c>0, 10, 20 ... 100</c>; empty for any other fact.</summary>
    public string StepsWritten => Step == 0 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{PlausibleMin}, {PlausibleMin + Step}, {PlausibleMin + (2 * Step)} ... {PlausibleMax}");

    /// <summary>The bit of a value; -1 when it is not one of the values.</summary>
    public int BitOf(string code) => Array.FindIndex(Values, v => v.Code == code);

    /// <summary>The symbol that conditions use.</summary>
    public Symbol Symbol => symbol ??= MakeSymbol();

    private Symbol? symbol;

    /// <summary>The canonical unit of a unit system; null for a plain number.</summary>
    public Unit? CanonicalUnit(byte system) => system == 1 ? Symbol.SecondSystem?.Second : Symbol.Units.Count > 0 ? Symbol.Units[0] : null;

    /// <summary>The unit system of a unit; 255 when the fact is never in such a unit.</summary>
    public byte SystemOf(Unit unit) => SystemOf(unit.Dimension);

    private byte SystemOf(Dimension dimension) =>
        Symbol.Units.Count > 0 && Symbol.Units[0].Dimension == dimension ? (byte)0
        : Symbol.SecondSystem is { } second && second.Second.Dimension == dimension ? (byte)1 : (byte)255;

    /// <summary>A number of some unit, in the canonical unit of the unit system that it belongs to; null when the fact is never in such a unit.</summary>
    /// <remarks>Equivalents become moles by the charge of the ion; moles become grams by the molar mass where the fact is only ever kept as a mass (albumin).</remarks>
    public decimal? InCanonical(decimal value, Unit unit, out byte system)
    {
        var (size, dimension) = (unit.Factor, unit.Dimension);
        if (dimension.Charge != 0)
        {
            system = 255;
            if (Charge == 0 || dimension.Charge != 1) return null;
            (size, dimension) = (size / Charge, dimension with { Charge = 0, Mole = 1 });
        }

        system = SystemOf(dimension);
        if (system == 255 && dimension.Mole == 1 && MolarMass > 0)
        {
            (size, dimension) = (size * MolarMass, dimension with { Mole = 0, Gram = 1 });
            system = SystemOf(dimension);
        }

        return system == 255 ? null : value * size / CanonicalUnit(system)!.Factor;
    }

    /// <summary>Turns a number of the second unit system into the canonical unit.</summary>
    public decimal InFirstSystem(decimal value, byte system) => system == 1 ? value * Symbol.SecondSystem!.ToFirst : value;

    /// <summary>The same quantities in a unit system.</summary>
    public Interval InSystem(Interval interval, byte system) =>
        interval.System == system || Symbol.SecondSystem is not { } second ? interval
        : system == 0 ? interval.Scale(second.ToFirst, 0)
        : interval.Divide(second.ToFirst) with { System = 1 };

    private Symbol MakeSymbol()
    {
        var kind = Type switch
        {
            FactType.Bool => ValueKind.Boolean,
            FactType.Code => ValueKind.Code,
            FactType.Codes => ValueKind.Codes,
            FactType.Number or FactType.Integer => ValueKind.Number,
            FactType.Date => ValueKind.Date,
            _ => ValueKind.FreeList,
        };
        var units = Units.Select(Unit.Parse).ToArray();
        SecondSystem? second = null;
        if (MolarMass > 0 && units.FirstOrDefault(u => u.Dimension != units[0].Dimension) is { } other)
        {
            // one of the second unit in base units, through the molar mass, in units of the first
            var grams = units[0].Dimension.Gram > 0;
            var toFirst = grams ? other.Factor * MolarMass / units[0].Factor : other.Factor / MolarMass / units[0].Factor;
            second = new(other, toFirst, Array.ConvertAll(Thresholds, t => (t.First, t.Second)));
        }

        return new(Index, Name, kind, [.. Values.Select(v => v.Code)], units, second, GuardedBy);
    }

    /// <summary>The name in conditions of an id.</summary>
    public static string NameOf(string id) => string.Concat(id.Split('-').Select(part => part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
}
