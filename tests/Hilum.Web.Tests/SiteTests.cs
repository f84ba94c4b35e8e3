using System.Net;
using System.Text.RegularExpressions;
using Hilum.Web.Tests.Support;

namespace Hilum.Web.Tests;

/// <summary>What holds for every answer of the site.</summary>
public sealed partial class SiteTests(RunningSite site)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_that_it_is_ready()
    {
        using var answer = await site.Client.GetAsync("/healthz", Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/fr/")]
    public async Task The_first_page_lists_every_example_patient(string path)
    {
        var page = await site.Client.GetStringAsync(path, Stop);

        foreach (var patient in Directory.GetDirectories(Path.Combine(RunningSite.Root, "patients")).Select(Path.GetFileName)) Assert.Contains(patient!, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_this_machine_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "elsewhere.example";
        using var answer = await site.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task What_another_site_sends_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("") };
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var answer = await site.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Sites.Pages), MemberType = typeof(Sites))]
    public async Task A_first_visit_costs_less_than_200_kB(string path)
    {
        var page = await Size(path);
        var html = await site.Client.GetStringAsync("/", Stop);
        var assets = 0L;
        foreach (var asset in Asset().Matches(html).Select(m => m.Value).Distinct()) assets += await Size(asset);

        Assert.InRange(page + assets, 1, 200_000);
    }

    private async Task<long> Size(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var answer = await site.Client.SendAsync(request, Stop);
        return (await answer.Content.ReadAsByteArrayAsync(Stop)).Length;
    }

    [GeneratedRegex(@"/assets/[^""]+", RegexOptions.None, 1000)]
    private static partial Regex Asset();
}
