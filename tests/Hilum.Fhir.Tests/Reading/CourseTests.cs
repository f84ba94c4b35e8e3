using System.Text.Json.Nodes;
using Hilum.Facts;
using Hilum.Fhir.Tests.Some;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>Courses of cancer treatment, which FHIR does not know and which are made of drugs and dates.</summary>
public sealed class CourseTests
{
    private static PriorTherapy Only(PatientRecord record) => Assert.Single(record.Therapies());

    private static JsonObject Metastasis(string onset = "2025-01-05") => Record.Condition("m", Record.Icd10, "C78.01", onset: onset);

    [Fact]
    public void A_drug_with_a_start_an_end_and_a_reason_is_a_course()
    {
        var record = Record.Read(Record.Kidney(), Record.Statement("s", "Sutent", "2025-01-10", "2025-11-02", "stopped", "266721009"));
        var course = Only(record);
        Assert.Equal(("sunitinib", "2025-01-10", "2025-11-02", "progression"), (course.Treatment, course.Start.ToString(), course.Stop.ToString(), course.StoppedFor));
        Assert.Equal(["vegf"], course.Groups);
        Assert.Equal(TherapySetting.Metastatic, course.Setting);
        Assert.Equal("MedicationStatement/s", course.Origin);
        Assert.False(course.IsOngoing);
        Assert.False(((GivenTherapies)record.One("prior-therapies").Value).Complete);
        Assert.DoesNotContain(record.NotUsed, n => n.Resource == "MedicationStatement/s");
    }

    [Theory]
    [InlineData("182992009", "completed")]
    [InlineData("407563006", "toxicity")]
    [InlineData("105480006", "choice")]
    [InlineData("184081006", null)]
    public void The_reason_is_read_by_its_code(string reason, string? expected) =>
        Assert.Equal(expected, Only(Record.Read(Record.Statement("s", "sunitinib", "2025-01-10", "2025-11-02", "stopped", reason))).StoppedFor);

    [Fact]
    public void Drugs_that_begin_together_are_one_course_with_the_name_of_their_regimen()
    {
        var course = Only(Record.Read(Record.Statement("a", "nivolumab", "2025-01-10"), Record.Statement("b", "ipilimumab", "2025-01-24", "2025-04-01", "completed")));
        Assert.Equal("nivolumab-ipilimumab", course.Treatment);
        Assert.True(course.IsOngoing);
        Assert.Equal(["ipilimumab"], course.StoppedParts);
    }

    [Fact]
    public void Drugs_that_make_no_regimen_are_another_treatment_with_their_names()
    {
        var course = Only(Record.Read(Record.Statement("a", "cabozantinib", "2025-01-10"), Record.Statement("b", "everolimus", "2025-01-12")));
        Assert.Equal(("other", "cabozantinib + everolimus"), (course.Treatment, course.Name));
        Assert.Equal(["mtor", "vegf"], course.Groups);
    }

    [Theory]
    [InlineData("2025-02-07", 1)]
    [InlineData("2025-02-08", 2)]
    public void Four_weeks_part_one_course_from_the_next(string second, int courses) =>
        Assert.Equal(courses, Record.Read(Record.Statement("a", "pembrolizumab", "2025-01-10"), Record.Statement("b", "axitinib", second)).Therapies().Count);

    [Fact]
    public void A_stop_for_progression_parts_them_sooner()
    {
        var courses = Record.Read(Record.Statement("a", "sunitinib", "2025-01-10", "2025-01-28", "stopped", "266721009"), Record.Statement("b", "axitinib", "2025-02-01")).Therapies();
        Assert.Equal(["sunitinib", "axitinib"], courses.Select(c => c.Treatment));
    }

    [Fact]
    public void Doses_are_one_course_that_ends_with_the_last()
    {
        var record = Record.Read(Record.Kidney(), Metastasis(), Record.Dose("1", "10 ML nivolumab 10 MG/ML Injection", "2025-02-01"), Record.Dose("2", "nivolumab", "2025-03-01"), Record.Dose("3", "nivolumab", "2025-04-01"), Record.Dose("4", "nivolumab", "2025-05-01", "not-done"));
        var course = Only(record);
        Assert.Equal(("nivolumab", "2025-02-01", "2025-04-01"), (course.Treatment, course.Start.ToString(), course.Stop.ToString()));
        record.NotUsed("MedicationAdministration/4", "not given");
    }

    [Fact]
    public void A_recent_last_dose_is_said_not_to_be_an_end() => Record.Read(Record.Dose("1", "nivolumab", "2026-10-12")).Warns("the last dose was on 2026-10-12 and no end is recorded");

    [Fact]
    public void An_active_order_is_a_course_that_goes_on()
    {
        var record = Record.Read(Record.Request("r", "sunitinib", "2026-09-01"));
        Assert.True(Only(record).IsOngoing);
        Assert.DoesNotContain(record.Warnings, w => w.En!.Contains("check that it still does", StringComparison.Ordinal));
    }

    [Fact]
    public void An_old_active_order_is_asked_about() => Record.Read(Record.Request("r", "sunitinib", "2025-02-01")).Warns("sunitinib: recorded as going on, but its last date is 2025-02-01");

    [Fact]
    public void An_order_on_hold_is_a_course_that_goes_on_with_a_word()
    {
        var record = Record.Read(Record.Request("r", "sunitinib", "2026-09-01", "on-hold"));
        Assert.True(Only(record).IsOngoing);
        record.Warns("MedicationRequest/r: the medicine is on hold");
    }

    [Fact]
    public void A_stopped_order_without_an_end_has_ended_all_the_same()
    {
        var course = Only(Record.Read(Record.Request("r", "sunitinib", "2025-02-01", "stopped")));
        Assert.False(course.IsOngoing);
        Assert.False(course.Stop.IsStated);
        Assert.Null(course.StoppedFor);
    }

    [Fact]
    public void A_later_stop_ends_an_order_that_nobody_closed()
    {
        var course = Only(Record.Read(Record.Request("r", "sunitinib", "2025-02-01"), Record.Statement("s", "sunitinib", "2025-02-01", "2025-08-01", "stopped", "407563006")));
        Assert.False(course.IsOngoing);
        Assert.Equal(("2025-08-01", "toxicity"), (course.Stop.ToString(), course.StoppedFor));
    }

    [Theory]
    [InlineData("2025-06-20", "progression")]
    [InlineData("2025-04-01", null)]
    public void Growth_within_30_days_before_the_next_drug_is_the_reason(string worsened, string? reason)
    {
        var status = Record.Coded("d", Record.Loinc, "97509-4", Record.Snomed, "271299001", date: worsened);
        var courses = Record.Read(Record.Kidney(), status, Record.Statement("a", "sunitinib", "2025-01-10", "2025-06-25", "completed"), Record.Statement("b", "axitinib", "2025-07-01")).Therapies();
        Assert.Equal(reason, courses[0].StoppedFor);
        Assert.True(courses[1].IsOngoing);
    }

    [Fact]
    public void The_intent_says_adjuvant()
    {
        var request = Record.Request("r", "pembrolizumab", "2024-03-01", "completed");
        request["category"] = new JsonArray(new JsonObject { ["text"] = "Adjuvant therapy" });
        Assert.Equal(TherapySetting.Adjuvant, Only(Record.Read(request)).Setting);
    }

    [Fact]
    public void The_intent_may_be_a_code()
    {
        var request = Record.Request("r", "sunitinib", "2024-03-01", "completed");
        request["extension"] = new JsonArray(new JsonObject { ["url"] = Record.Mcode + "mcode-procedure-intent", ["valueCodeableConcept"] = Record.Concept(Record.Snomed, "373846009") });
        Assert.Equal(TherapySetting.Adjuvant, Only(Record.Read(request)).Setting);
    }

    [Fact]
    public void Neoadjuvant_is_not_adjuvant()
    {
        var request = Record.Request("r", "sunitinib", "2024-03-01", "completed");
        request["category"] = new JsonArray(new JsonObject { ["text"] = "Neo-adjuvant" });
        Assert.Equal(TherapySetting.Metastatic, Only(Record.Read(request)).Setting);
    }

    [Theory]
    [InlineData("2024-01-10", null, "2024-03-01", TherapySetting.Adjuvant)]
    [InlineData("2024-01-10", "2025-06-01", "2024-03-01", TherapySetting.Adjuvant)]
    [InlineData("2024-01-10", "2024-02-01", "2024-03-01", TherapySetting.Metastatic)]
    [InlineData("2023-06-10", null, "2024-03-01", TherapySetting.Unknown)]
    [InlineData(null, null, "2024-03-01", TherapySetting.Unknown)]
    [InlineData(null, "2024-02-01", "2024-03-01", TherapySetting.Metastatic)]
    [InlineData("2024-01-10", "2024", "2024-03-01", TherapySetting.Unknown)]
    public void A_drug_that_may_be_adjuvant_is_so_soon_after_surgery_and_before_any_metastasis(string? surgery, string? metastasis, string start, TherapySetting setting)
    {
        var resources = new List<JsonObject> { Record.Kidney(onset: "2023-01-01"), Record.Statement("p", "pembrolizumab", start, "2025-02-01", "completed") };
        if (surgery is not null) resources.Add(Record.Procedure("op", "116033007", surgery));
        if (metastasis is not null) resources.Add(Metastasis(metastasis));
        Assert.Equal(setting, Only(Record.Read([.. resources])).Setting);
    }

    [Theory]
    [InlineData("Systemic therapy for cancer")]
    [InlineData("Traitement systémique du cancer")]
    public void A_list_may_say_that_the_cancer_was_never_treated(string title)
    {
        var therapies = (GivenTherapies)Record.Read(Record.Kidney(), Record.EmptyList(title)).One("prior-therapies").Value;
        Assert.Empty(therapies.Items);
        Assert.True(therapies.Complete);
    }

    [Fact]
    public void A_list_that_the_record_contradicts_is_not_the_whole_list()
    {
        var record = Record.Read(Record.Kidney(), Record.EmptyList("Systemic therapy for cancer"), Record.Statement("s", "sunitinib", "2026-01-10"));
        Assert.False(((GivenTherapies)record.One("prior-therapies").Value).Complete);
        record.Warns("List/none says that there was no systemic treatment");
    }

    [Fact]
    public void A_list_that_a_drug_nobody_knows_may_contradict_says_nothing()
    {
        var request = Record.Request("r", "newtinib", "2025-02-01", "stopped");
        request["reasonReference"] = new JsonArray(new JsonObject { ["reference"] = "Condition/rcc" });
        Assert.Empty(Record.Read(Record.Kidney(), Record.EmptyList("Systemic therapy for cancer"), request).All("prior-therapies"));
    }

    [Fact]
    public void Nothing_about_treatment_is_not_untreated() => Assert.Empty(Record.Read(Record.Kidney()).All("prior-therapies"));

    [Fact]
    public void A_planned_drug_is_no_course()
    {
        var record = Record.Read(Record.Kidney(), Record.Request("r", "sunitinib", "2026-11-01", intent: "plan"), Record.Statement("s", "axitinib", "2026-11-01", status: "intended"));
        Assert.Empty(record.All("prior-therapies"));
    }

    [Fact]
    public void Treatment_of_another_cancer_is_no_course()
    {
        var request = Record.Request("r", "everolimus", "2020-02-01", "completed");
        request["reasonReference"] = new JsonArray(new JsonObject { ["reference"] = "Condition/c" });
        var record = Record.Read(Record.Kidney(), Record.Condition("c", Record.Icd10, "C50.9", "breast cancer", clinical: "resolved"), request);
        Assert.Empty(record.All("prior-therapies"));
        record.NotUsed("MedicationRequest/r", "treatment of another cancer: Condition/c");
    }

    [Fact]
    public void A_cancer_drug_that_nobody_knows_is_a_course_when_its_class_says_so()
    {
        var request = Record.Request("r", "", "2025-02-01", "stopped");
        request["medicationCodeableConcept"] = Record.Concept(Record.Atc, "L01EX99", "newtinib");
        request["reasonReference"] = new JsonArray(new JsonObject { ["reference"] = "Condition/rcc" });
        var course = Only(Record.Read(Record.Kidney(), request));
        Assert.Equal(("other", "newtinib"), (course.Treatment, course.Name));
        Assert.Empty(course.Groups);
    }

    [Fact]
    public void A_drug_of_the_cancers_treatment_that_nobody_knows_is_asked_about()
    {
        var request = Record.Request("r", "newtinib", "2025-02-01", "stopped");
        request["reasonReference"] = new JsonArray(new JsonObject { ["reference"] = "Condition/rcc" });
        Record.Read(Record.Kidney(), request).Warns("'newtinib' is recorded as a medicine of the cancer's treatment, but Hilum does not know it");
    }

    [Fact]
    public void A_drug_taken_again_years_later_is_another_course() =>
        Assert.Equal(2, Record.Read(Record.Statement("a", "sunitinib", "2020-01-10", "2020-06-01", "completed"), Record.Statement("b", "sunitinib", "2023-01-10", "2023-06-01", "completed")).Therapies().Count);

    [Fact]
    public void Courses_stand_in_the_order_of_their_dates_and_those_without_a_date_last()
    {
        var record = Record.Read(Record.Statement("c", "everolimus", null, status: "completed"), Record.Statement("b", "axitinib", "2025"), Record.Statement("a", "sunitinib", "2024-01-10", "2024-06-01", "completed"));
        Assert.Equal(["sunitinib", "axitinib", "everolimus"], record.Therapies().Select(t => t.Treatment));
        record.Warns("without a date");
    }
}
