using Hilum.Facts;
using Hilum.Measures;
using static Hilum.Tests.Facts.Clinic;

namespace Hilum.Tests.Facts;

/// <summary>What follows from earlier treatment: only treatment of metastatic disease counts as a line.</summary>
public sealed class TherapyHistoryTests
{
    private static readonly PriorTherapy Unnamed = Course("other") with { Name = "a trial drug", Drugs = [], GroupsKnown = false };

    // ---- line ----

    [Fact]
    public void Nothing_given_before_is_the_first_line()
    {
        var patient = Treated(complete: true);

        Assert.Equal("1", patient.Numbers("line"));
        Assert.Equal(Truth.False, patient.Truth("prior-vegf"));
        Assert.Equal(Truth.False, patient.Truth("progressed-on-last"));
        Assert.Equal("[]", patient.Members("prior-drugs"));
    }

    [Fact]
    public void Each_course_for_metastatic_disease_is_a_line() =>
        Assert.Equal("3", Treated(complete: true, Course("sunitinib"), Course("nivolumab")).Numbers("line"));

    [Fact]
    public void An_adjuvant_course_is_no_line() =>
        Assert.Equal("1", Treated(complete: true, Course("pembrolizumab", setting: TherapySetting.Adjuvant)).Numbers("line"));

    [Fact]
    public void A_course_that_treats_no_cancer_of_the_whole_body_is_no_line() =>
        Assert.Equal("1", Treated(complete: true, Course("other") with { IsSystemic = false }).Numbers("line"));

    [Fact]
    public void A_course_of_unknown_setting_leaves_the_line_open_with_a_warning()
    {
        var patient = Treated(complete: true, Course("sunitinib"), Course("pembrolizumab", setting: TherapySetting.Unknown));

        Assert.Equal("2..3", patient.Numbers("line"));
        Assert.Equal(FactState.Partial, patient["line"].State);
        Assert.Contains(patient.Warnings, w => w.En!.Contains("pembrolizumab", StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_that_is_not_complete_gives_a_line_at_least() =>
        Assert.Equal(">=2", Treated(complete: false, Course("sunitinib")).Numbers("line"));

    [Fact]
    public void A_line_that_the_record_states_counts()
    {
        Assert.Equal("4", Treated(complete: true, Course("nivolumab", line: 3)).Numbers("line"));
        Assert.Equal("2", Treated(complete: true, Course("sunitinib", line: 1), Course("nivolumab", line: 1)).Numbers("line"));
    }

    [Fact]
    public void A_line_is_never_less_than_the_courses_that_no_stated_line_covers() =>
        Assert.Equal("2..4", Treated(complete: true, Course("sunitinib", line: 1), Course("nivolumab"), Course("sunitinib")).Numbers("line"));

    [Fact]
    public void Nothing_known_of_earlier_treatment_leaves_everything_open()
    {
        var patient = Nothing();

        Assert.Equal(">=1", patient.Numbers("line"));
        Assert.Equal(Truth.Undecided, patient.Truth("prior-vegf"));
        Assert.Equal(">=0", patient.Numbers("prior-vegf-count"));
        Assert.Equal(Truth.Undecided, patient.Truth("progressed-on-last"));
        Assert.Equal(Truth.Undecided, patient.Truth("adjuvant-immunotherapy"));
        Assert.Equal("[?]", patient.Members("prior-drugs"));
    }

    [Fact]
    public void A_line_given_by_itself_counts()
    {
        var patient = Case(("line", "1"));

        Assert.Equal("1", patient.Numbers("line"));
        Assert.Equal(Truth.False, patient.Truth("prior-vegf"));
    }

    [Fact]
    public void A_line_and_a_history_that_disagree_are_a_conflict()
    {
        var patient = Case(Courses(true, Course("sunitinib")), Given("line", "1"));

        Assert.Equal(FactState.Conflict, patient["line"].State);
    }

    // ---- groups ----

    [Fact]
    public void A_group_was_given_when_one_course_for_metastatic_disease_has_it()
    {
        Assert.Equal(Truth.True, Treated(complete: true, Course("sunitinib")).Truth("prior-vegf"));
        Assert.Equal(Truth.True, Treated(complete: false, Course("sunitinib")).Truth("prior-vegf"));
        Assert.Equal(Truth.False, Treated(complete: true, Course("nivolumab")).Truth("prior-vegf"));
        Assert.Equal(Truth.Undecided, Treated(complete: false, Course("nivolumab")).Truth("prior-vegf"));
    }

    [Fact]
    public void An_adjuvant_course_is_no_earlier_treatment_of_metastatic_disease() =>
        Assert.Equal(Truth.False, Treated(complete: true, Course("sunitinib", setting: TherapySetting.Adjuvant)).Truth("prior-vegf"));

    [Fact]
    public void A_course_of_unknown_setting_leaves_its_groups_open() =>
        Assert.Equal(Truth.Undecided, Treated(complete: true, Course("sunitinib", setting: TherapySetting.Unknown)).Truth("prior-vegf"));

    [Fact]
    public void A_treatment_that_nobody_could_name_leaves_every_group_open()
    {
        var patient = Treated(complete: true, Unnamed);

        Assert.Equal(Truth.Undecided, patient.Truth("prior-vegf"));
        Assert.Equal("0..1", patient.Numbers("prior-vegf-count"));
        Assert.Equal("2", patient.Numbers("line"));
    }

    [Fact]
    public void Courses_of_a_group_are_counted()
    {
        Assert.Equal("2", Treated(complete: true, Course("sunitinib"), Course("nivolumab"), Course("sunitinib")).Numbers("prior-vegf-count"));
        Assert.Equal("1..2", Treated(complete: true, Course("sunitinib"), Course("sunitinib", setting: TherapySetting.Unknown)).Numbers("prior-vegf-count"));
        Assert.Equal("1..2", Treated(complete: true, Course("sunitinib"), Unnamed with { Setting = TherapySetting.Unknown }).Numbers("prior-vegf-count"));
        Assert.Equal(">=1", Treated(complete: false, Course("sunitinib")).Numbers("prior-vegf-count"));
    }

    [Fact]
    public void Adjuvant_immunotherapy_is_known_from_its_setting()
    {
        Assert.Equal(Truth.True, Treated(complete: true, Course("pembrolizumab", setting: TherapySetting.Adjuvant)).Truth("adjuvant-immunotherapy"));
        Assert.Equal(Truth.False, Treated(complete: true, Course("pembrolizumab")).Truth("adjuvant-immunotherapy"));
        Assert.Equal(Truth.Undecided, Treated(complete: true, Course("pembrolizumab", setting: TherapySetting.Unknown)).Truth("adjuvant-immunotherapy"));
    }

    [Fact]
    public void Drugs_given_before_are_listed_and_a_complete_history_denies_the_others()
    {
        Assert.Equal("[sunitinib]", Treated(complete: true, Course("sunitinib")).Members("prior-drugs"));
        Assert.Equal("[sunitinib, ?]", Treated(complete: false, Course("sunitinib")).Members("prior-drugs"));
        Assert.Equal("[sunitinib, not nivolumab, not other, ?]", Treated(complete: true, Course("sunitinib"), Course("pembrolizumab", setting: TherapySetting.Unknown)).Members("prior-drugs"));
    }

    [Fact]
    public void A_treatment_outside_the_catalogue_is_listed_as_another_drug() =>
        Assert.Equal("[other]", Treated(complete: true, Unnamed).Members("prior-drugs"));

    // ---- the last course ----

    [Theory]
    [InlineData("progression", Truth.True)]
    [InlineData("toxicity", Truth.False)]
    [InlineData("completed", Truth.False)]
    [InlineData("choice", Truth.False)]
    [InlineData(null, Truth.Undecided)]
    public void The_reason_why_the_last_course_stopped_says_whether_the_cancer_grew_under_it(string? reason, Truth progressed) =>
        Assert.Equal(progressed, Treated(complete: true, Course("nivolumab", stoppedFor: "completed"), Course("sunitinib", stoppedFor: reason)).Truth("progressed-on-last"));

    [Fact]
    public void A_best_response_of_progression_says_so_too() =>
        Assert.Equal(Truth.True, Treated(complete: true, Course("sunitinib") with { BestResponse = "PD" }).Truth("progressed-on-last"));

    [Fact]
    public void The_last_course_is_the_one_that_started_last_whatever_its_place_in_the_list() =>
        Assert.Equal(Truth.False, Treated(complete: true, Course("sunitinib", "2025-01-01", stoppedFor: "toxicity"), Course("nivolumab", "2023-01-01", stoppedFor: "progression")).Truth("progressed-on-last"));

    [Fact]
    public void A_list_that_is_not_complete_does_not_say_which_course_was_the_last() =>
        Assert.Equal(Truth.Undecided, Treated(complete: false, Course("sunitinib", stoppedFor: "progression")).Truth("progressed-on-last"));

    [Fact]
    public void A_course_without_an_end_goes_on()
    {
        var ongoing = Course("sunitinib", "2026-01-01");
        var patient = Treated(complete: true, ongoing, Course("nivolumab", "2025-01-01", "2025-06-01"), Course("pembrolizumab") with { Ended = true });

        Assert.Equal([ongoing], patient.CurrentTherapies);
        Assert.Equal(MembersPossible(some: true), patient["current-treatment"].Possible);
        Assert.Equal(MembersPossible(some: false), Treated(complete: true)["current-treatment"].Possible);
    }

    private static Hilum.Expressions.MembersPossible MembersPossible(bool some) => some ? Hilum.Expressions.MembersPossible.Some : Hilum.Expressions.MembersPossible.None;

    // ---- dates of treatment ----

    [Theory]
    [InlineData("2025-11-03", "2026-11-03", "12")]
    [InlineData("2025-11-04", "2026-11-03", "11")]
    [InlineData("2025-11", "2026-11-03", "11..12")]
    [InlineData("2025", "2026-11-03", "10..22")]
    [InlineData("2025-09-20", "2025-12-20", "3")]
    [InlineData("2025-09-20", "2025-12", "2..3")]
    [InlineData("2025-09-20", "2026", "3..13")]
    public void Months_after_adjuvant_treatment_are_whole_calendar_months_from_the_last_dose_to_the_relapse(string stop, string relapse, string months) =>
        Assert.Equal(months, Relapsed(relapse, Adjuvant("pembrolizumab", stop)).Numbers("adjuvant-months-ago"));

    [Fact]
    public void A_relapse_without_a_date_lies_between_the_last_adjuvant_dose_and_the_day_of_the_plan() =>
        Assert.Equal("0..12", Treated(complete: true, Adjuvant("pembrolizumab", "2025-11-03")).Numbers("adjuvant-months-ago"));

    [Fact]
    public void A_metastasis_before_the_adjuvant_treatment_is_not_the_relapse_after_it() =>
        Assert.Equal("0..12", Relapsed("2023-05-01", Adjuvant("pembrolizumab", "2025-11-03")).Numbers("adjuvant-months-ago"));

    [Fact]
    public void A_metastasis_during_the_adjuvant_treatment_leaves_no_month() =>
        Assert.Equal("0", Relapsed("2025-05-01", Adjuvant("pembrolizumab", "2025-11-03")).Numbers("adjuvant-months-ago"));

    [Fact]
    public void Where_courses_may_be_missing_a_later_adjuvant_dose_may_be_too() =>
        Assert.Equal("0..12", Case(Courses(complete: false, Adjuvant("pembrolizumab", "2025-11-03")), Given("relapse-date", "2026-11-03")).Numbers("adjuvant-months-ago"));

    [Fact]
    public void Every_drug_of_the_group_counts_and_no_other()
    {
        Assert.Equal("12", Relapsed("2026-11-03", Adjuvant("nivolumab", "2025-11-03")).Numbers("adjuvant-months-ago"));
        Assert.Equal(">=0", Relapsed("2026-11-03", Adjuvant("sunitinib", "2025-11-03")).Numbers("adjuvant-months-ago"));
    }

    [Fact]
    public void Of_two_adjuvant_courses_the_later_one_counts() => Assert.Equal("3", Relapsed(
        "2026-11-03",
        Course("pembrolizumab", "2026-05-01", "2026-08-01", "toxicity", TherapySetting.Adjuvant),
        Course("pembrolizumab", "2024-01-01", "2025-01-01", "completed", TherapySetting.Adjuvant)).Numbers("adjuvant-months-ago"));

    [Fact]
    public void An_adjuvant_course_that_goes_on_leaves_no_month() =>
        Assert.Equal("0", Treated(complete: true, Course("pembrolizumab", "2026-05-01", setting: TherapySetting.Adjuvant)).Numbers("adjuvant-months-ago"));

    private static PriorTherapy Adjuvant(string drug, string stop) => Course(drug, "2024-01-01", stop, "completed", TherapySetting.Adjuvant);

    private static Case Relapsed(string date, params PriorTherapy[] courses) => Case(Courses(complete: true, courses), Given("relapse-date", date));

    // ---- whether another treatment is called for ----

    [Theory]
    [InlineData("progression", null, Truth.True)]
    [InlineData("toxicity", null, Truth.True)]
    [InlineData("toxicity", "PR", Truth.True)]
    [InlineData("toxicity", "CR", Truth.Undecided)]
    [InlineData("choice", "PD", Truth.True)]
    [InlineData("completed", "CR", Truth.Undecided)]
    [InlineData("choice", null, Truth.Undecided)]
    [InlineData(null, null, Truth.Undecided)]
    [InlineData(null, "PD", Truth.True)]
    public void A_change_is_due_when_the_cancer_grew_or_a_side_effect_ended_the_last_course(string? stoppedFor, string? best, Truth due) =>
        Assert.Equal(due, Treated(complete: true, Course("sunitinib", "2020-01-01", "2021-01-01", "progression"),
            Course("nivolumab", "2025-01-01", "2026-01-01", stoppedFor) with { BestResponse = best }).Truth("change-due"));

    [Fact]
    public void Of_the_last_course_alone_it_is_asked_whether_a_change_is_due() =>
        Assert.Equal(Truth.Undecided, Treated(complete: true, Course("sunitinib", "2020-01-01", "2021-01-01", "progression"), Course("nivolumab", "2025-01-01")).Truth("change-due"));

    [Fact]
    public void Where_a_later_course_may_be_missing_nobody_knows_whether_a_change_is_due() =>
        Assert.Equal(Truth.Undecided, Treated(complete: false, Course("sunitinib", "2020-01-01", "2021-01-01", "progression")).Truth("change-due"));

    [Fact]
    public void The_best_response_of_the_course_that_goes_on_is_the_response_until_a_later_one_is_stated()
    {
        var course = Course("nivolumab", "2025-01-01") with { BestResponse = "CR" };

        Assert.Equal("CR", Treated(complete: true, course).Codes("response"));
        Assert.Equal("PD", Case(Courses(complete: true, course), Given("response", "PD")).Codes("response"));
    }

    [Fact]
    public void The_best_response_of_a_course_that_ended_is_no_response_now() =>
        Assert.Equal("CR | PR | SD | PD", Treated(complete: true, Course("nivolumab", "2025-01-01", "2026-01-01", "completed") with { BestResponse = "CR" }).Codes("response"));

    // ---- side effects that end a treatment for good ----

    [Theory]
    [InlineData("myocarditis", 1, Truth.Undecided)]
    [InlineData("Immune-mediated Myocarditis", 2, Truth.True)]
    [InlineData("colitis", 3, Truth.Undecided)]
    [InlineData("colitis", 4, Truth.True)]
    [InlineData("hypophysitis", 4, Truth.Undecided)]
    [InlineData("hypophysitis and myocarditis", 3, Truth.True)]
    [InlineData("something else", 3, Truth.Undecided)]
    [InlineData("something else", 4, Truth.True)]
    [InlineData(null, 4, Truth.True)]
    [InlineData("myocarditis", null, Truth.Undecided)]
    public void The_kind_of_side_effect_says_from_which_grade_it_ends_the_treatment_for_good(string? kind, int? grade, Truth stops) =>
        Assert.Equal(stops, Treated(complete: true, Course("nivolumab", "2025-01-01", "2026-01-01", "toxicity") with { Toxicity = kind, Grade = grade }).Truth("immune-stop"));

    [Fact]
    public void Beside_a_drug_of_another_group_nobody_knows_which_of_them_did_it() =>
        Assert.Equal(Truth.Undecided, Treated(complete: true, Course("nivolumab", "2025-01-01", "2026-01-01", "toxicity") with { Groups = ["immunotherapy", "vegf"], Toxicity = "colitis", Grade = 4 }).Truth("immune-stop"));

    [Fact]
    public void Who_had_no_drug_of_the_group_had_no_side_effect_of_one() =>
        Assert.Equal(Truth.False, Treated(complete: true, Course("sunitinib", "2025-01-01", "2026-01-01", "toxicity") with { Toxicity = "myocarditis", Grade = 4 }).Truth("immune-stop"));

    [Fact]
    public void The_first_systemic_treatment_is_the_earliest_course_for_metastatic_disease() => Assert.Equal("2023-02-01", Treated(
        complete: true,
        Course("nivolumab", "2025-01-01"),
        Course("sunitinib", "2023-02-01"),
        Course("pembrolizumab", "2020-01-01", setting: TherapySetting.Adjuvant)).Numbers("systemic-therapy-start"));

    [Fact]
    public void A_list_that_is_not_complete_says_only_that_treatment_began_by_then() =>
        Assert.Equal("<=2023-02-01", Treated(complete: false, Course("sunitinib", "2023-02-01")).Numbers("systemic-therapy-start"));

    [Fact]
    public void A_first_course_without_a_date_leaves_the_start_open() =>
        Assert.Equal("<=2025-01-01", Treated(complete: true, Course("sunitinib"), Course("nivolumab", "2025-01-01")).Numbers("systemic-therapy-start"));

    [Fact]
    public void A_course_that_begins_after_the_as_of_date_is_none_yet_and_is_listed()
    {
        var patient = Treated(complete: true, Course("sunitinib", "2026-12-01"));

        Assert.Equal("1", patient.Numbers("line"));
        Assert.Equal(Truth.False, patient.Truth("prior-vegf"));
        Assert.Contains(patient.NotUsed, n => n.Why.En == "sunitinib: it begins on 2026-12-01, after the as-of date 2026-11-03");
    }

    [Fact]
    public void A_course_that_ends_after_the_as_of_date_goes_on_for_a_reason_nobody_knew_then()
    {
        var patient = Treated(complete: true, Course("sunitinib", "2026-01-01", "2026-12-01", "progression"));

        Assert.Single(patient.CurrentTherapies);
        Assert.Equal(Truth.Undecided, patient.Truth("progressed-on-last"));
        Assert.Contains(patient.NotUsed, n => n.Why.En!.Contains("it ends on 2026-12-01", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2026")]
    [InlineData("2026-11")]
    public void A_course_that_may_have_begun_by_the_as_of_date_counts(string start) => Assert.Equal("2", Treated(complete: true, Course("sunitinib", start)).Numbers("line"));
}
