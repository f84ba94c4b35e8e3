using Hilum.Evidence;
using Hilum.Options;
using Hilum.Web.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages.Learn;

/// <summary>One treatment in plain words, for anyone. No figure of survival.</summary>
internal sealed class TreatmentModel(PageText text) : PageModel
{
    /// <summary>The treatment.</summary>
    public Treatment Treatment { get; private set; } = null!;

    /// <summary>What the editions say of it: offers and warnings, newest edition first.</summary>
    public IEnumerable<(Edition Edition, Recommendation Rule)> Rules => text.Content.Catalogue.Editions
        .OrderByDescending(e => e.Published, StringComparer.Ordinal).SelectMany(e => e.Recommendations.Where(r => r.Treatments.Contains(Treatment.Id)).Select(r => (e, r)));

    /// <summary>Trials in which it was given.</summary>
    public IEnumerable<Trial> Trials => text.Content.Trials.Where(t => Array.Exists(t.Arms, a => a.Treatment == Treatment.Id));

    /// <summary>Shows it.</summary>
    public IActionResult OnGet(string treatment)
    {
        if (text.Content.Catalogue.Find(treatment) is not { } found) return new RedirectResult(Url.Content("~/learn"));
        Treatment = found;
        return Page();
    }
}
