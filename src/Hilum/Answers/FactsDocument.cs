using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;

namespace Hilum.Answers;

/// <summary>Writes what was read of a record, from where, and what was not understood.</summary>
public static class FactsDocument
{
    /// <summary>The answer of <c>facts</c>.</summary>
    public static Document Write(Assessment assessment, Sentences words)
    {
        var patient = assessment.Case;
        var document = new Document(words.Say("list.colon")).Heading(1, words.Say("facts.title", patient.PatientId.Length == 0 ? words.Say("plan.no-id") : patient.PatientId, patient.AsOf.ToString("yyyy-MM-dd")));
        document.Paragraph($"{words.Say("plan.scope")} {words.Say(assessment.Scope switch { Truth.True => "scope.in", Truth.False => "scope.outside", _ => "scope.unknown" })}. {words.In(assessment.ScopeBecause)}");
        document.Heading(2, words.Say("facts.known"));
        foreach (var fact in AnswerJson.Listed(patient))
        {
            var date = fact.Given.Count > 0 && fact.Given[0].Date.IsStated ? $", {fact.Given[0].Date}" : "";
            var state = fact.State is FactState.Known ? "" : $" [{words.Say($"state.{fact.State.ToString().ToLowerInvariant()}")}]";
            document.Entry(0, words.In(fact.Definition.Label), $"{words.ValueOf(fact)}{date}{state}", fact.State is FactState.Conflict ? Tone.Alert : Tone.Plain);
            foreach (var older in fact.Older.Take(5)) document.Entry(1, words.Say("facts.older"), $"{older.Date} {words.Place(older.Origin)} {(older.Value is GivenNumber number ? number.Reported : "")}".Trim(), Tone.Quiet);
        }

        if (patient.Warnings.Count > 0)
        {
            document.Heading(2, words.Say("plan.warnings"));
            foreach (var warning in patient.Warnings) document.Entry(0, "", words.Warning(warning));
        }

        document.Heading(2, $"{words.Say("plan.not-used")} ({patient.NotUsed.Count})");
        foreach (var item in patient.NotUsed) document.Entry(0, words.Place(item.Resource), words.In(item.Why), Tone.Quiet);
        return document;
    }
}
