using System.Text;
using System.Text.Json.Nodes;
using Hilum.Fhir.Tests.Some;

namespace Hilum.Fhir.Tests.Reading;

public sealed class NdjsonTests
{
    private static Facts.Reading ReadLines(params JsonObject[] resources) =>
        Record.Reader.ReadNdjson(Encoding.UTF8.GetBytes(string.Join("\r\n", resources.Select(r => r.ToJsonString())) + "\n\n"), Record.AsOf);

    [Fact]
    public void One_resource_a_line_is_one_record()
    {
        var record = ReadLines(Record.Patient, Record.Lab("hb", "718-7", 11.2m, "g/dL"), Record.Kidney()).Record!;
        Assert.Equal(11.2m, record.Number("haemoglobin").Low);
        Assert.True(record.Truth("kidney-cancer"));
    }

    [Fact]
    public void A_bulk_export_of_two_patients_is_not_a_record()
    {
        var other = Record.Patient;
        other["id"] = "q";
        Assert.Equal("two patients: Patient/p and Patient/q; a plan is for one", Assert.Single(ReadLines(Record.Patient, other).Problems).ToString());
    }

    [Fact]
    public void Every_bad_line_is_named()
    {
        var problems = Record.Reader.ReadNdjson("{\"resourceType\":\"Patient\",\"id\":\"p\"}\n{\n[1]\n"u8.ToArray(), null).Problems;
        Assert.Contains(problems, p => p.Place.StartsWith("resource on line 2", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Place == "line 3" && p.Message.Contains("found an array", StringComparison.Ordinal));
    }
}
