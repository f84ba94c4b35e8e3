using System.Globalization;

namespace Hilum.Measures;

/// <summary>A calendar date of which the day, or the day and the month, may be unknown (FHIR R4 <c>date</c>: YYYY, YYYY-MM, YYYY-MM-DD).</summary>
/// <remarks>Two are equal when the same parts are stated. The default is the year 0 and is not a date: ask <see cref="IsStated"/>.</remarks>
public readonly record struct PartialDate(int Year, int Month, int Day)
{
    /// <summary>Whether this is a date at all, and not the default value.</summary>
    public bool IsStated => Year > 0;

    /// <summary>Whether the day is known.</summary>
    public bool IsComplete => Day > 0;

    /// <summary>The first day that it may be.</summary>
    public DateOnly Earliest => new(Year, Month == 0 ? 1 : Month, Day == 0 ? 1 : Day);

    /// <summary>The last day that it may be.</summary>
    public DateOnly Latest
    {
        get
        {
            var month = Month == 0 ? 12 : Month;
            return new(Year, month, Day == 0 ? DateTime.DaysInMonth(Year, month) : Day);
        }
    }

    /// <summary>The date of a whole day.</summary>
    public static PartialDate From(DateOnly date) => new(date.Year, date.Month, date.Day);

    /// <summary>Reads YYYY, YYYY-MM, YYYY-MM-DD, or the date part of a FHIR dateTime. False for anything else, and for days that do not exist.</summary>
    public static bool TryParse(string? text, out PartialDate date)
    {
        date = default;
        if (string.IsNullOrWhiteSpace(text)) return false;
        var t = text.AsSpan().Trim();
        var time = t.IndexOf('T');
        if (time >= 0)
        {
            if (time != 10 || !IsTime(t[(time + 1)..])) return false;
            t = t[..time];
        }

        if (t.Length is not (4 or 7 or 10)) return false;
        if (!TryDigits(t[..4], out var year) || year is < 1 or > 9999) return false;
        int month = 0, day = 0;
        if (t.Length >= 7 && (t[4] != '-' || !TryDigits(t[5..7], out month) || month is < 1 or > 12)) return false;
        if (t.Length == 10 && (t[7] != '-' || !TryDigits(t[8..10], out day) || day < 1 || day > DateTime.DaysInMonth(year, month))) return false;
        date = new(year, month, day);
        return true;
    }

    /// <summary>The stated parts, as FHIR writes them.</summary>
    public override string ToString() => Day > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}-{Day:D2}")
        : Month > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}")
        : Year.ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>Whether a text begins as a time of day does: hh:mm.</summary>
    private static bool IsTime(ReadOnlySpan<char> text) =>
        text.Length >= 5 && text[2] == ':' && TryDigits(text[..2], out var hour) && hour <= 24 && TryDigits(text[3..5], out var minute) && minute <= 59;

    private static bool TryDigits(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
