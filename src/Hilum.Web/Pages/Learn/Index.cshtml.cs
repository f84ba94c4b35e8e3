using Hilum.Options;
using Hilum.Web.Wording;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages.Learn;

/// <summary>Treatments for stage 4 kidney cancer, for anyone: as they stand today, and as they stood in 2017. No figure of survival.</summary>
internal sealed class LearnModel(PageText text) : PageModel
{
    /// <summary>Kinds in the order in which a person meets them.</summary>
    private static readonly string[] Kinds = ["surveillance", "combination", "immunotherapy", "targeted", "surgery", "radiation", "local", "procedure", "supportive", "trial", "chemotherapy"];

    /// <summary>Treatments by kind.</summary>
    public IEnumerable<IGrouping<string, Treatment>> Groups => text.Content.Catalogue.Treatments
        .OrderBy(t => Answers.Sentences.Alphabetical(text.In(t.Name)), StringComparer.Ordinal).GroupBy(t => t.Kind).OrderBy(g => Array.IndexOf(Kinds, g.Key));

    /// <summary>The historical edition; null when there is none.</summary>
    public Edition? Then => Array.Find(text.Content.Catalogue.Editions, e => e.Kind is EditionKind.Historical);

    /// <summary>Whether an edition offers a treatment to anyone.</summary>
    public static bool Offers(Edition edition, Treatment treatment) => Array.Exists(edition.Recommendations, r => !r.Against && r.Treatments.Contains(treatment.Id));

    /// <summary>Whether any current clinical edition offers it to anyone.</summary>
    public bool OffersNow(Treatment treatment) => text.Content.Catalogue.Editions.Any(e => e is { IsCurrent: true, Kind: EditionKind.Clinical } && Offers(e, treatment));
}
