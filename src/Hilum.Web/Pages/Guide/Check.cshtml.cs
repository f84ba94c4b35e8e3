using Hilum.Guidance;
using Hilum.Web.Wording;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages.Guide;

/// <summary>What <c>guidance check</c> last found of the content in use. Nothing is checked here: a page loads no solver.</summary>
internal sealed class CheckModel(PageText text, SiteSettings settings) : PageModel
{
    private static readonly string[] Others = ["safety", "risk", "evidence", "questions"];

    /// <summary>The result for everything.</summary>
    public Kept<CheckResult> Kept { get; private set; } = null!;

    /// <summary>Where there is none for everything: the editions that were checked alone.</summary>
    public IReadOnlyList<(string Edition, Kept<CheckResult> Kept)> Alone { get; private set; } = [];

    /// <summary>What can be shown.</summary>
    public IEnumerable<CheckResult> Results => Kept.Result is { } all ? [all] : Alone.Select(a => a.Kept.Result!);

    /// <summary>Everything that was found.</summary>
    public IReadOnlyList<CheckFinding> Findings => [.. Results.SelectMany(r => r.Findings)];

    /// <summary>Everything that a worked case did not come to; a check of one edition runs all of them too.</summary>
    public IReadOnlyList<string> Failed => [.. Results.SelectMany(r => r.Failed).Distinct(StringComparer.Ordinal)];

    /// <summary>Reads what is kept.</summary>
    public void OnGet()
    {
        Kept = Find(null);
        if (Kept.Result is null) Alone = [.. text.Content.Catalogue.Editions.Select(e => (e.Id, Kept: Find(e.Id))).Where(a => a.Kept.Result?.Editions is [var only] && only == a.Id)];
    }

    /// <summary>Part by part: the editions that were asked about, then what stands outside of them.</summary>
    public IEnumerable<CheckRow> Rows()
    {
        foreach (var edition in text.Content.Catalogue.Editions)
        {
            var result = Kept.Result ?? Alone.FirstOrDefault(a => a.Edition == edition.Id).Kept?.Result;
            yield return Row(edition.Id, edition.Recommendations.Length, $"guidance/editions/{edition.Id}/", result);
        }

        if (Kept.Result is not { } all) yield break;
        foreach (var part in Others) yield return Row(part, null, $"guidance/{part}/", all);
        var rest = all.Findings.Where(f => !IsNamed(f.Subject)).ToList();
        var folders = text.Content.Catalogue.Editions.Select(e => $"guidance/editions/{e.Id}/").Concat(Others.Select(p => $"guidance/{p}/")).ToList();
        var cases = all.CasesOf.Where(c => !folders.Exists(f => c.File.StartsWith(f, StringComparison.Ordinal))).Sum(c => c.Count);
        var failed = all.Failed.Count(c => !folders.Exists(f => c.StartsWith(f, StringComparison.Ordinal)));
        if (rest.Count + cases + failed > 0) yield return new("other", null, new(all.Reached.Count(r => !IsNamed(r)), rest.Count(f => f.Kind != CheckFinding.NotProven), rest.Count(f => f.Kind == CheckFinding.NotProven), cases, failed));
    }

    /// <summary>The page about a subject; null when it has none.</summary>
    public string? LinkOf(string subject)
    {
        var id = subject.Split('/')[^1];
        return text.Content.Catalogue.SafetyRules.Any(r => r.Id == id) || text.Content.Catalogue.Editions.Any(e => e.Recommendations.Any(r => r.Id == id)) ? $"~/guidance/{id}" : null;
    }

    private bool IsNamed(string subject) => subject.Split('/')[0] is var first && (Others.Contains(first) || text.Content.Catalogue.FindEdition(first) is not null);

    private static CheckRow Row(string part, int? rules, string folder, CheckResult? result)
    {
        if (result is null) return new(part, rules, null);
        var found = result.Findings.Where(f => f.Subject.Split('/')[0] == part).ToList();
        return new(part, rules, new(
            result.Reached.Count(r => r.Split('/')[0] == part),
            found.Count(f => f.Kind != CheckFinding.NotProven),
            found.Count(f => f.Kind == CheckFinding.NotProven),
            result.CasesOf.Where(c => c.File.StartsWith(folder, StringComparison.Ordinal)).Sum(c => c.Count),
            result.Failed.Count(c => c.StartsWith(folder, StringComparison.Ordinal))));
    }

    private Kept<CheckResult> Find(string? edition) => Kept<CheckResult>.Find(settings.Results, text.Content, KeptResults.Check(edition), f => CheckResult.Read(f, text.Content));
}

/// <summary>A part of the guidance in a check.</summary>
/// <param name="Part">An edition, or a folder.</param>
/// <param name="Rules">How many recommendations it has; null for what is no edition.</param>
/// <param name="Counts">What the check came to; null when it was not checked.</param>
internal sealed record CheckRow(string Part, int? Rules, CheckCounts? Counts);

/// <summary>What a check came to.</summary>
/// <param name="Reached">Rules, statements and terms with an example patient.</param>
/// <param name="Findings">What is wrong.</param>
/// <param name="NotProven">What could not be proven.</param>
/// <param name="Cases">Worked cases.</param>
/// <param name="Failed">Of them, lines that did not come out.</param>
internal sealed record CheckCounts(int Reached, int Findings, int NotProven, int Cases, int Failed);
