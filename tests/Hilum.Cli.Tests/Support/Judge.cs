using System.Text.Json;
using Hilum.Answers;
using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Cli.Tests.Support;

/// <summary>A record judged in this process by the same public types that the program calls: quicker than starting it.</summary>
internal static class Judge
{
    /// <summary>A record on disk.</summary>
    public static Assessment File(string path, params string[] editions)
    {
        var reading = RecordReader.Read(System.IO.File.ReadAllBytes(path), Repository.Content, null);
        return Assess(reading.Record ?? throw new InvalidOperationException($"{path}: {string.Join('\n', reading.Problems)}"), editions);
    }

    /// <summary>The text of a case file; facts alone are enough: <c>"stage: IV"</c>.</summary>
    public static Assessment Facts(string facts, params string[] editions) =>
        Assess(Repository.Read("as-of: 2026-11-03\nfacts:\n" + string.Concat(facts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => $"  {l}\n"))), editions);

    /// <summary>Judges a record as of its own date.</summary>
    public static Assessment Assess(PatientRecord record, params string[] editions)
    {
        var content = Repository.Content;
        var patient = new CaseBuilder(content.Facts).Build(record, new() { AsOf = record.AsOf ?? new(2026, 11, 3) });
        return content.Assessor.Assess(patient, editions.Length == 0 ? null : [.. editions.Select(e => content.Catalogue.FindEdition(e) ?? throw new InvalidOperationException($"there is no edition {e}"))]);
    }

    /// <summary>One option.</summary>
    public static Option Option(this Assessment assessment, string treatment) => assessment.Options.Single(o => o.Treatment.Id == treatment);

    /// <summary>The status of one treatment, in the words of the contract.</summary>
    public static string Status(this Assessment assessment, string treatment) => assessment.Option(treatment).Standing.Id();

    /// <summary>The status that one edition gives to a treatment.</summary>
    public static string Status(this Assessment assessment, string treatment, string edition) => assessment.Option(treatment).Editions.Single(e => e.Edition.Id == edition).Standing.Id();

    /// <summary>One answer as JSON, as the program writes it.</summary>
    public static string Json(this Assessment assessment, Language language, Func<AnswerJson, ReadOnlyMemory<byte>> answer)
    {
        using var json = new AnswerJson(assessment, new Sentences(Repository.Content, assessment.Case, language));
        return System.Text.Encoding.UTF8.GetString(answer(json).Span);
    }

    /// <summary>Strings of a JSON array.</summary>
    public static IEnumerable<string> Strings(this JsonElement array) => array.EnumerateArray().Select(e => e.GetString()!);

    /// <summary>An option of a plan.</summary>
    public static JsonElement Option(this JsonElement plan, string treatment) => plan.GetProperty("options").EnumerateArray().Single(o => o.GetProperty("treatment").GetString() == treatment);

    /// <summary>The status of an option of a plan.</summary>
    public static string Status(this JsonElement plan, string treatment) => plan.Option(treatment).GetProperty("status").GetString()!;
}
