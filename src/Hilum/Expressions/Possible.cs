using System.Collections.Immutable;
using System.Numerics;
using Hilum.Measures;

namespace Hilum.Expressions;

/// <summary>The values that a fact can still take, given what is known.</summary>
/// <remarks>Known: one value left. Unknown: all of them. Partly known: some. A conflict is partly known: both values stay.</remarks>
public abstract record Possible
{
    /// <summary>Whether exactly one value is left.</summary>
    public abstract bool IsKnown { get; }

    /// <summary>What is possible in both; null when the two share nothing.</summary>
    public abstract Possible? Intersect(Possible other);

    /// <summary>What is possible in either.</summary>
    public abstract Possible Union(Possible other);
}

/// <summary>Codes as bits, in the order of the fact's values. A Boolean has two: bit 0 is false, bit 1 is true.</summary>
public sealed record CodesPossible(ulong Mask) : Possible
{
    /// <summary>Only false.</summary>
    public static CodesPossible False { get; } = new(1);

    /// <summary>Only true.</summary>
    public static CodesPossible True { get; } = new(2);

    /// <summary>Either.</summary>
    public static CodesPossible Either { get; } = new(3);

    /// <inheritdoc/>
    public override bool IsKnown => BitOperations.IsPow2(Mask);

    /// <summary>The one code left; meaningful only when known.</summary>
    public int Code => BitOperations.TrailingZeroCount(Mask);

    /// <summary>The truth of a Boolean.</summary>
    public Truth Truth => Mask switch { 1 => Truth.False, 2 => Truth.True, _ => Truth.Undecided };

    /// <summary>The Boolean of a truth.</summary>
    public static CodesPossible Of(Truth truth) => truth switch { Truth.False => False, Truth.True => True, _ => Either };

    /// <inheritdoc/>
    public override Possible? Intersect(Possible other)
    {
        var codes = (CodesPossible)other;
        var both = Mask & codes.Mask;
        return both == 0 ? null : both == Mask ? this : both == codes.Mask ? codes : new CodesPossible(both);
    }

    /// <inheritdoc/>
    public override Possible Union(Possible other) => new CodesPossible(Mask | ((CodesPossible)other).Mask);
}

/// <summary>Numbers or dates (as day numbers), as stretches of the number line.</summary>
public sealed record NumbersPossible(ImmutableArray<Interval> Intervals) : Possible
{
    /// <summary>Every number.</summary>
    public static NumbersPossible All { get; } = new([Interval.All]);

    /// <summary>One stretch.</summary>
    public static NumbersPossible Of(Interval interval) => new([interval]);

    /// <summary>One number.</summary>
    public static NumbersPossible Of(decimal value, byte system = 0) => new([Interval.Point(value, system)]);

    /// <inheritdoc/>
    public override bool IsKnown => Intervals.Length == 1 && Intervals[0].IsPoint;

    /// <summary>Whether every stretch is in the same unit system.</summary>
    public bool IsOneSystem
    {
        get
        {
            for (var i = 1; i < Intervals.Length; i++)
                if (Intervals[i].System != Intervals[0].System) return false;
            return true;
        }
    }

    /// <summary>The shortest stretch that holds all of it; meaningful only in one unit system.</summary>
    public Interval Hull
    {
        get
        {
            var hull = Intervals[0];
            for (var i = 1; i < Intervals.Length; i++) hull = hull.Hull(Intervals[i]);
            return hull;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Of two numbers in different unit systems nothing is known here: this one stays.</remarks>
    public override Possible? Intersect(Possible other)
    {
        var numbers = (NumbersPossible)other;
        if (numbers.Intervals is [{ IsAll: true }]) return this;
        if (Intervals is [var one] && numbers.Intervals is [var with] && one.System == with.System)
        {
            var both = one.Intersect(with);
            return both.IsEmpty ? null : both == one ? this : both == with ? numbers : Of(both);
        }

        var kept = Intervals
            .SelectMany(a => numbers.Intervals.Select(b => a.System == b.System || b.IsAll ? a.Intersect(b) : a.IsAll ? b : a))
            .Where(i => !i.IsEmpty).Distinct().ToImmutableArray();
        return kept.IsEmpty ? null : new NumbersPossible(kept);
    }

    /// <inheritdoc/>
    public override Possible Union(Possible other) => new NumbersPossible([.. Intervals.Union(((NumbersPossible)other).Intervals)]);

    /// <inheritdoc/>
    public bool Equals(NumbersPossible? other) => other is not null && Intervals.AsSpan().SequenceEqual(other.Intervals.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var interval in Intervals) hash.Add(interval);
        return hash.ToHashCode();
    }
}

/// <summary>A set of codes of which some members are known to be in and some to be out, as bits.</summary>
/// <param name="Present">Members known to be in the list.</param>
/// <param name="Absent">Members known not to be in it. A complete list has every other member here.</param>
/// <param name="All">Every member there can be.</param>
public sealed record MembersPossible(ulong Present, ulong Absent, ulong All) : Possible
{
    /// <summary>Of a free list: something is on it.</summary>
    public static MembersPossible Some { get; } = new(1, 0, 1);

    /// <summary>Of a free list: nothing is on it.</summary>
    public static MembersPossible None { get; } = new(0, 1, 1);

    /// <summary>Whether nothing can be added any more.</summary>
    public bool IsComplete => (Present | Absent) == All;

    /// <inheritdoc/>
    public override bool IsKnown => IsComplete;

    /// <summary>Members that may or may not be in.</summary>
    public ulong Open => All & ~(Present | Absent);

    /// <inheritdoc/>
    public override Possible? Intersect(Possible other)
    {
        var o = (MembersPossible)other;
        var (present, absent) = (Present | o.Present, Absent | o.Absent);
        return (present & absent) == 0 ? new MembersPossible(present, absent, All) : null;
    }

    /// <inheritdoc/>
    public override Possible Union(Possible other) =>
        new MembersPossible(Present & ((MembersPossible)other).Present, Absent & ((MembersPossible)other).Absent, All);
}
