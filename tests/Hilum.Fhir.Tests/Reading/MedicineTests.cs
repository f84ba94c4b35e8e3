using System.Text.Json.Nodes;
using Hilum.Facts;
using Hilum.Fhir.Tests.Some;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>Medicines taken now.</summary>
public sealed class MedicineTests
{
    private static GivenMedicines Medicines(PatientRecord record) => (GivenMedicines)record.One("medications").Value;

    private static JsonObject Of(JsonObject resource, string system, string code, string? display = null)
    {
        resource["medicationCodeableConcept"] = Record.Concept(system, code, display);
        return resource;
    }

    [Fact]
    public void A_request_a_statement_and_an_unknown_name_are_listed_and_the_list_stays_open()
    {
        var record = Record.Read(Record.Request("a", "omeprazole 20 mg", "2026-10-01"), Record.Statement("b", "clarithromycin", "2026-10-20"), Record.Statement("c", "Grandmother's drops", "2026-10-20"));
        var medicines = Medicines(record);
        Assert.Equal(["omeprazole 20 mg", "clarithromycin", "Grandmother's drops"], medicines.Items.Select(m => m.Text));
        Assert.Equal(["omeprazole", "clarithromycin", null], medicines.Items.Select(m => m.Recognised.Medicine?.Id));
        Assert.Equal("MedicationStatement/c", medicines.Items[2].Origin);
        Assert.False(medicines.Complete);
    }

    [Theory]
    [InlineData(Record.RxNorm, "21212")]
    [InlineData(Record.Atc, "J01FA09")]
    public void A_code_is_recognised(string system, string code) => Assert.Equal("clarithromycin", Assert.Single(Medicines(Record.Read(Of(Record.Request("a", "", "2026-10-01"), system, code))).Items).Recognised.Medicine?.Id);

    [Theory]
    [InlineData("clarithromycin 500 MG Oral Tablet [Biaxin]")]
    [InlineData("24 HR clarithromycin 500 MG Extended Release Oral Tablet")]
    public void A_product_code_is_recognised_by_its_words(string display) =>
        Assert.Equal("clarithromycin", Assert.Single(Medicines(Record.Read(Of(Record.Request("a", "", "2026-10-01"), Record.RxNorm, "197517", display))).Items).Recognised.Medicine?.Id);

    [Theory]
    [InlineData("active", "order", null, true)]
    [InlineData("active", "original-order", null, true)]
    [InlineData("completed", "order", null, false)]
    [InlineData("stopped", "order", null, false)]
    [InlineData("cancelled", "order", null, false)]
    [InlineData("draft", "order", null, false)]
    [InlineData("on-hold", "order", null, false)]
    [InlineData("entered-in-error", "order", null, false)]
    [InlineData("active", "proposal", null, false)]
    [InlineData("active", "plan", null, false)]
    [InlineData("active", "option", null, false)]
    [InlineData("active", "order", true, false)]
    public void A_request_is_taken_only_when_it_is_an_active_order(string status, string intent, bool? doNotPerform, bool taken)
    {
        var request = Record.Request("a", "omeprazole", "2026-10-01", status, intent);
        if (doNotPerform is { } not) request["doNotPerform"] = not;
        var record = Record.Read(request);
        Assert.Equal(taken ? 1 : 0, record.All("medications").Count);
        if (!taken) Assert.NotEmpty(record.Why("MedicationRequest/a"));
    }

    [Theory]
    [InlineData("active", true)]
    [InlineData("not-taken", false)]
    [InlineData("completed", false)]
    [InlineData("stopped", false)]
    [InlineData("intended", false)]
    [InlineData("on-hold", false)]
    [InlineData("entered-in-error", false)]
    public void A_statement_is_taken_only_when_it_is_active(string status, bool taken) =>
        Assert.Equal(taken ? 1 : 0, Record.Read(Record.Statement("a", "omeprazole", "2026-10-01", status: status)).All("medications").Count);

    [Fact]
    public void A_medicine_that_ended_before_the_plan_is_not_taken() => Record.Read(Record.Statement("a", "omeprazole", "2026-01-01", "2026-02-01")).NotUsed("MedicationStatement/a", "it ended on 2026-02-01");

    [Fact]
    public void A_medicine_of_next_month_is_not_taken() => Record.Read(Record.Statement("a", "omeprazole", "2026-12-01")).NotUsed("MedicationStatement/a", "after 2026-11-03");

    [Fact]
    public void A_single_dose_is_not_a_medicine_taken_now() => Record.Read(Record.Dose("a", "clarithromycin", "2026-10-01")).NotUsed("MedicationAdministration/a", "once");

    [Theory]
    [InlineData("Medication/m")]
    [InlineData("#c")]
    public void A_medication_may_stand_elsewhere(string reference)
    {
        var request = Record.Request("a", "", "2026-10-01");
        request.Remove("medicationCodeableConcept");
        request["medicationReference"] = new JsonObject { ["reference"] = reference };
        request["contained"] = new JsonArray(Record.Parse("""{"resourceType":"Medication","id":"c","code":{"text":"clarithromycin"}}"""));
        var record = Record.Read(request, Record.Parse("""{"resourceType":"Medication","id":"m","code":{"coding":[{"system":"http://www.whocc.no/atc","code":"J01FA09"}]}}"""));
        Assert.Equal("clarithromycin", Assert.Single(Medicines(record).Items).Recognised.Medicine?.Id);
    }

    [Fact]
    public void Ingredients_are_read_when_the_product_is_not_known()
    {
        var request = Record.Request("a", "", "2026-10-01");
        request.Remove("medicationCodeableConcept");
        request["medicationReference"] = new JsonObject { ["reference"] = "Medication/m" };
        var record = Record.Read(request, Record.Parse("""{"resourceType":"Medication","id":"m","code":{"text":"Triple Pack"},"ingredient":[{"itemCodeableConcept":{"text":"omeprazole"}},{"itemCodeableConcept":{"text":"clarithromycin"}}]}"""));
        Assert.Equal(["omeprazole", "clarithromycin"], Medicines(record).Items.Select(m => m.Recognised.Medicine?.Id));
        Assert.Empty(record.NotUsed);
    }

    [Fact]
    public void A_medication_that_is_not_in_the_record_is_named()
    {
        var request = Record.Request("a", "", "2026-10-01");
        request.Remove("medicationCodeableConcept");
        request["medicationReference"] = new JsonObject { ["reference"] = "Medication/gone" };
        Record.Read(request).NotUsed("MedicationRequest/a", "its Medication (Medication/gone) is not in the record");
    }

    [Theory]
    [InlineData("http://www.whocc.no/atc", "L04AH02", "everolimus", null)]
    [InlineData("http://www.whocc.no/atc", "L04AX99", "everolimus", "under an ATC code that is not that of the cancer drug everolimus")]
    [InlineData("http://www.nlm.nih.gov/research/umls/rxnorm", "141704", "Zortress 0.5 mg", "it was read as that medicine, not as cancer treatment")]
    public void Everolimus_after_a_transplant_is_no_cancer_treatment(string system, string code, string display, string? warning)
    {
        var record = Record.Read(Record.Kidney(), Of(Record.Request("e", "", "2026-01-01"), system, code, display));
        Assert.Empty(record.All("prior-therapies"));
        Assert.Null(Assert.Single(Medicines(record).Items).Recognised.Drug);
        if (warning is not null) record.Warns(warning);
    }

    [Fact]
    public void A_bone_agent_is_a_medicine_and_no_line()
    {
        var record = Record.Read(Record.Kidney(), Record.Statement("d", "Xgeva", "2026-05-01"));
        Assert.Empty(record.All("prior-therapies"));
        Assert.Equal("denosumab", Assert.Single(Medicines(record).Items).Recognised.Drug?.Id);
    }

    [Fact]
    public void One_medicine_from_two_places_is_listed_once()
    {
        var record = Record.Read(Record.Request("a", "omeprazole 20 mg", "2026-10-01"), Record.Statement("b", "Omeprazole", "2026-10-01"));
        Assert.Equal("MedicationRequest/a, MedicationStatement/b", Assert.Single(Medicines(record).Items).Origin);
    }

    [Theory]
    [InlineData("Medications")]
    [InlineData("Médicaments")]
    public void A_list_that_says_nil_known_is_the_whole_list(string title)
    {
        var medicines = Medicines(Record.Read(Record.EmptyList(title)));
        Assert.Empty(medicines.Items);
        Assert.True(medicines.Complete);
    }

    [Fact]
    public void The_list_may_be_named_by_its_code()
    {
        var list = Record.EmptyList("Something");
        list["code"] = Record.Concept(Record.Loinc, "10160-0");
        Assert.True(Medicines(Record.Read(list)).Complete);
    }

    [Theory]
    [InlineData("unavailable")]
    [InlineData("notasked")]
    [InlineData("withheld")]
    public void A_list_that_is_empty_for_another_reason_denies_nothing(string reason)
    {
        var record = Record.Read(Record.EmptyList("Medications", reason));
        Assert.Empty(record.All("medications"));
        Assert.NotEmpty(record.Why("List/none"));
    }

    [Fact]
    public void A_list_of_something_else_denies_nothing() => Record.Read(Record.EmptyList("Family members")).NotUsed("List/none", "a list of something that is not read");

    [Fact]
    public void A_list_that_the_record_contradicts_is_not_the_whole_list()
    {
        var record = Record.Read(Record.EmptyList("Medications"), Record.Statement("a", "omeprazole", "2026-10-01"));
        Assert.False(Medicines(record).Complete);
        record.Warns("List/none says that no medicine is taken, but the record holds some");
    }

    [Fact]
    public void No_known_medications_of_the_patient_summary_is_the_whole_list()
    {
        var statement = Of(Record.Statement("none", "", null), "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-known-medications");
        Assert.True(Medicines(Record.Read(statement)).Complete);
    }
}
