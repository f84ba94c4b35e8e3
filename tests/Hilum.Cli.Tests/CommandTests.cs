using System.Text;
using System.Text.Json;
using Hilum.Cli.Tests.Support;

namespace Hilum.Cli.Tests;

/// <summary>The commands of the contract, run as people run them.</summary>
public sealed class CommandTests
{
    private static readonly string Record = Repository.RecordOf("after-sunitinib");

    [Fact]
    public async Task Version_is_one_line_of_numbers() => Assert.Matches(@"^\d+\.\d+\.\d+\n$", (await Command.Run("--version")).Done().Output);

    [Fact]
    public async Task Help_names_every_command()
    {
        var help = (await Command.Run("--help")).Done().Output;
        foreach (var command in new[] { "plan", "why", "risk", "facts", "guidance" }) Assert.Contains($"  {command}", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan", "# Treatment options for after-sunitinib, as of 2026-11-03", "en")]
    [InlineData("risk", "# Prognostic models for after-sunitinib, as of 2026-11-03", "en")]
    [InlineData("facts", "# What was read for after-sunitinib, as of 2026-11-03", "en")]
    [InlineData("plan", "# Options de traitement pour after-sunitinib, au 2026-11-03", "fr")]
    [InlineData("risk", "# Modèles pronostiques pour after-sunitinib, au 2026-11-03", "fr")]
    [InlineData("facts", "# Ce qui a été lu pour after-sunitinib, au 2026-11-03", "fr")]
    public async Task A_command_on_a_record_answers_in_words(string command, string title, string language)
    {
        var answer = (await Command.Run(command, Record, "--lang", language)).Done().Output;
        Assert.StartsWith(title + "\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_proves_a_status_clause_by_clause_with_values_and_sources()
    {
        var answer = (await Command.Run("why", "nivolumab-ipilimumab", Record, "--edition", "esmo-2024")).Done().Output;
        Assert.StartsWith("# Why: nivolumab + ipilimumab, as of 2026-11-03\n", answer, StringComparison.Ordinal);
        Assert.Contains("Line of treatment now being chosen = 1 — not met (2, derived)", answer, StringComparison.Ordinal);
        Assert.Contains("Source: ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("why", "cabozantinib")]
    [InlineData("risk")]
    [InlineData("facts")]
    public async Task A_command_on_a_record_answers_in_JSON_that_its_schema_accepts(string command, string? treatment = null)
    {
        foreach (var language in new[] { "en", "fr" })
        {
            string[] arguments = [command, .. treatment is null ? Array.Empty<string>() : [treatment], Record, "--format", "json", "--lang", language];
            var answer = (await Command.Run(arguments)).Done();
            await Schema.Holds(command, answer.Output);
            Assert.NotEqual(0xEF, answer.Bytes[0]);
            Assert.Equal((byte)'\n', answer.Bytes[^1]);
            Assert.DoesNotContain((byte)'\r', answer.Bytes);
        }
    }

    [Fact]
    public async Task The_same_record_content_and_date_give_the_same_bytes_with_a_cold_and_a_warm_cache()
    {
        var cache = Scratch.NewFolder();
        var cold = (await Command.Run(["plan", Record, "--format", "json"], null, cache)).Done();
        Assert.NotEmpty(Directory.GetFiles(cache));
        var warm = (await Command.Run(["plan", Record, "--format", "json"], null, cache)).Done();
        var again = (await Command.Run(["plan", Record, "--format", "json"], null, Scratch.NewFolder())).Done();
        Assert.Equal(cold.Bytes, warm.Bytes);
        Assert.Equal(cold.Bytes, again.Bytes);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_read_or_written_is_done_without()
    {
        var cache = Scratch.NewFolder();
        var whole = (await Command.Run(["plan", Record], null, cache)).Done();
        var kept = Directory.GetFiles(cache).Single();
        var good = File.ReadAllBytes(kept);
        File.WriteAllBytes(kept, good[..5000]);
        Assert.Equal(whole.Bytes, (await Command.Run(["plan", Record], null, cache)).Done().Bytes);
        // one byte turned: content that no clinician wrote must not be believed
        var turned = good.ToArray();
        turned[^(turned.Length / 3)] ^= 1;
        File.WriteAllBytes(kept, turned);
        Assert.Equal(whole.Bytes, (await Command.Run(["plan", Record], null, cache)).Done().Bytes);
        File.WriteAllText(kept, "not a cache");
        Assert.Equal(whole.Bytes, (await Command.Run(["plan", Record], null, cache)).Done().Bytes);
        Assert.Equal(whole.Bytes, (await Command.Run(["plan", Record], null, Scratch.Write("a file, not a folder"))).Done().Bytes);
    }

    [Fact]
    public async Task A_changed_guidance_file_is_never_missed()
    {
        var guidance = Scratch.CopyOfGuidance();
        var before = (await Command.Run(["plan", Record, "--format", "json"], null, guidance: guidance)).Done().Json;
        var page = Path.Combine(guidance, "editions", "ccs-2017", "systemic.yaml");
        File.WriteAllText(page, File.ReadAllText(page) + "\n# a remark that changes nothing but the hash\n");
        var after = (await Command.Run(["plan", Record, "--format", "json"], null, guidance: guidance)).Done().Json;
        Assert.NotEqual(Hash(before), Hash(after));

        static string? Hash(JsonElement plan) => plan.GetProperty("content").GetProperty("sha256").GetString();
    }

    [Fact]
    public async Task The_hash_of_the_content_is_taken_over_path_and_LF_normalised_bytes_of_every_file_in_ordinal_order()
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        var files = Directory.GetFiles(Repository.Guidance, "*", SearchOption.AllDirectories).Select(f => (Path: Path.GetRelativePath(Repository.Guidance, f), Full: f)).OrderBy(f => f.Path, StringComparer.Ordinal);
        foreach (var (path, full) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path));
            hash.AppendData(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(File.ReadAllBytes(full)).Replace("\r\n", "\n", StringComparison.Ordinal)));
        }

        var plan = (await Command.Run("plan", Record, "--format", "json")).Done().Json;
        Assert.Equal(Convert.ToHexStringLower(hash.GetHashAndReset()), plan.GetProperty("content").GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task An_answer_goes_to_the_file_that_was_named_and_nothing_to_the_screen()
    {
        var file = Scratch.NewPath("plan.json");
        var toScreen = (await Command.Run("plan", Record, "--format", "json")).Done();
        var toFile = (await Command.Run("plan", Record, "--format", "json", "-o", file)).Done();
        Assert.Empty(toFile.Bytes);
        Assert.Equal(toScreen.Bytes, File.ReadAllBytes(file));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_bad_usage_and_nothing_is_half_written()
    {
        var folder = Scratch.NewFolder();
        (await Command.Run("plan", Record, "-o", Path.Combine(folder, "nowhere", "plan.md"))).Refused("nowhere");
        (await Command.Run("plan", Record, "-o", folder)).Refused(folder);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_dash_reads_standard_input()
    {
        var fromFile = (await Command.Run("plan", Record)).Done();
        Assert.Equal(fromFile.Bytes, (await Command.Run(["plan", "-"], File.ReadAllBytes(Record))).Done().Bytes);
        (await Command.Run(["plan", "-"], [])).Refused("-: ", "empty");
    }

    [Fact]
    public async Task All_that_was_said_of_an_earlier_treatment_is_told_as_read()
    {
        const string Therapy = """{ "treatment": "nivolumab-ipilimumab", "start": "2025-01-10", "setting": "metastatic", "line": 1, "stopped-parts": ["ipilimumab"], "best-response": "PR", "toxicity": "colitis", "grade": 3, "ended": true }""";
        var record = Scratch.Write(Encoding.UTF8.GetBytes($$"""{ "facts": { "prior-therapies": [{{Therapy}}] } }"""), "case.json");

        var told = (await Command.Run("facts", record, "--format", "json")).Done().Json.GetProperty("facts").EnumerateArray().First(f => f.GetProperty("id").GetString() == "prior-therapies").GetProperty("value")[0];

        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(Therapy).RootElement, told), told.ToString());
    }

    [Theory]
    [InlineData("after-sunitinib", "bundle.json")]
    [InlineData("after-sunitinib", "record")]
    [InlineData("brain-only", "case.yaml")]
    [InlineData("brain-only", "record.ndjson")]
    public async Task The_kind_of_a_record_is_recognised_by_content_whatever_its_name(string patient, string name)
    {
        var original = Repository.RecordOf(patient);
        var copy = Scratch.Write(File.ReadAllBytes(original), name);
        Assert.Equal((await Command.Run("facts", original)).Done().Output, (await Command.Run("facts", copy)).Done().Output);
    }

    [Fact]
    public async Task A_case_file_may_be_JSON()
    {
        var json = Scratch.Write("\uFEFF" + """
            { "patient": { "id": "J-1" }, "as-of": "2026-11-03",
              "facts": { "stage": "IV", "prior-therapies": [], "haemoglobin": { "value": 98, "unit": "g/L" }, "metastatic-sites": ["lung"] } }
            """, "record.txt");
        var yaml = Scratch.Write("patient: { id: J-1 }\nas-of: 2026-11-03\nfacts:\n  stage: IV\n  prior-therapies: []\n  haemoglobin: 98 g/L\n  metastatic-sites: [lung]\n");
        Assert.Equal(Statuses((await Command.Run("plan", yaml, "--format", "json")).Done()), Statuses((await Command.Run("plan", json, "--format", "json")).Done()));
    }

    [Fact]
    public async Task Outside_scope_is_an_answer_and_not_an_error()
    {
        var early = Scratch.Write("as-of: 2026-11-03\nfacts: { stage: II, m-category: M0, metastatic-sites: [], histology: clear-cell }\n");
        var plan = (await Command.Run("plan", early, "--format", "json")).Done();
        await Schema.Holds("plan", plan.Output);
        Assert.Equal("outside-scope", plan.Json.GetProperty("scope").GetString());
        Assert.Empty(plan.Json.GetProperty("options").EnumerateArray());
        Assert.Empty(plan.Json.GetProperty("missing").EnumerateArray());
        Assert.Contains("outside scope", (await Command.Run("plan", early)).Done().Output, StringComparison.Ordinal);
        var why = (await Command.Run("why", "sunitinib", early, "--format", "json")).Done();
        await Schema.Holds("why", why.Output);
        Assert.Equal(JsonValueKind.Null, why.Json.GetProperty("option").ValueKind);
    }

    [Fact]
    public async Task A_check_that_finds_something_is_exit_code_1_and_names_each_place()
    {
        // test.sh checks the whole guidance; here the worked cases of one file do
        var guidance = Scratch.CopyOfGuidance();
        foreach (var cases in Directory.GetFiles(guidance, "*.cases.yaml", SearchOption.AllDirectories)) File.Delete(cases);
        File.WriteAllText(Path.Combine(guidance, "editions", "ccs-2017", "systemic.cases.yaml"), "- name: Sunitinib is never offered\n  facts: { stage: IV, prior-therapies: [] }\n  expect: { sunitinib: not-recommended, pazopanib: recommended }\n");
        var check = await Command.Run("guidance", "check", "ccs-2017", "--guidance", guidance);
        Assert.Equal(ExitCode.Failed, check.Code);
        Assert.Equal("", check.Error);
        Assert.Contains("guidance/editions/ccs-2017/systemic.cases.yaml:1: Sunitinib is never offered: sunitinib: expected not-recommended, came out preferred", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("pazopanib: expected", check.Output, StringComparison.Ordinal);
        Assert.Contains("no worked case reaches", check.Output, StringComparison.Ordinal);
        Assert.Matches(@"; 1 worked cases, \d+ failed\n$", check.Output);
    }

    [Fact]
    public async Task Guidance_is_shown_in_sentences()
    {
        Assert.Contains("ccs-2017", (await Command.Run("guidance", "show")).Done().Output, StringComparison.Ordinal);
        Assert.Contains("Sunitinib is usually the first drug", (await Command.Run("guidance", "show", "ccs-2017")).Done().Output, StringComparison.Ordinal);
        (await Command.Run("guidance", "show", "no-such-thing")).Refused("no-such-thing");
    }

    [Fact]
    public async Task A_fault_of_the_program_is_exit_code_3_without_a_stack_trace()
    {
        // nothing but a broken output is known to bring one about: /dev/full takes no byte
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        var start = new System.Diagnostics.ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardError = true };
        foreach (var argument in new[] { "-c", "dotnet \"$0\" plan \"$1\" >/dev/full", typeof(ExitCode).Assembly.Location, Record }) start.ArgumentList.Add(argument);
        start.Environment["HILUM_GUIDANCE"] = Repository.Guidance;
        start.Environment["HILUM_CACHE"] = Command.Cache;
        using var process = System.Diagnostics.Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Internal, process.ExitCode);
        Assert.StartsWith("Internal error", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Statuses(Outcome plan) =>
        plan.Json.GetProperty("options").EnumerateArray().ToDictionary(o => o.GetProperty("treatment").GetString()!, o => o.GetProperty("status").GetString()!, StringComparer.Ordinal);
}
