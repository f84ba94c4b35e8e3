using System.ComponentModel;
using Hilum.Plans;

namespace Hilum.Web.Api;

// The shapes of requests, as the description of the API shows them; Plan calls read them member by member, so that every fault is listed.

[Description("A patient, by a local id: no name, no date of birth.")]
internal sealed record NewPatient([property: Description("1 to 64 letters, digits, dots or hyphens.")] string Id);

[Description("A new plan. Nothing is chosen until steps say so.")]
internal sealed record NewPlan(
    [property: Description("Id of the stored record that it rests on.")] string Record,
    [property: Description("The day it is judged on (YYYY-MM-DD); else the record's own, else today.")] string? AsOf,
    [property: Description("Editions to judge by; none for every current one.")] IReadOnlyList<string>? Editions,
    string? Goal, IReadOnlyList<PlanStep>? Steps, IReadOnlyList<string>? Questions, IReadOnlyList<PlanTask>? Tasks, string? Supersedes);

[Description("The next state of a plan.")]
internal sealed record NewState([property: Description("draft, proposed, discussed, agreed, active or withdrawn.")] string To);

[Description("A decision on one treatment. Accepting, changing and declining ask for the same.")]
internal sealed record NewDecision(string Treatment, [property: Description("accepted, changed or declined.")] string Decision, [property: Description("A code of GET /api/v1/codes.")] string Reason, string? Note);

[Description("What a tumour board noted.")]
internal sealed record NewNote(string Question, [property: Description("Disciplines, codes of GET /api/v1/codes; no names.")] IReadOnlyList<string> Present, string? Answer, IReadOnlyList<Dissent>? Dissent, IReadOnlyList<PlanTask>? FollowUp,
    [property: Description("What matters to the patient, as it was read out.")] string? Wishes, string? SetAside,
    [property: Description("The states that the case reached, oldest first.")] IReadOnlyList<NewBoardStep>? States,
    [property: Description("Who brings which missing fact.")] IReadOnlyList<FactOwner>? Owners,
    [property: Description("Whether a trial was offered; where not, why not. Absent while nobody said.")] TrialOffer? Trial,
    [property: Description("What became of the plan: whether it was followed and, where not, why not; the response (CR, PR, SD, PD) and outcome at 3 months.")] LoopBack? LoopBack);

[Description("A state that a case reached. A case that is deferred needs its reason; one that is followed up needs loopBack.")]
internal sealed record NewBoardStep([property: Description("draft, ready, discussed, deferred, plan-sent or followed-up.")] string State, DateOnly On, [property: Description("A role rather than a name.")] string Owner, string? Reason);

[Description("A signature under the version named by If-Match.")]
internal sealed record NewSignOff([property: Description("A discipline, or patient.")] string Role);
