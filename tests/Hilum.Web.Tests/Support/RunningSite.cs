using System.Text;
using Hilum.Guidance;
using Hilum.Storage;
using Hilum.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

[assembly: AssemblyFixture(typeof(RunningSite))]

namespace Hilum.Web.Tests.Support;

/// <summary>The whole site, with the real guidance and the example patients, on a port of its own.</summary>
public sealed class RunningSite : IAsyncLifetime
{
    private readonly string scratch = Directory.CreateTempSubdirectory("hilum-site-").FullName;
    private WebApplication? site;

    /// <summary>The root of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The guidance, checked.</summary>
    public static GuidanceContent Content { get; } = ContentLoader.Load(ContentFiles.Read(Path.Combine(Root, "guidance")));

    /// <summary>Where it answers, ending without a slash.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Its store.</summary>
    public SqliteDatabase Store => new(Path.Combine(scratch, "hilum.db"));

    /// <summary>What its pages show of checks and comparisons.</summary>
    public KeptResults Results => new(scratch);

    /// <summary>An example of what a command answers, about the content of these tests.</summary>
    public static byte[] Result(string name) => Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(Root, "tests", "Hilum.Web.Tests", "results", $"{name}.json")).Replace("CONTENT", Content.Sha256, StringComparison.Ordinal));

    /// <summary>A client for it.</summary>
    public HttpClient Client { get; private set; } = new();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Assert.Null(Results.Keep(Content, KeptResults.Check(), Result("check")));
        foreach (var language in new[] { "en", "fr" }) Assert.Null(Results.Keep(Content, KeptResults.Diff("esmo-bone", "asco-sno-astro-2021", language), Result($"diff.{language}")));
        site = Site.Build(new() { Content = Content, Urls = "http://127.0.0.1:0", Examples = Path.Combine(Root, "patients"), Store = Store, Results = Results });
        await site.StartAsync();
        Url = site.Urls.First();
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = new(Url) };
        await Client.GetStringAsync($"/cases/{Sites.Signed}");
        await Send($"/cases/{Sites.Signed}/plan", ("goal", "More time at home"), ("treatment", "nivolumab-cabozantinib"), ("do", "add"));
        await Send($"/cases/{Sites.Signed}/plan", ("goal", "More time at home"), ("reason.0", "as agreed"), ("start.0", "2026-12-01"), ("do", "sign"), ("role", "medical-oncology"), ("release", "yes"));
    }

    private async Task Send(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await Client.PostAsync(path, form);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (site is not null) await site.DisposeAsync();
        Directory.Delete(scratch, recursive: true);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Hilum.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }
}
