using System.Text.Json;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Answers;

/// <summary>A plan as <c>plan --format json</c> wrote it, kept by someone, and made again from the record that it carries.</summary>
public sealed class StoredPlan
{
    private readonly JsonElement root;

    private StoredPlan(JsonElement root) => this.root = root;

    /// <summary>All of it.</summary>
    public JsonElement Json => root;

    /// <summary>The local id of the patient; empty when there is none.</summary>
    public string PatientId => root.GetProperty("patient").GetProperty("id").GetString() ?? "";

    /// <summary>The day on which it was judged, as written.</summary>
    public string AsOf => root.GetProperty("asOf").GetString() ?? "";

    /// <summary>The release of the content that made it.</summary>
    public string ContentVersion => root.GetProperty("content").GetProperty("version").GetString() ?? "";

    /// <summary>The hash of the content that made it.</summary>
    public string ContentSha256 => root.GetProperty("content").GetProperty("sha256").GetString() ?? "";

    /// <summary>The release of the program that made it.</summary>
    public string Program => root.GetProperty("record").GetProperty("program").GetString() ?? "";

    /// <summary>The language that it is written in.</summary>
    public Language Language => root.GetProperty("record").GetProperty("language").ValueEquals("fr") ? Language.French : Language.English;

    /// <summary>The release of this program.</summary>
    public static string ThisProgram => StoredRecord.Program;

    /// <summary>Status by treatment, in the words of the contract; "with care" after a status that is offered and to be avoided.</summary>
    public IReadOnlyDictionary<string, string> Statuses() => root.GetProperty("options").EnumerateArray()
        .ToDictionary(o => o.GetProperty("treatment").GetString()!, o => WithCare(o.GetProperty("status").GetString()!, o.GetProperty("safety").EnumerateArray().Any(IsAvoided)), StringComparer.Ordinal);

    /// <summary>The same words for an option that was judged just now.</summary>
    public static string StatusOf(Option option) => WithCare(option.Standing.Id(), option.WithCare);

    private static bool IsAvoided(JsonElement finding) => finding.GetProperty("severity").ValueEquals("avoid") && finding.GetProperty("state").ValueEquals("applies");

    private static string WithCare(string status, bool avoided) => avoided && StandingWords.Parse(status) is { } standing && standing.IsOffered() ? $"{status}, with care" : status;

    /// <summary>Reads a stored plan; null and the problems when this is none, or one that does not carry its record.</summary>
    public static StoredPlan? Read(ReadOnlyMemory<byte> bytes, List<ReadingProblem> problems)
    {
        try
        {
            if (bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 64 });
            var plan = document.RootElement.Clone();
            var reader = new StoredReader("", problems);
            var before = problems.Count;
            if (plan.ValueKind is not JsonValueKind.Object || !plan.TryGetProperty("options", out _) || !plan.TryGetProperty("content", out _))
            {
                problems.Add(new("", "this is not a plan: the JSON that 'hilum plan --format json' writes was expected"));
                return null;
            }

            if (!plan.TryGetProperty("record", out _))
            {
                problems.Add(new("record", "this plan does not carry the record that it was made from, and cannot be made again"));
                return null;
            }

            reader.Shape(plan);
            return problems.Count > before ? null : new(plan);
        }
        catch (JsonException e)
        {
            problems.Add(new($"line {(e.LineNumber ?? 0) + 1}", "this is not JSON"));
            return null;
        }
    }

    /// <summary>Judges the patient again, by any content; null and the problems when the content does not know what the record states.</summary>
    /// <remarks>By the content that made the plan, what was read stands as it was. By another one, medicines that were not recognised then are looked up again.</remarks>
    public Assessment? Judge(GuidanceContent content, List<ReadingProblem> problems)
    {
        var before = problems.Count;
        var record = root.GetProperty("record");
        var reader = new StoredReader("record", problems, content, sameContent: content.Sha256 == ContentSha256);
        var read = reader.Record(root, record);
        var settings = reader.Settings(root, record);
        var editions = reader.Editions(record);
        return problems.Count > before ? null : content.Assessor.Assess(new CaseBuilder(content.Facts).Build(read, settings), editions);
    }

    /// <summary>The bytes that <c>plan --format json</c> writes for an assessment of this plan.</summary>
    public ReadOnlyMemory<byte> Write(GuidanceContent content, Assessment assessment)
    {
        using var json = new AnswerJson(assessment, new Sentences(content, assessment.Case, Language));
        return json.Plan().ToArray();
    }
}
