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

    [Fact]
    public void A_saved_case_file_keeps_all_that_was_said_of_earlier_treatment_and_of_where_nothing_is()
    {
        const string Text = """
            facts:
              histology: clear-cell
              metastatic-sites: [lung, not brain, not liver, unknown]
              prior-therapies:
                - { treatment: nivolumab-ipilimumab, start: 2025-01-10, stopped-for: toxicity, line: 1, stopped-parts: [ipilimumab], best-response: PR, toxicity: "myocarditis, \"severe\"", grade: 4 }
                - { treatment: clinical-trial, classes: [vegf], ended: true, best-response: PD }
                - { treatment: other, name: a vaccine, classes: [] }
                - { treatment: sunitinib, start: 2025-08-01 }
                - unknown
            """;
        var before = Judge(RecordReader.Read(Encoding.UTF8.GetBytes(Text), RunningSite.Content, null).Record!);

        var again = RecordReader.Read(CaseFile.Write(before), RunningSite.Content, null);

        Assert.Empty(again.Problems);
        var after = Judge(again.Record!);
        Assert.Equal(Therapies(before), Therapies(after));
        Assert.Equal(before.Case["metastatic-sites"].Possible, after.Case["metastatic-sites"].Possible);
        Assert.Contains("myocarditis", string.Join(' ', Therapies(after)), StringComparison.Ordinal);
        Assert.Equal(Statuses(before), Statuses(after));

        static IEnumerable<string> Therapies(CaseAnswer answer) => answer.Case["prior-therapies"].Given.Select(g => g.Value).OfType<GivenTherapies>().SelectMany(t => t.Items).Select(t =>
            string.Join('|', t.Treatment, t.Name, t.Start, t.Stop, t.StoppedFor, t.Setting, t.Line, string.Join(',', t.StoppedParts), t.BestResponse, t.Toxicity, t.Grade, t.Ended, t.GroupsKnown, string.Join(',', t.Groups)));
    }

    [Fact]
    public void A_saved_case_file_keeps_an_old_value_with_its_date_and_names_what_it_leaves_out()
    {
        var old = Judge(RecordReader.Read("facts:\n  haemoglobin: { value: 98, unit: g/L, date: 2020-01-01 }\n"u8.ToArray(), RunningSite.Content, null).Record!);
        Assert.Equal(FactState.Stale, old.Case["haemoglobin"].State);
        var again = Judge(RecordReader.Read(CaseFile.Write(old), RunningSite.Content, null).Record!);
        Assert.Equal((FactState.Stale, old.Case["haemoglobin"].Given[0].Date), (again.Case["haemoglobin"].State, again.Case["haemoglobin"].Given[0].Date));

        var folder = Path.Combine(RunningSite.Root, "patients", "conflicting-haemoglobin");
        var differs = Judge(RecordReader.Read(File.ReadAllBytes(Directory.GetFiles(folder, "*").First(f => Path.GetFileName(f) is "case.yaml" or "bundle.json")), RunningSite.Content, null).Record!);
        Assert.Contains("  # left out, because what was stated differs: haemoglobin\n", Encoding.UTF8.GetString(CaseFile.Write(differs)), StringComparison.Ordinal);
    }

    private static CaseAnswer Judge(PatientRecord record) => CaseAnswer.For(new() { Id = "x", Name = "x", Record = record }, RunningSite.Content, Language.English, new(2026, 11, 3));

    private static IEnumerable<string> Statuses(CaseAnswer answer) => answer.Assessment.Options.OrderBy(o => o.Treatment.Id, StringComparer.Ordinal).Select(o => $"{o.Treatment.Id}: {o.Standing.Id()}");
}
