using Hilum.Web.Tests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Hilum.Web.Tests.Support;

/// <summary>A real browser, started when the first test asks for it. Where there is none, such tests are skipped and say so.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

    private readonly SemaphoreSlim gate = new(1, 1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A page in a profile of its own; every request to another host is a failure.</summary>
    public async Task<IPage> Page(RunningSite site, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 900, bool scripts = true)
    {
        var context = await (await Start()).NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height }, JavaScriptEnabled = scripts, BaseURL = site.Url, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        page.Request += (_, request) => Assert.True(request.Url.StartsWith(site.Url, StringComparison.Ordinal) || request.Url.StartsWith("data:", StringComparison.Ordinal), $"a request left this machine: {request.Url}");
        return page;
    }

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        gate.Dispose();
    }

    private async Task<IBrowser> Start()
    {
        await gate.WaitAsync();
        try
        {
            if (browser is not null) return browser;
            var path = Environment.GetEnvironmentVariable("HILUM_BROWSER") ?? Array.Find(Places, File.Exists);
            if (path is null) Assert.Skip("no browser: install chromium, or name one in HILUM_BROWSER");
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = path,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
            });
            return browser;
        }
        finally
        {
            gate.Release();
        }
    }
}
