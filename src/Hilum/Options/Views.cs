using System.Numerics;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;

namespace Hilum.Options;

/// <summary>How conditions and derivations look at the facts of a patient, and the cells into which that cuts their values.</summary>
/// <remarks>Most look through leaves about one fact: values that no leaf tells apart are one cell. The rest need the value itself.</remarks>
internal sealed class Views
{
    private readonly Case patient;
    private readonly Dictionary<int, List<TruthNode>> leaves = [];
    private readonly HashSet<int> raw = [];

    /// <summary>Collects what some conditions ask and what some facts follow from.</summary>
    public Views(Case patient, IEnumerable<TruthNode> atoms, IEnumerable<int> facts)
    {
        this.patient = patient;
        foreach (var atom in atoms) Add(atom);
        foreach (var fact in facts)
            foreach (var derivation in patient.Dictionary.Facts[fact].Derivations) Add(derivation);
    }

    /// <summary>The leaves about a fact alone.</summary>
    public IReadOnlyList<TruthNode> Leaves(int fact) => leaves.TryGetValue(fact, out var about) ? about : [];

    /// <summary>Whether something needs the value itself.</summary>
    public bool IsRaw(int fact) => raw.Contains(fact);

    /// <summary>Values of a fact that stand for all that are possible.</summary>
    public IEnumerable<Possible> CellsOf(int fact, Possible possible) => possible switch
    {
        CodesPossible codes => Bits(codes.Mask).Select(bit => (Possible)new CodesPossible(bit)),
        NumbersPossible numbers => NumberCells(patient.Dictionary.Facts[fact], numbers, Leaves(fact)),
        MembersPossible members => MemberCells(members, Leaves(fact), IsRaw(fact)),
        _ => [possible],
    };

    private void Add(TruthNode leaf)
    {
        if (Completions.SimpleFact(leaf) is not { } fact)
        {
            raw.UnionWith(References.Of(leaf));
            return;
        }

        if (!leaves.TryGetValue(fact, out var about)) leaves.Add(fact, about = []);
        if (!about.Contains(leaf)) about.Add(leaf);
    }

    private void Add(Derivation derivation)
    {
        IEnumerable<TruthNode> found = [];
        switch (derivation)
        {
            case TruthDerivation d: found = References.Leaves(d.Node); break;
            case PointsDerivation d: found = d.Factors.SelectMany(References.Leaves); break;
            case CodeDerivation d:
                found = References.Leaves(d.Node);
                AddRaw(d.Node);
                break;
            case NumberDerivation d:
                found = References.Leaves(d.Node);
                raw.UnionWith(References.Of(d.Node));
                break;
        }

        foreach (var leaf in found) Add(leaf);
    }

    private void AddRaw(CodeNode node)
    {
        if (node is FactCode fact) raw.Add(fact.Fact);
        if (node is not IfCode choice) return;
        AddRaw(choice.Then);
        AddRaw(choice.Else);
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
            if (cells.Count > Completions.Most) break;
        }

        return [.. cells.Select(present => (Possible)new MembersPossible(present, members.All & ~present, members.All))];
    }
}
