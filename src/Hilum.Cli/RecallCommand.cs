using System.CommandLine;
using Hilum.Answers;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Words;

namespace Hilum.Cli;

/// <summary><c>hilum recall --from OLDCONTENT PLAN...</c>: the stored plans whose options would differ now, and why.</summary>
internal static class RecallCommand
{
    /// <summary>What is kept of a plan once it is judged: plans are large, and there may be thousands.</summary>
    private sealed record Recalled(string Path, string Patient, string AsOf, string Version, string Sha256, string Program, IReadOnlyList<ChangedOffer> Changes);

    public static Command Make()
    {
        var command = new Command("recall", "The stored plans whose offered options would differ by the content of now, and the rules that made the difference.");
        var from = new Option<string>("--from") { Description = "The guidance folder that is left behind: the one that the plans were made with.", Required = true };
        var plans = new Argument<string[]>("PLAN") { Description = "Plans as 'plan --format json' wrote them, or folders of such .json files.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        var language = new Option<string>("--lang") { Description = "en or fr.", DefaultValueFactory = _ => "en" };
        var output = new Option<string?>("--output", "-o") { Description = "Write to this file." };
        var folder = new Option<string?>("--guidance") { Description = "The guidance folder of now." };
        format.AcceptOnlyFromAmong("text", "json");
        language.AcceptOnlyFromAmong("en", "fr");
        command.Arguments.Add(plans);
        foreach (var option in new Option[] { from, format, language, output, folder }) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var before = parsed.GetValue(from)!;
            if (!Directory.Exists(before)) throw new BadInputException($"--from {before}: there is no such guidance folder");
            var cache = RecordOptions.CacheFolder();
            var old = ContentCache.Load(before, cache);
            var now = ContentCache.Load(RecordOptions.GuidanceFolder(parsed.GetValue(folder)), cache);
            var spoken = parsed.GetValue(language) == "fr" ? Language.French : Language.English;
            var unread = new List<string>();
            var recalled = new List<Recalled>();
            var judged = 0;
            foreach (var path in Files(parsed.GetValue(plans)!))
            {
                if (Judge(path, old, now, spoken, unread) is not { } one) continue;
                judged++;
                if (one.Changes.Count > 0) recalled.Add(one);
            }

            var print = new Printer(parsed.GetValue(output));
            if (parsed.GetValue(format) == "json") print.Bytes(Json(old, now, judged, recalled, unread));
            else print.Lines(Text(old, now, spoken, judged, recalled, unread));
            foreach (var line in unread) Console.Error.WriteLine(PlainText.OneLine(line));
            // a plan that could not be judged is not one that need not be recalled
            return unread.Count > 0 ? ExitCode.BadInput : ExitCode.Done;
        });
        return command;
    }

    /// <summary>The files named, and those of the folders named; each once, in the order given, a folder in ordinal order.</summary>
    private static IEnumerable<string> Files(string[] paths) => paths
        .SelectMany(p => Directory.Exists(p) ? Directory.EnumerateFiles(p, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : Enumerable.Repeat(p, 1))
        .Distinct(StringComparer.Ordinal);

    private static Recalled? Judge(string path, GuidanceContent old, GuidanceContent now, Language language, List<string> unread)
    {
        if (StoredPlanFile.Read(path, unread) is not var (plan, _)) return null;
        var problems = new List<ReadingProblem>();
        var (before, after) = (plan.Judge(old, problems), plan.Judge(now, problems));
        if (before is not null && after is not null) return new(path, plan.PatientId, plan.AsOf, plan.ContentVersion, plan.ContentSha256, plan.Program, new Recall(plan, before, after, new(now, after.Case, language)).Changes());
        unread.AddRange(problems.Distinct().Select(p => $"{path}: {p}"));
        return null;
    }

    private static IEnumerable<string> Text(GuidanceContent old, GuidanceContent now, Language language, int judged, List<Recalled> recalled, List<string> unread)
    {
        yield return Say("recall.content", old.Version, old.Sha256, now.Version, now.Sha256);
        yield return Say("recall.count", recalled.Count, judged) + (unread.Count > 0 ? Say("recall.unread") : "");
        foreach (var plan in recalled)
        {
            yield return "";
            yield return Say("recall.plan", plan.Path, plan.Patient.Length == 0 ? Say("recall.no-id") : plan.Patient, plan.AsOf);
            if (plan.Sha256 != old.Sha256) yield return "  " + Say("recall.other-content", plan.Version, plan.Sha256);
            foreach (var change in plan.Changes)
            {
                var name = now.Catalogue.Find(change.Treatment) is { } treatment ? treatment.Name.In(language) : change.Treatment;
                yield return "- " + Say("recall.change", name, Word(change.Before), Word(change.Now));
                foreach (var reason in change.Because) yield return $"    {reason}";
            }
        }

        string Say(string key, params object?[] parts) => now.Say(language, key, parts);

        // "option, with care" is a status and a word on it
        string Word(string status) => status.Length == 0 ? Say("recall.no-treatment") : string.Join(", ", status.Split(", ").Select((part, i) => i == 0 ? now.Say(language, $"status.{part}") : Say("recall.with-care")));
    }

    private static ReadOnlyMemory<byte> Json(GuidanceContent old, GuidanceContent now, int judged, List<Recalled> recalled, List<string> unread) => JsonText.Object(json =>
    {
        JsonOutput.Content(json, "from", old.Version, old.Sha256);
        JsonOutput.Content(json, "now", now.Version, now.Sha256, StoredPlan.ThisProgram);
        json.WriteNumber("judged", judged);
        json.WriteStartArray("recalled");
        foreach (var plan in recalled)
        {
            json.WriteStartObject();
            json.WriteString("plan", plan.Path);
            json.WriteStartObject("patient");
            json.WriteString("id", plan.Patient);
            json.WriteEndObject();
            json.WriteString("asOf", plan.AsOf);
            JsonOutput.Content(json, "content", plan.Version, plan.Sha256, plan.Program);
            json.WriteStartArray("changes");
            foreach (var change in plan.Changes)
            {
                json.WriteStartObject();
                json.WriteString("treatment", change.Treatment);
                json.WriteString("before", change.Before);
                json.WriteString("now", change.Now);
                json.WriteStartArray("because");
                foreach (var reason in change.Because) json.WriteStringValue(reason);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("unread");
        foreach (var line in unread) json.WriteStringValue(line);
        json.WriteEndArray();
    });
}
