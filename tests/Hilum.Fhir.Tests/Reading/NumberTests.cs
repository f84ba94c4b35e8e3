using System.Text.Json.Nodes;
using Hilum.Facts;
using Hilum.Fhir.Tests.Some;
using Hilum.Measures;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>Numbers with their units.</summary>
public sealed class NumberTests
{
    private static JsonObject Hb(string quantity) => Record.Observation("hb", "718-7", $$"""{"valueQuantity":{{quantity}}}""");

    [Theory]
    [InlineData("""{"value":11.2,"unit":"g/dL","system":"http://unitsofmeasure.org","code":"g/dL"}""", 11.2, 0)]
    [InlineData("""{"value":112,"unit":"g/L","system":"http://unitsofmeasure.org","code":"g/L"}""", 11.2, 0)]
    [InlineData("""{"value":7.0,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}""", 7.0, 1)]
    [InlineData("""{"value":112,"unit":"g/L"}""", 11.2, 0)]
    [InlineData("""{"value":112,"code":"g/L"}""", 11.2, 0)]
    [InlineData("""{"value":1.12e2,"unit":"g/L"}""", 11.2, 0)]
    [InlineData("""{"value":112,"unit":"gramme par litre","system":"http://unitsofmeasure.org","code":"g/L"}""", 11.2, 0)]
    public void A_value_is_kept_in_the_canonical_unit_of_its_system(string quantity, double expected, int system)
    {
        var interval = Record.Read(Hb(quantity)).Number("haemoglobin");
        Assert.True(interval.IsPoint);
        Assert.Equal((decimal)expected, interval.Low);
        Assert.Equal(system, interval.System);
    }

    [Fact]
    public void The_text_keeps_value_and_unit_as_sent() =>
        Assert.Equal("112.0 g/L", ((GivenNumber)Record.Read(Hb("""{"value":112.0,"unit":"g/L"}""")).One("haemoglobin").Value).Reported);

    [Theory]
    [InlineData("""{"value":11.2}""", "no unit is stated")]
    [InlineData("""{"value":11.2,"unit":"grains"}""", "'grains' is not a unit that Hilum knows")]
    [InlineData("""{"value":11.2,"unit":"U/L"}""", "'U/L' is not a unit of haemoglobin")]
    [InlineData("""{"value":112,"unit":"g/dL"}""", "112 g/dL is implausible: check the unit")]
    [InlineData("""{"value":1.1,"unit":"g/L"}""", "implausible")]
    [InlineData("""{"value":60,"unit":"mmol/L"}""", "implausible")]
    [InlineData("""{"value":-11.2,"unit":"g/dL"}""", "implausible")]
    [InlineData("""{"value":99999999999999999999,"unit":"g/dL"}""", "too large")]
    [InlineData("""{"unit":"g/dL"}""", "states no number")]
    public void A_value_that_cannot_be_trusted_is_not_used(string quantity, string why) => Record.Read(Hb(quantity)).NotUsed("Observation/hb", why);

    [Fact]
    public void A_number_in_a_text_is_no_number() => Record.Read(Record.Observation("hb", "718-7", """{"valueString":"11.2 g/dL"}""")).NotUsed("Observation/hb", "its value is a text");

    [Fact]
    public void A_unit_whose_code_and_text_disagree_is_read_by_its_code_with_a_word()
    {
        var record = Record.Read(Hb("""{"value":112,"unit":"g/dL","system":"http://unitsofmeasure.org","code":"g/L"}"""));
        Assert.Equal(11.2m, record.Number("haemoglobin").Low);
        record.Warns("the unit's code is g/L, but it is shown as g/dL");
    }

    [Theory]
    [InlineData("<", false, true, true)]
    [InlineData("<=", false, true, false)]
    [InlineData(">", true, false, true)]
    [InlineData(">=", true, false, false)]
    public void A_comparator_is_a_range(string comparator, bool low, bool high, bool open)
    {
        var record = Record.Read(Hb($$"""{"value":80,"comparator":"{{comparator}}","unit":"g/L"}"""));
        var interval = record.Number("haemoglobin");
        Assert.Equal((low, high), (interval.HasLow, interval.HasHigh));
        Assert.Equal(8m, low ? interval.Low : interval.High);
        Assert.Equal(open, low ? interval.LowOpen : interval.HighOpen);
        Assert.Equal($"{comparator}80 g/L", ((GivenNumber)record.One("haemoglobin").Value).Reported);
    }

    [Theory]
    [InlineData("""{"valueInteger":90}""", 90)]
    [InlineData("""{"valueQuantity":{"value":90.0}}""", 90)]
    [InlineData("""{"valueQuantity":{"value":90,"code":"{score}","system":"http://unitsofmeasure.org"}}""", 90)]
    [InlineData("""{"valueQuantity":{"value":90,"unit":"%"}}""", 90)]
    [InlineData("""{"valueQuantity":{"value":80,"unit":"1","comparator":"<"}}""", 80)]
    public void A_score_is_a_whole_number_with_or_without_a_unit(string value, int expected)
    {
        var interval = Record.Read(Record.Observation("k", "89243-0", value)).Number("karnofsky");
        Assert.Equal(expected, interval.HasHigh ? interval.High : interval.Low);
    }

    [Theory]
    [InlineData("89247-1", """{"valueQuantity":{"value":1.5}}""", "1.5 is not a whole number")]
    [InlineData("89247-1", """{"valueInteger":7}""", "implausible")]
    [InlineData("89247-1", """{"valueQuantity":{"value":1,"unit":"kg"}}""", "the unit 'kg' does not go with a whole number")]
    [InlineData("89247-1", """{"valueQuantity":{"value":1,"unit":"%"}}""", "does not go with a whole number")]
    [InlineData("89243-0", """{"valueString":"90"}""", "its value is a text")]
    public void A_score_that_is_none_is_not_used(string loinc, string value, string why) => Record.Read(Record.Observation("s", loinc, value)).NotUsed("Observation/s", why);

    [Theory]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"LA9623-5"}]}}""")]
    [InlineData("""{"interpretation":[{"coding":[{"system":"http://loinc.org","code":"LA9623-5"}]}]}""")]
    public void An_answer_code_stands_for_its_score(string members) => Assert.Equal(1, Record.Read(Record.Observation("e", "89247-1", members)).Number("ecog").Low);

    [Fact]
    public void An_answer_code_of_another_question_stands_for_nothing() =>
        Record.Read(Record.Observation("e", "89247-1", """{"valueCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"LA29175-9"}]}}""")).NotUsed("Observation/e", "stands for no number");

    [Fact]
    public void A_ratio_needs_no_unit() => Assert.Equal(1.1m, Record.Read(Record.Observation("inr", "6301-6", """{"valueQuantity":{"value":1.1}}""")).Number("inr").Low);

    [Fact]
    public void A_clearance_indexed_to_body_surface_is_not_a_clearance() =>
        Record.Read(Record.Lab("c", "35591-7", 60, "mL/min/{1.73_m2}")).NotUsed("Observation/c", "is not a unit of creatinine-clearance");

    [Fact]
    public void Components_are_read_each()
    {
        var record = Record.Read(Record.Observation("bp", "85354-9", """
            {"component":[
              {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":140,"unit":"mmHg"}},
              {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":12,"unit":"kPa"}}]}
            """));
        Assert.Equal(140, record.Number("systolic-bp").Low);
        Assert.Equal(90.0072m, record.Number("diastolic-bp").Low);
        Assert.Empty(record.NotUsed);
    }

    [Fact]
    public void A_component_that_cannot_be_trusted_is_named_beside_the_one_that_can()
    {
        var record = Record.Read(Record.Observation("bp", "85354-9", """
            {"component":[
              {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":140,"unit":"mmHg"}},
              {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"dataAbsentReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason","code":"not-performed"}]}}]}
            """));
        Assert.Equal(140, record.Number("systolic-bp").Low);
        record.NotUsed("Observation/bp", "diastolic-bp: the record says that the value is not there (not-performed): unknown");
    }

    [Fact]
    public void Two_values_of_one_day_are_both_stated()
    {
        var record = Record.Read(Record.Lab("a", "718-7", 11.2m, "g/dL"), Record.Lab("b", "718-7", 9.1m, "g/dL"));
        Assert.Equal([11.2m, 9.1m], record.All("haemoglobin").Select(f => ((GivenNumber)f.Value).Value.Low));
    }

    [Fact]
    public void A_grade_may_stand_in_a_text()
    {
        var grade = Record.Observation("g", "C18000", """{"valueCodeableConcept":{"text":"WHO/ISUP grade 3"}}""", system: "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl");
        Assert.Equal(3, Record.Read(grade).Number("nuclear-grade").Low);
    }

    [Fact]
    public void A_grade_by_another_system_is_not_that_grade()
    {
        var grade = Record.Observation("g", "C18000", """{"valueInteger":3,"method":{"coding":[{"system":"http://snomed.info/sct","code":"10828004"}]}}""", system: "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl");
        Record.Read(grade).NotUsed("Observation/g", "graded by another system");
    }

    [Fact]
    public void An_exact_decimal_stays_exact() => Assert.Equal(Interval.Point(13.45m), Record.Read(Hb("""{"value":134.5,"unit":"g/L"}""")).Number("haemoglobin"));
}
