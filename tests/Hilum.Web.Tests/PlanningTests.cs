using Hilum.Web.Tests.Support;
using Microsoft.Playwright;

namespace Hilum.Web.Tests;

/// <summary>The planning screen as people use it.</summary>
public sealed class PlanningTests(RunningSite site, Browser browser)
{
    [Fact]
    public async Task Without_scripts_a_new_case_is_entered_and_answered()
    {
        var page = await browser.Page(site, scripts: false);
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await page.GetByLabel("Stage", new() { Exact = true }).SelectOptionAsync("IV");
        await page.GetByLabel("Type of kidney cancer").SelectOptionAsync("clear-cell");
        await page.GetByLabel("Karnofsky performance status").SelectOptionAsync("70");
        await page.GetByRole(AriaRole.Button, new() { Name = "Update the options" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "IMDC risk group" })).ToContainTextAsync("intermediate or poor");
        await Assertions.Expect(page.Locator("#f-histology")).ToHaveValueAsync("clear-cell");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("", "country is not known", "approved: yes; funded: with conditions", "approved: not known; funded: not known", "No fact is changed")]
    [InlineData("/fr", "pays du patient est inconnu", "autorisé : oui; financé : sous conditions", "autorisé : inconnu; financé : inconnu", "Aucun fait n'est changé")]
    public async Task Approval_and_funding_follow_the_country_and_the_facts_do_not(string language, string unknown, string canada, string germany, string unchanged)
    {
        var page = await browser.Page(site, scripts: false);
        await page.GotoAsync(language + "/cases/untreated-clear-cell-intermediate-si");
        await Assertions.Expect(page.Locator("#where")).ToContainTextAsync(unknown);
        Assert.Equal(0, await page.Locator(".h-available").CountAsync());
        foreach (var (country, said) in new[] { ("CA", canada), ("DE", germany) })
        {
            await page.SelectOptionAsync("#country", country);
            await page.SelectOptionAsync("#view", "esmo-2024");
            await page.ClickAsync("#basis ~ form button");
            await Assertions.Expect(page.Locator("#o-nivolumab-cabozantinib .h-available")).ToContainTextAsync(said);
            await Assertions.Expect(page.Locator("#where")).ToContainTextAsync(unchanged);
        }

        await page.ClickAsync(".h-save button[name=go]");
        Assert.Contains("view=esmo-2024&country=DE", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("[name='f.country']")).ToHaveValueAsync("");
        await page.SelectOptionAsync("#country", "");
        await page.ClickAsync("#basis ~ form button");
        await Assertions.Expect(page.Locator("#where")).ToContainTextAsync(unknown);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task With_scripts_the_answer_follows_without_a_new_page()
    {
        var page = await browser.Page(site);
        await page.GotoAsync("/cases/only-histology-known");
        await page.EvaluateAsync("() => { window.same = true; }");
        await page.Locator("#f-stage").SelectOptionAsync("IV");
        await page.Locator("#f-karnofsky").SelectOptionAsync("60");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "IMDC risk group" })).ToContainTextAsync("intermediate or poor");
        Assert.True(await page.EvaluateAsync<bool>("() => window.same === true"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_value_that_cannot_be_is_asked_about_and_not_used()
    {
        var page = await browser.Page(site);
        await page.GotoAsync("/cases/sarcomatoid");
        await page.Locator("[name='f.haemoglobin.unit']").SelectOptionAsync("g/L");
        await page.Locator("#f-haemoglobin").FillAsync("9.8");
        await page.Locator("#f-haemoglobin").PressAsync("Tab");

        await Assertions.Expect(page.Locator("#f-haemoglobin-error")).ToContainTextAsync("cannot be");
        await page.GetByRole(AriaRole.Button, new() { Name = "I meant 9.8 g/dL" }).ClickAsync();
        await Assertions.Expect(page.Locator("#f-haemoglobin-error")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[name='f.haemoglobin.unit']")).ToHaveValueAsync("g/dL");
        await Assertions.Expect(page.Locator("#f-haemoglobin")).ToHaveValueAsync("9.8");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_unit_is_changed_with_one_press_and_the_quantity_stays()
    {
        var page = await browser.Page(site, scripts: false);
        await page.GotoAsync("/cases/after-sunitinib");
        await page.GetByRole(AriaRole.Button, new() { Name = "Haemoglobin: show in g/dL" }).ClickAsync();

        await Assertions.Expect(page.Locator("#f-haemoglobin")).ToHaveValueAsync("11.8");
        await Assertions.Expect(page.Locator("[name='f.haemoglobin.low']")).ToHaveValueAsync("13");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Two_open_pages_do_not_undo_each_other_and_undo_takes_the_last_change_back()
    {
        var (one, other) = (await browser.Page(site, scripts: false), await browser.Page(site, scripts: false));
        foreach (var page in new[] { one, other }) await page.GotoAsync("/cases/late-relapse");
        await one.Locator("#f-karnofsky").SelectOptionAsync("60");
        await one.GetByRole(AriaRole.Button, new() { Name = "Update the options" }).Send();
        await other.Locator("#f-organ-transplant").SelectOptionAsync("false");
        await other.GetByRole(AriaRole.Button, new() { Name = "Update the options" }).Send();

        await Assertions.Expect(other.Locator("#f-karnofsky")).ToHaveValueAsync("60");
        await Assertions.Expect(other.Locator("#f-organ-transplant")).ToHaveValueAsync("false");
        await other.GetByRole(AriaRole.Button, new() { Name = "Undo the last change" }).Send();
        await Assertions.Expect(other.Locator("#f-organ-transplant")).ToHaveValueAsync("");
        await Assertions.Expect(other.Locator("#f-karnofsky")).ToHaveValueAsync("60");
        await one.Context.CloseAsync();
        await other.Context.CloseAsync();
    }

    [Fact]
    public async Task A_typical_patient_is_entered_by_keyboard_alone_with_at_most_twenty_fields()
    {
        var page = await browser.Page(site);
        await page.GotoAsync("/");
        await page.GetByLabel("A label of your own").FocusAsync();
        await page.Keyboard.TypeAsync("by keyboard");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/cases/**");
        await page.Locator("#f-age").FocusAsync();
        await page.Keyboard.TypeAsync("62");
        foreach (var keys in new[] { "m", "stage 4", "clear" })
        {
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.TypeAsync(keys);
        }

        await Assertions.Expect(page.Locator("#f-histology")).ToHaveValueAsync("clear-cell");
        await Assertions.Expect(page.Locator("#f-stage")).ToHaveValueAsync("IV");
        await Assertions.Expect(page.Locator("#needs, #offered").First).ToBeVisibleAsync();
        Assert.InRange(await page.Locator("#group-first [data-swap]:is(.h-field, div)").CountAsync(), 10, 20);
        Assert.Equal(0, await page.Locator("#answer input:checked").CountAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Marks_open_a_comparison_in_equal_columns()
    {
        var page = await browser.Page(site);
        await page.GotoAsync("/cases/untreated-clear-cell-intermediate-si");
        await page.Locator("#o-nivolumab-ipilimumab input[name=t]").CheckAsync();
        await page.Locator("#o-nivolumab-cabozantinib input[name=t]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare the marked options" }).ClickAsync();

        await Assertions.Expect(page.Locator(".h-compare > thead th")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".h-note").First).ToContainTextAsync("cannot be compared");
        var widths = await page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.h-compare > thead th')].map((c) => c.getBoundingClientRect().width)");
        Assert.InRange(Math.Abs(widths[0] - widths[1]), 0, 1);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task In_French_a_decimal_comma_is_read()
    {
        var page = await browser.Page(site, scripts: false);
        await page.GotoAsync("/fr/cases/only-the-year-of-diagnosis");
        await page.Locator("[name='f.haemoglobin.unit']").SelectOptionAsync("g/dL");
        await page.Locator("#f-haemoglobin").FillAsync("11,2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mettre à jour les options" }).ClickAsync();

        await Assertions.Expect(page.Locator("#f-haemoglobin")).ToHaveValueAsync("11.2");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        await page.Context.CloseAsync();
    }
}
