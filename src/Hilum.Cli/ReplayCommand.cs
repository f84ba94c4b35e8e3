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
        var output = new Option<string?>("--output", "-o") { Description = "Write the plan made now to this file, changed or not." };
        var folder = new Option<string?>("--guidance") { Description = "Use the guidance of this folder." };
        format.AcceptOnlyFromAmong("text", "json");
        command.Arguments.Add(plan);
        foreach (var option in new Option[] { format, output, folder }) command.Options.Add(option);
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

            if (parsed.GetValue(format) == "json") new Printer(null).Bytes(Json(stored, content, changes));
            else new Printer(null).Lines(Text(stored, content, changes));
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
    private static string Why(StoredPlan stored, GuidanceContent content) =>
        content.Sha256 != stored.ContentSha256 ? "The content is another one now."
        : StoredPlan.ThisProgram != stored.Program ? "The content is the same; the program is another one now."
        : "Content and program are the same: the file is not what was written, or the program is another build.";

    private static IEnumerable<string> Text(StoredPlan stored, GuidanceContent content, IReadOnlyList<PlanChange> changes)
    {
        yield return Why(stored, content);
        yield return $"content {stored.ContentVersion} {stored.ContentSha256} -> {content.Version} {content.Sha256}";
        yield return $"program {stored.Program} -> {StoredPlan.ThisProgram}";
        var statuses = changes.Where(c => c.Where.StartsWith("options.", StringComparison.Ordinal) && c.Where.EndsWith(".status", StringComparison.Ordinal) && c.Where.Count(l => l == '.') == 2).ToList();
        yield return $"{statuses.Count} statuses changed, {changes.Count} differences in all";
        foreach (var change in statuses.Concat(changes.Except(statuses))) yield return $"- {change.Where}: {Or(change.Before)} -> {Or(change.Now)}";

        static string Or(string value) => value.Length == 0 ? "(not there)" : value;
    }

    private static ReadOnlyMemory<byte> Json(StoredPlan stored, GuidanceContent content, IReadOnlyList<PlanChange> changes) => JsonText.Object(json =>
    {
        json.WriteString("because", Why(stored, content));
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
