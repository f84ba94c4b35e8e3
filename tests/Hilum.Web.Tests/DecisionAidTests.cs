using System.Net;
using System.Text.RegularExpressions;
using Hilum.Web.Tests.Support;

namespace Hilum.Web.Tests;

/// <summary>What a decision aid owes its reader (docs/ipdas.md).</summary>
public sealed partial class DecisionAidTests(RunningSite site)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("/fr")]
    public async Task Benefits_and_harms_get_like_room_as_far_as_figures_are_recorded(string language)
    {
        var clinician = await site.Client.GetStringAsync($"/cases/{Sites.Signed}", Stop);
        var offered = Option().Matches(clinician[clinician.IndexOf("id=\"offered\"", StringComparison.Ordinal)..].Split("</section>")[0]).Select(m => m.Groups["id"].Value).ToList();
        foreach (var three in offered.Chunk(3))
        {
            var rows = Row().Matches(await site.Client.GetStringAsync($"{language}/cases/{Sites.Signed}/choices?{string.Join('&', three.Select(t => $"t={t}"))}", Stop)).Select(m => Cell().Matches(m.Value).Select(c => c.Value).ToList()).ToList();
            foreach (var (treatment, benefits, harms) in three.Zip(rows[1], rows[2]))
            {
                var (helps, hurts) = (Words(benefits), Words(harms));
                var isBalanced = Math.Min(helps, hurts) >= 0.7 * Math.Max(helps, hurts);
                // several figures of harm beside one of benefit, or none: harms are not hidden, benefits not made up
                Assert.True(isBalanced || (Figures(harms) > Figures(benefits) && hurts > helps), $"{treatment}: {helps} words of benefit, {hurts} of harm");
                Assert.True(Figures(benefits) < 1 || Figures(harms) < 1 || (Picture().Count(benefits), Picture().Count(harms)) == (1, 1), $"{treatment}: one picture each");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sites.PagesForPatients), MemberType = typeof(Sites))]
    public async Task Every_page_and_sheet_says_of_when_it_is_and_who_paid(string path)
    {
        var english = WebUtility.HtmlDecode(await site.Client.GetStringAsync(path, Stop));
        Assert.Contains(RunningSite.Content.Version, english, StringComparison.Ordinal);
        Assert.Contains("Nobody has stated who paid", english, StringComparison.Ordinal);
        Assert.Contains("Personne n'a déclaré qui l'a payée", WebUtility.HtmlDecode(await site.Client.GetStringAsync("/fr" + path, Stop)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/learn")]
    [InlineData("/learn/nivolumab-ipilimumab")]
    [InlineData($"/cases/{Sites.Signed}/patient")]
    public async Task How_it_is_kept_up_to_date_is_said_with_a_day(string path) =>
        Assert.Matches(@"day by which someone should check it again\. The first of these is \d+ \w+ 20\d\d\.", WebUtility.HtmlDecode(await site.Client.GetStringAsync(path, Stop)));

    /// <summary>Words of the text that tells of benefit or harm: the name and size of the trial stand apart.</summary>
    private static int Words(string html) => Word().Count(WebUtility.HtmlDecode(Tag().Replace(Picture().Replace(Small().Replace(html, " "), " "), " ")));

    /// <summary>How many figures a cell gives: the picture and each line of a list.</summary>
    private static int Figures(string html) => Picture().Count(html) + Regex.Count(html, "<li>", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"id=""o-(?<id>[a-z0-9-]+)"" aria-labelledby", RegexOptions.None, 2000)]
    private static partial Regex Option();

    [GeneratedRegex(@"<tr><th scope=""row"">.*?</tr>", RegexOptions.Singleline, 2000)]
    private static partial Regex Row();

    [GeneratedRegex(@"<td>.*?</td>", RegexOptions.Singleline, 2000)]
    private static partial Regex Cell();

    [GeneratedRegex(@"<svg.*?</svg>", RegexOptions.Singleline, 2000)]
    private static partial Regex Picture();

    [GeneratedRegex(@"<p class=""h-small"">.*?</p>", RegexOptions.Singleline, 2000)]
    private static partial Regex Small();

    [GeneratedRegex("<[^>]+>", RegexOptions.None, 2000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"[\w'’-]+", RegexOptions.None, 2000)]
    private static partial Regex Word();
}
