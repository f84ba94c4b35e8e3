using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Web.Patients;

/// <summary>What people type, as it is kept: lines end as JSON and paper have them, and no character is left that nobody can see.</summary>
internal static class Typed
{
    /// <summary>The text without blanks around it.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="longest">Most characters; what follows is cut.</param>
    public static string Text(string typed, int longest)
    {
        var text = PlainText.Lines(typed).Trim();
        if (text.Length <= longest) return text;
        return text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)].TrimEnd();
    }

    /// <summary>A day in full (YYYY-MM-DD), of a year between 1900 and 2200; null for anything else.</summary>
    public static DateOnly? Day(string typed) => PartialDate.TryParse(typed, out var day) && day is { IsComplete: true, Year: > 1900 and < 2200 } ? day.Earliest : null;
}
