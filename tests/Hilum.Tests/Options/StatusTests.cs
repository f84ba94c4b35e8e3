using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;
using static Hilum.Options.Standing;

namespace Hilum.Tests.Options;

/// <summary>Design, "Status": a cold, and what three invented publications say of tea, honey and rest.</summary>
public sealed class StatusTests
{
    private static readonly FactDictionary Dictionary = Sample.Dictionary(
        Draft.Bool("fever"),
        Draft.Bool("cough"),
        Draft.Bool("tired"),
        Draft.Bool("hoarse"),
        Draft.Bool("allergic"),
        Draft.Bool("tested"),
        Draft.Code("stage", "mild", "middling", "grave"),
        Draft.Code("season", "summer", "winter"),
        Draft.Codes("pains", "head", "throat", "back"),
        Draft.Whole("days"),
        Draft.Number("temperature", "mg/dL", "mmol/L").Having(d => d with { MolarMass = 40.08m, Thresholds = [new(10, 2.5m)] }),
        Draft.Number("heat", "cm"),
        Draft.Number("heat-limit", "cm"),
        Draft.Bool("hot").Asking("heat", "heat-limit").From("Heat > HeatLimit"),
        Draft.Code("risk", "low", "middle", "high").Asking("fever", "heat", "heat-limit", "tired").FromPoints(["Fever", "Hot", "Tired"], ("low", 0, 0), ("middle", 1, 1), ("high", 2, 3)),
        Draft.Whole("points").Asking("fever", "heat", "heat-limit", "tired").FromPoints(["Fever", "Hot", "Tired"]));

    private static Case Case(params (string Id, string Text)[] given) => Sample.Case(Dictionary, given);

    private static Guideline Tea(params string[] rules) => new Guideline(Dictionary).Treatment("tea").Edition("one", [.. rules.Select(r => r.Replace(" when", " tea when", StringComparison.Ordinal))]);

    private static Option TeaOf(Guideline guideline, params (string Id, string Text)[] given) => Assert.Single(guideline.Assess(Case(given)).Options);

    // ---- one edition, everything known ----

    [Fact]
    public void The_strongest_offer_that_holds_is_the_status()
    {
        var tea = Tea("option when Fever", "preferred when Cough", "recommended when Tired");

        Assert.Equal(Preferred, TeaOf(tea, ("fever", "true"), ("cough", "true"), ("tired", "true")).Standing);
        Assert.Equal(Recommended, TeaOf(tea, ("fever", "true"), ("cough", "false"), ("tired", "true")).Standing);
        Assert.Equal(Standing.Option, TeaOf(tea, ("fever", "true"), ("cough", "false"), ("tired", "false")).Standing);
    }

    [Fact]
    public void Without_an_offer_that_holds_it_is_not_applicable() =>
        Assert.Equal(NotApplicable, TeaOf(Tea("preferred when Fever"), ("fever", "false")).Standing);

    [Fact]
    public void A_statement_against_beats_every_offer()
    {
        var option = TeaOf(Tea("preferred when Fever", "against when Cough"), ("fever", "true"), ("cough", "true"));

        Assert.Equal(NotRecommended, option.Standing);
        Assert.Equal("one-2", option.Editions[0].Recommendation!.Id);
    }

    [Fact]
    public void The_recommendation_behind_the_status_is_named() =>
        Assert.Equal("one-2", TeaOf(Tea("option when Fever", "preferred when Fever"), ("fever", "true")).Editions[0].Recommendation!.Id);

    [Fact]
    public void A_recommendation_may_speak_of_several_treatments()
    {
        var guideline = new Guideline(Dictionary).Treatment("tea").Treatment("rest").Edition("one", "preferred tea+rest when Fever");

        Assert.All(guideline.Assess(Case(("fever", "true"))).Options, o => Assert.Equal(Preferred, o.Standing));
    }

    // ---- one edition, something unknown ----

    [Fact]
    public void Several_statuses_all_offered_settle_to_the_weakest_and_say_what_could_raise_it()
    {
        var option = TeaOf(Tea("option when true", "preferred when Cough"));

        Assert.Equal(Standing.Option, option.Standing);
        Assert.Equal([Preferred, Standing.Option], option.Editions[0].Possible);
        Assert.Equal(["cough"], option.Missing);
        Assert.Equal(["cough"], option.Editions[0].SettledBy);
    }

    [Fact]
    public void An_offer_that_hangs_on_a_missing_fact_needs_information()
    {
        var option = TeaOf(Tea("preferred when Cough and Fever"), ("fever", "true"));

        Assert.Equal(NeedsInformation, option.Standing);
        Assert.Equal(["cough"], option.Missing);
    }

    [Fact]
    public void An_offer_that_a_missing_fact_could_turn_into_advice_against_needs_information() =>
        Assert.Equal(NeedsInformation, TeaOf(Tea("preferred when true", "against when Cough")).Standing);

    [Fact]
    public void Where_nothing_can_be_offered_it_is_not_recommended_if_that_is_possible()
    {
        var option = TeaOf(Tea("against when Cough", "preferred when Fever"), ("fever", "false"));

        Assert.Equal(NotRecommended, option.Standing);
        Assert.Equal([NotRecommended, NotApplicable], option.Editions[0].Possible);
    }

    [Fact]
    public void Unknown_is_never_read_as_no()
    {
        var option = TeaOf(Tea("preferred when not Cough"));

        Assert.Equal(NeedsInformation, option.Standing);
    }

    [Fact]
    public void What_every_completion_offers_is_offered_although_no_single_rule_is_certain()
    {
        Assert.Equal(Preferred, TeaOf(Tea("preferred when Cough", "preferred when not Cough")).Standing);
        Assert.Equal(Preferred, TeaOf(Tea("preferred when Cough or not Cough")).Standing);
        Assert.Equal(Preferred, TeaOf(Tea("preferred when Stage in { 'mild', 'middling' }", "preferred when Stage = 'grave'")).Standing);
        Assert.Equal(Preferred, TeaOf(Tea("preferred when Days < 3", "preferred when Days >= 3")).Standing);
        Assert.Equal(Preferred, TeaOf(Tea("preferred when Days < 3", "preferred when Days between 3 and 5", "preferred when Days > 5")).Standing);
        Assert.Equal(Preferred, TeaOf(Tea("preferred when exists Pains", "preferred when Count(Pains) = 0")).Standing);
        Assert.Equal(Preferred, TeaOf(Tea("preferred when Temperature > 10 'mg/dL'", "preferred when Temperature <= 2.5 'mmol/L'")).Standing);
    }

    [Fact]
    public void What_no_completion_offers_is_not_offered()
    {
        Assert.Equal(NotApplicable, TeaOf(Tea("preferred when Cough and not Cough")).Standing);
        Assert.Equal(NotApplicable, TeaOf(Tea("preferred when Stage = 'mild' and Stage = 'grave'")).Standing);
        Assert.Equal(NotApplicable, TeaOf(Tea("preferred when Days < 3 and Days > 5")).Standing);
        Assert.Equal(NotApplicable, TeaOf(Tea("preferred when Days > 3 and Days < 4")).Standing); // days are whole
        Assert.Equal(NotApplicable, TeaOf(Tea("preferred when Pains contains 'head' and Pains included in { 'back' }")).Standing);
        Assert.Equal(NotApplicable, TeaOf(Tea("preferred when Count(Pains) > 2 and Pains included in { 'head', 'back' }")).Standing);
    }

    [Fact]
    public void Between_two_thresholds_there_is_room()
    {
        Assert.Equal(NeedsInformation, TeaOf(Tea("preferred when Heat > 3 'cm' and Heat < 4 'cm'")).Standing);
        Assert.Equal(NeedsInformation, TeaOf(Tea("preferred when Days > 3 and Days < 5")).Standing);
        Assert.Equal(NotApplicable, TeaOf(Tea("preferred when Heat > 3 'cm' and Heat < 4 'cm'"), ("heat", ">=4 cm")).Standing);
        Assert.Equal(NeedsInformation, TeaOf(Tea("preferred when Heat > 3 'cm' and Heat < 4 'cm'"), ("heat", "<=3.5 cm")).Standing);
    }

    [Fact]
    public void A_number_compared_with_another_fact_stays_open_while_one_of_them_is_unknown()
    {
        Assert.Equal(NeedsInformation, TeaOf(Tea("preferred when Heat > HeatLimit"), ("heat", "7 cm")).Standing);
        Assert.Equal(NeedsInformation, TeaOf(Tea("preferred when Hot"), ("heat", "7 cm")).Standing);
        Assert.Equal(NeedsInformation, TeaOf(Tea("preferred when Hot and Heat > 3 'cm'"), ("heat-limit", "5 cm")).Standing);
        Assert.Equal(NeedsInformation, TeaOf(Tea("preferred when Hot and Heat > 3 'cm'")).Standing);
        Assert.Equal(NeedsInformation, TeaOf(Tea("preferred when not Hot and Heat > 3 'cm'"), ("heat-limit", "5 cm")).Standing);
    }

    [Fact]
    public void A_risk_group_and_the_count_behind_it_are_completed_together()
    {
        Assert.Equal(NotApplicable, TeaOf(Tea("preferred when Risk = 'low' and Points > 0")).Standing);
        Assert.Equal(NotApplicable, TeaOf(Tea("preferred when Risk = 'low' and Fever")).Standing);
        Assert.Equal(NotApplicable, TeaOf(Tea("preferred when Risk = 'high' and not Fever and not Tired")).Standing);
        Assert.Equal(Preferred, TeaOf(Tea("preferred when Risk = 'low'", "preferred when Points >= 1")).Standing);
        Assert.Equal(NeedsInformation, TeaOf(Tea("preferred when Risk = 'high' and not Fever")).Standing);
        Assert.Equal(NeedsInformation, TeaOf(Tea("preferred when Risk = 'middle' and Hot")).Standing);
        Assert.Equal(NotApplicable, TeaOf(Tea("preferred when Risk = 'middle' and Hot and Tired")).Standing);
    }

    [Fact]
    public void What_a_person_is_asked_for_is_the_measurement_and_not_the_finding()
    {
        var option = TeaOf(Tea("preferred when Risk = 'high'"), ("tired", "true"));

        Assert.Equal(["fever", "heat", "heat-limit"], option.Missing);
    }

    [Fact]
    public void A_fact_that_no_completion_needs_is_not_asked_for()
    {
        var option = TeaOf(Tea("preferred when Cough and (Fever or not Fever)"));

        Assert.Equal(["cough"], option.Missing);
    }

    [Fact]
    public void A_fact_that_changes_no_status_is_not_asked_for()
    {
        var option = TeaOf(Tea("preferred when Cough", "preferred when Fever and Cough", "option when Tired and Cough"));

        Assert.Equal(["cough"], option.Missing);
    }

    // ---- the 65,536 completions ----

    [Fact]
    public void Sixteen_unknown_facts_are_walked_and_seventeen_need_information_and_say_so()
    {
        // given: whether an odd number of facts holds, and whether an even one does
        static Guideline Parity(int facts)
        {
            var names = Enumerable.Range(1, facts).Select(n => $"F{n}").ToArray();
            var dictionary = Sample.Dictionary([.. names.Select(n => Draft.Bool(n.ToLowerInvariant()))]);
            return new Guideline(dictionary).Treatment("tea").Edition("one", $"preferred tea when {string.Join(" xor ", names)}", $"preferred tea when not ({string.Join(" xor ", names)})");
        }

        static EditionStanding Judge(int facts)
        {
            var dictionary = Sample.Dictionary([.. Enumerable.Range(1, facts).Select(n => Draft.Bool($"f{n}"))]);
            return Parity(facts).Assess(Sample.Case(dictionary, Sample.AsOf)).Options[0].Editions[0];
        }

        // when
        var sixteen = Judge(16);
        var seventeen = Judge(17);

        // then
        Assert.Equal(Preferred, sixteen.Standing);
        Assert.False(sixteen.TooManyUnknowns);
        Assert.Equal(NeedsInformation, seventeen.Standing);
        Assert.True(seventeen.TooManyUnknowns);
        Assert.Equal(17, seventeen.Missing.Count);
    }

    // ---- several editions ----

    [Fact]
    public void Over_editions_the_strongest_offer_is_the_status()
    {
        var guideline = new Guideline(Dictionary).Treatment("tea").Edition("one", "option tea when true").Edition("two", "recommended tea when true").Edition("three", "preferred tea when Fever");

        Assert.Equal(Recommended, TeaOf(guideline, ("fever", "false")).Standing);
        Assert.Equal(Recommended, TeaOf(guideline).Standing);
        Assert.Equal(["fever"], TeaOf(guideline).Missing);
        Assert.Equal(Preferred, TeaOf(guideline, ("fever", "true")).Standing);
    }

    [Fact]
    public void Where_one_edition_advises_against_it_is_an_option_at_most_and_marked()
    {
        var option = TeaOf(new Guideline(Dictionary).Treatment("tea").Edition("one", "preferred tea when true").Edition("two", "against tea when true"));

        Assert.Equal(Standing.Option, option.Standing);
        Assert.True(option.Disagreement);
        Assert.Equal(["two"], option.AdvisedAgainst);
    }

    [Fact]
    public void Where_one_edition_may_advise_against_it_is_an_option_at_most_but_no_disagreement_yet()
    {
        var guideline = new Guideline(Dictionary).Treatment("tea").Edition("one", "preferred tea when true").Edition("two", "against tea when Fever");

        var open = TeaOf(guideline);
        Assert.Equal(Standing.Option, open.Standing);
        Assert.False(open.Disagreement);
        Assert.Empty(open.AdvisedAgainst);
        Assert.Equal(["fever"], open.Missing);
        Assert.True(TeaOf(guideline, ("fever", "true")).Disagreement);
        Assert.Equal(Preferred, TeaOf(guideline, ("fever", "false")).Standing);
    }

    [Fact]
    public void What_may_be_advised_against_and_is_offered_by_none_is_not_recommended_by_nobody_in_particular()
    {
        var open = TeaOf(new Guideline(Dictionary).Treatment("tea").Edition("one", "against tea when Fever"));

        Assert.Equal(NotRecommended, open.Standing);
        Assert.Empty(open.AdvisedAgainst);
    }

    [Fact]
    public void A_disagreement_does_not_make_a_weak_offer_stronger()
    {
        var option = TeaOf(new Guideline(Dictionary).Treatment("tea").Edition("one", "specialised-centre tea when true").Edition("two", "against tea when true"));

        Assert.Equal(SpecialisedCentre, option.Standing);
        Assert.True(option.Disagreement);
    }

    [Fact]
    public void Two_editions_against_are_no_disagreement()
    {
        var option = TeaOf(new Guideline(Dictionary).Treatment("tea").Edition("one", "against tea when true").Edition("two", "against tea when true"));

        Assert.Equal(NotRecommended, option.Standing);
        Assert.False(option.Disagreement);
        Assert.Equal(["one", "two"], option.AdvisedAgainst);
    }

    [Fact]
    public void An_edition_without_a_statement_on_the_treatment_is_silent()
    {
        var guideline = new Guideline(Dictionary).Treatment("rest").Treatment("tea").Edition("one", "preferred tea when true").Edition("two", "preferred rest when true");

        var tea = guideline.Assess(Case()).Options.Single(o => o.Treatment.Id == "tea");

        Assert.Equal(Preferred, tea.Standing);
        Assert.False(tea.Editions[0].Silent);
        Assert.True(tea.Editions[1].Silent);
    }

    [Fact]
    public void An_edition_whose_scope_does_not_cover_the_patient_is_silent()
    {
        var guideline = new Guideline(Dictionary).Treatment("tea")
            .Edition("summer", e => e with { Scope = Sample.Condition(Dictionary, "Season = 'summer'") }, "against tea when true")
            .Edition("winter", e => e with { Scope = Sample.Condition(Dictionary, "Season = 'winter'") }, "preferred tea when true");

        var option = TeaOf(guideline, ("season", "winter"));

        Assert.Equal(Preferred, option.Standing);
        Assert.False(option.Disagreement);
        Assert.True(option.Editions[0].Silent);
    }

    [Fact]
    public void An_edition_that_may_cover_the_patient_needs_information()
    {
        var guideline = new Guideline(Dictionary).Treatment("tea")
            .Edition("winter", e => e with { Scope = Sample.Condition(Dictionary, "Season = 'winter'") }, "preferred tea when true");

        var option = TeaOf(guideline);

        Assert.Equal(NeedsInformation, option.Standing);
        Assert.Equal(["season"], option.Missing);
    }

    [Fact]
    public void A_treatment_of_which_no_edition_speaks_is_not_applicable() =>
        Assert.Equal(NotApplicable, TeaOf(new Guideline(Dictionary).Treatment("tea").Edition("one")).Standing);

    [Fact]
    public void Funding_ranks_nothing()
    {
        var guideline = new Guideline(Dictionary).Treatment("tea")
            .Edition("clinical", "option tea when true")
            .Edition("payer", e => e with { Kind = EditionKind.Funding }, "preferred tea when true");

        Assert.Equal(Standing.Option, TeaOf(guideline).Standing);
    }

    [Fact]
    public void Funding_alone_offers_nothing_and_its_refusal_is_no_disagreement()
    {
        var payer = new Guideline(Dictionary).Treatment("tea").Edition("payer", e => e with { Kind = EditionKind.Funding }, "preferred tea when true");
        var refused = new Guideline(Dictionary).Treatment("tea").Edition("clinical", "preferred tea when true")
            .Edition("payer", e => e with { Kind = EditionKind.Funding }, "against tea when true");

        Assert.Equal(NotApplicable, TeaOf(payer).Standing);
        Assert.Equal(Preferred, TeaOf(refused).Standing);
        Assert.False(TeaOf(refused).Disagreement);
    }

    [Fact]
    public void A_historical_edition_speaks_only_when_it_is_asked_for()
    {
        var guideline = new Guideline(Dictionary).Treatment("tea")
            .Edition("today", "option tea when true")
            .Edition("old", e => e with { Kind = EditionKind.Historical }, "preferred tea when true")
            .Edition("replaced", e => e with { Status = "superseded" }, "preferred tea when true");

        Assert.Equal(Standing.Option, TeaOf(guideline).Standing);
        Assert.Equal(Preferred, Assert.Single(guideline.Assess(Case(), "old").Options).Standing);
        Assert.Equal(["old"], guideline.Assess(Case(), "old").Editions.Select(e => e.Id));
    }

    // ---- scope of the plan ----

    [Fact]
    public void Outside_the_scope_there_are_no_options_and_a_reason()
    {
        var guideline = Tea("preferred when true").For("Cough and Stage = 'grave'", kidneyCancer: "Cough");

        Assert.Empty(guideline.Assess(Case(("cough", "false"))).Options);
        Assert.Equal("outside: not kidney", guideline.Assess(Case(("cough", "false"))).ScopeBecause.En);
        Assert.Equal("outside: stage", guideline.Assess(Case(("cough", "true"), ("stage", "mild"))).ScopeBecause.En);
        Assert.Equal(Truth.True, guideline.Assess(Case(("cough", "true"), ("stage", "grave"))).Scope);
    }

    [Fact]
    public void With_the_scope_unknown_the_list_is_full_and_at_best_needs_information()
    {
        // given
        var guideline = new Guideline(Dictionary).For("Stage = 'grave'").Treatment("honey").Treatment("rest").Treatment("tea")
            .Edition("one", "preferred tea when true", "against honey when true", "preferred rest when Cough");

        // when
        var assessment = guideline.Assess(Case());

        // then
        Assert.Equal(Truth.Undecided, assessment.Scope);
        Assert.Equal(NotRecommended, assessment.Options.Single(o => o.Treatment.Id == "honey").Standing);
        Assert.Equal(NeedsInformation, assessment.Options.Single(o => o.Treatment.Id == "tea").Standing);
        Assert.Equal(NeedsInformation, assessment.Options.Single(o => o.Treatment.Id == "rest").Standing);
        Assert.Equal("stage", assessment.Missing[0].Fact);
        Assert.Equal(["honey", "rest", "tea"], assessment.Missing[0].Settles);
    }

    // ---- what is missing ----

    [Fact]
    public void What_settles_most_options_alone_is_asked_for_first()
    {
        // given: cough settles tea and rest alone; fever bears on three, and settles none alone
        var guideline = new Guideline(Dictionary).Treatment("honey").Treatment("rest").Treatment("soup").Treatment("tea").Treatment("walk").Edition(
            "one", "preferred tea when Cough", "preferred rest when Cough", "preferred honey when Fever and Tired", "preferred soup when Fever and Tired", "preferred walk when Fever and Hoarse");

        // when
        var missing = guideline.Assess(Case()).Missing;

        // then
        Assert.Equal(["cough", "fever", "tired", "hoarse"], missing.Select(m => m.Fact));
        Assert.Equal([2, 0, 0, 0], missing.Select(m => m.Alone));
        Assert.Equal(["honey", "soup", "walk"], missing[1].Settles);
    }

    [Fact]
    public void A_conflict_stands_first_among_what_is_missing()
    {
        var patient = Sample.Case(Dictionary, Sample.Given(Dictionary, "fever", "true"), Sample.Given(Dictionary, "fever", "false"));
        var guideline = new Guideline(Dictionary).Treatment("rest").Treatment("tea").Edition("one", "preferred tea when Fever", "preferred rest when Cough and Tired", "preferred tea when Cough");

        Assert.Equal("fever", guideline.Assess(patient).Missing[0].Fact);
    }

    // ---- order, statements, emergencies ----

    [Fact]
    public void Options_stand_in_the_order_of_their_status_and_then_by_name()
    {
        var guideline = new Guideline(Dictionary);
        foreach (var id in new[] { "a", "b", "c", "d", "e", "f", "g", "h" }) guideline.Treatment(id);
        guideline.Edition("one", "option a when true", "preferred c when true", "preferred b when true", "against d when true", "preferred e when Cough", "specialised-centre f when true", "recommended g when true");

        Assert.Equal(["b", "c", "g", "a", "f", "e", "d", "h"], guideline.Assess(Case()).Options.Select(o => o.Treatment.Id));
    }

    [Fact]
    public void A_statement_is_shown_when_it_is_known_to_concern_the_patient()
    {
        var guideline = Tea("preferred when true");
        guideline.Edition("two", e => e with
        {
            Statements =
            [
                new("always", default, null, null, default, default),
                new("fever", default, Sample.Condition(Dictionary, "Fever"), null, default, default),
                new("cough", default, Sample.Condition(Dictionary, "Cough"), null, default, default),
                new("unless-fever", default, null, Sample.Condition(Dictionary, "Fever"), default, default),
                new("unless-cough", default, null, Sample.Condition(Dictionary, "Cough"), default, default),
            ],
        });
        guideline.Edition("three", e => e with { Scope = Sample.Condition(Dictionary, "not Fever"), Statements = [new("other-patients", default, null, null, default, default)] });

        Assert.Equal(["always", "fever", "unless-cough"], guideline.Assess(Case(("fever", "true"))).Statements.Select(s => s.Statement.Id));
    }

    [Fact]
    public void An_emergency_is_shown_when_it_is_known_to_hold()
    {
        var guideline = Tea("preferred when true").Urgent("fire", "Fever and Cough");

        Assert.Empty(guideline.Assess(Case(("fever", "true"))).Urgent);
        Assert.Equal("fire", Assert.Single(guideline.Assess(Case(("fever", "true"), ("cough", "true"))).Urgent).Id);
    }

    [Fact]
    public void The_words_of_the_contract_name_every_status()
    {
        foreach (var standing in Enum.GetValues<Standing>()) Assert.Equal(standing, StandingWords.Parse(standing.Id()));
        Assert.Null(StandingWords.Parse("perhaps"));
        Assert.Equal([Preferred, Recommended, Standing.Option, SpecialisedCentre], Enum.GetValues<Standing>().Where(s => s.IsOffered()));
    }
}
