using System.Text.Json.Nodes;
using Hilum.Facts;
using Hilum.Fhir.Tests.Some;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>What a record can deny, line by line: "no" and "none" come only from a denial with system and code; everything else is unknown.</summary>
public sealed class DenialTests
{
    private const string Ips = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";
    private const string HeartFailure = """{"coding":[{"system":"http://snomed.info/sct","code":"84114007"}]}""";

    private const string Related = Record.Mcode + "mcode-related-condition";

    // ---- a comorbidity stated as absent (mCODE) ----

    [Theory]
    [InlineData(Related + "-absent", HeartFailure, "no")]
    [InlineData(Related, HeartFailure, "yes")]
    [InlineData(Related + "-absent", """{"text":"heart failure"}""", "unknown")]
    [InlineData(Related + "-absent", """{"coding":[{"code":"84114007"}]}""", "unknown")]
    [InlineData(Related + "-absent", """{"coding":[{"system":"http://snomed.info/sct","code":"44054006"}]}""", "unknown")]
    public void A_related_condition(string url, string concept, string answer) => Says(answer, "heart-failure",
        Record.Observation("o", "398192003", $$"""{"extension":[{"url":"{{url}}","valueCodeableConcept":{{concept}}}]}""", system: Record.Snomed));

    // ---- a Condition ----

    [Theory]
    [InlineData("I50.9", "active", "refuted", "no")]
    [InlineData("I50.9", null, "refuted", "no")]
    [InlineData("I10", "active", "refuted", "unknown")]
    [InlineData("I50.9", "active", "entered-in-error", "unknown")]
    [InlineData("I50.9", "inactive", "confirmed", "unknown")]
    [InlineData("I50.9", "resolved", "confirmed", "unknown")]
    [InlineData("I50.9", "remission", "confirmed", "unknown")]
    [InlineData("I50.9", "active", "confirmed", "yes")]
    [InlineData("I50.9", "active", "provisional", "yes")]
    [InlineData("I50.9", "active", "unconfirmed", "yes")]
    [InlineData("I50.9", null, null, "yes")]
    public void A_condition(string code, string? clinical, string? verification, string answer) =>
        Says(answer, "heart-failure", Record.Condition("c", Record.Icd10, code, clinical: clinical, verification: verification));

    [Fact]
    public void A_refuted_metastasis_denies_that_site_alone()
    {
        var record = Record.Read(Record.Kidney(), Record.Condition("m", Record.Icd10, "C78.7", verification: "refuted"));
        Assert.Equal("liver", record.Sites(absent: true));
        Assert.False(((GivenMembers)record.One("metastatic-sites").Value).Complete);
        Assert.Empty(record.All("metastatic"));
    }

    [Theory]
    [InlineData("I50.21", "heart-failure")]
    [InlineData("E11.9", "diabetes")]
    [InlineData("E10", "diabetes")]
    public void A_narrow_illness_that_is_denied_does_not_deny_the_whole(string code, string fact)
    {
        Says("unknown", fact, Record.Condition("c", Record.Icd10, code, verification: "refuted"));
        Record.Read(Record.Condition("c", Record.Icd10, code, verification: "refuted")).NotUsed("Condition/c", "narrower");
        Says("unknown", fact, Record.Observation("o", "398192003", $$$"""{"extension":[{"url":"{{{Related}}}-absent","valueCodeableConcept":{"coding":[{"system":"{{{Record.Icd10}}}","code":"{{{code}}}"}]}}]}""", system: Record.Snomed));
    }

    [Fact]
    public void Of_two_codes_of_one_denial_the_narrower_counts() =>
        Says("unknown", "heart-failure", Record.With(Record.Condition("c", Record.Snomed, "84114007", verification: "refuted"),
            $$$"""{"code":{"coding":[{"system":"{{{Record.Snomed}}}","code":"84114007"},{"system":"{{{Record.Icd10}}}","code":"I50.21"}]}}"""));

    [Theory]
    [InlineData("C78.01")]
    [InlineData("C78.1")]
    public void One_side_or_one_place_of_several_denies_no_site(string code) =>
        Assert.Empty(Record.Read(Record.Kidney(), Record.Condition("m", Record.Icd10, code, verification: "refuted")).All("metastatic-sites"));

    [Fact]
    public void A_denial_and_a_statement_that_it_is_so_stand_side_by_side()
    {
        var record = Record.Read(Record.Condition("no", Record.Icd10, "I50.9", verification: "refuted"), Record.Condition("yes", Record.Icd10, "I50.21"));
        Assert.Equal(["Condition/no", "Condition/yes"], record.All("heart-failure").Select(g => g.Origin).Order(StringComparer.Ordinal));
        Assert.Equal([1UL, 2UL], record.All("heart-failure").Select(g => ((GivenCode)g.Value).Mask).Order());
    }

    [Theory]
    [InlineData("no-known-problems")]
    [InlineData("no-problem-info")]
    public void No_known_problems_denies_no_illness_by_name(string code) => Says("unknown", "heart-failure", Record.Condition("c", Ips, code));

    // ---- an Observation ----

    [Theory]
    [InlineData("""{"valueBoolean":false}""", "no")]
    [InlineData("""{"valueBoolean":true}""", "yes")]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"260385009"}]}}""", "no")]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"2667000"}]}}""", "no")]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"373067005"}]}}""", "no")]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"LA6577-6"}]}}""", "no")]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"LA9634-2"}]}}""", "no")]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"LA32-8"}]}}""", "no")]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"61977001","display":"the illness itself"},{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"B18.1"}]}}""", "yes")]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"code":"260385009"}]}}""", "unknown")]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"http://example.org","code":"260385009"}]}}""", "unknown")]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"260385009"},{"system":"http://snomed.info/sct","code":"10828004"}]}}""", "unknown")]
    [InlineData("""{"valueCodeableConcept":{"text":"negative"}}""", "unknown")]
    [InlineData("""{"valueString":"negative"}""", "unknown")]
    [InlineData("""{"valueInteger":0}""", "unknown")]
    [InlineData("""{"dataAbsentReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason","code":"not-performed"}]}}""", "unknown")]
    [InlineData("""{"dataAbsentReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason","code":"negative-infinity"}]}}""", "unknown")]
    [InlineData("{}", "unknown")]
    public void A_finding(string value, string answer) => Says(answer, "hepatitis-b", Record.Observation("o", "5196-1", value));

    [Theory]
    [InlineData("entered-in-error")]
    [InlineData("registered")]
    [InlineData("cancelled")]
    [InlineData("unknown")]
    public void A_negative_finding_that_is_no_result_denies_nothing(string status) =>
        Says("unknown", "hepatitis-b", Record.Observation("o", "5196-1", """{"valueBoolean":false}""", status: status));

    [Theory]
    [InlineData("true", "yes")]
    [InlineData("false", "unknown")]
    public void A_history_of_metastatic_cancer_is_of_a_past_episode(string value, string answer) =>
        Says(answer, "metastatic", Record.Kidney(), Record.Observation("o", "1287652008", $$"""{"valueBoolean":{{value}}}""", system: Record.Snomed));

    // ---- a List ----

    [Theory]
    [InlineData("Medications", "medications")]
    [InlineData("Allergies", "allergies")]
    [InlineData("Systemic therapy for cancer", "prior-therapies")]
    public void An_empty_list(string title, string fact)
    {
        Says("none", fact, Record.Kidney(), Record.EmptyList(title));
        foreach (var reason in new[] { "notasked", "withheld", "unavailable", "notstarted", "closed" }) Says("unknown", fact, Record.Kidney(), Record.EmptyList(title, reason));
        Says("unknown", fact, Record.Kidney(), Changed(list => list["status"] = "retired"));
        Says("unknown", fact, Record.Kidney(), Changed(list => list.Remove("emptyReason")));
        Says("unknown", fact, Record.Kidney(), Changed(list => list["emptyReason"] = new JsonObject { ["text"] = "nilknown" }));
        Says("unknown", fact, Record.Kidney(), Changed(list => list["emptyReason"] = Record.Concept("http://example.org", "nilknown")));

        JsonObject Changed(Action<JsonObject> change)
        {
            var list = Record.EmptyList(title);
            change(list);
            return list;
        }
    }

    // ---- "no known ..." by its code ----

    [Theory]
    [InlineData(Ips, "no-known-allergies", "none")]
    [InlineData(Ips, "no-known-medication-allergies", "unknown")]
    [InlineData(Ips, "no-allergy-info", "unknown")]
    [InlineData(Record.Snomed, "716186003", "none")]
    [InlineData(Record.Snomed, "409137002", "unknown")] // no known drug allergy
    [InlineData(Record.Snomed, "716220001", "unknown")] // no known animal allergy
    [InlineData(Record.Snomed, "300916003", "some")]
    [InlineData("http://example.org", "716186003", "some")]
    public void No_known_allergy(string system, string code, string answer) => Says(answer, "allergies", Allergy(system, code));

    [Theory]
    [InlineData("refuted")]
    [InlineData("entered-in-error")]
    public void An_allergy_that_was_refuted_leaves_the_list_open(string verification) =>
        Says("unknown", "allergies", Record.With(Allergy(Record.Snomed, "300916003"), $$$"""{"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-verification","code":"{{{verification}}}"}]}}"""));

    [Fact]
    public void That_no_allergy_is_known_may_itself_be_refuted() =>
        Says("unknown", "allergies", Record.With(Allergy(Record.Snomed, "716186003"), """{"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-verification","code":"refuted"}]}}"""));

    [Theory]
    [InlineData("no-known-medications", "none")]
    [InlineData("no-medication-info", "unknown")]
    public void No_known_medication(string code, string answer)
    {
        var statement = Record.Statement("s", "", null);
        statement["medicationCodeableConcept"] = Record.Concept(Ips, code);
        Says(answer, "medications", statement);
    }

    // ---- a gene ----

    [Theory]
    [InlineData("HGNC:7029", "", "no")]
    [InlineData("HGNC:12687", "", "unknown")]
    [InlineData("HGNC:7029", """,{"code":{"coding":[{"system":"http://loinc.org","code":"36908-2"}]},"valueCodeableConcept":{"text":"exon 14"}}""", "unknown")]
    public void A_gene_that_was_studied(string gene, string also, string answer) => Says(answer, "met-driven", Record.Observation("r", "53041-0",
        $$$"""{"component":[{"code":{"coding":[{"system":"http://loinc.org","code":"48018-6"}]},"valueCodeableConcept":{"coding":[{"system":"http://www.genenames.org","code":"{{{gene}}}"}]}}{{{also}}}]}"""));

    // ---- a medicine that is not taken is no empty list ----

    [Theory]
    [InlineData("active", "order", false, "some")]
    [InlineData("unknown", "order", false, "some")]
    [InlineData("cancelled", "order", false, "unknown")]
    [InlineData("entered-in-error", "order", false, "unknown")]
    [InlineData("stopped", "order", false, "unknown")]
    [InlineData("completed", "order", false, "unknown")]
    [InlineData("draft", "order", false, "unknown")]
    [InlineData("on-hold", "order", false, "unknown")]
    [InlineData("active", "proposal", false, "unknown")]
    [InlineData("active", "plan", false, "unknown")]
    [InlineData("active", "option", false, "unknown")]
    [InlineData("active", "order", true, "unknown")]
    public void A_request(string status, string intent, bool not, string answer) =>
        Says(answer, "medications", Record.With(Record.Request("r", "omeprazole", "2026-10-01", status, intent), not ? """{"doNotPerform":true}""" : "{}"));

    [Theory]
    [InlineData("active", "some")]
    [InlineData("not-taken", "unknown")]
    [InlineData("completed", "unknown")]
    [InlineData("stopped", "unknown")]
    [InlineData("on-hold", "unknown")]
    [InlineData("intended", "unknown")]
    [InlineData("entered-in-error", "unknown")]
    public void A_statement(string status, string answer) => Says(answer, "medications", Record.Statement("s", "omeprazole", "2026-10-01", status: status));

    // ---- a Procedure ----

    [Theory]
    [InlineData("completed", "yes")]
    [InlineData("in-progress", "unknown")]
    [InlineData("not-done", "unknown")]
    [InlineData("preparation", "unknown")]
    [InlineData("on-hold", "unknown")]
    [InlineData("stopped", "unknown")]
    [InlineData("unknown", "unknown")]
    [InlineData("entered-in-error", "unknown")]
    public void A_procedure(string status, string answer) => Says(answer, "nephrectomy-done", Record.Procedure("p", "116033007", "2026-02-02", status));

    // ---- silence ----

    [Theory]
    [InlineData("heart-failure")]
    [InlineData("hepatitis-b")]
    [InlineData("met-driven")]
    [InlineData("nephrectomy-done")]
    [InlineData("metastatic")]
    [InlineData("metastatic-sites")]
    [InlineData("medications")]
    [InlineData("allergies")]
    [InlineData("prior-therapies")]
    public void What_is_not_recorded(string fact) => Says("unknown", fact, Record.Kidney());

    // ---- the codes of the real dictionary ----

    [Theory]
    [InlineData("449868002", "yes")]
    [InlineData("428041000124106", "yes")]
    [InlineData("77176002", "unknown")] // smoker, current status unknown
    [InlineData("8517006", "unknown")]
    [InlineData("266919005", "unknown")]
    public void Smoking_as_the_guidance_reads_it(string code, string answer)
    {
        var reading = RealGuidance.Reader.Read(Record.Bytes(Record.Bundle(Record.Patient, Record.Coded("o", Record.Loinc, "72166-2", Record.Snomed, code))), Record.AsOf);
        Assert.Equal(answer, Answer(reading.Record!, "smoker"));
        if (answer == "unknown") Assert.Single(reading.Record!.NotUsed, n => n.Resource == "Observation/o");
    }

    private static JsonObject Allergy(string system, string code) =>
        Record.Subject(new() { ["resourceType"] = "AllergyIntolerance", ["id"] = "a", ["code"] = Record.Concept(system, code, "as sent") });

    /// <summary>What the record says of a fact; and what gives no answer is used for another fact or listed as not used.</summary>
    private static void Says(string answer, string fact, params JsonObject[] resources)
    {
        var record = Record.Read(resources);
        Assert.Equal(answer, Answer(record, fact));
        var last = $"{resources[^1]["resourceType"]}/{resources[^1]["id"]}";
        if (answer == "unknown") Assert.True(record.NotUsed.Any(n => n.Resource == last) || record.Facts.Any(f => f.Origin == last), $"{last} was dropped without a word");
    }

    private static string Answer(PatientRecord record, string fact) => record.All(fact) switch
    {
        [] => "unknown",
        [{ Value: GivenCode { Mask: 1 } }] => "no",
        [{ Value: GivenCode { Mask: 2 } }] => "yes",
        [{ Value: GivenTexts { Items.Count: 0, Complete: true } }] or [{ Value: GivenMedicines { Items.Count: 0, Complete: true } }] or [{ Value: GivenTherapies { Items.Count: 0, Complete: true } }] => "none",
        [{ Value: GivenTexts or GivenMedicines or GivenTherapies }] => "some",
        var other => string.Join(" / ", other),
    };
}
