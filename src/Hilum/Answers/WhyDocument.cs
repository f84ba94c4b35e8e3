using Hilum.Measures;
using Hilum.Options;

namespace Hilum.Answers;

/// <summary>Writes the proof of one option's status: every rule, clause by clause, with the patient's values and the source.</summary>
public static class WhyDocument
{
    /// <summary>The answer of <c>why</c>.</summary>
    public static Document Write(Assessment assessment, Option? option, Treatment treatment, Sentences words)
    {
        var document = new Document(words.Say("list.colon")).Heading(1, words.Say("why.title", words.In(treatment.Name), assessment.Case.AsOf.ToString("yyyy-MM-dd")));
        document.Paragraph(words.Say("plan.banner"), Tone.Alert);
        if (option is null)
        {
            document.Paragraph($"{words.Say("scope.outside")}. {words.In(assessment.ScopeBecause)}");
            return document;
        }

        document.Paragraph(words.Say("why.status", words.Status(option)), Tone.Alert);
        if (option.Missing.Count > 0) document.Paragraph(words.Say("why.missing", words.Labels(option.Missing)));
        foreach (var edition in option.Editions)
        {
            document.Heading(2, words.In(edition.Edition.Title));
            if (edition.Silent)
            {
                document.Paragraph(words.Say("why.silent"));
                continue;
            }

            document.Paragraph(words.Say("why.status", words.StatusWord(edition)));
            if (edition.TooManyUnknowns) document.Paragraph(words.Say("because.too-many"));
            foreach (var (rule, truth) in edition.Rules)
            {
                document.Entry(0, words.In(rule.Says), words.Say("why.rule", rule.Against ? words.Say("why.against") : words.Say($"status.{rule.Strength.Id()}"), words.Word(truth)), Tone.Strong);
                foreach (var clause in words.Decisive(rule.When)) document.Entry(1, "", words.Full(clause));
                if (!rule.Because.IsEmpty) document.Entry(1, words.Say("plan.why"), words.In(rule.Because));
                if (!rule.Note.IsEmpty) document.Entry(1, words.Say("plan.note"), words.In(rule.Note));
                document.Entry(1, words.Say("why.source"), $"{words.SourceOf(rule.Source)}{(rule.Grade is { } grade ? $" ({words.Say("plan.grade", words.Grade(grade))})" : "")} [{words.ReviewOf(rule.Review)}]");
                if (rule.Evidence.Length > 0) document.Entry(1, words.Say("why.evidence"), string.Join(", ", rule.Evidence));
            }
        }

        document.Heading(2, words.Say("why.safety"));
        if (option.Safety.Count == 0) document.Paragraph(words.Say("why.safety.none"));
        foreach (var finding in option.Safety)
        {
            document.Entry(0, words.Say($"severity.{finding.Rule.SeverityId}"), words.Say("why.rule", words.Says(finding), words.Word(finding.State)), Tone.Strong);
            foreach (var clause in words.Decisive(finding.Rule.When)) document.Entry(1, "", words.Full(clause));
            if (!finding.Rule.Override.IsEmpty) document.Entry(1, words.Say("safety.override"), words.In(finding.Rule.Override));
            document.Entry(1, words.Say("why.source"), $"{words.SourceOf(finding.Rule.Source)} [{words.ReviewOf(finding.Rule.Review)}]");
        }

        RiskDocument.Warnings(document, assessment, words);
        return document;
    }
}
