using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;
using static Hilum.Options.Severity;

namespace Hilum.Tests.Options;

/// <summary>Reasons not to give a treatment: they act when True; while undecided the option stays offered and says "check first".</summary>
public sealed class SafetyTests
{
    private static readonly FactDictionary Dictionary = Sample.Dictionary(
        Draft.Bool("allergic"),
        Draft.Bool("tested"),
        Draft.Bool("tired"),
        Draft.Number("heat", "cm"),
        Draft.Number("heat-limit", "cm"),
        Draft.Bool("hot").Asking("heat", "heat-limit").From("Heat > HeatLimit"));

    private static Case Case(params (string Id, string Text)[] given) => Sample.Case(Dictionary, given);

    private static Guideline Honey => new Guideline(Dictionary).Treatment("honey").Edition("one", "preferred honey when true");

    private static Option HoneyOf(Guideline guideline, params (string Id, string Text)[] given) => Assert.Single(guideline.Assess(Case(given)).Options);

    [Fact]
    public void A_contraindication_that_applies_makes_it_contraindicated_whatever_is_recommended()
    {
        var option = HoneyOf(Honey.Safety("allergy", Contraindicated, "Allergic"), ("allergic", "true"));

        Assert.Equal(Standing.Contraindicated, option.Standing);
        Assert.Equal("allergy", Assert.Single(option.Safety).Rule.Id);
        Assert.Equal(Truth.True, option.Safety[0].State);
        Assert.Empty(option.Safety[0].Missing);
        Assert.False(option.Disagreement);
    }

    [Fact]
    public void What_would_lift_every_contraindication_that_applies_would_change_the_answer()
    {
        var liftable = Honey.Safety("allergy", Contraindicated, "Allergic", "Tested");
        var option = HoneyOf(liftable, ("allergic", "true"));

        Assert.Equal(Standing.Contraindicated, option.Standing);
        Assert.Equal(["tested"], option.Missing);
        Assert.Equal(new MissingFact("tested", ["honey"], 1) with { Settles = [] }, liftable.Assess(Case(("allergic", "true"))).Missing.Single() with { Settles = [] });
        Assert.Equal(Standing.Preferred, HoneyOf(liftable, ("allergic", "true"), ("tested", "true")).Standing);
        Assert.Empty(HoneyOf(liftable.Safety("weariness", Contraindicated, "Tired"), ("allergic", "true"), ("tired", "true")).Missing);
    }

    [Fact]
    public void While_it_is_undecided_the_option_stays_offered_and_says_what_to_check_first()
    {
        var option = HoneyOf(Honey.Safety("allergy", Contraindicated, "Allergic"));

        Assert.Equal(Standing.Preferred, option.Standing);
        Assert.Equal(Truth.Undecided, Assert.Single(option.Safety).State);
        Assert.Equal(["allergic"], option.Safety[0].Missing);
        Assert.Empty(option.Missing);
    }

    [Fact]
    public void What_is_to_be_checked_is_the_measurement_and_not_the_finding() =>
        Assert.Equal(["heat", "heat-limit"], Assert.Single(HoneyOf(Honey.Safety("heat", Contraindicated, "Hot or Tired"), ("tired", "false")).Safety).Missing);

    [Theory]
    [InlineData(true, "tea", new[] { "honey" })]
    [InlineData(false, "tea", new[] { "tea" })]
    [InlineData(null, "tea", new[] { "honey", "tea" })]
    [InlineData(true, "", new[] { "honey", "tea" })]
    [InlineData(false, "", new string[0])]
    public void A_rule_about_starting_does_not_concern_what_is_given_and_one_about_going_on_nothing_else(bool? starting, string given, string[] concerned)
    {
        var dictionary = Sample.Dictionary(Draft.Bool("allergic"), Draft.List("prior-therapies"));
        var guideline = new Guideline(dictionary).Treatment("honey").Treatment("tea").Edition("one", "preferred honey when true", "preferred tea when true")
            .Safety("rule", Avoid, "Allergic", about: r => r with { Treatments = ["honey", "tea"], Starting = starting });
        PriorTherapy[] courses = given.Length == 0 ? [] : [new() { Treatment = given, Setting = TherapySetting.Metastatic }];
        var patient = Sample.Case(dictionary, Sample.Given(dictionary, "allergic", "true"), new(dictionary["prior-therapies"], new GivenTherapies(courses, Complete: true), default, "case file"));

        Assert.Equal(concerned, guideline.Assess(patient).Options.Where(o => o.Safety.Count > 0).Select(o => o.Treatment.Id));
    }

    [Fact]
    public void A_rule_that_does_not_concern_the_patient_is_not_listed() =>
        Assert.Empty(HoneyOf(Honey.Safety("allergy", Contraindicated, "Allergic"), ("allergic", "false")).Safety);

    [Theory]
    [InlineData("true", "true", null)]
    [InlineData("true", "false", Truth.True)]
    [InlineData("true", "unknown", Truth.True)] // an exception counts only when it is known to hold
    [InlineData("unknown", "true", null)]
    [InlineData("unknown", "unknown", Truth.Undecided)]
    [InlineData("false", "unknown", null)]
    public void An_exception_counts_only_when_it_is_known_to_hold(string allergic, string tested, Truth? state)
    {
        var option = HoneyOf(Honey.Safety("allergy", Contraindicated, "Allergic", unless: "Tested"), ("allergic", allergic), ("tested", tested));

        Assert.Equal(state, option.Safety.Count == 0 ? null : option.Safety[0].State);
        Assert.Equal(state is Truth.True ? Standing.Contraindicated : Standing.Preferred, option.Standing);
    }

    [Fact]
    public void A_contraindication_keeps_the_text_of_what_would_justify_the_treatment_all_the_same()
    {
        var option = HoneyOf(Honey.Safety("allergy", Contraindicated, "Allergic"), ("allergic", "true"));

        Assert.Equal("only after a team decision", option.Safety[0].Rule.Override.En);
        Assert.Equal(Standing.Contraindicated, option.Standing);
    }

    [Fact]
    public void Avoid_leaves_it_offered_last_in_its_tier()
    {
        // given
        var guideline = new Guideline(Dictionary).Treatment("honey").Treatment("rest").Treatment("tea").Treatment("walk")
            .Edition("one", "preferred honey when true", "preferred rest when true", "preferred tea when true", "option walk when true")
            .Safety("gently", Avoid, "Tired", about: r => r with { Treatments = ["honey"] });

        // when
        var tired = guideline.Assess(Case(("tired", "true"))).Options;
        var unknown = guideline.Assess(Case()).Options;

        // then
        Assert.Equal(["rest", "tea", "honey", "walk"], tired.Select(o => o.Treatment.Id));
        Assert.Equal(Standing.Preferred, tired[2].Standing);
        Assert.True(tired[2].WithCare);
        Assert.Equal(["honey", "rest", "tea", "walk"], unknown.Select(o => o.Treatment.Id));
    }

    [Theory]
    [InlineData(AdjustDose)]
    [InlineData(Caution)]
    [InlineData(Severity.Monitor)]
    public void A_milder_rule_changes_neither_status_nor_place(Severity severity)
    {
        var option = HoneyOf(Honey.Safety("rule", severity, "Allergic"), ("allergic", "true"));

        Assert.Equal(Standing.Preferred, option.Standing);
        Assert.False(option.WithCare);
        Assert.Single(option.Safety);
    }

    [Fact]
    public void The_hardest_rules_stand_first_and_those_that_apply_before_those_to_check()
    {
        var option = HoneyOf(
            Honey.Safety("e", Severity.Monitor, "true").Safety("d", Avoid, "Tested").Safety("c", Avoid, "true").Safety("b", Contraindicated, "Tested").Safety("a", Caution, "true"));

        Assert.Equal(["b", "c", "d", "a", "e"], option.Safety.Select(s => s.Rule.Id));
    }

    [Fact]
    public void A_rule_concerns_a_drug_a_class_a_treatment_or_a_kind_and_regimens_inherit_from_their_parts()
    {
        // given
        var guideline = new Guideline(Dictionary)
            .Treatment("a", "targeted", "drug-x:class-p")
            .Treatment("b", "combination", "drug-x:class-p", "drug-y:class-q")
            .Treatment("c", "surgery")
            .Treatment("d", "targeted", "drug-z:class-q")
            .Edition("one", "preferred a+b+c+d when true")
            .Safety("by-drug", Severity.Monitor, "true", about: r => r with { Drugs = ["drug-x"] })
            .Safety("by-class", Severity.Monitor, "true", about: r => r with { Classes = ["class-q"] })
            .Safety("by-treatment", Severity.Monitor, "true", about: r => r with { Treatments = ["c"] })
            .Safety("by-kind", Severity.Monitor, "true", about: r => r with { Kinds = ["targeted"] })
            .Safety("but-not", Severity.Monitor, "true", about: r => r with { Kinds = ["targeted", "combination"], Except = ["d"] });

        // when
        var rules = guideline.Assess(Case()).Options.ToDictionary(o => o.Treatment.Id, o => string.Join(' ', o.Safety.Select(s => s.Rule.Id)), StringComparer.Ordinal);

        // then
        Assert.Equal("but-not by-drug by-kind", rules["a"]);
        Assert.Equal("but-not by-class by-drug", rules["b"]);
        Assert.Equal("by-treatment", rules["c"]);
        Assert.Equal("by-class by-kind", rules["d"]);
    }

    [Fact]
    public void Contraindicated_options_stand_last()
    {
        var guideline = new Guideline(Dictionary).Treatment("honey").Treatment("tea").Edition("one", "preferred honey when true")
            .Safety("allergy", Contraindicated, "Allergic", about: r => r with { Treatments = ["honey"] });

        Assert.Equal(["tea", "honey"], guideline.Assess(Case(("allergic", "true"))).Options.Select(o => o.Treatment.Id));
    }

    [Theory]
    [InlineData("contraindicated", Contraindicated)]
    [InlineData("avoid", Avoid)]
    [InlineData("adjust-dose", AdjustDose)]
    [InlineData("caution", Caution)]
    [InlineData("monitor", Severity.Monitor)]
    public void The_words_of_the_contract_name_every_severity(string word, Severity severity)
    {
        Assert.Equal(severity, SafetyRule.ParseSeverity(word));
        Assert.Null(SafetyRule.ParseSeverity(word.ToUpperInvariant()));
    }
}
