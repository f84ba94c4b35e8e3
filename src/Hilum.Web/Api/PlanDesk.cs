using Hilum.Guidance;
using Hilum.Plans;
using Hilum.Storage;
using Hilum.Words;

namespace Hilum.Web.Api;

/// <summary>What a plan must keep to beyond its form: treatments, patients and codes that there are.</summary>
internal static class PlanDesk
{
    /// <summary>Checks what people wrote against the guidance and the store.</summary>
    public static void Check(PlanDraft draft, string patient, string? self, GuidanceContent content, StoreReader reader, List<Problem> problems)
    {
        foreach (var (i, step) in draft.Steps.Index())
            if (content.Catalogue.Find(step.Treatment) is null) problems.Add(new($"steps/{i}/treatment", NotInCatalogue(step.Treatment)));
        if (draft.Supersedes is not { } older) return;
        if (older == self) problems.Add(new("supersedes", "a plan cannot take its own place"));
        else if (reader.Versions(older) is not [.., var head]) problems.Add(new("supersedes", "there is no plan of this id"));
        else if (head.Patient != patient) problems.Add(new("supersedes", "that plan is another patient's"));
    }

    /// <summary>The checks that chosen treatments ask for, from the first start, or from the day of the plan.</summary>
    public static MonitoringCalendar Calendar(PlanDraft draft, DateOnly asOf, GuidanceContent content)
    {
        var starts = draft.Steps.Where(s => s.Start is not null).Select(s => s.Start!.Value).ToList();
        var from = starts.Count > 0 ? starts.Min() : asOf;
        return MonitoringCalendar.Of([.. draft.Steps.Select(s => (content.Catalogue.Find(s.Treatment)!, s.Start))], content.Plans.Schedules, from.Year >= 9990 ? from : MonitoringCalendar.Ahead.After(from));
    }

    public static string NotInCatalogue(string treatment) => $"'{PlainText.Excerpt(treatment)}' is not a treatment of the catalogue; 'hilum guidance show' and GET {Routes.Root}/codes list them";
}
