using Hilum.Options;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages.Cases;

/// <summary>The proof of one option: every rule, clause by clause.</summary>
internal sealed class WhyModel : CasePage
{
    /// <summary>The treatment asked about.</summary>
    public Treatment Treatment { get; private set; } = null!;

    /// <summary>Shows it; a treatment that is not in the catalogue leads back to the case.</summary>
    public IActionResult OnGet(string id, string treatment)
    {
        if (Guidance.Catalogue.Find(treatment) is not { } found) return new RedirectResult(Url.Content($"~/cases/{id}"));
        Treatment = found;
        return Page();
    }
}
