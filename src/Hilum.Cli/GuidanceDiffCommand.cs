using System.CommandLine;
using System.Text.Json;
using Hilum.Answers;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Options;
using Hilum.Proof;
using Hilum.Proof.Check;
using Hilum.Proof.Diff;
using Hilum.Words;

namespace Hilum.Cli;

/// <summary><c>hilum guidance diff</c>: for which patients two editions differ, with an example patient each.</summary>
internal static class GuidanceDiffCommand
{
    public static Command Make()
    {
        var diff = new Command("diff", "For which patients two editions answer differently, with an example patient each.");
        var first = new Argument<string>("FROM") { Description = "The first edition." };
        var second = new Argument<string>("TO") { Description = "The second edition." };
        var old = new Option<string?>("--from") { Description = "Take the first edition, and the safety rules before, from this older guidance folder: what a change of content touches." };
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        var language = new Option<string>("--lang") { Description = "en or fr.", DefaultValueFactory = _ => "en" };
        var output = new Option<string?>("--output", "-o") { Description = "Write to this file." };
        var folder = new Option<string?>("--guidance") { Description = "Use the guidance of this folder." };
        format.AcceptOnlyFromAmong("text", "json");
        language.AcceptOnlyFromAmong("en", "fr");
        diff.Arguments.Add(first);
        diff.Arguments.Add(second);
        foreach (var option in new System.CommandLine.Option[] { old, format, language, output, folder }) diff.Options.Add(option);
        diff.SetAction(parsed =>
        {
            var content = ContentLoader.Load(ContentFiles.Read(RecordOptions.GuidanceFolder(parsed.GetValue(folder))));
            var before = parsed.GetValue(old) is { } path ? ContentLoader.Load(ContentFiles.Read(RecordOptions.GuidanceFolder(path))) : content;
            var (from, to) = (Find(before, parsed.GetValue(first)!), Find(content, parsed.GetValue(second)!));
            DiffReport report;
            try
            {
                report = ReferenceEquals(before, content) ? EditionDiff.Run(content, from, to) : EditionDiff.Run(before, from, content, to);
            }
            catch (ModelDisagreesException e)
            {
                Console.Error.WriteLine($"Internal error: {e.Message}");
                return ExitCode.Internal;
            }

            var nobody = new CaseBuilder(content.Facts).Build(new(), new() { AsOf = GuidanceCheck.ExampleDay });
            var words = new Sentences(content, nobody, parsed.GetValue(language) == "fr" ? Language.French : Language.English);
            var print = new Printer(parsed.GetValue(output));
            if (before.Sha256 == content.Sha256)
                foreach (var (code, one) in new[] { ("en", Language.English), ("fr", Language.French) })
                    GuidanceCheckCommand.Keep(content, KeptResults.Diff(from.Id, to.Id, code), Json(report, before, new(content, nobody, one)));
            if (parsed.GetValue(format) == "json") print.Bytes(Json(report, before, words));
            else print.Text(new DiffDocument(report, words).Make());
            return report.NotProven.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return diff;
    }

    private static Edition Find(GuidanceContent content, string id) => content.Catalogue.FindEdition(id)
        ?? throw new BadInputException($"{id}: there is no edition of this name; there are {string.Join(", ", content.Catalogue.Editions.Select(e => e.Id))}");

    private static ReadOnlyMemory<byte> Json(DiffReport report, GuidanceContent before, Sentences words) => JsonText.Object(json =>
    {
        JsonOutput.Content(json, "content", words.Content.Version, words.Content.Sha256);
        if (before.Sha256 != words.Content.Sha256) JsonOutput.Content(json, "before", before.Version, before.Sha256);
        json.WriteString("from", report.From.Id);
        json.WriteString("to", report.To.Id);
        json.WriteStartArray("regions");
        foreach (var region in report.Regions) Region(json, report, region, words);
        json.WriteEndArray();
        json.WriteStartArray("safety");
        foreach (var change in report.Safety)
        {
            json.WriteStartObject();
            json.WriteString("rule", change.Rule);
            json.WriteString("change", change.Change);
            if (change.Example is { } example) GuidanceCheckCommand.Example(json, "example", example);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notProven");
        foreach (var what in report.NotProven) json.WriteStringValue(what);
        json.WriteEndArray();
        json.WriteNumber("questions", report.Questions);
    });

    private static void Region(Utf8JsonWriter json, DiffReport report, DiffRegion region, Sentences words)
    {
        json.WriteStartObject();
        json.WriteStartArray("conditions");
        foreach (var all in region.Conditions)
        {
            json.WriteStartArray();
            foreach (var condition in all) json.WriteStringValue(words.Whole(condition));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("changes");
        foreach (var change in region.Changes)
        {
            json.WriteStartObject();
            json.WriteString("treatment", change.Treatment.Id);
            json.WriteString("from", change.From.Id());
            json.WriteString("to", change.To.Id());
            if (report.IsUnspoken(change)) json.WriteBoolean("unspoken", true);
            if (change.When is { } when) json.WriteString("when", words.Whole(when));
            if (change.Alternatives.Count > 1)
            {
                json.WriteStartArray("whenAny");
                foreach (var one in change.Alternatives) json.WriteStringValue(words.Whole(one));
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        GuidanceCheckCommand.Example(json, "example", region.Example);
        Answers("fromAnswers", region.From);
        Answers("toAnswers", region.To);
        json.WriteEndObject();

        void Answers(string name, IReadOnlyList<(Treatment Treatment, Standing Standing)> answers)
        {
            json.WriteStartArray(name);
            foreach (var (treatment, standing) in answers)
            {
                json.WriteStartObject();
                json.WriteString("treatment", treatment.Id);
                json.WriteString("status", standing.Id());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }
}
