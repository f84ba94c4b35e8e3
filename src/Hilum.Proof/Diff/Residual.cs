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
        var cover = new List<bool?[]>();
        foreach (var one in wanted)
        {
            if (cover.Exists(cube => Holds(cube, one))) continue;
            bool?[] cube = [.. one.Select(b => (bool?)b)];
            for (var i = 0; i < cube.Length; i++)
            {
                var kept = cube[i];
                cube[i] = null;
                if (!Expand(cube).All(allowed)) cube[i] = kept;
            }

            cover.Add(cube);
        }

        return cover;
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
