using CsCheck;
using Hilum.Measures;

namespace Hilum.Tests.Measures;

public sealed class PartialDateTests
{
    private static readonly Gen<PartialDate> AnyDate =
        from year in Gen.Int[1, 9999]
        from month in Gen.Int[0, 12]
        from day in Gen.Int[0, month == 0 ? 0 : DateTime.DaysInMonth(year, month)]
        select new PartialDate(year, month, day);

    [Theory]
    [InlineData("2026", "2026-01-01", "2026-12-31")]
    [InlineData("2026-02", "2026-02-01", "2026-02-28")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("1900-02", "1900-02-01", "1900-02-28")]
    [InlineData("2000-02", "2000-02-01", "2000-02-29")]
    [InlineData("2026-11-03", "2026-11-03", "2026-11-03")]
    [InlineData("2024-02-29", "2024-02-29", "2024-02-29")]
    [InlineData("9999-12", "9999-12-01", "9999-12-31")]
    [InlineData(" 2026-11 ", "2026-11-01", "2026-11-30")]
    public void A_date_that_is_partly_known_spans_the_days_it_may_be(string text, string earliest, string latest)
    {
        Assert.True(PartialDate.TryParse(text, out var date));

        Assert.Equal(DateOnly.Parse(earliest), date.Earliest);
        Assert.Equal(DateOnly.Parse(latest), date.Latest);
        Assert.Equal(text.Trim(), date.ToString());
        Assert.Equal(earliest == latest, date.IsComplete);
        Assert.True(date.IsStated);
    }

    [Theory]
    [InlineData("2026-11-03T10:20:30+01:00")]
    [InlineData("2026-11-03T10:20:30.123Z")]
    [InlineData("2026-11-03T23:59")]
    public void Of_a_FHIR_dateTime_the_day_as_written_is_read(string text)
    {
        Assert.True(PartialDate.TryParse(text, out var date));
        Assert.Equal("2026-11-03", date.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("0000")]
    [InlineData("26")]
    [InlineData("2026-")]
    [InlineData("2026-1")]
    [InlineData("2026-1-1")]
    [InlineData("2026-00")]
    [InlineData("2026-13")]
    [InlineData("2026-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("2026-02-00")]
    [InlineData("2026-04-31")]
    [InlineData("2026/11/03")]
    [InlineData("20261103")]
    [InlineData("2026-11-031")]
    [InlineData("-026-11-03")]
    [InlineData("+026-11-03")]
    [InlineData("2026-+1-03")]
    [InlineData("2026-11T10:00")]
    [InlineData("2026T")]
    [InlineData("2026-11-03T")]
    [InlineData("2026-11-03Tea")]
    [InlineData("٢٠٢٦-11-03")]
    [InlineData("3 November 2026")]
    public void What_is_not_a_date_is_refused(string? text)
    {
        Assert.False(PartialDate.TryParse(text, out var date));
        Assert.False(date.IsStated);
    }

    [Fact]
    public void The_earliest_day_is_never_after_the_latest() => AnyDate.Sample(date =>
        date.Earliest <= date.Latest
        && date.Earliest.Year == date.Year && date.Latest.Year == date.Year
        && (!date.IsComplete || date.Earliest == date.Latest));

    [Fact]
    public void A_date_is_read_back_from_its_own_text() => AnyDate.Sample(date => PartialDate.TryParse(date.ToString(), out var read) && read == date);

    [Fact]
    public void Any_text_at_all_is_read_or_refused_without_an_exception() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123456789-T:Z "], 0, 12]).Sample(text =>
            !PartialDate.TryParse(text, out var date) || date.Earliest <= date.Latest);

    [Fact]
    public void A_whole_day_is_complete()
    {
        var date = PartialDate.From(new(2024, 2, 29));

        Assert.True(date.IsComplete);
        Assert.Equal(new(2024, 2, 29), date.Earliest);
        Assert.Equal("2024-02-29", date.ToString());
    }

    [Fact]
    public void Dates_are_equal_when_the_same_parts_are_stated()
    {
        Assert.NotEqual(new PartialDate(2026, 0, 0), new PartialDate(2026, 1, 0));
        Assert.Equal(new PartialDate(2026, 0, 0), new PartialDate(2026, 0, 0));
    }
}
