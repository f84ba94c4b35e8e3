using Hilum.Web.Tests.Support;
using Microsoft.Playwright;

namespace Hilum.Web.Tests;

/// <summary>Pictures of the pages for people to look at: <c>HILUM_SHOTS=folder</c> writes them, otherwise nothing is done.</summary>
public sealed class ScreenshotTests(RunningSite site, Browser browser)
{
    private static readonly (string Name, int Width, int Height)[] Screens = [("phone", 390, 844), ("laptop", 1280, 800), ("projector", 1920, 1080)];

    [Fact]
    public async Task Each_page_is_drawn_on_phone_laptop_projector_and_paper()
    {
        var folder = Environment.GetEnvironmentVariable("HILUM_SHOTS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "set HILUM_SHOTS to a folder to draw the pages");
        Directory.CreateDirectory(folder!);
        foreach (var path in Sites.All) await Draw(path, folder!);
    }

    private async Task Draw(string path, string folder)
    {
        var name = string.Join('-', path.Split('/', '?', '&', '=').Where(p => p.Length > 0)) is { Length: > 0 } joined ? joined : "home";
        foreach (var (screen, width, height) in Screens)
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                var page = await browser.Page(site, scheme, width, height);
                await page.GotoAsync(path);
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{screen}-{scheme.ToString().ToLowerInvariant()}.png"), FullPage = screen == "phone" });
                await page.Context.CloseAsync();
            }

        var paper = await browser.Page(site, width: 698, height: 1030);
        await paper.EmulateMediaAsync(new() { Media = Media.Print });
        await paper.GotoAsync(path);
        await paper.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-paper.png"), FullPage = true });
        await paper.Context.CloseAsync();
    }
}
