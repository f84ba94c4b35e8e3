using System.CommandLine;
using Hilum.Answers;
using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Cli;

/// <summary>A record that was read and judged, and what is needed to judge it again under a supposition.</summary>
internal sealed record Judged(PatientRecord Record, CaseSettings Settings, Assessment Assessment, Sentences Words, IReadOnlyList<Edition>? Named)
{
    /// <summary>What each choice now opens and closes later.</summary>
    public IReadOnlyList<LaterOptions> Later() => LaterOptions.After(Record, Settings, Assessment, Words.Content.Assessor, Words.Content.Formulary, Named);
}

/// <summary>The argument and options that every command on a record shares, and what they come to: an assessment and its words.</summary>
internal sealed class RecordOptions
{
    private readonly Argument<string> record = new("RECORD") { Description = "A FHIR R4 Bundle (.json), a bulk export (.ndjson), a case file (.yaml, .json), or - for standard input." };
    private readonly Option<string[]> editions = new("--edition") { Description = "Use this edition (may be repeated). Without it: every current edition.", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> asOf = new("--as-of") { Description = "Judge as of this day (YYYY-MM-DD). Beats the record's own; else today." };
    private readonly Option<string> format = new("--format") { Description = "text, json or html; a plan also as fhir.", DefaultValueFactory = _ => "text" };
    private readonly Option<string> language = new("--lang") { Description = "en or fr.", DefaultValueFactory = _ => "en" };
    private readonly Option<string[]> set = new("--set") { Description = "FACT=VALUE: beats the record. Lists a,b; none; unknown clears. May be repeated." };
    private readonly Option<string[]> acceptLimits = new("--accept-limits") { Description = "Accept named fallback limits of normal, such as who-2011." };
    private readonly Option<string[]> acceptStale = new("--accept-stale") { Description = "Accept the old value of this fact." };
    private readonly Option<string?> output = new("--output", "-o") { Description = "Write to this file." };
    private readonly Option<string?> guidance = new("--guidance") { Description = "Use the guidance of this folder." };

    /// <summary>Adds the argument and the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="fhir">Whether its answer can be written as FHIR.</param>
    public RecordOptions(Command command, bool fhir = false)
    {
        format.AcceptOnlyFromAmong(fhir ? ["text", "json", "html", "fhir"] : ["text", "json", "html"]);
        language.AcceptOnlyFromAmong("en", "fr");
        command.Arguments.Add(record);
        foreach (var option in new System.CommandLine.Option[] { editions, asOf, format, language, set, acceptLimits, acceptStale, output, guidance }) command.Options.Add(option);
    }

    /// <summary>Runs a command: reads, judges, and prints what <paramref name="text"/> or <paramref name="json"/> make of it.</summary>
    public int Run(ParseResult parsed, Func<Assessment, Sentences, Document> text, Func<Assessment, Sentences, ReadOnlyMemory<byte>> json) =>
        Run(parsed, judged => text(judged.Assessment, judged.Words), judged => json(judged.Assessment, judged.Words));

    /// <summary>The same, for commands that need the record again.</summary>
    public int Run(ParseResult parsed, Func<Judged, Document> text, Func<Judged, ReadOnlyMemory<byte>> json, Func<Judged, ReadOnlyMemory<byte>>? fhir = null)
    {
        var (folder, cache) = (GuidanceFolder(parsed.GetValue(guidance)), CacheFolder());
        // the guidance and the reader of the record do not wait for each other
        var loading = Task.Factory.StartNew(() => ContentCache.Load(folder, cache), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var unreadable = new List<string>();
        var bytes = RecordFile.Read(parsed.GetValue(record)!, unreadable);
        if (bytes is not null) RecordReader.Prepare(bytes.Value);
        var content = loading.GetAwaiter().GetResult();
        var lang = parsed.GetValue(language) == "fr" ? Language.French : Language.English;
        var judged = Assess(parsed, bytes, unreadable, content, lang);
        var print = new Printer(parsed.GetValue(output));
        switch (parsed.GetValue(format))
        {
            case "json":
                print.Bytes(json(judged));
                break;
            case "html":
                print.Bytes(HtmlPage.Write(text(judged), lang));
                break;
            case "fhir" when fhir is not null:
                print.Bytes(fhir(judged));
                break;
            default:
                print.Text(text(judged));
                break;
        }

        return ExitCode.Done;
    }

    /// <summary>The guidance folder: named, or beside the program, or above it.</summary>
    public static string GuidanceFolder(string? folder)
    {
        folder ??= Environment.GetEnvironmentVariable("HILUM_GUIDANCE");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null && folder is null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "guidance", "content.yaml"))) folder = Path.Combine(at.FullName, "guidance");
        return folder is not null && Directory.Exists(folder) ? folder : throw new BadInputException($"{folder ?? "guidance"}: there is no guidance folder here; name one with --guidance");
    }

    /// <summary>Where compiled content is kept.</summary>
    public static string CacheFolder()
    {
        if (Environment.GetEnvironmentVariable("HILUM_CACHE") is { Length: > 0 } named) return named;
        var home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(home, "hilum");
    }

    private Judged Assess(ParseResult parsed, ReadOnlyMemory<byte>? bytes, List<string> unreadable, GuidanceContent content, Language lang)
    {
        var problems = new List<string>();
        DateOnly? day = null;
        if (parsed.GetValue(asOf) is { } text)
        {
            if (PartialDate.TryParse(text, out var date) && date.IsComplete) day = date.Earliest;
            else problems.Add($"--as-of {text}: a day that exists was expected, written YYYY-MM-DD");
        }

        var named = Named(parsed.GetValue(editions) ?? [], "--edition", content.Catalogue.FindEdition, content.Catalogue.Editions.Select(e => e.Id), problems);
        var limits = Named(parsed.GetValue(acceptLimits) ?? [], "--accept-limits", id => Array.Find(content.FallbackLimits, l => l.Id == id), content.FallbackLimits.Select(l => l.Id), problems);
        var stale = Named(parsed.GetValue(acceptStale) ?? [], "--accept-stale", id => content.Facts.FindById(id) is { StaleAfter: > 0 } fact ? fact : null, content.Facts.Facts.Where(f => f.StaleAfter > 0).Select(f => f.Id), problems);
        var treatments = content.Catalogue.Treatments.Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        var byHand = new List<GivenFact>();
        var found = new List<ReadingProblem>();
        var hand = new CaseFileReader(content.Facts, content.Formulary, treatments);
        foreach (var assignment in parsed.GetValue(set) ?? [])
            if (hand.ReadByHand(assignment, found) is { } given) byHand.Add(given);
        problems.AddRange(found.Select(p => p.ToString()));
        foreach (var twice in byHand.GroupBy(g => g.Fact.Id, StringComparer.Ordinal).Where(g => g.Count() > 1)) problems.Add($"--set {twice.Key}: given twice");
        var path = parsed.GetValue(record)!;
        problems.AddRange(unreadable);
        var reading = bytes is null ? null : RecordReader.Read(bytes.Value, content, day);
        if (reading is not null) problems.AddRange(reading.Problems.Select(p => $"{path}: {p}"));
        if (problems.Count > 0) throw new BadInputException(problems);
        var record1 = reading!.Record!;
        var settings = new CaseSettings
        {
            AsOf = day ?? record1.AsOf ?? DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime),
            ByHand = byHand,
            AcceptedLimits = limits,
            AcceptedStale = stale.Select(f => f.Id).ToHashSet(StringComparer.Ordinal),
        };
        var patient = new CaseBuilder(content.Facts).Build(record1, settings);
        var editionsNamed = named.Count > 0 ? named : null;
        return new(record1, settings, content.Assessor.Assess(patient, editionsNamed), new Sentences(content, patient, lang), editionsNamed);
    }

    private static List<T> Named<T>(IEnumerable<string> ids, string option, Func<string, T?> find, IEnumerable<string> known, List<string> problems)
        where T : class
    {
        var found = new List<T>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            if (find(id) is { } one) found.Add(one);
            else problems.Add($"{option} {id}: there is none of this name; there are {string.Join(", ", known)}");
        }

        return found;
    }
}
