using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;

namespace Hilum.Proof.Diff;

/// <summary>A fact along which patients are told apart, cut into cells that no condition cuts further.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Cells">What it may be in each cell.</param>
internal sealed record Axis(FactDefinition Fact, IReadOnlyList<Possible> Cells)
{
    /// <summary>Cuts a fact by the leaves that look at it; null when it cannot be an axis.</summary>
    public static Axis? Of(FactDefinition fact, IReadOnlyList<TruthNode> leaves)
    {
        Possible[] values = fact.Type switch
        {
            FactType.Bool => [CodesPossible.False, CodesPossible.True],
            FactType.Code => [.. fact.Values.Select((_, bit) => new CodesPossible(1UL << bit))],
            FactType.Integer => [.. Stretches(leaves).Select(NumbersPossible.Of)],
            _ => [],
        };
        if (values.Length == 0) return null;
        var facts = new Possible[fact.Index + 1];
        var groups = new List<(Truth[] Truths, Possible Cell)>();
        foreach (var value in values)
        {
            facts[fact.Index] = value;
            Truth[] truths = [.. leaves.Select(l => l.Evaluate(facts))];
            var at = groups.FindIndex(g => g.Truths.AsSpan().SequenceEqual(truths));
            if (at < 0) groups.Add((truths, value));
            else groups[at] = (truths, Joined(groups[at].Cell, value));
        }

        return groups.Count < 2 ? null : new(fact, [.. groups.Select(g => g.Cell)]);
    }

    /// <summary>Some of the cells as a condition; null for all of them.</summary>
    public TruthNode? Condition(IReadOnlyCollection<int> cells)
    {
        if (cells.Count == Cells.Count) return null;
        var possible = cells.Select(c => Cells[c]).Aggregate(Joined);
        if (possible is CodesPossible codes)
            return Fact.Type is not FactType.Bool ? new CodeIn(new FactCode(Fact.Index), codes.Mask) : codes.Mask == 2 ? new IsTrue(Fact.Index) : new Not(new IsTrue(Fact.Index));
        return ((NumbersPossible)possible).Intervals.Select(Inside).Aggregate((a, b) => new Or(a, b));
    }

    private TruthNode Inside(Interval interval)
    {
        var number = new FactNumber(Fact.Index);
        if (interval.IsPoint) return new Compare(number, Comparison.Equal, Constant(interval.Low), 1);
        TruthNode? low = interval.HasLow ? new Compare(number, Comparison.GreaterOrEqual, Constant(interval.Low), 1) : null;
        TruthNode? high = interval.HasHigh ? new Compare(number, Comparison.LessOrEqual, Constant(interval.High), 1) : null;
        return low is null ? high ?? new TruthConstant(true) : high is null ? low : new And(low, high);

        static NumberConstant Constant(decimal value) => new(value, value);
    }

    /// <summary>Whole numbers up to, at and between the thresholds.</summary>
    private static IEnumerable<Interval> Stretches(IEnumerable<TruthNode> leaves)
    {
        var cuts = leaves.OfType<Compare>().Where(c => c is { Left: FactNumber, Right: NumberConstant }).Select(c => ((NumberConstant)c.Right).First).Distinct().Order().ToList();
        if (cuts.Count == 0) yield break;
        yield return Interval.UpTo(cuts[0] - 1);
        for (var i = 0; i < cuts.Count; i++)
        {
            yield return Interval.Point(cuts[i]);
            if (i + 1 == cuts.Count) yield return Interval.From(cuts[i] + 1);
            else if (cuts[i + 1] - 1 >= cuts[i] + 1) yield return Interval.Closed(cuts[i] + 1, cuts[i + 1] - 1);
        }
    }

    private static Possible Joined(Possible a, Possible b)
    {
        if (a is not NumbersPossible x || b is not NumbersPossible y) return a.Union(b);
        var intervals = new List<Interval>();
        foreach (var next in x.Intervals.Concat(y.Intervals).OrderBy(i => i.HasLow ? i.Low : decimal.MinValue))
        {
            if (intervals.Count > 0 && intervals[^1] is { HasHigh: true } before && next.HasLow && next.Low == before.High + 1) intervals[^1] = before.Hull(next);
            else intervals.Add(next);
        }

        return new NumbersPossible([.. intervals]);
    }
}
