using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Measures;
using Hilum.Words;
using Hl7.Fhir.Model;
using Quantity = Hl7.Fhir.Model.Quantity;

namespace Hilum.Fhir.Reading;

/// <summary>Reads the limits of normal that came with a result, and where there is none the laboratory's own flag.</summary>
internal sealed class LimitReading(RecordDraft draft)
{
    /// <summary>States limits or flags; they belong to this result alone.</summary>
    public void Read(Seen seen, FactDefinition fact, GivenNumber result, Answer answer)
    {
        if (fact.LimitLow is null && fact.LimitHigh is null && fact.FlagLow is null && fact.FlagHigh is null) return;
        var range = Usable(seen, answer);
        var low = Limit(seen, fact.LimitLow, result, range?.Low);
        var high = Limit(seen, fact.LimitHigh, result, range?.High);
        if (low is not null && high is not null && low.Value.Low >= high.Value.Low)
        {
            draft.Warn($"{seen.Entry.Label}: the lower limit of normal is not below the upper one; neither was used", $"{seen.Entry.Label} : la limite inférieure de la normale n'est pas sous la limite supérieure ; aucune n'a été retenue");
            low = high = null;
        }

        if (low is not null) draft.Give(seen.Entry, draft.Fact(fact.LimitLow!), low, seen.Date, seen.Preliminary, withResult: true);
        if (high is not null) draft.Give(seen.Entry, draft.Fact(fact.LimitHigh!), high, seen.Date, seen.Preliminary, withResult: true);
        var flag = FlagOf(seen, answer);
        if (flag is null) return;
        if (low is null && fact.FlagLow is not null) draft.Give(seen.Entry, draft.Fact(fact.FlagLow), flag < 0, seen.Date, seen.Preliminary, withResult: true);
        if (high is null && fact.FlagHigh is not null) draft.Give(seen.Entry, draft.Fact(fact.FlagHigh), flag > 0, seen.Date, seen.Preliminary, withResult: true);
    }

    /// <summary>The one range of type normal that fits the patient; null when there is none, or more than one.</summary>
    private Observation.ReferenceRangeComponent? Usable(Seen seen, Answer answer)
    {
        var fitting = answer.ReferenceRange.Where(r => (r.Low is not null || r.High is not null) && IsNormal(r) && FitsSex(seen, r) && FitsAge(seen, r)).ToList();
        if (fitting.Count > 1) draft.Warn($"{seen.Entry.Label}: {fitting.Count} normal ranges fit; none was used", $"{seen.Entry.Label} : {fitting.Count} intervalles de normale conviennent ; aucun n'a été retenu");
        return fitting.Count == 1 ? fitting[0] : null;
    }

    private static bool IsNormal(Observation.ReferenceRangeComponent range) =>
        range.Type is null
        || range.Type.Coding.Exists(c => c.System == Structure.ReferenceRangeMeaning && c.Code == "normal")
        || (range.Type.Coding.Count == 0 && string.Equals(range.Type.Text?.Trim(), "normal", StringComparison.OrdinalIgnoreCase));

    /// <summary>Everything that the range applies to must be known to be true of the patient.</summary>
    private bool FitsSex(Seen seen, Observation.ReferenceRangeComponent range) => range.AppliesTo.TrueForAll(applies => draft.Sex is { } sex && SexOf(applies, seen) == sex);

    private int? SexOf(CodeableConcept applies, Seen seen)
    {
        if (draft.Fact(FactIds.Sex) is not { } fact) return null;
        var concept = Concept.Of(applies, seen.Entry, draft);
        for (var bit = 0; bit < fact.Values.Length; bit++)
        {
            var value = fact.Values[bit];
            if (applies.Coding.Exists(c => c.System == Structure.Gender && c.Code == value.Code)) return bit;
            if (concept.Codes.Any(c => value.Codes.Contains(c.ToString()))) return bit;
            if (applies.Coding.Count == 0 && string.Equals(applies.Text?.Trim(), value.Code, StringComparison.OrdinalIgnoreCase)) return bit;
        }

        return null;
    }

    private bool FitsAge(Seen seen, Observation.ReferenceRangeComponent range)
    {
        if (range.Age is null) return true;
        if (!draft.BirthDate.IsStated || !seen.Date.IsStated) return false;
        var youngest = Years(draft.BirthDate.Latest, seen.Date.Earliest);
        var oldest = Years(draft.BirthDate.Earliest, seen.Date.Latest);
        return (range.Age.Low is null || InYears(range.Age.Low) is { } low && low <= youngest) && (range.Age.High is null || InYears(range.Age.High) is { } high && oldest <= high);
    }

    private static decimal Years(DateOnly birth, DateOnly day) => (day.DayNumber - birth.DayNumber) / 365.25m;

    private static decimal? InYears(Quantity age) => age.Value is not { } value || Math.Abs(value) > 100_000 ? null : (age.Code ?? age.Unit) switch
    {
        "a" or "year" or "years" or "yr" => value,
        "mo" or "month" or "months" => value / 12,
        "wk" or "week" or "weeks" => value / 52.18m,
        "d" or "day" or "days" => value / 365.25m,
        _ => null,
    };

    private GivenNumber? Limit(Seen seen, string? limitId, GivenNumber result, Quantity? limit)
    {
        if (limitId is null || limit is null || draft.Fact(limitId) is not { } fact) return null;
        if (limit.Comparator is null && NumberValue.Read(fact, limit, draft, seen.Entry, out var why) is { } read)
        {
            if (read.Value.System == result.Value.System) return read;
            why = new("its unit is not that of the result", "son unité n'est pas celle du résultat");
        }
        else
        {
            why = limit.Comparator is null ? WhyNot(fact, limit, seen) : new("it is itself a range", "elle est elle-même un intervalle");
        }

        draft.Warn($"{seen.Entry.Label}: the limit of normal was not used: {why.En}", $"{seen.Entry.Label} : la limite de la normale n'a pas été retenue : {why.Fr}");
        return null;
    }

    private Phrase WhyNot(FactDefinition fact, Quantity limit, Seen seen)
    {
        NumberValue.Read(fact, limit, draft, seen.Entry, out var why);
        return why;
    }

    /// <summary>-1 low, 0 normal, 1 high; null when the laboratory set no flag, or contrary ones.</summary>
    private int? FlagOf(Seen seen, Answer answer)
    {
        var flags = answer.Interpretation.SelectMany(i => i.Coding).Where(c => c.System == Structure.Interpretation)
            .Select(c => c.Code switch { "L" or "LL" => -1, "N" => 0, "H" or "HH" => 1, _ => (int?)null }).OfType<int>().Distinct().ToList();
        if (flags.Count > 1) draft.Warn($"{seen.Entry.Label}: its flags contradict each other; none was used", $"{seen.Entry.Label} : ses signalements se contredisent ; aucun n'a été retenu");
        return flags.Count == 1 ? flags[0] : null;
    }
}
