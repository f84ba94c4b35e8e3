using System.Text.Json;
using Deque.AxeCore.Playwright;
using Hilum.Web.Tests.Support;
using Microsoft.Playwright;

namespace Hilum.Web.Tests;

/// <summary>Each page can be read and used by everyone.</summary>
public sealed class AccessibilityTests(RunningSite site, Browser browser)
{
    /// <summary>The computed colour of every chart text against the nearest background that is not clear: axe does not look at it.</summary>
    private const string WorstChartContrast = """
        () => {
          const parse = (c) => (c.match(/[\d.]+/g) || []).map(Number);
          const light = ([r, g, b]) => { const f = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
          let worst = 21;
          for (const text of document.querySelectorAll("svg text")) {
            const fill = parse(getComputedStyle(text).fill);
            let at = text.ownerSVGElement, back = [255, 255, 255];
            for (; at; at = at.parentElement) { const c = parse(getComputedStyle(at).backgroundColor); if (c.length === 3 || c[3] > 0) { back = c; break; } }
            const [a, b] = [light(fill), light(back)];
            worst = Math.min(worst, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
          }
          return worst;
        }
        """;

    [Theory]
    [MemberData(nameof(Sites.Pages), MemberType = typeof(Sites))]
    public async Task A_page_breaks_no_rule_of_axe_and_fits_at_four_times_the_size(string path)
    {
        // one theme and one language a page, so that each is met often; HILUM_FULL=1 tries them all
        var at = Array.IndexOf(Sites.All, path);
        var full = Environment.GetEnvironmentVariable("HILUM_FULL") == "1";
        for (var way = 0; way < 4; way++)
        {
            if (!full && way != at % 4) continue;
            var (scheme, language) = (way % 2 == 0 ? ColorScheme.Dark : ColorScheme.Light, way / 2 == 0 ? "" : "/fr");
            var page = await browser.Page(site, scheme);
            await page.GotoAsync(language + path);
            await page.EvaluateAsync("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })");
            var result = await page.RunAxe();
            Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(v => $"{language}{path} {scheme}: {v.Id}, {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")));
            await page.SetViewportSizeAsync(320, 640);
            var culprit = await page.EvaluateAsync<string>("""
                () => document.documentElement.scrollWidth <= 320 ? "" : document.documentElement.scrollWidth + ": " + [...document.querySelectorAll("main *, header *, footer *")].find((e) => e.getBoundingClientRect().right > 321 && !e.closest(".h-scroll"))?.outerHTML.slice(0, 200)
                """);
            Assert.Equal("", culprit);
            await page.Context.CloseAsync();
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_text_of_charts_can_be_read(ColorScheme scheme)
    {
        var page = await browser.Page(site, scheme);
        await page.GotoAsync("/cases/untreated-clear-cell-intermediate-si/compare?t=nivolumab-cabozantinib&t=pembrolizumab-axitinib");

        Assert.NotEqual(0, await page.Locator("svg text").CountAsync());
        Assert.True(await page.EvaluateAsync<double>(WorstChartContrast) >= 4.5);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Focus_can_be_seen_and_goes_through_the_form_in_its_order()
    {
        var page = await browser.Page(site);
        await page.GotoAsync("/cases/only-histology-known");
        var seen = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var (name, outline) = Read(await page.EvaluateAsync("() => { const e = document.activeElement, s = getComputedStyle(e); return { name: e.id || e.name || e.textContent.trim().slice(0, 20), outline: s.outlineStyle !== 'none' || s.boxShadow !== 'none' }; }"));
            Assert.True(outline, $"the focus on '{name}' cannot be seen");
            seen.Add(name);
        }

        Assert.True(seen.IndexOf("f-age") >= 0 && seen.IndexOf("f-age") < seen.IndexOf("f-sex") && seen.IndexOf("f-sex") < seen.IndexOf("f-histology"), string.Join(", ", seen));
        await page.Context.CloseAsync();

        static (string, bool) Read(JsonElement? element) => (element!.Value.GetProperty("name").GetString()!, element.Value.GetProperty("outline").GetBoolean());
    }
}
