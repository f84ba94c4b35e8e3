using Hilum.Expressions;
using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Facts;

/// <summary>One way in which a fact follows from others.</summary>
public abstract record Derivation
{
    /// <summary>Why it follows, for people; may be empty.</summary>
    public Phrase Because { get; init; }

    /// <summary>Where the rule comes from.</summary>
    public Citation Source { get; init; }

    /// <summary>The facts that it looks at.</summary>
    public int[] Inputs { get; init; } = [];

    /// <summary>Whether it is an assumption and no consequence: used only where nothing is given and nothing else follows ("as if treatment began today").</summary>
    public bool Assumed { get; init; }

    /// <summary>Whether it can be worked out again from the values of other facts alone (a list cannot).</summary>
    public bool FromFacts => this is not ListDerivation;

    /// <summary>What follows; null when the derivation looks at something other than facts.</summary>
    public abstract Possible? Derive(ReadOnlySpan<Possible> facts, FactDefinition fact);
}

/// <summary>A Boolean that follows from a condition.</summary>
public sealed record TruthDerivation(TruthNode Node) : Derivation
{
    /// <inheritdoc/>
    public override Possible Derive(ReadOnlySpan<Possible> facts, FactDefinition fact) => CodesPossible.Of(Node.Evaluate(facts));
}

/// <summary>A code that follows from a choice.</summary>
public sealed record CodeDerivation(CodeNode Node) : Derivation
{
    /// <inheritdoc/>
    public override Possible Derive(ReadOnlySpan<Possible> facts, FactDefinition fact) => new CodesPossible(Node.Evaluate(facts));
}

/// <summary>A number or date that is computed. <c>System</c>: the unit system of the result.</summary>
public sealed record NumberDerivation(NumberNode Node, byte System) : Derivation
{
    /// <inheritdoc/>
    public override Possible Derive(ReadOnlySpan<Possible> facts, FactDefinition fact)
    {
        var interval = Node.Evaluate(facts);
        return interval.IsAll ? NumbersPossible.All : NumbersPossible.Of(System == 255 ? interval : interval with { System = System });
    }
}

/// <summary>Something read from the list of earlier treatments or of medicines, by a rule that this library knows.</summary>
public sealed record ListDerivation(string From, string Rule, string? Argument) : Derivation
{
    /// <summary>The date up to which the rule counts, for a rule that counts time; null for the day of the plan.</summary>
    public int? Until { get; init; }

    /// <summary>The kinds of side effect that the rule tells apart.</summary>
    public ToxicityKind[] Kinds { get; init; } = [];

    /// <inheritdoc/>
    public override Possible? Derive(ReadOnlySpan<Possible> facts, FactDefinition fact) => null;
}

/// <summary>A kind of side effect, and the grade at which it ends a treatment for good.</summary>
/// <param name="Words">Single words, any of which names it in a record; upper and lower case are the same.</param>
/// <param name="StopsFrom">CTCAE grade, 1 to 5; null when no grade alone does so.</param>
public sealed record ToxicityKind(string[] Words, int? StopsFrom);

/// <summary>A group of a points model and the points that lead to it.</summary>
public sealed record PointsGroup(int Bit, int Min, int Max);

/// <summary>One point a factor: the number of points, or the group that they lead to.</summary>
/// <remarks>The factors are independent of one another, so the range from "true" to "true or undecided" is exact.</remarks>
public sealed record PointsDerivation(TruthNode[] Factors, PointsGroup[] Groups) : Derivation
{
    /// <summary>The least and the greatest number of points still possible.</summary>
    public (int Min, int Max) Points(ReadOnlySpan<Possible> facts)
    {
        int min = 0, max = 0;
        foreach (var factor in Factors)
        {
            var truth = factor.Evaluate(facts);
            if (truth is Truth.True) min++;
            if (truth is not Truth.False) max++;
        }

        return (min, max);
    }

    /// <inheritdoc/>
    public override Possible Derive(ReadOnlySpan<Possible> facts, FactDefinition fact)
    {
        var (min, max) = Points(facts);
        if (Groups.Length == 0) return NumbersPossible.Of(Interval.Closed(min, max));
        ulong mask = 0;
        foreach (var group in Groups)
            if (group.Min <= max && group.Max >= min) mask |= 1UL << group.Bit;
        return new CodesPossible(mask);
    }
}
