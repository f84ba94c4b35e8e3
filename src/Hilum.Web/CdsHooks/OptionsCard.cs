using Hilum.Fhir.Writing;
using Hilum.Measures;
using Hilum.Options;

namespace Hilum.Web.CdsHooks;

/// <summary>The card of <c>patient-view</c>: the list of options, what is missing, what could harm.</summary>
internal static class OptionsCard
{
    private const int MostMissing = 8;

    /// <summary>Makes the card; null when the record does not speak of a kidney cancer, or when the patient is outside the scope.</summary>
    public static Card? Make(Answer answer)
    {
        var (assessment, words) = (answer.Assessment, answer.Words);
        if (assessment.Scope is Truth.False || !answer.IsKidneyCancer) return null;
        var offered = words.InOrder(assessment.Options.Where(o => o.Standing.IsOffered())).ToList();
        var open = words.InOrder(assessment.Options.Where(o => o.Standing is Standing.NeedsInformation)).ToList();
        var forbidden = words.InOrder(assessment.Options.Where(o => o.Standing is Standing.Contraindicated)).ToList();
        var detail = Detail(answer, offered, open, forbidden);
        var id = answer.IdOf("options", detail);
        return new()
        {
            Topic = "options",
            TopicLabel = words.Say("hook.topic.options"),
            Uuid = id,
            Summary = assessment.Urgent.Count > 0 ? words.Say("hook.summary.urgent", offered.Count)
                : assessment.Scope is Truth.Undecided ? words.Say("hook.summary.scope") : words.Say("hook.summary", offered.Count, open.Count, forbidden.Count),
            Indicator = assessment.Urgent.Count > 0 ? Indicator.Critical : Indicator.Info,
            Detail = detail,
            Rules = [.. offered.SelectMany(o => o.Editions).Where(e => e is { Silent: false, Recommendation: not null } && e.Standing.IsOffered()).Select(e => $"{e.Edition.Id}/{e.Recommendation!.Id}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Suggestions = [.. offered.Select(o => new Suggestion(
                Card.IdOf(id.ToString(), o.Treatment.Id), words.Say("hook.draft", words.In(o.Treatment.Name)), DraftRequests.Write(o, words, $"Patient/{answer.Request.PatientId}", assessment.Case.AsOf)))],
            Links = answer.Links,
        };
    }

    private static string Detail(Answer answer, List<Option> offered, List<Option> open, List<Option> forbidden)
    {
        var (assessment, words) = (answer.Assessment, answer.Words);
        var text = new CardText();
        text.Paragraph(words.Say("plan.banner"));
        if (assessment.Urgent.Count > 0) text.Heading(words.Say("plan.urgent"));
        foreach (var urgent in assessment.Urgent) text.Item(0, $"{words.In(urgent.Says)} [{words.ReviewOf(urgent.Review)}]");
        foreach (var risk in assessment.Risk.Where(r => r.Applies is not Truth.False))
            text.Item(0, $"{words.In(risk.Model.Name)}: {words.Either(risk.Groups.Select(g => words.In(g.Label)))}");
        text.Heading($"{words.Say("plan.offered")} ({offered.Count})");
        if (offered.Count == 0) text.Paragraph(words.Say("plan.offered.none"));
        foreach (var option in offered) Offered(text, answer, option);
        if (open.Count > 0) text.Heading($"{words.Say("plan.needs")} ({open.Count})");
        foreach (var option in open) text.Strong(0, words.In(option.Treatment.Name), words.Say("plan.needs.what", words.Labels(option.Missing)));
        if (forbidden.Count > 0) text.Heading($"{words.Say("plan.contraindicated")} ({forbidden.Count})");
        foreach (var group in forbidden.GroupBy(o => string.Join(' ', Reasons(o).Select(r => r.Id))))
        {
            text.Strong(0, string.Join(", ", group.Select(o => words.In(o.Treatment.Name))), "");
            foreach (var rule in Reasons(group.First())) text.Item(1, $"{words.In(rule.Says)} [{words.ReviewOf(rule.Review)}]");
        }

        if (assessment.Missing.Count > 0)
        {
            text.Heading(words.Say("plan.missing"));
            foreach (var missing in assessment.Missing.Take(MostMissing)) text.Item(0, words.Label(missing.Fact));
            if (assessment.Missing.Count > MostMissing) text.Item(0, words.Say("list.more", assessment.Missing.Count - MostMissing));
        }

        answer.Close(text);
        return text.ToString();
    }

    private static IEnumerable<SafetyRule> Reasons(Option option) => option.Safety.Where(s => s.State is Truth.True && s.Rule.Severity is Severity.Contraindicated).Select(s => s.Rule);

    private static void Offered(CardText text, Answer answer, Option option)
    {
        var words = answer.Words;
        text.Strong(0, words.In(option.Treatment.Name), words.Status(option, $"{words.Say($"kind.{option.Treatment.Kind}")}; {words.Say($"approval.{option.Treatment.ApprovalFor(answer.Assessment.Case).Id()}")}"));
        foreach (var edition in option.Editions.Where(e => e is { Silent: false, Recommendation: not null } && (e.Standing.IsOffered() || e.Standing is Standing.NotRecommended)))
            text.Item(1, $"{edition.Edition.Id}: {(edition.Standing is Standing.NotRecommended ? words.Advice(edition) : words.In(edition.Recommendation!.Says))} [{words.ReviewOf(edition.Recommendation!.Review)}]");
        foreach (var finding in option.Safety.Where(s => s.State is Truth.True && s.Rule.Severity is Severity.Avoid or Severity.AdjustDose))
            text.Item(1, $"{words.Say($"severity.{finding.Rule.SeverityId}")}: {words.In(finding.Rule.Says)} [{words.ReviewOf(finding.Rule.Review)}]");
        CheckFirst(Severity.Contraindicated, "safety.check-first");
        CheckFirst(Severity.Avoid, "safety.check-first.avoid");

        void CheckFirst(Severity severity, string key)
        {
            var check = option.Safety.Where(s => s.State is Truth.Undecided && s.Rule.Severity == severity).SelectMany(s => s.Missing).Distinct(StringComparer.Ordinal).ToList();
            if (check.Count > 0) text.Item(1, $"{words.Say(key)}{words.Say("list.colon")}{words.Labels(check)}");
        }
    }
}
