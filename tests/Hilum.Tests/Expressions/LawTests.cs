using CsCheck;
using Hilum.Expressions;
using Hilum.Measures;

namespace Hilum.Tests.Expressions;

/// <summary>The laws of judging over what is possible (design, "Conditions are CQL"), on random conditions and random knowledge.</summary>
public sealed class LawTests
{
    private static readonly Gen<Claim> Condition = SomeClaims.Of(Stall.Leaf, 3);

    /// <summary>A choice of one value of each fact.</summary>
    private static readonly Gen<int[]> Choices = Gen.Int[0, 1_000_000].Array[Stall.Names.Count];

    [Fact]
    public void A_leaf_is_true_of_all_values_still_possible_false_of_none_and_else_undecided() =>
        Gen.Select(Stall.Leaf, Stall.Knowledge).Sample(
            (leaf, known) =>
            {
                bool anyTrue = false, anyFalse = false;
                foreach (var world in Worlds(leaf, known))
                {
                    if (leaf.Holds(world)) anyTrue = true;
                    else anyFalse = true;
                }

                var expected = anyTrue && anyFalse ? Truth.Undecided : anyTrue.ToTruth();
                return Sample.Condition(Market.Dictionary, leaf.Text).Evaluate(known) == expected;
            },
            iter: 2500,
            print: t => Print(t.Item1, t.Item2));

    [Fact]
    public void On_a_fully_known_stall_a_condition_means_what_it_says() =>
        Gen.Select(Condition, Stall.Knowledge, Choices).Sample(
            (condition, possible, choices) =>
            {
                var (world, known) = Complete(possible, choices);
                return Sample.Condition(Market.Dictionary, condition.Text).Evaluate(known) == condition.Holds(world).ToTruth();
            },
            iter: 2000,
            print: t => Print(t.Item1, t.Item2));

    [Fact]
    public void Learning_a_fact_never_changes_a_decided_answer() =>
        Gen.Select(Condition, Stall.Knowledge, Stall.Knowledge).Sample(
            (condition, known, more) =>
            {
                var node = Sample.Condition(Market.Dictionary, condition.Text);
                var before = node.Evaluate(known);
                if (before is Truth.Undecided) return true;
                var learned = known.ToArray();
                for (var i = 0; i < learned.Length; i++) learned[i] = Narrowed(known[i], more[i]);
                return node.Evaluate(learned) == before;
            },
            iter: 3000,
            print: t => Print(t.Item1, t.Item2));

    [Fact]
    public void Learning_everything_never_changes_a_decided_answer() =>
        Gen.Select(Condition, Stall.Knowledge, Choices).Sample(
            (condition, possible, choices) =>
            {
                var node = Sample.Condition(Market.Dictionary, condition.Text);
                var before = node.Evaluate(possible);
                return before is Truth.Undecided || node.Evaluate(Complete(possible, choices).Known) == before;
            },
            iter: 3000,
            print: t => Print(t.Item1, t.Item2));

    /// <summary>Ten coded facts of which nothing, or something, is known: the answer against every completion.</summary>
    [Fact]
    public void An_answer_is_true_only_if_every_completion_is_and_false_only_if_none_is()
    {
        // given
        string[] letters = ["P", "Q", "R", "S", "T", "U"];
        string[] codes = ["x", "y", "z"];
        var dictionary = Sample.Dictionary(
        [
            .. letters.Select(l => Draft.Bool(l.ToLowerInvariant())),
            Draft.Code("k", codes), Draft.Code("l", codes), Draft.Code("m", codes), Draft.Codes("n", codes),
        ]);
        var leaf = Gen.OneOf(
            SomeClaims.Bool(letters), SomeClaims.Bool(letters), SomeClaims.Code("K", codes), SomeClaims.Code("L", codes), SomeClaims.Code("M", codes), SomeClaims.Codes("N", codes));
        var known = Gen.Int[0, 7].Array[10];

        // then
        Gen.Select(SomeClaims.Of(leaf, 4), known).Sample(
            (condition, masks) =>
            {
                var possible = dictionary.Facts.Select(f => f.Symbol.Unknown).ToArray();
                for (var i = 1; i <= 9; i++)
                    if (((ulong)masks[i - 1] & ((CodesPossible)possible[i]).Mask) is var some and not 0) possible[i] = new CodesPossible(some);
                possible[10] = new MembersPossible((ulong)masks[9] & 1, (ulong)masks[9] & 2, 7);
                bool anyTrue = false, anyFalse = false;
                foreach (var world in Completions(dictionary, condition, possible))
                {
                    if (condition.Holds(world)) anyTrue = true;
                    else anyFalse = true;
                }

                return Sample.Condition(dictionary, condition.Text).Evaluate(possible) switch
                {
                    Truth.True => !anyFalse,
                    Truth.False => !anyTrue,
                    _ => true,
                };
            },
            iter: 1500,
            print: t => t.Item1.Text);
    }

    private static IEnumerable<World> Completions(Hilum.Facts.FactDictionary dictionary, Claim condition, Possible[] possible)
    {
        IEnumerable<World> worlds = [new World()];
        foreach (var name in condition.Names.Distinct(StringComparer.Ordinal))
        {
            var fact = dictionary.Find(name)!;
            object[] values = (possible[fact.Index], fact.Kind) switch
            {
                (CodesPossible c, ValueKind.Boolean) => [.. new[] { false, true }.Where((_, i) => (c.Mask & (1UL << i)) != 0).Cast<object>()],
                (CodesPossible c, _) => [.. fact.Codes.Where((_, i) => (c.Mask & (1UL << i)) != 0)],
                (MembersPossible m, _) => [.. Enumerable.Range(0, 8).Where(b => ((ulong)b & m.Absent) == 0 && ((ulong)b & m.Present) == m.Present)
                    .Select(b => (object)fact.Codes.Where((_, i) => (b & (1 << i)) != 0).ToHashSet(StringComparer.Ordinal))],
                _ => [],
            };
            worlds = worlds.SelectMany(_ => values, (world, value) =>
            {
                world[name] = value;
                return world;
            });
        }

        return worlds;
    }

    /// <summary>Every world that a leaf can tell apart.</summary>
    private static IEnumerable<World> Worlds(Claim leaf, Possible[] known)
    {
        IEnumerable<World> worlds = [new World()];
        foreach (var name in leaf.Names.Distinct(StringComparer.Ordinal))
        {
            var values = Stall.ValuesOf(name, known[Market.Dictionary.Find(name)!.Index]);
            worlds = worlds.SelectMany(_ => values, (world, value) =>
            {
                world[name] = value;
                return world;
            });
        }

        return worlds;
    }

    private static (World World, Possible[] Known) Complete(Possible[] possible, int[] choices)
    {
        var world = new World();
        var known = possible.ToArray();
        for (var i = 0; i < Stall.Names.Count; i++)
        {
            var name = Stall.Names[i];
            var index = Market.Dictionary.Find(name)!.Index;
            var values = Stall.ValuesOf(name, possible[index]);
            world[name] = values[choices[i] % values.Count];
            known[index] = Stall.Known(name, world[name]);
        }

        return (world, known);
    }

    /// <summary>What is left of one thing known when another is learned; the first alone when they share nothing.</summary>
    private static Possible Narrowed(Possible known, Possible more) => known.Intersect(more) ?? known;

    private static string Print(Claim claim, Possible[] known) =>
        $"{claim.Text}; {string.Join("; ", claim.Names.Distinct(StringComparer.Ordinal).Select(n => $"{n}: {Print(known[Market.Dictionary.Find(n)!.Index])}"))}";

    private static string Print(Possible possible) => possible switch
    {
        NumbersPossible numbers => string.Join(" / ", numbers.Intervals.Select(i => Market.Write(i, date: false))),
        _ => $"{possible}",
    };
}
