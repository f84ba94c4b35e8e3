using System.Collections.Immutable;
using Hilum.Plans;

namespace Hilum.Web.Patients;

/// <summary>What the board wrote of a case, as a note of the store, and back.</summary>
internal static class BoardNotes
{
    /// <summary>The note, still without ids.</summary>
    /// <param name="plan">What the team wrote.</param>
    /// <param name="wishes">What matters to the patient.</param>
    public static BoardNote Of(CasePlan plan, string wishes) => new("", "", 1, plan.Question, [.. plan.Present], Said(plan.Decision),
        plan.Dissent.Length > 0 ? [new("other", plan.Dissent)] : [], plan.Next.Length > 0 ? [new(plan.Next, "", null)] : [])
    {
        Wishes = Said(Typed.Text(wishes, PlanJson.LongestText)),
        SetAside = Said(plan.SetAside),
        States = plan.States,
        Owners = [.. plan.Owners.Select(o => new FactOwner(o.Key, o.Value))],
        Trial = plan.Trial,
        LoopBack = plan.LoopBack,
    };

    /// <summary>Whether a note says anything.</summary>
    public static bool IsSaid(this BoardNote note) => !IsSame(note, Of(new(), ""));

    /// <summary>The plan with what a note says.</summary>
    public static CasePlan With(this CasePlan plan, BoardNote note) => plan with
    {
        Question = note.Question,
        Present = note.Present.ToImmutableSortedSet(StringComparer.Ordinal),
        Decision = note.Answer ?? "",
        SetAside = note.SetAside ?? "",
        Dissent = string.Join('\n', note.Dissent.Select(d => d.Discipline == "other" ? d.Says : $"{d.Discipline}: {d.Says}")),
        Next = string.Join('\n', note.FollowUp.Select(t => string.Join(", ", new[] { t.What, t.Who, $"{t.By:yyyy-MM-dd}" }.Where(p => p.Length > 0)))),
        States = [.. note.States],
        Owners = note.Owners.DistinctBy(o => o.Fact).ToImmutableSortedDictionary(o => o.Fact, o => o.Owner, StringComparer.Ordinal),
        Trial = note.Trial,
        LoopBack = note.LoopBack,
    };

    /// <summary>Whether two notes say the same, as the pages show it.</summary>
    public static bool IsSame(BoardNote one, BoardNote two) => Bytes(one).AsSpan().SequenceEqual(Bytes(two));

    private static byte[] Bytes(BoardNote note) => PlanJson.Write(Of(new CasePlan().With(note), note.Wishes ?? ""));

    private static string? Said(string text) => text.Length > 0 ? text : null;
}
