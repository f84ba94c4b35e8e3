namespace Hilum.Web.Pages.Cases;

/// <summary>A sheet to take home: fit for paper in black and white, A4 or Letter, in large print when asked.</summary>
internal abstract class TakeHomePage : ReleasedPage
{
    /// <summary>The sheets there are, by the last part of their address.</summary>
    public static IReadOnlyList<string> Sheets { get; } = ["choices", "sheet", "questions"];

    /// <summary>Whether it is in large print.</summary>
    public bool Large => Request.Query["print"] == "large";
}
