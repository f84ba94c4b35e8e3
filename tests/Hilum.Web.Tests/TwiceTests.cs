using System.Net;
using System.Text.RegularExpressions;
using Hilum.Plans;
using Hilum.Web.Patients;
using Hilum.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Hilum.Web.Tests;

/// <summary>What people do that nobody planned: press twice, go back and send again, work in two windows. Nothing typed is lost unsaid, nothing is signed twice.</summary>
public sealed partial class TwiceTests(RunningSite site, Browser browser)
{
    private const string Sign = "Sign this version";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_presses_at_once_are_one_signature_and_one_plan_in_the_store()
    {
        await using var own = new OwnSite();
        await own.Start(new());
        await own.Client.GetStringAsync("/cases/late-relapse", Stop);
        await Post(own.Client, "/cases/late-relapse/plan", ("goal", "Once"), ("treatment", "sunitinib"), ("do", "add"));
        var version = Version().Match(await own.Client.GetStringAsync("/cases/late-relapse/plan", Stop)).Groups["version"].Value;
        (string, string)[] form = [("version", version), ("step", "sunitinib"), ("goal", "Once"), ("do", "sign"), ("role", "urology")];
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Post(own.Client, "/cases/late-relapse/plan", form)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a));
        Assert.Single(Regex.Matches(await own.Client.GetStringAsync("/cases/late-relapse/plan", Stop), "<li><strong>Version ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var shelf = own.Services.GetRequiredService<PlanShelf>();
        Assert.Single(shelf.Signatures(Assert.Single(shelf.Plans).Id));
    }

    [Fact]
    public async Task Going_back_after_signing_and_sending_again_signs_nothing_twice()
    {
        var page = await Planned("A goal");
        await page.Locator("#role").SelectOptionAsync("urology");
        await Press(page, Sign);
        await page.GoBackAsync();
        await page.Locator("#goal").FillAsync("A goal");
        await page.Locator("#role").SelectOptionAsync("urology");
        await Press(page, Sign);
        await Assertions.Expect(page.GetByText("Version 1 is signed.")).ToBeVisibleAsync();
        Assert.Single(Regex.Matches(await page.ContentAsync(), "<li><strong>Version ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_another_window_changed_is_not_written_over_unseen_and_what_was_typed_stays()
    {
        var one = await Planned("First goal");
        var two = await one.Context.NewPageAsync();
        await two.GotoAsync(one.Url);
        await two.Locator("#goal").FillAsync("Goal of the other window");
        await two.Locator("#reason-0").FillAsync("Reason of the other window");
        await Press(two, "Keep");
        await one.Locator("#goal").FillAsync("My own goal");
        await one.Locator("#role").SelectOptionAsync("urology");
        await Press(one, Sign);

        await Assertions.Expect(one.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was saved or signed");
        await Assertions.Expect(one.GetByRole(AriaRole.Alert)).ToContainTextAsync("Goal of the other window");
        await Assertions.Expect(one.Locator("#goal")).ToHaveValueAsync("My own goal");
        await two.ReloadAsync();
        await Assertions.Expect(two.Locator("#goal")).ToHaveValueAsync("Goal of the other window");
        Assert.DoesNotContain("<li><strong>Version ", await two.ContentAsync(), StringComparison.Ordinal);

        await one.Locator("#role").SelectOptionAsync("urology");
        await Press(one, Sign);
        await Assertions.Expect(one.GetByText("Version 1 is signed.")).ToBeVisibleAsync();
        await Assertions.Expect(one.Locator("#goal")).ToHaveValueAsync("My own goal");
        await one.Context.CloseAsync();
    }

    [Fact]
    public async Task A_step_taken_out_in_another_window_gives_its_reason_to_no_other_treatment()
    {
        await using var own = new OwnSite();
        await own.Start(new());
        await own.Client.GetStringAsync("/cases/late-relapse", Stop);
        await Post(own.Client, "/cases/late-relapse/plan", ("goal", "G"), ("treatment", "sunitinib"), ("treatment", "pazopanib"), ("do", "add"));
        var version = Version().Match(await own.Client.GetStringAsync("/cases/late-relapse/plan", Stop)).Groups["version"].Value;
        await Post(own.Client, "/cases/late-relapse/plan", ("version", version), ("step", "sunitinib"), ("step", "pazopanib"), ("goal", "G"), ("do", "remove:0"));
        var stale = await Post(own.Client, "/cases/late-relapse/plan", ("version", version), ("step", "sunitinib"), ("step", "pazopanib"), ("goal", "G"), ("reason.0", "Why sunitinib"), ("do", "save"));

        Assert.Equal(HttpStatusCode.Conflict, stale);
        Assert.DoesNotContain("Why sunitinib", await own.Client.GetStringAsync("/cases/late-relapse/plan", Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ready", "")]
    [InlineData("followed-up", "yes")]
    public async Task What_a_state_rests_on_cannot_be_taken_back_and_every_note_stays_readable(string state, string followed)
    {
        // given a signed plan, and a board that has come to a state
        await using var own = new OwnSite();
        await own.Start(new());
        await own.Client.GetStringAsync("/cases/late-relapse", Stop);
        await Post(own.Client, "/cases/late-relapse/plan", ("goal", "G"), ("treatment", "sunitinib"), ("do", "add"));
        await Post(own.Client, "/cases/late-relapse/plan", ("goal", "G"), ("do", "sign"), ("role", "urology"));
        (string, string)[] reached = [("question", "Surgery first?"), ("state", state), ("state-on", "2026-11-20"), ("state-owner", "secretary"), ("followed", followed)];
        Assert.Equal(HttpStatusCode.Redirect, await Post(own.Client, "/cases/late-relapse/board", reached));
        Assert.Equal(HttpStatusCode.Redirect, await Post(own.Client, "/cases/late-relapse/board", ("question", "Surgery first?"), ("state", "draft"), ("state-on", "2026-11-21"), ("state-owner", "secretary")));

        // when the question, or what became of the plan, is emptied
        var emptied = await Post(own.Client, "/cases/late-relapse/board", ("question", followed.Length > 0 ? "Surgery first?" : ""), ("followed", ""));

        // then it is refused, and the notes can be read and written on
        Assert.Equal(HttpStatusCode.BadRequest, emptied);
        Assert.Equal(HttpStatusCode.Redirect, await Post(own.Client, "/cases/late-relapse/board", ("question", "Surgery first?"), ("decision", "Yes.")));
        var shelf = own.Services.GetRequiredService<PlanShelf>();
        Assert.Equal("Yes.", shelf.LastNote(Assert.Single(shelf.Plans).Id)!.Answer);
        Assert.Contains("Surgery first?", await own.Client.GetStringAsync("/plans/" + shelf.Plans[0].Id, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_that_a_case_was_opened_again_with_keeps_the_parts_that_nobody_changed()
    {
        var note = new BoardNote("n", "p", 1, "Surgery first?", [], "No.", [new("urology", new string('u', 3000)), new("radiology", "A biopsy.")], [new("First dose", "pharmacy", new(2026, 12, 1))]);
        var plan = new CasePlan().With(note);

        Assert.Equal((note.Dissent, note.FollowUp), (BoardNotes.Of(plan, "").Dissent, BoardNotes.Of(plan, "").FollowUp));
        Assert.Equal("Otherwise.", Assert.Single(BoardNotes.Of(plan with { Dissent = "Otherwise." }, "").Dissent).Says);
        Assert.Equal(note.FollowUp, BoardNotes.Of(plan with { Dissent = "" }, "").FollowUp);
    }

    private async Task<IPage> Planned(string goal)
    {
        var page = await browser.Page(site, scripts: false);
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await page.GotoAsync(Regex.Match(page.Url, "^.*/cases/[a-z0-9-]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value + "/plan");
        await page.Locator("#goal").FillAsync(goal);
        await page.Locator("#treatment").SelectOptionAsync("sunitinib");
        await page.Locator("button[name=do][value=add]").First.ClickAsync();
        await Assertions.Expect(page.Locator("#goal")).ToHaveValueAsync(goal);
        return page;
    }

    private static Task Press(IPage page, string name) => page.Locator($"button[name=do][value={(name == Sign ? "sign" : "save")}]").Send();

    private static async Task<HttpStatusCode> Post(HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await client.PostAsync(path, form, Stop);
        return answer.StatusCode;
    }

    [GeneratedRegex(@"name=""version"" value=""(?<version>\d+)""", RegexOptions.None, 2000)]
    private static partial Regex Version();
}
