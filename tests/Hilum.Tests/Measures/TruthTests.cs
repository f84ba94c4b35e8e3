using Hilum.Measures;

namespace Hilum.Tests.Measures;

/// <summary>HL7 CQL 1.5, Author's Guide, "Logical Operators": the published tables, all nine rows each (null is undecided here).</summary>
public sealed class TruthTests
{
    private const Truth True = Truth.True;
    private const Truth False = Truth.False;
    private const Truth Null = Truth.Undecided;

    [Theory]
    [InlineData(True, True, True)]
    [InlineData(True, False, False)]
    [InlineData(True, Null, Null)]
    [InlineData(False, True, False)]
    [InlineData(False, False, False)]
    [InlineData(False, Null, False)]
    [InlineData(Null, True, Null)]
    [InlineData(Null, False, False)]
    [InlineData(Null, Null, Null)]
    public void And_is_the_least_of_its_parts(Truth left, Truth right, Truth answer) => Assert.Equal(answer, left.And(right));

    [Theory]
    [InlineData(True, True, True)]
    [InlineData(True, False, True)]
    [InlineData(True, Null, True)]
    [InlineData(False, True, True)]
    [InlineData(False, False, False)]
    [InlineData(False, Null, Null)]
    [InlineData(Null, True, True)]
    [InlineData(Null, False, Null)]
    [InlineData(Null, Null, Null)]
    public void Or_is_the_greatest_of_its_parts(Truth left, Truth right, Truth answer) => Assert.Equal(answer, left.Or(right));

    [Theory]
    [InlineData(True, True, False)]
    [InlineData(True, False, True)]
    [InlineData(True, Null, Null)]
    [InlineData(False, True, True)]
    [InlineData(False, False, False)]
    [InlineData(False, Null, Null)]
    [InlineData(Null, True, Null)]
    [InlineData(Null, False, Null)]
    [InlineData(Null, Null, Null)]
    public void Xor_needs_both_of_its_parts(Truth left, Truth right, Truth answer) => Assert.Equal(answer, left.Xor(right));

    [Theory]
    [InlineData(True, True, True)]
    [InlineData(True, False, False)]
    [InlineData(True, Null, Null)]
    [InlineData(False, True, True)]
    [InlineData(False, False, True)]
    [InlineData(False, Null, True)]
    [InlineData(Null, True, True)]
    [InlineData(Null, False, Null)]
    [InlineData(Null, Null, Null)]
    public void Implies_is_not_the_left_or_the_right(Truth left, Truth right, Truth answer) => Assert.Equal(answer, left.Implies(right));

    [Theory]
    [InlineData(True, False)]
    [InlineData(False, True)]
    [InlineData(Null, Null)]
    public void Not_is_the_opposite(Truth truth, Truth answer) => Assert.Equal(answer, truth.Not());

    [Fact]
    public void A_truth_that_nobody_gave_is_undecided() => Assert.Equal(Truth.Undecided, default);

    [Fact]
    public void A_Boolean_is_true_or_false()
    {
        Assert.Equal(Truth.True, true.ToTruth());
        Assert.Equal(Truth.False, false.ToTruth());
    }
}
