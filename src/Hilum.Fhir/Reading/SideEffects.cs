using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Measures;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>
/// Points at what may be a side effect of an earlier checkpoint inhibitor. FHIR R4 and mCODE have no element that says so with a grade, so
/// nothing is concluded: what began after that treatment did is named, and a person says what it was.
/// </summary>
internal sealed class SideEffects(RecordDraft draft)
{
    private const string Immunotherapy = "immunotherapy";
    private const int MostNamed = 5;

    /// <summary>Notes every AdverseEvent as not used, and warns once where it matters.</summary>
    public void Look(IReadOnlyList<Entry> entries)
    {
        foreach (var entry in entries.Where(e => e.Resource is AdverseEvent))
            entry.Refuse("side effects are not read from AdverseEvent; state by hand what it means for treatment", "les effets indésirables ne sont pas lus dans AdverseEvent ; indiquer à la main ce que cela signifie pour le traitement");
        if (draft.Fact(FactIds.PriorSevereImmuneToxicity) is not { } toxicity || draft.Given.Any(g => g.Fact == toxicity) || Begin() is not { IsStated: true } begin) return;
        var after = entries.Where(e => e.Resource is AdverseEvent { Actuality: not AdverseEvent.AdverseEventActuality.Potential } || (e.Resource is Condition && !e.Used))
            .Where(e => DateOf(e.Resource!) is var date && (!date.IsStated || date.Latest >= begin.Earliest) && !draft.IsFuture(date)).Select(e => e.Label).ToList();
        if (after.Count == 0) return;
        var named = string.Join(", ", after.Take(MostNamed)) + (after.Count > MostNamed ? $" + {after.Count - MostNamed}" : "");
        draft.Warn($"recorded since a checkpoint inhibitor was begun on {begin}: {named}; if one of them was an immune side effect, say so by hand ({toxicity.Label.En})",
            $"noté depuis le début d'un inhibiteur de points de contrôle le {begin} : {named} ; si l'un d'eux était un effet indésirable immunitaire, l'indiquer à la main ({toxicity.Label.Fr})");
    }

    /// <summary>The first day of the first course with a checkpoint inhibitor.</summary>
    private PartialDate Begin() => draft.Given.Select(g => g.Value).OfType<GivenTherapies>().SelectMany(t => t.Items)
        .Where(t => t.Groups.Contains(Immunotherapy) && t.Start.IsStated).Select(t => t.Start).OrderBy(d => d.Earliest).FirstOrDefault();

    private static PartialDate DateOf(Resource resource) => resource switch
    {
        AdverseEvent happened => Moment.Of(happened.Date ?? happened.Detected ?? happened.RecordedDate).Date,
        Condition condition => Moment.Of(condition.Onset).Or(() => Moment.Of(condition.RecordedDate)).Date,
        _ => default,
    };
}
