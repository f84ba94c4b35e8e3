namespace Hilum.Proof.Model;

/// <summary>Dates as the solver counts them: months of 28 days, from the as-of date. Only the first 28 days of a month stand for a date.</summary>
/// <remarks>
/// In such months "one year later" and "whole months between" are plain arithmetic, and the order of dates is kept. No condition can tell the
/// last three days of a month from its twenty-eighth unless it names one of them, and such a condition is not translated.
/// </remarks>
internal sealed class Calendar(DateOnly asOf)
{
    public const int Days = 28;

    private readonly long today = Count(asOf.Day > Days ? new(asOf.Year, asOf.Month, Days) : asOf);

    /// <summary>The place of a date; the as-of date is 0.</summary>
    /// <exception cref="NotTranslatedException">It is one of the last days of a month.</exception>
    public long Of(DateOnly date) => date.Day > Days ? throw new NotTranslatedException($"the date {date:yyyy-MM-dd}") : Count(date) - today;

    /// <summary>The date at a place.</summary>
    public DateOnly At(long place)
    {
        var count = place + today;
        var month = (int)(count / Days);
        return new(month / 12, (month % 12) + 1, (int)(count % Days) + 1);
    }

    private static long Count(DateOnly date) => (((date.Year * 12L) + date.Month - 1) * Days) + date.Day - 1;
}
