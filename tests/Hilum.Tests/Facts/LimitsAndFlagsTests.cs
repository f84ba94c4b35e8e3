using Hilum.Facts;
using Hilum.Measures;
using Hilum.Words;
using static Hilum.Tests.Facts.Clinic;

namespace Hilum.Tests.Facts;

/// <summary>A limit of normal, or a laboratory's flag, counts only with the result that it came with.</summary>
public sealed class LimitsAndFlagsTests
{
    [Fact]
    public void A_limit_counts_with_its_own_result()
    {
        var patient = FromFhir(
            Given("haemoglobin", "11.2 g/dL", "2026-10-30", "Observation/hb"),
            Given("haemoglobin-lln", "13.5 g/dL", "2026-10-30", "Observation/hb", withResult: "Observation/hb"));

        Assert.Equal("13.5", patient.Numbers("haemoglobin-lln"));
        Assert.Equal(Truth.True, patient.Truth("haemoglobin-low"));
    }

    [Fact]
    public void The_limit_of_an_older_result_does_not_count_for_a_newer_one_without_a_limit()
    {
        var patient = FromFhir(
            Given("haemoglobin", "11.2 g/dL", "2026-10-30", "Observation/new"),
            Given("haemoglobin", "12.5 g/dL", "2026-09-30", "Observation/old"),
            Given("haemoglobin-lln", "13.5 g/dL", "2026-09-30", "Observation/old", withResult: "Observation/old"));

        Assert.Equal(FactState.Unknown, patient["haemoglobin-lln"].State);
        Assert.Equal(Truth.Undecided, patient.Truth("haemoglobin-low"));
    }

    [Fact]
    public void Of_two_laboratories_the_limit_of_the_newer_result_counts()
    {
        var patient = FromFhir(
            Given("haemoglobin", "12.7 g/dL", "2026-10-30", "Observation/new"),
            Given("haemoglobin-lln", "12 g/dL", "2026-10-30", "Observation/new", withResult: "Observation/new"),
            Given("haemoglobin", "12.5 g/dL", "2026-09-30", "Observation/old"),
            Given("haemoglobin-lln", "13.5 g/dL", "2026-09-30", "Observation/old", withResult: "Observation/old"));

        Assert.Equal("12", patient.Numbers("haemoglobin-lln"));
        Assert.Equal(Truth.False, patient.Truth("haemoglobin-low"));
    }

    [Fact]
    public void The_limit_of_a_stale_result_does_not_count()
    {
        var patient = FromFhir(
            Given("haemoglobin", "11.2 g/dL", "2026-01-30", "Observation/hb"),
            Given("haemoglobin-lln", "13.5 g/dL", "2026-01-30", "Observation/hb", withResult: "Observation/hb"));

        Assert.Equal(FactState.Unknown, patient["haemoglobin-lln"].State);
    }

    [Fact]
    public void Two_results_of_one_day_with_two_limits_leave_it_open()
    {
        var patient = FromFhir(
            Given("haemoglobin", "12.5 g/dL", "2026-10-30", "Observation/a"),
            Given("haemoglobin-lln", "12 g/dL", "2026-10-30", "Observation/a", withResult: "Observation/a"),
            Given("haemoglobin", "12.8 g/dL", "2026-10-30", "Observation/b"),
            Given("haemoglobin-lln", "13.5 g/dL", "2026-10-30", "Observation/b", withResult: "Observation/b"));

        Assert.Equal("12 / 13.5", patient.Numbers("haemoglobin-lln"));
        Assert.Equal(Truth.Undecided, patient.Truth("haemoglobin-low"));
    }

    [Fact]
    public void A_limit_stated_by_itself_counts() =>
        Assert.Equal(Truth.True, Case(("haemoglobin", "11.2 g/dL"), ("haemoglobin-lln", "135 g/L")).Truth("haemoglobin-low"));

    [Fact]
    public void A_limit_that_two_facts_share_counts_with_the_result_of_either()
    {
        var calcium = FromFhir(
            Given("calcium", "10.4 mg/dL", "2026-10-30", "Observation/ca"),
            Given("calcium-uln", "10.2 mg/dL", "2026-10-30", "Observation/ca", withResult: "Observation/ca"),
            Given("albumin", "4.0 g/dL", "2026-10-30", "Observation/alb"));
        var corrected = FromFhir(
            Given("corrected-calcium", "10.4 mg/dL", "2026-10-30", "Observation/cca"),
            Given("calcium-uln", "10.2 mg/dL", "2026-10-30", "Observation/cca", withResult: "Observation/cca"));

        Assert.Equal("10.2", calcium.Numbers("calcium-uln"));
        Assert.Equal(Truth.True, calcium.Truth("corrected-calcium-high"));
        Assert.Equal("10.2", corrected.Numbers("calcium-uln"));
        Assert.Equal(Truth.True, corrected.Truth("corrected-calcium-high"));
    }

    [Fact]
    public void A_limit_that_two_facts_share_does_not_come_from_a_result_that_is_not_used()
    {
        var patient = FromFhir(
            Given("calcium", "10.4 mg/dL", "2026-10-30", "Observation/new"),
            Given("albumin", "4.0 g/dL", "2026-10-30", "Observation/alb"),
            Given("calcium", "9.4 mg/dL", "2026-09-30", "Observation/old"),
            Given("calcium-uln", "10.2 mg/dL", "2026-09-30", "Observation/old", withResult: "Observation/old"));

        Assert.Equal(FactState.Unknown, patient["calcium-uln"].State);
        Assert.Equal(Truth.Undecided, patient.Truth("corrected-calcium-high"));
    }

    [Fact]
    public void Without_a_limit_the_flag_of_the_laboratory_decides()
    {
        var patient = FromFhir(
            Given("haemoglobin", "11.2 g/dL", "2026-10-30", "Observation/hb"),
            Given("haemoglobin-low", "true", "2026-10-30", "Observation/hb", withResult: "Observation/hb"));

        Assert.Equal(Truth.True, patient.Truth("haemoglobin-low"));
        Assert.Equal("Observation/hb", patient["haemoglobin-low"].Origin);
    }

    [Fact]
    public void The_flag_of_an_older_result_does_not_count()
    {
        var patient = FromFhir(
            Given("haemoglobin", "11.2 g/dL", "2026-10-30", "Observation/new"),
            Given("haemoglobin", "10.0 g/dL", "2026-09-30", "Observation/old"),
            Given("haemoglobin-low", "true", "2026-09-30", "Observation/old", withResult: "Observation/old"));

        Assert.Equal(Truth.Undecided, patient.Truth("haemoglobin-low"));
    }

    [Fact]
    public void Without_limit_and_flag_it_is_unknown() =>
        Assert.Equal(Truth.Undecided, FromFhir(Given("platelets", "800 10*9/L", "2026-10-30", "Observation/p")).Truth("platelets-high"));

    // ---- fallback limits ----

    private static FallbackLimits Usual => new(
        "usual",
        Phrase.Same("usual limits"),
        [
            new(Dictionary["haemoglobin-lln"].Index, Sample.Condition(Dictionary, "Sex = 'male'"), 13, "13 g/dL"),
            new(Dictionary["haemoglobin-lln"].Index, Sample.Condition(Dictionary, "Sex = 'female'"), 12, "12 g/dL"),
        ],
        default,
        default);

    [Fact]
    public void Fallback_limits_are_never_used_unasked() =>
        Assert.Equal(FactState.Unknown, Case(("sex", "male"), ("haemoglobin", "12.5 g/dL"))["haemoglobin-lln"].State);

    [Theory]
    [InlineData("male", Truth.True)]
    [InlineData("female", Truth.False)]
    [InlineData("female | male", Truth.Undecided)]
    public void Fallback_limits_that_a_person_accepts_fit_the_patient_and_are_named(string sex, Truth low)
    {
        var patient = new CaseBuilder(Dictionary).Build(
            new() { Facts = [Given("sex", sex), Given("haemoglobin", "12.5 g/dL")] }, new() { AsOf = Sample.AsOf, AcceptedLimits = [Usual] });

        Assert.Equal(low, patient.Truth("haemoglobin-low"));
        Assert.Contains(patient.Warnings, w => w.En!.Contains("usual", StringComparison.Ordinal));
        Assert.Equal(["usual"], patient.AcceptedLimits);
    }

    [Fact]
    public void The_laboratorys_own_limit_beats_an_accepted_one()
    {
        var patient = new CaseBuilder(Dictionary).Build(
            new() { Facts = [Given("sex", "male"), Given("haemoglobin", "12.5 g/dL"), Given("haemoglobin-lln", "12 g/dL")] }, new() { AsOf = Sample.AsOf, AcceptedLimits = [Usual] });

        Assert.Equal("12", patient.Numbers("haemoglobin-lln"));
    }
}
