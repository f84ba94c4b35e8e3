using System.Text.Json;
using Hilum.Cli.Tests.Support;

namespace Hilum.Cli.Tests;

/// <summary>The options that every command on a record takes.</summary>
public sealed class OptionTests
{
    private static readonly string Untreated = Repository.RecordOf("first-line-in-conventional-units");

    [Fact]
    public async Task The_day_of_the_plan_is_the_one_given_else_the_record_s_else_today()
    {
        var undated = Scratch.Write("facts: { stage: IV }\n");
        Assert.Equal("2026-11-03", await Day(Untreated));
        Assert.Equal("2026-12-24", await Day(Untreated, "--as-of", "2026-12-24"));
        Assert.Equal("2020-02-29", await Day(undated, "--as-of", "2020-02-29"));
        var before = Today();
        var today = await Day(undated);
        Assert.InRange(today!, before, Today(), StringComparer.Ordinal);

        static string Today() => TimeProvider.System.GetLocalNow().ToString("yyyy-MM-dd");
        static async Task<string?> Day(params string[] arguments) => (await Command.Run(["risk", "--format", "json", .. arguments])).Done().Json.GetProperty("asOf").GetString();
    }

    [Fact]
    public async Task A_later_day_makes_a_laboratory_value_too_old_to_count_until_someone_accepts_it()
    {
        string[] later = ["facts", Untreated, "--format", "json", "--as-of", "2027-02-15"];
        Assert.Equal("known", State((await Command.Run("facts", Untreated, "--format", "json")).Done()));
        Assert.Equal("stale", State((await Command.Run(later)).Done()));
        Assert.Equal("known", State((await Command.Run([.. later, "--accept-stale", "haemoglobin"])).Done()));
        (await Command.Run([.. later, "--accept-stale", "histology"])).Refused("--accept-stale histology");

        static string? State(Outcome facts) => Fact(facts, "haemoglobin")!.Value.GetProperty("state").GetString();
    }

    [Fact]
    public async Task A_value_given_by_hand_beats_the_record_and_says_so()
    {
        var facts = (await Command.Run("facts", Untreated, "--format", "json", "--set", "karnofsky=60", "--set", "haemoglobin=150 g/L", "--set", "metastatic-sites=lung,bone", "--set", "medications=apixaban, clarithromycin")).Done();
        Assert.Equal(60, Fact(facts, "karnofsky")!.Value.GetProperty("value").GetDecimal());
        Assert.Equal(15.0m, Fact(facts, "haemoglobin")!.Value.GetProperty("value").GetDecimal());
        Assert.Contains("150 g/L", Fact(facts, "haemoglobin")!.Value.GetProperty("because").GetString(), StringComparison.Ordinal);
        Assert.Equal(["bone", "lung"], Fact(facts, "metastatic-sites")!.Value.GetProperty("value").Strings());
        Assert.Equal(["apixaban", "clarithromycin"], Fact(facts, "medications")!.Value.GetProperty("value").Strings());
        foreach (var id in new[] { "karnofsky", "haemoglobin", "metastatic-sites", "medications" }) Assert.Equal("given by hand", Fact(facts, id)!.Value.GetProperty("origin").GetString());
    }

    [Fact]
    public async Task None_is_an_empty_list_and_unknown_clears()
    {
        var facts = (await Command.Run("facts", Untreated, "--format", "json", "--set", "medications=none", "--set", "histology=unknown", "--set", "metastatic-sites=none", "--set", "m-category=unknown")).Done();
        Assert.Empty(Fact(facts, "medications")!.Value.GetProperty("value").EnumerateArray());
        Assert.True(Fact(facts, "medications")!.Value.GetProperty("complete").GetBoolean());
        Assert.Empty(Fact(facts, "metastatic-sites")!.Value.GetProperty("value").EnumerateArray());
        Assert.Null(Fact(facts, "histology"));
        Assert.Null(Fact(facts, "m-category"));
    }

    [Fact]
    public async Task An_earlier_treatment_given_by_hand_makes_this_the_second_line()
    {
        var plan = (await Command.Run("plan", Untreated, "--format", "json", "--edition", "ccs-2017", "--set", "prior-therapies=sunitinib")).Done().Json;
        Assert.Equal("not-applicable", plan.Status("sunitinib"));
        Assert.Equal("option", plan.Status("lenvatinib-everolimus"));
    }

    [Fact]
    public async Task Mistakes_in_options_are_all_reported_at_once() =>
        (await Command.Run("plan", Untreated, "--set", "karnofski=60", "--set", "haemoglobin=98", "--set", "sex=male", "--set", "sex=female", "--set", "line", "--as-of", "2026-02-30", "--edition", "esmo-2030", "--accept-limits", "who"))
            .Refused("--set karnofski: 'karnofski' is not a fact; did you mean karnofsky?", "--set haemoglobin: state the unit", "--set sex: given twice", "--set line: FACT=VALUE was expected", "--as-of 2026-02-30", "--edition esmo-2030", "--accept-limits who");

    [Fact]
    public async Task Without_an_edition_every_current_one_is_used_and_the_historical_one_is_not()
    {
        var editions = await Editions();
        Assert.Contains("esmo-2024", editions);
        Assert.Contains("nice-2024", editions);
        Assert.DoesNotContain("ccs-2017", editions);
        Assert.Equal(editions.Order(StringComparer.Ordinal), editions);
    }

    [Fact]
    public async Task Editions_named_are_used_alone()
    {
        Assert.Equal(["ccs-2017"], await Editions("--edition", "ccs-2017"));
        Assert.Equal(["ccs-2017", "esmo-2024"], (await Editions("--edition", "ccs-2017", "--edition", "esmo-2024")).Order(StringComparer.Ordinal));
        Assert.Equal(["ccs-2017"], await Editions("--edition", "ccs-2017", "--edition", "ccs-2017"));
        (await Command.Run("plan", Untreated, "--edition", "nccn-2026")).Refused("--edition nccn-2026", "esmo-2024");
    }

    [Fact]
    public async Task Limits_accepted_by_name_count_and_every_answer_names_them()
    {
        var record = Scratch.Write("as-of: 2026-11-03\nfacts: { metastatic-sites: [lung], sex: male, haemoglobin: 125 g/L }\n");
        Assert.Equal("unknown", Anaemia((await Command.Run("risk", record, "--format", "json")).Done()));
        Assert.Equal("true", Anaemia((await Command.Run("risk", record, "--format", "json", "--accept-limits", "who-2011")).Done()));
        var plan = (await Command.Run("plan", record, "--format", "json", "--accept-limits", "who-2011")).Done().Json;
        Assert.Contains(plan.GetProperty("warnings").Strings(), w => w.Contains("who-2011", StringComparison.Ordinal));
        Assert.Contains(plan.GetProperty("basis").GetProperty("limits").Strings(), w => w.Contains("who-2011", StringComparison.Ordinal));
        foreach (var command in new[] { "plan", "risk", "facts" }) Assert.Contains("who-2011", (await Command.Run(command, record, "--accept-limits", "who-2011")).Done().Output, StringComparison.Ordinal);
        Assert.Contains("who-2011", (await Command.Run("why", "temsirolimus", record, "--accept-limits", "who-2011")).Done().Output, StringComparison.Ordinal);
        Assert.DoesNotContain("who-2011", (await Command.Run("plan", record)).Done().Output, StringComparison.Ordinal);

        static string? Anaemia(Outcome risk) => risk.Json.GetProperty("risk").EnumerateArray().First(r => r.GetProperty("model").GetString() == "imdc")
            .GetProperty("factors").EnumerateArray().First(f => f.GetProperty("id").GetString() == "haemoglobin-low").GetProperty("value").GetString();
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("plan", "a.yaml", "b.yaml")]
    [InlineData("plan", "a.yaml", "--format", "xml")]
    [InlineData("plan", "a.yaml", "--lang", "de")]
    [InlineData("plan", "a.yaml", "--edition")]
    [InlineData("plan", "a.yaml", "--no-such-option")]
    [InlineData("why", "sunitinib")]
    [InlineData("prescribe", "a.yaml")]
    [InlineData("guidance", "check", "--guidance", "/nowhere/at/all")]
    [InlineData("plan", "a.yaml", "--guidance", "/nowhere/at/all")]
    public async Task Bad_usage_is_exit_code_2_with_words_on_standard_error_alone(params string[] arguments) => (await Command.Run(arguments)).Refused();

    private static async Task<string[]> Editions(params string[] arguments) =>
        [.. (await Command.Run(["plan", Untreated, "--format", "json", .. arguments])).Done().Json.GetProperty("editions").EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];

    private static JsonElement? Fact(Outcome facts, string id) =>
        facts.Json.GetProperty("facts").EnumerateArray().Cast<JsonElement?>().FirstOrDefault(f => f!.Value.GetProperty("id").GetString() == id);
}
