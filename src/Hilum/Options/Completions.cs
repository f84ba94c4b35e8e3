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

    private readonly Case patient;
    private readonly Dictionary<TruthNode, int> atoms = [];
    private readonly List<Variable> variables = [];
    private readonly Dependencies dependencies;
    private readonly Formula[] formulas;
    private readonly Truth[] current;

    /// <summary>One thing that is not known: the truths it may give to the atoms it decides.</summary>
    internal sealed class Variable
    {
        public required int[] Atoms { get; init; }

        public required List<Truth[]> Cells { get; init; }

        /// <summary>Facts behind it, found when somebody asks.</summary>
        public required Lazy<IReadOnlyList<Root>> FindRoots { get; init; }

        /// <summary>Facts behind it; for each, the cells between which it alone can change.</summary>
        public IReadOnlyList<Root> Roots => FindRoots.Value;
    }

    /// <summary>Finds what is not known of some conditions.</summary>
    /// <param name="dependencies">What follows from what, for the patient.</param>
    /// <param name="conditions">The conditions.</param>
    public Completions(Dependencies dependencies, IReadOnlyList<TruthNode> conditions)
    {
        this.dependencies = dependencies;
        patient = dependencies.Patient;
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
        var byFact = new Dictionary<int, List<int>>();
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
                    FindRoots = new([.. References.Of(atom).Where(f => !patient.Possible[f].IsKnown).Select(f => new Root(f, null))]),
                });
            }
        }

        var facts = new List<int>(byFact.Keys);
        facts.Sort();
        var behind = new HashSet<int>();
        foreach (var fact in facts) behind.UnionWith(dependencies.Closure(fact));
        behind.RemoveWhere(dependencies.IsGiven);
        var views = new Views(patient, atomNodes, behind);
        foreach (var component in Components(facts))
        {
            var regions = new Regions(dependencies, views);
            var indexes = new List<int>();
            foreach (var fact in component) indexes.AddRange(byFact[fact]);
            indexes.Sort();
            if (regions.Together(component, Nodes(indexes)) is { } cells) variables.Add(Make(indexes, cells));
            else // too many ways to hang together: each by itself
                foreach (var fact in component) variables.Add(Make(byFact[fact], regions.Alone(fact, Nodes(byFact[fact]))));
        }

        TruthNode[] Nodes(List<int> indexes)
        {
            var nodes = new TruthNode[indexes.Count];
            for (var i = 0; i < nodes.Length; i++) nodes[i] = atomNodes[indexes[i]];
            return nodes;
        }
    }

    private static Variable Make(List<int> indexes, RegionCells cells) => new() { Atoms = indexes.ToArray(), Cells = cells.Truths, FindRoots = cells.FindRoots };

    /// <summary>The one fact that a leaf asks about in a way that cells can answer; null for comparisons between facts.</summary>
    internal static int? SimpleFact(TruthNode leaf) => leaf switch
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

    private sealed record Group(HashSet<int> Closure, List<int> Facts);

    /// <summary>Facts that share something unknown are completed together.</summary>
    private List<List<int>> Components(List<int> facts)
    {
        var groups = new List<Group>();
        foreach (var fact in facts)
        {
            var group = new Group([.. dependencies.Closure(fact)], [fact]);
            foreach (var other in groups.FindAll(g => g.Closure.Overlaps(group.Closure)))
            {
                group.Closure.UnionWith(other.Closure);
                group.Facts.AddRange(other.Facts);
                groups.Remove(other);
            }

            groups.Add(group);
        }

        foreach (var group in groups) group.Facts.Sort();
        groups.Sort(static (a, b) => a.Facts[0] - b.Facts[0]);
        return groups.ConvertAll(static g => g.Facts);
    }
}
