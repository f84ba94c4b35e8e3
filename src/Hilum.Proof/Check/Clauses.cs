using Hilum.Expressions;

namespace Hilum.Proof.Check;

/// <summary>The alternatives within a condition, each with everything that has to hold beside it.</summary>
internal static class Clauses
{
    /// <summary>Each alternative of a condition as a condition of its own; nothing when there is one way only of meeting it.</summary>
    public static IEnumerable<(TruthNode Clause, TruthNode Whole)> Of(TruthNode condition) => Of(condition, negated: false, []);

    private static IEnumerable<(TruthNode Clause, TruthNode Whole)> Of(TruthNode node, bool negated, IReadOnlyList<TruthNode> beside)
    {
        switch (node)
        {
            // the alternatives of a term are looked at where it is defined
            case Named: return [];
            case Not n: return Of(n.Operand, !negated, beside);
            case And n when !negated: return Both(n.Left, n.Right, negated, beside);
            case Or n when negated: return Both(n.Left, n.Right, negated, beside);
            case And n: return Either([new Not(n.Left), new Not(n.Right)], beside);
            case Or n: return Either([n.Left, n.Right], beside);
            case Implies n when negated: return Both(n.Left, new Not(n.Right), negated: false, beside);
            case Implies n: return Either([new Not(n.Left), n.Right], beside);
            case IfTruth n:
                var (then, otherwise) = negated ? (new Not(n.Then), (TruthNode)new Not(n.Else)) : (n.Then, n.Else);
                return Either([new And(n.When, then), new And(new Not(n.When), otherwise)], beside);
            case CodeIn n when !negated && System.Numerics.BitOperations.PopCount(n.Mask) > 1:
                return Bits(n.Mask).Select(bit => (TruthNode)new CodeIn(n.Operand, bit)).Select(one => (one, Joined(beside.Append(one))));
            default: return [];
        }
    }

    private static IEnumerable<(TruthNode, TruthNode)> Both(TruthNode left, TruthNode right, bool negated, IReadOnlyList<TruthNode> beside)
    {
        var (l, r) = negated ? (new Not(left), (TruthNode)new Not(right)) : (left, right);
        return Of(left, negated, [.. beside, r]).Concat(Of(right, negated, [.. beside, l]));
    }

    private static IEnumerable<(TruthNode, TruthNode)> Either(IReadOnlyList<TruthNode> parts, IReadOnlyList<TruthNode> beside) =>
        parts.SelectMany(part => Of(part, negated: false, beside).Prepend((part, Joined(beside.Append(part)))));

    private static TruthNode Joined(IEnumerable<TruthNode> parts) => parts.Aggregate((a, b) => new And(a, b));

    private static IEnumerable<ulong> Bits(ulong mask)
    {
        for (; mask != 0; mask &= mask - 1) yield return mask & (~mask + 1);
    }
}
