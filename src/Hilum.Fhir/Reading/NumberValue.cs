using System.Globalization;
using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Measures;
using Hilum.Words;
using FhirQuantity = Hl7.Fhir.Model.Quantity;
using Quantity = Hilum.Measures.Quantity;

namespace Hilum.Fhir.Reading;

/// <summary>Makes a number in the canonical unit of its unit system from a FHIR Quantity.</summary>
internal static class NumberValue
{
    /// <summary>A number with a unit.</summary>
    public static GivenNumber? Read(FactDefinition fact, FhirQuantity quantity, RecordDraft draft, Entry entry, out Phrase why)
    {
        if (ValueOf(quantity, out why) is not { } value || UnitOf(fact, quantity, draft, entry, out why) is not { } unit) return null;
        if (fact.InCanonical(value, unit, out var system) is not { } canonical || IsOtherwiseIndexed(fact, unit))
        {
            why = new($"'{unit.Code}' is not a unit of {fact.Id} ({string.Join(", ", fact.Units)})", $"« {unit.Code} » n'est pas une unité de {fact.Id} ({string.Join(", ", fact.Units)})");
            return null;
        }

        return Plausible(fact, IntervalOf(quantity, canonical, system), Reported(quantity, value), out why);
    }

    /// <summary>A whole number: a score or a count, with the unit {score}, 1, or none (percent for a score out of 100).</summary>
    public static GivenNumber? ReadInteger(FactDefinition fact, FhirQuantity quantity, RecordDraft draft, Entry entry, out Phrase why)
    {
        if (ValueOf(quantity, out why) is not { } value) return null;
        var number = value;
        if (Text(quantity) is { } text && !IsScore(text, fact))
        {
            if (fact.CanonicalUnit(0) is not { } canonical || UnitOf(fact, quantity, draft, entry, out _) is not { } unit || unit.Dimension != canonical.Dimension)
            {
                why = new($"the unit '{text}' does not go with a whole number", $"l'unité « {text} » ne va pas avec un nombre entier");
                return null;
            }

            number = value * unit.Factor / canonical.Factor;
        }

        if (number != decimal.Truncate(number))
        {
            why = new($"{value.ToString(CultureInfo.InvariantCulture)} is not a whole number", $"{value.ToString(CultureInfo.InvariantCulture)} n'est pas un nombre entier");
            return null;
        }

        return Plausible(fact, IntervalOf(quantity, number, 0), Reported(quantity, value), out why);
    }

    /// <summary>The number, unless it cannot be.</summary>
    public static GivenNumber? Plausible(FactDefinition fact, Interval interval, string reported, out Phrase why)
    {
        foreach (var end in new[] { interval.HasLow ? interval.Low : (decimal?)null, interval.HasHigh ? interval.High : null })
        {
            if (end is not { } stated) continue;
            var value = fact.InFirstSystem(stated, interval.System);
            if (fact.OffStep(value))
            {
                why = new($"{reported} is not a value of {fact.Id}: {fact.StepsWritten}", $"{reported} n'est pas une valeur de {fact.Id} : {fact.StepsWritten}");
                return null;
            }

            if (value >= (fact.PlausibleMin ?? decimal.MinValue) && value <= (fact.PlausibleMax ?? decimal.MaxValue)) continue;
            why = new($"{reported} is implausible: check the unit", $"{reported} est peu plausible : vérifier l'unité");
            return null;
        }

        why = default;
        return new(interval, reported);
    }

    /// <summary>The unit by its UCUM code, else by its text; null when there is none that Hilum knows.</summary>
    public static Unit? UnitOf(FactDefinition fact, FhirQuantity quantity, RecordDraft draft, Entry entry, out Phrase why)
    {
        why = default;
        var ucum = quantity.System is null or Structure.Ucum;
        var known = Unit.TryParse(ucum ? quantity.Code : null, out var byCode);
        var shown = Unit.TryParse(quantity.Unit, out var byText);
        if (known && shown && byCode.Code != byText.Code && (byCode.Factor != byText.Factor || byCode.Dimension != byText.Dimension))
            draft.Warn($"{entry.Label}: the unit's code is {byCode.Code}, but it is shown as {quantity.Unit}; the code was used, check it", $"{entry.Label} : le code de l'unité est {byCode.Code}, mais elle est affichée {quantity.Unit} ; le code a été retenu, à vérifier");
        if (known) return byCode;
        if (shown) return byText;
        var text = Text(quantity);
        if (text is null && fact.CanonicalUnit(0) is { } canonical && canonical.Dimension == Dimension.One) return Unit.One;
        why = text is null ? new("no unit is stated", "aucune unité n'est indiquée") : new($"'{text}' is not a unit that Hilum knows", $"« {text} » n'est pas une unité connue de Hilum");
        return null;
    }

    private static decimal? ValueOf(FhirQuantity quantity, out Phrase why)
    {
        why = new("it states no number", "aucun nombre n'y figure");
        if (quantity.Value is not { } value) return null;
        why = new($"{value.ToString(CultureInfo.InvariantCulture)} is too large to be read", $"{value.ToString(CultureInfo.InvariantCulture)} est trop grand pour être lu");
        return Math.Abs(value) <= Quantity.Largest ? value : null;
    }

    private static Interval IntervalOf(FhirQuantity quantity, decimal value, byte system) => quantity.Comparator switch
    {
        FhirQuantity.QuantityComparator.LessThan => Interval.UpTo(value, open: true, system),
        FhirQuantity.QuantityComparator.LessOrEqual => Interval.UpTo(value, open: false, system),
        FhirQuantity.QuantityComparator.GreaterThan => Interval.From(value, open: true, system),
        FhirQuantity.QuantityComparator.GreaterOrEqual => Interval.From(value, open: false, system),
        _ => Interval.Point(value, system),
    };

    private static string Reported(FhirQuantity quantity, decimal value)
    {
        var comparator = quantity.Comparator switch
        {
            FhirQuantity.QuantityComparator.LessThan => "<",
            FhirQuantity.QuantityComparator.LessOrEqual => "<=",
            FhirQuantity.QuantityComparator.GreaterThan => ">",
            FhirQuantity.QuantityComparator.GreaterOrEqual => ">=",
            _ => "",
        };
        var unit = string.IsNullOrWhiteSpace(quantity.Unit) ? quantity.Code : quantity.Unit;
        return $"{comparator}{value.ToString(CultureInfo.InvariantCulture)} {unit}".Trim();
    }

    /// <summary>mL/min per 1.73 m2 is not mL/min: a unit that carries an annotation counts only where the fact lists it.</summary>
    private static bool IsOtherwiseIndexed(FactDefinition fact, Unit unit) => unit.Code.Contains('{', StringComparison.Ordinal) && !fact.Units.Contains(unit.Code);

    private static bool IsScore(string text, FactDefinition fact) =>
        text is "{score}" or "score" or "1" or "{count}" or "{#}" || (fact.PlausibleMax == 100 && Unit.TryParse(text, out var unit) && unit.Code == "%");

    private static string? Text(FhirQuantity quantity) =>
        !string.IsNullOrWhiteSpace(quantity.Code) ? quantity.Code.Trim() : string.IsNullOrWhiteSpace(quantity.Unit) ? null : quantity.Unit.Trim();
}
