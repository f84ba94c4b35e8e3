using Hilum.Measures;
using Hilum.Options;

namespace Hilum.Answers;

/// <summary>A treatment whose offer to one patient is another one now.</summary>
/// <param name="Treatment">Its id.</param>
/// <param name="Before">Its status in the stored plan; empty when the catalogue did not hold it.</param>
/// <param name="Now">Its status now; empty when the catalogue holds it no more.</param>
/// <param name="Because">The rules, recommendations and facts that came out otherwise, each with what it was and what it is.</param>
public sealed record ChangedOffer(string Treatment, string Before, string Now, IReadOnlyList<string> Because);

/// <summary>Finds what a change of content does to a stored plan.</summary>
/// <param name="stored">The plan.</param>
/// <param name="old">The patient judged by the content that is left behind.</param>
/// <param name="now">The patient judged by the content of now.</param>
/// <param name="words">The words in which the reasons are given.</param>
public sealed class Recall(StoredPlan stored, Assessment old, Assessment now, Sentences words)
{
    /// <summary>
    /// Treatments that were offered and are not, are offered and were not, or are offered with another strength or with other care. By treatment id.
    /// </summary>
    public IReadOnlyList<ChangedOffer> Changes()
    {
        var before = stored.Statuses();
        var after = now.Options.ToDictionary(o => o.Treatment.Id, StoredPlan.StatusOf, StringComparer.Ordinal);
        return [.. before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(id => (Id: id, Before: before.GetValueOrDefault(id, ""), Now: after.GetValueOrDefault(id, "")))
            .Where(c => c.Before != c.Now && (IsOffered(c.Before) || IsOffered(c.Now)))
            .Select(c => new ChangedOffer(c.Id, c.Before, c.Now, Because(c.Id)))];
    }

    private static bool IsOffered(string status) => StandingWords.Parse(status.Split(',')[0]) is { } standing && standing.IsOffered();

    private List<string> Because(string treatment)
    {
        var reasons = new List<string>();
        if (old.Scope != now.Scope) reasons.Add(words.Say("recall.change", words.Say("recall.scope"), Word(old.Scope), Word(now.Scope)));
        reasons.AddRange(Facts());
        var (before, after) = (Find(old, treatment), Find(now, treatment));
        foreach (var edition in (before?.Editions ?? []).Concat(after?.Editions ?? []).Select(e => e.Edition.Id).Distinct(StringComparer.Ordinal))
            reasons.AddRange(Rules(edition, InEdition(before, edition), InEdition(after, edition)));
        reasons.AddRange(Safety(before?.Safety ?? [], after?.Safety ?? []));
        if (reasons.Count == 0 && before is not null && after is not null && StoredPlan.StatusOf(before) == StoredPlan.StatusOf(after))
            reasons.Add(words.Say("recall.program", StoredPlan.ThisProgram, stored.Program, stored.ContentSha256[..Math.Min(12, stored.ContentSha256.Length)]));
        if (reasons.Count == 0) reasons.Add(words.Say("recall.catalogue"));
        return reasons;
    }

    private static Option? Find(Assessment assessment, string treatment) => assessment.Options.FirstOrDefault(o => o.Treatment.Id == treatment);

    private static EditionStanding? InEdition(Option? option, string edition) => option?.Editions.FirstOrDefault(e => e.Edition.Id == edition);

    /// <summary>Facts that follow otherwise from the same record: a risk group, a limit.</summary>
    private IEnumerable<string> Facts()
    {
        foreach (var fact in now.Case.Facts.OrderBy(f => f.Definition.Id, StringComparer.Ordinal))
        {
            if (old.Case.Dictionary.FindById(fact.Definition.Id) is not { } known) continue;
            var (before, after) = (words.Bare(old.Case[known.Index]), words.Bare(fact));
            if (before != after) yield return words.Say("recall.change", words.Label(fact.Definition.Id), before, after);
        }
    }

    private IEnumerable<string> Rules(string edition, EditionStanding? before, EditionStanding? after)
    {
        var (had, has) = (before is { Silent: false }, after is { Silent: false });
        if (before is null && has) yield return words.Say(now.EditionsNamed ? "recall.speaks-now" : "recall.current", edition);
        if (after is null && had) yield return words.Say("recall.not-current", edition);
        if (before is not null && after is not null && had != has) yield return words.Say(had ? "recall.silent" : "recall.speaks", edition);
        var then = (had ? before!.Rules : []).ToDictionary(r => r.Rule.Id, StringComparer.Ordinal);
        var young = (has ? after!.Rules : []).ToDictionary(r => r.Rule.Id, StringComparer.Ordinal);
        foreach (var id in then.Keys.Union(young.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (was, stands) = (then.GetValueOrDefault(id), young.GetValueOrDefault(id));
            var (said, today) = (was is null ? words.Say("recall.not-there") : Says(was), stands is null ? words.Say("recall.not-there") : Says(stands));
            // a rule that came or went without a word for this patient changed nothing
            if (said == today || (was is null && stands is { Truth: Truth.False }) || (stands is null && was is { Truth: Truth.False })) continue;
            yield return words.Say("recall.change", $"{edition}, {id}", said, today);
        }
    }

    private string Says(JudgedRule rule) => $"{(rule.Rule.Against ? words.Say("recall.against") : words.Say($"status.{rule.Rule.Strength.Id()}"))}, {Word(rule.Truth)}";

    private IEnumerable<string> Safety(IReadOnlyList<SafetyFinding> before, IReadOnlyList<SafetyFinding> after)
    {
        var then = before.ToDictionary(f => f.Rule.Id, StringComparer.Ordinal);
        var young = after.ToDictionary(f => f.Rule.Id, StringComparer.Ordinal);
        foreach (var id in then.Keys.Union(young.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var said = then.TryGetValue(id, out var a) ? $"{words.Say($"severity.{a.Rule.SeverityId}")}, {Word(a.State)}" : words.Say("recall.not-concerned");
            var today = young.TryGetValue(id, out var b) ? $"{words.Say($"severity.{b.Rule.SeverityId}")}, {Word(b.State)}" : words.Say("recall.not-concerned");
            if (said != today) yield return words.Say("recall.change", words.Say("recall.safety", id), said, today);
        }
    }

    private string Word(Truth truth) => words.Say(truth switch { Truth.True => "truth.true", Truth.False => "truth.false", _ => "truth.undecided" });
}
