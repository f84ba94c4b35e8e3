using Hilum.Expressions;
using Hilum.Measures;

namespace Hilum.Proof.Diff;

/// <summary>What is left of conditions where some facts are fixed, and the ways in which the rest can come out.</summary>
internal static class Residual
{
    /// <summary>A condition with everything taken out that the known facts decide.</summary>
    public static TruthNode Of(TruthNode node, ReadOnlySpan<Possible> facts)
    {
        var truth = node.Evaluate(facts);
        if (truth is not Truth.Undecided) return new TruthConstant(truth is Truth.True);
        return node switch
        {
            Named n => Of(n.Body, facts),
            Not n => new Not(Of(n.Operand, facts)),
            And n => Joined(Of(n.Left, facts), Of(n.Right, facts), neutral: true),
            Or n => Joined(Of(n.Left, facts), Of(n.Right, facts), neutral: false),
            Implies n => Joined(new Not(Of(n.Left, facts)), Of(n.Right, facts), neutral: false),
            _ => node,
        };
    }

    private static TruthNode Joined(TruthNode left, TruthNode right, bool neutral)
    {
        if (left is TruthConstant l) return l.Value == neutral ? right : left;
        if (right is TruthConstant r) return r.Value == neutral ? left : right;
        return neutral ? new And(left, right) : new Or(left, right);
    }

    /// <summary>The parts of a chain of "or", or of "and".</summary>
    public static IEnumerable<TruthNode> Parts(TruthNode node, bool any) => node switch
    {
        Or n when any => Parts(n.Left, any).Concat(Parts(n.Right, any)),
        And n when !any => Parts(n.Left, any).Concat(Parts(n.Right, any)),
        _ => [node],
    };

    /// <summary>Parts joined by "and".</summary>
    public static TruthNode All(IReadOnlyList<TruthNode> parts) => parts.Count == 0 ? new TruthConstant(true) : parts.Aggregate((a, b) => new And(a, b));

    /// <summary>The truth of a condition when its leaves are known.</summary>
    public static bool IsTrue(TruthNode node, IReadOnlyDictionary<TruthNode, bool> leaves) => node switch
    {
        TruthConstant n => n.Value,
        Named n => IsTrue(n.Body, leaves),
        Not n => !IsTrue(n.Operand, leaves),
        And n => IsTrue(n.Left, leaves) && IsTrue(n.Right, leaves),
        Or n => IsTrue(n.Left, leaves) || IsTrue(n.Right, leaves),
        Implies n => !IsTrue(n.Left, leaves) || IsTrue(n.Right, leaves),
        Xor n => IsTrue(n.Left, leaves) != IsTrue(n.Right, leaves),
        IfTruth n => IsTrue(n.When, leaves) ? IsTrue(n.Then, leaves) : IsTrue(n.Else, leaves),
        _ => leaves[node],
    };

    /// <summary>Few conjunctions of leaves that cover some combinations; a conjunction gives each leaf as true, false or not asked.</summary>
    public static List<bool?[]> Cover(IReadOnlyList<bool[]> wanted, Func<bool[], bool> allowed)
    {
        // widened in several orders; of what comes out, few are taken that together cover all
        var wide = new List<bool?[]>();
        for (var first = 0; first == 0 || (wanted.Count > 0 && first < wanted[0].Length); first++)
        {
            var covered = new List<bool?[]>();
            foreach (var one in wanted.Where(one => !covered.Exists(cube => Holds(cube, one)))) covered.Add(Widened(one, first, allowed));
            wide.AddRange(covered);
        }

        var cover = new List<bool?[]>();
        var left = wanted.ToList();
        while (left.Count > 0)
        {
            var next = wide.OrderByDescending(cube => left.Count(one => Holds(cube, one))).ThenBy(cube => cube.Count(c => c is not null)).First();
            cover.Add(next);
            left.RemoveAll(one => Holds(next, one));
        }

        return cover;
    }

    private static bool?[] Widened(bool[] one, int first, Func<bool[], bool> allowed)
    {
        bool?[] cube = [.. one.Select(b => (bool?)b)];
        for (var n = 0; n < cube.Length; n++)
        {
            var i = (first + n) % cube.Length;
            var kept = cube[i];
            cube[i] = null;
            if (!Expand(cube).All(allowed)) cube[i] = kept;
        }

        return cube;
    }

    private static bool Holds(bool?[] cube, bool[] values) => !cube.Where((c, i) => c is { } want && want != values[i]).Any();

    private static IEnumerable<bool[]> Expand(bool?[] cube)
    {
        IEnumerable<bool[]> all = [[]];
        foreach (var value in cube)
        {
            bool[] choices = value is { } fixedValue ? [fixedValue] : [false, true];
            all = all.SelectMany(a => choices.Select(c => (bool[])[.. a, c]));
        }

        return all;
    }
}
