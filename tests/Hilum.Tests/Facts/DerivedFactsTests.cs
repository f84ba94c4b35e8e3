using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using static Hilum.Tests.Facts.Clinic;

namespace Hilum.Tests.Facts;

public sealed class DerivedFactsTests
{
    // ---- given and derived ----

    [Fact]
    public void A_given_and_a_derived_value_that_disagree_are_a_conflict_with_a_warning()
    {
        var patient = Case(("haemoglobin", "9.8 g/dL"), ("haemoglobin-lln", "12 g/dL"), ("haemoglobin-low", "false"));

        Assert.Equal(FactState.Conflict, patient["haemoglobin-low"].State);
        Assert.Equal(Truth.Undecided, patient.Truth("haemoglobin-low"));
        Assert.Contains(patient.Warnings, w => w.En!.Contains("disagree", StringComparison.Ordinal) && w.Fr!.Length > 0);
    }

    [Fact]
    public void A_given_and_a_derived_value_that_agree_are_known_and_the_given_one_is_shown()
    {
        var fact = Case(("haemoglobin", "9.8 g/dL"), ("haemoglobin-lln", "12 g/dL"), ("haemoglobin-low", "true"))["haemoglobin-low"];

        Assert.Equal(FactState.Known, fact.State);
        Assert.Equal(CodesPossible.True, fact.Possible);
        Assert.False(fact.IsDerived);
        Assert.Equal("case file", fact.Origin);
    }

    [Fact]
    public void A_finding_without_a_figure_may_be_given_alone() => Assert.Equal(Truth.True, Case(("platelets-high", "true")).Truth("platelets-high"));

    [Fact]
    public void A_derived_value_says_that_it_is_derived()
    {
        var fact = Case(("haemoglobin", "9.8 g/dL"), ("haemoglobin-lln", "12 g/dL"))["haemoglobin-low"];

        Assert.True(fact.IsDerived);
        Assert.NotNull(fact.Derivation);
        Assert.Equal("", fact.Origin);
    }

    [Fact]
    public void A_derivation_narrows_what_was_given_only_in_part()
    {
        var patient = Case(("sex", "male"), ("pregnant", "false | true"));

        Assert.Equal(Truth.False, patient.Truth("pregnant"));
    }

    [Fact]
    public void A_man_is_not_pregnant_and_of_a_woman_it_does_not_follow()
    {
        Assert.Equal(Truth.False, Case(("sex", "male")).Truth("pregnant"));
        Assert.Equal(Truth.Undecided, Case(("sex", "female")).Truth("pregnant"));
    }

    // ---- stage ----

    [Fact]
    public void An_old_stage_group_gives_way_to_later_metastases()
    {
        var patient = Case(("stage", "III"), ("metastatic-sites", "[brain, ?]"));

        Assert.Equal("IV", patient.Codes("stage"));
        Assert.Equal(FactState.Known, patient["stage"].State);
        Assert.Contains(patient.Warnings, w => w.En!.Contains("gives way to IV", StringComparison.Ordinal));
    }

    [Fact]
    public void A_stage_group_that_is_higher_than_what_follows_is_a_conflict()
    {
        var patient = Case(("stage", "IV"), ("t-category", "T3"), ("m-category", "M0"));

        Assert.Equal("III | IV", patient.Codes("stage"));
        Assert.Equal(FactState.Conflict, patient["stage"].State);
    }

    [Fact]
    public void Lymph_nodes_and_a_local_recurrence_are_no_distant_metastasis()
    {
        Assert.Equal(Truth.Undecided, Case(("metastatic-sites", "[lymph-node, local-recurrence]")).Truth("metastatic"));
        Assert.Equal(Truth.False, Case(("metastatic-sites", "[lymph-node]"), ("m-category", "M0")).Truth("metastatic"));
        Assert.Equal(Truth.True, Case(("metastatic-sites", "[lymph-node, lung]")).Truth("metastatic"));
    }

    [Fact]
    public void M0_and_a_metastasis_in_the_lung_are_metastatic_now() =>
        Assert.Equal(Truth.True, Case(("m-category", "M0"), ("metastatic-sites", "[lung]")).Truth("metastatic"));

    // ---- lists ----

    [Fact]
    public void A_complete_list_denies_every_other_member()
    {
        var patient = Case(("metastatic-sites", "[lung]"));

        Assert.Equal("[lung]", patient.Members("metastatic-sites"));
        Assert.Equal(FactState.Known, patient["metastatic-sites"].State);
    }

    [Fact]
    public void An_empty_list_is_none() => Assert.Equal("[]", Case(("metastatic-sites", "[]")).Members("metastatic-sites"));

    [Fact]
    public void A_list_with_an_unknown_is_open()
    {
        var patient = Case(("metastatic-sites", "[lung, unknown]"));

        Assert.Equal("[lung, ?]", patient.Members("metastatic-sites"));
        Assert.Equal(FactState.Partial, patient["metastatic-sites"].State);
    }

    [Fact]
    public void A_list_that_nobody_states_is_unknown() => Assert.Equal(FactState.Unknown, Nothing()["metastatic-sites"].State);

    [Fact]
    public void Members_and_denials_of_several_statements_add_up()
    {
        var patient = FromFhir(
            Given("metastatic-sites", "[lung, ?]", "2025-01-01", "Condition/a"),
            Given("metastatic-sites", "[bone, ?]", "2026-01-01", "Condition/b"),
            Given("metastatic-sites", "[not brain, ?]", "2026-02-01", "Condition/c"));

        Assert.Equal("[lung, bone, not brain, ?]", patient.Members("metastatic-sites"));
        Assert.Equal("Condition/a, Condition/b, Condition/c", patient["metastatic-sites"].Origin);
    }

    [Fact]
    public void A_member_that_one_statement_states_and_another_denies_is_a_conflict()
    {
        var patient = FromFhir(Given("metastatic-sites", "[lung, brain, ?]", origin: "Condition/a"), Given("metastatic-sites", "[not brain, ?]", origin: "Condition/b"));

        Assert.Equal("[lung, ?]", patient.Members("metastatic-sites"));
        Assert.Equal(FactState.Conflict, patient["metastatic-sites"].State);
        Assert.Contains(patient.Warnings, w => w.En!.Contains("Condition/a, Condition/b", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_free_list_it_is_known_whether_anything_is_on_it()
    {
        Assert.Equal(MembersPossible.None, Case(Given("allergies", "[]"))["allergies"].Possible);
        Assert.Equal(MembersPossible.Some, Case(Given("allergies", "[nuts]"))["allergies"].Possible);
        Assert.Equal(FactState.Unknown, Nothing()["allergies"].State);
    }

    // ---- corrected calcium ----

    [Fact]
    public void Corrected_calcium_is_computed_in_mg_per_dL_from_a_result_in_mg_per_dL()
    {
        var patient = Case(("calcium", "9.6 mg/dL"), ("albumin", "3.0 g/dL"));

        Assert.Equal("10.4", patient.Numbers("corrected-calcium"));
        Assert.Equal(Truth.True, patient.Truth("corrected-calcium-above-10"));
    }

    [Fact]
    public void Corrected_calcium_is_computed_in_mmol_per_L_from_a_result_in_mmol_per_L()
    {
        var patient = Case(("calcium", "2.40 mmol/L"), ("albumin", "35 g/L"));

        Assert.Equal("2.5 (1)", patient.Numbers("corrected-calcium"));
        Assert.Equal(Truth.False, patient.Truth("corrected-calcium-above-10"));
    }

    [Theory]
    [InlineData("2.40 mmol/L", "3.5 g/dL", "2.5 (1)")]
    [InlineData("9.6 mg/dL", "30 g/L", "10.4")]
    public void The_albumin_may_be_in_either_unit(string calcium, string albumin, string corrected) =>
        Assert.Equal(corrected, Case(("calcium", calcium), ("albumin", albumin)).Numbers("corrected-calcium"));

    [Fact]
    public void Without_albumin_the_corrected_calcium_is_unknown()
    {
        var patient = Case(("calcium", "12 mg/dL"), ("calcium-uln", "10.2 mg/dL"));

        Assert.Equal(FactState.Unknown, patient["corrected-calcium"].State);
        Assert.Equal(Truth.Undecided, patient.Truth("corrected-calcium-high"));
    }

    [Fact]
    public void A_corrected_calcium_that_the_laboratory_reports_stands_when_ours_is_near()
    {
        var patient = Case(("corrected-calcium", "10.35 mg/dL"), ("calcium", "9.6 mg/dL"), ("albumin", "3.0 g/dL"));

        Assert.Equal("10.35", patient.Numbers("corrected-calcium"));
        Assert.Equal(FactState.Known, patient["corrected-calcium"].State);
        Assert.Empty(patient.Warnings);
    }

    [Fact]
    public void A_corrected_calcium_far_from_ours_is_a_conflict()
    {
        var patient = Case(("corrected-calcium", "9.0 mg/dL"), ("calcium", "9.6 mg/dL"), ("albumin", "3.0 g/dL"));

        Assert.Equal("9 / 10.4", patient.Numbers("corrected-calcium"));
        Assert.Equal(FactState.Conflict, patient["corrected-calcium"].State);
        Assert.Equal(Truth.Undecided, patient.Truth("corrected-calcium-above-10"));
    }

    [Fact]
    public void A_reported_and_a_computed_corrected_calcium_are_compared_across_unit_systems()
    {
        // 2.59 mmol/L is 10.38 mg/dL; 2.2 mmol/L is 8.8 mg/dL
        var near = Case(("corrected-calcium", "2.59 mmol/L"), ("calcium", "9.6 mg/dL"), ("albumin", "3.0 g/dL"));
        var far = Case(("corrected-calcium", "2.2 mmol/L"), ("calcium", "9.6 mg/dL"), ("albumin", "3.0 g/dL"));

        Assert.Equal("2.59 (1)", near.Numbers("corrected-calcium"));
        Assert.Equal("2.2 (1) / 10.4", far.Numbers("corrected-calcium"));
        Assert.Equal(FactState.Conflict, far["corrected-calcium"].State);
    }

    [Fact]
    public void A_range_in_one_unit_system_and_a_number_in_the_other_are_compared_as_the_same_quantity()
    {
        // <2.5 mmol/L is <10.02 mg/dL: 10.4 mg/dL disagrees, 9.6 mg/dL does not
        var disagrees = Case(("corrected-calcium", "<2.5 mmol/L"), ("calcium", "9.6 mg/dL"), ("albumin", "3.0 g/dL"));
        var agrees = Case(("corrected-calcium", "<2.5 mmol/L"), ("calcium", "9.6 mg/dL"), ("albumin", "4.0 g/dL"));

        Assert.Equal(FactState.Conflict, disagrees["corrected-calcium"].State);
        Assert.NotEqual(FactState.Conflict, agrees["corrected-calcium"].State);
        Assert.Equal(Truth.False, agrees.Truth("corrected-calcium-above-10"));
    }

    [Fact]
    public void Two_calciums_of_one_day_in_two_unit_systems_leave_the_corrected_calcium_open()
    {
        var patient = Case(Given("calcium", "9.6 mg/dL", "2026-10-30"), Given("calcium", "2.9 mmol/L", "2026-10-30"), Given("albumin", "4 g/dL", "2026-10-30"), Given("calcium-uln", "10.2 mg/dL"));

        Assert.Equal(FactState.Conflict, patient["calcium"].State);
        Assert.Equal(Truth.Undecided, patient.Truth("corrected-calcium-high"));
        Assert.Equal(Truth.Undecided, patient.Truth("corrected-calcium-above-10"));
    }

    // ---- performance status ----

    [Theory]
    [InlineData("0", Truth.False)]
    [InlineData("1", Truth.Undecided)]
    [InlineData("2", Truth.True)]
    [InlineData("3", Truth.True)]
    [InlineData("4", Truth.True)]
    [InlineData("5", Truth.Undecided)]
    public void Without_a_Karnofsky_the_factor_is_mapped_from_ECOG_and_the_Karnofsky_stays_unknown(string ecog, Truth below)
    {
        var patient = Case(("ecog", ecog));

        Assert.Equal(below, patient.Truth("karnofsky-below-80"));
        Assert.Equal(FactState.Unknown, patient["karnofsky"].State);
        Assert.Equal(below is not Truth.Undecided, patient["karnofsky-below-80"].IsDerived);
    }

    [Theory]
    [InlineData("70", "0", Truth.True)]
    [InlineData("80", "2", Truth.False)]
    [InlineData("90", "1", Truth.False)]
    public void A_Karnofsky_beats_the_ECOG(string karnofsky, string ecog, Truth below)
    {
        var patient = Case(("karnofsky", karnofsky), ("ecog", ecog));

        Assert.Equal(below, patient.Truth("karnofsky-below-80"));
        Assert.Same(Dictionary["karnofsky-below-80"].Derivations[0], patient["karnofsky-below-80"].Derivation);
    }

    [Theory]
    [InlineData("90", "3")]
    [InlineData("80", "4")]
    [InlineData("90", "2")]
    [InlineData("60", "0")]
    public void A_Karnofsky_and_an_ECOG_that_contradict_each_other_leave_it_open_and_both_are_named(string karnofsky, string ecog)
    {
        var patient = Case(("karnofsky", karnofsky), ("ecog", ecog));

        Assert.Equal(FactState.Conflict, patient["karnofsky-below-80"].State);
        Assert.Equal(Truth.Undecided, patient.Truth("karnofsky-below-80"));
        var warning = Assert.Single(patient.Warnings).En!;
        Assert.Contains($"karnofsky {karnofsky}", warning, StringComparison.Ordinal);
        Assert.Contains($"ecog {ecog}", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stale_ECOG_maps_to_nothing() => Assert.Equal(Truth.Undecided, Case(Given("ecog", "0", "2025-01-01")).Truth("karnofsky-below-80"));

    // ---- medicines ----

    [Fact]
    public void A_class_is_present_when_one_recognised_medicine_has_it()
    {
        var patient = Case(Medicines(complete: false, ("clarithromycin", ["strong-inhibitor"]), ("herbal tea", null)));

        Assert.Equal("[strong-inhibitor, ?]", patient.Members("medication-classes"));
        Assert.Equal(Truth.True, patient.Truth("strong-inhibitor"));
        Assert.Equal(["herbal tea"], patient.UncheckedMedicines);
        Assert.Contains(patient.Warnings, w => w.En!.Contains("herbal tea", StringComparison.Ordinal));
    }

    [Fact]
    public void A_class_is_absent_only_if_the_list_is_complete_and_every_entry_was_recognised()
    {
        Assert.Equal(Truth.False, Case(Medicines(complete: true, ("paracetamol", []))).Truth("strong-inhibitor"));
        Assert.Equal(Truth.False, Case(Medicines(complete: true)).Truth("strong-inhibitor"));
        Assert.Equal(Truth.Undecided, Case(Medicines(complete: false, ("paracetamol", []))).Truth("strong-inhibitor"));
        Assert.Equal(Truth.Undecided, Case(Medicines(complete: true, ("paracetamol", []), ("herbal tea", null))).Truth("strong-inhibitor"));
        Assert.Equal(Truth.Undecided, Nothing().Truth("strong-inhibitor"));
    }

    [Fact]
    public void A_complete_list_of_recognised_medicines_settles_every_class() =>
        Assert.Equal("[strong-inhibitor, blood-thinner]", Case(Medicines(complete: true, ("clarithromycin", ["strong-inhibitor"]), ("apixaban", ["blood-thinner"]))).Members("medication-classes"));

    [Fact]
    public void A_medicine_about_which_there_is_no_rule_is_named_and_never_called_safe()
    {
        var patient = Case(Medicines(complete: true, ("clarithromycin", ["strong-inhibitor"]), ("furosemide", [])));

        var warning = Assert.Single(patient.Warnings);
        Assert.Contains("furosemide", warning.En, StringComparison.Ordinal);
        Assert.Contains("no rule", warning.En, StringComparison.Ordinal);
        Assert.DoesNotContain("clarithromycin", warning.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancer_drug_among_the_medicines_is_present_treatment_and_leaves_the_line_open()
    {
        var patient = Case(Courses(complete: true), CancerDrug("sunitinib", "vegf"));

        Assert.Equal("1..2", patient.Numbers("line"));
        Assert.Equal(Truth.Undecided, patient.Truth("prior-vegf"));
        Assert.Equal(["sunitinib"], patient.CurrentTherapies.Select(t => t.Treatment));
        Assert.Contains(patient.Warnings, w => w.En!.Contains("sunitinib", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cancer_drug_that_both_lists_hold_is_one_treatment()
    {
        var patient = Case(Courses(complete: true, Course("sunitinib")), CancerDrug("sunitinib", "vegf"));

        Assert.Equal("2", patient.Numbers("line"));
        Assert.Single(patient.CurrentTherapies);
        Assert.Empty(patient.Warnings);
    }

    [Fact]
    public void A_drug_for_the_bones_among_the_medicines_is_no_line() => Assert.Equal("1", Case(Courses(complete: true), CancerDrug("denosumab")).Numbers("line"));
}
