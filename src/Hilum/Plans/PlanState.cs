namespace Hilum.Plans;

/// <summary>Where a plan stands on its way.</summary>
public enum PlanState : byte
{
    /// <summary>Being written; the only state in which its content changes.</summary>
    Draft,

    /// <summary>Put before the team.</summary>
    Proposed,

    /// <summary>The team has discussed it.</summary>
    Discussed,

    /// <summary>Agreed with the patient.</summary>
    Agreed,

    /// <summary>Being carried out.</summary>
    Active,

    /// <summary>Another plan took its place. Final.</summary>
    Superseded,

    /// <summary>Given up. Final.</summary>
    Withdrawn,
}

/// <summary>The life cycle of a plan: which state may follow which.</summary>
public static class LifeCycle
{
    /// <summary>All states in their order.</summary>
    public static IReadOnlyList<PlanState> States { get; } = [PlanState.Draft, PlanState.Proposed, PlanState.Discussed, PlanState.Agreed, PlanState.Active, PlanState.Superseded, PlanState.Withdrawn];

    private static readonly PlanState[][] After =
    [
        /* draft      */ [PlanState.Proposed, PlanState.Withdrawn],
        /* proposed   */ [PlanState.Draft, PlanState.Discussed, PlanState.Withdrawn],
        /* discussed  */ [PlanState.Draft, PlanState.Agreed, PlanState.Withdrawn],
        /* agreed     */ [PlanState.Draft, PlanState.Active, PlanState.Withdrawn],
        /* active     */ [PlanState.Superseded, PlanState.Withdrawn],
        /* superseded */ [],
        /* withdrawn  */ [],
    ];

    private static readonly string[] Words = ["draft", "proposed", "discussed", "agreed", "active", "superseded", "withdrawn"];

    /// <summary>The states that may follow.</summary>
    public static IReadOnlyList<PlanState> Next(this PlanState state) => After[(int)state];

    /// <summary>Whether one state may follow another.</summary>
    public static bool MayBecome(this PlanState state, PlanState next) => Array.IndexOf(After[(int)state], next) >= 0;

    /// <summary>Whether nothing may follow.</summary>
    public static bool IsFinal(this PlanState state) => After[(int)state].Length == 0;

    /// <summary>The word of the JSON: <c>draft</c>, <c>proposed</c> ...</summary>
    public static string Id(this PlanState state) => Words[(int)state];

    /// <summary>Reads the word of the JSON.</summary>
    public static bool TryParse(string? word, out PlanState state)
    {
        var at = Array.IndexOf(Words, word);
        state = at < 0 ? default : (PlanState)at;
        return at >= 0;
    }
}
