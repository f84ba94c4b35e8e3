using System.Text.RegularExpressions;
using Hilum.Cli.Tests.Support;

namespace Hilum.Cli.Tests;

/// <summary>Guidance that does not hold together stops the program with file, line, column and reason, every problem at once.</summary>
public sealed partial class BrokenGuidanceTests
{
    private static readonly string Record = Repository.RecordOf("after-sunitinib");

    [Fact]
    public async Task A_cycle_between_derived_facts() => await Refused(
        g => Append(g, "facts/wishes.yaml", """

            - id: chicken
              type: bool
              label: { en: chicken, fr: poule }
              derive: [{ value: "Egg", because: { en: from the egg, fr: de l'œuf }, source: { document: hilum, locator: here } }]
            - id: egg
              type: bool
              label: { en: egg, fr: œuf }
              derive: [{ value: "Chicken", because: { en: from the chicken, fr: de la poule }, source: { document: hilum, locator: here } }]
            """),
        "guidance/facts/", "chicken", "egg");

    [Fact]
    public async Task A_condition_with_a_type_error() => await Refused(g => Edit(g, "editions/ccs-2017/systemic.yaml", "Line = 1", "Line = 'first'"), "guidance/editions/ccs-2017/systemic.yaml:");

    [Fact]
    public async Task A_condition_that_compares_a_fact_with_a_value_it_cannot_have() => await Refused(g => Edit(g, "editions/ccs-2017/systemic.yaml", "Histology != 'clear-cell'", "Histology != 'clear-sell'"), "clear-sell", "clear-cell");

    [Fact]
    public async Task A_condition_on_a_fact_that_does_not_exist() => await Refused(g => Edit(g, "editions/ccs-2017/systemic.yaml", "\n    PriorVegf\n", "\n    PriorVegv\n"), "PriorVegv", "PriorVegf");

    [Fact]
    public async Task A_condition_with_a_unit_of_another_dimension() => await Refused(g => Edit(g, "safety/local-therapy.yaml", "Platelets < 50 '10*9/L'", "Platelets < 50 'g/L'"), "guidance/safety/local-therapy.yaml:");

    [Fact]
    public async Task A_condition_that_does_not_parse() => await Refused(g => Edit(g, "editions/ccs-2017/local-therapy.yaml", "PrimaryInPlace and Line = 1", "PrimaryInPlace and and Line = 1"), "guidance/editions/ccs-2017/local-therapy.yaml:");

    [Fact]
    public async Task A_condition_that_asks_whether_something_is_null() => await Refused(g => Edit(g, "editions/ccs-2017/local-therapy.yaml", "PrimaryInPlace and Line = 1", "PrimaryInPlace is null"), "null");

    [Fact]
    public async Task An_unknown_treatment() => await Refused(g => Edit(g, "editions/ccs-2017/systemic.yaml", "offer: sorafenib", "offer: sorafinib"), "sorafinib");

    [Fact]
    public async Task An_unknown_drug_in_a_regimen() => await Refused(g => Edit(g, "treatments/sorafenib.yaml", "drug: sorafenib", "drug: sorafinib"), "guidance/treatments/sorafenib.yaml:", "sorafinib");

    [Fact]
    public async Task A_missing_source() => await Refused(g => Edit(g, "editions/ccs-2017/systemic.yaml", "  source:", "  # source:"), "guidance/editions/ccs-2017/systemic.yaml:", "source");

    [Fact]
    public async Task A_source_that_no_list_holds() => await Refused(g => Edit(g, "editions/ccs-2017/systemic.yaml", "document: ccs-2017", "document: ccs-2071"), "ccs-2071");

    [Fact]
    public async Task An_unknown_key() => await Refused(g => Edit(g, "editions/ccs-2017/systemic.yaml", "  strength: preferred\n", "  strenght: preferred\n"), "strenght");

    [Fact]
    public async Task An_unknown_strength_and_an_unknown_severity()
    {
        await Refused(g => Edit(g, "editions/ccs-2017/systemic.yaml", "strength: preferred", "strength: obligatory"), "obligatory");
        await Refused(g => Edit(g, "safety/fitness.yaml", "severity: caution", "severity: careful"), "careful");
    }

    [Fact]
    public async Task The_check_of_the_guidance_finds_the_same()
    {
        var guidance = Scratch.CopyOfGuidance();
        Edit(guidance, "editions/ccs-2017/systemic.yaml", "offer: sorafenib", "offer: sorafinib");
        (await Command.Run("guidance", "check", "--guidance", guidance)).Refused("guidance/editions/ccs-2017/systemic.yaml:", "sorafinib");
    }

    [Fact]
    public async Task A_rule_that_stands_twice() => await Refused(g => Edit(g, "editions/ccs-2017/systemic.yaml", "- id: s05-sorafenib", "- id: s04-pazopanib"), "s04-pazopanib");

    [Fact]
    public async Task A_sentence_that_one_language_lacks() => await Refused(g => Edit(g, "wording/fr.yaml", "plan.scope: \"Portée :\"\n", ""), "guidance/wording/fr.yaml:", "plan.scope");

    [Fact]
    public async Task A_text_that_one_language_lacks() => await Refused(g => Edit(g, "facts/wishes.yaml", "label: { en: Open to a clinical trial, fr: Ouvert à un essai clinique }", "label: { en: Open to a clinical trial }"), "guidance/facts/wishes.yaml:");

    [Fact]
    public async Task A_file_that_is_not_YAML() => await Refused(g => Edit(g, "editions/ccs-2017/systemic.yaml", "- id: s03-sunitinib\n", "- id: s03-sunitinib\n  : : [\n"), "guidance/editions/ccs-2017/systemic.yaml:");

    [Fact]
    public async Task A_folder_that_holds_nothing() => await Refused(g =>
    {
        Directory.Delete(g, recursive: true);
        Directory.CreateDirectory(g);
    });

    [Fact]
    public async Task Several_problems_are_all_reported_at_once()
    {
        var outcome = await Refused(
            g =>
            {
                Edit(g, "editions/ccs-2017/systemic.yaml", "offer: sorafenib", "offer: sorafinib");
                Edit(g, "editions/ccs-2017/local-therapy.yaml", "PrimaryInPlace and Line = 1", "PrimaryInPlace and Line = 'first'");
                Edit(g, "editions/esmo-2024/first-line.yaml", "document: esmo-2024", "document: esmo-2042");
                Edit(g, "safety/fitness.yaml", "severity: caution", "severety: caution");
                Edit(g, "wording/en.yaml", "plan.scope: \"Scope:\"\n", "");
            },
            "sorafinib", "local-therapy.yaml", "esmo-2042", "severety", "plan.scope");
        Assert.StartsWith("The guidance does not hold together: ", outcome.Errors[0], StringComparison.Ordinal);
        Assert.Equal(outcome.Errors.Skip(1).Order(StringComparer.Ordinal).Select(FileOf), outcome.Errors.Skip(1).Select(FileOf));

        static string FileOf(string error) => error.Split(':')[0];
    }

    private static async Task<Outcome> Refused(Action<string> breaking, params string[] words)
    {
        var guidance = Scratch.CopyOfGuidance();
        breaking(guidance);
        var outcome = (await Command.Run("plan", Record, "--guidance", guidance)).Refused(words);
        Assert.All(outcome.Errors.Skip(1), e => Assert.Matches(Place(), e));
        Directory.Delete(guidance, recursive: true);
        return outcome;
    }

    private static void Edit(string guidance, string file, string from, string to)
    {
        var path = Path.Combine(guidance, file);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} does not hold '{from}' any more: give this test another place to break");
        File.WriteAllText(path, text[..at] + to + text[(at + from.Length)..]);
    }

    private static void Append(string guidance, string file, string text) => File.AppendAllText(Path.Combine(guidance, file), text.ReplaceLineEndings("\n") + "\n");

    [GeneratedRegex(@"^guidance/[\w./-]+:\d+:\d+: \S")]
    private static partial Regex Place();
}
