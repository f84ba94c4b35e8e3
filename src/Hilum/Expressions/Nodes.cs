using System.Numerics;
using Hilum.Measures;

namespace Hilum.Expressions;

/// <summary>A checked condition. Judged over what is possible; allocates nothing.</summary>
/// <remarks>
/// Leaves are exact (they look at every value still possible), connectives are Kleene's. Equality is by structure: two equal
/// leaves ask the same question.
/// </remarks>
public abstract record TruthNode
{
    /// <summary>True if it holds for every value still possible, False if for none, otherwise Undecided.</summary>
    public abstract Truth Evaluate(ReadOnlySpan<Possible> facts);
}

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed record TruthConstant(bool Value) : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts) => Value.ToTruth();
}

/// <summary><c>null</c>: nothing follows. Only in derivations.</summary>
public sealed record TruthUnknown : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts) => Truth.Undecided;
}

/// <summary>A Boolean fact.</summary>
public sealed record IsTrue(int Fact) : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts) => ((CodesPossible)facts[Fact]).Truth;
}

/// <summary>A code is one of some codes: <c>=</c> and <c>in</c>.</summary>
public sealed record CodeIn(CodeNode Operand, ulong Mask) : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts)
    {
        var possible = Operand.Evaluate(facts);
        return (possible & ~Mask) == 0 ? Truth.True : (possible & Mask) == 0 ? Truth.False : Truth.Undecided;
    }
}

/// <summary>The comparisons of numbers and dates.</summary>
public enum Comparison : byte
{
    /// <summary>=</summary>
    Equal,

    /// <summary>&lt;</summary>
    Less,

    /// <summary>&lt;=</summary>
    LessOrEqual,

    /// <summary>&gt;</summary>
    Greater,

    /// <summary>&gt;=</summary>
    GreaterOrEqual,
}

/// <summary>Two numbers or two dates compared. <c>ToFirst</c> turns a number of the second unit system into the first.</summary>
public sealed record Compare(NumberNode Left, Comparison Operator, NumberNode Right, decimal ToFirst) : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts)
    {
        var several = NumberNode.Several(Left, facts);
        if (several < 0) several = NumberNode.Several(Right, facts);
        return several < 0 ? Left.Evaluate(facts) is var left ? One(left, RightFor(left, facts)) : default : ForEach(several, facts);
    }

    /// <summary>A conflict: each of the stretches that stand is tried by itself.</summary>
    private Truth ForEach(int fact, ReadOnlySpan<Possible> facts)
    {
        bool anyTrue = false, anyFalse = false;
        var one = facts.ToArray();
        foreach (var interval in ((NumbersPossible)facts[fact]).Intervals)
        {
            one[fact] = NumbersPossible.Of(interval);
            var truth = Evaluate(one);
            anyTrue |= truth >= Truth.Undecided;
            anyFalse |= truth <= Truth.Undecided;
        }

        return anyTrue == anyFalse ? Truth.Undecided : anyTrue ? Truth.True : Truth.False;
    }

    private Interval RightFor(Interval left, ReadOnlySpan<Possible> facts) =>
        Right is NumberConstant constant ? constant.In(left.System) : Right.Evaluate(facts);

    private Truth One(Interval left, Interval right)
    {
        if (left.System != right.System)
        {
            if (left.System == 1) left = left.Scale(ToFirst, 0);
            if (right.System == 1) right = right.Scale(ToFirst, 0);
        }

        return Operator switch
        {
            Comparison.Equal => left.Same(right),
            Comparison.Less => left.Less(right),
            Comparison.LessOrEqual => left.LessOrEqual(right),
            Comparison.Greater => right.Less(left),
            _ => right.LessOrEqual(left),
        };
    }
}

/// <summary><c>L contains 'a'</c>.</summary>
public sealed record Contains(int Fact, int Bit) : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts)
    {
        var members = (MembersPossible)facts[Fact];
        var bit = 1UL << Bit;
        return (members.Present & bit) != 0 ? Truth.True : (members.Absent & bit) != 0 ? Truth.False : Truth.Undecided;
    }
}

/// <summary><c>L included in { 'a', 'b' }</c>: every member is one of these. True of an empty list.</summary>
public sealed record IncludedIn(int Fact, ulong Mask) : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts)
    {
        var members = (MembersPossible)facts[Fact];
        return (members.Present & ~Mask) != 0 ? Truth.False : (members.Open & ~Mask) == 0 ? Truth.True : Truth.Undecided;
    }
}

/// <summary><c>exists L</c>: at least one member.</summary>
public sealed record Exists(int Fact) : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts)
    {
        var members = (MembersPossible)facts[Fact];
        return members.Present != 0 ? Truth.True : members.Open == 0 ? Truth.False : Truth.Undecided;
    }
}

/// <summary><c>not a</c>.</summary>
public sealed record Not(TruthNode Operand) : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts) => Operand.Evaluate(facts).Not();
}

/// <summary><c>a and b</c>.</summary>
public sealed record And(TruthNode Left, TruthNode Right) : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts) =>
        Left.Evaluate(facts) is var left && left is Truth.False ? left : left.And(Right.Evaluate(facts));
}

/// <summary><c>a or b</c>.</summary>
public sealed record Or(TruthNode Left, TruthNode Right) : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts) =>
        Left.Evaluate(facts) is var left && left is Truth.True ? left : left.Or(Right.Evaluate(facts));
}

/// <summary><c>a xor b</c>.</summary>
public sealed record Xor(TruthNode Left, TruthNode Right) : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts) => Left.Evaluate(facts).Xor(Right.Evaluate(facts));
}

/// <summary><c>a implies b</c>.</summary>
public sealed record Implies(TruthNode Left, TruthNode Right) : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts) => Left.Evaluate(facts).Implies(Right.Evaluate(facts));
}

/// <summary><c>if c then a else b</c> of truths; the same truth either way needs no c.</summary>
public sealed record IfTruth(TruthNode When, TruthNode Then, TruthNode Else) : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts) => When.Evaluate(facts) switch
    {
        Truth.True => Then.Evaluate(facts),
        Truth.False => Else.Evaluate(facts),
        _ => Then.Evaluate(facts) is var then && then == Else.Evaluate(facts) ? then : Truth.Undecided,
    };
}

/// <summary>A defined term, kept by name so that an explanation can use the name.</summary>
public sealed record Named(string Name, TruthNode Body) : TruthNode
{
    /// <inheritdoc/>
    public override Truth Evaluate(ReadOnlySpan<Possible> facts) => Body.Evaluate(facts);
}

/// <summary>An expression that is a code: the codes it may be, as bits.</summary>
public abstract record CodeNode
{
    /// <summary>The codes still possible.</summary>
    public abstract ulong Evaluate(ReadOnlySpan<Possible> facts);
}

/// <summary>A coded fact.</summary>
public sealed record FactCode(int Fact) : CodeNode
{
    /// <inheritdoc/>
    public override ulong Evaluate(ReadOnlySpan<Possible> facts) => ((CodesPossible)facts[Fact]).Mask;
}

/// <summary>One code, or (for <c>null</c>) all of them.</summary>
public sealed record CodeConstant(ulong Mask) : CodeNode
{
    /// <inheritdoc/>
    public override ulong Evaluate(ReadOnlySpan<Possible> facts) => Mask;
}

/// <summary><c>if</c> of codes: while undecided, the codes of both branches.</summary>
public sealed record IfCode(TruthNode When, CodeNode Then, CodeNode Else) : CodeNode
{
    /// <inheritdoc/>
    public override ulong Evaluate(ReadOnlySpan<Possible> facts) => When.Evaluate(facts) switch
    {
        Truth.True => Then.Evaluate(facts),
        Truth.False => Else.Evaluate(facts),
        _ => Then.Evaluate(facts) | Else.Evaluate(facts),
    };
}

/// <summary>An expression that is a number or a date (a day number): the stretch of numbers it may be.</summary>
public abstract record NumberNode
{
    /// <summary>The numbers still possible.</summary>
    public abstract Interval Evaluate(ReadOnlySpan<Possible> facts);

    /// <summary>A fact in this expression that is one of several stretches; -1 when there is none.</summary>
    internal static int Several(NumberNode node, ReadOnlySpan<Possible> facts) => node switch
    {
        FactNumber n => facts[n.Fact] is NumbersPossible { Intervals.Length: > 1 } ? n.Fact : -1,
        Sum n => Either(n.Left, n.Right, facts),
        Product n => Either(n.Left, n.Right, facts),
        Between n => Either(n.Start, n.End, facts),
        IfNumber n => Either(n.Then, n.Else, facts),
        Scaled n => Several(n.Operand, facts),
        Shifted n => Several(n.Date, facts),
        _ => -1,
    };

    private static int Either(NumberNode a, NumberNode b, ReadOnlySpan<Possible> facts) => Several(a, facts) is var found and >= 0 ? found : Several(b, facts);
}

/// <summary>A fact that is a number or a date. <c>OnlySystem</c> of 0 or 1: unknown unless reported in that unit system; 255: either.</summary>
public sealed record FactNumber(int Fact, byte OnlySystem = 255) : NumberNode
{
    /// <inheritdoc/>
    public override Interval Evaluate(ReadOnlySpan<Possible> facts)
    {
        var numbers = (NumbersPossible)facts[Fact];
        if (!numbers.IsOneSystem) return Interval.All;
        var interval = numbers.Hull;
        return OnlySystem == 255 || interval.IsAll || interval.System == OnlySystem ? interval : Interval.All;
    }
}

/// <summary>A number in both unit systems (equal when there is one).</summary>
public sealed record NumberConstant(decimal First, decimal Second) : NumberNode
{
    /// <summary>The number, as written in a unit system.</summary>
    public Interval In(byte system) => Interval.Point(system == 1 ? Second : First, system);

    /// <inheritdoc/>
    public override Interval Evaluate(ReadOnlySpan<Possible> facts) => Interval.Point(First);
}

/// <summary><c>Count(L)</c>.</summary>
public sealed record CountOf(int Fact) : NumberNode
{
    /// <inheritdoc/>
    public override Interval Evaluate(ReadOnlySpan<Possible> facts)
    {
        var members = (MembersPossible)facts[Fact];
        var present = BitOperations.PopCount(members.Present);
        return Interval.Closed(present, present + BitOperations.PopCount(members.Open));
    }
}

/// <summary>Left plus right, or minus.</summary>
public sealed record Sum(NumberNode Left, NumberNode Right, bool Minus, decimal ToFirst) : NumberNode
{
    /// <inheritdoc/>
    public override Interval Evaluate(ReadOnlySpan<Possible> facts)
    {
        var left = Left.Evaluate(facts);
        var right = Right is NumberConstant constant ? constant.In(left.System) : Right.Evaluate(facts);
        if (left.System != right.System)
        {
            if (left.System == 1) left = left.Scale(ToFirst, 0);
            if (right.System == 1) right = right.Scale(ToFirst, 0);
        }

        return left.Plus(Minus ? right.Scale(-1, right.System) : right);
    }
}

/// <summary>A product or quotient of two numbers; with more than one number possible on both sides, anything.</summary>
public sealed record Product(NumberNode Left, NumberNode Right, bool Divide) : NumberNode
{
    /// <inheritdoc/>
    public override Interval Evaluate(ReadOnlySpan<Possible> facts)
    {
        var left = Left.Evaluate(facts);
        var right = Right.Evaluate(facts);
        if (right.IsPoint)
        {
            if (Divide) return right.Low == 0 ? Interval.All : left.Divide(right.Low);
            return right.Low == 0 ? Interval.Point(0, left.System) : left.Scale(right.Low, left.System);
        }

        if (!left.IsPoint || Divide) return Interval.All;
        return left.Low == 0 ? Interval.Point(0, right.System) : right.Scale(left.Low, right.System);
    }
}

/// <summary>A unit conversion within one unit system.</summary>
public sealed record Scaled(NumberNode Operand, decimal Factor) : NumberNode
{
    /// <inheritdoc/>
    public override Interval Evaluate(ReadOnlySpan<Possible> facts) => Operand.Evaluate(facts) is var interval ? interval.Scale(Factor, interval.System) : default;
}

/// <summary><c>months between a and b</c> (CQL "Difference/Duration"): whole calendar months from a to b. <c>Years</c>: whole years.</summary>
public sealed record Between(NumberNode Start, NumberNode End, bool Years) : NumberNode
{
    /// <inheritdoc/>
    public override Interval Evaluate(ReadOnlySpan<Possible> facts)
    {
        var start = Start.Evaluate(facts);
        var end = End.Evaluate(facts);
        var (hasLow, hasHigh) = (start.HasHigh && end.HasLow, start.HasLow && end.HasHigh);
        return new(hasLow, hasLow ? Whole(start.High, end.Low) : 0, false, hasHigh, hasHigh ? Whole(start.Low, end.High) : 0, false);
    }

    private decimal Whole(decimal from, decimal to)
    {
        var (a, b) = (DateOnly.FromDayNumber((int)from), DateOnly.FromDayNumber((int)to));
        if (b < a) return -Months(b, a, Years);
        return Months(a, b, Years);
    }

    private static decimal Months(DateOnly a, DateOnly b, bool years)
    {
        var months = ((b.Year - a.Year) * 12) + b.Month - a.Month;
        if (b < a.AddMonths(months)) months--;
        return years ? months / 12 : months;
    }
}

/// <summary>A date plus some months or days.</summary>
public sealed record Shifted(NumberNode Date, int Months, int Days) : NumberNode
{
    /// <inheritdoc/>
    public override Interval Evaluate(ReadOnlySpan<Possible> facts)
    {
        var date = Date.Evaluate(facts);
        return new(date.HasLow, date.HasLow ? Move(date.Low) : 0, date.LowOpen, date.HasHigh, date.HasHigh ? Move(date.High) : 0, date.HighOpen);
    }

    /// <summary>Beyond the calendar its first or last day stands.</summary>
    private decimal Move(decimal day)
    {
        var date = DateOnly.FromDayNumber((int)day);
        var month = (date.Year * 12) + date.Month - 1 + Months;
        var moved = month < 12 ? DateOnly.MinValue : month >= 120_000 ? DateOnly.MaxValue : date.AddMonths(Months);
        return Math.Clamp(moved.DayNumber + Days, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber);
    }
}

/// <summary><c>if</c> of numbers: while undecided, anything from the least to the greatest.</summary>
public sealed record IfNumber(TruthNode When, NumberNode Then, NumberNode Else) : NumberNode
{
    /// <inheritdoc/>
    public override Interval Evaluate(ReadOnlySpan<Possible> facts) => When.Evaluate(facts) switch
    {
        Truth.True => Then.Evaluate(facts),
        Truth.False => Else.Evaluate(facts),
        _ => Then.Evaluate(facts) is var then && Else.Evaluate(facts) is var otherwise && then.System == otherwise.System ? then.Hull(otherwise) : Interval.All,
    };
}

/// <summary><c>null</c>: nothing follows. Only in derivations.</summary>
public sealed record NumberUnknown : NumberNode
{
    /// <inheritdoc/>
    public override Interval Evaluate(ReadOnlySpan<Possible> facts) => Interval.All;
}
