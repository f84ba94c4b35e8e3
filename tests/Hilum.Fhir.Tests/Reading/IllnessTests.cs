using System.Text.Json.Nodes;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Fhir.Tests.Some;
using Hilum.Measures;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>Other illness: what is said to be there, and what a record can deny.</summary>
public sealed class IllnessTests
{
    [Theory]
    [InlineData("active")]
    [InlineData("recurrence")]
    [InlineData("relapse")]
    [InlineData(null)]
    public void An_active_condition_is_there(string? clinical) => Assert.True(Record.Read(Record.Condition("hf", Record.Icd10, "I50.9", clinical: clinical)).Truth("heart-failure"));

    [Theory]
    [InlineData("inactive")]
    [InlineData("resolved")]
    [InlineData("remission")]
    public void A_condition_of_the_past_is_not_there_with_a_word(string clinical)
    {
        var record = Record.Read(Record.Condition("hf", Record.Icd10, "I50.9", clinical: clinical));
        Assert.Empty(record.All("heart-failure"));
        record.NotUsed("Condition/hf", $"its clinical status is {clinical}");
    }

    [Fact]
    public void A_condition_that_has_abated_is_not_there() =>
        Record.Read(Record.With(Record.Condition("hf", Record.Icd10, "I50.9", clinical: null), """{"abatementDateTime":"2024-01-01"}""")).NotUsed("Condition/hf", "it has abated");

    [Fact]
    public void A_refuted_condition_is_denied() => Assert.False(Record.Read(Record.Condition("hf", Record.Icd10, "I50.9", verification: "refuted")).Truth("heart-failure"));

    private static PatientRecord AsTheGuidanceReads(params JsonObject[] resources) =>
        RealGuidance.Reader.Read(Record.Bytes(Record.Bundle([Record.Patient, Record.Kidney(), .. resources])), Record.AsOf).Record!;

    [Theory]
    [InlineData("G95.20", "spinal-cord-compression")]
    [InlineData("R31.0", "haematuria")]
    [InlineData("I63.9", "arterial-thrombosis-recent")]
    [InlineData("I21.9", "arterial-thrombosis-recent")]
    [InlineData("I21.9", "ischaemic-heart-disease")]
    [InlineData("I20.0", "ischaemic-heart-disease")]
    [InlineData("K92.2", "bleeding-recent")]
    [InlineData("Z94.1", "organ-transplant")]
    [InlineData("Z94.4", "organ-transplant")]
    public void A_danger_is_read(string code, string fact) =>
        Assert.True(AsTheGuidanceReads(Record.Condition("c", Record.Icd10, code, onset: "2026-10-20")).Truth(fact));

    [Fact]
    public void A_kidney_transplant_that_is_denied_does_not_deny_a_heart_transplant()
    {
        var record = AsTheGuidanceReads(Record.Condition("kidney", Record.Icd10, "Z94.0", verification: "refuted"), Record.Condition("heart", Record.Icd10, "Z94.1"));
        Assert.True(record.Truth("organ-transplant"));
        Assert.Empty(AsTheGuidanceReads(Record.Condition("kidney", Record.Icd10, "Z94.0", verification: "refuted")).All("organ-transplant"));
        Assert.Empty(AsTheGuidanceReads(Record.Condition("mi", Record.Icd10, "I21.9", verification: "refuted")).All("ischaemic-heart-disease"));
    }

    [Theory]
    [InlineData("K50.90")]
    [InlineData("M32.9")]
    public void An_autoimmune_disease_is_one_and_how_active_it_is_stays_open(string code)
    {
        var fact = AsTheGuidanceReads(Record.Condition("c", Record.Icd10, code)).One("autoimmune-disease");
        Assert.Equal(fact.Fact.Symbol.AllCodes & ~(1UL << fact.Fact.BitOf("none")), ((GivenCode)fact.Value).Mask);
    }

    [Theory]
    [InlineData("active")]
    [InlineData("resolved")]
    public void An_event_counts_by_its_day_whether_or_not_it_is_over(string clinical)
    {
        var recent = CaseOf(Record.Condition("c", Record.Icd10, "I63.9", onset: "2026-08-01", clinical: clinical));
        Assert.Equal(Truth.True, ((CodesPossible)recent["arterial-thrombosis-recent"].Possible).Truth);
        var old = CaseOf(Record.Condition("c", Record.Icd10, "I63.9", onset: "2021-08-01", clinical: clinical));
        Assert.Equal(Truth.Undecided, ((CodesPossible)old["arterial-thrombosis-recent"].Possible).Truth);
    }

    [Fact]
    public void An_event_without_a_date_may_have_been_recent()
    {
        var stroke = Record.Condition("c", Record.Icd10, "I63.9");
        stroke.Remove("onsetDateTime");
        var record = AsTheGuidanceReads(stroke);
        Assert.Empty(record.All("arterial-thrombosis-recent"));
        Assert.Contains(record.Warnings, w => w.En!.Contains("may have been recent", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("LA15173-0", Truth.True)]
    [InlineData("LA26683-5", Truth.Undecided)] // of its day
    [InlineData("LA4489-6", Truth.Undecided)]
    public void Pregnancy_is_read_from_the_pregnancy_status(string answer, Truth expected)
    {
        var record = AsTheGuidanceReads(Record.Coded("o", Record.Loinc, "82810-3", Record.Loinc, answer));
        Assert.Equal(expected, record.All("pregnant") is [{ Value: GivenCode { Mask: 2 } }] ? Truth.True : Truth.Undecided);
    }

    [Fact]
    public void Active_illnesses_that_no_fact_reads_are_named_first()
    {
        var patient = CaseOf(Record.Condition("esrd", Record.Icd10, "N18.6", display: "End stage renal disease"), Record.Condition("past", Record.Icd10, "K70.0", clinical: "resolved"), Record.Condition("hf", Record.Icd10, "I50.9"));
        Assert.Contains("(1): icd10:N18.6 (End stage renal disease)", patient.Warnings[0].En, StringComparison.Ordinal);
        Assert.Contains("icd10:N18.6", patient.Warnings[0].Fr, StringComparison.Ordinal);
        Assert.DoesNotContain(CaseOf(Record.Condition("hf", Record.Icd10, "I50.9")).Warnings, w => w.En!.Contains("not read", StringComparison.Ordinal));
    }

    private static Case CaseOf(params JsonObject[] resources) => new CaseBuilder(RealGuidance.Content.Facts).Build(AsTheGuidanceReads(resources), new() { AsOf = Record.AsOf });

    [Fact]
    public void Not_on_record_is_not_absent() => Assert.Empty(Record.Read(Record.Kidney()).All("heart-failure"));

    [Fact]
    public void Comorbidities_are_stated_and_denied()
    {
        var record = Record.Read(Record.Observation("co", "398192003", $$$"""
            {"extension":[
              {"url":"{{{Record.Mcode}}}mcode-related-condition","valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"44054006"}]}},
              {"url":"{{{Record.Mcode}}}mcode-related-condition-absent","valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"84114007"}]}}]}
            """, system: Record.Snomed));
        Assert.True(record.Truth("diabetes"));
        Assert.False(record.Truth("heart-failure"));
    }

    [Theory]
    [InlineData("""{"valueBoolean":false}""", false)]
    [InlineData("""{"valueBoolean":true}""", true)]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"260385009"}]}}""", false)]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"LA9634-2"}]}}""", false)]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"10828004"}]}}""", true)]
    public void A_finding_is_positive_or_negative(string value, bool truth) => Assert.Equal(truth, Record.Read(Record.Observation("hb", "5196-1", value)).Truth("hepatitis-b"));

    [Theory]
    [InlineData("""{"valueCodeableConcept":{"text":"negative"}}""")]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"42425007"}]}}""")]
    [InlineData("""{"valueString":"negative"}""")]
    public void A_finding_that_is_neither_is_not_used(string value)
    {
        var record = Record.Read(Record.Observation("hb", "5196-1", value));
        Assert.Empty(record.All("hepatitis-b"));
        Assert.NotEmpty(record.Why("Observation/hb"));
    }

    [Theory]
    [InlineData("completed", true, null)]
    [InlineData("in-progress", false, "begun, not done")]
    [InlineData("not-done", false, "not done")]
    [InlineData("entered-in-error", false, "entered in error")]
    [InlineData("preparation", false, "not done")]
    public void Only_a_completed_procedure_was_done(string status, bool done, string? why)
    {
        var record = Record.Read(Record.Procedure("op", "116033007", "2026-02-02", status));
        Assert.Equal(done ? 1 : 0, record.All("nephrectomy-done").Count);
        if (why is not null) record.NotUsed("Procedure/op", why);
    }

    [Fact]
    public void A_procedure_of_next_year_was_not_done() => Record.Read(Record.Procedure("op", "116033007", "2027-02-02")).NotUsed("Procedure/op", "after 2026-11-03");

    [Fact]
    public void Allergies_are_texts()
    {
        var record = Record.Read(
            Record.Subject(Record.Parse("""{"resourceType":"AllergyIntolerance","id":"a","code":{"text":"Penicillin"}}""")),
            Record.Subject(Record.Parse("""{"resourceType":"AllergyIntolerance","id":"b","code":{"coding":[{"system":"http://snomed.info/sct","code":"300916003","display":"Latex allergy"}]}}""")),
            Record.Subject(Record.Parse("""{"resourceType":"AllergyIntolerance","id":"c","code":{"text":"Aspirin"},"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-verification","code":"refuted"}]}}""")));
        var allergies = (GivenTexts)record.One("allergies").Value;
        Assert.Equal(["Penicillin", "Latex allergy"], allergies.Items);
        Assert.False(allergies.Complete);
        record.NotUsed("AllergyIntolerance/c", "refuted");
    }

    [Fact]
    public void An_allergy_to_a_drug_is_recognised_by_its_code_or_its_words()
    {
        var record = Record.Read(
            Record.Subject(Record.Parse("""{"resourceType":"AllergyIntolerance","id":"a","code":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"357977"}],"text":"see letter"}}""")),
            Record.Subject(Record.Parse("""{"resourceType":"AllergyIntolerance","id":"b","code":{"coding":[{"system":"http://snomed.info/sct","code":"300916003","display":"Allergy to Inlyta"}]}}""")),
            Record.Subject(Record.Parse("""{"resourceType":"AllergyIntolerance","id":"c","code":{"text":"Latex"}}""")));
        var allergies = (GivenTexts)record.One("allergies").Value;
        Assert.Equal(["sunitinib", "axitinib", null], allergies.Known.Select(k => k.Drug?.Id));
        Assert.False(allergies.AllKnown);
    }

    [Fact]
    public void No_known_allergies_is_a_whole_list()
    {
        var record = Record.Read(Record.Subject(Record.Parse("""{"resourceType":"AllergyIntolerance","id":"a","code":{"coding":[{"system":"http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips","code":"no-known-allergies"}]}}""")));
        Assert.True(((GivenTexts)record.One("allergies").Value).Complete);
    }
}
