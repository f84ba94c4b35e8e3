using System.Text;
using System.Text.Json.Nodes;
using Hilum.Fhir.Tests.Some;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>What must be true of the input before anything in it is read.</summary>
public sealed class InputFormTests
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData("  \n", "empty")]
    [InlineData("{\"resourceType\":\"Bundle\",", "line 1, column")]
    [InlineData("{\"resourceType\":\n \"Bundle\" x}", "line 2, column")]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"collection\",}", "not valid JSON")]
    [InlineData("{\"resourceType\":\"Bundle\" /* x */}", "not valid JSON")]
    [InlineData("{\"a\":NaN}", "not valid JSON")]
    [InlineData("[{\"resourceType\":\"Patient\"}]", "expected a FHIR R4 Bundle (a JSON object with resourceType), found an array")]
    [InlineData("\"Bundle\"", "found a string")]
    [InlineData("{\"type\":\"collection\"}", "no resourceType")]
    [InlineData("{\"resourceType\":\"Bandle\"}", "'Bandle', which is not a resource of FHIR R4")]
    [InlineData("{\"resourceType\":\"Bundle\",\"entry\":{}}", "Bundle.entry: expected an array, found an object")]
    public void What_cannot_be_read_is_named(string json, string words)
    {
        var reading = Record.ReadText(json);
        Assert.Null(reading.Record);
        Assert.Contains(words, string.Join('\n', reading.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_ends_at_64_levels()
    {
        var deep = "{\"resourceType\":\"Bundle\",\"x\":" + new string('[', 64) + new string(']', 64) + "}";
        Assert.Contains("nested deeper than 64", Assert.Single(Record.ReadText(deep).Problems).Message, StringComparison.Ordinal);
        var fits = "{\"resourceType\":\"Bundle\",\"x\":" + new string('[', 63) + new string(']', 63) + "}";
        Assert.NotNull(Record.ReadText(fits).Record);
    }

    [Fact]
    public void Size_ends_at_32_megabytes()
    {
        var bytes = new byte[(32 * 1024 * 1024) + 1];
        Array.Fill(bytes, (byte)' ');
        Assert.Contains("at most", Assert.Single(Record.Reader.Read(bytes, Record.AsOf).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_named()
    {
        var json = Encoding.UTF8.GetBytes("{\"resourceType\":\"Bundle\",\n\"x\":\"?\"}");
        json[Array.IndexOf(json, (byte)'?')] = 0xFF;
        Assert.Equal("line 2, column 6: not UTF-8; FHIR JSON is UTF-8", Assert.Single(Record.Reader.Read(json, null).Problems).ToString());
        Assert.Contains("UTF-16", Assert.Single(Record.Reader.Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("{}")).ToArray(), null).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_taken_off() => Assert.NotNull(Record.ReadText("\uFEFF{\"resourceType\":\"Bundle\"}").Record);

    [Fact]
    public void A_name_that_stands_twice_is_noticed()
    {
        var reading = Record.ReadText("{\"resourceType\":\"Bundle\",\n\"type\":\"collection\",\"type\":\"searchset\"}");
        Assert.Contains("line 2, column 21: 'type' stands twice in one object", reading.Record!.Warnings.Select(w => w.En));
    }

    [Fact]
    public void A_single_resource_is_a_bundle_of_one()
    {
        var record = Record.Read(Record.Lab("hb", "718-7", 11.2m, "g/dL"), Record.AsOf);
        Assert.Equal(11.2m, record.Number("haemoglobin").Low);
        Assert.Equal("p", record.PatientId);
    }

    [Theory]
    [InlineData("collection")]
    [InlineData("searchset")]
    [InlineData("document")]
    [InlineData("transaction")]
    [InlineData("message")]
    [InlineData("batch-response")]
    public void A_bundle_of_any_type_is_read(string type)
    {
        var bundle = Record.Bundle(Record.Patient, Record.Lab("hb", "718-7", 11.2m, "g/dL"));
        bundle["type"] = type;
        Assert.Equal(11.2m, Record.Read(bundle, Record.AsOf).Number("haemoglobin").Low);
    }

    [Fact]
    public void A_bundle_inside_a_bundle_is_read()
    {
        var inner = Record.Bundle(Record.Lab("hb", "718-7", 11.2m, "g/dL"));
        Assert.Equal("Observation/hb", Record.Read(Record.Bundle(Record.Patient, inner), Record.AsOf).One("haemoglobin").Origin);
    }

    [Fact]
    public void One_page_of_many_is_said_to_be_one()
    {
        var bundle = Record.Bundle(Record.Patient);
        bundle["link"] = new JsonArray(new JsonObject { ["relation"] = "next", ["url"] = "http://example.org/next" });
        Record.Read(bundle, Record.AsOf).Warns("one page of a longer answer");
    }

    [Fact]
    public void Entries_without_a_resource_and_resources_not_needed_are_listed()
    {
        var bundle = Record.Bundle(Record.Patient, Record.Parse("""{"resourceType":"Encounter","id":"e"}"""), Record.Parse("""{"resourceType":"Foo","id":"f"}"""), Record.Parse("""{"id":"x"}"""));
        ((JsonArray)bundle["entry"]!).Add(new JsonObject { ["request"] = new JsonObject { ["method"] = "DELETE", ["url"] = "Observation/9" } });
        var record = Record.Read(bundle, Record.AsOf);
        record.NotUsed("Encounter/e", "not needed for planning");
        record.NotUsed("Foo/f", "not a resource of FHIR R4");
        record.NotUsed("/x", "no resourceType");
        record.NotUsed("Bundle.entry[4]", "an entry without a resource");
    }

    [Fact]
    public void Values_without_a_date_are_never_taken_for_current() => Assert.False(Record.Read(Record.Bundle(Record.Patient), Record.AsOf).UndatedIsCurrent);
}
