using System.Collections.Immutable;
using System.Numerics;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;

namespace Hilum.Options;

/// <summary>What some conditions could still come to, over every way of completing what is not known of a case.</summary>
/// <remarks>
/// Thresholds cut numbers into cells, and codes that no condition tells apart share a cell, so that few completions stand for all.
/// Facts that share a root (a risk group and the count behind it) are completed together, by working the derived ones out again;
/// a derived fact that alone stands between its roots and the conditions (anaemia, for the haemoglobin and its limit) is completed
/// once by itself, and its reachable values stand for it. A comparison of two unknown numbers is a cell of its own, and facts that
/// hang together in too many ways are taken to be independent: no completion is lost, some that could not be may be added.
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
    private readonly Dictionary<int, Module?> modules = [];
    private readonly Dependencies dependencies;
    private readonly Dictionary<int, List<TruthNode>> leaves = [];
    private readonly HashSet<int> raw = [];
    private readonly Possible[] scratch;
    private readonly Formula[] formulas;
    private readonly Truth[] current;

    /// <summary>One thing that is not known: the truths it may give to the atoms it decides.</summary>
    internal sealed class Variable
    {
        public required int[] Atoms { get; init; }

        public required List<Truth[]> Cells { get; init; }

        /// <summary>Facts behind it; for each, the pairs of cells between which that fact alone can change (null: all pairs).</summary>
        public IReadOnlyList<(int Fact, IReadOnlyCollection<(int A, int B)>? Pairs)> Roots => FindRoots.Value;

        /// <summary>Finds the roots, when somebody asks.</summary>
        public required Lazy<IReadOnlyList<(int Fact, IReadOnlyCollection<(int A, int B)>? Pairs)>> FindRoots { get; init; }
    }

    /// <summary>A derived fact by itself: the values that it can reach, and what is behind it.</summary>
    private sealed record Module(List<Possible> Cells, Lazy<IReadOnlyList<(int Fact, IReadOnlyCollection<(int A, int B)>? Pairs)>> FindRoots);

    /// <summary>Finds what is not known of some conditions.</summary>
    /// <param name="dependencies">What follows from what, for the patient.</param>
    /// <param name="conditions">The conditions.</param>
    public Completions(Dependencies dependencies, IReadOnlyList<TruthNode> conditions)
    {
        this.dependencies = dependencies;
        patient = dependencies.Patient;
        scratch = patient.Possible.ToArray();
        formulas = new Formula[conditions.Count];
        for (var i = 0; i < conditions.Count; i++) formulas[i] = Reduce(conditions[i]);
        current = new Truth[atoms.Count];
        if (atoms.Count > 0) MakeVariables();
        long count = 1;
        foreach (var variable in variables) count = Math.Min(count * variable.Cells.Count, Most + 1L);
        Count = (int)count;
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
        var atomNodes = new TruthNode[atoms.Count];
        foreach (var (atom, index) in atoms)
        {
            atomNodes[index] = atom;
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
                    FindRoots = new([.. References.Of(atom).Where(f => !patient.Possible[f].IsKnown).Select(f => (f, (IReadOnlyCollection<(int, int)>?)null))]),
                });
            }
        }

        foreach (var node in atomNodes) Look(node);
        foreach (var fact in byFact.Keys.SelectMany(dependencies.Closure).Distinct()) LookInto(patient.Dictionary.Facts[fact]);
        foreach (var component in Components([.. byFact.Keys]))
        {
            if (Together(component, [.. component.SelectMany(f => byFact[f]).Order()], atomNodes) is { } together)
            {
                variables.Add(together);
                continue;
            }

            // too many ways to hang together: each by itself
            foreach (var fact in component) variables.Add(Alone(fact, [.. byFact[fact]], atomNodes));
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

    // ---- how facts are looked at: by which leaves, or in another way ----

    private void Look(TruthNode leaf)
    {
        if (SimpleFact(leaf) is not { } fact)
        {
            raw.UnionWith(References.Of(leaf));
            return;
        }

        if (!leaves.TryGetValue(fact, out var about)) leaves.Add(fact, about = []);
        if (!about.Contains(leaf)) about.Add(leaf);
    }

    private void LookInto(FactDefinition fact)
    {
        foreach (var derivation in fact.Derivations)
        {
            IEnumerable<TruthNode> found = [];
            switch (derivation)
            {
                case TruthDerivation d: found = References.Leaves(d.Node); break;
                case PointsDerivation d: found = d.Factors.SelectMany(References.Leaves); break;
                case CodeDerivation d:
                    found = References.Leaves(d.Node);
                    Raw(d.Node);
                    break;
                case NumberDerivation d:
                    found = References.Leaves(d.Node);
                    raw.UnionWith(References.Of(d.Node));
                    break;
            }

            foreach (var leaf in found) Look(leaf);
        }
    }

    private void Raw(CodeNode node)
    {
        if (node is FactCode fact) raw.Add(fact.Fact);
        if (node is not IfCode choice) return;
        Raw(choice.Then);
        Raw(choice.Else);
    }

    // ---- what hangs together ----

    /// <summary>Facts that share something unknown are completed together.</summary>
    private List<List<int>> Components(List<int> facts)
    {
        var groups = new List<(HashSet<int> Closure, List<int> Facts)>();
        foreach (var fact in facts)
        {
            var closure = dependencies.Closure(fact).ToHashSet();
            var members = new List<int> { fact };
            foreach (var group in groups.Where(g => g.Closure.Overlaps(closure)).ToList())
            {
                closure.UnionWith(group.Closure);
                members.AddRange(group.Facts);
                groups.Remove(group);
            }

            groups.Add((closure, members));
        }

        return [.. groups.Select(g => g.Facts.Order().ToList()).OrderBy(g => g[0])];
    }

    /// <summary>The derived facts of a region that alone stand between what they follow from and the rest, outermost ones only.</summary>
    private List<int> Heads(HashSet<int> region, IReadOnlyList<int> targets, int within)
    {
        var heads = new List<int>();
        var hidden = new HashSet<int>();
        foreach (var fact in patient.Dictionary.Order.Reverse().Where(f => f != within && region.Contains(f)))
        {
            if (hidden.Contains(fact) || dependencies.Closure(fact).Count == 1) continue;
            var behind = dependencies.Closure(fact).Where(f => f != fact).ToHashSet();
            if (targets.Any(behind.Contains) || region.Any(f => f != fact && !behind.Contains(f) && Array.Exists(dependencies.Inputs(f), behind.Contains))) continue;
            heads.Add(fact);
            hidden.UnionWith(behind);
        }

        return heads;
    }

    // ---- completing ----

    private Variable? Together(List<int> component, int[] indexes, TruthNode[] atomNodes)
    {
        var nodes = indexes.Select(i => atomNodes[i]).ToArray();
        var cells = new List<Truth[]>();
        return Enumerate(component, -1, () => Land(nodes, cells)) is { } roots ? new() { Atoms = indexes, Cells = cells, FindRoots = roots } : null;
    }

    private Variable Alone(int fact, int[] indexes, TruthNode[] atomNodes)
    {
        var nodes = indexes.Select(i => atomNodes[i]).ToArray();
        var cells = new List<Truth[]>();
        foreach (var value in CellsOf(fact, patient.Possible[fact]))
        {
            scratch[fact] = value;
            Land(nodes, cells);
        }

        scratch[fact] = patient.Possible[fact];
        return new() { Atoms = indexes, Cells = cells, FindRoots = new([(fact, null)]) };
    }

    private Module? ModuleOf(int fact)
    {
        if (modules.TryGetValue(fact, out var known)) return known;
        var cells = new List<Possible>();
        var signatures = new List<Truth[]>();
        var roots = Enumerate([fact], fact, () => [CellOf(fact, scratch[fact], cells, signatures)]);
        return modules[fact] = roots is null ? null : new(cells, roots);
    }

    /// <summary>The cells of the conditions' leaves that hold now: one, or one for each way in which open leaves may turn out.</summary>
    private List<int> Land(TruthNode[] nodes, List<Truth[]> cells)
    {
        IEnumerable<Truth[]> landed = [Array.ConvertAll(nodes, n => n.Evaluate(scratch))];
        for (var i = 0; i < nodes.Length; i++)
        {
            var at = i;
            landed = landed.SelectMany(t => t[at] is not Truth.Undecided ? (Truth[][])[t] : [With(t, at, Truth.False), With(t, at, Truth.True)]);
        }

        return [.. landed.Select(t => AddDistinct(cells, t))];

        static Truth[] With(Truth[] truths, int at, Truth truth)
        {
            Truth[] copy = [.. truths];
            copy[at] = truth;
            return copy;
        }
    }

    private static int AddDistinct(List<Truth[]> cells, Truth[] truths)
    {
        for (var i = 0; i < cells.Count; i++)
            if (cells[i].AsSpan().SequenceEqual(truths)) return i;
        cells.Add(truths);
        return cells.Count - 1;
    }

    /// <summary>The number of a value among those seen of a fact: values that no leaf tells apart are one, unless the fact is looked at in another way.</summary>
    private int CellOf(int fact, Possible value, List<Possible> seen, List<Truth[]> signatures)
    {
        if (raw.Contains(fact))
        {
            if (seen.IndexOf(value) is var same and >= 0) return same;
            seen.Add(value);
            return seen.Count - 1;
        }

        var before = scratch[fact];
        scratch[fact] = value;
        Truth[] signature = leaves.TryGetValue(fact, out var about) ? [.. about.Select(l => l.Evaluate(scratch))] : [];
        scratch[fact] = before;
        var cell = AddDistinct(signatures, signature);
        if (cell == seen.Count) seen.Add(value);
        return cell;
    }

    /// <summary>Walks the completions of some facts and everything behind them; null when there are too many. The result finds the roots.</summary>
    private Lazy<IReadOnlyList<(int Fact, IReadOnlyCollection<(int A, int B)>? Pairs)>>? Enumerate(IReadOnlyList<int> targets, int within, Func<List<int>> land)
    {
        var region = targets.SelectMany(dependencies.Closure).ToHashSet();
        var heads = Heads(region, targets, within);
        var hidden = heads.SelectMany(h => dependencies.Closure(h).Where(f => f != h)).ToHashSet();
        var order = patient.Dictionary.Order.Where(f => region.Contains(f) && !hidden.Contains(f)).ToArray();
        var inside = new Module?[order.Length];
        for (var i = 0; i < order.Length; i++)
            if (heads.Contains(order[i]) && (inside[i] = ModuleOf(order[i])) is null) return null;
        var run = new Run(this, order, inside, land);
        return run.Complete() ? new(run.Roots) : null;
    }

    /// <summary>One walk over the completions of a region.</summary>
    private sealed class Run(Completions owner, int[] order, Module?[] inside, Func<List<int>> land)
    {
        private readonly List<(ushort[] Choices, int Cell)> completions = [];
        private readonly ushort[] choices = new ushort[order.Length];
        private readonly List<Possible>[] seen = [.. order.Select(_ => new List<Possible>())];
        private readonly List<Truth[]>[] signatures = [.. order.Select(_ => new List<Truth[]>())];
        private readonly bool[] free = new bool[order.Length];
        private readonly bool[] follows = new bool[order.Length];
        private bool tooMany;

        /// <summary>
        /// Whether there were not too many. A fact that follows from others in some completions and is free in the rest keeps, where it
        /// follows, every choice it would have: so a change of what it follows from can be seen with everything else the same.
        /// </summary>
        public bool Complete()
        {
            Complete(0, again: false);
            if (!tooMany && Enumerable.Range(0, order.Length).Any(i => free[i] && follows[i]))
            {
                completions.Clear();
                Complete(0, again: true);
            }

            return !tooMany;
        }

        private void Complete(int at, bool again)
        {
            if (tooMany) return;
            if (at == order.Length)
            {
                foreach (var cell in land()) completions.Add(([.. choices], cell));
                tooMany = completions.Count > MostTogether;
                return;
            }

            var fact = order[at];
            var before = owner.scratch[fact];
            if (inside[at] is { } module)
            {
                for (var cell = 0; cell < module.Cells.Count; cell++) Choose(module.Cells[cell], cell);
            }
            else if (owner.Follows(fact) is { IsKnown: true } left)
            {
                follows[at] = true;
                for (var cell = 0; cell < (again && free[at] ? seen[at].Count : 1); cell++) Choose(left, cell);
            }
            else
            {
                free[at] = true;
                var tried = new HashSet<int>();
                foreach (var value in owner.CellsOf(fact, owner.Follows(fact)))
                    if (owner.CellOf(fact, value, seen[at], signatures[at]) is var cell && tried.Add(cell)) Choose(value, cell);
            }

            owner.scratch[fact] = before;

            void Choose(Possible value, int cell)
            {
                owner.scratch[fact] = value;
                choices[at] = (ushort)cell;
                Complete(at + 1, again);
            }
        }

        /// <summary>The facts behind the cells, and for each the pairs of cells between which it alone can change.</summary>
        public IReadOnlyList<(int Fact, IReadOnlyCollection<(int A, int B)>? Pairs)> Roots()
        {
            if (order.Length == 1 && inside[0] is null) return [(order[0], null)];
            var roots = new SortedDictionary<int, HashSet<(int, int)>>();
            for (var at = 0; at < order.Length; at++)
            {
                var behind = inside[at]?.FindRoots.Value ?? (free[at] ? [(order[at], null)] : []);
                if (behind.Count == 0) continue;
                foreach (var same in completions.GroupBy(c => Others(c.Choices, at), StringComparer.Ordinal))
                {
                    var reached = same.Select(c => (Choice: (int)c.Choices[at], c.Cell)).Distinct().ToList();
                    foreach (var a in reached)
                    {
                        foreach (var b in reached)
                        {
                            if (a.Cell >= b.Cell) continue;
                            foreach (var (root, pairs) in behind)
                            {
                                if (a.Choice != b.Choice && pairs is not null && !pairs.Contains((Math.Min(a.Choice, b.Choice), Math.Max(a.Choice, b.Choice)))) continue;
                                if (!roots.TryGetValue(root, out var found)) roots.Add(root, found = []);
                                found.Add((a.Cell, b.Cell));
                            }
                        }
                    }
                }
            }

            return [.. roots.Select(r => (r.Key, (IReadOnlyCollection<(int, int)>?)r.Value))];
        }

        private static string Others(ushort[] choices, int at) => string.Create(choices.Length, (choices, at), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = i == state.at ? '*' : (char)(state.choices[i] + 1);
        });
    }

    /// <summary>What is left of a fact once the facts it follows from are completed.</summary>
    private Possible Follows(int fact)
    {
        var definition = patient.Dictionary.Facts[fact];
        var before = patient.Possible[fact];
        if (dependencies.IsGiven(fact)) return before;
        foreach (var derivation in definition.Derivations)
        {
            if (!derivation.FromFacts || (derivation.Assumed && !before.Equals(definition.Symbol.Unknown))) continue;
            if (derivation.Derive(scratch, definition) is not { } derived || before.Intersect(derived) is not { } left) continue;
            if (derived.IsKnown) return left;
            before = left;
        }

        return before;
    }

    // ---- cells ----

    private IEnumerable<Possible> CellsOf(int fact, Possible possible)
    {
        IReadOnlyList<TruthNode> about = leaves.TryGetValue(fact, out var found) ? found : [];
        return possible switch
        {
            CodesPossible codes => Bits(codes.Mask).Select(bit => (Possible)new CodesPossible(bit)),
            NumbersPossible numbers => NumberCells(patient.Dictionary.Facts[fact], numbers, about),
            MembersPossible members => MemberCells(members, about, raw.Contains(fact)),
            _ => [possible],
        };
    }

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
            var any = false;
            foreach (var cell in cells)
            {
                var kept = interval.Intersect(cell);
                if (whole) kept = Whole(kept);
                if (kept.IsEmpty) continue;
                any = true;
                yield return NumbersPossible.Of(kept);
            }

            // between two whole numbers there is none; the stretch stays, so that something does
            if (!any) yield return NumbersPossible.Of(interval);
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
    private static List<Possible> MemberCells(MembersPossible members, IReadOnlyList<TruthNode> about, bool counted)
    {
        counted |= about.Any(n => n is Compare);
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
