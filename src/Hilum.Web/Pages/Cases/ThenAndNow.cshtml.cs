using Hilum.Options;
using Hilum.Web.Patients;

namespace Hilum.Web.Pages.Cases;

/// <summary>The same patient by two editions side by side: the page of 2017, or any other, and all that is current.</summary>
internal sealed class ThenAndNowModel : CasePage
{
    /// <summary>The edition on the left.</summary>
    public Edition Then => Guidance.Catalogue.FindEdition(Request.Query["then"].ToString()) ?? Guidance.Catalogue.Editions.FirstOrDefault(e => e.Kind is EditionKind.Historical) ?? Guidance.Catalogue.Editions[0];

    /// <summary>All editions.</summary>
    public IEnumerable<Edition> Editions => Guidance.Catalogue.Editions.OrderBy(e => e.Published, StringComparer.Ordinal);

    /// <summary>Treatments with their status then and now, those that moved first.</summary>
    public IReadOnlyList<(Treatment Treatment, Option? Then, Option? Now)> Rows()
    {
        var then = AnswerBy(Then).Assessment.Options.ToDictionary(o => o.Treatment.Id, StringComparer.Ordinal);
        var now = AnswerBy(null).Assessment.Options.ToDictionary(o => o.Treatment.Id, StringComparer.Ordinal);
        return [.. Guidance.Catalogue.Treatments.Select(t => (Treatment: t, Then: then.GetValueOrDefault(t.Id), Now: now.GetValueOrDefault(t.Id)))
            .OrderBy(r => r.Then?.Standing.IsOffered() == r.Now?.Standing.IsOffered())
            .ThenBy(r => r.Now?.Standing).ThenBy(r => r.Then?.Standing).ThenBy(r => Answers.Sentences.Alphabetical(T.In(r.Treatment.Name)), StringComparer.Ordinal)];
    }

    /// <summary>What the leading statement says.</summary>
    public string Says(Option? option) => option is null ? "" : new Components.OptionCard(Answer, option, false) is var card && option.Standing is Standing.Contraindicated
        ? string.Join(" ", card.Forbidding.Select(r => T.In(r.Says)))
        : card.Leading is not { Recommendation: { } rule } leading ? ""
        : option.Standing is Standing.NotRecommended ? Answer.Words.Advice(leading)
        : option.Standing.IsOffered() ? string.Join(" ", new[] { T.In(rule.Says), option.WithCare ? Answer.Words.Say("status.but-avoid", Answer.Words.AvoidedBecause(option)) : "" }.Where(s => s.Length > 0)) : "";
}
