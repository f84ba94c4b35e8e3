using System.Text;
using Hilum.Cli.Tests.Support;

namespace Hilum.Cli.Tests;

/// <summary><c>guidance check</c> and <c>guidance diff</c>, as people and scripts run them; and that nothing else needs the solver.</summary>
public sealed class ProofCommandTests
{
    private const string Pair = "esmo-bone";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_edition_is_checked_alone_and_its_examples_are_case_files_that_plan_reads()
    {
        var folder = Scratch.NewFolder();
        var check = (await Command.Run("guidance", "check", Pair, "--format", "json", "--witnesses", folder)).Done();

        await Schema.Holds("check", check.Output);
        Assert.True(check.Json.GetProperty("passed").GetBoolean());
        Assert.All(check.Json.GetProperty("reached").EnumerateArray(), r => Assert.StartsWith($"{Pair}/", r.GetProperty("subject").GetString(), StringComparison.Ordinal));
        var saved = Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories);
        Assert.Equal(check.Json.GetProperty("reached").GetArrayLength(), saved.Length);
        Assert.Equal("in-scope", (await Command.Run("plan", saved[0], "--edition", Pair, "--format", "json")).Done().Json.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task What_is_wrong_is_exit_code_1_and_has_an_example_that_is_saved()
    {
        var guidance = Changed("editions/esmo-2024/edition.yaml", "PriorImmunotherapy and PriorHif2a", "PriorImmunotherapy and PriorCytokine and PriorHif2a");
        var folder = Scratch.NewFolder();
        var check = await Command.Run("guidance", "check", "esmo-2024", "--format", "json", "--witnesses", folder, "--guidance", guidance);

        Assert.Equal(ExitCode.Failed, check.Code);
        await Schema.Holds("check", check.Output);
        Assert.Contains("unanswered", check.Json.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("kind").GetString()));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder, "findings")));
    }

    [Fact]
    public async Task What_is_not_proven_never_passes()
    {
        var guidance = Changed($"editions/{Pair}/bone-metastases.yaml", "MetastaticSites contains 'bone'\n  strength", "MetastaticSites contains 'bone' and Age * Qtc / Age > 400 'ms'\n  strength");
        var check = await Command.Run("guidance", "check", Pair, "--guidance", guidance);

        Assert.Equal(ExitCode.Failed, check.Code);
        Assert.Contains($"not-proven: {Pair}/bone-agent", check.Output, StringComparison.Ordinal);
        Assert.Matches(@"0 findings, [1-9]\d* not proven", check.Output);
    }

    [Theory]
    [InlineData("guidance", "check", "nowhere-2099")]
    [InlineData("guidance", "diff", "esmo-2024", "nowhere-2099")]
    public async Task An_edition_that_there_is_not_is_refused(params string[] arguments) => (await Command.Run(arguments)).Refused("nowhere-2099", "ccs-2017");

    [Fact]
    public async Task Two_editions_are_compared_as_JSON_by_its_schema_and_in_French()
    {
        var json = (await Command.Run("guidance", "diff", "esmo-bone", "asco-sno-astro-2021", "--format", "json")).Done();
        await Schema.Holds("diff", json.Output);
        Assert.NotEmpty(json.Json.GetProperty("regions").EnumerateArray());

        var french = (await Command.Run("guidance", "diff", "esmo-bone", "asco-sno-astro-2021", "--lang", "fr")).Done().Output;
        Assert.StartsWith("# Ce qui change", french, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b(Newly|offered|Type of kidney cancer|For example|yes|no)\b", french);
    }

    [Fact]
    public async Task An_edition_is_compared_with_itself_in_an_older_folder()
    {
        var old = Changed("editions/esmo-2024/first-line.yaml", "ImdcCount <= 1", "ImdcCount <= 0");
        File.WriteAllText(Path.Combine(old, "safety", "qt-heart.yaml"), File.ReadAllText(Path.Combine(old, "safety", "qt-heart.yaml")).Replace("Qtc >= 500 'ms'", "Qtc >= 520 'ms'", StringComparison.Ordinal));

        var diff = (await Command.Run("guidance", "diff", "esmo-2024", "esmo-2024", "--from", old, "--format", "json")).Done();
        await Schema.Holds("diff", diff.Output);
        var change = Assert.Single(Assert.Single(diff.Json.GetProperty("regions").EnumerateArray()).GetProperty("changes").EnumerateArray());
        Assert.Equal("active-surveillance", change.GetProperty("treatment").GetString());
        Assert.Contains("qtc-500-or-more", diff.Json.GetProperty("safety").EnumerateArray().Select(s => s.GetProperty("rule").GetString()));
    }

    [Fact]
    public async Task A_plan_and_the_service_do_without_the_solver()
    {
        var program = WithoutSolver();

        var plan = await Run(program, "plan", Repository.RecordOf("sarcomatoid"), "--format", "json");
        Assert.Equal((ExitCode.Done, ""), (plan.Code, plan.Error));
        var check = await Run(program, "guidance", "check", Pair);
        Assert.NotEqual(ExitCode.Done, check.Code);
        (await Command.Run("guidance", "diff", Pair, "asco-sno-astro-2021")).Done();
        using var service = await RunningService.Start(Scratch.NewPath("without.db"), Stop, program);
        foreach (var language in new[] { "", "/fr" })
            Assert.Contains("id=\"g1\"", await service.Client.GetStringAsync($"{language}/guidance/diff?from={Pair}&to=asco-sno-astro-2021", Stop), StringComparison.Ordinal);
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes("facts: { stage: IV }"));
        body.Headers.ContentType = new("application/yaml");
        using var answer = await service.Client.PostAsync("/api/v1/plan?asOf=2026-11-03", body, Stop);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(0, await service.Stop(Stop));
    }

    /// <summary>A copy of the program in which the solver's assemblies are empty files: whoever loads one of them fails.</summary>
    private static string WithoutSolver()
    {
        var from = Path.GetDirectoryName(typeof(ExitCode).Assembly.Location)!;
        var to = Scratch.NewFolder();
        foreach (var file in Directory.GetFiles(from))
        {
            var name = Path.GetFileName(file);
            if (name is "Hilum.Proof.dll" or "Google.OrTools.dll") File.WriteAllText(Path.Combine(to, name), "");
            else File.Copy(file, Path.Combine(to, name));
        }

        foreach (var folder in Directory.GetDirectories(from)) Directory.CreateSymbolicLink(Path.Combine(to, Path.GetFileName(folder)), folder);
        return Path.Combine(to, Path.GetFileName(typeof(ExitCode).Assembly.Location));
    }

    private static Task<Outcome> Run(string program, params string[] arguments) => Command.Run(arguments, input: null, program: program);

    private static string Changed(string file, string text, string replacement)
    {
        var folder = Scratch.CopyOfGuidance();
        var path = Path.Combine(folder, file);
        var before = File.ReadAllText(path);
        Assert.Contains(text, before, StringComparison.Ordinal);
        File.WriteAllText(path, before.Replace(text, replacement, StringComparison.Ordinal));
        return folder;
    }
}
