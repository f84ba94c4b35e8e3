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

    [Fact]
    public async Task Undo_takes_back_a_fact_and_no_word_of_the_team()
    {
        await using var own = new OwnSite();
        await own.Start(new());
        await own.Client.GetStringAsync("/cases/late-relapse", Stop);
        await Post(own.Client, "/cases/late-relapse", ("f.organ-transplant", "false"));
        await Post(own.Client, "/cases/late-relapse/plan", ("goal", "G"), ("treatment", "sunitinib"), ("do", "add"));
        await Post(own.Client, "/cases/late-relapse/plan", ("goal", "G"), ("do", "sign"), ("role", "urology"));
        await Post(own.Client, "/cases/late-relapse/board", ("question", "Surgery first?"), ("decision", "Not now."));
        var patients = own.Services.GetRequiredService<PatientList>();
        var before = patients.Find("late-relapse")!;
        Assert.Contains("organ-transplant", before.ByHand.Keys);

        await Post(own.Client, "/cases/late-relapse", ("do", "undo"));

        var after = patients.Find("late-relapse")!;
        Assert.DoesNotContain("organ-transplant", after.ByHand.Keys);
        Assert.Equal((before.Plan, before.StoredPlan), (after.Plan, after.StoredPlan));
        Assert.NotNull(after.StoredPlan);

        // and when there is no fact left to take back
        await Post(own.Client, "/cases/late-relapse", ("do", "undo"));
        Assert.Equal((before.Plan, after.ByHand), (patients.Find("late-relapse")!.Plan, patients.Find("late-relapse")!.ByHand));
    }

    [Fact]
    public async Task Two_versions_signed_at_one_moment_are_versions_of_one_stored_plan()
    {
        await using var own = new OwnSite();
        await own.Start(new());
        await own.Client.GetStringAsync("/cases/late-relapse", Stop);
        await Post(own.Client, "/cases/late-relapse/plan", ("goal", "G"), ("treatment", "sunitinib"), ("do", "add"));
        var roles = new[] { "urology", "medical-oncology", "radiology", "nursing", "pharmacy" };
        var answers = await Task.WhenAll(roles.Select(role => Post(own.Client, "/cases/late-relapse/plan", ("goal", "G"), ("do", "sign"), ("role", role))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a));
        var shelf = own.Services.GetRequiredService<PlanShelf>();
        Assert.Equal(roles.Length, shelf.Signatures(Assert.Single(shelf.Plans).Id).Count);
    }

    [Fact]
    public async Task A_day_that_is_none_and_wishes_too_long_stay_in_their_fields_and_are_told()
    {
        await using var own = new OwnSite();
        await own.Start(new());
        var day = AsOf().Match(await own.Client.GetStringAsync("/cases/late-relapse", Stop)).Groups["day"].Value;

        await Post(own.Client, "/cases/late-relapse", ("as-of", "3 November"), ("wishes", new string('w', 2001)));

        var page = await own.Client.GetStringAsync("/cases/late-relapse", Stop);
        Assert.Contains("&#x27;3 November&#x27; is not a day", page, StringComparison.Ordinal);
        Assert.Contains("""name="as-of" value="3 November" """.TrimEnd(), page, StringComparison.Ordinal);
        Assert.Contains("2001 characters; at most 2000 are kept", page, StringComparison.Ordinal);
        Assert.Contains(new string('w', 2001), page, StringComparison.Ordinal);

        // what a browser sends for 2000 characters on two lines is 2001 bytes, and is kept
        await Post(own.Client, "/cases/late-relapse", ("as-of", day), ("wishes", new string('a', 999) + "\r\n" + new string('b', 1000)));
        page = await own.Client.GetStringAsync("/cases/late-relapse", Stop);
        Assert.DoesNotContain("is not a day", page, StringComparison.Ordinal);
        Assert.DoesNotContain("at most 2000", page, StringComparison.Ordinal);
        Assert.Contains(new string('a', 999), own.Services.GetRequiredService<PatientList>().Find("late-relapse")!.Wishes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_plan_has_no_room_for_is_told_and_what_stood_before_stays()
    {
        await using var own = new OwnSite();
        await own.Start(new());
        await own.Client.GetStringAsync("/cases/late-relapse", Stop);
        var treatments = own.Services.GetRequiredService<Hilum.Guidance.GuidanceContent>().Catalogue.Treatments.Select(t => t.Id).Take(13).ToList();
        var added = await Send(own.Client, "/cases/late-relapse/plan", [("goal", "G"), .. treatments.Select(t => ("treatment", t)), ("do", "add")]);
        Assert.Contains("at most 12 steps; not added: ", added, StringComparison.Ordinal);

        await Post(own.Client, "/cases/late-relapse/plan", ("goal", "G"), ("questions", "First?"), ("reason.0", ""), ("start.0", "2026-12-01"), ("do", "save"));
        var refused = await Send(own.Client, "/cases/late-relapse/plan", [("goal", "G"), ("questions", string.Join('\n', Enumerable.Range(1, 101).Select(i => $"Q{i}"))), ("reason.0", ""), ("start.0", "soon"), ("do", "save")]);

        Assert.Contains("101 questions; at most 100 are kept", refused, StringComparison.Ordinal);
        Assert.Contains("Q101", refused, StringComparison.Ordinal);
        Assert.Contains("&#x27;soon&#x27; is not a day", refused, StringComparison.Ordinal);
        var draft = own.Services.GetRequiredService<PatientList>().Find("late-relapse")!.Plan.Draft;
        Assert.Equal("First?", Assert.Single(draft.Questions));
        Assert.Equal(new DateOnly(2026, 12, 1), draft.Steps[0].Start);
        Assert.Equal(12, draft.Steps.Count);
    }

    [Theory]
    [InlineData("as-of", "some day")]
    [InlineData("f.lvef", "2000")]
    [InlineData("f.haemoglobin", "2000")]
    [InlineData("f.metastatic-sites", "moon")]
    public async Task A_fault_is_never_folded_away(string field, string value)
    {
        await using var own = new OwnSite();
        await own.Start(new());
        await own.Client.GetStringAsync("/cases/late-relapse", Stop);

        await Post(own.Client, "/cases/late-relapse", (field, value));

        var page = await own.Client.GetStringAsync("/cases/late-relapse", Stop);
        var before = page[..page.IndexOf("h-field--error", StringComparison.Ordinal)];
        var group = before[before.LastIndexOf("<details class=\"h-group\"", StringComparison.Ordinal)..];
        Assert.Contains(" open", group[..group.IndexOf('>', StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_many_treatments_came_before_a_change_of_one_loses_none()
    {
        await using var own = new OwnSite();
        await own.Start(new());
        await own.Client.GetStringAsync("/cases/late-relapse", Stop);
        (string, string)[] rows = [("f.prior-therapies", ""), .. Enumerable.Range(0, 12).SelectMany(i => new[] { ($"f.prior-therapies.{i}.treatment", "sunitinib"), ($"f.prior-therapies.{i}.start", $"20{10 + i}-03-01") })];
        await Post(own.Client, "/cases/late-relapse", rows);

        Assert.Contains("name=\"f.prior-therapies.11.start\" value=\"2021-03-01\"", await own.Client.GetStringAsync("/cases/late-relapse", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_that_is_changed_loses_no_side_effect_and_a_place_that_is_added_no_place_that_is_free()
    {
        await using var own = new OwnSite();
        await own.Start(new());
        const string Text = "facts:\n  metastatic-sites: [lung, not brain, unknown]\n  prior-therapies:\n    - { treatment: nivolumab-ipilimumab, start: 2025-01-10, stopped-for: toxicity, toxicity: myocarditis, grade: 4 }\n    - { treatment: sunitinib, start: 2025-08-01, ended: true }\n";
        var content = own.Services.GetRequiredService<Hilum.Guidance.GuidanceContent>();
        var patients = own.Services.GetRequiredService<PatientList>();
        var id = patients.Open("x", Hilum.Fhir.Reading.RecordReader.Read(System.Text.Encoding.UTF8.GetBytes(Text), content, null).Record!).Id;
        var page = await own.Client.GetStringAsync("/cases/" + id, Stop);
        Assert.Contains("side effect: myocarditis; grade 4", page, StringComparison.Ordinal);
        Assert.Contains("it has ended", page, StringComparison.Ordinal);
        Assert.Contains("Known not to be there: brain", page, StringComparison.Ordinal);

        var form = Inputs().Matches(page[..page.IndexOf("id=\"answer\"", StringComparison.Ordinal)]).Select(m => (m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value))).Where(f => f.Item1.StartsWith("f.", StringComparison.Ordinal) || f.Item1 == "version").ToList();
        form.RemoveAll(f => f.Item1 == "f.prior-therapies.1.start");
        await Post(own.Client, "/cases/" + id, [.. form, ("f.prior-therapies.0.treatment", "nivolumab-ipilimumab"), ("f.prior-therapies.0.stopped-for", "toxicity"), ("f.prior-therapies.0.setting", "metastatic"),
            ("f.prior-therapies.1.treatment", "sunitinib"), ("f.prior-therapies.1.setting", "metastatic"), ("f.prior-therapies.1.start", "2025-09-01"), ("f.metastatic-sites", "lung"), ("f.metastatic-sites", "bone")]);

        var hand = patients.Find(id)!.ByHand;
        Assert.Contains("\"toxicity\":\"myocarditis\",\"grade\":4", hand["prior-therapies"], StringComparison.Ordinal);
        Assert.Contains("\"start\":\"2025-09-01\"", hand["prior-therapies"], StringComparison.Ordinal);
        Assert.Contains("\"ended\":true", hand["prior-therapies"], StringComparison.Ordinal);
        Assert.Equal("[\"lung\",\"bone\",\"not brain\",\"unknown\"]", hand["metastatic-sites"]);
    }

    [Fact]
    public async Task An_earlier_treatment_whose_name_is_taken_out_goes_with_its_dates()
    {
        await using var own = new OwnSite();
        await own.Start(new());
        await own.Client.GetStringAsync("/cases/late-relapse", Stop);
        await Post(own.Client, "/cases/late-relapse", ("f.prior-therapies", ""), ("f.prior-therapies.0.treatment", "sunitinib"), ("f.prior-therapies.0.start", "2025-03-01"), ("f.prior-therapies.1.treatment", "nivolumab"));
        Assert.Contains("value=\"2025-03-01\"", await own.Client.GetStringAsync("/cases/late-relapse", Stop), StringComparison.Ordinal);

        await Post(own.Client, "/cases/late-relapse", ("f.prior-therapies", ""), ("f.prior-therapies.0.treatment", ""), ("f.prior-therapies.0.start", "2025-03-01"), ("f.prior-therapies.1.treatment", "nivolumab"));

        var page = await own.Client.GetStringAsync("/cases/late-relapse", Stop);
        Assert.DoesNotContain("value=\"2025-03-01\"", page, StringComparison.Ordinal);
        Assert.Equal("[{\"treatment\":\"nivolumab\"},\"unknown\"]", own.Services.GetRequiredService<PatientList>().Find("late-relapse")!.ByHand["prior-therapies"]);
    }

    [Fact]
    public async Task Wishes_and_the_day_of_another_window_are_not_undone_by_a_page_that_did_not_change_them()
    {
        await using var own = new OwnSite();
        await own.Start(new());
        var page = await own.Client.GetStringAsync("/cases/late-relapse", Stop);
        var (version, day) = (Version().Match(page).Groups["version"].Value, AsOf().Match(page).Groups["day"].Value);
        await Post(own.Client, "/cases/late-relapse", ("version", version), ("wishes", "To be at home."), ("as-of", "2026-11-01"));

        await Post(own.Client, "/cases/late-relapse", ("version", version), ("wishes", ""), ("as-of", day), ("f.organ-transplant", "false"));

        var open = own.Services.GetRequiredService<PatientList>().Find("late-relapse")!;
        Assert.Equal(("To be at home.", new DateOnly(2026, 11, 1)), (open.Wishes, open.AsOf));
        Assert.Contains("organ-transplant", open.ByHand.Keys);
    }

    [Theory]
    [InlineData("state", "discussed-ages-ago", "state-owner", "secretary")]
    [InlineData("trial", "perhaps", "trial-why", "")]
    [InlineData("followed", "perhaps", "outcome", "Well.")]
    [InlineData("response", "XR", "followed", "yes")]
    [InlineData("present", "astrology", "question", "Surgery first?")]
    public async Task A_choice_that_is_none_here_is_told_and_not_taken_for_nothing(string field, string value, string other, string text)
    {
        await using var own = new OwnSite();
        await own.Start(new());
        await own.Client.GetStringAsync("/cases/late-relapse", Stop);

        using var form = new FormUrlEncodedContent(new[] { (field, value), (other, text), ("question", "Surgery first?"), ("followed", "") }.DistinctBy(f => f.Item1).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var answer = await own.Client.PostAsync("/cases/late-relapse/board", form, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"&#x27;{value}&#x27; is no choice here", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
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

    private static async Task<string> Send(HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await client.PostAsync(path, form, Stop);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private static async Task<HttpStatusCode> Post(HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await client.PostAsync(path, form, Stop);
        return answer.StatusCode;
    }

    [GeneratedRegex(@"name=""version"" value=""(?<version>\d+)""", RegexOptions.None, 2000)]
    private static partial Regex Version();

    [GeneratedRegex(@"<input type=""(hidden|text)""[^>]*? name=""(?<name>[^""]+)"" value=""(?<value>[^""]*)""", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Inputs();

    [GeneratedRegex(@"name=""as-of"" value=""(?<day>[0-9-]+)""", RegexOptions.None, 2000)]
    private static partial Regex AsOf();
}
