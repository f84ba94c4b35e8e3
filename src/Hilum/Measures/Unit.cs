using System.Collections.Frozen;
using System.Text;

namespace Hilum.Measures;

/// <summary>The kind of quantity a unit measures, as exponents of base kinds.</summary>
/// <remarks>Calendar months and years are one kind, days in a rate another: a calendar month has no fixed length (UCUM section 31, CQL "Date and Time Precision").</remarks>
public readonly record struct Dimension(
    sbyte Gram = 0, sbyte Litre = 0, sbyte Mole = 0, sbyte Enzyme = 0, sbyte Second = 0, sbyte Day = 0, sbyte Minute = 0,
    sbyte Metre = 0, sbyte Pressure = 0, sbyte Month = 0, sbyte Percent = 0, sbyte Charge = 0)
{
    /// <summary>A pure number.</summary>
    public static Dimension One => default;

    /// <summary>The dimension of a product.</summary>
    public static Dimension operator *(Dimension a, Dimension b) => new(
        (sbyte)(a.Gram + b.Gram), (sbyte)(a.Litre + b.Litre), (sbyte)(a.Mole + b.Mole), (sbyte)(a.Enzyme + b.Enzyme),
        (sbyte)(a.Second + b.Second), (sbyte)(a.Day + b.Day), (sbyte)(a.Minute + b.Minute), (sbyte)(a.Metre + b.Metre),
        (sbyte)(a.Pressure + b.Pressure), (sbyte)(a.Month + b.Month), (sbyte)(a.Percent + b.Percent), (sbyte)(a.Charge + b.Charge));

    /// <summary>The dimension of one divided by this.</summary>
    public Dimension Inverse => new(
        (sbyte)-Gram, (sbyte)-Litre, (sbyte)-Mole, (sbyte)-Enzyme, (sbyte)-Second, (sbyte)-Day, (sbyte)-Minute,
        (sbyte)-Metre, (sbyte)-Pressure, (sbyte)-Month, (sbyte)-Percent, (sbyte)-Charge);
}

/// <summary>A unit of measurement by its UCUM code.</summary>
/// <param name="Code">The UCUM code, case-sensitive (c/s).</param>
/// <param name="Factor">How many base units one of it is: 1 mg/dL = 0.01 g/L.</param>
/// <param name="Dimension">What it measures.</param>
/// <remarks>
/// A table and not a grammar: laboratories write units in ways that no UCUM parser takes (K/uL is not kelvin), and a wrong reading
/// hurts. A spelling that is not in the table is not a unit.
/// </remarks>
public sealed record Unit(string Code, decimal Factor, Dimension Dimension)
{
    /// <summary>Units with the spellings that laboratories print. Micro signs, powers in superscript, spaces and decimal commas need no row of their own: see <see cref="Plain"/>.</summary>
    private static readonly (Unit Unit, string[] Spellings)[] Table =
    [
        (new("g/dL", 10m, new(Gram: 1, Litre: -1)), ["gm/dL", "g/100mL", "gm/100mL", "g%", "gm%"]),
        (new("g/L", 1m, new(Gram: 1, Litre: -1)), ["g/l", "gm/L"]),
        (new("mg/dL", 0.01m, new(Gram: 1, Litre: -1)), ["mg/100mL", "mg%"]),
        (new("mg/L", 0.001m, new(Gram: 1, Litre: -1)), []),
        (new("mol/L", 1m, new(Mole: 1, Litre: -1)), []),
        (new("mmol/L", 0.001m, new(Mole: 1, Litre: -1)), ["mM"]),
        (new("umol/L", 0.000001m, new(Mole: 1, Litre: -1)), ["micromol/L", "mcmol/L"]),
        (new("meq/L", 0.001m, new(Charge: 1, Litre: -1)), ["mval/L"]),
        (new("10*9/L", 1_000_000_000m, new(Litre: -1)),
            ["10^9/L", "10E9/L", "10x9/L", "10(9)/L", "x10(9)/L", "x10E9/L", "x10*9/L", "x10^9/L", "G/L", "G/l", "Giga/L", "Gpt/L", "billion/L", "bil/L",
             "10*3/uL", "10^3/uL", "10E3/uL", "10(3)/uL", "x10E3/uL", "x10*3/uL", "x10^3/uL", "x10(3)/uL", "{10*3}/uL", "K/uL", "th/uL", "thou/uL", "thousand/uL", "thousands/uL",
             "10*3/mm3", "10^3/mm3", "10E3/mm3", "x10^3/mm3", "K/mm3", "th/mm3", "thou/mm3", "10^3/mcL", "K/mcL", "thou/mcL"]),
        (new("10*6/L", 1_000_000m, new(Litre: -1)), ["10^6/L", "x10^6/L", "10E6/L"]),
        (new("/uL", 1_000_000m, new(Litre: -1)), ["{cells}/uL", "cells/uL", "cell/uL", "cells/mm3", "/mm3", "/mm^3", "/cmm", "cells/cmm", "/mcL", "cells/mcL"]),
        (new("U/L", 1m, new(Enzyme: 1, Litre: -1)), ["IU/L", "[IU]/L", "UI/L", "unit/L", "units/L", "unités/L"]),
        (new("mU/L", 0.001m, new(Enzyme: 1, Litre: -1)), ["m[IU]/L", "mIU/L", "mUI/L", "u[IU]/mL", "uIU/mL", "uUI/mL", "uU/mL", "mcIU/mL", "mcU/mL"]),
        (new("ukat/L", 60m, new(Enzyme: 1, Litre: -1)), ["microkat/L"]),
        (new("nkat/L", 0.06m, new(Enzyme: 1, Litre: -1)), []),
        (new("mL/min/{1.73_m2}", 0.001m, new(Litre: 1, Minute: -1)),
            ["mL/min/1.73.m2", "mL/min/1.73m2", "mL/min/1.73m^2", "mL/mn/1.73m2", "mL/min/{1.73m2}", "mL/min/{1.73}m2", "mL/min/173.10*-2.m2"]),
        (new("mL/min", 0.001m, new(Litre: 1, Minute: -1)), ["mL/mn"]),
        (new("ms", 0.001m, new(Second: 1)), ["msec"]),
        (new("s", 1m, new(Second: 1)), ["sec"]),
        (new("%", 1m, new(Percent: 1)), ["percent", "per cent", "pct", "{percent}", "pour cent"]),
        (new("mm[Hg]", 1m, new(Pressure: 1)), ["mmHg"]),
        (new("kPa", 7.5006m, new(Pressure: 1)), []),
        (new("kg", 1000m, new(Gram: 1)), ["kgs", "kilo", "kilos"]),
        (new("g", 1m, new(Gram: 1)), []),
        (new("mg", 0.001m, new(Gram: 1)), []),
        (new("[lb_av]", 453.59237m, new(Gram: 1)), ["lb", "lbs"]),
        (new("cm", 0.01m, new(Metre: 1)), []),
        (new("mm", 0.001m, new(Metre: 1)), []),
        (new("m", 1m, new(Metre: 1)), []),
        (new("[in_i]", 0.0254m, new(Metre: 1)), ["in", "inch", "inches"]),
        (new("L", 1m, new(Litre: 1)), ["litre", "liter", "litres", "liters"]),
        (new("mL", 0.001m, new(Litre: 1)), []),
        (new("g/24h", 1m, new(Gram: 1, Day: -1)), ["g/(24.h)", "g/24.h", "g/d", "g/day", "g/(24h)", "g/24hr", "g/24hrs", "g/j", "g/jour"]),
        (new("mg/24h", 0.001m, new(Gram: 1, Day: -1)), ["mg/(24.h)", "mg/24hr", "mg/24hrs"]),
        (new("mg/d", 0.001m, new(Gram: 1, Day: -1)), ["mg/day", "mg/j", "mg/jour"]),
        (new("months", 1m, new(Month: 1)), ["month", "mo", "mois"]),
        (new("years", 12m, new(Month: 1)), ["year", "a", "yr", "yrs", "ans", "an"]),
        (new("days", 1m, new(Day: 1)), ["day", "d", "jours", "jour"]),
        (new("1", 1m, Dimension.One), ["{INR}", "INR", "{ratio}", "ratio", "{score}", "{count}"]),
        (new("mg/g", 0.001m, Dimension.One), []),
        (new("mmol/g", 0.001m, new(Mole: 1, Gram: -1)), []),
    ];

    private static readonly Dictionary<string, Unit> BySpelling = Index();

    /// <summary>Spellings whose meaning does not hang on capitals: MG/DL, but not G/L, which counts cells while g/L weighs.</summary>
    private static readonly Lazy<FrozenDictionary<string, Unit>> ByAnyCase = new(() => BySpelling
        .GroupBy(pair => pair.Key.ToUpperInvariant(), StringComparer.Ordinal).Where(same => same.Select(pair => pair.Value).Distinct().Count() == 1)
        .Select(same => KeyValuePair.Create(same.Key, same.First().Value)).ToFrozenDictionary(StringComparer.Ordinal));

    private static Dictionary<string, Unit> Index()
    {
        var index = new Dictionary<string, Unit>(StringComparer.Ordinal);
        foreach (var (unit, spellings) in Table)
        {
            foreach (var spelling in spellings) index.TryAdd(Plain(spelling), unit);
            index.TryAdd(Plain(unit.Code), unit);
        }

        return index;
    }

    /// <summary>The pure number 1.</summary>
    public static Unit One { get; } = BySpelling["1"];

    /// <summary>Calendar months.</summary>
    public static Unit Months { get; } = BySpelling["months"];

    /// <summary>Days.</summary>
    public static Unit Days { get; } = BySpelling["days"];

    /// <summary>All units with their accepted spellings, for documentation and tests.</summary>
    public static IEnumerable<(Unit Unit, IReadOnlyList<string> Spellings)> All => Table.Select(row => (row.Unit, (IReadOnlyList<string>)row.Spellings));

    /// <summary>Finds the unit of a UCUM code or of a common spelling of it. Capitals matter where they part two units: G/L counts cells, g/L weighs.</summary>
    public static bool TryParse(string? text, out Unit unit)
    {
        unit = One;
        if (text is not { Length: > 0 and <= 60 }) return false;
        var plain = Plain(text);
        return BySpelling.TryGetValue(plain, out unit!) || ByAnyCase.Value.TryGetValue(plain.ToUpperInvariant(), out unit!) || (unit = One) is null;
    }

    /// <summary>A spelling without what laboratories write in several ways: any micro sign is u, a superscript a power, a comma a point; spaces of any kind go.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || c is '\u200b' or '\u2060' or '\ufeff') continue;
            if (Superscripts.IndexOf(c, StringComparison.Ordinal) is var digit and >= 0)
            {
                // m² is m2 and mm³ mm3, as everybody types them; 10⁹ is a power
                if (plain.Length > 0 && plain[^1] is '0') plain.Append('^');
                plain.Append((char)('0' + digit));
                continue;
            }

            plain.Append(c switch { 'µ' or 'μ' => 'u', '×' => 'x', ',' => '.', _ => c });
        }

        return plain.ToString();
    }

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>The unit with this exact code; throws when there is none (only for codes that content or code names).</summary>
    public static Unit Parse(string code) =>
        TryParse(code, out var unit) ? unit : throw new ArgumentException($"'{code}' is not a unit that Hilum knows.", nameof(code));

    /// <summary>The code.</summary>
    public override string ToString() => Code;
}
