using CsCheck;
using Hilum.Evidence;
using Hilum.Tests.Guidance;
using Xunit;

namespace Hilum.Tests.Evidence;

/// <summary>The rule that makes a range of a median of survival: who gets one, and in which order its cases stand.</summary>
public sealed class SurvivalRangeTests
{
    private static readonly SurvivalRange Rule = Assert.Single(Content.Loaded.SurvivalRanges);

    [Fact]
    public void The_worst_case_ends_before_the_typical_one_and_the_typical_one_before_the_best()
    {
        var ends = new[] { "worst", "typical", "best" }.Select(id => Rule.Scenarios.Single(s => s.Id == id)).SelectMany(s => new[] { s.From, s.To }).OfType<decimal>().ToList();

        Gen.Int[1, 2000].Select(tenths => tenths / 10m).Sample(median =>
        {
            var months = ends.Select(e => e * median).ToList();
            return months.SequenceEqual(months.Order()) && months.Distinct().Count() == months.Count;
        });
    }

    [Fact]
    public void A_treatment_has_a_range_only_where_every_drug_is_of_a_class_for_which_the_rule_was_tried()
    {
        var content = Content.Loaded;
        foreach (var treatment in content.Catalogue.Treatments)
        {
            var classes = treatment.Parts.Select(p => content.Formulary.FindDrug(p.Drug)!.Class).Distinct(StringComparer.Ordinal).ToList();

            Assert.False(Rule.Covers(classes) && Rule.Exception(classes) is not null, treatment.Id);
            if (classes.Exists(c => c is "pd-1-inhibitor" or "pd-l1-inhibitor" or "ctla-4-inhibitor")) Assert.True(Rule.Exception(classes) is not null && !Rule.Covers(classes), treatment.Id);
            if (treatment.Parts.Length == 0) Assert.False(Rule.Covers(classes), treatment.Id);
        }

        Assert.True(Rule.Covers(["vegfr-tki"]));
        Assert.False(Rule.Covers(["vegfr-tki", "cytokine"]));
    }

    [Fact]
    public void What_it_says_names_its_source_and_shows_that_it_was_seen()
    {
        Assert.NotNull(Content.Loaded.FindSource(Rule.Source.Document));
        Assert.Equal("seen", Rule.Review.SourceWord);
        Assert.All(Rule.NotFor, n => Assert.NotNull(Content.Loaded.FindSource(n.Source.Document)));
    }
}
