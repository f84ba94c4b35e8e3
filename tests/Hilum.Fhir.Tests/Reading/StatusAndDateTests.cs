using Hilum.Facts;
using Hilum.Fhir.Tests.Some;
using Hilum.Measures;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>What counts, and when it was so.</summary>
public sealed class StatusAndDateTests
{
    [Theory]
    [InlineData("final", false)]
    [InlineData("amended", false)]
    [InlineData("corrected", false)]
    [InlineData("preliminary", true)]
    public void Results_that_count(string status, bool preliminary)
    {
        var record = Record.Read(Record.With(Record.Lab("hb", "718-7", 11.2m, "g/dL"), $$"""{"status":"{{status}}"}"""));
        Assert.Equal(preliminary, record.One("haemoglobin").Preliminary);
    }

    [Theory]
    [InlineData("registered")]
    [InlineData("cancelled")]
    [InlineData("unknown")]
    [InlineData("entered-in-error")]
    public void Results_that_do_not_count(string status)
    {
        var record = Record.Read(Record.With(Record.Lab("hb", "718-7", 11.2m, "g/dL"), $$"""{"status":"{{status}}"}"""));
        Assert.Empty(record.All("haemoglobin"));
        Assert.NotEmpty(record.Why("Observation/hb"));
    }

    [Fact]
    public void A_value_that_is_said_to_be_absent_is_unknown()
    {
        var record = Record.Read(Record.Observation("hb", "718-7", """{"dataAbsentReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason","code":"not-performed"}]}}"""));
        Assert.Empty(record.All("haemoglobin"));
        record.NotUsed("Observation/hb", "unknown");
    }

    [Fact]
    public void No_value_is_no_fact() => Record.Read(Record.Observation("hb", "718-7")).NotUsed("Observation/hb", "it states no value");

    [Theory]
    [InlineData("2026-11-03", true)]
    [InlineData("2026-11-03T23:59:00+02:00", true)]
    [InlineData("2026-11-04", false)]
    [InlineData("2026-11", true)]
    [InlineData("2026", true)]
    [InlineData("2027", false)]
    public void Only_dates_are_compared_with_the_day_of_the_plan(string date, bool used)
    {
        var record = Record.Read(Record.Lab("hb", "718-7", 11.2m, "g/dL", date));
        Assert.Equal(used ? 1 : 0, record.All("haemoglobin").Count);
        if (!used) record.NotUsed("Observation/hb", "after 2026-11-03");
    }

    [Fact]
    public void Without_a_day_of_the_plan_the_caller_looks_at_dates() =>
        Record.Read(Record.Bundle(Record.Patient, Record.Lab("hb", "718-7", 11.2m, "g/dL", "2031-01-01")), (DateOnly?)null).One("haemoglobin");

    [Theory]
    [InlineData("""{"effectivePeriod":{"start":"2026-10-01","end":"2026-10-05"}}""", "2026-10-05")]
    [InlineData("""{"effectivePeriod":{"start":"2026-10-01"}}""", "2026-10-01")]
    [InlineData("""{"effectiveInstant":"2026-10-02T23:30:00-05:00"}""", "2026-10-02")]
    [InlineData("""{"effectiveDateTime":"2026-10-02T00:30:00+05:00"}""", "2026-10-02")]
    [InlineData("""{"effectiveDateTime":"2026-10"}""", "2026-10")]
    [InlineData("""{"issued":"2026-10-06T10:00:00Z"}""", "2026-10-06")]
    [InlineData("""{}""", "0000")]
    public void A_result_is_of_its_effective_date_else_of_its_issue(string members, string date)
    {
        var lab = Record.Lab("hb", "718-7", 11.2m, "g/dL");
        lab.Remove("effectiveDateTime");
        Assert.Equal(date, Record.Read(Record.With(lab, members)).One("haemoglobin").Date.ToString());
    }

    [Theory]
    [InlineData("""{"onsetDateTime":"2020-02","recordedDate":"2021-01-01"}""", "2020-02")]
    [InlineData("""{"onsetPeriod":{"start":"2019-05-05"}}""", "2019-05-05")]
    [InlineData("""{"recordedDate":"2021-01-01"}""", "2021-01-01")]
    [InlineData("""{"onsetDateTime":"2020-02","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/condition-assertedDate","valueDateTime":"2018-07-01"}]}""", "2018-07-01")]
    public void The_diagnosis_is_of_its_asserted_date_else_of_its_onset_else_of_its_record(string members, string date)
    {
        var condition = Record.Kidney();
        condition.Remove("onsetDateTime");
        Assert.Equal(date, ((GivenDate)Record.Read(Record.With(condition, members)).One("diagnosis-date").Value).Date.ToString());
    }

    [Fact]
    public void A_year_of_diagnosis_stays_a_year() =>
        Assert.Equal(new PartialDate(2019, 0, 0), ((GivenDate)Record.Read(Record.Kidney(onset: "2019")).One("diagnosis-date").Value).Date);

    [Fact]
    public void A_diagnosis_in_the_future_is_not_used() => Record.Read(Record.Kidney(onset: "2027-01-01")).NotUsed("Condition/rcc", "after 2026-11-03");
}
