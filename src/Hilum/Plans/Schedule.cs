using System.Globalization;

namespace Hilum.Plans;

/// <summary>A unit of the calendar.</summary>
public enum CalendarUnit : byte
{
    /// <summary>Days.</summary>
    Day,

    /// <summary>Weeks of seven days.</summary>
    Week,

    /// <summary>Calendar months.</summary>
    Month,

    /// <summary>Calendar years.</summary>
    Year,
}

/// <summary>A length of time on the calendar. The default is no time at all.</summary>
public readonly record struct CalendarSpan(int Count, CalendarUnit Unit)
{
    /// <summary>The day that lies so many spans after another. A month that is too short gives its last day.</summary>
    public DateOnly After(DateOnly day, int times = 1) => Unit switch
    {
        CalendarUnit.Day => day.AddDays(Count * times),
        CalendarUnit.Week => day.AddDays(7 * Count * times),
        CalendarUnit.Month => day.AddMonths(Count * times),
        _ => day.AddYears(Count * times),
    };
}

/// <summary>What a step of a schedule says.</summary>
public enum ScheduleStepKind : byte
{
    /// <summary>On the day that treatment starts, or before it.</summary>
    Start,

    /// <summary>Once, so long after the start.</summary>
    At,

    /// <summary>Again and again, from the end of the step before, until its own end.</summary>
    Every,

    /// <summary>From here on the words name no dates.</summary>
    Open,
}

/// <summary>A step of a schedule.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Shortest">The time between two of them, or since the start; the short end of a range.</param>
/// <param name="Longest">The long end of the range.</param>
/// <param name="Until">How long after the start the step ends; null for no end.</param>
public readonly record struct ScheduleStep(ScheduleStepKind Kind, CalendarSpan Shortest, CalendarSpan Longest, CalendarSpan? Until);

/// <summary>What the words of a monitoring time mean as dates.</summary>
/// <param name="Says">The English words, as treatments use them.</param>
/// <param name="Steps">Their meaning, in the order of time.</param>
public sealed record Schedule(string Says, ScheduleStep[] Steps)
{
    /// <summary>What a step may look like.</summary>
    public const string Expected = "start, open, 'at 6 weeks', 'every 4 weeks', 'every 8-12 weeks' or 'every 8-12 weeks until 12 months' was expected";

    private const int Longest = 1000;

    /// <summary>Reads one step.</summary>
    public static bool TryParse(string text, out ScheduleStep step)
    {
        step = default;
        var words = text.Split(' ');
        switch (words)
        {
            case ["start"]:
                step = new(ScheduleStepKind.Start, default, default, null);
                return true;
            case ["open"]:
                step = new(ScheduleStepKind.Open, default, default, null);
                return true;
            case ["at", var count, var unit] when Span(count, unit, out var from, out var to):
                step = new(ScheduleStepKind.At, from, to, null);
                return true;
            case ["every", var count, var unit] when Span(count, unit, out var from, out var to):
                step = new(ScheduleStepKind.Every, from, to, null);
                return true;
            case ["every", var count, var unit, "until", var end, var endUnit] when Span(count, unit, out var from, out var to) && Span(end, endUnit, out var until, out var same) && until == same:
                step = new(ScheduleStepKind.Every, from, to, until);
                return true;
            default:
                return false;
        }
    }

    private static bool Span(string count, string unit, out CalendarSpan shortest, out CalendarSpan longest)
    {
        (shortest, longest) = (default, default);
        CalendarUnit? of = unit.TrimEnd('s') switch { "day" => CalendarUnit.Day, "week" => CalendarUnit.Week, "month" => CalendarUnit.Month, "year" => CalendarUnit.Year, _ => null };
        if (of is null) return false;
        var ends = count.Split('-');
        if (ends.Length > 2 || !Number(ends[0], out var low) || !Number(ends[^1], out var high) || high < low) return false;
        (shortest, longest) = (new(low, of.Value), new(high, of.Value));
        return true;
    }

    private static bool Number(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is > 0 and <= Longest;
}
