using System.Text.Json.Nodes;
using Hilum.Fhir.Tests.Some;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>What the strict parser refuses is named, and never decides anything in silence.</summary>
public sealed class StrictnessTests
{
    private static JsonObject Hb(string members) => Record.With(Record.Lab("hb", "718-7", 11.2m, "g/dL"), members);

    [Fact]
    public void A_fault_beside_the_point_is_a_warning_and_the_result_counts()
    {
        var record = Record.Read(Hb("""{"colour":"red"}"""));
        Assert.Equal(11.2m, record.Number("haemoglobin").Low);
        record.Warns("Observation/hb: Found unknown element 'colour'");
    }

    [Theory]
    [InlineData("""{"type":"colection"}""", "Bundle: Value 'colection' is not a correct code")]
    [InlineData("""{"colour":"red"}""", "Bundle: Found unknown element 'colour'")]
    public void A_fault_of_the_bundle_itself_is_a_warning(string members, string words)
    {
        var record = Record.Read(Record.With(Record.Bundle(Record.Patient, Record.Lab("hb", "718-7", 11.2m, "g/dL")), members), Record.AsOf);
        Assert.Equal(11.2m, record.Number("haemoglobin").Low);
        record.Warns(words);
    }

    [Theory]
    [InlineData("""{"resourceType":"Bundle","":1}""")]
    [InlineData("""{"resourceType":"Bundle","entry":[{"":1,"resource":{"resourceType":"Observation","id":"x","":{"":[]}}}]}""")]
    public void A_member_without_a_name_is_no_exception(string json) => Assert.NotNull(Record.ReadText(json).Record);

    [Fact]
    public void A_bundle_without_faults_has_no_warnings() => Assert.Empty(Record.Read(Record.Lab("hb", "718-7", 11.2m, "g/dL")).Warnings);

    [Fact]
    public void An_element_in_the_wrong_case_is_not_accepted_for_a_decision()
    {
        var lab = Record.Lab("hb", "718-7", 11.2m, "g/dL");
        lab.Remove("status");
        lab["Status"] = "final";
        var record = Record.Read(lab);
        Assert.Empty(record.All("haemoglobin"));
        record.NotUsed("Observation/hb", "Element 'Status' has incorrect casing");
    }

    [Theory]
    [InlineData("""{"valueQuantity":{"value":"11.2","code":"g/dL","system":"http://unitsofmeasure.org"}}""")]
    [InlineData("""{"valueQuantity":{"value":1e400,"code":"g/dL","system":"http://unitsofmeasure.org"}}""")]
    [InlineData("""{"valueQuantity":[{"value":11.2,"code":"g/dL"}]}""")]
    [InlineData("""{"valueInteger":11}""")]
    [InlineData("""{"status":"finnal"}""")]
    [InlineData("""{"status":null}""")]
    [InlineData("""{"code":"718-7"}""")]
    [InlineData("""{"effectiveDateTime":"2026-13-45"}""")]
    [InlineData("""{"effectiveDateTime":"30/10/2026"}""")]
    public void A_fault_in_what_decides_is_not_used(string members)
    {
        var record = Record.Read(Hb(members));
        Assert.Empty(record.All("haemoglobin"));
        Assert.Contains(record.NotUsed, n => n.Resource == "Observation/hb");
        Assert.Equal(1, record.NotUsed.Count(n => n.Resource == "Observation/hb"));
    }

    [Fact]
    public void A_verification_status_of_an_older_release_is_not_lost_in_silence()
    {
        var record = Record.Read(Record.With(Record.Kidney(), """{"verificationStatus":"refuted"}"""));
        Assert.DoesNotContain(record.Facts, f => f.Fact.Id == "kidney-cancer" && f.Origin == "Condition/rcc");
        record.NotUsed("Condition/rcc", "not written as FHIR R4 asks");
    }

    [Fact]
    public void Half_a_character_is_no_exception()
    {
        var reading = Record.ReadText("""{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Observation","id":"x","status":"final","code":{"text":"\ud800"}}}]}""");
        Assert.Contains("could not be read", Assert.Single(reading.Record!.NotUsed, n => n.Resource == "Observation/x").Why.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_modifier_that_nobody_knows_stops_the_resource() =>
        Record.Read(Hb("""{"modifierExtension":[{"url":"http://example.org/not","valueBoolean":true}]}""")).NotUsed("Observation/hb", "a modifier that Hilum does not know (http://example.org/not)");

    [Fact]
    public void Rules_that_nobody_knows_stop_the_resource() =>
        Record.Read(Hb("""{"implicitRules":"http://example.org/rules"}""")).NotUsed("Observation/hb", "rules that Hilum does not know");

    [Fact]
    public void Every_entry_without_a_fact_is_listed_once()
    {
        var record = Record.Read(
            Record.Lab("hb", "718-7", 11, "g/dL"), Record.Lab("na", "2951-2", 140, "mmol/L"), Record.Observation("x", "718-7", status: "cancelled"), Record.Procedure("op", "69762004", "2026-02-02"),
            Record.Parse("""{"resourceType":"Practitioner","id":"d"}"""), Record.Parse("""{"resourceType":"Medication","id":"m"}"""));
        Assert.Equal(["Observation/na", "Observation/x", "Procedure/op", "Practitioner/d", "Medication/m"], record.NotUsed.Select(n => n.Resource));
        record.NotUsed("Observation/na", "no fact for loinc:2951-2");
    }
}
