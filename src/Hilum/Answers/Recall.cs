using Hilum.Expressions;
using Hilum.Facts;
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
public sealed class Recall(StoredPlan stored, Assessment old, Assessment now)
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
        if (old.Scope != now.Scope) reasons.Add($"who is planned for: {Word(old.Scope)} -> {Word(now.Scope)}");
        reasons.AddRange(Facts());
        var (before, after) = (Find(old, treatment), Find(now, treatment));
        foreach (var edition in (before?.Editions ?? []).Concat(after?.Editions ?? []).Select(e => e.Edition.Id).Distinct(StringComparer.Ordinal))
            reasons.AddRange(Rules(edition, InEdition(before, edition), InEdition(after, edition)));
        reasons.AddRange(Safety(before?.Safety ?? [], after?.Safety ?? []));
        if (reasons.Count == 0 && before is not null && after is not null && StoredPlan.StatusOf(before) == StoredPlan.StatusOf(after))
            reasons.Add($"the content did not change this: by the old content too, this program ({StoredPlan.ThisProgram}) comes to what it says now; the plan is of program {stored.Program}, content {stored.ContentSha256[..Math.Min(12, stored.ContentSha256.Length)]}");
        if (reasons.Count == 0) reasons.Add("the treatment is judged otherwise though no rule on it came out otherwise: the catalogue or the order of editions changed");
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
            var (before, after) = (Value(old.Case[known.Index]), Value(fact));
            if (before != after) yield return $"{fact.Definition.Id}: {before} -> {after}";
        }
    }

    private static string Value(CaseFact fact) => fact.Possible switch
    {
        var possible when possible.Equals(fact.Definition.Symbol.Unknown) => "unknown",
        CodesPossible codes => string.Join(" or ", StoredRecord.CodesOf(fact.Definition, codes.Mask)),
        MembersPossible members when fact.Definition.Type is FactType.Codes => $"[{string.Join(", ", StoredRecord.CodesOf(fact.Definition, members.Present))}{(members.IsComplete ? "" : ", perhaps more")}]",
        MembersPossible members => members.Present != 0 ? "some" : members.IsComplete ? "none" : "unknown",
        NumbersPossible numbers => string.Join(" or ", numbers.Intervals.Select(i => Range(fact.Definition, i))),
        _ => "unknown",
    };

    private static string Range(FactDefinition fact, Interval interval)
    {
        var unit = fact.CanonicalUnit(interval.System) is { Code: not "1" } known ? " " + known.Code : "";
        if (interval.IsPoint) return End(fact, interval.Low) + unit;
        var low = interval.HasLow ? $"{(interval.LowOpen ? "over" : "from")} {End(fact, interval.Low)}{unit}" : "";
        var high = interval.HasHigh ? $"{(interval.HighOpen ? "under" : "up to")} {End(fact, interval.High)}{unit}" : "";
        return low.Length > 0 && high.Length > 0 ? $"{low} {high}" : low + high;
    }

    private static string End(FactDefinition fact, decimal value) => fact.Type is FactType.Date ? DateOnly.FromDayNumber((int)value).ToString("yyyy-MM-dd") : Quantity.Format(value);

    private IEnumerable<string> Rules(string edition, EditionStanding? before, EditionStanding? after)
    {
        var (had, has) = (before is { Silent: false }, after is { Silent: false });
        if (before is null && has) yield return now.EditionsNamed ? $"{edition}: speaks now" : $"{edition}: a current edition now";
        if (after is null && had) yield return $"{edition}: no longer a current edition";
        if (before is not null && after is not null && had != has) yield return had ? $"{edition}: says nothing of this treatment for this patient any more" : $"{edition}: speaks of this treatment for this patient now";
        var then = (had ? before!.Rules : []).ToDictionary(r => r.Rule.Id, StringComparer.Ordinal);
        var young = (has ? after!.Rules : []).ToDictionary(r => r.Rule.Id, StringComparer.Ordinal);
        foreach (var id in then.Keys.Union(young.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (was, stands) = (then.GetValueOrDefault(id), young.GetValueOrDefault(id));
            var (said, today) = (was is null ? "not there" : Says(was), stands is null ? "not there" : Says(stands));
            // a rule that came or went without a word for this patient changed nothing
            if (said == today || (was is null && stands is { Truth: Truth.False }) || (stands is null && was is { Truth: Truth.False })) continue;
            yield return $"{edition}, {id}: {said} -> {today}";
        }
    }

    private static string Says(JudgedRule rule) => $"{(rule.Rule.Against ? "advises against" : rule.Rule.Strength.Id())}, {Word(rule.Truth)}";

    private static IEnumerable<string> Safety(IReadOnlyList<SafetyFinding> before, IReadOnlyList<SafetyFinding> after)
    {
        var then = before.ToDictionary(f => f.Rule.Id, StringComparer.Ordinal);
        var young = after.ToDictionary(f => f.Rule.Id, StringComparer.Ordinal);
        foreach (var id in then.Keys.Union(young.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var said = then.TryGetValue(id, out var a) ? $"{a.Rule.SeverityId}, {Word(a.State)}" : "does not concern this patient";
            var today = young.TryGetValue(id, out var b) ? $"{b.Rule.SeverityId}, {Word(b.State)}" : "does not concern this patient";
            if (said != today) yield return $"safety, {id}: {said} -> {today}";
        }
    }

    private static string Word(Truth truth) => truth switch { Truth.True => "met", Truth.False => "not met", _ => "not known" };
}
