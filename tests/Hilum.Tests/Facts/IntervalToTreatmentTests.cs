using Hilum.Facts;
using Hilum.Measures;
using static Hilum.Tests.Facts.Clinic;

namespace Hilum.Tests.Facts;

/// <summary>"Under one year from diagnosis to treatment": calendar years, partial dates, and patients who are not treated yet.</summary>
public sealed class IntervalToTreatmentTests
{
    /// <summary>Of a patient who is not treated yet, as if treatment began on the as-of date (2026-11-03).</summary>
    [Theory]
    [InlineData("2026-10-01", Truth.True)]
    [InlineData("2025-11-04", Truth.True)]
    [InlineData("2025-11-03", Truth.False)] // exactly one calendar year is not under one year
    [InlineData("2025-11-02", Truth.False)]
    [InlineData("2025-12", Truth.True)]
    [InlineData("2025-11", Truth.Undecided)]
    [InlineData("2025-10", Truth.False)]
    [InlineData("2026", Truth.True)]
    [InlineData("2025", Truth.Undecided)] // a year alone may leave it unknown
    [InlineData("2024", Truth.False)]
    public void An_untreated_patient_is_judged_as_if_treatment_began_on_the_as_of_date(string diagnosis, Truth under)
    {
        var patient = Case(Courses(complete: true), Given("diagnosis-date", diagnosis));

        Assert.Equal("2026-11-03", patient.Numbers("systemic-therapy-start"));
        Assert.Equal(under, patient.Truth("treated-within-one-year"));
    }

    /// <summary>A diagnosis lies behind: of this year and month, the days up to the as-of date (2026-11-03) are possible.</summary>
    [Theory]
    [InlineData("2026", "2026-01-01..2026-11-03")]
    [InlineData("2026-11", "2026-11-01..2026-11-03")]
    [InlineData("2025", "2025-01-01..2025-12-31")]
    public void A_diagnosis_of_this_year_does_not_lie_ahead(string diagnosis, string possible) =>
        Assert.Equal(possible, Case(Courses(complete: true), Given("diagnosis-date", diagnosis)).Numbers("diagnosis-date"));

    [Theory]
    [InlineData("2024-02-29", "2025-02-27", Truth.True)]
    [InlineData("2024-02-29", "2025-02-28", Truth.False)]
    [InlineData("2023-02-28", "2024-02-28", Truth.False)]
    [InlineData("2023-03-01", "2024-02-29", Truth.True)]
    [InlineData("2024-03-01", "2025-02-28", Truth.True)]
    [InlineData("2024-02", "2025-02", Truth.Undecided)]
    [InlineData("2024-02", "2025-03", Truth.False)]
    [InlineData("2024-02", "2025-01", Truth.True)]
    [InlineData("2024", "2024", Truth.True)]
    [InlineData("2023", "2024", Truth.Undecided)]
    [InlineData("2022", "2024", Truth.False)]
    public void Under_one_year_is_before_the_first_anniversary(string diagnosis, string start, Truth under) =>
        Assert.Equal(under, Case(Courses(complete: true, Course("sunitinib", start)), Given("diagnosis-date", diagnosis)).Truth("treated-within-one-year"));

    [Fact]
    public void Without_a_history_of_treatment_it_is_unknown() => Assert.Equal(Truth.Undecided, Case(("diagnosis-date", "2020-01-01")).Truth("treated-within-one-year"));

    [Fact]
    public void Treatment_that_began_long_before_an_incomplete_list_ends_is_bounded_by_it() =>
        Assert.Equal(Truth.True, Case(Courses(complete: false, Course("sunitinib", "2024-06-01")), Given("diagnosis-date", "2024-02-01")).Truth("treated-within-one-year"));

    [Fact]
    public void Months_that_a_letter_states_decide_without_dates()
    {
        Assert.Equal(Truth.True, Case(("months-to-treatment", "11 months")).Truth("treated-within-one-year"));
        Assert.Equal(Truth.False, Case(("months-to-treatment", "12 months")).Truth("treated-within-one-year"));
        Assert.Equal(Truth.False, Case(("months-to-treatment", "1 years")).Truth("treated-within-one-year"));
    }

    [Fact]
    public void Stated_and_computed_months_within_a_month_of_each_other_are_no_conflict()
    {
        var near = Case(Courses(complete: true), Given("diagnosis-date", "2024-11-20"), Given("months-to-treatment", "24 months"));
        var far = Case(Courses(complete: true), Given("diagnosis-date", "2024-11-20"), Given("months-to-treatment", "30 months"));

        Assert.Equal("24", near.Numbers("months-to-treatment"));
        Assert.Equal(FactState.Known, near["months-to-treatment"].State);
        Assert.Equal(FactState.Conflict, far["months-to-treatment"].State);
    }

    [Fact]
    public void Stated_months_within_a_month_of_a_computed_range_are_no_conflict()
    {
        // diagnosed in November 2024: 23 or 24 months; stated 25
        var patient = Case(Courses(complete: true), Given("diagnosis-date", "2024-11"), Given("months-to-treatment", "25 months"));

        Assert.Equal("25", patient.Numbers("months-to-treatment"));
        Assert.Equal(FactState.Known, patient["months-to-treatment"].State);
    }

    [Theory]
    [InlineData("6 months", "2024-11-03", Truth.Undecided)] // the dates say two years
    [InlineData("14 months", "2026-05-03", Truth.Undecided)] // the dates say six months
    [InlineData("3 months", "2026-05-03", Truth.True)]
    [InlineData("40 months", "2024-11-03", Truth.False)]
    [InlineData("12 months", "2025-11-10", Truth.True)] // eleven full months, rounded up by whoever stated them
    [InlineData("11 months", "2025-11-01", Truth.False)]
    public void Stated_months_and_dates_that_disagree_leave_both_possible(string stated, string diagnosis, Truth under) =>
        Assert.Equal(under, Case(Courses(complete: true), Given("diagnosis-date", diagnosis), Given("months-to-treatment", stated)).Truth("treated-within-one-year"));

    [Fact]
    public void A_planned_start_that_is_given_beats_the_as_of_date()
    {
        var patient = Case(Courses(complete: true), Given("diagnosis-date", "2025-12-01"), Given("systemic-therapy-start", "2026-12-15"));

        Assert.Equal("2026-12-15", patient.Numbers("systemic-therapy-start"));
        Assert.Equal(Truth.False, patient.Truth("treated-within-one-year"));
    }
}
