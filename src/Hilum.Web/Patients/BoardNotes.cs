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
        plan.Noted is { } noted && Joined(noted.Dissent) == plan.Dissent ? noted.Dissent : plan.Dissent.Length > 0 ? [new("other", plan.Dissent)] : [],
        plan.Noted is { } before && Joined(before.FollowUp) == plan.Next ? before.FollowUp : plan.Next.Length > 0 ? [new(plan.Next, "", null)] : [])
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
        Dissent = Joined(note.Dissent),
        Next = Joined(note.FollowUp),
        Noted = note,
        States = [.. note.States],
        Owners = note.Owners.DistinctBy(o => o.Fact).ToImmutableSortedDictionary(o => o.Fact, o => o.Owner, StringComparer.Ordinal),
        Trial = note.Trial,
        LoopBack = note.LoopBack,
    };

    /// <summary>Whether two notes say the same, as the pages show it.</summary>
    public static bool IsSame(BoardNote one, BoardNote two) => Bytes(one).AsSpan().SequenceEqual(Bytes(two));

    private static string Joined(IEnumerable<Dissent> views) => string.Join('\n', views.Select(d => d.Discipline == "other" ? d.Says : $"{d.Discipline}: {d.Says}"));

    private static string Joined(IEnumerable<PlanTask> tasks) => string.Join('\n', tasks.Select(t => string.Join(", ", new[] { t.What, t.Who, $"{t.By:yyyy-MM-dd}" }.Where(p => p.Length > 0))));

    private static byte[] Bytes(BoardNote note) => PlanJson.Write(Of(new CasePlan().With(note), note.Wishes ?? ""));

    private static string? Said(string text) => text.Length > 0 ? text : null;
}
