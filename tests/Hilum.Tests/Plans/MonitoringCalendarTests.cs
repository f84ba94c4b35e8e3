using CsCheck;
using Hilum.Options;
using Hilum.Plans;

using Hilum.Words;

namespace Hilum.Tests.Plans;

/// <summary>Dates of checks: those that the words name, none that they do not.</summary>
public sealed class MonitoringCalendarTests
{
    private static readonly DateOnly Start = new(2026, 1, 31);

    private static readonly Gen<Treatment> Treatment = Gen.Int[0, Guidance.Content.Loaded.Catalogue.Treatments.Length - 1].Select(i => Guidance.Content.Loaded.Catalogue.Treatments[i]);

    private static readonly Gen<DateOnly> Day = Gen.Int[0, 3000].Select(d => new DateOnly(2024, 1, 1).AddDays(d));

    [Theory]
    [InlineData("start", "2026-01-31")]
    [InlineData("at 6 weeks", "2026-03-14")]
    [InlineData("every 1 month until 3 months", "2026-02-28 2026-03-31 2026-04-30")]
    [InlineData("every 4-6 weeks until 2 months", "2026-02-28..2026-03-14 2026-03-28..2026-04-11")]
    [InlineData("start, at 1 week, every 2 weeks until 5 weeks, every 1 month", "2026-01-31 2026-02-07 2026-02-21 2026-03-07 2026-04-07 2026-05-07")]
    [InlineData("open", "")]
    public void What_words_mean(string steps, string days)
    {
        var calendar = Of(steps, Start, new(2026, 5, 20));
        Assert.Equal(days, string.Join(' ', calendar.Due.Select(d => d.On == d.NoLaterThan ? $"{d.On:yyyy-MM-dd}" : $"{d.On:yyyy-MM-dd}..{d.NoLaterThan:yyyy-MM-dd}")));
    }

    [Theory]
    [InlineData("every week")]
    [InlineData("every 0 weeks")]
    [InlineData("every 8-4 weeks")]
    [InlineData("every -4 weeks")]
    [InlineData("every 4 fortnights")]
    [InlineData("every 4 weeks until 4-6 months")]
    [InlineData("at 99999999999 weeks")]
    [InlineData("Start")]
    [InlineData("")]
    public void What_is_no_step(string text) => Assert.False(Schedule.TryParse(text, out _));

    [Fact]
    public void Words_without_dates_are_said_to_be_so()
    {
        Assert.Equal([UndatedReason.NoDates], Of("open", Start, Start.AddYears(1)).Undated.Select(u => u.Reason));
        Assert.Equal([UndatedReason.NoDatesLater], Of("start, open", Start, Start.AddYears(1)).Undated.Select(u => u.Reason));
        Assert.Equal([UndatedReason.NoStart], Of("start", null, Start.AddYears(1)).Undated.Select(u => u.Reason));
        Assert.Empty(Of("every 4 weeks", Start, Start.AddYears(1)).Undated);
    }

    [Fact]
    public void Every_check_of_every_treatment_is_dated_or_said_to_be_undated() => Gen.Select(Treatment, Day).Sample((treatment, start) =>
    {
        var calendar = MonitoringCalendar.Of([(treatment, start)], Guidance.Content.Loaded.Plans.Schedules, start.AddYears(3));
        var spoken = calendar.Due.Select(d => d.Item).Concat(calendar.Undated.Select(u => u.Item)).ToHashSet();
        Assert.All(treatment.Monitoring, m => Assert.Contains(m, spoken));
    });

    [Fact]
    public void Days_lie_between_start_and_end_in_order() => Gen.Select(Treatment, Treatment, Day, Gen.Int[0, 1000]).Sample((one, two, start, days) =>
    {
        var through = start.AddDays(days);
        var calendar = MonitoringCalendar.Of([(one, start), (two, start.AddDays(30))], Guidance.Content.Loaded.Plans.Schedules, through);
        Assert.All(calendar.Due, d => Assert.True(d.On >= start && d.On <= through && d.NoLaterThan >= d.On));
        Assert.Equal(calendar.Due.Select(d => d.On).Order(), calendar.Due.Select(d => d.On));
    });

    [Fact]
    public void A_longer_look_ahead_changes_no_earlier_day() => Gen.Select(Treatment, Day, Gen.Int[0, 400], Gen.Int[0, 400]).Sample((treatment, start, few, more) =>
    {
        var shorter = MonitoringCalendar.Of([(treatment, start)], Guidance.Content.Loaded.Plans.Schedules, start.AddDays(few));
        var longer = MonitoringCalendar.Of([(treatment, start)], Guidance.Content.Loaded.Plans.Schedules, start.AddDays(few + more));
        Assert.Equal(shorter.Due, longer.Due.Where(d => d.On <= start.AddDays(few)));
    });

    [Fact]
    public void No_two_planned_days_of_a_check_lie_further_apart_than_its_words_allow() => Gen.Select(Gen.Int[1, 12], Gen.Int[0, 4], Day).Sample((weeks, more, start) =>
    {
        var due = Of($"every {weeks}-{weeks + more} weeks", start, start.AddYears(2)).Due;
        foreach (var (one, next) in due.Zip(due.Skip(1))) Assert.InRange(next.On.DayNumber - one.On.DayNumber, 7 * weeks, 7 * (weeks + more));
    });

    [Fact]
    public void A_calendar_survives_writing_and_reading() => Gen.Select(Treatment, Day).Sample((treatment, start) =>
    {
        var plan = new Plan
        {
            Id = "p1",
            Patient = "A-017",
            Version = 3,
            State = PlanState.Active,
            Content = new() { Goal = "g", Steps = [new(treatment.Id, "r", null, start)], Tasks = [new("call", "nurse", start)], Questions = ["?"] },
            Basis = new("r1", "x", start, ["esmo-2024"], "1", "2", "3", [new("a", "option", ["e/r"])]),
            Calendar = MonitoringCalendar.Of([(treatment, start)], Guidance.Content.Loaded.Plans.Schedules, start.AddYears(1)),
        };
        var bytes = PlanJson.Write(plan);
        var back = PlanJson.ReadPlan(bytes);
        Assert.Equal(bytes, PlanJson.Write(back));
        Assert.Equal(plan.Calendar.Due, back.Calendar.Due);
        Assert.Equal(plan.Calendar.Undated, back.Calendar.Undated);
    });

    private static MonitoringCalendar Of(string steps, DateOnly? start, DateOnly through)
    {
        var parsed = steps.Split(", ").Select(text => Schedule.TryParse(text, out var step) ? step : throw new ArgumentException(text, nameof(steps)));
        var treatment = new Treatment { Id = "t", Kind = "targeted", Monitoring = [new(Phrase.Same("blood"), Phrase.Same("now and then"), default, default)] };
        return MonitoringCalendar.Of([(treatment, start)], [new("now and then", [.. parsed])], through);
    }
}
