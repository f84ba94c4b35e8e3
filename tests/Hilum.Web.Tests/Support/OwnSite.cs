using Hilum.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Hilum.Web.Tests.Support;

/// <summary>A site of a test's own, set up as it likes, on a port of its own.</summary>
public sealed class OwnSite : IAsyncDisposable
{
    private readonly string scratch = Directory.CreateTempSubdirectory("hilum-site-").FullName;
    private WebApplication? site;

    /// <summary>Where it answers, ending without a slash.</summary>
    public string Url { get; private set; } = "";

    /// <summary>A client for it.</summary>
    public HttpClient Client { get; private set; } = new();

    /// <summary>What it is made of.</summary>
    public IServiceProvider Services => site!.Services;

    /// <summary>Starts it.</summary>
    public async ValueTask Start(DoorSettings doors)
    {
        site = Site.Build(new() { Content = RunningSite.Content, Urls = "http://127.0.0.1:0", Examples = Path.Combine(RunningSite.Root, "patients"), Doors = doors, Store = new SqliteDatabase(Path.Combine(scratch, "hilum.db")) });
        await site.StartAsync();
        Url = site.Urls.First();
        Client = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(Url) };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (site is not null) await site.DisposeAsync();
        Directory.Delete(scratch, recursive: true);
    }
}
