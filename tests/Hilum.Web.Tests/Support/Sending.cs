using Microsoft.Playwright;

namespace Hilum.Web.Tests.Support;

/// <summary>Forms sent without scripts.</summary>
internal static class Sending
{
    /// <summary>Presses a button that sends a form, and waits until the page that answers it is here: a press alone returns before anything was sent.</summary>
    public static async Task Send(this ILocator button)
    {
        var page = button.Page;
        var answered = page.WaitForResponseAsync(r => r.Request.IsNavigationRequest && r.Status is < 300 or >= 400);
        await button.ClickAsync();
        await answered;
        await page.WaitForLoadStateAsync();
    }
}
