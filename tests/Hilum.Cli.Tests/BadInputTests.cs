using System.Text;
using Hilum.Cli.Tests.Support;

namespace Hilum.Cli.Tests;

/// <summary>Input that cannot be read: exit code 2, words that name the place and what was expected, nothing half-printed.</summary>
public sealed class BadInputTests
{
    [Fact]
    public async Task A_missing_file() => (await Command.Run("plan", "no-such-file.yaml")).Refused("no-such-file.yaml: there is no such file");

    [Fact]
    public async Task A_directory() => (await Command.Run("plan", Scratch.NewFolder())).Refused("not a file");

    [Fact]
    public async Task A_Karnofsky_index_between_two_tens() => await Refused("facts: { karnofsky: 85 }\n", "'85' is not a value of karnofsky: 0, 10, 20 ... 100");

    [Fact]
    public async Task A_drug_that_is_only_ever_part_of_a_treatment_says_how_it_is_written() =>
        await Refused("facts: { prior-therapies: [ipilimumab] }\n", "treatment: nivolumab-ipilimumab", "stopped-parts: [ipilimumab]");

    [Fact]
    public async Task An_empty_file() => await Refused("", "empty");

    [Fact]
    public async Task A_file_of_blanks() => await Refused("  \n\n", "empty");

    [Fact]
    public async Task Not_JSON() => await Refused("{ \"facts\": { \"stage\": \"IV\", } ", "line 1", "JSON");

    [Fact]
    public async Task Not_YAML() => await Refused("facts:\n  stage: IV\n   age: : 3\n", "line 3");

    [Fact]
    public async Task Not_text() => await Refused([0x50, 0x4B, 0x03, 0x04, 0xFF, 0xFE, 0x00, 0x80], "case file");

    [Fact]
    public async Task Fifty_megabytes_of_JSON()
    {
        var bytes = new byte[50 * 1024 * 1024];
        bytes.AsSpan().Fill((byte)' ');
        "{\"resourceType\":\"Bundle\",\"entry\":["u8.CopyTo(bytes);
        "]}"u8.CopyTo(bytes.AsSpan(bytes.Length - 2));
        var path = Scratch.Write(bytes, "large.json");
        (await Command.Run("plan", path)).Refused(path, "MB");
        (await Command.Run(["plan", "-"], bytes)).Refused("MB");
        File.Delete(path);
    }

    [Theory]
    [InlineData("{\"facts\":", "}")]
    [InlineData("{\"resourceType\":\"Bundle\",\"entry\":", "}")]
    [InlineData("", "")]
    public async Task Nesting_of_ten_thousand_in_JSON(string before, string after) =>
        await Refused(before + new string('[', 10_000) + new string(']', 10_000) + after, "deep");

    [Fact]
    public async Task Nesting_of_ten_thousand_in_YAML()
    {
        await Refused("facts: " + new string('[', 10_000) + new string(']', 10_000), "nested deeper");
        await Refused("facts: " + string.Concat(Enumerable.Repeat("{a: ", 10_000)) + "1" + new string('}', 10_000), "nested deeper");
        await Refused("facts:\n" + string.Concat(Enumerable.Range(1, 1_000).Select(i => new string(' ', i) + "a:\n")), "nested deeper");
    }

    [Fact]
    public async Task Aliases_that_expand_without_end()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i <= 12; i++) bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        await Refused(bomb.ToString(), "aliases");
        await Refused("facts: &f\n  stage: *f\n", "anchor");
    }

    [Fact]
    public async Task Two_patients_in_one_bundle() => await Refused(Bundle("""{"resourceType":"Patient","id":"p1"}""", """{"resourceType":"Patient","id":"p2"}"""), "Patient");

    [Fact]
    public async Task Two_patients_in_a_bulk_export() => await Refused("{\"resourceType\":\"Patient\",\"id\":\"p1\"}\n{\"resourceType\":\"Patient\",\"id\":\"p2\"}\n", "Patient");

    [Fact]
    public async Task Two_documents_in_one_case_file() => await Refused("facts: { stage: IV }\n---\nfacts: { stage: III }\n", "second");

    [Fact]
    public async Task Two_resources_of_one_id()
    {
        const string Cancer = """{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"%"}]}}""";
        var (same, other) = (Cancer.Replace("%", "C64", StringComparison.Ordinal), Cancer.Replace("%", "C78.0", StringComparison.Ordinal));
        await Refused(Bundle("""{"resourceType":"Patient","id":"p1"}""", same, other), "Condition/c1");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{\"resourceType\":\"Patient\"}]")]
    [InlineData("{}")]
    [InlineData("{\"facts\":[]}")]
    [InlineData("{\"facts\":7}")]
    [InlineData("true")]
    [InlineData("\"a word\"")]
    [InlineData("- a\n- list\n")]
    [InlineData("facts:\n")]
    [InlineData("facts: nothing\n")]
    [InlineData("patient: { id: A }\n")]
    public async Task Text_of_another_shape(string text) => await Refused(text);

    /// <summary>A fact that cannot be read, and what must be said of it.</summary>
    private static readonly (string Fact, string[] Words)[] Unreadable =
    [
        ("karnofski: 90", ["'karnofski' is not a fact; did you mean karnofsky?"]),
        ("imdc-risk: poor", ["'imdc-risk' follows from other facts and is never given"]),
        ("today: 2026-11-03", ["'today' is not a fact"]),
        ("haemoglobin: 98", ["state the unit of haemoglobin"]),
        ("haemoglobin: 98 mmHg", ["'mmHg' is not a unit of haemoglobin"]),
        ("haemoglobin: 98 spoons", ["'spoons' is not a unit of haemoglobin"]),
        ("haemoglobin: 98 mg/dL", ["cannot be"]),
        ("haemoglobin: 98 g/dL", ["cannot be"]),
        ("haemoglobin: -3 g/dL", ["cannot be"]),
        ("haemoglobin: low", ["not a number"]),
        ("haemoglobin: { value: 98, unit: g/L, lnl: 130 }", ["'lnl' is not known here"]),
        ("haemoglobin: { unit: g/L }", ["'value:' is missing"]),
        ("albumin: { value: 40, unit: g/L, lln: 35 }", ["albumin has no lower limit"]),
        ("karnofsky: 85.5", ["whole number"]),
        ("karnofsky: 130", ["cannot be"]),
        ("ecog: 7", ["cannot be"]),
        ("age: sixty", ["whole number"]),
        ("sex: man", ["'man' is not a value of sex: female, male"]),
        ("stage: 4", ["'4' is not a value of stage: I, II, III, IV"]),
        ("pregnant: maybe", ["true, false or unknown"]),
        ("pregnant: Yes", ["true, false or unknown"]),
        ("metastatic-sites: [lungs]", ["'lungs' is not a value of metastatic-sites", "did you mean lung?"]),
        ("metastatic-sites: { lung: true }", ["metastatic-sites"]),
        ("diagnosis-date: 2026-02-30", ["'2026-02-30' is not a date"]),
        ("diagnosis-date: 2026-13", ["is not a date"]),
        ("diagnosis-date: yesterday", ["is not a date"]),
        ("haemoglobin: { value: 98, unit: g/L, date: 2026-11-04 }", ["lies after the as-of date"]),
        ("haemoglobin: { value: 98, unit: g/L, date: 30/10/2026 }", ["is not a date"]),
        ("prior-therapies: [{ treatment: sunitinb }]", ["'sunitinb' is not a treatment of the catalogue", "did you mean sunitinib?"]),
        ("prior-therapies: [{ start: 2026-01-01 }]", ["'treatment:' is missing"]),
        ("prior-therapies: [{ treatment: other }]", ["needs its name"]),
        ("prior-therapies: [{ treatment: other, name: X, classes: [magic] }]", ["'magic' is not a class"]),
        ("prior-therapies: [{ treatment: sunitinib, stopped-for: boredom }]", ["'boredom' is not known for stopped-for"]),
        ("prior-therapies: [{ treatment: sunitinib, start: 2026-05-01, stop: 2026-04-01 }]", ["it stops (2026-04-01) before it starts (2026-05-01)"]),
        ("prior-therapies: [{ treatment: sunitinib, start: 2027-01-01 }]", ["lies after the as-of date"]),
        ("prior-therapies: [{ treatment: sunitinib, dose: 50 mg }]", ["'dose' is not known here"]),
        ("medications: [{ name: apixaban }]", ["a medicine is a name"]),
    ];

    [Fact]
    public async Task Every_fact_that_cannot_be_read_is_named_with_its_line_all_in_one_answer()
    {
        var outcome = await Refused("as-of: 2026-11-03\nfacts:\n" + string.Concat(Unreadable.Select(u => $"  {u.Fact}\n")));
        for (var i = 0; i < Unreadable.Length; i++)
        {
            var here = outcome.Errors.Where(e => e.Contains($" line {i + 3}: ", StringComparison.Ordinal)).ToList();
            foreach (var word in Unreadable[i].Words) Assert.True(here.Exists(e => e.Contains(word, StringComparison.Ordinal)), $"{Unreadable[i].Fact}: {string.Join('\n', here)}");
        }
    }

    [Fact]
    public async Task A_single_fact_that_cannot_be_read_is_enough()
    {
        await Refused("as-of: 2026-11-03\nfacts:\n  stage: IV\n  haemoglobin: 98 g/dL\n", "line 4", "cannot be");
        await Refused("as-of: 2026-11-03\nfacts:\n  age: 59\n  stage: IV\n  age: 60\n", "line 5", "'age' stands twice");
    }

    [Theory]
    [InlineData("as-of: 2026-11-31\nfacts: { stage: IV }\n", "line 1", "as-of is written YYYY-MM-DD")]
    [InlineData("as-of: 2026-11\nfacts: { stage: IV }\n", "line 1", "as-of is written YYYY-MM-DD")]
    [InlineData("facts: { stage: IV }\ntreatment: sunitinib\n", "line 2", "'treatment' is not known here")]
    [InlineData("patient: { name: Ann, id: A }\nfacts: { stage: IV }\n", "line 1", "'name' is not known here: only the local id is kept of a patient")]
    [InlineData("facts: { stage: IV }\nfacts: { stage: III }\n", "line 2", "'facts' stands twice")]
    public async Task A_case_file_with_a_wrong_head_names_its_line(string text, params string[] words) => await Refused(text, words);

    [Fact]
    public async Task What_else_is_said_of_a_patient_is_refused_after_the_id_too() =>
        await Refused("patient: { id: A, name: Ann }\nfacts: { stage: IV }\n", "line 1", "'name' is not known here: only the local id is kept of a patient");

    [Theory]
    [InlineData("birth-date: 2030-01-01")]
    [InlineData("diagnosis-date: 2027-01")]
    [InlineData("metastatic-date: 2026-11-04")]
    public async Task Something_that_happened_after_the_day_of_the_plan_cannot_be(string fact) => await Refused($"as-of: 2026-11-03\nfacts:\n  {fact}\n", "line 3");

    [Fact]
    public async Task Several_mistakes_are_all_reported_at_once_each_with_its_line()
    {
        var outcome = await Refused("""
            as-of: 2026-11-03
            patient: { name: Ann }
            facts:
              karnofski: 90
              haemoglobin: 98
              sex: woman
              metastatic-sites: [lung, lever]
              prior-therapies:
                - { treatment: sunitinb }
                - { treatment: pazopanib, stop: 2026-14-01 }
            colour: blue
            """);
        Assert.Equal([2, 4, 5, 6, 7, 9, 10, 11], outcome.Errors.Select(e => int.Parse(e.Split("line ")[1].Split(':')[0])));
    }

    [Fact]
    public async Task An_unknown_treatment_to_explain()
    {
        var record = Repository.RecordOf("after-sunitinib");
        (await Command.Run("why", "sunitinb", record)).Refused("sunitinb: this is not a treatment of the catalogue");
        (await Command.Run("why", "lenvatinib", record)).Refused("lenvatinib");
    }

    [Fact]
    public async Task Text_of_a_record_cannot_steer_a_terminal_nor_break_out_of_its_line()
    {
        var record = Scratch.Write("as-of: 2026-11-03\npatient: { id: \"A\\e[2J\\n# Forged heading\" }\nfacts: { stage: IV, medications: [\"<img onerror=x>\\e]0;x\\a\\n## Options offered\"] }\n");
        foreach (var command in new[] { "plan", "facts", "risk" })
        {
            var text = (await Command.Run(command, record)).Done().Output;
            Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
            Assert.DoesNotContain("\n# Forged", text, StringComparison.Ordinal);
        }

        var json = (await Command.Run("plan", record, "--format", "json")).Done();
        Assert.Contains("\u001b", json.Json.GetProperty("patient").GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    private static Task<Outcome> Refused(string text, params string[] words) => Refused(Encoding.UTF8.GetBytes(text), words);

    private static async Task<Outcome> Refused(byte[] bytes, params string[] words)
    {
        var path = Scratch.Write(bytes, "record.txt");
        var outcome = (await Command.Run("plan", path)).Refused([path, .. words]);
        Assert.All(outcome.Errors, e => Assert.StartsWith(path + ": ", e, StringComparison.Ordinal));
        return outcome;
    }

    private static string Bundle(params string[] resources) => $$"""{"resourceType":"Bundle","type":"collection","entry":[{{string.Join(',', resources.Select(r => $$"""{"resource":{{r}}}"""))}}]}""";
}
