using System.Text.Json.Nodes;
using Hilum.Facts;
using Hilum.Fhir.Tests.Some;
using Hilum.Measures;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>One record is about one patient.</summary>
public sealed class PatientTests
{
    [Fact]
    public void Birth_date_and_sex_are_read()
    {
        var record = Record.Read();
        Assert.Equal("p", record.PatientId);
        Assert.Equal(new PartialDate(1960, 5, 1), ((GivenDate)record.One("birth-date").Value).Date);
        Assert.Equal("male", Assert.Single(record.Codes("sex")));
    }

    [Fact]
    public void A_birth_year_alone_stays_a_year()
    {
        var record = Record.Read(Record.Bundle(Record.With(Record.Patient, """{"birthDate":"1957"}""")), Record.AsOf);
        Assert.Equal(new PartialDate(1957, 0, 0), ((GivenDate)record.One("birth-date").Value).Date);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("unknown")]
    public void A_gender_that_is_neither_leaves_sex_unknown_with_a_word(string gender)
    {
        var record = Record.Read(Record.Bundle(Record.With(Record.Patient, $$"""{"gender":"{{gender}}"}""")), Record.AsOf);
        Assert.Empty(record.All("sex"));
        record.Warns($"gender is {gender}");
    }

    [Theory]
    [InlineData("""{"deceasedBoolean":true}""")]
    [InlineData("""{"deceasedDateTime":"2026-02-01"}""")]
    public void A_patient_who_has_died_is_said_to_have(string members)
    {
        var record = Record.Read(Record.Bundle(Record.With(Record.Patient, members)), Record.AsOf);
        record.Warns("has died");
        Assert.True(record.Truth("deceased"));
    }

    [Fact]
    public void A_death_has_its_day() =>
        Assert.Equal("2026-02-01", Record.Read(Record.Bundle(Record.With(Record.Patient, """{"deceasedDateTime":"2026-02-01"}""")), Record.AsOf).One("deceased").Date.ToString());

    [Fact]
    public void A_patient_who_is_said_to_live_does_and_silence_says_neither()
    {
        Assert.False(Record.Read(Record.Bundle(Record.With(Record.Patient, """{"deceasedBoolean":false}""")), Record.AsOf).Truth("deceased"));
        Assert.Empty(Record.Read(Record.Bundle(Record.Patient), Record.AsOf).All("deceased"));
    }

    [Fact]
    public void A_birth_in_the_future_is_not_used()
    {
        var record = Record.Read(Record.Bundle(Record.With(Record.Patient, """{"birthDate":"2027-01-01"}""")), Record.AsOf);
        Assert.Empty(record.All("birth-date"));
        record.Warns("lies after 2026-11-03");
    }

    [Fact]
    public void Two_patients_are_no_record()
    {
        var other = Record.With(Record.Patient, """{"id":"b"}""");
        var reading = Record.Reader.Read(Record.Bytes(Record.Bundle(Record.Patient, other)), Record.AsOf);
        Assert.Equal("two patients: Patient/p and Patient/b; a plan is for one", Assert.Single(reading.Problems).ToString());
    }

    [Fact]
    public void Without_a_patient_resource_two_subjects_are_no_record_either()
    {
        var one = Record.Lab("a", "718-7", 11, "g/dL");
        var two = Record.With(Record.Lab("b", "718-7", 11, "g/dL"), """{"subject":{"reference":"Patient/z"}}""");
        Assert.Contains("two patients", Record.Reader.Read(Record.Bytes(Record.Bundle(one, two)), Record.AsOf).Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"subject":{"reference":"Patient/z"}}""", "it is about Patient/z, not about Patient/p")]
    [InlineData("""{"subject":{"reference":"Group/p"}}""", "it is about Group/p")]
    [InlineData("""{"subject":{"reference":"urn:uuid:4e0a3a1e-3eda-4404-b11a-000000000001"}}""", "not about Patient/p")]
    [InlineData("""{"contained":[{"resourceType":"Patient","id":"x"}],"subject":{"reference":"#x"}}""", "described inside it")]
    public void What_is_about_someone_else_is_refused(string members, string why)
    {
        var record = Record.Read(Record.With(Record.Lab("hb", "718-7", 11, "g/dL"), members));
        Assert.Empty(record.All("haemoglobin"));
        record.NotUsed("Observation/hb", why);
    }

    [Theory]
    [InlineData("Patient/p")]
    [InlineData("Patient/p/_history/3")]
    [InlineData("http://example.org/fhir/Patient/p")]
    [InlineData("urn:uuid:p")]
    public void Every_way_to_refer_to_the_patient_is_understood(string reference)
    {
        var record = Record.Read(Record.With(Record.Lab("hb", "718-7", 11, "g/dL"), $$$"""{"subject":{"reference":"{{{reference}}}"}}"""));
        Assert.Equal(11, record.Number("haemoglobin").Low);
    }

    [Fact]
    public void A_full_url_is_understood_as_the_patient()
    {
        var bundle = Record.Bundle(Record.Patient, Record.With(Record.Lab("hb", "718-7", 11, "g/dL"), """{"subject":{"reference":"urn:uuid:4e0a3a1e-3eda-4404-b11a-000000000001"}}"""));
        bundle["entry"]![0]!["fullUrl"] = "urn:uuid:4e0a3a1e-3eda-4404-b11a-000000000001";
        Assert.Equal(11, Record.Read(bundle, Record.AsOf).Number("haemoglobin").Low);
    }

    [Fact]
    public void The_same_id_on_another_server_is_another_patient()
    {
        var bundle = Record.Bundle(Record.Patient, Record.With(Record.Lab("hb", "718-7", 11, "g/dL"), """{"subject":{"reference":"http://other.example/Patient/p"}}"""));
        bundle["entry"]![0]!["fullUrl"] = "http://own.example/Patient/p";
        Assert.Empty(Record.Read(bundle, Record.AsOf).All("haemoglobin"));
    }

    [Fact]
    public void What_does_not_say_whose_it_is_is_used_with_a_word()
    {
        var lab = Record.Lab("hb", "718-7", 11, "g/dL");
        lab.Remove("subject");
        var record = Record.Read(lab);
        Assert.Equal(11, record.Number("haemoglobin").Low);
        record.Warns("Observation/hb: does not say whose it is");
    }

    [Theory]
    [InlineData("7", true)]
    [InlineData("8", false)]
    public void An_identifier_tells_patients_apart(string value, bool same)
    {
        var patient = Record.With(Record.Patient, """{"identifier":[{"system":"http://hospital.example","value":"7"}]}""");
        var lab = Record.With(Record.Lab("hb", "718-7", 11, "g/dL"), $$$$"""{"subject":{"identifier":{"system":"http://hospital.example","value":"{{{{value}}}}"}}}""");
        Assert.Equal(same ? 1 : 0, Record.Read(Record.Bundle(patient, lab), Record.AsOf).All("haemoglobin").Count);
    }

    [Fact]
    public void An_identical_copy_is_used_once_with_a_word()
    {
        var record = Record.Read(Record.Lab("hb", "718-7", 11, "g/dL"), Record.Lab("hb", "718-7", 11, "g/dL"));
        record.One("haemoglobin");
        record.NotUsed("Observation/hb", "an identical copy of the one at Bundle.entry[1]");
    }

    [Fact]
    public void The_same_id_with_other_content_is_no_record()
    {
        var reading = Record.Reader.Read(Record.Bytes(Record.Bundle(Record.Patient, Record.Lab("hb", "718-7", 11, "g/dL"), Record.Lab("hb", "718-7", 9, "g/dL"))), Record.AsOf);
        Assert.Equal("Observation/hb stands twice with different content: at Bundle.entry[1] and at Bundle.entry[2]", Assert.Single(reading.Problems).Message);
    }

    [Fact]
    public void Of_a_history_the_newest_version_counts()
    {
        var bundle = Record.Bundle(Record.Patient, Record.Lab("hb", "718-7", 11, "g/dL"), Record.Lab("hb", "718-7", 9, "g/dL"));
        bundle["type"] = "history";
        Assert.Equal(11, Record.Read(bundle, Record.AsOf).Number("haemoglobin").Low);
    }
}
