using Hilum.Options;
using Hilum.Plans;

namespace Hilum.Guidance;

/// <content>The words of plans.</content>
public sealed partial class ContentLoader
{
    private PlanWords LoadPlanWords(Treatment[] treatments)
    {
        if (File("plans.yaml")?.Item() is not { } item) return PlanWords.None;
        var times = treatments.SelectMany(t => t.Monitoring).Select(m => m.When.En).ToHashSet(StringComparer.Ordinal);
        var schedules = item.Items("schedules").Select(i => LoadSchedule(i, times)).ToArray();
        foreach (var twice in schedules.GroupBy(s => s.Says, StringComparer.Ordinal).Where(g => g.Count() > 1)) item.Problem("schedules", $"'{twice.Key}' stands twice");
        var words = new PlanWords(schedules, LoadCodes(item, "reasons"), LoadCodes(item, "disciplines"));
        item.Done();
        return words;
    }

    private static Schedule LoadSchedule(YamlItem item, HashSet<string?> times)
    {
        var says = item.Required("says");
        if (!times.Contains(says)) item.Problem("says", $"no treatment has a time of monitoring '{says}'");
        var steps = new List<ScheduleStep>();
        if (item.Node("dates")?.Items is { } dates)
        {
            foreach (var node in dates)
            {
                if (node.Text is { } text && Schedule.TryParse(text, out var step)) steps.Add(step);
                else item.File.Problem(node, Schedule.Expected);
            }
        }

        if (steps.Count == 0) item.Problem("'dates' must list at least one step");
        else if (steps.SkipLast(1).Any(s => s.Kind is ScheduleStepKind.Open || (s.Kind is ScheduleStepKind.Every && s.Until is null))) item.Problem("dates", "a step without an end must stand last");
        item.Done();
        return new(says, [.. steps]);
    }

    private static PlanCode[] LoadCodes(YamlItem parent, string key)
    {
        var codes = parent.Items(key).Select(i =>
        {
            var code = new PlanCode(i.Required("id"), new(i.Required("en"), i.Required("fr")));
            i.Done();
            return code;
        }).ToArray();
        foreach (var twice in codes.GroupBy(c => c.Id, StringComparer.Ordinal).Where(g => g.Count() > 1)) parent.Problem(key, $"'{twice.Key}' stands twice");
        return codes;
    }
}
