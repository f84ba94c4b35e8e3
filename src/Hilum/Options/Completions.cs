using System.Collections.Immutable;
using System.Numerics;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;

namespace Hilum.Options;

/// <summary>What some conditions could still come to, over every way of completing what is not known of a case.</summary>
/// <remarks>
/// Thresholds cut numbers into cells, and codes that no condition tells apart share a cell, so that few completions stand for all.
/// Facts that share a root (a risk group and the count behind it) are completed together, by working the derived ones out again.
/// A comparison of two unknown numbers is a cell of its own: no completion is lost, some that could not be may be added.
/// </remarks>
internal sealed class Completions
{
    /// <summary>More completions than this are not walked (design, "Conditions are CQL, judged over what is possible").</summary>
    public const int Most = 65_536;

    /// <summary>More completions than this of facts that hang together are not walked.</summary>
    private const int MostTogether = 16_384;

    private readonly Case patient;
    private readonly Dictionary<TruthNode, int> atoms = [];
    private readonly List<Variable> variables = [];
    private readonly Formula[] formulas;
    private readonly Truth[] current;
    private bool tooMany;

    /// <summary>One thing that is not known: the truths it may give to the atoms it decides.</summary>
    internal sealed class Variable
    {
        public required int[] Atoms { get; init; }

        public required List<Truth[]> Cells { get; init; }

        /// <summary>Facts behind it; for each, the pairs of cells between which that fact alone can change.</summary>
        public required List<(int Fact, List<(int A, int B)>? Pairs)> Roots { get; init; }
    }

    public Completions(Case patient, IReadOnlyList<TruthNode> conditions)
    {
        this.patient = patient;
        formulas = new Formula[conditions.Count];
        for (var i = 0; i < conditions.Count; i++) formulas[i] = Reduce(conditions[i]);
        current = new Truth[atoms.Count];
        if (atoms.Count > 0) MakeVariables();
        long count = 1;
        foreach (var variable in variables) count = Math.Min(count * variable.Cells.Count, Most + 1L);
        Count = tooMany ? Most + 1 : (int)count;
    }

    /// <summary>How many completions there are; more than <see cref="Most"/> means too many.</summary>
    public int Count { get; }

    /// <summary>Whether there are too many to walk.</summary>
    public bool Exceeded => Count > Most;

    /// <summary>What is not known.</summary>
    public IReadOnlyList<Variable> Variables => variables;

    /// <summary>Calls back with the truth of every condition under every completion, in mixed radix order (the last variable fastest).</summary>
    public void Walk(Action<int, Truth[]> visit)
    {
        var truths = new Truth[formulas.Length];
        var digits = new int[variables.Count];
        for (var v = 0; v < variables.Count; v++) Set(v, 0);
        for (var n = 0; ; n++)
        {
            for (var i = 0; i < formulas.Length; i++) truths[i] = formulas[i].Evaluate(current);
            visit(n, truths);
            var carry = variables.Count - 1;
            while (carry >= 0)
            {
                if (++digits[carry] < variables[carry].Cells.Count)
                {
                    Set(carry, digits[carry]);
                    break;
                }

                digits[carry] = 0;
                Set(carry, 0);
                carry--;
            }

            if (carry < 0) return;
        }
    }

    private void Set(int variable, int cell)
    {
        var v = variables[variable];
        var truths = v.Cells[cell];
        for (var i = 0; i < v.Atoms.Length; i++) current[v.Atoms[i]] = truths[i];
    }

    // ---- conditions, with everything that is decided taken out ----

    private abstract record Formula
    {
        public abstract Truth Evaluate(Truth[] atoms);
    }

    private sealed record Known(Truth Value) : Formula
    {
        public override Truth Evaluate(Truth[] atoms) => Value;
    }

    private sealed record Atom(int Index) : Formula
    {
        public override Truth Evaluate(Truth[] atoms) => atoms[Index];
    }

    private sealed record Connective(Func<Truth, Truth, Truth> Join, Formula Left, Formula Right) : Formula
    {
        public override Truth Evaluate(Truth[] atoms) => Join(Left.Evaluate(atoms), Right.Evaluate(atoms));
    }

    private sealed record Negation(Formula Operand) : Formula
    {
        public override Truth Evaluate(Truth[] atoms) => Operand.Evaluate(atoms).Not();
    }

    private sealed record Choice(Formula When, Formula Then, Formula Else) : Formula
    {
        public override Truth Evaluate(Truth[] atoms) => When.Evaluate(atoms) switch
        {
            Truth.True => Then.Evaluate(atoms),
            Truth.False => Else.Evaluate(atoms),
            _ => Then.Evaluate(atoms) is var then && then == Else.Evaluate(atoms) ? then : Truth.Undecided,
        };
    }

    private Formula Reduce(TruthNode node)
    {
        var truth = node.Evaluate(patient.Possible);
        if (truth is not Truth.Undecided) return new Known(truth);
        switch (node)
        {
            case Not n: return new Negation(Reduce(n.Operand));
            case And n: return Joined(TruthLogic.And, Reduce(n.Left), Reduce(n.Right), Truth.True);
            case Or n: return Joined(TruthLogic.Or, Reduce(n.Left), Reduce(n.Right), Truth.False);
            case Xor n: return Joined(TruthLogic.Xor, Reduce(n.Left), Reduce(n.Right), Truth.False);
            case Implies n: return Joined(TruthLogic.Or, Reduce(new Not(n.Left)), Reduce(n.Right), Truth.False);
            case IfTruth n: return new Choice(Reduce(n.When), Reduce(n.Then), Reduce(n.Else));
            case Named n: return Reduce(n.Body);
            case TruthUnknown: return new Known(Truth.Undecided);
            default:
                if (!atoms.TryGetValue(node, out var index)) atoms.Add(node, index = atoms.Count);
                return new Atom(index);
        }
    }

    private static Formula Joined(Func<Truth, Truth, Truth> join, Formula left, Formula right, Truth neutral) =>
        left is Known l && l.Value == neutral ? right : right is Known r && r.Value == neutral ? left : new Connective(join, left, right);

    // ---- what is not known ----

    private void MakeVariables()
    {
        var byFact = new SortedDictionary<int, List<int>>();
        foreach (var (atom, index) in atoms)
        {
            if (SimpleFact(atom) is { } fact)
            {
                if (!byFact.TryGetValue(fact, out var list)) byFact.Add(fact, list = []);
                list.Add(index);
            }
            else
            {
                variables.Add(new()
                {
                    Atoms = [index],
                    Cells = [[Truth.False], [Truth.True]],
                    Roots = [.. References.Of(atom).Where(f => !patient.Possible[f].IsKnown).Select(f => (f, (List<(int, int)>?)null))],
                });
            }
        }

        var atomNodes = atoms.OrderBy(a => a.Value).Select(a => a.Key).ToArray();
        foreach (var component in Components([.. byFact.Keys]))
        {
            var indexes = component.SelectMany(f => byFact[f]).Order().ToArray();
            var nodes = indexes.Select(i => atomNodes[i]).ToArray();
            variables.Add(component.Count == 1 ? Single(component[0], indexes, nodes) : Together(component, indexes, nodes));
        }
    }

    /// <summary>The one fact that a leaf asks about in a way that cells can answer; null for comparisons between facts.</summary>
    private static int? SimpleFact(TruthNode leaf) => leaf switch
    {
        IsTrue n => n.Fact,
        CodeIn { Operand: FactCode code } => code.Fact,
        Contains n => n.Fact,
        IncludedIn n => n.Fact,
        Exists n => n.Fact,
        Compare { Left: FactNumber number, Right: NumberConstant } => number.Fact,
        Compare { Left: CountOf count, Right: NumberConstant } => count.Fact,
        _ => null,
    };

    private Variable Single(int fact, int[] indexes, TruthNode[] nodes)
    {
        var scratch = patient.Possible.ToArray();
        var cells = new List<Truth[]>();
        foreach (var value in CellsOf(patient.Dictionary.Facts[fact], patient.Possible[fact], nodes))
        {
            scratch[fact] = value;
            AddDistinct(cells, Evaluate(nodes, scratch));
        }

        return new() { Atoms = indexes, Cells = cells, Roots = [(fact, null)] };
    }

    private static Truth[] Evaluate(TruthNode[] nodes, Possible[] values)
    {
        var truths = new Truth[nodes.Length];
        for (var i = 0; i < nodes.Length; i++) truths[i] = nodes[i].Evaluate(values);
        return truths;
    }

    private static int AddDistinct(List<Truth[]> cells, Truth[] truths)
    {
        for (var i = 0; i < cells.Count; i++)
            if (cells[i].AsSpan().SequenceEqual(truths)) return i;
        cells.Add(truths);
        return cells.Count - 1;
    }

    /// <summary>Facts that share something unknown are completed together.</summary>
    private List<List<int>> Components(List<int> facts)
    {
        var groups = new List<(HashSet<int> Near, List<int> Facts)>();
        foreach (var fact in facts)
        {
            var near = Near(fact, facts);
            var members = new List<int> { fact };
            foreach (var group in groups.Where(g => g.Near.Overlaps(near)).ToList())
            {
                near.UnionWith(group.Near);
                members.AddRange(group.Facts);
                groups.Remove(group);
            }

            groups.Add((near, members));
        }

        return [.. groups.Select(g => g.Facts.Order().ToList()).OrderBy(g => g[0])];
    }

    /// <summary>
    /// A fact, what it follows from, and what that follows from in turn where a condition asks about it too. Further back, unknown
    /// facts are taken to be independent: that can only add completions.
    /// </summary>
    private HashSet<int> Near(int fact, List<int> asked)
    {
        var near = new HashSet<int> { fact };
        foreach (var input in Inputs(fact))
        {
            near.Add(input);
            near.UnionWith(Inputs(input).Where(asked.Contains));
        }

        return near;
    }

    private IEnumerable<int> Inputs(int fact) => patient.Dictionary.Facts[fact].Derivations.Where(d => d.FromFacts).SelectMany(d => d.Inputs).Where(i => !patient.Possible[i].IsKnown);

    private Variable Together(List<int> component, int[] indexes, TruthNode[] nodes)
    {
        var near = component.SelectMany(f => Near(f, component)).ToHashSet();
        var order = patient.Dictionary.Order.Where(near.Contains).ToArray();
        var asked = nodes.Concat(order.SelectMany(f => DerivationLeaves(patient.Dictionary.Facts[f]))).ToArray();
        var scratch = patient.Possible.ToArray();
        var cells = new List<Truth[]>();
        var completions = new List<(byte[] Choices, int Cell)>();
        var choices = new byte[order.Length];
        Complete(0);
        return new() { Atoms = indexes, Cells = cells, Roots = [.. Roots(order, completions)] };

        void Complete(int at)
        {
            if (tooMany |= completions.Count >= MostTogether) return;
            if (at == order.Length)
            {
                completions.Add(([.. choices], AddDistinct(cells, Evaluate(nodes, scratch))));
                return;
            }

            var fact = order[at];
            var definition = patient.Dictionary.Facts[fact];
            var left = Follows(definition, scratch);
            if (left.IsKnown)
            {
                scratch[fact] = left;
                choices[at] = 0;
                Complete(at + 1);
            }
            else
            {
                byte cell = 1;
                foreach (var value in Distinct(CellsOf(definition, left, asked), fact, asked, scratch))
                {
                    choices[at] = cell++;
                    scratch[fact] = value;
                    Complete(at + 1);
                }
            }

            scratch[fact] = patient.Possible[fact];
        }
    }

    /// <summary>Values that no leaf about this fact alone tells apart count once, unless a derivation looks at the fact in another way.</summary>
    private static List<Possible> Distinct(IEnumerable<Possible> values, int fact, TruthNode[] asked, Possible[] scratch)
    {
        var about = Array.FindAll(asked, n => SimpleFact(n) == fact);
        var seen = new List<Truth[]>();
        var kept = new List<Possible>();
        foreach (var value in values)
        {
            scratch[fact] = value;
            var before = seen.Count;
            AddDistinct(seen, Evaluate(about, scratch));
            if (seen.Count > before) kept.Add(value);
        }

        return kept;
    }

    /// <summary>What is left of a fact once the facts it follows from are completed.</summary>
    private Possible Follows(FactDefinition definition, Possible[] values)
    {
        var before = patient.Possible[definition.Index];
        foreach (var derivation in definition.Derivations)
        {
            if (!derivation.FromFacts || derivation.Derive(values, definition) is not { } derived) continue;
            if (before.Intersect(derived) is not { } left) continue;
            if (derived.IsKnown) return left;
            before = left;
        }

        return before;
    }

    private static IEnumerable<TruthNode> DerivationLeaves(FactDefinition fact) => fact.Derivations.SelectMany(d => d switch
    {
        TruthDerivation t => References.Leaves(t.Node),
        CodeDerivation c => References.Leaves(c.Node),
        NumberDerivation n => References.Leaves(n.Node),
        PointsDerivation p => p.Factors.SelectMany(References.Leaves),
        _ => [],
    });

    private static IEnumerable<(int Fact, List<(int A, int B)>? Pairs)> Roots(int[] order, List<(byte[] Choices, int Cell)> completions)
    {
        for (var root = 0; root < order.Length; root++)
        {
            // completions that differ in this fact alone, and in what follows from it
            var groups = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
            foreach (var (choices, cell) in completions)
            {
                if (choices[root] == 0) continue;
                var key = string.Create(choices.Length, (choices, root), static (span, state) =>
                {
                    for (var i = 0; i < span.Length; i++) span[i] = i == state.root ? '*' : (char)(state.choices[i] + 1);
                });
                if (!groups.TryGetValue(key, out var reached)) groups.Add(key, reached = []);
                reached.Add(cell);
            }

            var pairs = new HashSet<(int, int)>();
            foreach (var reached in groups.Values)
                foreach (var a in reached)
                    foreach (var b in reached)
                        if (a < b) pairs.Add((a, b));
            if (pairs.Count > 0) yield return (order[root], [.. pairs]);
        }
    }

    // ---- cells ----

    private static IEnumerable<Possible> CellsOf(FactDefinition fact, Possible possible, IReadOnlyList<TruthNode> nodes) => possible switch
    {
        CodesPossible codes => Bits(codes.Mask).Select(bit => (Possible)new CodesPossible(bit)),
        NumbersPossible numbers => NumberCells(fact, numbers, nodes),
        MembersPossible members => MemberCells(fact, members, nodes),
        _ => [possible],
    };

    private static IEnumerable<ulong> Bits(ulong mask)
    {
        for (; mask != 0; mask &= mask - 1) yield return mask & (~mask + 1);
    }

    /// <summary>The stretches between the thresholds, and the thresholds themselves. A stretch is not a number: a comparison with another fact stays open in it.</summary>
    private static IEnumerable<Possible> NumberCells(FactDefinition fact, NumbersPossible possible, IReadOnlyList<TruthNode> nodes)
    {
        var whole = fact.Type is FactType.Integer or FactType.Date;
        foreach (var interval in possible.Intervals)
        {
            var thresholds = new SortedSet<decimal>();
            foreach (var node in nodes)
                if (node is Compare { Left: FactNumber left, Right: NumberConstant constant } && left.Fact == fact.Index) thresholds.Add(constant.In(interval.System).Low);
            var cells = new List<Interval>();
            decimal? below = null;
            foreach (var threshold in thresholds)
            {
                cells.Add(below is { } low ? new(true, low, true, true, threshold, true, interval.System) : Interval.UpTo(threshold, open: true, interval.System));
                cells.Add(Interval.Point(threshold, interval.System));
                below = threshold;
            }

            cells.Add(below is { } last ? Interval.From(last, open: true, interval.System) : interval);
            foreach (var cell in cells)
            {
                var kept = interval.Intersect(cell);
                if (whole) kept = Whole(kept);
                if (!kept.IsEmpty) yield return NumbersPossible.Of(kept);
            }
        }
    }

    /// <summary>The whole numbers of a stretch.</summary>
    private static Interval Whole(Interval i)
    {
        var low = i.HasLow ? (i.LowOpen ? Math.Floor(i.Low) + 1 : Math.Ceiling(i.Low)) : 0;
        var high = i.HasHigh ? (i.HighOpen ? Math.Ceiling(i.High) - 1 : Math.Floor(i.High)) : 0;
        return new(i.HasLow, low, false, i.HasHigh, high, false, i.System);
    }

    /// <summary>Members that no condition tells apart are taken together: none of them, or one (or each number, where they are counted).</summary>
    private static List<Possible> MemberCells(FactDefinition fact, MembersPossible members, IReadOnlyList<TruthNode> nodes)
    {
        var about = nodes.Where(n => References.Of(n) is [var only] && only == fact.Index).ToArray();
        var counted = Array.Exists(about, n => n is Compare);
        var classes = Bits(members.Open).GroupBy(bit => string.Concat(about.Select(n => n switch
        {
            Contains c => (1UL << c.Bit & bit) != 0 ? '1' : '0',
            IncludedIn i => (i.Mask & bit) != 0 ? '1' : '0',
            _ => '-',
        })), StringComparer.Ordinal).Select(g => g.ToArray()).ToList();
        var cells = new List<ulong> { members.Present };
        foreach (var group in classes)
        {
            var more = new List<ulong>();
            for (var n = 1; n <= (counted ? group.Length : 1); n++)
            {
                var bits = group.Take(n).Aggregate(0UL, (all, bit) => all | bit);
                more.AddRange(cells.Select(c => c | bits));
            }

            cells.AddRange(more);
            if (cells.Count > Most) break;
        }

        return [.. cells.Select(present => (Possible)new MembersPossible(present, members.All & ~present, members.All))];
    }
}
