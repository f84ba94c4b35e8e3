using CsCheck;
using Hilum.Expressions;
using Hilum.Measures;

namespace Hilum.Tests.Expressions;

/// <summary>What is possible: by both statements (intersection), by either (union).</summary>
public sealed class PossibleTests
{
    [Fact]
    public void Codes_by_both_and_by_either() => Gen.Select(Gen.Int[1, 15], Gen.Int[1, 15]).Sample((a, b) =>
        ((CodesPossible?)new CodesPossible((ulong)a).Intersect(new CodesPossible((ulong)b)))?.Mask == ((a & b) == 0 ? null : (ulong)(a & b))
        && ((CodesPossible)new CodesPossible((ulong)a).Union(new CodesPossible((ulong)b))).Mask == (ulong)(a | b));

    [Fact]
    public void A_code_is_known_when_one_is_left()
    {
        Assert.True(new CodesPossible(4).IsKnown);
        Assert.Equal(2, new CodesPossible(4).Code);
        Assert.False(new CodesPossible(6).IsKnown);
        Assert.Equal(Truth.Undecided, CodesPossible.Either.Truth);
        Assert.Equal(CodesPossible.False, CodesPossible.Of(Truth.False));
        Assert.Equal(CodesPossible.Either, CodesPossible.Of(Truth.Undecided));
    }

    [Fact]
    public void Numbers_by_both_are_those_in_a_stretch_of_each()
    {
        var a = new NumbersPossible([Interval.Closed(1, 3), Interval.Closed(5, 7)]);
        var b = new NumbersPossible([Interval.Closed(2, 6)]);

        Assert.Equal(new NumbersPossible([Interval.Closed(2, 3), Interval.Closed(5, 6)]), a.Intersect(b));
        Assert.Null(a.Intersect(NumbersPossible.Of(4)));
        Assert.Equal(a, a.Intersect(NumbersPossible.All));
        Assert.Equal(a, NumbersPossible.All.Intersect(a));
    }

    [Fact]
    public void Numbers_by_either_keep_every_stretch_once()
    {
        var a = NumbersPossible.Of(3);

        Assert.Equal(a, a.Union(NumbersPossible.Of(3)));
        Assert.Equal(new NumbersPossible([Interval.Point(3), Interval.Point(5)]), a.Union(NumbersPossible.Of(5)));
        Assert.Equal(a.GetHashCode(), a.Union(NumbersPossible.Of(3)).GetHashCode());
    }

    [Fact]
    public void Numbers_in_two_unit_systems_are_not_compared_by_their_figures()
    {
        var milligrams = NumbersPossible.Of(2.4m);
        var millimoles = NumbersPossible.Of(2.4m, 1);

        Assert.NotEqual<Possible>(milligrams, millimoles);
        Assert.Equal(NumbersPossible.Of(10), NumbersPossible.Of(10).Intersect(millimoles));
        Assert.Equal(millimoles, NumbersPossible.All.Intersect(millimoles));
        Assert.False(((NumbersPossible)milligrams.Union(millimoles)).IsOneSystem);
    }

    [Fact]
    public void Members_by_both_add_up_and_may_contradict_each_other()
    {
        var lung = new MembersPossible(1, 0, 7);
        var notLung = new MembersPossible(0, 1, 7);

        Assert.Null(lung.Intersect(notLung));
        Assert.Equal(new MembersPossible(1, 2, 7), lung.Intersect(new MembersPossible(0, 2, 7)));
        Assert.Equal(new MembersPossible(0, 0, 7), lung.Union(notLung));
        Assert.True(new MembersPossible(1, 6, 7).IsKnown);
        Assert.Equal(6UL, lung.Open);
    }

    [Fact]
    public void A_symbol_of_sixty_four_codes_uses_every_bit()
    {
        var symbol = new Symbol(0, "Many", ValueKind.Code, [.. Enumerable.Range(0, 64).Select(n => $"c{n}")], []);

        Assert.Equal(ulong.MaxValue, symbol.AllCodes);
        Assert.Equal(new CodesPossible(ulong.MaxValue), symbol.Unknown);
    }
}
