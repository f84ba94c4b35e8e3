using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Risk;
using Hilum.Words;

namespace Hilum.Tests.Risk;

/// <summary>IMDC over all 729 ways of knowing its six factors, against the bounds table of the published rule: 0, 1-2, 3-6 points.</summary>
public sealed class ImdcBoundsTests
{
    private static readonly string[] Factors = ["karnofsky-below-80", "treated-within-one-year", "haemoglobin-low", "corrected-calcium-high", "neutrophils-high", "platelets-high"];

    private static readonly string[] Groups = ["favourable", "intermediate", "poor"];

    private static readonly FactDictionary Dictionary = Sample.Dictionary(
    [
        .. Factors.Select(Draft.Bool),
        Draft.Bool("metastatic"),
        Draft.Code("imdc-risk", Groups).FromPoints([.. Factors.Select(FactDefinition.NameOf)], ("favourable", 0, 0), ("intermediate", 1, 2), ("poor", 3, 6)),
        Draft.Whole("imdc-count").FromPoints([.. Factors.Select(FactDefinition.NameOf)]),
    ]);

    private static readonly RiskModel Imdc = new()
    {
        Id = "imdc",
        Applies = Sample.Condition(Dictionary, "Metastatic"),
        Factors = [.. Factors.Select(id => new RiskFactor(id, Sample.Condition(Dictionary, FactDefinition.NameOf(id)), Phrase.Same(id), []))],
        Groups = [new("favourable", default, 0, 0), new("intermediate", default, 1, 2), new("poor", default, 3, 6)],
    };

    /// <summary>The reference: groups between the fewest and the most points that the unknown factors allow.</summary>
    private static string[] Allowed(Truth[] factors)
    {
        var low = factors.Count(f => f is Truth.True);
        var high = low + factors.Count(f => f is Truth.Undecided);
        static int Group(int points) => points == 0 ? 0 : points <= 2 ? 1 : 2;
        return Groups[Group(low)..(Group(high) + 1)];
    }

    private static IEnumerable<Truth[]> Every()
    {
        for (var n = 0; n < 729; n++)
        {
            var rest = n;
            var factors = new Truth[6];
            for (var i = 0; i < 6; i++, rest /= 3) factors[i] = (Truth)((rest % 3) - 1);
            yield return factors;
        }
    }

    private static Case CaseOf(Truth[] factors, string metastatic = "true") => Sample.Case(
        Dictionary,
        [
            Sample.Given(Dictionary, "metastatic", metastatic),
            .. factors.Select((f, i) => (f, i)).Where(x => x.f is not Truth.Undecided).Select(x => Sample.Given(Dictionary, Factors[x.i], x.f is Truth.True ? "true" : "false")),
        ]);

    [Fact]
    public void Every_combination_of_true_false_and_unknown_gives_the_groups_of_the_bounds_table()
    {
        foreach (var factors in Every())
        {
            // given
            var patient = CaseOf(factors);

            // when
            var risk = Imdc.Assess(patient);

            // then
            var allowed = Allowed(factors);
            Assert.Equal(allowed, risk.Groups.Select(g => g.Id));
            Assert.Equal(factors.Count(f => f is Truth.True), risk.Min);
            Assert.Equal(factors.Count(f => f is not Truth.False), risk.Max);
            Assert.Equal(factors, risk.Factors);
            Assert.Equal(allowed.Aggregate(0UL, (all, g) => all | (1UL << Array.IndexOf(Groups, g))), ((CodesPossible)patient["imdc-risk"].Possible).Mask);
            Assert.Equal(NumbersPossible.Of(Interval.Closed(risk.Min, risk.Max)), patient["imdc-count"].Possible);
            Assert.Equal(allowed.Length == 1 ? FactState.Known : allowed.Length == 3 ? FactState.Unknown : FactState.Partial, patient["imdc-risk"].State);
        }
    }

    /// <summary>Rows of the published table of bounds, word for word.</summary>
    [Theory]
    [InlineData(0, 0, "favourable")]
    [InlineData(0, 1, "favourable intermediate")]
    [InlineData(0, 2, "favourable intermediate")]
    [InlineData(0, 3, "favourable intermediate poor")]
    [InlineData(0, 6, "favourable intermediate poor")]
    [InlineData(1, 0, "intermediate")]
    [InlineData(1, 1, "intermediate")]
    [InlineData(1, 2, "intermediate poor")]
    [InlineData(1, 5, "intermediate poor")]
    [InlineData(2, 0, "intermediate")]
    [InlineData(2, 1, "intermediate poor")]
    [InlineData(2, 4, "intermediate poor")]
    [InlineData(3, 0, "poor")]
    [InlineData(3, 3, "poor")]
    [InlineData(6, 0, "poor")]
    public void The_table_of_bounds_holds(int present, int unknown, string groups)
    {
        Truth[] factors = [.. Enumerable.Repeat(Truth.True, present), .. Enumerable.Repeat(Truth.Undecided, unknown), .. Enumerable.Repeat(Truth.False, 6 - present - unknown)];

        Assert.Equal(groups.Split(' '), Imdc.Assess(CaseOf(factors)).Groups.Select(g => g.Id));
    }

    [Fact]
    public void One_factor_and_two_missing_tests_decide_intermediate_or_poor()
    {
        var condition = Sample.Condition(Dictionary, "ImdcRisk in { 'intermediate', 'poor' }");
        Truth[] factors = [Truth.True, Truth.Undecided, Truth.Undecided, Truth.False, Truth.False, Truth.False];

        Assert.Equal(Truth.True, condition.Evaluate(CaseOf(factors).Possible));
    }

    [Theory]
    [InlineData("false", Truth.False, 0)]
    [InlineData("unknown", Truth.Undecided, 3)]
    [InlineData("true", Truth.True, 3)]
    public void Groups_are_withheld_only_where_the_model_does_not_apply(string metastatic, Truth applies, int groups)
    {
        var risk = Imdc.Assess(CaseOf(new Truth[6], metastatic));

        Assert.Equal(applies, risk.Applies);
        Assert.Equal(groups, risk.Groups.Count);
        Assert.Equal((0, 6), (risk.Min, risk.Max));
    }
}
