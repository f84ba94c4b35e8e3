using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;

namespace Hilum.Answers;

/// <content>In JSON: what is known of a fact: value, unit, date, origin, or what it may still be.</content>
public sealed partial class AnswerJson
{
    private void Fact(CaseFact fact)
    {
        json.WriteStartObject();
        json.WriteString("id", fact.Definition.Id);
        if (fact.Definition.Type is FactType.List) FreeList(fact);
        else Value(fact);
        json.WriteString("state", fact.State switch { FactState.Known => "known", FactState.Conflict => "conflict", FactState.Stale => "stale", _ => "partial" });
        if (fact.Given.Count > 0 && fact.Given[0].Date.IsStated) json.WriteString("date", fact.Given[0].Date.ToString());
        if (Sentences.OriginOf(fact) is { Length: > 0 } origin) json.WriteString("origin", origin);
        json.WriteBoolean("derived", fact.IsDerived);
        var because = Because(fact);
        if (because.Length > 0) json.WriteString("because", because);
        json.WriteEndObject();
    }

    private string Because(CaseFact fact)
    {
        var parts = new List<string>();
        if (fact.IsDerived && fact.Derivation is { Because.IsEmpty: false } derivation) parts.Add(words.In(derivation.Because));
        foreach (var number in fact.Given.Select(g => g.Value).OfType<GivenNumber>())
            if (number.Reported != $"{Quantity.Format(number.Value.Low)}{(fact.Definition.CanonicalUnit(0) is { Code: not "1" } unit ? " " + unit.Code : "")}") parts.Add(words.Say("value.reported", number.Reported));
        return string.Join("; ", parts.Distinct(StringComparer.Ordinal));
    }

    private void Value(CaseFact fact)
    {
        var definition = fact.Definition;
        switch (fact.Possible)
        {
            case CodesPossible codes when definition.Type is FactType.Bool && codes.IsKnown: json.WriteBoolean("value", codes.Mask == 2); break;
            case CodesPossible codes when codes.IsKnown: json.WriteString("value", definition.Values[codes.Code].Code); break;
            case CodesPossible codes when fact.State is not FactState.Stale: Strings("possible", definition.Values.Where((_, bit) => (codes.Mask & (1UL << bit)) != 0).Select(v => v.Code)); break;
            case MembersPossible members:
                Strings("value", Members(definition, members.Present));
                json.WriteBoolean("complete", members.IsComplete);
                Strings("absent", members.IsComplete ? [] : Members(definition, members.Absent));
                break;
            case NumbersPossible when fact.State is FactState.Stale && fact.Given[0].Value is GivenNumber old: NumberOf(definition, old.Value); break;
            case NumbersPossible { IsKnown: true } known: NumberOf(definition, known.Intervals[0]); break;
            case NumbersPossible numbers when numbers.Intervals.Length > 1 && numbers.Intervals.All(i => i.IsPoint):
                json.WriteStartArray("possible");
                foreach (var interval in numbers.Intervals) PossibleNumber(definition, interval);
                json.WriteEndArray();
                UnitOf(definition);
                break;
            case NumbersPossible numbers: Range(definition, numbers.Hull); break;
        }
    }

    private static IEnumerable<string> Members(FactDefinition definition, ulong mask) =>
        definition.Values.Where((_, bit) => (mask & (1UL << bit)) != 0).Select(v => v.Code).Order(StringComparer.Ordinal);

    private void NumberOf(FactDefinition definition, Interval interval)
    {
        if (!interval.IsPoint)
        {
            Range(definition, interval);
            return;
        }

        if (definition.Type is FactType.Date) json.WriteString("value", DateOnly.FromDayNumber((int)interval.Low).ToString("yyyy-MM-dd"));
        else Number("value", definition.InFirstSystem(interval.Low, interval.System));
        UnitOf(definition);
    }

    private void PossibleNumber(FactDefinition definition, Interval interval)
    {
        if (definition.Type is FactType.Date) json.WriteStringValue(DateOnly.FromDayNumber((int)interval.Low).ToString("yyyy-MM-dd"));
        else json.WriteRawValue(Quantity.Format(definition.InFirstSystem(interval.Low, interval.System)));
    }

    private void Range(FactDefinition definition, Interval interval)
    {
        if (definition.Type is FactType.Date)
        {
            if (interval.HasLow) json.WriteString("min", DateOnly.FromDayNumber((int)interval.Low).ToString("yyyy-MM-dd"));
            if (interval.HasHigh) json.WriteString("max", DateOnly.FromDayNumber((int)interval.High).ToString("yyyy-MM-dd"));
            return;
        }

        if (interval.HasLow) Number("min", definition.InFirstSystem(interval.Low, interval.System));
        if (interval.HasHigh) Number("max", definition.InFirstSystem(interval.High, interval.System));
        UnitOf(definition);
    }

    private void UnitOf(FactDefinition definition)
    {
        if (definition.Units.Length > 0) json.WriteString("unit", definition.Units[0]);
    }

    /// <summary>Lists as in the case file.</summary>
    private void FreeList(CaseFact fact)
    {
        json.WriteStartArray("value");
        foreach (var value in fact.Given.Select(g => g.Value))
        {
            switch (value)
            {
                case GivenMedicines medicines: foreach (var m in medicines.Items) json.WriteStringValue(m.Text); break;
                case GivenTexts texts: foreach (var t in texts.Items) json.WriteStringValue(t); break;
                case GivenTherapies therapies: foreach (var t in therapies.Items) Therapy(t); break;
            }
        }

        if (fact.Definition.Id == "current-treatment") foreach (var t in assessment.Case.CurrentTherapies) json.WriteStringValue(t.Name ?? t.Treatment);
        json.WriteEndArray();
        json.WriteBoolean("complete", fact.State is FactState.Known || fact.Possible.Equals(MembersPossible.None));
    }

    private void Therapy(PriorTherapy therapy)
    {
        json.WriteStartObject();
        json.WriteString("treatment", therapy.Treatment);
        if (therapy.Name is not null) json.WriteString("name", therapy.Name);
        if (therapy.Treatment == "other") Strings("classes", therapy.Groups);
        if (therapy.Start.IsStated) json.WriteString("start", therapy.Start.ToString());
        if (therapy.Stop.IsStated) json.WriteString("stop", therapy.Stop.ToString());
        if (therapy.StoppedFor is not null) json.WriteString("stopped-for", therapy.StoppedFor);
        json.WriteString("setting", therapy.Setting.ToString().ToLowerInvariant());
        TherapyJson.WriteCourse(json, therapy);
        json.WriteEndObject();
    }
}
