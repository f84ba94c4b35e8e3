using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Answers;

/// <content>In JSON: a treatment with its status in each edition, its proof, its evidence and its safety.</content>
public sealed partial class AnswerJson
{
    private void OptionObject(Option option, bool proof)
    {
        json.WriteStartObject();
        json.WriteString("treatment", option.Treatment.Id);
        json.WriteString("name", words.In(option.Treatment.Name));
        json.WriteString("kind", option.Treatment.Kind);
        json.WriteString("status", option.Standing.Id());
        json.WriteStartArray("editions");
        foreach (var edition in option.Editions) EditionStanding(edition, proof);
        json.WriteEndArray();
        json.WriteBoolean("disagreement", option.Disagreement);
        Strings("advisedAgainst", option.AdvisedAgainst);
        Strings("perhapsAgainst", option.PerhapsAgainstBy);
        Strings("because", words.Because(option));
        json.WriteStartArray("safety");
        foreach (var finding in option.Safety) Safety(finding, proof);
        json.WriteEndArray();
        Strings("missing", option.Missing);
        Strings("evidence", option.Editions.Where(e => e.Standing.IsOffered() && !e.Silent).SelectMany(e => e.Recommendation?.Evidence ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Studied(option);
        json.WriteString("approval", option.Treatment.ApprovalFor(assessment.Case).Id());
        if (evidence.Availability(option) is { Count: > 0 } available) Availability(available);
        json.WriteEndObject();
    }

    private void Studied(Option option)
    {
        json.WriteStartArray("studied");
        foreach (var trial in evidence.Behind(option))
        {
            var (truth, differs) = evidence.Resemblance(trial);
            json.WriteStartObject();
            json.WriteString("trial", trial.Id);
            json.WriteString("name", evidence.Title(trial));
            json.WriteString("resembles", truth switch { Truth.True => "yes", Truth.False => "no", _ => "unknown" });
            Strings("differs", differs);
            Strings("figures", evidence.Figures(trial, option));
            Strings("cautions", trial.Cautions.Select(words.In));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Questions()
    {
        json.WriteStartArray("openQuestions");
        foreach (var question in words.Content.QuestionsFor(assessment.Case))
        {
            json.WriteStartObject();
            json.WriteString("id", question.Id);
            json.WriteString("question", words.In(question.Question));
            Strings("sides", question.Sides.Select(words.In));
            json.WriteString("reason", words.In(question.Reason));
            json.WriteString("source", words.SourceOf(question.Source));
            Review(question.Review);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Availability(IReadOnlyList<Availability> availability)
    {
        json.WriteStartArray("availability");
        foreach (var a in availability)
        {
            json.WriteStartObject();
            json.WriteString("country", a.Country);
            json.WriteString("approved", a.Approved);
            json.WriteString("funded", a.Funded);
            if (a.Date is not null) json.WriteString("date", a.Date);
            if (a.Source is not null) json.WriteString("source", words.SourceOf(new(a.Source, "")));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void EditionStanding(EditionStanding standing, bool proof)
    {
        json.WriteStartObject();
        json.WriteString("edition", standing.Edition.Id);
        json.WriteString("status", standing.Standing.Id());
        json.WriteBoolean("silent", standing.Silent);
        if (standing.Recommendation is { } rule && !standing.Silent)
        {
            if (rule.Grade is not null) json.WriteString("grade", rule.Grade);
            json.WriteString("recommendation", rule.Id);
            json.WriteString("says", words.In(rule.Says));
            json.WriteString("source", words.SourceOf(rule.Source));
            Review(rule.Review);
            json.WriteBoolean("checked", rule.Review.Source is SourceReview.Seen);
            Strings("possible", standing.Possible.Select(p => p.Id()));
            if (standing.TooManyUnknowns) json.WriteBoolean("tooManyUnknowns", true);
        }

        if (proof && !standing.Silent)
        {
            json.WriteStartArray("rules");
            foreach (var (each, truth) in standing.Rules)
            {
                json.WriteStartObject();
                json.WriteString("recommendation", each.Id);
                json.WriteString("says", words.In(each.Says));
                json.WriteString("gives", each.Against ? "not-recommended" : each.Strength.Id());
                json.WriteString("value", TruthWord(truth));
                Clauses(each.When);
                json.WriteString("source", words.SourceOf(each.Source));
                Review(each.Review);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void Clauses(TruthNode condition)
    {
        json.WriteStartArray("clauses");
        foreach (var clause in words.Decisive(condition))
        {
            json.WriteStartObject();
            json.WriteString("says", clause.Text);
            json.WriteString("value", TruthWord(clause.Truth));
            json.WriteString("because", clause.Value);
            Strings("facts", clause.Facts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Safety(SafetyFinding finding, bool proof)
    {
        json.WriteStartObject();
        json.WriteString("severity", finding.Rule.SeverityId);
        json.WriteString("state", finding.State is Truth.True ? "applies" : "undecided");
        Strings("missing", finding.Missing);
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("because", words.Says(finding));
        if (!finding.Rule.Override.IsEmpty) json.WriteString("override", words.In(finding.Rule.Override));
        json.WriteString("source", words.SourceOf(finding.Rule.Source));
        Review(finding.Rule.Review);
        if (proof) Clauses(finding.Rule.When);
        json.WriteEndObject();
    }
}
