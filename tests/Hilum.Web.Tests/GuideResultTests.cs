using System.Text;
using System.Text.Json.Nodes;
using Hilum.Guidance;
using Hilum.Web.Pages.Guide;
using Hilum.Web.Tests.Support;
using Microsoft.Playwright;

namespace Hilum.Web.Tests;

/// <summary>What a check or a comparison found, as pages; what is kept is believed only when it is what the command writes for this content.</summary>
public sealed class GuideResultTests(RunningSite site, Browser browser)
{
    private const string Elsewhere = "/guidance/diff?from=esmo-bone&to=ccs-2017";

    [Theory]
    [InlineData("", "not proven", "someone has no answer", "Something was found")]
    [InlineData("/fr", "non prouvé", "quelqu'un reste sans réponse", "Des problèmes ont été trouvés")]
    public async Task An_editor_goes_from_the_guidance_to_what_a_check_found_and_to_the_rule(string language, string unproven, string unanswered, string verdict)
    {
        var page = await browser.Page(site, scripts: false);
        await page.GotoAsync($"{language}/guidance");
        await page.Locator("main a[href$='/guidance/check']").ClickAsync();

        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(verdict);
        var bone = await page.Locator("#parts tr", new() { HasText = "esmo-bone" }).Locator("td").AllInnerTextsAsync();
        Assert.Equal(["3", "3", "0", "0", "3", "0"], bone);
        var findings = page.Locator("#findings + ul > li");
        await Assertions.Expect(findings).ToHaveCountAsync(2);
        await Assertions.Expect(findings.Nth(0)).ToContainTextAsync(unanswered);
        await Assertions.Expect(findings.Nth(0)).ToContainTextAsync("<img src=x onerror=alert(1)>");
        await Assertions.Expect(findings.Nth(1)).ToContainTextAsync(unproven);
        await findings.Nth(1).Locator("a").ClickAsync();
        await Assertions.Expect(page.Locator("#try")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("", "surgery to remove metastases", "Pain from the cancer", "An example patient and both answers")]
    [InlineData("/fr", "chirurgie pour enlever les métastases", "Douleur", "Un patient exemple et les deux réponses")]
    public async Task A_comparison_shows_each_group_with_an_example_and_both_answers(string language, string treatment, string fact, string example)
    {
        var page = await browser.Page(site, scripts: false);
        await page.GotoAsync(language + Sites.Comparison);

        await Assertions.Expect(page.Locator("#g1 ~ .h-scroll tbody th").First).ToHaveTextAsync(treatment);
        await Assertions.Expect(page.Locator("article").First).ToContainTextAsync(fact);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = example }).First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("article").First.Locator("> ul").Last.Locator("li")).ToHaveCountAsync(2);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("", "is not known", "./hilum guidance diff esmo-bone ccs-2017")]
    [InlineData("/fr", "on ne sait pas", "./hilum guidance diff esmo-bone ccs-2017")]
    public async Task What_is_not_kept_is_not_known_and_the_page_says_how_to_find_out(string language, string unknown, string command)
    {
        var page = await browser.Page(site, scripts: false);
        await page.GotoAsync(language + "/guidance/diff");
        await page.SelectOptionAsync("#from", "esmo-bone");
        await page.SelectOptionAsync("#to", "ccs-2017");
        await page.ClickAsync("main form button");

        await Assertions.Expect(page.Locator("#none")).ToContainTextAsync(unknown);
        await Assertions.Expect(page.Locator("#none code")).ToHaveTextAsync(command);
        Assert.Equal(0, await page.Locator("[role=status]").CountAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public void What_the_command_writes_is_read_whole()
    {
        var check = CheckOf(_ => { });
        Assert.Equal((2, 5, 42, false), (check!.Findings.Count, check.Cases, check.Questions, check.Passed));
        Assert.NotEmpty(check.Findings[0].Example!.Given);
        var diff = DiffOf(_ => { })!;
        Assert.All(diff.Groups, g => Assert.NotEmpty(g.Changes));
        Assert.Contains(diff.Groups.SelectMany(g => g.Changes), c => c.When.Count > 1);
    }

    [Fact]
    public void A_check_that_is_not_what_the_command_writes_for_this_content_is_refused()
    {
        Action<JsonNode>[] faults =
        [
            j => j["content"]!["sha256"] = new string('0', 64),
            j => j["passed"] = true,
            j => j["findings"]![0]!["kind"] = "harmless",
            j => j["findings"]![0]!["extra"] = "x",
            j => j["findings"]![0]!["example"]!["facts"]!["no-such-fact"] = "1",
            j => j["findings"]![0]!["example"]!["facts"]!["age"] = "61\n  sex: male",
            j => j["findings"]![0]!["example"]!["facts"]!["age"] = "{ value: [",
            j => j["findings"]![0]!["message"] = new string('x', 100_000),
            j => j["editions"] = new JsonArray("elsewhere-2099"),
            j => j["workedCases"]!["count"] = -1,
            j => j.AsObject().Remove("questions"),
        ];

        Assert.Equal([], faults.Index().Where(f => CheckOf(f.Item) is not null).Select(f => f.Index));
    }

    [Fact]
    public void A_comparison_that_is_not_what_the_command_writes_for_these_editions_is_refused()
    {
        Action<JsonNode>[] faults =
        [
            j => j["from"] = "esmo-2024",
            j => j["regions"]![0]!["changes"]![0]!["treatment"] = "snake-oil",
            j => j["regions"]![0]!["changes"]![0]!["to"] = "needs-information",
            j => j["regions"]![0]!["conditions"] = new JsonArray("not a list"),
            j => j["regions"]![0]!["toAnswers"]![0]!["status"] = "",
            j => j["regions"]![0]!.AsObject().Remove("example"),
            j => j["safety"]!.AsArray().Add(new JsonObject()),
        ];

        Assert.Equal([], faults.Index().Where(f => DiffOf(f.Item) is not null).Select(f => f.Index));
    }

    [Fact]
    public async Task A_file_that_is_no_result_is_not_shown_and_the_page_says_so()
    {
        foreach (var bytes in new byte[][] { [], "{"u8.ToArray(), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))), [0xC3, 0x28] })
        {
            Assert.Null(site.Results.Keep(RunningSite.Content, KeptResults.Diff("esmo-bone", "ccs-2017", "en"), bytes));
            var html = await site.Client.GetStringAsync(Elsewhere, TestContext.Current.CancellationToken);
            Assert.Contains("It is not shown", html, StringComparison.Ordinal);
            Assert.Contains("id=\"none\"", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_cache_is_bounded_in_size_and_number()
    {
        var cache = Directory.CreateTempSubdirectory("hilum-kept-").FullName;
        var results = new KeptResults(cache);
        Assert.NotNull(results.Keep(RunningSite.Content, KeptResults.Check(), new byte[KeptResults.Largest + 1]));
        for (var i = 0; i < KeptResults.Most + 5; i++) Assert.Null(results.Keep(RunningSite.Content, KeptResults.Check($"edition-{i}"), "{}"u8));

        Assert.Equal(KeptResults.Most, Directory.GetFiles(cache, "*", SearchOption.AllDirectories).Length);
        Assert.NotNull(results.Find(RunningSite.Content, KeptResults.Check($"edition-{KeptResults.Most + 4}")));
        Directory.Delete(cache, recursive: true);
    }

    private static CheckResult? CheckOf(Action<JsonNode> change) => Read("check", change, KeptResults.Check(), f => CheckResult.Read(f, RunningSite.Content));

    private static DiffResult? DiffOf(Action<JsonNode> change)
    {
        var (from, to) = (RunningSite.Content.Catalogue.FindEdition("esmo-bone")!, RunningSite.Content.Catalogue.FindEdition("asco-sno-astro-2021")!);
        return Read("diff.en", change, KeptResults.Diff(from.Id, to.Id, "en"), f => DiffResult.Read(f, RunningSite.Content, from, to));
    }

    /// <summary>The example, changed, kept and read again.</summary>
    private static T? Read<T>(string example, Action<JsonNode> change, string name, Func<Plans.JsonFields, T> read)
        where T : class
    {
        var json = JsonNode.Parse(RunningSite.Result(example))!;
        change(json);
        var cache = Directory.CreateTempSubdirectory("hilum-kept-").FullName;
        try
        {
            var results = new KeptResults(cache);
            Assert.Null(results.Keep(RunningSite.Content, name, Encoding.UTF8.GetBytes(json.ToJsonString())));
            return Kept<T>.Find(results, RunningSite.Content, name, read).Result;
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }
}
