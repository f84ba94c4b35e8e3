namespace Hilum.Plans;

/// <summary>How far a case is on its way through the tumour board.</summary>
public enum BoardState : byte
{
    /// <summary>Being prepared.</summary>
    Draft,

    /// <summary>Ready to be discussed.</summary>
    Ready,

    /// <summary>The board has discussed it.</summary>
    Discussed,

    /// <summary>Put off to another meeting, for a reason.</summary>
    Deferred,

    /// <summary>The plan went to those who treat and to the patient.</summary>
    PlanSent,

    /// <summary>It is known what became of the plan.</summary>
    FollowedUp,
}

/// <summary>A state that a case reached. The last of them is where it stands; none before somebody says so.</summary>
/// <param name="State">The state.</param>
/// <param name="On">The day.</param>
/// <param name="Owner">Who saw to it: a role rather than a name.</param>
/// <param name="Reason">Why; required of a case that is deferred, null where nothing was said.</param>
public sealed record BoardStep(BoardState State, DateOnly On, string Owner, string? Reason);

/// <summary>Who brings a missing fact before the meeting.</summary>
/// <param name="Fact">Id of the fact.</param>
/// <param name="Owner">Who: a role rather than a name.</param>
public sealed record FactOwner(string Fact, string Owner);

/// <summary>Whether a trial was offered.</summary>
/// <param name="Offered">Whether it was.</param>
/// <param name="WhyNot">Why not; required where none was offered.</param>
public sealed record TrialOffer(bool Offered, string? WhyNot);

/// <summary>What became of the plan. What nobody said is null, never "no".</summary>
/// <param name="Followed">Whether the plan was followed.</param>
/// <param name="WhyNot">Why not; required where it was not.</param>
/// <param name="Response">The response at 3 months, a code of the fact <c>response-to-current</c>.</param>
/// <param name="On">The day on which the outcome was seen.</param>
/// <param name="Outcome">The outcome at 3 months in words.</param>
public sealed record LoopBack(bool? Followed, string? WhyNot, string? Response, DateOnly? On, string? Outcome);

/// <summary>The words of the states, and what each asks for.</summary>
public static class BoardStates
{
    private static readonly string[] Words = ["draft", "ready", "discussed", "deferred", "plan-sent", "followed-up"];

    /// <summary>All states in their order.</summary>
    public static IReadOnlyList<BoardState> All { get; } = Enum.GetValues<BoardState>();

    /// <summary>The word of the JSON: <c>draft</c>, <c>plan-sent</c> ...</summary>
    public static string Id(this BoardState state) => Words[(int)state];

    /// <summary>Reads the word of the JSON; null for another word.</summary>
    public static BoardState? Parse(string? word) => Array.IndexOf(Words, word) is >= 0 and var at ? (BoardState)at : null;

    /// <summary>Whether a case needs its question before it is in this state.</summary>
    public static bool NeedsQuestion(this BoardState state) => state is not (BoardState.Draft or BoardState.Deferred);

    /// <summary>Whether this state needs a reason.</summary>
    public static bool NeedsReason(this BoardState state) => state is BoardState.Deferred;

    /// <summary>Whether this state needs to know what became of the plan.</summary>
    public static bool NeedsLoopBack(this BoardState state) => state is BoardState.FollowedUp;
}
