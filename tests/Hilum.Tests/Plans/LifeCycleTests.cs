using CsCheck;
using Hilum.Plans;

namespace Hilum.Tests.Plans;

/// <summary>Which state of a plan may follow which, as the table says it and nothing else.</summary>
public sealed class LifeCycleTests
{
    private static readonly Gen<PlanState> State = Gen.Int[0, 6].Select(i => (PlanState)i);

    private static readonly Plan Ready = new()
    {
        Id = "p1",
        Patient = "A-017",
        Version = 1,
        State = PlanState.Draft,
        Content = new() { Goal = "Live well", Steps = [new("watching", null, null, null)] },
        Basis = new("r1", "", new(2026, 11, 3), [], "", "", "", []),
        Calendar = new(new(2027, 11, 3), [], []),
    };

    [Theory]
    [InlineData("draft", "proposed withdrawn")]
    [InlineData("proposed", "draft discussed withdrawn")]
    [InlineData("discussed", "draft agreed withdrawn")]
    [InlineData("agreed", "draft active withdrawn")]
    [InlineData("active", "superseded withdrawn")]
    [InlineData("superseded", "")]
    [InlineData("withdrawn", "")]
    public void The_table(string from, string to)
    {
        Assert.True(LifeCycle.TryParse(from, out var state));
        Assert.Equal(from, state.Id());
        Assert.Equal(to, string.Join(' ', state.Next().Select(s => s.Id())));
        Assert.Equal(to.Length == 0, state.IsFinal());
    }

    [Fact]
    public void A_plan_moves_exactly_where_the_table_lets_it() => Gen.Select(State, State).Sample((from, to) =>
    {
        var plan = Ready with { State = from };
        var problems = plan.Move(to, out var moved);
        Assert.Equal(from.MayBecome(to), problems.Count == 0);
        Assert.Equal(problems.Count == 0 ? (2, to) : (1, from), (moved.Version, moved.State));
        Assert.Equal(plan.Content, moved.Content);
    });

    [Fact]
    public void Every_walk_ends_only_in_a_final_state_and_each_step_is_one_version() => Gen.Int[0, 2].Array[0, 12].Sample(choices =>
    {
        var plan = Ready;
        foreach (var choice in choices)
        {
            if (plan.State.IsFinal()) break;
            Assert.Empty(plan.Move(plan.State.Next()[choice % plan.State.Next().Count], out var moved));
            Assert.Equal(plan.Version + 1, moved.Version);
            plan = moved;
        }
    });

    [Fact]
    public void Only_a_draft_changes_and_the_answer_says_what_to_do() => State.Sample(state =>
    {
        var problems = (Ready with { State = state }).Edit(Ready.Content with { Goal = "Other" }, Ready.Calendar, out var changed);
        Assert.Equal(state is PlanState.Draft, problems.Count == 0);
        Assert.Equal(state is PlanState.Draft ? "Other" : "Live well", changed.Content.Goal);
        if (state is PlanState.Active) Assert.Contains("supersedes it", problems[0].Says, StringComparison.Ordinal);
    });

    [Fact]
    public void A_plan_without_goal_and_choice_stays_a_draft_and_says_both()
    {
        var empty = Ready with { Content = new() };
        Assert.Equal(["goal", "steps"], empty.Move(PlanState.Proposed, out var same).Select(p => p.At));
        Assert.Equal(PlanState.Draft, same.State);
        Assert.Empty(empty.Move(PlanState.Withdrawn, out _));
    }

    [Fact]
    public void A_new_plan_holds_no_choice() => Assert.Empty(new PlanDraft().Steps);
}
