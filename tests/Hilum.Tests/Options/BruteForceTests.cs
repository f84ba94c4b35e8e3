using CsCheck;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Tests.Expressions;

namespace Hilum.Tests.Options;

/// <summary>
/// The status of a partly known patient against brute force: every completion of the underlying facts is written down, what follows
/// is worked out again in plain C#, and the fully known patient is judged by the four lines of design.md, "Status".
/// </summary>
public sealed class BruteForceTests
{
    private static readonly string[] Letters = ["P", "Q", "R", "S"];
    private static readonly string[] Codes = ["x", "y", "z"];
    private static readonly string[] Roots = [.. Letters, "K", "L"];
    private static readonly string[] RootIds = [.. Roots.Select(r => r.ToLowerInvariant())];
    private static readonly Standing[] Strengths = [Standing.Preferred, Standing.Recommended, Standing.Option, Standing.SpecialisedCentre];

    private static readonly Gen<Claim> RootLeaf = Gen.OneOf(SomeClaims.Bool(Letters), SomeClaims.Bool(Letters), SomeClaims.Code("K", Codes), SomeClaims.Code("L", Codes));

    private static readonly Gen<Claim> Leaf = Gen.OneOf(
        RootLeaf, RootLeaf, SomeClaims.Bool("D", "E"), SomeClaims.Code("Risk", "low", "middle", "high"), Gen.Select(SomeClaims.Operator, Gen.Int[0, 3], (op, n) => (Claim)new PointsClaim(op, n)));

    /// <summary>The number of factors, as a claim.</summary>
    private sealed record PointsClaim(string Operator, int Number) : Claim
    {
        public override string Text => $"Points {Operator} {Number}";

        public override IEnumerable<string> Names => ["Points"];

        public override bool Holds(World world) => CompareClaim.Holds((int)world["Points"], Operator, Number);
    }

    private sealed record Rule(bool Against, Standing Strength, Claim When);

    /// <summary>Two derived facts, a risk model of three factors, and an edition of up to six rules.</summary>
    private sealed record Book(Claim D, Claim E, Claim[] Factors, Claim Scope, Rule[] Rules)
    {
        public override string ToString() =>
            $"D := {D.Text}; E := {E.Text}; factors {string.Join(" | ", Factors.Select(f => f.Text))}; scope {Scope.Text}; {string.Join("; ", Rules.Select(r => $"{(r.Against ? "against" : r.Strength.Id())} when {r.When.Text}"))}";
    }

    private static readonly Gen<Claim> Always = Gen.Const((Claim)new CompareClaim(Term.Constant(1), "=", Term.Constant(1)));

    private static readonly Gen<Rule> AnyRule = Gen.Select(
        Gen.Frequency((1, Gen.Const(true)), (3, Gen.Const(false))), Some.Of(Strengths), SomeClaims.Of(Leaf, 2), (against, strength, when) => new Rule(against, strength, when));

    private static readonly Gen<Book> AnyBook = Gen.Select(
        SomeClaims.Of(RootLeaf, 1), SomeClaims.Of(RootLeaf, 2), Gen.OneOf(RootLeaf, SomeClaims.Bool("D")).Array[3], Gen.Frequency((3, Always), (1, SomeClaims.Of(RootLeaf, 1))), AnyRule.Array[1, 6],
        (d, e, factors, scope, rules) => new Book(d, e, factors, scope, rules));

    /// <summary>Of each root the values still possible, as bits; 7 and above is nothing known.</summary>
    private static readonly Gen<int[]> Knowledge = Gen.Frequency((3, Gen.Const(7)), (2, Gen.Int[1, 7])).Array[Roots.Length];

    [Fact]
    public void The_statuses_and_the_missing_facts_are_those_of_every_completion() =>
        Gen.Select(AnyBook, Knowledge).Sample(
            (book, known) =>
            {
                // given
                var dictionary = DictionaryOf(book);
                var patient = CaseOf(dictionary, known);
                var worlds = Worlds(book, known).ToList();
                var expected = worlds.Select(w => StatusOf(book, w)).Distinct().Order().ToArray();
                var missing = RootIds.Where((_, i) => Matters(book, worlds, Roots[i])).Order(StringComparer.Ordinal).ToArray();

                // when
                var standing = Judge(book, dictionary, patient);

                // then
                var possible = standing.Silent ? [Standing.NotApplicable] : standing.Possible;
                return possible.SequenceEqual(expected) && standing.Missing.SequenceEqual(missing) && !standing.TooManyUnknowns && standing.Standing == Settled(expected);
            },
            iter: 1500,
            print: t => $"{t.Item1}; known {string.Join(" ", Roots.Zip(t.Item2, (r, k) => $"{r}:{k}"))}; {Explain(t.Item1, t.Item2)}");

    [Fact]
    public void Learning_a_fact_never_widens_the_statuses_and_never_changes_a_decided_one() =>
        Gen.Select(AnyBook, Knowledge, Knowledge).Sample(
            (book, known, more) =>
            {
                var dictionary = DictionaryOf(book);
                var before = Judge(book, dictionary, CaseOf(dictionary, known));
                var learned = known.Select((k, i) => (k & more[i] & Full(i)) is var both and not 0 ? both : k).ToArray();
                var after = Judge(book, dictionary, CaseOf(dictionary, learned));
                if (before.Silent) return after.Silent;
                if (after.Silent) return before.Possible.Contains(Standing.NotApplicable);
                return after.Possible.All(before.Possible.Contains) && (before.Possible.Count > 1 || after.Standing == before.Standing);
            },
            iter: 600,
            print: t => $"{t.Item1}");

    [Fact]
    public void A_fact_that_settles_an_option_alone_does_so_whatever_its_value() =>
        Gen.Select(AnyBook, Knowledge).Sample(
            (book, known) =>
            {
                var dictionary = DictionaryOf(book);
                var standing = Judge(book, dictionary, CaseOf(dictionary, known));
                foreach (var id in standing.SettledBy)
                {
                    var root = Array.IndexOf(RootIds, id);
                    for (var bit = 1; bit < 8; bit <<= 1)
                    {
                        if ((known[root] & bit & Full(root)) == 0) continue;
                        var answered = known.ToArray();
                        answered[root] = bit;
                        var after = Judge(book, dictionary, CaseOf(dictionary, answered));
                        if (!after.Silent && after.Possible.Count != 1) return false;
                    }
                }

                return true;
            },
            iter: 300,
            print: t => $"{t.Item1}");

    // ---- the library ----

    private static FactDictionary DictionaryOf(Book book) => Sample.Dictionary(
    [
        .. Letters.Select(l => Draft.Bool(l.ToLowerInvariant())),
        Draft.Code("k", Codes),
        Draft.Code("l", Codes),
        Draft.Bool("d").Asking(RootIds).From(book.D.Text),
        Draft.Bool("e").Asking(RootIds).From(book.E.Text),
        Draft.Code("risk", "low", "middle", "high").Asking(RootIds).FromPoints([.. book.Factors.Select(f => f.Text)], ("low", 0, 0), ("middle", 1, 1), ("high", 2, 3)),
        Draft.Whole("points").Asking(RootIds).FromPoints([.. book.Factors.Select(f => f.Text)]),
    ]);

    private static Case CaseOf(FactDictionary dictionary, int[] known) => Sample.Case(dictionary, Sample.AsOf,
        [.. known.Select((mask, i) => (mask: (ulong)(mask & Full(i)), i)).Where(x => x.mask != 0).Select(x => new GivenFact(dictionary[RootIds[x.i]], new GivenCode(x.mask), default, "case file"))]);

    private static EditionStanding Judge(Book book, FactDictionary dictionary, Case patient)
    {
        var guideline = new Guideline(dictionary).Treatment("tea").Edition(
            "one", e => e with { Scope = Sample.Condition(dictionary, book.Scope.Text) }, [.. book.Rules.Select(r => $"{(r.Against ? "against" : r.Strength.Id())} tea when {r.When.Text}")]);
        return guideline.Assess(patient).Options[0].Editions[0];
    }

    // ---- brute force ----

    private static int Full(int root) => root < Letters.Length ? 3 : 7;

    private static IEnumerable<World> Worlds(Book book, int[] known)
    {
        IEnumerable<object[]> rows = [[]];
        for (var i = 0; i < Roots.Length; i++)
        {
            var mask = (known[i] & Full(i)) == 0 ? Full(i) : known[i] & Full(i);
            object[] values = i < Letters.Length ? [false, true] : [.. Codes];
            var possible = values.Where((_, bit) => (mask & (1 << bit)) != 0).ToArray();
            rows = rows.SelectMany(row => possible.Select(v => (object[])[.. row, v])).ToList();
        }

        foreach (var row in rows)
        {
            var world = new World();
            for (var i = 0; i < row.Length; i++) world[Roots[i]] = row[i];
            world["D"] = book.D.Holds(world);
            world["E"] = book.E.Holds(world);
            var points = book.Factors.Count(f => f.Holds(world));
            world["Points"] = points;
            world["Risk"] = points == 0 ? "low" : points == 1 ? "middle" : "high";
            yield return world;
        }
    }

    private static Standing StatusOf(Book book, World world)
    {
        if (!book.Scope.Holds(world)) return Standing.NotApplicable;
        var holding = book.Rules.Where(r => r.When.Holds(world)).ToList();
        if (holding.Exists(r => r.Against)) return Standing.NotRecommended;
        return holding.Count == 0 ? Standing.NotApplicable : holding.Min(r => r.Strength);
    }

    /// <summary>Whether, for some values of the others, two values of this fact give different statuses.</summary>
    private static bool Matters(Book book, List<World> worlds, string root) => worlds
        .GroupBy(w => string.Join(',', Roots.Where(r => r != root).Select(r => w[r])), StringComparer.Ordinal)
        .Any(g => g.Select(w => StatusOf(book, w)).Distinct().Count() > 1);

    private static Standing Settled(Standing[] possible) =>
        possible.Length == 1 ? possible[0]
        : Array.TrueForAll(possible, p => p <= Standing.SpecialisedCentre) ? possible.Max()
        : Array.Exists(possible, p => p <= Standing.SpecialisedCentre) ? Standing.NeedsInformation
        : possible.Contains(Standing.NotRecommended) ? Standing.NotRecommended : Standing.NotApplicable;

    private static string Explain(Book book, int[] known)
    {
        var dictionary = DictionaryOf(book);
        var standing = Judge(book, dictionary, CaseOf(dictionary, known));
        var worlds = Worlds(book, known).ToList();
        return $"ours: {string.Join(",", standing.Possible)} missing {string.Join(",", standing.Missing)}; "
            + $"brute force: {string.Join(",", worlds.Select(w => StatusOf(book, w)).Distinct().Order())} missing {string.Join(",", Roots.Where(r => Matters(book, worlds, r)))}";
    }
}
