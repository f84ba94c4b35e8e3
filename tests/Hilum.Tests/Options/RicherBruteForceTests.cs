using CsCheck;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Tests.Expressions;

namespace Hilum.Tests.Options;

/// <summary>
/// Numbers, lists, derivations that leave something open, and comparisons of two unknown numbers: no completion may be lost.
/// Here some that could not be may be added (a comparison of two unknown numbers is taken by itself).
/// </summary>
public sealed class RicherBruteForceTests
{
    private static readonly string[] Codes = ["x", "y", "z"];
    private static readonly string[] Roots = ["A", "B", "K", "L", "N", "P", "Q", "G"];
    private static readonly string[] RootIds = [.. Roots.Select(r => r.ToLowerInvariant())];

    private static readonly FactDictionary Dictionary = Sample.Dictionary(
        Draft.Whole("a"),
        Draft.Whole("b"),
        Draft.Code("k", Codes),
        Draft.Code("l", Codes),
        Draft.Codes("n", Codes),
        Draft.Bool("p"),
        Draft.Bool("q"),
        Draft.Bool("g").From("if A > 2 then true else null"),
        Draft.Bool("h").Asking("a", "b").From("A < B"),
        Draft.Code("c", Codes).Asking("p", "k", "l").From("if P then K else L"),
        Draft.Whole("m").Asking("n").From("Count(N)"),
        Draft.Whole("s").Asking("a", "n").From("A + M"),
        Draft.Bool("j").Asking(RootIds).From("H and G"));

    private static readonly string[] Bools = ["P", "Q", "G", "H", "J"];

    private static Gen<Claim> Number(string name) => Gen.Select(SomeClaims.Operator, Gen.Int[0, 5], (op, n) => (Claim)new CompareClaim(Term.Fact(name), op, Term.Constant(n)));

    private static readonly Gen<Claim> Leaf = Gen.OneOf(
        SomeClaims.Bool(Bools), SomeClaims.Bool(Bools), SomeClaims.Code("C", Codes), SomeClaims.Code("K", Codes), SomeClaims.Codes("N", Codes), Number("A"), Number("B"), Number("M"), Number("S"));

    private static readonly Gen<(Standing? Strength, Claim When)[]> AnyRules =
        Gen.Select(Some.Of<Standing?>(null, Standing.Preferred, Standing.Recommended, Standing.Option), SomeClaims.Of(Leaf, 2)).Array[1, 4];

    /// <summary>What is known of each root, as a random number.</summary>
    private static readonly Gen<int[]> Knowledge = Gen.Int[0, 1_000_000].Array[Roots.Length];

    [Fact]
    public void No_completion_is_lost() =>
        Gen.Select(AnyRules, Knowledge).Sample(
            (rules, known) =>
            {
                // given
                var given = Given(known);
                var patient = Sample.Case(Dictionary, Sample.AsOf, given);
                var worlds = Worlds(patient).ToList();
                var expected = worlds.Select(w => StatusOf(rules, w)).Distinct().ToList();

                // when
                var guideline = new Guideline(Dictionary).Treatment("tea").Edition("one", [.. rules.Select(r => $"{r.Strength?.Id() ?? "against"} tea when {r.When.Text}")]);
                var standing = guideline.Assess(patient).Options[0].Editions[0];

                // then
                return expected.TrueForAll(standing.Possible.Contains) && Flips(rules, worlds).All(f => standing.Missing.Contains(f));
            },
            iter: 400,
            print: t => $"{string.Join("; ", t.Item1.Select(r => $"{r.Strength} when {r.When.Text}"))}; {Explain(t.Item1, t.Item2)}");

    private static GivenFact[] Given(int[] known)
    {
        var given = new List<GivenFact>();
        for (var i = 0; i < Roots.Length; i++)
        {
            // mostly known, so that the worlds stay few; G is never given here
            var (kind, n) = (known[i] % 5, known[i] / 5);
            var text = Roots[i] switch
            {
                "A" or "B" => kind <= 2 ? $"{n % 5}" : kind == 3 ? $"{n % 4}..{(n % 4) + 1}" : "0..4",
                "K" or "L" => kind <= 1 ? Codes[n % 3] : kind == 2 ? $"{Codes[n % 3]} | {Codes[(n + 1) % 3]}" : "unknown",
                "N" => kind <= 1 ? $"[{Codes[n % 3]}]" : kind == 2 ? $"[{Codes[n % 3]}, ?]" : kind == 3 ? $"[not {Codes[n % 3]}, ?]" : "unknown",
                "G" => "unknown",
                _ => kind <= 1 ? (n % 2 == 0 ? "true" : "false") : "unknown",
            };
            given.Add(Sample.Given(Dictionary, RootIds[i], text));
        }

        return [.. given];
    }

    private static IEnumerable<World> Worlds(Case patient)
    {
        IEnumerable<object[]> rows = [[]];
        foreach (var root in Roots.SkipLast(1))
        {
            var values = ValuesOf(root, patient[root.ToLowerInvariant()].Possible).ToArray();
            rows = rows.SelectMany(row => values.Select(v => (object[])[.. row, v])).ToList();
        }

        foreach (var row in rows)
        {
            // G follows where A is over 2; else it is free
            bool[] free = (decimal)row[0] > 2 ? [true] : [false, true];
            foreach (var g in free)
            {
                var world = new World();
                for (var i = 0; i < row.Length; i++) world[Roots[i]] = row[i];
                world["G"] = g;
                world["H"] = (decimal)row[0] < (decimal)row[1];
                world["C"] = world.Bool("P") ? world["K"] : world["L"];
                world["M"] = (decimal)world.Codes("N").Count;
                world["S"] = (decimal)row[0] + world.Codes("N").Count;
                world["J"] = world.Bool("H") && g;
                yield return world;
            }
        }
    }

    private static IEnumerable<object> ValuesOf(string root, Possible possible) => (root, possible) switch
    {
        ("P" or "Q", CodesPossible c) => new[] { false, true }.Where((_, i) => (c.Mask & (1UL << i)) != 0).Cast<object>(),
        (_, CodesPossible c) => Codes.Where((_, i) => (c.Mask & (1UL << i)) != 0),
        (_, MembersPossible m) => Enumerable.Range(0, 8).Where(b => ((ulong)b & m.Absent) == 0 && ((ulong)b & m.Present) == m.Present)
            .Select(b => (object)Codes.Where((_, i) => (b & (1 << i)) != 0).ToHashSet(StringComparer.Ordinal)),
        (_, NumbersPossible n) => Enumerable.Range(0, 5).Select(v => (decimal)v).Where(v => v >= n.Hull.Low && v <= n.Hull.High).Cast<object>(),
        _ => [],
    };

    private static Standing StatusOf((Standing? Strength, Claim When)[] rules, World world)
    {
        var holding = rules.Where(r => r.When.Holds(world)).ToList();
        if (holding.Exists(r => r.Strength is null)) return Standing.NotRecommended;
        return holding.Count == 0 ? Standing.NotApplicable : holding.Min(r => r.Strength!.Value);
    }

    private static IEnumerable<string> Flips((Standing? Strength, Claim When)[] rules, List<World> worlds) => Roots.SkipLast(1)
        .Where(root => worlds
            .GroupBy(w => string.Join(',', Roots.Where(r => r != root).Select(r => w[r] is IReadOnlySet<string> set ? string.Join('+', set) : w[r])), StringComparer.Ordinal)
            .Any(g => g.Select(w => StatusOf(rules, w)).Distinct().Count() > 1))
        .Select(r => r.ToLowerInvariant());

    private static string Explain((Standing? Strength, Claim When)[] rules, int[] known)
    {
        var patient = Sample.Case(Dictionary, Sample.AsOf, Given(known));
        var worlds = Worlds(patient).ToList();
        var guideline = new Guideline(Dictionary).Treatment("tea").Edition("one", [.. rules.Select(r => $"{r.Strength?.Id() ?? "against"} tea when {r.When.Text}")]);
        var standing = guideline.Assess(patient).Options[0].Editions[0];
        return $"given {string.Join("; ", Roots.Select(r => $"{r}: {patient[r.ToLowerInvariant()].Possible}"))}; ours {string.Join(",", standing.Possible)} missing {string.Join(",", standing.Missing)}; "
            + $"brute force {string.Join(",", worlds.Select(w => StatusOf(rules, w)).Distinct())} missing {string.Join(",", Flips(rules, worlds))}";
    }
}
