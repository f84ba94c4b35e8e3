using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Web.Patients;

namespace Hilum.Web.Form;

/// <summary>What the form shows of a case: what the record or a person stated, never what was derived.</summary>
internal static class Shown
{
    /// <summary>The content of one field.</summary>
    public static FieldInput Of(OpenCase open, Case patient, FactDefinition definition)
    {
        if (open.Rejected.TryGetValue(definition.Id, out var rejected)) return rejected.Input;
        var fact = patient[definition.Index];
        var input = Stated(patient, fact);
        if (definition.LimitLow is { } low) input = input with { Low = Limit(patient, low, input.Unit, definition) };
        if (definition.LimitHigh is { } high) input = input with { High = Limit(patient, high, input.Unit, definition) };
        return input.Text.Length == 0 && open.NotDone.Contains(definition.Id) ? input with { NotDone = true } : input;
    }

    /// <summary>A number in a unit, as a person would write it; empty when the unit is of another kind.</summary>
    public static string Convert(FactDefinition fact, Interval value, string unitCode)
    {
        if (!Unit.TryParse(unitCode, out var unit) || fact.SystemOf(unit) is var system && system == 255) return "";
        var inSystem = fact.InSystem(value, system);
        var factor = fact.CanonicalUnit(system)!.Factor / unit.Factor;
        if (value.IsPoint) return Quantity.Format(Math.Round(inSystem.Low * factor, 3));
        return inSystem.HasHigh && !inSystem.HasLow ? $"{(inSystem.HighOpen ? "<" : "<=")}{Quantity.Format(Math.Round(inSystem.High * factor, 3))}"
            : inSystem.HasLow && !inSystem.HasHigh ? $"{(inSystem.LowOpen ? ">" : ">=")}{Quantity.Format(Math.Round(inSystem.Low * factor, 3))}" : "";
    }

    private static FieldInput Stated(Case patient, CaseFact fact)
    {
        var definition = fact.Definition;
        string Codes(ulong set) => string.Join(',', definition.Values.Where((_, i) => (set & (1UL << i)) != 0).Select(v => v.Code));
        var given = fact.Given.Count > 0 ? fact.Given[0].Value : null;
        switch (given)
        {
            case GivenCode code when fact.State is not FactState.Conflict && System.Numerics.BitOperations.IsPow2(code.Mask):
                var bit = System.Numerics.BitOperations.TrailingZeroCount(code.Mask);
                return new() { Text = definition.Type is FactType.Bool ? (bit == 1 ? "true" : "false") : definition.Values[bit].Code };
            case GivenNumber number when definition.Units.Length > 0 && definition.Type is FactType.Number:
                var unit = Quantity.TryParse(number.Reported.TrimStart('<', '>', '='), out _, out var written) && Unit.TryParse(written, out var known) && definition.Units.Contains(known.Code) ? known.Code : definition.CanonicalUnit(number.Value.System)!.Code;
                return new() { Text = Convert(definition, number.Value, unit), Unit = unit };
            case GivenNumber number:
                return new() { Text = Quantity.Format(number.Value.Low) };
            case GivenDate date:
                return new() { Text = date.Date.ToString() };
            case GivenMembers when fact.Possible is MembersPossible members:
                return new() { Text = Codes(members.Present), Absent = members.IsComplete ? "" : Codes(members.Absent), All = members.IsComplete };
            case GivenTherapies therapies:
                return new() { All = therapies.Complete, Rows = [.. therapies.Items.Select(Row)] };
            case GivenMedicines:
                var lists = fact.Given.Select(g => g.Value).OfType<GivenMedicines>().ToList();
                return new() { Text = string.Join('\n', lists.SelectMany(l => l.Items).Select(i => i.Text)), All = lists.Exists(l => l.Complete) };
            case GivenTexts:
                var texts = fact.Given.Select(g => g.Value).OfType<GivenTexts>().ToList();
                return new() { Text = string.Join('\n', texts.SelectMany(l => l.Items)), All = texts.Exists(l => l.Complete) };
            default:
                return new() { Unit = definition.Type is FactType.Number ? definition.Units.FirstOrDefault(u => Preferred.Contains(u)) ?? definition.Units.FirstOrDefault() ?? "" : "" };
        }
    }

    /// <summary>SI first where a person starts from nothing.</summary>
    private static readonly HashSet<string> Preferred = new(StringComparer.Ordinal) { "g/L", "mmol/L", "umol/L", "10*9/L" };

    private static string Limit(Case patient, string id, string unit, FactDefinition owner) =>
        patient[id].Given.Select(g => g.Value).OfType<GivenNumber>().FirstOrDefault() is { } limit && unit.Length > 0 ? Convert(owner, limit.Value, unit) : "";

    private static TherapyRow Row(PriorTherapy t) => new(
        t.Treatment, t.Name ?? "", t.Start.IsStated ? t.Start.ToString() : "", t.Stop.IsStated ? t.Stop.ToString() : "", t.StoppedFor ?? "",
        t.Setting switch { TherapySetting.Metastatic => "metastatic", TherapySetting.Adjuvant => "adjuvant", _ => "" }, TherapyRest.Write(t));
}
