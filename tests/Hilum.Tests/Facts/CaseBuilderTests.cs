using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using static Hilum.Tests.Facts.Clinic;

namespace Hilum.Tests.Facts;

/// <summary>Design, "Facts from records": which of several statements counts.</summary>
public sealed class CaseBuilderTests
{
    // ---- the newest value ----

    [Fact]
    public void The_newest_value_on_or_before_the_as_of_date_is_used_and_older_ones_are_shown()
    {
        // given
        var old = Given("haemoglobin", "12 g/dL", "2026-09-01", "Observation/old");
        var newest = Given("haemoglobin", "9.8 g/dL", "2026-10-30", "Observation/new");

        // when
        var hb = Case(old, newest)["haemoglobin"];

        // then
        Assert.Equal(FactState.Known, hb.State);
        Assert.Equal([newest], hb.Given);
        Assert.Equal([old], hb.Older);
        Assert.Equal("Observation/new", hb.Origin);
        Assert.Equal("9.8", Case(old, newest).Numbers("haemoglobin"));
    }

    [Fact]
    public void The_order_in_the_record_does_not_matter() => Assert.Equal("9.8", Case(
        Given("haemoglobin", "9.8 g/dL", "2026-10-30"), Given("haemoglobin", "12 g/dL", "2026-09-01")).Numbers("haemoglobin"));

    [Fact]
    public void A_value_of_the_as_of_date_itself_counts() => Assert.Equal("9.8", Case(
        Given("haemoglobin", "9.8 g/dL", "2026-11-03"), Given("haemoglobin", "12 g/dL", "2026-11-02")).Numbers("haemoglobin"));

    [Fact]
    public void A_value_after_the_as_of_date_is_not_used_and_the_reader_is_told()
    {
        var patient = Case(Given("haemoglobin", "9.8 g/dL", "2026-11-04", "Observation/late"), Given("haemoglobin", "12 g/dL", "2026-11-01"));

        Assert.Equal("12", patient.Numbers("haemoglobin"));
        Assert.Equal("Observation/late", Assert.Single(patient.NotUsed).Resource);
    }

    [Fact]
    public void A_value_that_the_record_calls_unknown_is_unknown()
    {
        var fact = Case(Given("karnofsky", "unknown"))["karnofsky"];

        Assert.Equal(FactState.Unknown, fact.State);
        Assert.Empty(fact.Given);
    }

    [Fact]
    public void Nothing_is_known_of_a_fact_that_nobody_states()
    {
        var patient = Case(Given("sex", "male"));

        Assert.Equal(FactState.Unknown, patient["karnofsky"].State);
        Assert.Equal(NumbersPossible.All, patient["karnofsky"].Possible);
        Assert.Equal(Truth.Undecided, patient.Truth("platelets-high"));
    }

    [Fact]
    public void The_as_of_date_is_a_fact_of_every_case()
    {
        var patient = Nothing();

        Assert.Equal(FactState.Known, patient[FactDictionary.TodayId].State);
        Assert.Equal("2026-11-03", patient.Numbers(FactDictionary.TodayId));
        Assert.False(patient[FactDictionary.TodayId].IsDerived);
    }

    // ---- conflicts of one day ----

    [Fact]
    public void Two_values_of_one_day_are_a_conflict_and_both_stay_possible()
    {
        var patient = Case(
            Given("haemoglobin", "9.8 g/dL", "2026-10-30", "Observation/a"), Given("haemoglobin", "13.2 g/dL", "2026-10-30", "Observation/b"), Given("haemoglobin-lln", "12 g/dL"));

        Assert.Equal(FactState.Conflict, patient["haemoglobin"].State);
        Assert.Equal("9.8 / 13.2", patient.Numbers("haemoglobin"));
        Assert.Equal("Observation/a, Observation/b", patient["haemoglobin"].Origin);
        Assert.Contains(patient.Warnings, w => w.En!.Contains("Observation/a, Observation/b", StringComparison.Ordinal));
        Assert.Equal(Truth.Undecided, patient.Truth("haemoglobin-low"));
    }

    [Fact]
    public void A_conflict_does_not_matter_where_both_values_say_the_same() => Assert.Equal(Truth.True, Case(
        Given("haemoglobin", "9.8 g/dL", "2026-10-30"), Given("haemoglobin", "10.2 g/dL", "2026-10-30"), Given("haemoglobin-lln", "12 g/dL")).Truth("haemoglobin-low"));

    [Fact]
    public void Three_values_of_one_day_are_a_conflict_too()
    {
        var patient = Case(
            Given("haemoglobin", "9.8 g/dL", "2026-10-30"), Given("haemoglobin", "13.2 g/dL", "2026-10-30"), Given("haemoglobin", "11 g/dL", "2026-10-30"));

        Assert.Equal(FactState.Conflict, patient["haemoglobin"].State);
        Assert.Equal("9.8 / 13.2 / 11", patient.Numbers("haemoglobin"));
    }

    [Fact]
    public void Two_codes_of_one_day_are_a_conflict()
    {
        var patient = Case(Given("sex", "male", "2026-10-30"), Given("sex", "female", "2026-10-30"));

        Assert.Equal(FactState.Conflict, patient["sex"].State);
        Assert.Equal("female | male", patient.Codes("sex"));
    }

    [Fact]
    public void The_same_value_twice_on_one_day_is_no_conflict()
    {
        var patient = Case(Given("haemoglobin", "9.8 g/dL", "2026-10-30", "Observation/a"), Given("haemoglobin", "98 g/L", "2026-10-30", "Observation/b"));

        Assert.Equal(FactState.Known, patient["haemoglobin"].State);
        Assert.Equal("9.8", patient.Numbers("haemoglobin"));
        Assert.Empty(patient.Warnings);
    }

    [Fact]
    public void A_comparator_and_a_value_of_one_day_that_agree_are_no_conflict()
    {
        var patient = Case(Given("platelets", "<400 10*9/L", "2026-10-30"), Given("platelets", "350 10*9/L", "2026-10-30"));

        Assert.Equal(FactState.Known, patient["platelets"].State);
        Assert.Equal("350", patient.Numbers("platelets"));
    }

    [Fact]
    public void A_comparator_and_a_value_of_one_day_that_disagree_are_a_conflict()
    {
        var patient = Case(Given("platelets", "<400 10*9/L", "2026-10-30"), Given("platelets", "450 10*9/L", "2026-10-30"), Given("platelets-uln", "420 10*9/L"));

        Assert.Equal(FactState.Conflict, patient["platelets"].State);
        Assert.Equal(Truth.Undecided, patient.Truth("platelets-high"));
    }

    [Fact]
    public void A_date_of_which_the_day_is_unknown_may_be_the_same_day()
    {
        var patient = Case(Given("haemoglobin", "9.8 g/dL", "2026-10"), Given("haemoglobin", "13.2 g/dL", "2026-10-15"));

        Assert.Equal(FactState.Conflict, patient["haemoglobin"].State);
    }

    [Fact]
    public void A_month_that_is_over_is_older_than_a_later_day()
    {
        var patient = Case(Given("haemoglobin", "9.8 g/dL", "2026-09"), Given("haemoglobin", "13.2 g/dL", "2026-10-15"));

        Assert.Equal("13.2", patient.Numbers("haemoglobin"));
        Assert.Single(patient["haemoglobin"].Older);
    }

    // ---- stale values ----

    [Fact]
    public void A_value_of_ninety_days_ago_still_counts() => Assert.Equal("9.8", Case(Given("haemoglobin", "9.8 g/dL", "2026-08-05")).Numbers("haemoglobin"));

    [Fact]
    public void A_value_of_ninety_one_days_ago_is_shown_as_stale_and_counts_as_unknown()
    {
        var patient = Case(Given("haemoglobin", "9.8 g/dL", "2026-08-04"), Given("haemoglobin-lln", "12 g/dL"));

        Assert.Equal(FactState.Stale, patient["haemoglobin"].State);
        Assert.Equal(NumbersPossible.All, patient["haemoglobin"].Possible);
        Assert.Single(patient["haemoglobin"].Given);
        Assert.Equal(Truth.Undecided, patient.Truth("haemoglobin-low"));
        Assert.Contains(patient.Warnings, w => w.En!.Contains("90 days", StringComparison.Ordinal) && w.Fr!.Contains("90 jours", StringComparison.Ordinal));
    }

    [Fact]
    public void A_stale_value_counts_once_a_person_accepts_it()
    {
        var settings = new CaseSettings { AsOf = Sample.AsOf, AcceptedStale = new HashSet<string>(StringComparer.Ordinal) { "haemoglobin" } };
        var patient = new CaseBuilder(Dictionary).Build(new() { Facts = [Given("haemoglobin", "9.8 g/dL", "2020-01-01")] }, settings);

        Assert.Equal(FactState.Known, patient["haemoglobin"].State);
        Assert.Equal("9.8", patient.Numbers("haemoglobin"));
    }

    [Fact]
    public void What_does_not_age_is_never_stale() => Assert.Equal("178", Case(Given("height", "178 cm", "1996-01-01")).Numbers("height"));

    [Fact]
    public void A_stale_value_does_not_stand_in_the_way_of_what_follows_from_newer_ones()
    {
        var patient = Case(
            Given("haemoglobin-low", "false", "2026-01-10", "letter"), Given("haemoglobin", "9.8 g/dL", "2026-10-30"), Given("haemoglobin-lln", "12 g/dL"));

        Assert.Equal(Truth.True, patient.Truth("haemoglobin-low"));
        Assert.Equal(FactState.Known, patient["haemoglobin-low"].State);
    }

    [Fact]
    public void A_year_alone_may_be_stale_and_so_counts_as_unknown() =>
        Assert.Equal(FactState.Stale, Case(Given("haemoglobin", "9.8 g/dL", "2026"))["haemoglobin"].State);

    // ---- values without a date ----

    [Fact]
    public void A_value_without_a_date_in_a_case_file_is_of_the_as_of_date() => Assert.Equal("9.8", Case(Given("haemoglobin", "9.8 g/dL")).Numbers("haemoglobin"));

    [Fact]
    public void A_value_without_a_date_in_a_case_file_is_newer_than_one_of_last_month()
    {
        var patient = Case(Given("haemoglobin", "9.8 g/dL"), Given("haemoglobin", "12 g/dL", "2026-10-01"));

        Assert.Equal("9.8", patient.Numbers("haemoglobin"));
        Assert.Single(patient["haemoglobin"].Older);
    }

    [Fact]
    public void A_value_without_a_date_in_FHIR_that_would_age_is_stale()
    {
        var patient = FromFhir(Given("haemoglobin", "9.8 g/dL", origin: "Observation/hb"));

        Assert.Equal(FactState.Stale, patient["haemoglobin"].State);
        Assert.Equal(NumbersPossible.All, patient["haemoglobin"].Possible);
    }

    [Fact]
    public void A_value_without_a_date_in_FHIR_that_does_not_age_counts() => Assert.Equal("male", FromFhir(Given("sex", "male", origin: "Patient/1")).Codes("sex"));

    // ---- what nobody knows the order of ----

    [Theory]
    [InlineData("pregnant", "true", "false")]
    [InlineData("pregnant", "false", "true")]
    [InlineData("haemoglobin", "9.8 g/dL", "12 g/dL")]
    [InlineData("m-category", "M1", "M0")]
    public void A_value_without_a_date_in_FHIR_and_another_with_one_are_a_conflict(string fact, string undated, string dated)
    {
        var patient = FromFhir(Given(fact, undated, origin: "Condition/a"), Given(fact, dated, "2026-10-01", "Condition/b"));

        Assert.Equal(FactState.Conflict, patient[fact].State);
        Assert.True(patient[fact].Possible.Equals(FromFhir(Given(fact, undated, "2026-10-01"), Given(fact, dated, "2026-10-01"))[fact].Possible));
        Assert.Contains(patient.Warnings, w => w.En!.Contains("Condition/a, Condition/b", StringComparison.Ordinal));
    }

    [Fact]
    public void A_value_without_a_date_in_FHIR_that_says_the_same_as_one_with_a_date_leaves_it_known() => Assert.Equal("12", FromFhir(
        Given("haemoglobin", "12 g/dL", origin: "Observation/a"), Given("haemoglobin", "12 g/dL", "2026-10-01", "Observation/b")).Numbers("haemoglobin"));

    [Fact]
    public void Of_an_illness_with_an_onset_alone_and_a_later_denial_nobody_knows_which_is_newer()
    {
        var patient = FromFhir(Given("pregnant", "true", "2020-05-01", "Condition/a") with { Lasts = true }, Given("pregnant", "false", "2026-10-01", "Observation/b"));

        Assert.Equal(FactState.Conflict, patient["pregnant"].State);
    }

    [Fact]
    public void An_illness_that_began_after_it_was_denied_is_there() => Assert.Equal(Truth.True, FromFhir(
        Given("pregnant", "true", "2026-10-02") with { Lasts = true }, Given("pregnant", "false", "2026-10-01")).Truth("pregnant"));

    // ---- by hand ----

    [Fact]
    public void What_a_person_gives_by_hand_beats_the_record_and_is_never_stale()
    {
        var settings = new CaseSettings { AsOf = Sample.AsOf, ByHand = [Given("haemoglobin", "9.8 g/dL", origin: "given by hand")] };
        var patient = new CaseBuilder(Dictionary).Build(new() { Facts = [Given("haemoglobin", "12 g/dL", "2026-11-03")], UndatedIsCurrent = false }, settings);

        Assert.Equal("9.8", patient.Numbers("haemoglobin"));
        Assert.Equal("given by hand", patient["haemoglobin"].Origin);
    }

    [Fact]
    public void Unknown_by_hand_clears_the_record()
    {
        var settings = new CaseSettings { AsOf = Sample.AsOf, ByHand = [Given("haemoglobin", "unknown", origin: "given by hand")] };
        var patient = new CaseBuilder(Dictionary).Build(new() { Facts = [Given("haemoglobin", "12 g/dL", "2026-11-03")] }, settings);

        Assert.Equal(FactState.Unknown, patient["haemoglobin"].State);
    }

    // ---- comparators and preliminary results ----

    [Fact]
    public void A_comparator_gives_a_range()
    {
        var patient = Case(("haemoglobin", "<100 g/L"), ("haemoglobin-lln", "130 g/L"), ("platelets", ">=600 10*9/L"), ("platelets-uln", "600 10*9/L"));

        Assert.Equal(FactState.Partial, patient["haemoglobin"].State);
        Assert.Equal("<10", patient.Numbers("haemoglobin"));
        Assert.Equal(Truth.True, patient.Truth("haemoglobin-low"));
        Assert.Equal(Truth.Undecided, patient.Truth("platelets-high"));
    }

    [Fact]
    public void A_preliminary_result_counts_with_a_warning()
    {
        var patient = Case(Given("haemoglobin", "9.8 g/dL", "2026-10-30", "Observation/hb") with { Preliminary = true });

        Assert.Equal("9.8", patient.Numbers("haemoglobin"));
        Assert.Contains(patient.Warnings, w => w.En!.Contains("preliminary", StringComparison.Ordinal));
    }

    [Fact]
    public void A_quantity_is_kept_in_the_unit_system_in_which_it_was_reported()
    {
        Assert.Equal("9.8", Case(("haemoglobin", "98 g/L")).Numbers("haemoglobin"));
        Assert.Equal("6.1 (1)", Case(("haemoglobin", "6.1 mmol/L")).Numbers("haemoglobin"));
        Assert.Equal(Truth.True, Case(("haemoglobin", "6.1 mmol/L"), ("haemoglobin-lln", "13 g/dL")).Truth("haemoglobin-low"));
    }

    [Fact]
    public void A_hundred_thousand_results_of_one_day_are_still_one_conflict()
    {
        var patient = Case([.. Enumerable.Range(0, 100_000).Select(i => Given("haemoglobin", $"{(i % 10) + 8} g/dL", "2026-10-30", $"Observation/{i}"))]);

        Assert.Equal(FactState.Conflict, patient["haemoglobin"].State);
        Assert.Equal(10, ((NumbersPossible)patient["haemoglobin"].Possible).Intervals.Length);
    }

    [Fact]
    public void Twenty_thousand_results_of_one_day_that_all_differ_are_still_one_conflict()
    {
        var patient = Case([.. Enumerable.Range(0, 20_000).Select(i => Given("haemoglobin", $"{8 + (i / 2000m)} g/dL", "2026-10-30", $"Observation/{i}"))]);

        Assert.Equal(FactState.Conflict, patient["haemoglobin"].State);
    }
}
