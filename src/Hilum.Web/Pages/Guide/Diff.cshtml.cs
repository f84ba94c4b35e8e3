using Hilum.Answers;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Options;
using Hilum.Web.Wording;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages.Guide;

/// <summary>For whom two editions differ, as <c>guidance diff</c> last found it of the content in use. Nothing is compared here: a page loads no solver.</summary>
internal sealed class DiffModel(PageText text, SiteSettings settings) : PageModel
{
    /// <summary>The first edition; null when none was named.</summary>
    public Edition? From { get; private set; }

    /// <summary>The second edition; null when none was named.</summary>
    public Edition? To { get; private set; }

    /// <summary>Whether there are two to compare.</summary>
    public bool IsAsked => From is not null && To is not null && From != To;

    /// <summary>The result.</summary>
    public Kept<DiffResult> Kept { get; private set; } = new(null, null);

    /// <summary>The editions, oldest first.</summary>
    public IEnumerable<Edition> Editions => text.Content.Catalogue.Editions.OrderBy(e => e.Published, StringComparer.Ordinal);

    /// <summary>The words, for nobody in particular.</summary>
    public Sentences Words { get; } = new(text.Content, new CaseBuilder(text.Content.Facts).Build(new(), new() { AsOf = DateOnly.MinValue }), text.Language);

    /// <summary>The comparisons that are kept.</summary>
    public IEnumerable<(Edition From, Edition To)> There => settings.Results is not { } results ? [] : Editions.SelectMany(_ => Editions, (a, b) => (From: a, To: b))
        .Where(p => p.From != p.To && results.Has(text.Content, KeptResults.Diff(p.From.Id, p.To.Id, text.Code)));

    /// <summary>Reads what is kept.</summary>
    public void OnGet()
    {
        From = text.Content.Catalogue.FindEdition(Request.Query["from"].ToString());
        To = text.Content.Catalogue.FindEdition(Request.Query["to"].ToString());
        if (IsAsked) Kept = Kept<DiffResult>.Find(settings.Results, text.Content, KeptResults.Diff(From!.Id, To!.Id, text.Code), f => DiffResult.Read(f, text.Content, From, To));
    }

    /// <summary>Whether no rule of an edition names a treatment.</summary>
    public static bool SaysNothing(Edition edition, string treatment) => !Array.Exists(edition.Recommendations, r => r.Treatments.Contains(treatment));

    /// <summary>An answer for the example, by status.</summary>
    public string Answer(IReadOnlyList<(string Treatment, Standing Standing)> answers) => answers.Count == 0 ? text.Guidance("diff.nothing")
        : string.Join("; ", answers.GroupBy(a => a.Standing).Select(g => text.Guidance("status." + g.Key.Id()) + text.Guidance("list.colon") + string.Join(", ", g.Select(a => Words.Name(a.Treatment)))));
}
