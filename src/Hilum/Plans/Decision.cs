using Hilum.Words;

namespace Hilum.Plans;

/// <summary>What was decided about a treatment on offer.</summary>
public enum DecisionKind : byte
{
    /// <summary>Taken as it stands.</summary>
    Accepted,

    /// <summary>Taken, but in another way.</summary>
    Changed,

    /// <summary>Not taken.</summary>
    Declined,
}

/// <summary>A decision of the team about a treatment. The three kinds ask for the same: the treatment, the kind and a coded reason.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Plan">The plan it belongs to.</param>
/// <param name="PlanVersion">The version that was before the team.</param>
/// <param name="Treatment">Id of the catalogue.</param>
/// <param name="Kind">Accepted, changed, declined.</param>
/// <param name="Reason">A code of <c>guidance/plans.yaml</c>.</param>
/// <param name="Note">Words to it; null for none.</param>
public sealed record Decision(string Id, string Plan, int PlanVersion, string Treatment, DecisionKind Kind, string Reason, string? Note);

/// <summary>A view that differed.</summary>
/// <param name="Discipline">Whose, a code of <c>guidance/plans.yaml</c>.</param>
/// <param name="Says">What was held.</param>
public sealed record Dissent(string Discipline, string Says);

/// <summary>What a tumour board noted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Plan">The plan it discussed.</param>
/// <param name="PlanVersion">The version that was before it.</param>
/// <param name="Question">What the board is asked; empty while nobody said.</param>
/// <param name="Present">Disciplines present, codes of <c>guidance/plans.yaml</c>; no names.</param>
/// <param name="Answer">What it answered; null when it reached none.</param>
/// <param name="Dissent">Views that differed.</param>
/// <param name="FollowUp">Who does what next.</param>
public sealed record BoardNote(string Id, string Plan, int PlanVersion, string Question, IReadOnlyList<string> Present, string? Answer, IReadOnlyList<Dissent> Dissent, IReadOnlyList<PlanTask> FollowUp)
{
    /// <summary>What matters to the patient, as it was read out first; null when nothing was noted.</summary>
    public string? Wishes { get; init; }

    /// <summary>What was set aside, and why; null when nothing was noted.</summary>
    public string? SetAside { get; init; }

    /// <summary>The states that the case reached, oldest first.</summary>
    public IReadOnlyList<BoardStep> States { get; init; } = [];

    /// <summary>Who brings which missing fact.</summary>
    public IReadOnlyList<FactOwner> Owners { get; init; } = [];

    /// <summary>Whether a trial was offered; null while nobody said.</summary>
    public TrialOffer? Trial { get; init; }

    /// <summary>What became of the plan; null while nobody said.</summary>
    public LoopBack? LoopBack { get; init; }
}

/// <summary>A signature under one version of a plan.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Plan">The plan.</param>
/// <param name="PlanVersion">The version signed.</param>
/// <param name="PlanSha256">The hash of that version.</param>
/// <param name="Role">A discipline, or <c>patient</c>.</param>
public sealed record SignOff(string Id, string Plan, int PlanVersion, string PlanSha256, string Role);

/// <summary>A code that people choose from, with its words.</summary>
public sealed record PlanCode(string Id, Phrase Label);

/// <summary>The words of plans, as <c>guidance/plans.yaml</c> lists them.</summary>
/// <param name="Schedules">What the times of monitoring mean as dates.</param>
/// <param name="Reasons">Why a treatment was accepted, changed or declined.</param>
/// <param name="Disciplines">Who sits on a board and signs.</param>
public sealed record PlanWords(Schedule[] Schedules, PlanCode[] Reasons, PlanCode[] Disciplines)
{
    /// <summary>No words.</summary>
    public static readonly PlanWords None = new([], [], []);
}
