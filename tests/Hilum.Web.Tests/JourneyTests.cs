using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hilum.Web.Tests.Support;
using Microsoft.Playwright;

namespace Hilum.Web.Tests;

/// <summary>From the first page to a signed plan, the board and the paper, as people go it.</summary>
public sealed partial class JourneyTests(RunningSite site, Browser browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "Untreated, favourable risk", "Add these to the plan", "Sign this version", "Goal", "Signed by", "Release the page for the patient with it", "My questions")]
    [InlineData("/fr", "Rechute tardive", "Les ajouter au plan", "Signer cette version", "But", "Signé par", "Ouvrir aussi la page du patient", "Mes questions")]
    public async Task A_stranger_goes_from_the_first_page_to_a_signed_plan_and_the_patients_page(string language, string patient, string add, string sign, string goal, string by, string release, string questions)
    {
        var page = await browser.Page(site, scripts: language.Length > 0);
        await page.GotoAsync(language + "/");
        await page.GetByRole(AriaRole.Link, new() { Name = patient, Exact = true }).ClickAsync();
        await page.Locator("#offered ~ .h-option input[name=t]").First.CheckAsync();
        await page.Locator("button[formaction$='/plan']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = add }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = sign }).ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary li")).ToHaveCountAsync(2);
        await page.GetByLabel(goal, new() { Exact = true }).FillAsync("A goal of our own");
        await page.GetByLabel(by).SelectOptionAsync("medical-oncology");
        await page.GetByLabel(release).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = sign }).ClickAsync();
        await page.Locator("#versions ~ p a[href$='/patient']").ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = questions })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("A goal of our own");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_signed_plan_is_in_the_store_and_its_case_can_be_opened_again()
    {
        var page = await browser.Page(site, scripts: false);
        await page.GotoAsync($"/cases/{Sites.Signed}/plan");
        await page.GetByRole(AriaRole.Link, new() { Name = "As it is kept in the store" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("More time at home");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("proposed to the team");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("version 2, Medical oncology");
        var offered = await site.Client.GetStringAsync($"/cases/{Sites.Signed}", Stop);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open this case again" }).ClickAsync();
        await Assertions.Expect(page.Locator("#offered")).ToBeAttachedAsync();

        Assert.Equal(Option().Matches(offered).Select(m => m.Groups["id"].Value), Option().Matches(await page.ContentAsync()).Select(m => m.Groups["id"].Value));
        await page.GotoAsync("/plans");
        await Assertions.Expect(page.Locator(".h-compact li").First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_patients_page_opens_only_when_a_clinician_released_it()
    {
        var html = await site.Client.GetStringAsync("/cases/pregnant/patient", Stop);

        Assert.Contains("This page opens when", html, StringComparison.Ordinal);
        Assert.DoesNotContain("p-options", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_patient_has_the_same_options_as_the_clinician()
    {
        var clinician = await site.Client.GetStringAsync($"/cases/{Sites.Signed}", Stop);
        var patient = await site.Client.GetStringAsync($"/cases/{Sites.Signed}/patient", Stop);
        var offered = clinician[clinician.IndexOf("id=\"offered\"", StringComparison.Ordinal)..].Split("</section>")[0];

        Assert.Equal(Option().Matches(offered).Select(m => m.Groups["id"].Value), Shown().Matches(patient).Select(m => m.Groups["id"].Value));
    }

    [Fact]
    public async Task Survival_is_shown_only_after_asking_and_an_exercise_comes_first()
    {
        var page = await browser.Page(site, scripts: false);
        await page.GotoAsync($"/cases/{Sites.Signed}/patient");
        Assert.DoesNotMatch("alive|had died", await page.ContentAsync());
        Assert.Equal(0, await page.Locator("input[name=survival]:checked").CountAsync());
        await page.GetByLabel("Numbers and pictures").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        var text = await page.Locator("#survival").InnerTextAsync();
        Assert.True(text.IndexOf("practice picture", StringComparison.Ordinal) is > 0 and var exercise && text.IndexOf("alive", StringComparison.Ordinal) > exercise, text);
        Assert.DoesNotContain("survival=", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Hide this" }).ClickAsync();
        Assert.DoesNotMatch("alive|had died", await page.ContentAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_board_keeps_its_record_with_dissent_and_presents_without_identifiers()
    {
        var page = await browser.Page(site);
        await page.GotoAsync("/");
        await page.GetByLabel("A label of your own").FillAsync("Mrs Example 4711");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Tumour board" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Question to the board" }).FillAsync("Drugs first?");
        await page.GetByLabel("Views that differed").FillAsync("Surgery would wait.");
        await page.GetByLabel("Urology").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the record" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Views that differed")).ToHaveValueAsync("Surgery would wait.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Presenter mode" }).ClickAsync();

        await Assertions.Expect(page.GetByLabel("Views that differed")).ToHaveValueAsync("Surgery would wait.");
        Assert.DoesNotContain("4711", await page.ContentAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("", "ready", "deferred", "discussed", "followed up")]
    [InlineData("/fr", "prêt", "reporté", "discuté", "suivi fait")]
    public async Task A_case_goes_from_the_secretary_through_the_board_to_its_follow_up_without_scripts(string language, string ready, string deferred, string discussed, string followedUp)
    {
        var page = await browser.Page(site, scripts: false);
        await page.GotoAsync(language + "/");
        await page.Locator("#name").FillAsync("board case");
        await page.Locator("form:has(#name) button").ClickAsync();
        var home = Regex.Match(page.Url, "/cases/[0-9a-f]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        await page.GotoAsync($"{language}{home}/board");
        foreach (var choice in await page.Locator("form select").AllAsync()) Assert.Equal("", await choice.InputValueAsync()); // nothing is said before somebody says it
        Assert.Equal(0, await page.Locator("form input:checked").CountAsync());

        // the secretary prepares: no case is ready without its question
        await page.Locator("[name^='owner.']").First.FillAsync("oncology nurse");
        await State("ready", "2026-11-20");
        await Refused("question");
        await Assertions.Expect(page.Locator("#b-state-owner")).ToHaveValueAsync("secretary of the board");
        await page.Locator("#b-question").FillAsync("Drugs or surgery first?");
        await Kept(ready);
        await Assertions.Expect(page.Locator("section[aria-labelledby=b-missing]")).ToContainTextAsync("oncology nurse");

        // a deferral has its reason
        await page.Locator("#b-decision").FillAsync("Wait\nfor the scan");
        await State("deferred", "2026-11-23");
        await Refused("state-why");
        await Assertions.Expect(page.Locator("#b-decision")).ToHaveValueAsync("Wait\nfor the scan");
        await page.Locator("#b-state-why").FillAsync("the scan is missing");
        await Kept(deferred, "the scan is missing");

        // the board discusses; where no trial is offered the reason is asked
        await page.Locator("#b-next").FillAsync("Nurse: call\r\nSurgeon: visit");
        await page.Locator("#b-trial").SelectOptionAsync("no");
        await State("discussed", "2026-11-30");
        await Refused("trial-why");
        await page.Locator("#b-trial-why").FillAsync("none is open here");
        await Kept(discussed);
        await Send($"{home}/plan", ("goal", "Home"), ("treatment", "sunitinib"), ("do", "add"));
        await Send($"{home}/plan", ("goal", "Time at home\r\nand no pain"), ("do", "sign"), ("role", "urology"));
        await page.GotoAsync($"{language}{home}/board");
        await State("plan-sent", "2026-12-01");
        await page.Locator("#b-save").ClickAsync();

        // the loop is closed with what became of the plan, and not before
        await State("followed-up", "2027-03-01");
        await Refused("followed");
        await page.Locator("#b-followed").SelectOptionAsync("no");
        await page.Locator("#b-response").SelectOptionAsync("PR");
        await page.Locator("#b-outcome-on").FillAsync("soon");
        await Refused("followed-why", "outcome-on");
        await page.Locator("#b-followed-why").FillAsync("a smaller dose");
        await page.Locator("#b-outcome-on").FillAsync("2027-02-27");
        await Kept(followedUp);

        // one printed page holds it, and the store gives it back
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var said in new[] { "Drugs or surgery first?", "Time at home", "none is open here", "a smaller dose", "(PR)", followedUp, "oncology nurse" }) await Assertions.Expect(page.GetByText(said).Filter(new() { Visible = true }).First).ToBeVisibleAsync();
        Assert.Single(PdfPage().Matches(Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4" }))));
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.GotoAsync($"{home}/plan");
        await page.GetByRole(AriaRole.Link, new() { Name = "As it is kept in the store" }).ClickAsync();
        var notes = JsonNode.Parse(await site.Client.GetStringAsync($"/api/v1{new Uri(page.Url).AbsolutePath}/notes", Stop))!.ToJsonString();
        Assert.Contains("\"loopBack\":{\"followed\":false,\"whyNot\":\"a smaller dose\",\"response\":\"PR\",\"on\":\"2027-02-27\"}", notes, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("a smaller dose");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open this case again" }).ClickAsync();
        Assert.DoesNotContain(home, page.Url, StringComparison.Ordinal);
        await page.GotoAsync(page.Url + "/board");
        await Assertions.Expect(page.Locator("#b-desk ol li")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("#b-next")).ToHaveValueAsync("Nurse: call\nSurgeon: visit");
        await Assertions.Expect(page.Locator("#b-trial")).ToHaveValueAsync("no");
        await Assertions.Expect(page.Locator("#b-response")).ToHaveValueAsync("PR");
        await page.Context.CloseAsync();

        async Task State(string state, string on)
        {
            await page.Locator("#b-state").SelectOptionAsync(state);
            await page.Locator("#b-state-on").FillAsync(on);
            await page.Locator("#b-state-owner").FillAsync("secretary of the board");
        }

        async Task Refused(params string[] fields)
        {
            await page.Locator("#b-save").ClickAsync();
            Assert.Equal(fields.Select(f => $"#b-{f}"), await page.Locator(".govuk-error-summary a").EvaluateAllAsync<string[]>("links => links.map((l) => l.getAttribute('href'))"));
            foreach (var field in fields) await Assertions.Expect(page.Locator($"#b-{field}-error")).ToBeVisibleAsync();
        }

        async Task Kept(params string[] said)
        {
            await page.Locator("#b-save").ClickAsync();
            await Assertions.Expect(page.Locator(".govuk-error-summary")).ToHaveCountAsync(0);
            foreach (var text in said.Append("secretary of the board")) await Assertions.Expect(page.Locator(".h-state")).ToContainTextAsync(text);
        }
    }

    [Fact]
    public async Task Two_pages_of_one_board_lose_no_word_of_each_other()
    {
        // given two people who have the same board before them
        var (one, other) = (await browser.Page(site, scripts: false), await browser.Page(site, scripts: false));
        foreach (var page in new[] { one, other }) await page.GotoAsync("/cases/papillary-poor-risk/board");
        static Task Keep(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Keep the record" }).First.Send();

        // when each writes into another field, then both into the same
        await one.GetByLabel("What was decided").FillAsync("Cabozantinib.\nStart on Monday.");
        await Keep(one);
        await other.GetByLabel("Views that differed").FillAsync("A trial first.");
        await Keep(other);
        await Assertions.Expect(other.GetByLabel("What was decided")).ToHaveValueAsync("Cabozantinib.\nStart on Monday.");
        await one.GetByLabel("Views that differed").FillAsync("Sunitinib.");
        await Keep(one);

        // then the second sees both, and what is kept after that is what was chosen
        await Assertions.Expect(one.GetByRole(AriaRole.Alert)).ToContainTextAsync("A trial first.");
        await Assertions.Expect(one.GetByLabel("Views that differed")).ToHaveValueAsync("Sunitinib.");
        await one.GetByLabel("Views that differed").FillAsync("A trial first; or sunitinib.");
        await Keep(one);
        await Assertions.Expect(one.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await other.ReloadAsync();
        await Assertions.Expect(other.GetByLabel("Views that differed")).ToHaveValueAsync("A trial first; or sunitinib.");
        await Assertions.Expect(other.GetByLabel("What was decided")).ToHaveValueAsync("Cabozantinib.\nStart on Monday.");
        await one.Context.CloseAsync();
        await other.Context.CloseAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/fr")]
    public async Task The_board_is_one_screen_and_one_printed_page_for_every_example(string language)
    {
        var page = await browser.Page(site, width: 1920, height: 1080);
        var wrong = new List<string>();
        foreach (var id in Directory.EnumerateDirectories(Path.Combine(RunningSite.Root, "patients")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal))
        {
            foreach (var view in new[] { "?presenter=1", "" })
            {
                var path = $"{language}/cases/{id}/board{view}";
                Assert.Equal(200, (await page.GotoAsync(path))!.Status);
                var bottom = await page.EvaluateAsync<double>("() => document.querySelector('.h-board').getBoundingClientRect().bottom");
                if (bottom is < 1 or > 1080) wrong.Add($"{path}: {bottom} of 1080 pixels");
            }

            foreach (var format in new[] { "A4", "Letter" })
            {
                var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = format, PreferCSSPageSize = false, PrintBackground = false }));
                if (PdfPage().Count(pdf) != 1) wrong.Add($"{id} {format}: {PdfPage().Count(pdf)} pages");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        await page.Context.CloseAsync();
    }

    /// <summary>In French, whose words are longer; on Letter, whose page is shorter.</summary>
    [Fact]
    public async Task The_board_is_one_screen_and_one_printed_page_after_the_meeting_too()
    {
        var page = await browser.Page(site, width: 1920, height: 1080);
        var wrong = new List<string>();
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(RunningSite.Root, "patients")).Order(StringComparer.Ordinal))
        {
            var (id, file) = (Path.GetFileName(folder), Directory.GetFiles(folder, "case.yaml").Concat(Directory.GetFiles(folder, "bundle.json")).First());
            using var upload = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(file, Stop)), "record", Path.GetFileName(file) } };
            using var opened = await site.Client.PostAsync("/?handler=Open", upload, Stop);
            var home = opened.Headers.Location!.ToString().Replace("/record", "", StringComparison.Ordinal);
            await Send(home, ("wishes", "Rester à la maison; pas de long séjour; des mots, pas de chiffres."));
            var owners = Owner().Matches(await site.Client.GetStringAsync($"{home}/board", Stop)).Select(m => (m.Groups["name"].Value, "infirmière pivot"));
            await Send($"{home}/board", [("question", "Opérer d'abord, ou commencer les médicaments ?"), ("decision", "Médicaments d'abord, opération revue à 3 mois"), ("set-aside", "Opération d'abord : trop fragile"), ("dissent", "Urologie : opérer d'abord"), ("next", "Oncologie : première dose, le 27 novembre"),
                ("trial", "no"), ("trial-why", "aucun à moins de 200 km"), ("state", "followed-up"), ("state-on", "2027-02-20"), ("state-owner", "infirmière pivot"), ("followed", "no"), ("followed-why", "dose réduite"), ("response", "SD"), ("outcome", "à la maison"), ("outcome-on", "2027-02-18"), .. owners]);
            foreach (var view in new[] { "?presenter=1", "" })
            {
                await page.GotoAsync($"/fr{home}/board{view}");
                var bottom = await page.EvaluateAsync<double>("() => document.querySelector('.h-board').getBoundingClientRect().bottom");
                if (bottom is < 1 or > 1080) wrong.Add($"{id}{view}: {bottom} of 1080 pixels");
            }

            var pages = PdfPage().Count(Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "Letter", PrintBackground = false })));
            if (pages != 1) wrong.Add($"{id}: {pages} pages");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("", "not met", "The whole answer for this patient")]
    [InlineData("/fr", "non rempli", "Toute la réponse pour ce patient")]
    public async Task An_editor_tries_a_rule_on_an_example_patient_without_scripts(string language, string word, string link)
    {
        var page = await browser.Page(site, scripts: false);
        await page.GotoAsync($"{language}/guidance/papillary-cabozantinib");
        Assert.Equal(0, await page.Locator("#try [role=status]").CountAsync());
        await page.SelectOptionAsync("#patient", "papillary-poor-risk");
        await page.ClickAsync("#try button");
        Assert.DoesNotContain(word, await page.InnerTextAsync("#try [role=status]"), StringComparison.Ordinal);
        await page.SelectOptionAsync("#patient", "after-sunitinib");
        await page.ClickAsync("#try button");

        Assert.Contains(word, await page.InnerTextAsync("#try [role=status]"), StringComparison.Ordinal);
        await page.ClickAsync($"text={link}");
        Assert.EndsWith("/cases/after-sunitinib", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Paper_has_the_text_and_not_the_controls()
    {
        var page = await browser.Page(site);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.GotoAsync($"/cases/{Sites.Signed}/patient");

        Assert.False(await page.Locator(".h-nav").IsVisibleAsync());
        Assert.False(await page.Locator("#survival").IsVisibleAsync());
        Assert.True(await page.Locator("#p-nivolumab-cabozantinib p").First.IsVisibleAsync());
        var pages = PdfPage().Count(Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4" })));
        Assert.InRange(pages, 1, 12);
        await page.GotoAsync($"/cases/{Sites.Signed}/sheet");
        Assert.InRange(PdfPage().Count(Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4" }))), 1, 3);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_signed_version_stays_and_what_changed_since_is_said()
    {
        using var first = new HttpRequestMessage(HttpMethod.Get, "/cases/papillary-poor-risk");
        await site.Client.SendAsync(first, Stop);
        await Send("/cases/papillary-poor-risk/plan", ("goal", "First goal"), ("treatment", "cabozantinib"), ("do", "add"));
        for (var twice = 0; twice < 2; twice++) await Send("/cases/papillary-poor-risk/plan", ("goal", "First goal"), ("do", "sign"), ("role", "urology"));
        await Send("/cases/papillary-poor-risk/plan", ("goal", "Second goal"), ("do", "save"));
        await Send("/cases/papillary-poor-risk", ("f.organ-transplant", "true"), ("f.prior-therapies", ""), ("f.prior-therapies.0.treatment", "cabozantinib"), ("f.prior-therapies.all", "yes"));
        var html = WebUtility.HtmlDecode(await site.Client.GetStringAsync("/cases/papillary-poor-risk/plan", Stop));

        Assert.Single(Regex.Matches(html, "<strong>Version ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Contains("<del>First goal</del> → <ins>Second goal</ins>", html, StringComparison.Ordinal);
        Assert.Contains("Status of treatments that changed since it was signed", html, StringComparison.Ordinal);
    }

    private async Task Send(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await site.Client.PostAsync(path, form, Stop);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [GeneratedRegex(@"id=""o-(?<id>[a-z0-9-]+)"" aria-labelledby", RegexOptions.None, 2000)]
    private static partial Regex Option();

    [GeneratedRegex(@"<details id=""p-(?<id>[a-z0-9-]+)""", RegexOptions.None, 2000)]
    private static partial Regex Shown();

    [GeneratedRegex("name=\"(?<name>owner\\.[a-z0-9-]+)\"", RegexOptions.None, 2000)]
    private static partial Regex Owner();

    [GeneratedRegex(@"/Type\s*/Page[^s]", RegexOptions.None, 5000)]
    private static partial Regex PdfPage();
}
