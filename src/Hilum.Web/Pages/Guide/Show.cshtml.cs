using Hilum.Answers;
using Hilum.Facts;
using Hilum.Web.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages.Guide;

/// <summary>An edition, a treatment, a trial or one rule, in sentences with sources and review state.</summary>
internal sealed class ShowModel(PageText text) : PageModel
{
    /// <summary>What is shown.</summary>
    public Document Document { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public IActionResult OnGet(string id)
    {
        var nobody = new CaseBuilder(text.Content.Facts).Build(new(), new() { AsOf = DateOnly.MinValue });
        if (new GuidanceDocument(text.Content, nobody, new Sentences(text.Content, nobody, text.Language)).Show(id) is not { } document) return new RedirectResult(Url.Content("~/guidance"));
        Document = document;
        return Page();
    }
}
