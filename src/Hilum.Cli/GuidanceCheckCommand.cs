using System.CommandLine;
using System.Text.Json;
using Hilum.Guidance;
using Hilum.Options;
using Hilum.Proof;
using Hilum.Words;
using Hilum.Proof.Check;

namespace Hilum.Cli;

/// <summary><c>hilum guidance check</c>: the content is valid, reachable, complete, free of contradiction, and its worked cases pass.</summary>
internal static class GuidanceCheckCommand
{
    public static Command Make()
    {
        var check = new Command("check", "The content is valid, every rule can act, every patient in scope is answered, nothing is both offered and advised against, and every worked case passes.");
        var edition = new Argument<string?>("EDITION") { Description = "Check this edition alone; without one, everything.", Arity = ArgumentArity.ZeroOrOne };
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        var witnesses = new Option<string?>("--witnesses") { Description = "Save an example patient of every rule in this folder, as case files that 'plan' reads." };
        var folder = new Option<string?>("--guidance") { Description = "Use the guidance of this folder." };
        format.AcceptOnlyFromAmong("text", "json");
        check.Arguments.Add(edition);
        foreach (var option in new System.CommandLine.Option[] { format, witnesses, folder }) check.Options.Add(option);
        check.SetAction(parsed => Run(parsed.GetValue(edition), parsed.GetValue(format) == "json", parsed.GetValue(witnesses), RecordOptions.GuidanceFolder(parsed.GetValue(folder))));
        return check;
    }

    private static int Run(string? id, bool json, string? witnesses, string guidance)
    {
        var files = ContentFiles.Read(guidance);
        var content = ContentLoader.Load(files);
        var edition = id is null ? null : content.Catalogue.FindEdition(id) ?? throw new BadInputException($"{id}: there is no edition of this name; there are {string.Join(", ", content.Catalogue.Editions.Select(e => e.Id))}");
        var judged = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (count, failures) = WorkedCases.Run(files, content, (file, _, _) => judged[file] = judged.GetValueOrDefault(file) + 1, edition);
        CheckReport report;
        try
        {
            report = GuidanceCheck.Run(content, edition is null ? null : [edition]);
        }
        catch (ModelDisagreesException e)
        {
            Console.Error.WriteLine($"Internal error: {e.Message}");
            return ExitCode.Internal;
        }

        var answer = Json(content, edition, report, count, judged, failures);
        Keep(content, KeptResults.Check(id), answer);
        if (json) new Printer(null).Bytes(answer);
        else Text(content, report, count, failures);
        if (witnesses is not null) Save(witnesses, report);
        return failures.Count == 0 && report.Findings.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Text(GuidanceContent content, CheckReport report, int count, IReadOnlyList<FailedCase> failures)
    {
        foreach (var failure in failures) Console.Out.WriteLine($"guidance/{failure}");
        foreach (var finding in report.Findings)
        {
            Console.Out.WriteLine($"guidance/{finding.Place}: {finding.Kind.Id()}: {finding.Subject}: {finding.Message}");
            if (finding.Because.Count > 0) Console.Out.WriteLine($"    for example a patient with {string.Join("; ", finding.Because.Select(f => $"{f.Fact}: {f.Value}"))}");
        }

        Console.Out.WriteLine($"{report.Questions} questions to the solver; {report.Reached.Count} rules, statements and terms with an example patient; {report.Findings.Count(f => f.Kind is not FindingKind.NotProven)} findings, {report.Findings.Count(f => f.Kind is FindingKind.NotProven)} not proven");
        Console.Out.WriteLine($"{content.Facts.Facts.Length - 1} facts, {content.Catalogue.Treatments.Length} treatments, {content.Catalogue.Editions.Length} editions with {content.Catalogue.Editions.Sum(e => e.Recommendations.Length)} recommendations, {content.Catalogue.SafetyRules.Length} safety rules; {count} worked cases, {failures.Select(f => (f.File, f.Line)).Distinct().Count()} failed");
    }

    private static ReadOnlyMemory<byte> Json(GuidanceContent content, Edition? edition, CheckReport report, int count, SortedDictionary<string, int> judged, IReadOnlyList<FailedCase> failures) => JsonText.Object(json =>
    {
        JsonOutput.Content(json, "content", content.Version, content.Sha256);
        json.WriteStartArray("editions");
        foreach (var one in edition is null ? content.Catalogue.Editions : [edition]) json.WriteStringValue(one.Id);
        json.WriteEndArray();
        json.WriteBoolean("passed", failures.Count == 0 && report.Findings.Count == 0);
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", finding.Kind.Id());
            json.WriteString("subject", finding.Subject);
            json.WriteString("place", $"guidance/{finding.Place}");
            json.WriteString("message", finding.Message);
            if (finding.Example is { } example) Example(json, "example", example);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("reached");
        foreach (var one in report.Reached)
        {
            json.WriteStartObject();
            json.WriteString("subject", one.Subject);
            Example(json, "example", one.Example);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("workedCases");
        json.WriteNumber("count", count);
        json.WriteStartArray("files");
        foreach (var (file, cases) in judged)
        {
            json.WriteStartObject();
            json.WriteString("file", $"guidance/{file}");
            json.WriteNumber("count", cases);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("failed");
        foreach (var failure in failures) json.WriteStringValue($"guidance/{failure}");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteNumber("questions", report.Questions);
    });

    /// <summary>Keeps a result for the pages; that it could not be kept is said, and no failure of the command.</summary>
    internal static void Keep(GuidanceContent content, string name, ReadOnlyMemory<byte> json)
    {
        if (new KeptResults(RecordOptions.CacheFolder()).Keep(content, name, json.Span) is { } why) Console.Error.WriteLine($"The pages of 'serve' will not show this result, it could not be kept: {why}");
    }

    /// <summary>A patient: each fact as a case file writes it.</summary>
    internal static void Example(Utf8JsonWriter json, string name, Witness example)
    {
        json.WriteStartObject(name);
        json.WriteString("asOf", $"{example.AsOf:yyyy-MM-dd}");
        json.WriteStartObject("facts");
        foreach (var (fact, value) in example.Facts) json.WriteString(fact, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Saves every example under the name of what it is an example of.</summary>
    private static void Save(string folder, CheckReport report)
    {
        try
        {
            foreach (var (subject, example) in report.Reached.Select(r => (r.Subject, r.Example))
                .Concat(report.Findings.Where(f => f.Example is not null).Select((f, i) => ($"findings/{i + 1}-{f.Kind.Id()}-{f.Subject.Replace('/', '-')}", f.Example!))))
            {
                var parts = subject.Split('/').Select(p => string.Concat(p.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'))).ToArray();
                var path = Path.Combine([folder, .. parts]) + ".yaml";
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, example.ToCaseFile(parts[^1], $"An example patient of {subject}."));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"--witnesses {folder}: {e.Message}");
        }
    }
}
