using System.Text;
using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Options;
using Hilum.Web.Patients;
using Hilum.Web.Tests.Support;
using Hilum.Words;

namespace Hilum.Web.Tests;

/// <summary>What a person saves of a case is the case.</summary>
public sealed class CaseFileTests
{
    public static TheoryData<string> Patients => [.. Directory.GetDirectories(Path.Combine(RunningSite.Root, "patients")).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Patients))]
    public void A_saved_case_file_is_read_again_to_the_same_answer(string patient)
    {
        var folder = Path.Combine(RunningSite.Root, "patients", patient);
        var file = new[] { "case.yaml", "bundle.json" }.Select(f => Path.Combine(folder, f)).First(File.Exists);
        var record = RecordReader.Read(File.ReadAllBytes(file), RunningSite.Content, null).Record!;
        var before = Judge(record);
        var saved = CaseFile.Write(before);
        var again = RecordReader.Read(saved, RunningSite.Content, null);

        Assert.Empty(again.Problems);
        var after = Judge(again.Record!);
        Assert.Equal(Statuses(before), Statuses(after));
    }

    private static CaseAnswer Judge(PatientRecord record) => CaseAnswer.For(new() { Id = "x", Name = "x", Record = record }, RunningSite.Content, Language.English, new(2026, 11, 3));

    private static IEnumerable<string> Statuses(CaseAnswer answer) => answer.Assessment.Options.OrderBy(o => o.Treatment.Id, StringComparer.Ordinal).Select(o => $"{o.Treatment.Id}: {o.Standing.Id()}");
}
