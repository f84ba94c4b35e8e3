using System.Text.Json;
using System.Text.Json.Nodes;
using Hilum.Answers;
using Hilum.Cli.Tests.Support;
using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Guidance;

namespace Hilum.Cli.Tests;

/// <summary>A plan that someone kept: made again with <c>replay</c>, found again with <c>recall</c>.</summary>
public sealed class StoredPlanTests
{
    private static readonly string[] Offered = ["preferred", "recommended", "option", "specialised-centre"];

    private static string PlanOf(string patient, params string[] more)
    {
        var plan = Command.Run(["plan", Repository.RecordOf(patient), "--as-of", "2026-11-03", "--format", "json", .. more]).GetAwaiter().GetResult().Done();
        return Scratch.Write(plan.Bytes, $"{patient}.json");
    }

    [Fact]
    public void Every_invented_patient_is_planned_again_to_the_byte()
    {
        foreach (var patient in Repository.Patients)
        {
            var record = File.ReadAllBytes(Repository.RecordOf(patient));
            var read = RecordReader.Read(record, Repository.Content, new(2026, 11, 3)).Record!;
            var bytes = Bytes(Repository.Content.Assessor.Assess(new CaseBuilder(Repository.Content.Facts).Build(read, new() { AsOf = new(2026, 11, 3) })));
            Assert.Equal(bytes, Again(bytes));
        }
    }

    [Fact]
    public void What_a_person_added_is_planned_again_too()
    {
        var read = RecordReader.Read(File.ReadAllBytes(Repository.RecordOf("after-sunitinib")), Repository.Content, null).Record!;
        var problems = new List<ReadingProblem>();
        var hand = new CaseFileReader(Repository.Content.Facts, Repository.Content.Formulary, Repository.Treatments);
        GivenFact[] byHand = [.. new[] { "karnofsky=70", "metastatic-sites=brain,unknown", "haemoglobin=<=98 g/L", "medications=warfarin,no such thing", "diagnosis-date=2024-05", "line=unknown", "allergies=none" }.Select(a => hand.ReadByHand(a, problems)!)];
        Assert.Empty(problems);
        var settings = new CaseSettings { AsOf = new(2026, 11, 2), ByHand = byHand, AcceptedLimits = Repository.Content.FallbackLimits, AcceptedStale = new HashSet<string>(StringComparer.Ordinal) { "haemoglobin" } };
        var patient = new CaseBuilder(Repository.Content.Facts).Build(read, settings);
        var bytes = Bytes(Repository.Content.Assessor.Assess(patient, [Repository.Content.Catalogue.FindEdition("nice-2024")!]));
        Assert.Equal(bytes, Again(bytes));
    }

    [Fact]
    public async Task The_same_content_gives_the_same_bytes_and_a_plan_in_French_stays_French()
    {
        var plan = PlanOf("sarcomatoid", "--lang", "fr", "--edition", "esmo-2024", "--set", "karnofsky=90");
        Assert.Equal(File.ReadAllBytes(plan), (await Command.Run("replay", plan)).Done().Bytes);
        await Schema.Holds("plan", File.ReadAllText(plan));
    }

    [Fact]
    public async Task Another_content_says_what_changed_and_is_exit_code_1()
    {
        var plan = PlanOf("untreated-clear-cell-favourable");
        var guidance = Changed("risk/imdc.yaml", "- { id: favourable, min: 0, max: 0 }", "- { id: poor, min: 0, max: 0 }", "- { id: poor, min: 3, max: 6 }", "- { id: favourable, min: 3, max: 6 }");
        var text = await Command.Run("replay", plan, "--guidance", guidance);
        Assert.Equal(ExitCode.Failed, text.Code);
        Assert.Contains("The content is another one now.", text.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n- options\.[a-z0-9-]+\.status: [a-z-]+ -> [a-z-]+\n", text.Output);
        var json = await Command.Run("replay", plan, "--guidance", guidance, "--format", "json");
        await Schema.Holds("replay", json.Output);
        Assert.Contains("content.sha256", json.Json.GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("where").GetString()));
    }

    [Fact]
    public async Task A_plan_that_was_altered_since_is_found_out()
    {
        var plan = PlanOf("sarcomatoid");
        var altered = JsonNode.Parse(File.ReadAllText(plan))!;
        altered["options"]![0]!["status"] = "not-applicable";
        var replayed = await Command.Run("replay", Scratch.Write(altered.ToJsonString(), "plan.json"));
        Assert.Equal(ExitCode.Failed, replayed.Code);
        Assert.Contains("the file is not what was written", replayed.Output, StringComparison.Ordinal);
        Assert.Contains("1 statuses changed, 1 differences in all", replayed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_lays_the_JSON_out_anew_has_not_changed_the_plan()
    {
        var plan = PlanOf("sarcomatoid");
        var compact = Scratch.Write(JsonNode.Parse(File.ReadAllText(plan))!.ToJsonString(), "compact.json");
        var replayed = await Command.Run("replay", compact);
        Assert.Equal(ExitCode.Done, replayed.Code);
        Assert.Equal(File.ReadAllBytes(plan), replayed.Bytes);
        Assert.Contains("layout", replayed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("risk/imdc.yaml", "- { id: favourable, min: 0, max: 0 }", "- { id: favourable, min: 0, max: 1 }", "- { id: intermediate, min: 1, max: 2 }", "- { id: intermediate, min: 2, max: 2 }")]
    [InlineData("safety/adults.yaml", "Age < 18", "Age < 61")]
    [InlineData("facts/laboratory.yaml", "Haemoglobin < HaemoglobinLln", "Haemoglobin < 2 * HaemoglobinLln")]
    public async Task A_changed_threshold_recalls_exactly_the_plans_whose_offers_it_changes(string file, params string[] replacements)
    {
        var guidance = Changed(file, replacements);
        var changed = ContentLoader.Load(ContentFiles.Read(guidance));
        var plans = Scratch.NewFolder();
        var expected = new List<string>();
        foreach (var patient in Repository.Patients)
        {
            var record = File.ReadAllBytes(Repository.RecordOf(patient));
            var (before, after) = (Plan(record, Repository.Content), Plan(record, changed));
            File.WriteAllBytes(Path.Combine(plans, $"{patient}.json"), before);
            if (!Offers(before).SequenceEqual(Offers(after))) expected.Add(Path.Combine(plans, $"{patient}.json"));
        }

        var recall = (await Command.Run("recall", "--from", Repository.Guidance, plans, "--guidance", guidance, "--format", "json")).Done();
        await Schema.Holds("recall", recall.Output);
        Assert.Equal(expected, recall.Json.GetProperty("recalled").EnumerateArray().Select(r => r.GetProperty("plan").GetString()));
        Assert.Equal(Repository.Patients.Count(), recall.Json.GetProperty("judged").GetInt32());
        Assert.NotEmpty(expected);
        Assert.All(recall.Json.GetProperty("recalled").EnumerateArray().SelectMany(r => r.GetProperty("changes").EnumerateArray()), c => Assert.NotEmpty(c.GetProperty("because").EnumerateArray()));
    }

    [Fact]
    public async Task A_recall_names_the_rule_that_made_the_difference()
    {
        var plan = PlanOf("after-sunitinib", "--edition", "esmo-2024");
        var guidance = Changed("editions/esmo-2024/later-line.yaml", "Line >= 2", "Line >= 3");
        var recall = (await Command.Run("recall", "--from", Repository.Guidance, plan, "--guidance", guidance)).Done().Output;
        Assert.Contains("1 of 1 stored plans would offer something else now", recall, StringComparison.Ordinal);
        Assert.Matches(@"\n    esmo-2024, [a-z0-9-]+: [a-z-]+, met -> [a-z-]+, not met\n", recall);
    }

    [Fact]
    public async Task What_changed_is_said_in_French_too()
    {
        var plan = PlanOf("after-sunitinib", "--edition", "esmo-2024", "--lang", "fr");
        var guidance = Changed("editions/esmo-2024/later-line.yaml", "Line >= 2", "Line >= 3");
        var replay = await Command.Run("replay", plan, "--guidance", guidance);
        var recall = (await Command.Run("recall", "--from", Repository.Guidance, plan, "--guidance", guidance, "--lang", "fr")).Done().Output;

        Assert.StartsWith("Le contenu n'est plus le même.\ncontenu ", replay.Output, StringComparison.Ordinal);
        Assert.Contains("1 plans gardés sur 1 proposeraient maintenant autre chose", recall, StringComparison.Ordinal);
        Assert.Matches(@"\n    esmo-2024, [a-z0-9-]+ : recommandée, remplie? -> recommandée, non remplie?\n", recall);
        Assert.DoesNotMatch(@"\b(content|stored|met|recommended|not)\b", recall);
    }

    [Fact]
    public async Task Nothing_is_recalled_when_nothing_changed_but_a_remark()
    {
        var plan = PlanOf("sarcomatoid");
        var guidance = Scratch.CopyOfGuidance();
        File.AppendAllText(Path.Combine(guidance, "risk", "imdc.yaml"), "\n# a remark\n");
        var recall = (await Command.Run("recall", "--from", Repository.Guidance, plan, "--guidance", guidance)).Done().Output;
        Assert.Contains("0 of 1 stored plans", recall, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_medicine_that_the_new_content_knows_is_looked_up_again()
    {
        var record = Scratch.Write("patient: { id: M-1 }\nas-of: 2026-11-03\nfacts:\n  stage: IV\n  histology: clear-cell\n  prior-therapies: []\n  medications: [newmedicine 5 mg]\n");
        var plan = Scratch.Write((await Command.Run("plan", record, "--format", "json", "--edition", "esmo-2024")).Done().Bytes, "plan.json");
        var guidance = Scratch.CopyOfGuidance();
        File.AppendAllText(Path.Combine(guidance, "safety", "medicines.yaml"), """

            - id: newmedicine
              names: [newmedicine]
              classes: [cyp3a4-inducer-strong]
              source: { document: ema-sutent, locator: "4.5" }
              review: { source: unconfirmed, clinical: none }
            """);
        var document = Repository.Content.Sources.Select(s => s.Id).First(id => id.Contains("sunitinib", StringComparison.Ordinal) || id.Contains("sutent", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(guidance, "safety", "medicines.yaml"), File.ReadAllText(Path.Combine(guidance, "safety", "medicines.yaml")).Replace("ema-sutent", document, StringComparison.Ordinal));
        var recall = (await Command.Run("recall", "--from", Repository.Guidance, plan, "--guidance", guidance)).Done().Output;
        Assert.Contains("1 of 1 stored plans", recall, StringComparison.Ordinal);
        Assert.Contains("with care", recall, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_cannot_be_judged_is_never_passed_over_in_silence()
    {
        var good = PlanOf("sarcomatoid");
        var bad = Scratch.Write("{ \"options\": [], \"content\": {} }", "bad.json");
        var recall = await Command.Run("recall", "--from", Repository.Guidance, good, bad);
        Assert.Equal(ExitCode.BadInput, recall.Code);
        Assert.Contains("0 of 1 stored plans", recall.Output, StringComparison.Ordinal);
        Assert.Contains("bad.json: record: this plan does not carry the record", recall.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_plan_is_refused_with_a_word()
    {
        (await Command.Run("replay", Scratch.Write("[1, 2", "x.json"))).Refused("x.json: line 1: this is not JSON");
        (await Command.Run("replay", Scratch.Write("[1, 2]", "x.json"))).Refused("this is not a plan");
        (await Command.Run("replay", Scratch.NewPath("nowhere.json"))).Refused("there is no such file");
        (await Command.Run("recall", "--from", Scratch.NewPath("nowhere"), Scratch.Write("{}", "x.json"))).Refused("there is no such guidance folder");
    }

    [Fact]
    public void Whatever_stands_in_the_record_of_a_stored_plan_is_refused_or_judged_and_never_a_fault()
    {
        var plan = JsonNode.Parse(Plan(File.ReadAllBytes(Repository.RecordOf("after-sunitinib-si")), Repository.Content))!;
        JsonNode?[] poison = [null, "x", "\ud83d", -1, 1e30, true, new JsonArray(), new JsonObject(), new JsonArray(1, new JsonArray())];
        foreach (var path in Paths(plan["record"]!, "record").ToList())
        {
            foreach (var value in poison)
            {
                var copy = plan.DeepClone();
                Put(copy, path, value?.DeepClone());
                var problems = new List<ReadingProblem>();
                var read = StoredPlan.Read(System.Text.Encoding.UTF8.GetBytes(copy.ToJsonString()), problems);
                if (read?.Judge(Repository.Content, problems) is null) Assert.NotEmpty(problems);
                else Assert.Empty(problems);
            }
        }

        static void Put(JsonNode root, string[] path, JsonNode? value)
        {
            var parent = path[..^1].Aggregate(root, (at, step) => at is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!);
            if (parent is JsonArray array) array[int.Parse(path[^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
            else parent[path[^1]] = value;
        }
    }

    /// <summary>Every place of the record, but one fact only of each kind of value.</summary>
    private static IEnumerable<string[]> Paths(JsonNode node, params string[] at)
    {
        yield return at;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var children = node switch
        {
            JsonObject o => o.Select(p => (p.Key, p.Value)),
            JsonArray a => a.Select((v, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), v)).Where(c => seen.Add(c.v is JsonObject o ? string.Join(' ', o.Select(p => p.Key)) : "")),
            _ => [],
        };
        foreach (var (key, value) in children)
            if (value is not null)
                foreach (var path in Paths(value, [.. at, key])) yield return path;
    }

    private static byte[] Plan(byte[] record, GuidanceContent content)
    {
        var read = RecordReader.Read(record, content, new(2026, 11, 3)).Record!;
        return Bytes(content.Assessor.Assess(new CaseBuilder(content.Facts).Build(read, new() { AsOf = new(2026, 11, 3) })), content);
    }

    private static byte[] Bytes(Options.Assessment assessment, GuidanceContent? content = null)
    {
        using var json = new AnswerJson(assessment, new Sentences(content ?? Repository.Content, assessment.Case, Words.Language.English));
        return json.Plan().ToArray();
    }

    private static byte[] Again(byte[] plan)
    {
        var problems = new List<ReadingProblem>();
        var stored = StoredPlan.Read(plan, problems)!;
        var assessment = stored.Judge(Repository.Content, problems);
        Assert.Empty(problems);
        return stored.Write(Repository.Content, assessment!).ToArray();
    }

    /// <summary>What is offered, how strongly, and whether with care: read from the JSON as an outsider would.</summary>
    private static IEnumerable<string> Offers(byte[] plan) => JsonDocument.Parse(plan).RootElement.GetProperty("options").EnumerateArray()
        .Where(o => Offered.Contains(o.GetProperty("status").GetString()))
        .Select(o => $"{o.GetProperty("treatment")} {o.GetProperty("status")} {o.GetProperty("safety").EnumerateArray().Any(s => s.GetProperty("severity").GetString() == "avoid" && s.GetProperty("state").GetString() == "applies")}")
        .Order(StringComparer.Ordinal);

    /// <summary>A copy of the guidance in which some text is another: pairs of old and new.</summary>
    private static string Changed(string file, params string[] replacements)
    {
        var guidance = Scratch.CopyOfGuidance();
        var path = Path.Combine(guidance, file);
        var text = File.ReadAllText(path);
        for (var i = 0; i < replacements.Length; i += 2)
        {
            Assert.Contains(replacements[i], text, StringComparison.Ordinal);
            text = text.Replace(replacements[i], replacements[i + 1], StringComparison.Ordinal);
        }

        File.WriteAllText(path, text);
        return guidance;
    }
}
