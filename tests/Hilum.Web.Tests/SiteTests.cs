using System.Net;
using Hilum.Web.Tests.Support;

namespace Hilum.Web.Tests;

/// <summary>What holds for every answer of the site.</summary>
public sealed class SiteTests(RunningSite site)
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
}
