using Hilum.Measures;
using Hilum.Options;
using Hilum.Risk;

namespace Hilum.Answers;

/// <summary>Writes prognostic models: the groups still possible and the factors behind them.</summary>
public static class RiskDocument
{
    /// <summary>The answer of <c>risk</c>.</summary>
    public static Document Write(Assessment assessment, Sentences words)
    {
        var document = new Document(words.Say("list.colon")).Heading(1, words.Say("risk.title", assessment.Case.PatientId.Length == 0 ? words.Say("plan.no-id") : assessment.Case.PatientId, assessment.Case.AsOf.ToString("yyyy-MM-dd")));
        document.Paragraph(words.Say("plan.banner"), Tone.Alert);
        Add(document, assessment, words, survival: true);
        Warnings(document, assessment, words);
        return document;
    }

    /// <summary>Adds what a reader should know of the facts, such as limits accepted by hand.</summary>
    internal static void Warnings(Document document, Assessment assessment, Sentences words)
    {
        if (assessment.Case.Warnings.Count == 0) return;
        document.Heading(2, words.Say("plan.warnings"));
        foreach (var warning in assessment.Case.Warnings) document.Entry(0, "", words.Warning(warning));
    }

    /// <summary>Adds the models to a document; survival figures only where a clinician asked for the models themselves.</summary>
    internal static void Add(Document document, Assessment assessment, Sentences words, bool survival)
    {
        document.Heading(2, words.Say("risk.heading"));
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var risk in assessment.Risk)
        {
            document.Entry(0, words.In(risk.Model.Name), Groups(risk, words), Tone.Strong);
            if (risk.Applies is Truth.False) continue;
            for (var i = 0; i < risk.Factors.Count; i++)
            {
                var state = words.Say(risk.Factors[i] switch { Truth.True => "factor.present", Truth.False => "factor.absent", _ => "factor.unknown" });
                // models share factors: the same values need not be read twice
                var inputs = Inputs(assessment, risk.Model.Factors[i], words);
                document.Entry(1, words.In(risk.Model.Factors[i].Label), $"{state} ({(inputs.Length == 0 || shown.Add(inputs) ? inputs : words.Say("risk.as-above"))})");
            }

            if (survival) Survival(document, risk, words);
        }

        document.Paragraph(words.Say("risk.population"), Tone.Quiet);
    }

    /// <summary>The groups still possible, with the points that lead to them.</summary>
    internal static string Groups(RiskAssessment risk, Sentences words)
    {
        if (risk.Applies is Truth.False) return words.Say("risk.not-applicable");
        var points = risk.Min == risk.Max ? $"{risk.Min}" : words.Say("value.between", risk.Min, risk.Max);
        var groups = words.Say("risk.groups", words.Either(risk.Groups.Select(g => words.In(g.Label))), points, risk.Model.Factors.Length);
        return risk.Applies is Truth.Undecided ? groups + ". " + words.Say("risk.applies-unknown") : groups;
    }

    /// <summary>The values behind a factor: the result, its limit, its date.</summary>
    public static string Inputs(Assessment assessment, RiskFactor factor, Sentences words)
    {
        var patient = assessment.Case;
        var inputs = factor.Shows.Select(id => patient[id]).SelectMany(f => f.Definition.Derivations.SelectMany(d => d.Inputs)).Distinct()
            .Select(i => patient[i]).Where(f => f.State is not Facts.FactState.Unknown && f.Definition.Id != Facts.FactDictionary.TodayId && f.Definition.Type is not Facts.FactType.List)
            .Select(f => $"{words.In(f.Definition.Label)} {words.ValueOf(f)}{(f.Given.Count > 0 && f.Given[0].Date.IsStated ? $", {f.Given[0].Date}" : "")}").ToList();
        if (inputs.Count == 0 && words.Decisive(factor.When) is [{ Truth: not Truth.Undecided } only, ..]) inputs.Add(only.Value);
        var asks = assessment.AsksFor(factor.When);
        if (asks.Count > 0) inputs.Add(words.Say("factor.ask", words.Labels(asks)));
        if (assessment.Case.ChangesOn(factor.When) is { } day) inputs.Add(words.Say("factor.changes", day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        return string.Join("; ", inputs);
    }

    private static void Survival(Document document, RiskAssessment risk, Sentences words)
    {
        var groups = risk.Groups.Select(g => g.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var cohort in risk.Model.Survival)
        {
            document.Entry(1, words.Say("risk.survival", words.In(cohort.Cohort), words.In(cohort.Era), cohort.N is { } n ? $"n = {n}" : words.Say("risk.n-unknown")), words.ReviewOf(cohort.Review));
            foreach (var figure in cohort.Figures.Where(f => groups.Contains(f.Group) || !risk.Model.Groups.Any(g => g.Id == f.Group)))
            {
                var label = risk.Model.Groups.FirstOrDefault(g => g.Id == figure.Group) is { } group ? words.In(group.Label) : figure.Group;
                var interval = figure.Low is { } low && figure.High is { } high ? $" ({words.Say("risk.interval", figure.Level is { } level ? words.Number(level) : "?", words.Number(low), words.Number(high))})" : "";
                document.Entry(2, $"{label}, {words.Say($"measure.{figure.Measure}")}", figure.Value is { } value ? $"{words.Number(value)} {words.Say($"unit.{figure.Unit}")}{interval}" : words.Say("risk.not-reached"));
            }
        }
    }
}
