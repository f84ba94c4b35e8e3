using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Web.Patients;
using Microsoft.AspNetCore.Http;

namespace Hilum.Web.Form;

/// <summary>Takes a form that was sent into a case: only fields that a person changed, so that two open pages do not undo each other.</summary>
/// <param name="content">The guidance.</param>
internal sealed class FormReader(GuidanceContent content)
{
    /// <summary>The case with the changes of a form.</summary>
    /// <param name="current">The newest version.</param>
    /// <param name="shown">What the form showed, from the version that it was made of.</param>
    /// <param name="form">What was sent.</param>
    public OpenCase Apply(OpenCase current, Func<FactDefinition, FieldInput> shown, IFormCollection form)
    {
        var changed = current;
        foreach (var fact in content.Facts.Facts)
            if (!fact.Derived && FieldInput.Read(fact, form) is { } sent && shown(fact) is var before && sent != before) changed = Take(changed, fact, KeepLimits(fact, before, sent));
        if (form["convert"].ToString() is { Length: > 0 } convert) changed = Converted(changed, convert, form);
        return changed;
    }

    /// <summary>A new value in a new unit leaves the laboratory's limits what they were: those that were not touched are put into the new unit.</summary>
    private static FieldInput KeepLimits(FactDefinition fact, FieldInput before, FieldInput sent) => sent.Unit == before.Unit || sent.Text == before.Text ? sent : sent with
    {
        Low = sent.Low == before.Low ? InUnit(fact, sent.Low, before.Unit, sent.Unit) : sent.Low,
        High = sent.High == before.High ? InUnit(fact, sent.High, before.Unit, sent.Unit) : sent.High,
    };

    /// <summary>A number put into another unit; as it stands when it is not a number of that kind.</summary>
    private static string InUnit(FactDefinition fact, string text, string from, string to) =>
        Value(fact, text, from) is { } interval ? Shown.Convert(fact, interval, to) : text;

    private static Interval? Value(FactDefinition fact, string text, string unitCode) =>
        Quantity.TryParseDecimal(text.Replace(',', '.'), out var number) && Unit.TryParse(unitCode, out var unit) && fact.SystemOf(unit) is var system and < 255
            ? Interval.Point(number * unit.Factor / fact.CanonicalUnit(system)!.Factor, system) : null;

    private static bool IsPlausible(FactDefinition fact, string text, string unit) =>
        Value(fact, text, unit) is { } interval && fact.InFirstSystem(interval.Low, interval.System) is var value && value >= (fact.PlausibleMin ?? value) && value <= (fact.PlausibleMax ?? value);

    /// <summary>One field taken into the case; what cannot be read is kept with the reason, and counts as unknown.</summary>
    public OpenCase Take(OpenCase current, FactDefinition fact, FieldInput input)
    {
        var reader = new CaseFileReader(content.Facts, content.Formulary, content.Catalogue.Treatments.Select(t => t.Id).ToHashSet(StringComparer.Ordinal));
        var problems = new List<ReadingProblem>();
        var byHand = current.ByHand;
        foreach (var (id, value) in input.Write(fact))
        {
            if (value is not null && value != FieldInput.Unknown && reader.ReadByHand(id, value, problems) is null) continue;
            byHand = value is null ? byHand.Remove(id) : byHand.SetItem(id, value);
        }

        if (problems.Count > 0) return current with { Rejected = current.Rejected.SetItem(fact.Id, new(input, string.Join(" ", problems.Select(p => p.Message)))), ByHand = current.ByHand.SetItem(fact.Id, FieldInput.Unknown) };
        return current with { ByHand = byHand, Rejected = current.Rejected.Remove(fact.Id), NotDone = input.NotDone ? current.NotDone.Add(fact.Id) : current.NotDone.Remove(fact.Id) };
    }

    /// <summary>The units in which a number that cannot be in its own unit could be meant.</summary>
    public static IEnumerable<string> Meant(FactDefinition fact, FieldInput input) =>
        fact.Type is not FactType.Number || IsPlausible(fact, input.Text, input.Unit) ? [] : fact.Units.Where(u => u != input.Unit && IsPlausible(fact, input.Text, u));

    /// <summary>A button "in mmol/L" writes the same quantity in that unit; a button "I meant g/dL" keeps the number.</summary>
    private OpenCase Converted(OpenCase current, string button, IFormCollection form)
    {
        var parts = button.Split('|');
        if (parts.Length != 3 || content.Facts.FindById(parts[0]) is not { } fact || FieldInput.Read(fact, form) is not { } input || !fact.Units.Contains(parts[2])) return current;
        return Take(current, fact, input with
        {
            Text = parts[1] == "meant" ? input.Text : InUnit(fact, input.Text, input.Unit, parts[2]),
            Low = Limit(input.Low),
            High = Limit(input.High),
            Unit = parts[2],
        });

        // a limit that can be in neither unit is left for the person to see
        string Limit(string text) => IsPlausible(fact, text, input.Unit) || !IsPlausible(fact, text, parts[2]) ? InUnit(fact, text, input.Unit, parts[2]) : text;
    }
}
