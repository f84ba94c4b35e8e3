using System.Collections.Immutable;
using Hilum.Plans;

namespace Hilum.Web.Patients;

/// <summary>What a team writes of one case: the plan itself and what the board noted. Nothing is chosen until somebody chooses it.</summary>
internal sealed record CasePlan
{
    /// <summary>Goal, steps, open questions, tasks.</summary>
    public PlanDraft Draft { get; init; } = new();

    /// <summary>Codes of the reasons, one a step; empty where none was given.</summary>
    public ImmutableList<string> Reasons { get; init; } = [];

    /// <summary>What the board is asked.</summary>
    public string Question { get; init; } = "";

    /// <summary>Disciplines present.</summary>
    public ImmutableSortedSet<string> Present { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>What the board decided.</summary>
    public string Decision { get; init; } = "";

    /// <summary>What it set aside, and why.</summary>
    public string SetAside { get; init; } = "";

    /// <summary>Views that differed.</summary>
    public string Dissent { get; init; } = "";

    /// <summary>Who does what next.</summary>
    public string Next { get; init; } = "";

    /// <summary>The states that the case reached on its way through the board, oldest first.</summary>
    public ImmutableList<BoardStep> States { get; init; } = [];

    /// <summary>Who brings which missing fact, by its id.</summary>
    public ImmutableSortedDictionary<string, string> Owners { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Whether a trial was offered; null while nobody said.</summary>
    public TrialOffer? Trial { get; init; }

    /// <summary>What became of the plan; null while nobody said.</summary>
    public LoopBack? LoopBack { get; init; }

    /// <summary>The note of the store that the case was opened again with; null for none. What is not changed since keeps the parts that it has there.</summary>
    public BoardNote? Noted { get; init; }

    /// <summary>The versions that were signed, oldest first.</summary>
    public ImmutableList<SignedPlan> Signed { get; init; } = [];

    /// <summary>The version that a clinician released for the patient's page; null for none.</summary>
    public SignedPlan? Released => Signed.FindLast(s => s.Released);
}

/// <summary>A version of a plan under a signature.</summary>
/// <param name="Version">1 for the first.</param>
/// <param name="Plan">What was signed.</param>
/// <param name="Role">Who signed: a discipline.</param>
/// <param name="On">The day.</param>
/// <param name="Released">Whether the patient's page was released with it.</param>
/// <param name="Content">The hash of the guidance that it was judged by.</param>
/// <param name="Statuses">The status of each treatment then.</param>
internal sealed record SignedPlan(int Version, CasePlan Plan, string Role, DateOnly On, bool Released, string Content, ImmutableSortedDictionary<string, string> Statuses);
