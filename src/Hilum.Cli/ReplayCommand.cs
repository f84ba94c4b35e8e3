using System.CommandLine;
using System.Text.Json;
using Hilum.Answers;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Words;

namespace Hilum.Cli;

/// <summary><c>hilum replay PLAN.json</c>: the same plan again, or what changed.</summary>
internal static class ReplayCommand
{
    public static Command Make()
    {
        var command = new Command("replay", "Makes a stored plan again from the record that it carries: the same bytes, or what changed (exit code 1).");
        var plan = new Argument<string>("PLAN") { Description = "A plan as 'plan --format json' wrote it, or - for standard input." };
        var format = new Option<string>("--format") { Description = "How to say what changed: text or json.", DefaultValueFactory = _ => "text" };
        var language = new Option<string?>("--lang") { Description = "How to say what changed: en or fr; without it, the language of the plan." };
        var output = new Option<string?>("--output", "-o") { Description = "Write the plan made now to this file, changed or not." };
        var folder = new Option<string?>("--guidance") { Description = "Use the guidance of this folder." };
        format.AcceptOnlyFromAmong("text", "json");
        language.AcceptOnlyFromAmong("en", "fr");
        command.Arguments.Add(plan);
        foreach (var option in new Option[] { format, language, output, folder }) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(plan)!;
            var problems = new List<string>();
            if (StoredPlanFile.Read(path, problems) is not var (stored, bytes)) throw new BadInputException(problems);
            var content = ContentCache.Load(RecordOptions.GuidanceFolder(parsed.GetValue(folder)), RecordOptions.CacheFolder());
            var found = new List<ReadingProblem>();
            var again = stored.Judge(content, found) is { } assessment ? stored.Write(content, assessment) : default;
            // what the record states cannot be said by this content: that is a change, and no fault of the file
            if (found.Count > 0 && content.Sha256 == stored.ContentSha256) throw new BadInputException([.. found.Select(p => $"{path}: {p}")]);
            if (found.Count == 0 && parsed.GetValue(output) is { } file) new Printer(file).Bytes(again);
            var changes = found.Count > 0
                ? [.. found.Select(p => new PlanChange(p.Place, "", p.Message)), new("content.sha256", stored.ContentSha256, content.Sha256)]
                : Between(stored, again);
            if (changes.Count == 0)
            {
                if (!again.Span.SequenceEqual(bytes.Span)) Console.Error.WriteLine($"{PlainText.OneLine(path)}: the same plan in another layout; what follows is as it was first written");
                if (parsed.GetValue(output) is null) new Printer(null).Bytes(again);
                return ExitCode.Done;
            }

            var spoken = parsed.GetValue(language) switch { "fr" => Language.French, "en" => Language.English, _ => stored.Language };
            if (parsed.GetValue(format) == "json") new Printer(null).Bytes(Json(stored, content, spoken, changes));
            else new Printer(null).Lines(Text(stored, content, spoken, changes));
            return ExitCode.Failed;
        });
        return command;
    }

    private static IReadOnlyList<PlanChange> Between(StoredPlan stored, ReadOnlyMemory<byte> again)
    {
        using var now = JsonDocument.Parse(again);
        return PlanChanges.Between(stored.Json, now.RootElement);
    }

    /// <summary>Whose change it is: the content's, the program's, or the file's own.</summary>
    private static string Why(StoredPlan stored, GuidanceContent content, Language language) => content.Say(language,
        content.Sha256 != stored.ContentSha256 ? "replay.content-changed" : StoredPlan.ThisProgram != stored.Program ? "replay.program-changed" : "replay.file-changed");

    private static IEnumerable<string> Text(StoredPlan stored, GuidanceContent content, Language language, IReadOnlyList<PlanChange> changes)
    {
        yield return Why(stored, content, language);
        yield return content.Say(language, "recall.content", stored.ContentVersion, stored.ContentSha256, content.Version, content.Sha256);
        yield return content.Say(language, "replay.program", stored.Program, StoredPlan.ThisProgram);
        var statuses = changes.Where(c => c.Where.StartsWith("options.", StringComparison.Ordinal) && c.Where.EndsWith(".status", StringComparison.Ordinal) && c.Where.Count(l => l == '.') == 2).ToList();
        yield return content.Say(language, "replay.count", statuses.Count, changes.Count);
        foreach (var change in statuses.Concat(changes.Except(statuses))) yield return "- " + content.Say(language, "recall.change", change.Where, Or(change.Before), Or(change.Now));

        string Or(string value) => value.Length == 0 ? content.Say(language, "replay.not-there") : value;
    }

    private static ReadOnlyMemory<byte> Json(StoredPlan stored, GuidanceContent content, Language language, IReadOnlyList<PlanChange> changes) => JsonText.Object(json =>
    {
        json.WriteString("because", Why(stored, content, language));
        JsonOutput.Content(json, "before", stored.ContentVersion, stored.ContentSha256, stored.Program);
        JsonOutput.Content(json, "now", content.Version, content.Sha256, StoredPlan.ThisProgram);
        json.WriteStartArray("changes");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("where", change.Where);
            json.WriteString("before", change.Before);
            json.WriteString("now", change.Now);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
