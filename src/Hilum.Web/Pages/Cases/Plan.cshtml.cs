using System.Collections.Immutable;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Plans;
using Hilum.Storage;
using Hilum.Web.Patients;
using Hilum.Web.SignIn;
using Hilum.Web.Wording;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Hilum.Web.Pages.Cases;

/// <summary>The plan: treatments chosen in order, with reasons; what is to be checked when; signed versions and what changed between them.</summary>
internal sealed class PlanModel : CasePage
{
    private const int LongestText = 4000;
    private const int MostSteps = 12;
    private const int MostQuestions = 100;

    /// <summary>What is wrong; every fault at once.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>Whether nothing was taken, because the plan was changed meanwhile.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>The plan as it stands.</summary>
    public CasePlan Plan => Open.Plan;

    /// <summary>Whether the last signed version is what stands in the form.</summary>
    public bool IsAsSigned => Plan.Signed is [.., { } last] && !Differences(last.Plan, Plan).Any();

    /// <summary>Treatments marked on the planning screen that are not in the plan yet.</summary>
    public IReadOnlyList<string> Marked => [.. Request.Query["t"].OfType<string>().Distinct(StringComparer.Ordinal).Where(t => Guidance.Catalogue.Find(t) is not null && Plan.Draft.Steps.All(s => s.Treatment != t))];

    /// <summary>What stands in the field of questions: what was typed while it cannot be kept, else what is kept.</summary>
    public string Questions => Problems.Count > 0 && Lines(Request.Form).Length > MostQuestions ? Request.Form["questions"].ToString() : string.Join("\n", Plan.Draft.Questions);

    /// <summary>Options that can be chosen, in their order: nothing is hidden, and a choice against the list takes the same effort.</summary>
    public IEnumerable<IGrouping<Standing, Option>> Choices => Answer.Words.InOrder(Answer.Assessment.Options).GroupBy(o => o.Standing);

    /// <summary>The option of a step; null outside scope.</summary>
    public Option? OptionOf(PlanStep step) => Answer.Assessment.Options.FirstOrDefault(o => o.Treatment.Id == step.Treatment);

    /// <summary>The checks that the steps ask for.</summary>
    public MonitoringCalendar Calendar
    {
        get
        {
            var starts = Plan.Draft.Steps.Select(s => s.Start).OfType<DateOnly>().ToList();
            return MonitoringCalendar.Of([.. Plan.Draft.Steps.Select(s => (Guidance.Catalogue.Find(s.Treatment)!, s.Start))], Guidance.Plans.Schedules, MonitoringCalendar.Ahead.After(starts.Count > 0 ? starts.Min() : Answer.Case.AsOf));
        }
    }

    /// <summary>Treatments whose status is not what it was when a version was signed.</summary>
    public IEnumerable<(Treatment Treatment, string Then, string Now)> Moved(SignedPlan signed) => Answer.Assessment.Options
        .Where(o => signed.Statuses.TryGetValue(o.Treatment.Id, out var then) && then != o.Standing.Id())
        .Select(o => (o.Treatment, signed.Statuses[o.Treatment.Id], o.Standing.Id()));

    /// <summary>What differs between two versions, field by field.</summary>
    public IEnumerable<(string Field, string Before, string After)> Differences(CasePlan before, CasePlan after) => Fields(before).Zip(Fields(after))
        .Where(p => p.First.Value != p.Second.Value).Select(p => (p.First.Key, p.First.Value, p.Second.Value));

    /// <summary>Takes what was sent. What was sent twice counts once; what was changed meanwhile in another window is not written over unseen.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var id = Open.Id;
        var problems = new List<string>();
        var signs = false;
        CasePlan? refused = null;
        var changed = Patients.Change(id, open =>
        {
            var seen = int.TryParse(Request.Form["version"], out var version) ? Patients.Find(id, version)!.Plan : open.Plan;
            var typed = Drafted(seen, problems);
            var plan = open.Plan;
            if (IsSameDraft(seen, plan)) plan = plan with { Draft = typed.Draft, Reasons = typed.Reasons };
            else if (!IsSameDraft(typed, plan)) refused = typed;
            if (refused is not null) return open;
            if (Request.Form["do"] == "sign") plan = Sign(plan, Request.Form, problems);
            signs = plan.Signed.Count > open.Plan.Signed.Count;
            return open with { Plan = plan };
        })!;
        if (signs) await Keep(changed, problems);
        if (refused is null && problems.Count == 0) return new RedirectResult(Url.Content($"~/cases/{id}/plan"));
        Response.StatusCode = refused is null ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict;
        Show(refused is null ? Patients.Find(id)! : changed with { Plan = changed.Plan with { Draft = refused.Draft, Reasons = refused.Reasons } });
        if (refused is not null) problems.InsertRange(0, Differences(refused, changed.Plan).Select(d => T["plan.meanwhile.now", d.Field, d.After.Length > 0 ? d.After : T["plan.meanwhile.nothing"]]).Prepend(T["plan.meanwhile"]));
        (Problems, IsRefused) = (problems, refused is not null);
        return Page();
    }

    /// <summary>Whether two plans say the same of what this page changes.</summary>
    private bool IsSameDraft(CasePlan one, CasePlan other) => DraftFields(one).SequenceEqual(DraftFields(other));

    private async Task Keep(OpenCase changed, List<string> problems)
    {
        Show(changed);
        try
        {
            await HttpContext.RequestServices.GetRequiredService<PlanShelf>().Keep(HttpContext.RequestServices.GetRequiredService<Gate>().IdOf(User) ?? "local", Answer, changed.Plan.Signed[^1], Calendar);
        }
        catch (Exception e) when (e is StoreException or ConflictException)
        {
            // what is not kept is not signed: the next press signs it again
            Patients.Change(changed.Id, open => open with { Plan = open.Plan with { Signed = open.Plan.Signed.Remove(changed.Plan.Signed[^1]) }, StoredPlan = changed.StoredPlan });
            problems.Add(T["plan.not-stored", e.Message]);
        }
    }

    /// <summary>The plan as it stood in the form that was sent, and what its button does to it; a signature is another matter.</summary>
    private CasePlan Drafted(CasePlan plan, List<string> problems)
    {
        var form = Request.Form;
        if (form.ContainsKey("step")) plan = InOrder(plan, [.. form["step"].OfType<string>().Where(t => Guidance.Catalogue.Find(t) is not null).Distinct(StringComparer.Ordinal).Take(MostSteps)]);
        if (form.ContainsKey("goal")) plan = Edited(plan, form, problems);
        var steps = plan.Draft.Steps.ToList();
        var reasons = plan.Reasons.ToList();
        var (what, at) = form["do"].ToString().Split(':') is [var word, var number] && int.TryParse(number, out var index) && index >= 0 && index < steps.Count ? (word, index) : (form["do"].ToString(), -1);
        switch (what)
        {
            case "add":
                foreach (var treatment in form["treatment"].OfType<string>().Where(t => Guidance.Catalogue.Find(t) is not null && steps.TrueForAll(s => s.Treatment != t)).Distinct(StringComparer.Ordinal).ToList())
                {
                    if (steps.Count == MostSteps)
                    {
                        problems.Add(T["plan.too-many-steps", MostSteps, Answer.Words.Name(treatment)]);
                        continue;
                    }

                    steps.Add(new(treatment, null, null, null));
                    reasons.Add("");
                }

                break;
            case "remove" when at >= 0:
                steps.RemoveAt(at);
                reasons.RemoveAt(at);
                break;
            case "up" when at > 0:
                (steps[at], steps[at - 1]) = (steps[at - 1], steps[at]);
                (reasons[at], reasons[at - 1]) = (reasons[at - 1], reasons[at]);
                break;
        }

        return plan with { Draft = plan.Draft with { Steps = steps }, Reasons = [.. reasons] };
    }

    /// <summary>The steps of these treatments, in this order, with what is known of each.</summary>
    private static CasePlan InOrder(CasePlan plan, List<string> treatments)
    {
        var before = plan.Draft.Steps.ToList();
        var places = treatments.ConvertAll(t => before.FindIndex(s => s.Treatment == t));
        return plan with
        {
            Draft = plan.Draft with { Steps = [.. places.Select((at, i) => at < 0 ? new PlanStep(treatments[i], null, null, null) : before[at])] },
            Reasons = [.. places.Select(at => at >= 0 && at < plan.Reasons.Count ? plan.Reasons[at] : "")],
        };
    }

    private CasePlan Edited(CasePlan plan, IFormCollection form, List<string> problems)
    {
        var steps = plan.Draft.Steps.Select((step, i) => form.ContainsKey($"reason.{i}") ? step with { Reason = Text(form, $"reason.{i}"), NextWhen = Text(form, $"next.{i}"), Start = Day(form[$"start.{i}"].ToString(), step.Start, problems) } : step).ToList();
        var questions = Lines(form);
        if (questions.Length > MostQuestions) problems.Add(T["plan.too-many-questions", questions.Length, MostQuestions]);
        return plan with
        {
            Draft = plan.Draft with { Goal = Text(form, "goal"), Steps = steps, Questions = questions.Length > MostQuestions ? plan.Draft.Questions : questions },
            Reasons = [.. plan.Draft.Steps.Select((_, i) => Array.Exists(Guidance.Plans.Reasons, r => r.Id == form[$"code.{i}"]) ? form[$"code.{i}"].ToString() : "")],
        };
    }

    private CasePlan Sign(CasePlan plan, IFormCollection form, List<string> problems)
    {
        var role = form["role"].ToString();
        if (!Array.Exists(Guidance.Plans.Disciplines, d => d.Id == role)) problems.Add(T["plan.needs-role"]);
        if (string.IsNullOrWhiteSpace(plan.Draft.Goal)) problems.Add(T["plan.needs-goal"]);
        if (plan.Draft.Steps.Count == 0) problems.Add(T["plan.needs-step"]);
        if (problems.Count > 0) return plan;
        var bare = plan with { Signed = [] };
        // the same plan signed twice by a second press is one version
        if (plan.Signed is [.., { } last] && last.Role == role && last.Released == (form["release"] == "yes") && !Differences(last.Plan, bare).Any()) return plan;
        var statuses = Answer.Assessment.Options.ToImmutableSortedDictionary(o => o.Treatment.Id, o => o.Standing.Id(), StringComparer.Ordinal);
        return plan with { Signed = plan.Signed.Add(new(plan.Signed.Count + 1, bare, role, Today, form["release"] == "yes", Guidance.Sha256, statuses)) };
    }

    private static string[] Lines(IFormCollection form) => (Text(form, "questions") ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A day in full; what is none is told, and the day before it stays.</summary>
    private DateOnly? Day(string text, DateOnly? before, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (Typed.Day(text) is { } day) return day;
        problems.Add(T["plan.bad-day", text]);
        return before;
    }

    private IEnumerable<KeyValuePair<string, string>> Fields(CasePlan plan)
    {
        foreach (var field in DraftFields(plan)) yield return field;
        yield return new(T["board.question"], plan.Question);
        yield return new(T["board.decision"], plan.Decision);
        yield return new(T["board.set-aside"], plan.SetAside);
        yield return new(T["board.dissent"], plan.Dissent);
        yield return new(T["board.next"], plan.Next);
        yield return new(T["board.trial"], plan.Trial is { } trial ? T.Says(trial.Offered, trial.WhyNot) : "");
    }

    private IEnumerable<KeyValuePair<string, string>> DraftFields(CasePlan plan)
    {
        yield return new(T["plan.goal"], plan.Draft.Goal ?? "");
        yield return new(T["plan.steps"], string.Join("; ", plan.Draft.Steps.Select((s, i) => string.Join(", ", new[] { Answer.Words.Name(s.Treatment), ReasonText(plan, i), s.Start?.ToString("yyyy-MM-dd") ?? "", s.NextWhen ?? "" }.Where(t => t.Length > 0)))));
        yield return new(T["plan.questions"], string.Join("; ", plan.Draft.Questions));
    }

    /// <summary>The reason of a step: its code in words, and what was written.</summary>
    public string ReasonText(CasePlan plan, int step)
    {
        var code = step < plan.Reasons.Count && Array.Find(Guidance.Plans.Reasons, r => r.Id == plan.Reasons[step]) is { } known ? T.In(known.Label) : "";
        return string.Join(T.Guidance("list.colon"), new[] { code, plan.Draft.Steps[step].Reason ?? "" }.Where(t => t.Length > 0));
    }

    private static string? Text(IFormCollection form, string name) => Typed.Text(form[name].ToString(), LongestText) is { Length: > 0 } text ? text : null;
}
