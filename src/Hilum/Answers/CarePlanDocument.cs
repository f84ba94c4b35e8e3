using Hilum.Guidance;
using Hilum.Plans;
using Hilum.Words;

namespace Hilum.Answers;

/// <summary>A stored plan in words: the same sentences as text and as a page.</summary>
public static class CarePlanDocument
{
    private static readonly string[] UndatedKeys = ["care-plan.undated.no-start-date", "care-plan.undated.no-dates-in-source", "care-plan.undated.no-dates-later"];

    /// <summary>Writes it.</summary>
    /// <param name="plan">The version.</param>
    /// <param name="content">The guidance, for words and names; a treatment that it no longer holds keeps its id.</param>
    /// <param name="language">The language.</param>
    public static Document Write(Plan plan, GuidanceContent content, Language language)
    {
        var document = new Document(Say("list.colon"));
        document.Heading(1, Say("care-plan.title", plan.Patient, plan.Version));
        document.Paragraph(Say("plan.banner"), Tone.Alert);
        document.Entry(0, Say("care-plan.state"), Say($"care-plan.state.{plan.State.Id()}"), Tone.Strong);
        if (plan.Content.Supersedes is { } older) document.Entry(0, Say("care-plan.supersedes"), older);
        document.Heading(2, Say("care-plan.goal"));
        document.Paragraph(plan.Content.Goal ?? Say("care-plan.goal.none"));
        Steps(document);
        Monitoring(document);
        if (plan.Content.Questions.Count > 0) document.Heading(2, Say("care-plan.questions"));
        foreach (var question in plan.Content.Questions) document.Entry(0, "", question);
        if (plan.Content.Tasks.Count > 0) document.Heading(2, Say("care-plan.tasks"));
        foreach (var task in plan.Content.Tasks) document.Entry(0, task.Who, task.By is { } by ? $"{task.What} ({Say("care-plan.by", Day(by))})" : task.What, Tone.Strong);
        document.Heading(2, Say("care-plan.basis"));
        document.Entry(0, Say("care-plan.basis.as-of"), Day(plan.Basis.AsOf));
        document.Entry(0, Say("care-plan.basis.editions"), plan.Basis.Editions.Count == 0 ? Say("care-plan.basis.editions.current") : string.Join(", ", plan.Basis.Editions));
        document.Entry(0, Say("care-plan.basis.content"), $"{plan.Basis.ContentVersion} (SHA-256 {plan.Basis.ContentSha256})");
        document.Entry(0, Say("care-plan.basis.record"), $"{plan.Basis.Record} (SHA-256 {plan.Basis.RecordSha256})");
        return document;

        void Steps(Document to)
        {
            to.Heading(2, Say("care-plan.steps"));
            if (plan.Content.Steps.Count == 0) to.Paragraph(Say("care-plan.steps.none"));
            foreach (var (number, step) in plan.Content.Steps.Index())
            {
                to.Entry(0, $"{number + 1}. {Name(step.Treatment)}", step.Start is { } start ? Say("care-plan.start", Day(start)) : Say("care-plan.start.none"), Tone.Strong);
                if (plan.Basis.Statuses.FirstOrDefault(s => s.Treatment == step.Treatment) is { } judged) to.Entry(1, Say("care-plan.status-then"), Say($"status.{judged.Status}"));
                if (step.Reason is not null) to.Entry(1, Say("care-plan.reason"), step.Reason);
                if (step.NextWhen is not null) to.Entry(1, Say("care-plan.next-when"), step.NextWhen);
            }
        }

        void Monitoring(Document to)
        {
            to.Heading(2, Say("care-plan.monitoring", Day(plan.Calendar.Through)));
            if (plan.Calendar.Due.Count + plan.Calendar.Undated.Count == 0) to.Paragraph(Say("care-plan.monitoring.none"));
            foreach (var day in plan.Calendar.Due.GroupBy(d => d.On))
            {
                to.Entry(0, Day(day.Key), "", Tone.Strong);
                foreach (var due in day)
                    to.Entry(1, due.Item.What.In(language), due.NoLaterThan > due.On ? Say("care-plan.no-later", Day(due.NoLaterThan)) : "");
            }

            if (plan.Calendar.Undated.Count > 0) to.Heading(3, Say("care-plan.undated"));
            foreach (var undated in plan.Calendar.Undated)
                to.Entry(0, $"{undated.Item.What.In(language)} ({Name(undated.Treatment)})", $"{undated.Item.When.In(language)}; {Say(UndatedKeys[(int)undated.Reason])}");
        }

        string Say(string key, params ReadOnlySpan<object?> parts) => content.Say(language, key, parts);
        string Name(string treatment) => content.Catalogue.Find(treatment)?.Name.In(language) ?? treatment;
        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd");
    }
}
