using System.Collections.Immutable;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Plans;
using Hilum.Storage;
using Hilum.Web.Components;
using Hilum.Web.Patients;
using Hilum.Web.SignIn;
using Hilum.Web.Wording;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Hilum.Web.Pages.Cases;

/// <summary>The tumour board: one screen, one printed page. With <c>?presenter=1</c> nothing that names the case.</summary>
internal sealed class BoardModel : CasePage
{
    private const int LongestText = 2000;
    private const int LongestRole = 100;
    private const int MostStates = 50;

    private static readonly string[] Headline = ["age", "sex", "histology", "sarcomatoid", "metastatic-sites", "primary-in-place", "line", "karnofsky", "ecog"];

    /// <summary>The fields that can have a fault, as they stand on the page.</summary>
    private static readonly ImmutableArray<string> Order = ["question", "decision", "set-aside", "dissent", "next", "present", "trial", "trial-why", "save", "state", "state-on", "state-owner", "state-why", "followed", "followed-why", "response", "outcome", "outcome-on"];

    /// <summary>Whether nothing that names the case is shown.</summary>
    public bool Presenter => Request.Query["presenter"] == "1";

    /// <summary>The facts that a board asks for first; those not known say so.</summary>
    public IEnumerable<CaseFact> Facts => Headline.Where(id => Guidance.Facts.FindById(id) is not null).Select(id => Answer.Case[id]);

    /// <summary>Options on offer, in their order.</summary>
    public IReadOnlyList<Option> Offered => [.. Answer.Words.InOrder(Answer.Assessment.Options.Where(o => o.Standing.IsOffered()))];

    /// <summary>Options that must not be given, or that need facts first.</summary>
    public IReadOnlyList<Option> With(Standing standing) => [.. Answer.Words.InOrder(Answer.Assessment.Options.Where(o => o.Standing == standing))];

    /// <summary>What is said of an option behind its name: how strongly and by how many it is offered, who disagrees, and how many facts not known yet could forbid it or speak against it.</summary>
    public string Says(Option option)
    {
        var (card, words) = (new OptionCard(Answer, option, false), Answer.Words);
        var said = $"{T.Guidance("list.colon")}{words.StatusWord(option)} ({card.Offering})";
        if (option.Disagreement) said += "; " + T.Guidance("status.disagreement", words.All(option.AdvisedAgainst));
        if (option.PerhapsAgainstBy.Count > 0) said += "; " + T.Guidance("status.perhaps-disagreement", words.All(option.PerhapsAgainstBy));
        var (forbid, avoid) = (card.CheckFirst(Severity.Contraindicated), card.CheckFirst(Severity.Avoid));
        if (forbid + avoid > 0) said += "; " + T["board.check", forbid, avoid];
        return card.Applying(Severity.AdjustDose) > 0 ? said + "; " + T.Guidance("severity.adjust-dose") : said;
    }

    /// <summary>What is missing, most telling first, as far as the board has room for it.</summary>
    public IEnumerable<string> Missing => Answer.Assessment.Missing.Take(6).Select(m => m.Fact);

    /// <summary>What could not be kept: the field, and why. Every fault at once.</summary>
    public IReadOnlyList<(string Field, string Says)> Problems { get; private set; } = [];

    /// <summary>What stands in a field: what was typed while there is a fault, else what is kept.</summary>
    public string Value(string field, string? kept = null) => (Problems.Count > 0 ? Request.Form[field].ToString() : kept) ?? "";

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public string? Wrong(string field) => Problems.FirstOrDefault(p => p.Field == field).Says;

    /// <summary>A line of text.</summary>
    public NotedField Field(string name, string? kept = null) => new(name, T["board." + name], Value(name, kept), Wrong(name));

    /// <summary>Yes, no, or what nobody said yet.</summary>
    public NotedField YesNo(string name, bool? kept) => new(name, T["board." + name], Value(name, kept switch { true => "yes", false => "no", _ => "" }), Wrong(name)) { Choices = [("", T["board.not-noted"]), ("yes", T["value.yes"]), ("no", T["value.no"])] };

    /// <summary>The state that is reached now.</summary>
    public NotedField States => Field("state") with { Label = T["board.state.now"], Choices = [("", T["board.state.same"]), .. BoardStates.All.Select(s => (s.Id(), T["board.state." + s.Id()]))] };

    /// <summary>The response at 3 months.</summary>
    public NotedField ThreeMonths => Field("response", Open.Plan.LoopBack?.Response) with { Choices = [("", T["board.not-noted"]), .. T.Responses.Select(r => (r.Code, T.Response(r.Code)))] };

    /// <summary>Who brings a missing fact.</summary>
    public NotedField Owner(string fact) => new("owner." + fact, Answer.Words.Label(fact), Value("owner." + fact, Open.Plan.Owners.GetValueOrDefault(fact)), null) { Longest = LongestRole };

    /// <summary>Keeps what the board noted; what has a fault stays in its field and is told.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var problems = new List<(string, string)>();
        var changed = Patients.Change(Open.Id, open => open with { Plan = Read(open.Plan, problems) })!;
        if (problems.Count == 0 && changed.StoredPlan is { } stored)
        {
            try
            {
                await HttpContext.RequestServices.GetRequiredService<PlanShelf>().Keep(HttpContext.RequestServices.GetRequiredService<Gate>().IdOf(User) ?? "local", stored, BoardNotes.Of(changed.Plan, changed.Wishes));
            }
            catch (Exception e) when (e is StoreException or ConflictException or InvalidDataException)
            {
                problems.Add(("save", T["board.not-stored", e.Message]));
            }
        }

        if (problems.Count == 0) return new RedirectResult(Url.Content($"~/cases/{Open.Id}/board{(Presenter ? "?presenter=1" : "")}"));
        Problems = [.. problems.OrderBy(p => Order.IndexOf(p.Item1))];
        Response.StatusCode = StatusCodes.Status400BadRequest;
        Show(changed);
        return Page();
    }

    private CasePlan Read(CasePlan plan, List<(string Field, string Says)> problems)
    {
        var form = Request.Form;
        var seen = int.TryParse(form["version"], out var version) ? Patients.Find(Open.Id, version)!.Plan : plan;
        var read = plan with
        {
            Decision = Merged("decision", seen, plan, p => p.Decision, problems),
            SetAside = Merged("set-aside", seen, plan, p => p.SetAside, problems),
            Dissent = Merged("dissent", seen, plan, p => p.Dissent, problems),
            Next = Merged("next", seen, plan, p => p.Next, problems),
            Present = !form.ContainsKey("question") ? plan.Present : [.. Chosen("present", problems, p => Array.Exists(Guidance.Plans.Disciplines, d => d.Id == p))],
            Owners = plan.Owners.RemoveRange(Missing.Where(f => form.ContainsKey("owner." + f)))
                .AddRange(Missing.Select(f => KeyValuePair.Create(f, Text("owner." + f, LongestRole))).Where(o => o.Value.Length > 0 && form.ContainsKey("owner." + o.Key))),
            Trial = form.ContainsKey("trial") ? Trial(plan.Trial, problems) : plan.Trial,
            LoopBack = form.ContainsKey("followed") ? LoopBack(plan.LoopBack, plan.States, problems) : plan.LoopBack,
        };
        var next = State(plan, read.LoopBack, problems);
        // the question may be taken back only while nothing rests on it
        var question = Merged("question", seen, plan, p => p.Question, problems);
        if (question.Length == 0 && (next is null ? plan.States : plan.States.Add(next)).Find(s => s.State.NeedsQuestion()) is { } rests)
        {
            if (!problems.Exists(p => p.Field == "question")) problems.Add(("question", T["board.needs-question", T["board.state." + rests.State.Id()]]));
            return read;
        }

        read = read with { Question = question };
        return next is null || next == plan.States.LastOrDefault() ? read : read with { States = plan.States.Add(next) };
    }

    /// <summary>A text that nobody changed on this page stays as another page left it. Where both changed, the typed one stays in its field, and the other is told.</summary>
    private string Merged(string name, CasePlan seen, CasePlan plan, Func<CasePlan, string> text, List<(string Field, string Says)> problems)
    {
        var (shown, now) = (Typed.Text(text(seen), int.MaxValue), text(plan));
        if (!Request.Form.ContainsKey(name) || Text(name, int.MaxValue) is var typed && (typed == shown || typed == now)) return now;
        if (shown != Typed.Text(now, int.MaxValue)) problems.Add((name, T["board.written-meanwhile", now.Length == 0 ? T["board.not-noted"] : now]));
        else if (typed.Length > LongestText) problems.Add((name, T["board.too-long", typed.Length, LongestText]));
        else return typed;
        return now;
    }

    private TrialOffer? Trial(TrialOffer? kept, List<(string Field, string Says)> problems)
    {
        var (offered, why) = (YesNo("trial", problems), Maybe("trial-why"));
        if (offered is null && why is not null && Request.Form["trial"] == "") problems.Add(("trial", T["board.needs-trial"]));
        else if (offered is false && why is null) problems.Add(("trial-why", T["board.needs-trial-why"]));
        else return offered is { } said ? new(said, why) : null;
        return kept;
    }

    private LoopBack? LoopBack(LoopBack? kept, ImmutableList<BoardStep> states, List<(string Field, string Says)> problems)
    {
        var (known, followed, why) = (problems.Count, YesNo("followed", problems), Maybe("followed-why"));
        var response = Chosen("response", problems, code => T.Responses.Any(r => r.Code == code)).FirstOrDefault();
        var (on, outcome) = (Day("outcome-on", problems), Maybe("outcome"));
        if (followed is null && why is not null) problems.Add(("followed", T["board.needs-followed"]));
        if (followed is false && why is null) problems.Add(("followed-why", T["board.needs-followed-why"]));
        if (on is not null && response is null && outcome is null) problems.Add(("outcome", T["board.needs-outcome"]));
        if (problems.Count > known) return kept;
        if (followed is not null || response is not null || outcome is not null) return new(followed, why, response, on, outcome);
        if (!states.Exists(s => s.State.NeedsLoopBack())) return null;
        problems.Add(("followed", T["board.needs-loop-back"]));
        return kept;
    }

    /// <summary>The state that somebody says is reached now; null for none, or with a fault.</summary>
    private BoardStep? State(CasePlan plan, LoopBack? back, List<(string Field, string Says)> problems)
    {
        var (known, state, owner, why, on) = (problems.Count, BoardStates.Parse(Chosen("state", problems, s => BoardStates.Parse(s) is not null).FirstOrDefault()), Text("state-owner", LongestRole), Maybe("state-why"), Day("state-on", problems));
        if (state is not { } said)
        {
            if (owner.Length > 0 || why is not null || Text("state-on").Length > 0) problems.Add(("state", T["board.needs-state"]));
            return null;
        }

        if (plan.States.Count >= MostStates) problems.Add(("state", T["board.too-many-states", MostStates]));
        if (Text("state-on").Length == 0) problems.Add(("state-on", T["board.needs-day"]));
        if (owner.Length == 0) problems.Add(("state-owner", T["board.needs-owner"]));
        if (said.NeedsReason() && why is null) problems.Add(("state-why", T["board.needs-reason"]));
        if (said.NeedsLoopBack() && back is null && !problems.Exists(p => Order.IndexOf(p.Field) >= Order.IndexOf("followed"))) problems.Add(("followed", T["board.needs-loop-back"]));
        var step = problems.Count > known ? null : new BoardStep(said, on!.Value, owner, why);
        if (step is null && said.NeedsQuestion() && Text("question").Length == 0) problems.Add(("question", T["board.needs-question", T["board.state." + said.Id()]]));
        return step;
    }

    private DateOnly? Day(string name, List<(string Field, string Says)> problems)
    {
        var text = Text(name, LongestRole);
        if (text.Length == 0) return null;
        if (Typed.Day(text) is { } day) return day;
        problems.Add((name, T["plan.bad-day", text]));
        return null;
    }

    private bool? YesNo(string name, List<(string Field, string Says)> problems) => Chosen(name, problems, c => c is "yes" or "no").FirstOrDefault() is { } said ? said == "yes" : null;

    /// <summary>What was chosen of what there is to choose; anything else is told, as on a page that is older than the choices.</summary>
    private List<string> Chosen(string name, List<(string Field, string Says)> problems, Func<string, bool> isChoice)
    {
        var chosen = Request.Form[name].OfType<string>().Where(c => c.Length > 0).ToList();
        foreach (var other in chosen.Where(c => !isChoice(c))) problems.Add((name, T["board.no-choice", Typed.Text(other, LongestRole)]));
        return chosen.FindAll(c => isChoice(c));
    }

    private string? Maybe(string name) => Text(name) is { Length: > 0 } text ? text : null;

    private string Text(string name, int longest = LongestText) => Typed.Text(Request.Form[name].ToString(), longest);
}
