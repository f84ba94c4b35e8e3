using Hilum.Expressions;
using Hilum.Guidance;
using Hilum.Options;
using Hilum.Proof.Diff;
using Hilum.Proof.Tests.Support;

namespace Hilum.Proof.Tests.Diff;

/// <summary>Two editions differ for just the patients for whom they differ.</summary>
public sealed class EditionDiffTests
{
    private static readonly Lazy<DiffReport> Story = new(() => EditionDiff.Run(Real.Content, Edition(Real.Content, "ccs-2017"), Edition(Real.Content, "esmo-2024")));

    [Fact]
    public void From_2017_to_2024_immunotherapy_comes_first_in_untreated_clear_cell_cancer_of_intermediate_or_poor_risk()
    {
        var region = Assert.Single(Story.Value.Regions, r => Has(r, "sunitinib", Standing.Preferred, Standing.Option) && r.Changes.Any(c => c is { To: Standing.Recommended, Treatment.Id: "nivolumab-ipilimumab" }));

        // but for those whose cancer grew under a checkpoint inhibitor after surgery: there it is advised against
        var pair = region.Changes.Where(c => c.Treatment.Id == "nivolumab-ipilimumab").ToDictionary(c => c.To, c => (c.From, c.When));
        Assert.Equal([Standing.Recommended, Standing.NotRecommended], pair.Keys.Order());
        Assert.All(pair.Values, c => Assert.Equal(Standing.NotApplicable, c.From));
        Assert.All(pair.Values, c => Assert.Equal([Real.Content.Facts["progressed-on-immunotherapy"].Index], References.Of(c.When!)));
        Assert.IsType<Not>(pair[Standing.Recommended].When);

        Assert.True(Has(region, "sorafenib", Standing.Recommended, Standing.NotApplicable));
        Assert.True(Has(region, "pazopanib", Standing.Recommended, Standing.Option));
        Assert.Contains(region.Because, f => f is ("histology", "clear-cell"));
        Assert.Empty(Story.Value.NotProven);
    }

    [Fact]
    public void The_example_of_each_group_shows_the_engine_a_change_that_the_group_names()
    {
        var (from, to) = (Story.Value.From, Story.Value.To);
        Assert.All(Story.Value.Regions, region => Assert.Contains(region.Changes, change =>
            Assessor.Judge(region.Example.Case, from, change.Treatment).Standing == change.From && Assessor.Judge(region.Example.Case, to, change.Treatment).Standing == change.To));
    }

    [Fact]
    public void The_story_is_told_of_few_groups() => Assert.InRange(Story.Value.Regions.Count, 8, 20);

    [Fact]
    public void What_an_edition_does_not_speak_of_is_told_apart_and_not_as_taken_back()
    {
        var silent = Assert.Single(Story.Value.Regions, r => r.Changes.Any(Story.Value.IsUnspoken));

        Assert.All(silent.Changes, c => Assert.True(Story.Value.IsUnspoken(c)));
        Assert.Contains(silent.Changes, c => c.Treatment.Id == "interferon-alfa");
        Assert.DoesNotContain(silent.Changes, c => c.Treatment.Id == "everolimus");
    }

    [Fact]
    public void Of_untreated_patients_no_change_asks_for_earlier_drugs()
    {
        var dictionary = Real.Content.Facts;
        var untreated = Story.Value.Regions.Where(r => r.Example.Case["line"].Possible is NumbersPossible { IsKnown: true } line && line.Intervals[0].Low == 1
            && r.Conditions.All(all => all.Any(c => References.Of(c).Contains(dictionary["line"].Index)))).ToList();

        Assert.True(untreated.Count >= 5);
        Assert.All(untreated.SelectMany(r => r.Changes), c => Assert.False(c.When is { } when && References.Of(when).Contains(dictionary["prior-drugs"].Index)));
    }

    [Fact]
    public void An_edition_does_not_differ_from_itself()
    {
        var edition = Edition(Real.Content, "kcrnc-2021");
        var report = EditionDiff.Run(Real.Content, edition, Real.Content, edition);

        Assert.Empty(report.Regions);
        Assert.Empty(report.Safety);
        Assert.Empty(report.NotProven);
    }

    [Fact]
    public void A_threshold_that_moves_touches_just_those_between_the_old_and_the_new()
    {
        var changed = ContentLoader.Load(Real.Edited("editions/esmo-2024/first-line.yaml", "ImdcCount <= 1", "ImdcCount <= 0"));
        var report = EditionDiff.Run(Real.Content, Edition(Real.Content, "esmo-2024"), changed, Edition(changed, "esmo-2024"));

        var region = Assert.Single(report.Regions);
        var change = Assert.Single(region.Changes);
        Assert.Equal(("active-surveillance", Standing.Recommended, Standing.NotApplicable), (change.Treatment.Id, change.From, change.To));
        var count = Assert.IsType<NumbersPossible>(region.Example.Case["imdc-count"].Possible);
        Assert.Equal(1, count.Intervals.Single().Low);
    }

    [Fact]
    public void A_safety_rule_that_changes_is_named_with_a_patient_whom_it_touches()
    {
        var changed = ContentLoader.Load(Real.Edited("safety/qt-heart.yaml", "Qtc >= 500 'ms'", "Qtc >= 520 'ms'"));
        var report = EditionDiff.Run(Real.Content, Edition(Real.Content, "esmo-bone"), changed, Edition(changed, "esmo-bone"));

        var change = Assert.Single(report.Safety);
        Assert.Equal(("qtc-500-or-more", "condition"), (change.Rule, change.Change));
        var qtc = Assert.IsType<NumbersPossible>(change.Example!.Case["qtc"].Possible);
        Assert.InRange(qtc.Intervals.Single().Low, 500, 519.9m);
    }

    private static bool Has(DiffRegion region, string treatment, Standing from, Standing to) => region.Changes.Any(c => c.Treatment.Id == treatment && c.From == from && c.To == to && c.When is null);

    private static Edition Edition(GuidanceContent content, string id) => content.Catalogue.FindEdition(id)!;
}
