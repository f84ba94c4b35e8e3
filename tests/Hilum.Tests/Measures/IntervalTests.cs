using CsCheck;
using Hilum.Measures;

namespace Hilum.Tests.Measures;

/// <summary>Intervals against sampled numbers: ends are whole, so that quarters stand for every number between two ends.</summary>
public sealed class IntervalTests
{
    private const int Widest = 6;

    private static readonly decimal[] Numbers = [.. Enumerable.Range(-(Widest + 1) * 4, ((Widest + 1) * 8) + 1).Select(n => n / 4m)];

    private static readonly Gen<Interval> AnyInterval =
        from hasLow in Gen.Bool
        from hasHigh in Gen.Bool
        from a in Gen.Int[-Widest, Widest]
        from b in Gen.Int[-Widest, Widest]
        from lowOpen in Gen.Bool
        from highOpen in Gen.Bool
        select new Interval(hasLow, hasLow ? Math.Min(a, b) : 0, hasLow && lowOpen, hasHigh, hasHigh ? Math.Max(a, b) : 0, hasHigh && highOpen);

    private static readonly Gen<Interval> SomeInterval = AnyInterval.Where(i => !i.IsEmpty);

    private static bool Has(Interval i, decimal n) =>
        (!i.HasLow || (i.LowOpen ? n > i.Low : n >= i.Low)) && (!i.HasHigh || (i.HighOpen ? n < i.High : n <= i.High));

    private static IEnumerable<decimal> In(Interval i) => Numbers.Where(n => Has(i, n));

    /// <summary>What a comparison is over every pair: true of all, of none, or of some.</summary>
    private static Truth OfAll(Interval a, Interval b, Func<decimal, decimal, bool> compare)
    {
        bool anyTrue = false, anyFalse = false;
        foreach (var x in In(a))
        {
            foreach (var y in In(b))
            {
                if (compare(x, y)) anyTrue = true;
                else anyFalse = true;
            }
        }

        return anyTrue && anyFalse ? Truth.Undecided : anyTrue ? Truth.True : Truth.False;
    }

    [Fact]
    public void Less_is_exact() => Gen.Select(SomeInterval, SomeInterval).Sample((a, b) => a.Less(b) == OfAll(a, b, (x, y) => x < y), iter: 3000);

    [Fact]
    public void Less_or_equal_is_exact() => Gen.Select(SomeInterval, SomeInterval).Sample((a, b) => a.LessOrEqual(b) == OfAll(a, b, (x, y) => x <= y), iter: 3000);

    [Fact]
    public void Same_is_exact() => Gen.Select(SomeInterval, SomeInterval).Sample((a, b) => a.Same(b) == OfAll(a, b, (x, y) => x == y), iter: 3000);

    [Fact]
    public void Intersect_holds_what_both_hold_and_nothing_else() => Gen.Select(SomeInterval, SomeInterval).Sample((a, b) =>
        In(a.Intersect(b)).SequenceEqual(In(a).Intersect(In(b))) && a.Intersect(b).IsEmpty == !In(a).Intersect(In(b)).Any(), iter: 3000);

    [Fact]
    public void Hull_holds_what_either_holds_and_all_between() => Gen.Select(SomeInterval, SomeInterval).Sample((a, b) =>
    {
        var both = In(a).Union(In(b)).Order().ToList();
        return In(a.Hull(b)).SequenceEqual(Numbers.Where(n => n >= both[0] && n <= both[^1]));
    }, iter: 3000);

    [Fact]
    public void Hull_does_not_depend_on_the_order() => Gen.Select(SomeInterval, SomeInterval).Sample((a, b) => a.Hull(b) == b.Hull(a), iter: 3000);

    [Fact]
    public void Plus_holds_every_sum_and_no_other_number() => Gen.Select(SomeInterval, SomeInterval).Sample((a, b) =>
    {
        var sum = a.Plus(b);
        return In(a).All(x => In(b).All(y => Has(sum, x + y)))
            && Ends(sum, a.HasLow && b.HasLow, a.Low + b.Low, a.LowOpen || b.LowOpen, a.HasHigh && b.HasHigh, a.High + b.High, a.HighOpen || b.HighOpen);
    }, iter: 1000);

    private static bool Ends(Interval i, bool hasLow, decimal low, bool lowOpen, bool hasHigh, decimal high, bool highOpen) =>
        i == new Interval(hasLow, hasLow ? low : 0, hasLow && lowOpen, hasHigh, hasHigh ? high : 0, hasHigh && highOpen);

    [Fact]
    public void Scale_holds_every_multiple_and_turns_round_for_a_negative_factor() =>
        Gen.Select(SomeInterval, Some.Of(-2m, -1m, -0.5m, 0.5m, 1m, 3m)).Sample((a, factor) =>
            Numbers.All(n => Has(a.Scale(factor, 0), n * factor) == Has(a, n)) && a.Scale(factor, 0).IsPoint == a.IsPoint, iter: 3000);

    [Fact]
    public void Divide_is_exact_where_the_reciprocal_is_not()
    {
        Assert.Equal(Interval.Point(3), Interval.Point(9).Divide(3));
        Assert.Equal(Interval.Closed(-3, 1), Interval.Closed(-3, 9).Divide(-3).Intersect(Interval.UpTo(1)));
        Assert.Equal(Interval.Point(7, 1), Interval.Point(49, 1).Divide(7));
    }

    [Fact]
    public void Nothing_is_said_by_an_end_that_is_not_there() => Gen.Select(SomeInterval, SomeInterval).Sample((a, b) =>
    {
        foreach (var i in new[] { a.Plus(b), a.Hull(b), a.Intersect(b), a.Scale(-2, 0) })
            if ((!i.HasLow && (i.Low != 0 || i.LowOpen)) || (!i.HasHigh && (i.High != 0 || i.HighOpen))) return false;
        return true;
    }, iter: 3000);

    [Fact]
    public void A_narrower_interval_never_changes_a_decided_comparison() => Gen.Select(SomeInterval, SomeInterval, SomeInterval).Sample((a, b, more) =>
    {
        var narrow = a.Intersect(more);
        return narrow.IsEmpty
            || ((a.Less(b) is Truth.Undecided || narrow.Less(b) == a.Less(b))
                && (a.LessOrEqual(b) is Truth.Undecided || narrow.LessOrEqual(b) == a.LessOrEqual(b))
                && (a.Same(b) is Truth.Undecided || narrow.Same(b) == a.Same(b)));
    }, iter: 3000);

    [Fact]
    public void The_default_is_every_number()
    {
        Assert.True(default(Interval).IsAll);
        Assert.Equal(Interval.All, default);
        Assert.False(Interval.All.IsPoint);
        Assert.False(Interval.All.IsEmpty);
    }

    [Fact]
    public void One_number_is_a_point_and_two_open_ends_around_it_are_nothing()
    {
        Assert.True(Interval.Point(3).IsPoint);
        Assert.True(new Interval(true, 3, true, true, 3, false).IsEmpty);
        Assert.True(Interval.Closed(4, 3).IsEmpty);
        Assert.False(Interval.Closed(3, 3).IsEmpty);
    }

    [Fact]
    public void A_sum_too_large_for_a_decimal_is_any_number_and_no_exception()
    {
        var huge = Interval.Point(decimal.MaxValue);

        Assert.True(Has(huge.Plus(huge), 0));
        Assert.True(Has(huge.Scale(10, 0), 0));
        Assert.True(Has(huge.Scale(-10, 0), 0));
    }
}
