using Hilum.Facts;
using Hilum.Measures;
using static Hilum.Tests.Facts.Clinic;

namespace Hilum.Tests.Facts;

/// <summary>What failed or harmed before: known only as far as the record says it.</summary>
public sealed class EarlierTreatmentTests
{
    private static PriorTherapy Pair(string? stoppedFor, int? grade = null, params string[] stoppedParts) =>
        Course("sunitinib") with { Drugs = ["nivolumab", "sunitinib"], Groups = ["immunotherapy", "vegf"], StoppedFor = stoppedFor, Grade = grade, StoppedParts = stoppedParts, Ended = true };

    [Theory]
    [InlineData("progression", "[sunitinib, nivolumab]", "[]")]
    [InlineData("toxicity", "[]", "[sunitinib, nivolumab]")]
    [InlineData("completed", "[]", "[]")]
    [InlineData(null, "[not pembrolizumab, not other, ?]", "[not pembrolizumab, not other, ?]")]
    public void A_course_is_held_against_each_of_its_drugs_by_the_reason_for_which_it_stopped(string? stoppedFor, string progressed, string toxic)
    {
        var patient = Treated(complete: true, Pair(stoppedFor));

        Assert.Equal(progressed, patient.Members("drugs-progressed-on"));
        Assert.Equal(toxic, patient.Members("drugs-stopped-for-toxicity"));
    }

    [Fact]
    public void Of_a_part_that_stopped_before_the_rest_the_end_of_the_course_says_nothing() =>
        Assert.Equal("[sunitinib, not pembrolizumab, not other, ?]", Treated(complete: true, Pair("progression", null, "nivolumab")).Members("drugs-progressed-on"));

    [Fact]
    public void A_course_that_goes_on_has_neither_failed_nor_not() =>
        Assert.Equal("[not nivolumab, not pembrolizumab, not other, ?]", Treated(complete: true, Course("sunitinib")).Members("drugs-progressed-on"));

    [Fact]
    public void A_treatment_that_nobody_named_may_have_been_any_drug() =>
        Assert.Equal("[?]", Treated(complete: true, Course("other") with { Drugs = [], GroupsKnown = false, StoppedFor = "progression" }).Members("drugs-progressed-on"));

    [Fact]
    public void Failure_after_surgery_counts_as_failure() =>
        Assert.Equal("[pembrolizumab]", Treated(complete: true, Course("pembrolizumab", setting: TherapySetting.Adjuvant) with { StoppedFor = "progression" }).Members("drugs-progressed-on"));

    [Theory]
    [InlineData("toxicity", 3, Truth.True)]
    [InlineData("toxicity", 2, Truth.Undecided)] // that one side effect was mild does not deny another
    [InlineData("toxicity", null, Truth.Undecided)]
    [InlineData("progression", null, Truth.Undecided)]
    public void A_severe_immune_side_effect_is_known_only_with_its_grade(string stoppedFor, int? grade, Truth expected) =>
        Assert.Equal(expected, Treated(complete: true, Course("nivolumab") with { StoppedFor = stoppedFor, Grade = grade }).Truth("severe-immune"));

    [Fact]
    public void In_a_pair_nobody_knows_which_drug_did_it() => Assert.Equal(Truth.Undecided, Treated(complete: true, Pair("toxicity", 4)).Truth("severe-immune"));

    // ---- a side effect, and a part that was stopped before the rest ----

    [Fact]
    public void Of_a_course_that_goes_on_the_part_that_was_stopped_did_it()
    {
        var patient = Treated(complete: true, Pair(null, 4, "nivolumab") with { Ended = false, Toxicity = "myocarditis" });

        Assert.Equal("[nivolumab]", patient.Members("drugs-stopped-for-toxicity"));
        Assert.Equal("[nivolumab, not pembrolizumab, not other, ?]", patient.Members("drugs-with-severe-toxicity"));
        Assert.NotEmpty(patient["drugs-with-severe-toxicity"].Courses);
    }

    [Theory]
    [InlineData("progression")]
    [InlineData("toxicity")]
    public void Of_a_course_that_ended_nobody_knows_which_part_did_it(string stoppedFor)
    {
        var patient = Treated(complete: true, Pair(stoppedFor, 4, "nivolumab") with { Toxicity = "myocarditis" });

        Assert.Equal("[not pembrolizumab, not other, ?]", patient.Members("drugs-with-severe-toxicity"));
        Assert.Equal("[not pembrolizumab, not other, ?]", patient.Members("drugs-stopped-for-toxicity"));
    }

    [Fact]
    public void A_part_that_was_stopped_without_a_word_on_why_may_have_done_harm() =>
        Assert.Equal("[not sunitinib, not pembrolizumab, not other, ?]", Treated(complete: true, Pair(null, null, "nivolumab") with { Ended = false }).Members("drugs-stopped-for-toxicity"));

    // ---- growth under the treatment that goes on ----

    [Theory]
    [InlineData("PD", Truth.True)]
    [InlineData("SD", Truth.Undecided)]
    public void The_response_of_today_tells_of_the_treatment_that_goes_on(string response, Truth expected)
    {
        var patient = Case(Courses(complete: true, Course("nivolumab", "2026-01-01")), Given("response-to-current", response));

        Assert.Equal(expected, patient.Truth("progressed-on-last"));
        Assert.Equal(expected, patient.Truth("progressed-on-immunotherapy"));
        Assert.Equal(expected, patient.Truth("change-due"));
    }

    [Fact]
    public void Of_two_treatments_that_go_on_nobody_knows_under_which_it_grows() =>
        Assert.Equal(Truth.Undecided, Case(Courses(complete: true, Course("nivolumab", "2026-01-01"), Course("sunitinib", "2026-03-01")), Given("response-to-current", "PD")).Truth("progressed-on-immunotherapy"));

    [Fact]
    public void Without_the_drug_there_was_no_side_effect_of_it()
    {
        Assert.Equal(Truth.False, Treated(complete: true, Course("sunitinib")).Truth("severe-immune"));
        Assert.Equal(Truth.Undecided, Treated(complete: false, Course("sunitinib")).Truth("severe-immune"));
    }

    [Theory]
    [InlineData("progression", Truth.True)]
    [InlineData("completed", Truth.False)]
    [InlineData(null, Truth.Undecided)]
    public void Failure_under_a_group_is_remembered_whatever_was_given_since(string? stoppedFor, Truth expected) =>
        Assert.Equal(expected, Treated(complete: true, Course("nivolumab") with { StoppedFor = stoppedFor, Ended = true }, Course("sunitinib") with { StoppedFor = "toxicity" }).Truth("progressed-on-immunotherapy"));

    [Fact]
    public void The_courses_that_make_it_so_stand_with_the_fact()
    {
        var failed = Course("sunitinib") with { StoppedFor = "progression" };

        Assert.Equal([failed], Treated(complete: true, failed, Course("nivolumab") with { StoppedFor = "completed" })["drugs-progressed-on"].Courses);
    }
}
