using System.Net;
using System.Text.RegularExpressions;
using Hilum.Web.Tests.Support;
using Hilum.Words;

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

    [Theory]
    [InlineData("", "practice picture", "What happened to people")]
    [InlineData("/fr", "image d'exercice", "Ce qui est arrivé aux personnes")]
    public async Task Who_asks_for_numbers_sees_practice_then_best_typical_and_worst_case_then_the_pictures(string language, string practice, string pictures)
    {
        await using var own = new OwnSite();
        await own.Start(new());
        await Plan(own.Client, "after-sunitinib", "cabozantinib");
        var before = await Page(own.Client, $"{language}/cases/after-sunitinib/patient", null);
        Assert.Empty(Figures().Matches(before).Select(m => m.Value));

        var after = await Page(own.Client, $"{language}/cases/after-sunitinib/patient", "numbers");
        var rule = RunningSite.Content.SurvivalRanges[0];
        var says = rule.Scenarios.Select(s => language.Length == 0 ? s : s with { Name = new(s.Name.Fr, s.Name.Fr), Says = new(s.Says.Fr, s.Says.Fr) }).ToDictionary(s => s.Id, s => s.Says.En!.Split('{')[0]);
        var places = new[] { practice, says["best"], says["typical"], says["worst"], pictures }.Select(t => after.IndexOf(t, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);

        // METEOR, 658 people, median 21.4 months: a quarter, a half, twice, three times
        Assert.Contains(string.Format(System.Globalization.CultureInfo.InvariantCulture, rule.Scenarios.Single(s => s.Id == "worst").Says.In(language.Length == 0 ? Language.English : Language.French), language.Length == 0 ? "5 months" : "5 mois"), after, StringComparison.Ordinal);
        Assert.Contains(language.Length == 0 ? "11 months to 3.5 years" : "11 mois à 3,5 ans", after, StringComparison.Ordinal);
        Assert.Contains(language.Length == 0 ? "5.5 years" : "5,5 ans", after, StringComparison.Ordinal);
        Assert.Contains("METEOR", after, StringComparison.Ordinal);
        Assert.Contains("2018", after, StringComparison.Ordinal);
        Assert.Contains("Kiely", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_range_is_made_up_where_the_rule_does_not_hold_or_those_studied_were_others()
    {
        await using var own = new OwnSite();
        await own.Start(new());
        var rule = RunningSite.Content.SurvivalRanges[0];
        var immunotherapy = await Page(site.Client, $"/cases/{Sites.Signed}/patient", "numbers");
        Assert.Contains(rule.NotFor[0].Says.En!, immunotherapy, StringComparison.Ordinal);
        Assert.DoesNotContain(rule.Scenarios[0].Says.En!.Split('{')[0], immunotherapy, StringComparison.Ordinal);

        await Plan(own.Client, "late-relapse", "cabozantinib"); // clear-cell cancer; one of the trials of this drug was of collecting duct cancer
        var unlike = await Page(own.Client, "/cases/late-relapse/patient", "numbers");
        var bonsai = unlike[unlike.IndexOf("BONSAI", StringComparison.Ordinal)..];
        Assert.StartsWith("BONSAI", bonsai, StringComparison.Ordinal);
        Assert.Contains("were in another situation", bonsai[..1200], StringComparison.Ordinal);
        Assert.DoesNotContain("21 months", unlike, StringComparison.Ordinal);

        await Plan(own.Client, "untreated-clear-cell-favourable", "active-surveillance");
        Assert.Contains("No range is known for this treatment", await Page(own.Client, "/cases/untreated-clear-cell-favourable/patient", "numbers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_whose_groups_lived_very_differently_gives_no_range_and_no_condition_is_read_out_to_a_patient()
    {
        await using var own = new OwnSite();
        await own.Start(new());
        await Plan(own.Client, "after-sunitinib", "axitinib"); // in AXIS half as long after sunitinib as after a cytokine
        var axis = await Page(own.Client, "/cases/after-sunitinib/patient", "numbers");
        Assert.Contains("lived much longer than others", axis, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningSite.Content.SurvivalRanges[0].Scenarios[0].Says.En!.Split('{')[0], axis, StringComparison.Ordinal);

        await Plan(own.Client, "late-relapse", "cabozantinib");
        var unlike = await Page(own.Client, "/cases/late-relapse/patient", "numbers");
        Assert.Contains("were in another situation", unlike, StringComparison.Ordinal);
        Assert.DoesNotContain("differs from those studied", unlike, StringComparison.Ordinal);
    }

    private static async Task Plan(HttpClient client, string patient, string treatment)
    {
        await client.GetStringAsync($"/cases/{patient}", TestContext.Current.CancellationToken);
        await Send(client, $"/cases/{patient}/plan", ("goal", "A goal"), ("treatment", treatment), ("do", "add"));
        await Send(client, $"/cases/{patient}/plan", ("goal", "A goal"), ("do", "sign"), ("role", "medical-oncology"), ("release", "yes"));
    }

    private static async Task<string> Page(HttpClient client, string path, string? survival) =>
        survival is null ? WebUtility.HtmlDecode(await client.GetStringAsync(path, TestContext.Current.CancellationToken)) : await Send(client, path, ("survival", survival));

    private static async Task<string> Send(HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await client.PostAsync(path, form, TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode < 400, $"{path}: {answer.StatusCode}");
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
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
