using Hilum.Evidence;
using Hilum.Tests.Guidance;
using Xunit;

namespace Hilum.Tests.Evidence;

/// <summary>The traps that were met when the trials were read: each must be visible in the records.</summary>
public sealed class HazardTests
{
    [Fact]
    public void KEYNOTE_426_has_one_live_survival_ratio_and_it_is_the_final_one()
    {
        var live = Assert.Single(Live("keynote-426", "overall-survival", "hazard-ratio"));

        Assert.Equal((0.84m, 0.71m, 0.99m), (live.Value, live.Low, live.High));
    }

    [Fact]
    public void CLEAR_warns_that_its_medians_stand_against_its_hazard_ratio()
    {
        Assert.Equal(0.79m, Assert.Single(Live("clear", "overall-survival", "hazard-ratio")).Value);
        var medians = Live("clear", "overall-survival", "median").ToDictionary(r => r.Arm!, r => r.Value);
        Assert.True(medians.Values.Min() == medians.Single(m => m.Key.Contains("lenvatinib", StringComparison.Ordinal) && m.Key.Contains("pembrolizumab", StringComparison.Ordinal)).Value);
        Warns("clear", "median");
    }

    [Fact]
    public void LITESPARK_005_has_equal_medians_and_rates_beside_them()
    {
        Assert.Equal(0.75m, Assert.Single(Live("litespark-005", "progression-free-survival", "hazard-ratio")).Value);
        Assert.Single(Live("litespark-005", "progression-free-survival", "median").Select(r => r.Value).Distinct());
        Assert.Contains(Live("litespark-005", "progression-free-survival", "rate"), r => r.AtMonths == 24);
        Warns("litespark-005", "median");
    }

    [Theory]
    [InlineData("aspen", 80)]
    [InlineData("fyfe-1995", 90)]
    public void An_interval_keeps_its_own_level(string trial, int level) => Assert.Contains(Find(trial).Results, r => r.Level == level);

    [Fact]
    public void No_interval_is_without_a_level() => Assert.All(Content.Loaded.Trials.SelectMany(t => t.Results).Where(r => r.Low is not null), r => Assert.NotNull(r.Level));

    [Fact]
    public void METEOR_keeps_the_first_375_patients_apart_and_warns()
    {
        Assert.Contains(Find("meteor").Results, r => r.Subgroup == "first-375");
        Warns("meteor", "375");
    }

    [Fact]
    public void Study_205_says_how_small_it_is()
    {
        Assert.Equal((153, "2"), (Find("study-205").N, Find("study-205").Phase));
        Warns("study-205", "153");
    }

    [Fact]
    public void ASPEN_names_the_direction_of_its_ratio()
    {
        var ratio = Assert.Single(Find("aspen").Results, r => r is { IsLive: true, Measure: "hazard-ratio", Endpoint: "progression-free-survival", Subgroup: "all" });

        Assert.Equal(("everolimus", "sunitinib", 1.41m), (ratio.Arm, ratio.Versus, ratio.Value));
        Warns("aspen", "everolimus against sunitinib");
    }

    [Fact]
    public void The_dose_belongs_to_the_regimen()
    {
        Assert.Equal("60 mg", Dose("cabozantinib", "cabozantinib"));
        Assert.Equal("40 mg", Dose("nivolumab-cabozantinib", "cabozantinib"));
        Assert.Equal("18 mg", Dose("lenvatinib-everolimus", "lenvatinib"));
        Assert.Equal("20 mg", Dose("pembrolizumab-lenvatinib", "lenvatinib"));
        Assert.Equal("10 mg", Dose("everolimus", "everolimus"));
        Assert.Equal("5 mg", Dose("lenvatinib-everolimus", "everolimus"));
        Assert.Equal("1.34 mg", Dose("tivozanib", "tivozanib"));
    }

    [Theory]
    [InlineData("tivo-1")]
    [InlineData("checkmate-214")]
    public void Response_and_survival_that_point_opposite_ways_carry_a_caution(string trial) => Assert.NotEmpty(Find(trial).Cautions);

    [Fact]
    public void Two_live_figures_of_one_trial_subgroup_endpoint_and_arm_never_differ() =>
        Assert.All(Content.Loaded.Trials, t => Assert.All(t.Results.Where(r => r.IsLive).GroupBy(r => (r.Subgroup, r.Endpoint, r.Measure, r.Arm, r.Versus, r.AtMonths)), g => Assert.Single(g.Select(r => r.Value).Distinct())));

    private static Trial Find(string id) => Content.Loaded.FindTrial(id) ?? throw new InvalidOperationException(id);

    private static List<TrialResult> Live(string trial, string endpoint, string measure) =>
        [.. Find(trial).Results.Where(r => r.IsLive && r.Subgroup == "all" && r.Endpoint == endpoint && r.Measure == measure)];

    private static void Warns(string trial, string about) => Assert.Contains(Find(trial).Cautions, c => c.En!.Contains(about, StringComparison.OrdinalIgnoreCase));

    private static string Dose(string treatment, string drug) => Content.Loaded.Catalogue.Find(treatment)!.Parts.Single(p => p.Drug == drug).Dose;
}
