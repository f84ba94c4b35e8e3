using System.Net;
using System.Text.RegularExpressions;
using Hilum.Web.Tests.Support;

namespace Hilum.Web.Tests;

/// <summary>Nobody meets a figure of survival who did not ask for one.</summary>
public sealed partial class SurvivalTests(RunningSite site)
{
    [Theory]
    [MemberData(nameof(Sites.PagesForPatients), MemberType = typeof(Sites))]
    public async Task Pages_for_patients_and_anyone_hold_no_figure_of_survival(string path)
    {
        foreach (var language in new[] { "", "/fr" })
        {
            var html = WebUtility.HtmlDecode(await site.Client.GetStringAsync(language + path, TestContext.Current.CancellationToken));
            Assert.Empty(Figures().Matches(html).Select(m => m.Value));
        }
    }

    [Fact]
    public void The_search_finds_what_it_must()
    {
        foreach (var says in new[] { "After 60 months, 41 out of 100 people were alive", "median survival was 26 months", "25% to 60% were alive after five years", "hazard ratio 0.72", "41 personnes sur 100 étaient en vie" })
            Assert.Matches(Figures(), says);
    }

    [GeneratedRegex(@"hazard ratio|rapport des risques|\d[^.<]{0,60}\b(alive|survived|survival|had died|en vie|survie|décédé)|\b(survival|survie|lived|alive|en vie)\b[^.<]{0,60}\d+\s*(%|months|years|mois|ans|out of|sur)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Figures();
}
