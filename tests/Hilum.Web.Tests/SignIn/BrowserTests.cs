using System.Net;
using Hilum.Web.Tests.Support;

namespace Hilum.Web.Tests.SignIn;

/// <summary>Signing in as a browser does it: through the authority and back, with a cookie; and what is refused to a browser.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    private readonly Authority authority = new();
    private readonly OwnSite site = new();
    private readonly CookieContainer cookies = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await authority.Start();
        await site.Start(new() { SignIn = new() { Authority = authority.Url, ClientId = Authority.ClientId } });
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await authority.DisposeAsync();
    }

    [Fact]
    public async Task A_clinician_is_sent_to_the_authority_and_comes_back_to_the_page_that_was_asked_for()
    {
        using var browser = Browser(follow: true);
        using var page = await browser.GetAsync("/cases/late-relapse", Stop);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("/cases/late-relapse", page.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("code_challenge_method=S256", authority.LastAuthorization, StringComparison.Ordinal);
        Assert.Contains("response_type=code", authority.LastAuthorization, StringComparison.Ordinal);
        Assert.All(cookies.GetCookies(new(site.Url)).Where(c => c.Name == "hilum"), c => Assert.True(c.HttpOnly));
    }

    [Fact]
    public async Task A_patient_signs_in_and_still_sees_no_case()
    {
        authority.Role = "patient";
        using var browser = Browser(follow: true);
        using var page = await browser.GetAsync("/cases/late-relapse", Stop);

        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
    }

    [Fact]
    public async Task With_the_cookie_of_somebody_a_post_must_say_that_it_comes_from_this_site()
    {
        using var browser = Browser(follow: true);
        (await browser.GetAsync("/", Stop)).Dispose();

        Assert.Equal(HttpStatusCode.Forbidden, await Post(null, null));
        Assert.Equal(HttpStatusCode.Forbidden, await Post("https://evil.example", null));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(null, "cross-site"));
        Assert.NotEqual(HttpStatusCode.Forbidden, await Post(site.Url, null));
        Assert.NotEqual(HttpStatusCode.Forbidden, await Post(null, "same-origin"));

        async Task<HttpStatusCode> Post(string? origin, string? fetch)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/cases/late-relapse") { Content = new FormUrlEncodedContent([]) };
            if (origin is not null) request.Headers.Add("Origin", origin);
            if (fetch is not null) request.Headers.Add("Sec-Fetch-Site", fetch);
            using var quiet = Browser(follow: false);
            using var answer = await quiet.SendAsync(request, Stop);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task After_signing_out_the_cookie_opens_nothing()
    {
        using var browser = Browser(follow: true);
        (await browser.GetAsync("/", Stop)).Dispose();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out");
        request.Headers.Add("Origin", site.Url);
        (await browser.SendAsync(request, Stop)).Dispose();
        using var quiet = Browser(follow: false);
        using var page = await quiet.GetAsync("/", Stop);

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task What_was_typed_comes_back_when_the_session_ended_meanwhile_and_can_be_sent_again()
    {
        using var browser = Browser(follow: true);
        (await browser.GetAsync("/cases/late-relapse/plan", Stop)).Dispose();
        foreach (Cookie cookie in cookies.GetCookies(new(site.Url))) cookie.Expired = true;
        var (status, page) = await Send();

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("You are not signed in any more", page, StringComparison.Ordinal);
        Assert.Contains("action=\"/cases/late-relapse/plan\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"goal\" value=\"Home &lt;b&gt; &quot;soon&quot;\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);

        (await browser.GetAsync("/sign-in?to=/about", Stop)).Dispose();
        Assert.Equal(HttpStatusCode.OK, (await Send()).Status);
        Assert.Contains("Home &lt;b&gt;", await browser.GetStringAsync("/cases/late-relapse/plan", Stop), StringComparison.Ordinal);

        async Task<(HttpStatusCode Status, string Page)> Send()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/cases/late-relapse/plan") { Content = new FormUrlEncodedContent([new("goal", "Home <b> \"soon\""), new("do", "save")]) };
            request.Headers.Add("Origin", site.Url);
            using var answer = await browser.SendAsync(request, Stop);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
        }
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Signing_in_never_leads_to_another_site(string to)
    {
        using var browser = Browser(follow: true);
        using var page = await browser.GetAsync($"/sign-in?to={Uri.EscapeDataString(to)}", Stop);

        Assert.StartsWith(site.Url, page.RequestMessage!.RequestUri!.AbsoluteUri, StringComparison.Ordinal);
    }

    private HttpClient Browser(bool follow) => new(new HttpClientHandler { AllowAutoRedirect = follow, CookieContainer = cookies, UseCookies = true }) { BaseAddress = new(site.Url) };
}
