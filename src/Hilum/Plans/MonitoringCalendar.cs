using Hilum.Options;

namespace Hilum.Plans;

/// <summary>A check that falls due.</summary>
/// <param name="On">The day planned: the short end, where the source gives a range.</param>
/// <param name="NoLaterThan">The last day that the source allows; equal to <paramref name="On"/> without a range.</param>
/// <param name="Treatment">Id of the treatment that asks for it.</param>
/// <param name="Item">What, and the words of the source for when.</param>
public sealed record DueCheck(DateOnly On, DateOnly NoLaterThan, string Treatment, Monitoring Item);

/// <summary>Why a check has no date, or none after some day.</summary>
public enum UndatedReason : byte
{
    /// <summary>The step of the plan has no start date yet.</summary>
    NoStart,

    /// <summary>The words of the source name no dates.</summary>
    NoDates,

    /// <summary>The words of the source name dates at first, then none.</summary>
    NoDatesLater,
}

/// <summary>A check that is asked for, but not on known days.</summary>
public sealed record UndatedCheck(string Treatment, Monitoring Item, UndatedReason Reason);

/// <summary>What is to be checked when, computed from the monitoring of the chosen treatments. Nothing is left out: a check without a date is listed as such.</summary>
/// <param name="Through">The last day that the calendar covers.</param>
/// <param name="Due">Checks by day, then treatment, then as the treatment lists them.</param>
/// <param name="Undated">Checks without days, or without days after the first ones.</param>
public sealed record MonitoringCalendar(DateOnly Through, IReadOnlyList<DueCheck> Due, IReadOnlyList<UndatedCheck> Undated)
{
    /// <summary>How far a calendar looks ahead of the first start.</summary>
    public static readonly CalendarSpan Ahead = new(12, CalendarUnit.Month);

    /// <summary>Computes the calendar.</summary>
    /// <param name="chosen">Treatments in the order of the plan, each with its start, if known.</param>
    /// <param name="schedules">What the words of the treatments mean as dates.</param>
    /// <param name="through">The last day to cover.</param>
    public static MonitoringCalendar Of(IReadOnlyList<(Treatment Treatment, DateOnly? Start)> chosen, IReadOnlyList<Schedule> schedules, DateOnly through)
    {
        var due = new List<DueCheck>();
        var undated = new List<UndatedCheck>();
        foreach (var (treatment, start) in chosen)
        {
            foreach (var item in treatment.Monitoring)
            {
                var schedule = schedules.FirstOrDefault(s => s.Says == item.When.En);
                if (start is null) undated.Add(new(treatment.Id, item, UndatedReason.NoStart));
                else if (schedule is null || schedule.Steps.All(s => s.Kind is ScheduleStepKind.Open)) undated.Add(new(treatment.Id, item, UndatedReason.NoDates));
                else Add(treatment.Id, item, schedule, start.Value);
            }
        }

        return new(through, [.. due.OrderBy(d => d.On).ThenBy(d => d.Treatment, StringComparer.Ordinal)], undated);

        void Add(string treatment, Monitoring item, Schedule schedule, DateOnly start)
        {
            foreach (var (on, latest) in Days(schedule, start, through)) due.Add(new(on, latest, treatment, item));
            if (schedule.Steps[^1].Kind is ScheduleStepKind.Open) undated.Add(new(treatment, item, UndatedReason.NoDatesLater));
        }
    }

    private static IEnumerable<(DateOnly On, DateOnly Latest)> Days(Schedule schedule, DateOnly start, DateOnly through)
    {
        var from = start;
        foreach (var step in schedule.Steps)
        {
            switch (step.Kind)
            {
                case ScheduleStepKind.Start when start <= through:
                    yield return (start, start);
                    break;
                case ScheduleStepKind.At:
                    from = step.Shortest.After(start); // what follows counts from here, also when this day is not shown
                    if (from <= through) yield return (from, step.Longest.After(start));
                    break;
                case ScheduleStepKind.Every:
                    var end = step.Until?.After(start) ?? through;
                    var begin = from;
                    for (var times = 1; step.Shortest.After(begin, times) is var on && on <= end && on <= through; times++)
                    {
                        var latest = step.Longest == step.Shortest ? on : step.Longest.After(from);
                        yield return (on, latest > on ? latest : on);
                        from = on;
                    }

                    break;
            }
        }
    }
}
