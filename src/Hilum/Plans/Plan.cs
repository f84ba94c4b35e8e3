namespace Hilum.Plans;

/// <summary>A chosen treatment, in its place among the steps of a plan.</summary>
/// <param name="Treatment">Id of the catalogue.</param>
/// <param name="Reason">Why the team chose it, in its own words; null when nothing was said.</param>
/// <param name="NextWhen">What must happen before the next step begins; null when nothing was said.</param>
/// <param name="Start">The day it starts or started; null while unknown.</param>
public sealed record PlanStep(string Treatment, string? Reason, string? NextWhen, DateOnly? Start);

/// <summary>Something that somebody does.</summary>
/// <param name="What">What is to be done.</param>
/// <param name="Who">Who does it; a role rather than a name.</param>
/// <param name="By">The day by which; null when none was set.</param>
public sealed record PlanTask(string What, string Who, DateOnly? By);

/// <summary>The parts of a plan that people write. Nothing is chosen until somebody chooses it: the default is empty.</summary>
public sealed record PlanDraft
{
    /// <summary>What the plan is for, in the words agreed with the patient.</summary>
    public string? Goal { get; init; }

    /// <summary>The chosen treatments in order.</summary>
    public IReadOnlyList<PlanStep> Steps { get; init; } = [];

    /// <summary>Questions still open.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    /// <summary>Who does what.</summary>
    public IReadOnlyList<PlanTask> Tasks { get; init; } = [];

    /// <summary>The plan whose place this one takes when it becomes active; null for none.</summary>
    public string? Supersedes { get; init; }
}

/// <summary>What a plan rests on: the record, the day, the editions and the content that it was judged by.</summary>
/// <param name="Record">Id of the stored record.</param>
/// <param name="RecordSha256">The hash of that record as received.</param>
/// <param name="AsOf">The day it was judged on.</param>
/// <param name="Editions">Editions named; empty for every current one.</param>
/// <param name="ContentVersion">The release of the guidance.</param>
/// <param name="ContentSha256">The hash of the guidance.</param>
/// <param name="AnswerSha256">The hash of the answer (<c>plan --format json</c>, English).</param>
/// <param name="Statuses">The status of every treatment in that answer, in ordinal order of treatment.</param>
public sealed record PlanBasis(string Record, string RecordSha256, DateOnly AsOf, IReadOnlyList<string> Editions, string ContentVersion, string ContentSha256, string AnswerSha256, IReadOnlyList<JudgedTreatment> Statuses);

/// <summary>What a treatment was judged to be.</summary>
/// <param name="Treatment">Id of the catalogue.</param>
/// <param name="Status">Its status, in the words of the answer.</param>
/// <param name="Rules">The recommendations that the status rests on, as <c>edition/recommendation</c>; none where no edition speaks.</param>
public sealed record JudgedTreatment(string Treatment, string Status, IReadOnlyList<string> Rules);

/// <summary>One version of a plan. A version never changes; each change makes the next one.</summary>
public sealed record Plan
{
    /// <summary>The id that all its versions share.</summary>
    public required string Id { get; init; }

    /// <summary>Local id of the patient.</summary>
    public required string Patient { get; init; }

    /// <summary>1 for the first version.</summary>
    public required int Version { get; init; }

    /// <summary>Where it stands.</summary>
    public required PlanState State { get; init; }

    /// <summary>What people wrote.</summary>
    public required PlanDraft Content { get; init; }

    /// <summary>What it rests on.</summary>
    public required PlanBasis Basis { get; init; }

    /// <summary>The checks that the chosen treatments ask for.</summary>
    public required MonitoringCalendar Calendar { get; init; }

    /// <summary>The next version in another state.</summary>
    /// <param name="next">The state wanted.</param>
    /// <param name="changed">The next version, when there is no problem.</param>
    /// <returns>Every reason against it; empty when it was done.</returns>
    public IReadOnlyList<Problem> Move(PlanState next, out Plan changed)
    {
        changed = this;
        if (!State.MayBecome(next))
            return [new("to", $"a plan that is {State.Id()} cannot become {next.Id()}; {(State.IsFinal() ? "this state is final" : $"it may become {string.Join(", ", State.Next().Select(s => s.Id()))}")}")];
        var problems = new List<Problem>();
        if (next is not (PlanState.Draft or PlanState.Withdrawn or PlanState.Superseded))
        {
            if (string.IsNullOrWhiteSpace(Content.Goal)) problems.Add(new("goal", "a plan needs its goal before it is put before others"));
            if (Content.Steps.Count == 0) problems.Add(new("steps", "a plan needs a chosen treatment (watching and supportive care are treatments too) before it is put before others"));
        }

        if (problems.Count == 0) changed = this with { Version = Version + 1, State = next };
        return problems;
    }

    /// <summary>The next version with other content. Only a draft changes.</summary>
    /// <param name="content">What people wrote now.</param>
    /// <param name="calendar">The checks that it asks for.</param>
    /// <param name="changed">The next version, when there is no problem.</param>
    public IReadOnlyList<Problem> Edit(PlanDraft content, MonitoringCalendar calendar, out Plan changed)
    {
        changed = this;
        if (State is not PlanState.Draft)
            return [new("", $"this plan is {State.Id()}, and only a draft changes; {(State.MayBecome(PlanState.Draft) ? "take it back to draft first" : "write a new plan that supersedes it")}")];
        changed = this with { Version = Version + 1, Content = content, Calendar = calendar };
        return [];
    }
}

/// <summary>Something wrong in what was sent: where (a JSON pointer without its first slash; empty for the whole) and what was expected.</summary>
public sealed record Problem(string At, string Says)
{
    /// <inheritdoc/>
    public override string ToString() => At.Length == 0 ? Says : $"{At}: {Says}";
}
