using System.Net;
using System.Text.Json.Nodes;
using Hilum.Web.SignIn;
using Hilum.Web.Tests.CdsHooks;
using Hilum.Web.Tests.Support;

namespace Hilum.Web.Tests.Smart;

/// <summary>A hospital system opens the planning page for its patient; everything else is refused.</summary>
public sealed class LaunchTests : IAsyncLifetime
{
    private const string Patient = "untreated-clear-cell-favourable";
    private readonly MockEhr ehr = new(Patient);
    private readonly OwnSite site = new();
    private readonly CookieContainer cookies = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await ehr.Start();
        await site.Start(new()
        {
            Smart = new() { Servers = [new() { Issuer = ehr.Fhir, ClientId = MockEhr.ClientId }] },
            SignIn = new() { Authority = "http://127.0.0.1:1/", ClientId = "nobody" },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await ehr.DisposeAsync();
    }

    [Theory]
    [InlineData("/smart/launch?launch=launch-123&iss=")]
    [InlineData("/smart/start?iss=")]
    public async Task A_launch_ends_on_the_planning_page_of_its_patient(string address)
    {
        using var browser = Browser();
        using var page = await browser.GetAsync(address + Uri.EscapeDataString(ehr.Fhir), Stop);
        var text = await page.Content.ReadAsStringAsync(Stop);

        Assert.True(page.StatusCode is HttpStatusCode.OK, text);
        Assert.StartsWith("/cases/", page.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("sunitinib", text, StringComparison.Ordinal);
        Assert.All(ehr.Asked, a => Assert.Equal("Bearer ehr-token", a.Token));
        Assert.Contains(address.Contains("launch=", StringComparison.Ordinal) ? "launch " : "launch/patient", ehr.LastScope, StringComparison.Ordinal);
        Assert.DoesNotContain(MockEhr.PatientId(Patient), page.RequestMessage.RequestUri.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_came_that_way_has_the_role_of_that_system_and_no_more()
    {
        using var browser = Browser();
        (await browser.GetAsync("/smart/launch?launch=launch-123&iss=" + Uri.EscapeDataString(ehr.Fhir), Stop)).Dispose();
        using var report = await browser.GetAsync("/api/v1/cds-feedback", Stop);

        Assert.Equal(HttpStatusCode.Forbidden, report.StatusCode);
    }

    [Theory]
    [InlineData("/smart/launch?launch=launch-123&iss=https://evil.example/fhir")]
    [InlineData("/smart/launch?launch=launch-123")]
    [InlineData("/smart/launch?iss=OURS")]
    [InlineData("/smart/return?code=x&state=y")]
    [InlineData("/smart/return")]
    public async Task What_is_no_launch_of_a_listed_system_goes_nowhere(string address)
    {
        using var browser = Browser();
        using var page = await browser.GetAsync(address.Replace("OURS", Uri.EscapeDataString(ehr.Fhir), StringComparison.Ordinal), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Empty(ehr.Asked);
    }

    [Fact]
    public async Task An_answer_that_another_browser_asked_for_is_refused()
    {
        using var mine = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(site.Url) };
        using var begun = await mine.GetAsync("/smart/launch?launch=launch-123&iss=" + Uri.EscapeDataString(ehr.Fhir), Stop);
        using var authorized = await mine.GetAsync(begun.Headers.Location, Stop);
        using var other = Browser();
        using var page = await other.GetAsync(authorized.Headers.Location, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
    }

    [Fact]
    public async Task A_code_counts_once()
    {
        using var step = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = new(site.Url) };
        using var begun = await step.GetAsync("/smart/launch?launch=launch-123&iss=" + Uri.EscapeDataString(ehr.Fhir), Stop);
        using var authorized = await step.GetAsync(begun.Headers.Location, Stop);
        using var first = await step.GetAsync(authorized.Headers.Location, Stop);
        using var again = await step.GetAsync(authorized.Headers.Location, Stop);

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    public static TheoryData<string, int> Spoilt => new()
    {
        { "no patient", 502 }, { "no token", 502 }, { "another kind of token", 502 }, { "no identity", 403 }, { "an identity that nobody signed", 403 }, { "another patient", 502 }, { "a path for a patient", 502 },
    };

    [Theory]
    [MemberData(nameof(Spoilt))]
    public async Task A_system_that_answers_otherwise_than_SMART_asks_opens_nothing(string how, int expected)
    {
        ehr.Spoil = answer =>
        {
            if (how == "no patient") answer.Remove("patient");
            if (how == "no token") answer.Remove("access_token");
            if (how == "another kind of token") answer["token_type"] = "mac";
            if (how == "no identity") answer.Remove("id_token");
            if (how == "an identity that nobody signed") answer["id_token"] = string.Join('.', ((string)answer["id_token"]!).Split('.').Take(2)) + ".AAAA";
            if (how == "another patient") answer["patient"] = "someone-else";
            if (how == "a path for a patient") answer["patient"] = "../Observation";
        };
        using var browser = Browser();
        using var page = await browser.GetAsync("/smart/launch?launch=launch-123&iss=" + Uri.EscapeDataString(ehr.Fhir), Stop);

        Assert.Equal(expected, (int)page.StatusCode);
        using var first = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = new(site.Url) };
        using var api = await first.GetAsync("/fhir/PlanDefinition", Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
    }

    [Fact]
    public async Task A_system_without_PKCE_is_not_used()
    {
        ehr.KnowsPkce = false;
        using var browser = Browser();
        using var page = await browser.GetAsync("/smart/launch?launch=launch-123&iss=" + Uri.EscapeDataString(ehr.Fhir), Stop);

        Assert.Equal(HttpStatusCode.BadGateway, page.StatusCode);
    }

    [Fact]
    public async Task A_card_offers_the_launch_to_a_system_that_may_launch()
    {
        var request = Ehr.Fire("patient-view", Ehr.PrefetchOf(Patient));
        request["fhirServer"] = ehr.Fhir;
        var (_, body, _) = await Ehr.Post(site.Client, "/cds-services/kidney-cancer-options", request);
        var link = body.GetProperty("cards")[0].GetProperty("links")[0];

        Assert.Equal("smart", link.GetProperty("type").GetString());
        Assert.Equal(site.Url + "/smart/launch", link.GetProperty("url").GetString());
    }

    private HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = true, CookieContainer = cookies }) { BaseAddress = new(site.Url) };
}
