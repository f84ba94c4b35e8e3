using System.Text;
using Hilum.Facts;
using Hilum.Fhir.Tests.Some;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>Other people's files: good ones, faulty ones and no FHIR at all. None is about a kidney cancer.</summary>
public sealed class ExampleFileTests
{
    private static readonly string[] NoBundles = ["Maryam.array-not-bundle.json", "maximal-coding-object.json", "maximal-identifier.json", "maximal-reference-object.json"];

    [Theory]
    [InlineData("mcode-ig")]
    [InlineData("trial-matching")]
    [InlineData("pathways")]
    [InlineData("mcode-extraction-framework")]
    [InlineData("synthea-mcode-omop")]
    [InlineData("genomics-reporting")]
    [InlineData("us-core-6.1.0")]
    public void Every_file_is_read_without_an_exception_and_none_becomes_a_kidney_cancer(string folder)
    {
        var files = Directory.GetFiles(RealGuidance.Examples(folder), "*.json", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files) Check(file);
    }

    private static void Check(string file)
    {
        var reading = RealGuidance.Reader.Read(File.ReadAllBytes(file), Record.AsOf);
        var name = Path.GetFileName(file);
        if (NoBundles.Contains(name))
        {
            Assert.NotEmpty(reading.Problems);
            return;
        }

        Assert.True(reading.Record is not null, $"{name}: {string.Join('\n', reading.Problems)}");
        Assert.DoesNotContain(reading.Record!.Facts, f => f.Fact.Id == "kidney-cancer" && f.Value is not GivenCode { Mask: 1 });
        Assert.DoesNotContain(reading.Record.Facts, f => f.Fact.Id is "stage" or "histology" or "t-category" or "metastatic-sites" && reading.Record.Facts.Any(k => k.Fact.Id == "kidney-cancer" && k.Origin.StartsWith("the record's", StringComparison.Ordinal)));
        Assert.DoesNotContain(reading.Record.NotUsed, n => n.Why.En!.Contains("Object reference", StringComparison.Ordinal) || n.Why.En!.Contains("cast", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Condition")]
    [InlineData("MedicationAdministration")]
    [InlineData("Observation")]
    [InlineData("Patient")]
    public void A_bulk_export_of_many_patients_is_refused_as_such(string type)
    {
        var path = Path.Combine(RealGuidance.Examples("synthea-mcode-omop-ndjson"), $"{type}.000.ndjson");
        Assert.Contains("patients: ", string.Join('\n', RealGuidance.Reader.ReadNdjson(File.ReadAllBytes(path), Record.AsOf).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_of_one_patient_of_a_bulk_export_are_a_record()
    {
        var folder = RealGuidance.Examples("synthea-mcode-omop-ndjson");
        const string id = "bae73dce-20fa-4a6a-8e46-b2ed541f9296";
        var lines = Directory.GetFiles(folder, "*.ndjson").SelectMany(File.ReadLines).Where(l => l.Contains(id, StringComparison.Ordinal));
        var record = RealGuidance.Reader.ReadNdjson(Encoding.UTF8.GetBytes(string.Join('\n', lines)), Record.AsOf).Record;
        Assert.Equal(id, record?.PatientId);
        Assert.Contains("the record's cancer is", record!.Facts.Single(f => f.Fact.Id == "kidney-cancer").Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mcode_patient_is_read_as_the_breast_cancer_that_it_is()
    {
        var record = RealGuidance.Reader.Read(File.ReadAllBytes(Path.Combine(RealGuidance.Examples("mcode-ig"), "Bundle-mcode-patient-bundle-jenny-m.json")), Record.AsOf).Record!;
        Assert.Equal("cancer-patient-jenny-m", record.PatientId);
        Assert.Contains("Condition/primary-cancer-condition-jenny-m", record.Facts.Single(f => f.Fact.Id == "kidney-cancer").Origin, StringComparison.Ordinal);
        Assert.Contains(record.Facts, f => f.Fact.Id == "ecog");
        Assert.Contains(record.NotUsed, n => n.Resource == "Observation/tnm-clinical-stage-group-jenny-m" && n.Why.En!.Contains("it is about Condition/primary-cancer-condition-jenny-m", StringComparison.Ordinal));
    }
}
