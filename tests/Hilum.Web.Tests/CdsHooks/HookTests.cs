using System.Text.Json;
using System.Text.Json.Nodes;
using Hilum.Web.Tests.Support;

namespace Hilum.Web.Tests.CdsHooks;

/// <summary>What a hospital system sees of the service: discovery, cards, refusals.</summary>
public sealed class HookTests(RunningSite site)
{
    private const string Patient = "untreated-clear-cell-favourable";
    private const string Options = "/cds-services/kidney-cancer-options";
    private const string Sign = "/cds-services/kidney-cancer-order-sign";
    private const string Select = "/cds-services/kidney-cancer-order-select";

    [Fact]
    public async Task Discovery_names_a_service_for_each_hook_and_what_it_wants_to_be_sent()
    {
        using var answer = await site.Client.GetAsync("/cds-services", TestContext.Current.CancellationToken);
        var services = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("services").EnumerateArray().ToList();

        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["order-select", "order-sign", "patient-view"], services.Select(s => s.GetProperty("hook").GetString()!).Order());
        foreach (var service in services)
        {
            Assert.NotEmpty(service.GetProperty("id").GetString()!);
            Assert.NotEmpty(service.GetProperty("description").GetString()!);
            Assert.Equal("Patient/{{context.patientId}}", service.GetProperty("prefetch").GetProperty("patient").GetString());
            Assert.Contains("http://loinc.org|718-7", service.GetProperty("prefetch").GetProperty("labsHaem").GetString());
        }
    }

    [Fact]
    public async Task A_patient_with_kidney_cancer_gets_one_card_that_lists_what_the_plan_lists()
    {
        var prefetch = Ehr.PrefetchOf(Patient);
        var (status, body, _) = await Ehr.Post(site.Client, Options, Ehr.Fire("patient-view", prefetch));

        Assert.Equal(200, status);
        var card = Assert.Single(body.GetProperty("cards").EnumerateArray());
        Conform(card);
        var detail = card.GetProperty("detail").GetString()!;
        Assert.Contains("Options offered", detail, StringComparison.Ordinal);
        Assert.Contains("supports a decision", detail, StringComparison.Ordinal);
        Assert.NotEmpty(card.GetProperty("suggestions").EnumerateArray());
        Assert.All(card.GetProperty("suggestions").EnumerateArray(), s => Assert.False(s.GetProperty("isRecommended").GetBoolean()));
        Assert.DoesNotContain(Ehr.IdOf(prefetch), card.GetProperty("summary").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_suggested_is_a_draft_for_this_patient_and_no_order()
    {
        var prefetch = Ehr.PrefetchOf(Patient);
        var (_, body, _) = await Ehr.Post(site.Client, Options, Ehr.Fire("patient-view", prefetch));

        var resources = body.GetProperty("cards")[0].GetProperty("suggestions").EnumerateArray().SelectMany(s => s.GetProperty("actions").EnumerateArray()).Select(a => a.GetProperty("resource")).ToList();
        Assert.NotEmpty(resources);
        Assert.All(resources, r =>
        {
            Assert.Equal("draft", r.GetProperty("status").GetString());
            Assert.Equal("proposal", r.GetProperty("intent").GetString());
            Assert.Equal($"Patient/{Ehr.IdOf(prefetch)}", r.GetProperty("subject").GetProperty("reference").GetString());
        });
    }

    [Fact]
    public async Task A_patient_of_whom_nothing_says_kidney_cancer_gets_no_card()
    {
        var prefetch = Ehr.PrefetchOf(Patient);
        prefetch["conditions"] = Ehr.Search([], "Condition");
        prefetch["labsHaem"] = null;
        prefetch["procedures"] = null;
        var (status, body, _) = await Ehr.Post(site.Client, Options, Ehr.Fire("patient-view", prefetch));

        Assert.Equal(200, status);
        Assert.Empty(body.GetProperty("cards").EnumerateArray());
    }

    [Theory]
    [InlineData("patient")]
    [InlineData("conditions")]
    public async Task Without_what_is_needed_and_nowhere_to_ask_the_precondition_fails_and_names_it(string key)
    {
        var prefetch = Ehr.PrefetchOf(Patient);
        var request = Ehr.Fire("patient-view", prefetch);
        request["prefetch"]!.AsObject().Remove(key);
        var (status, body, _) = await Ehr.Post(site.Client, Options, request);

        Assert.Equal(412, status);
        Assert.Equal("OperationOutcome", body.GetProperty("resourceType").GetString());
        Assert.Contains(key, body.GetProperty("issue")[0].GetProperty("diagnostics").GetString()!, StringComparison.Ordinal);
    }

    /// <summary>Each key that can be done without, taken away: an answer that says what was not at hand, never a failure.</summary>
    [Fact]
    public async Task Part_of_the_data_is_enough_and_the_card_says_what_is_absent()
    {
        foreach (var key in Ehr.PrefetchOf(Patient).Select(p => p.Key).Where(k => k is not ("patient" or "conditions")).ToList())
        {
            var prefetch = Ehr.PrefetchOf(Patient);
            prefetch.Remove(key);
            var (status, body, _) = await Ehr.Post(site.Client, Options, Ehr.Fire("patient-view", prefetch));

            Assert.Equal(200, status);
            Assert.Contains(key, Assert.Single(body.GetProperty("cards").EnumerateArray()).GetProperty("detail").GetString()!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_page_of_several_is_said_to_be_cut()
    {
        var prefetch = Ehr.PrefetchOf(Patient);
        prefetch["labsHaem"]!.AsObject()["link"] = new JsonArray(new JsonObject { ["relation"] = "next", ["url"] = "https://ehr.example.org/fhir?page=2" });
        var (_, body, _) = await Ehr.Post(site.Client, Options, Ehr.Fire("patient-view", prefetch));

        Assert.Contains("Some data is cut", body.GetProperty("cards")[0].GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_is_too_old_is_not_used()
    {
        var prefetch = Ehr.PrefetchOf(Patient);
        prefetch["conditions"]!.AsObject()["meta"] = new JsonObject { ["lastUpdated"] = "2020-01-01T00:00:00Z" };
        var (status, body, _) = await Ehr.Post(site.Client, Options, Ehr.Fire("patient-view", prefetch));

        Assert.Equal(412, status);
        Assert.Contains("minutes old", body.GetProperty("issue")[0].GetProperty("diagnostics").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_about_another_patient_is_refused()
    {
        var request = Ehr.Fire("patient-view", Ehr.PrefetchOf(Patient));
        request["context"]!["patientId"] = "someone-else";
        var (status, _, _) = await Ehr.Post(site.Client, Options, request);

        Assert.Equal(422, status);
    }

    [Fact]
    public async Task A_server_that_is_not_on_the_list_is_not_asked()
    {
        var request = Ehr.Fire("patient-view", Ehr.PrefetchOf(Patient));
        request["prefetch"]!.AsObject().Remove("conditions");
        request["fhirServer"] = "http://127.0.0.1:1/fhir";
        var (status, body, _) = await Ehr.Post(site.Client, Options, request);

        Assert.Equal(412, status);
        Assert.Contains("not on the list", body.GetProperty("issue")[0].GetProperty("diagnostics").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_facts_make_the_same_card_and_changed_facts_make_one_that_replaces_it()
    {
        var prefetch = Ehr.PrefetchOf("late-relapse");
        var first = await Uuid(prefetch);
        Assert.Equal(first.Id, (await Uuid(prefetch)).Id);
        var result = prefetch["labsHaem"]!["entry"]!.AsArray().Select(e => e!["resource"]!).First(r => r["valueQuantity"] is not null && r.ToJsonString().Contains("718-7", StringComparison.Ordinal));
        result["valueQuantity"]!["value"] = 9.1m;
        result["valueQuantity"]!["unit"] = "g/dL";
        result["valueQuantity"]!["code"] = "g/dL";
        var changed = await Uuid(prefetch);

        Assert.NotEqual(first.Id, changed.Id);
        Assert.Equal(first.Id, changed.Replaces);

        async Task<(string Id, string? Replaces)> Uuid(JsonObject sent)
        {
            var (_, body, _) = await Ehr.Post(site.Client, Options, Ehr.Fire("patient-view", sent.DeepClone().AsObject()));
            var card = body.GetProperty("cards")[0];
            return (card.GetProperty("uuid").GetString()!, card.GetProperty("extension").GetProperty("org.hilum.card").TryGetProperty("replaces", out var old) ? old.GetString() : null);
        }
    }

    [Theory]
    [InlineData(Sign, "order-sign")]
    [InlineData(Select, "order-select")]
    public async Task A_contraindicated_draft_is_critical_and_says_why(string service, string hook)
    {
        var more = Ehr.Drafts(Ehr.Named("nivolumab 240 mg"), Ehr.Named("ipilimumab"));
        more["selections"] = new JsonArray("MedicationRequest/draft1");
        var (status, body, _) = await Ehr.Post(site.Client, service, Ehr.Fire(hook, WithDisease("Z94.0"), more));

        Assert.Equal(200, status);
        var card = body.GetProperty("cards").EnumerateArray().First(c => c.GetProperty("source").GetProperty("topic").GetProperty("code").GetString() == "contraindication");
        Conform(card);
        Assert.Equal("critical", card.GetProperty("indicator").GetString());
        Assert.NotEmpty(card.GetProperty("extension").GetProperty("org.hilum.card").GetProperty("rules").EnumerateArray());
    }

    [Theory]
    [InlineData("http://www.nlm.nih.gov/research/umls/rxnorm", "1363268")]
    [InlineData("http://www.whocc.no/atc", "L01EX07")]
    public async Task A_drug_is_known_by_its_code_and_gets_the_dose_of_its_regimens(string system, string code)
    {
        var (_, body, _) = await Ehr.Post(site.Client, Sign, Ehr.Fire("order-sign", Ehr.PrefetchOf(Patient), Ehr.Drafts(Ehr.Coded(system, code))));

        var card = body.GetProperty("cards").EnumerateArray().First(c => c.GetProperty("source").GetProperty("topic").GetProperty("code").GetString() == "dose");
        Conform(card);
        Assert.Contains("60 mg", card.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.Contains("40 mg", card.GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, "info")]
    [InlineData(600, "warning")]
    public async Task A_dose_that_no_regimen_has_is_a_warning(int amount, string indicator)
    {
        var drafts = Ehr.Drafts(Ehr.Named("cabozantinib"));
        drafts["draftOrders"]!["entry"]![0]!["resource"]!["dosageInstruction"] = new JsonArray(new JsonObject
        {
            ["doseAndRate"] = new JsonArray(new JsonObject { ["doseQuantity"] = new JsonObject { ["value"] = amount, ["unit"] = "mg", ["system"] = "http://unitsofmeasure.org", ["code"] = "mg" } }),
        });
        var (_, body, _) = await Ehr.Post(site.Client, Sign, Ehr.Fire("order-sign", Ehr.PrefetchOf(Patient), drafts));

        var card = body.GetProperty("cards").EnumerateArray().First(c => c.GetProperty("source").GetProperty("topic").GetProperty("code").GetString() == "dose");
        Assert.Equal(indicator, card.GetProperty("indicator").GetString());
    }

    [Fact]
    public async Task A_medicine_that_interacts_with_the_treatment_given_now_gets_a_card()
    {
        var prefetch = Ehr.PrefetchOf(Patient);
        prefetch["medStatements"] = Ehr.Search([JsonNode.Parse($$$"""
            {"resourceType":"MedicationStatement","id":"now1","status":"active","medicationCodeableConcept":{"text":"cabozantinib"},
             "subject":{"reference":"Patient/{{{Ehr.IdOf(prefetch)}}}"},"effectivePeriod":{"start":"2026-09-01"}}
            """)!], "MedicationStatement");
        var (status, body, _) = await Ehr.Post(site.Client, Sign, Ehr.Fire("order-sign", prefetch, Ehr.Drafts(Ehr.Named("clarithromycin 500 mg"))));

        Assert.Equal(200, status);
        var card = body.GetProperty("cards").EnumerateArray().First(c => c.GetProperty("source").GetProperty("topic").GetProperty("code").GetString() == "interaction");
        Conform(card);
        Assert.NotEqual("info", card.GetProperty("indicator").GetString());
    }

    [Fact]
    public async Task A_medicine_that_is_not_known_is_said_to_be_unchecked()
    {
        var (_, body, _) = await Ehr.Post(site.Client, Sign, Ehr.Fire("order-sign", Ehr.PrefetchOf(Patient), Ehr.Drafts(Ehr.Named("frobnicumab"))));

        var card = Assert.Single(body.GetProperty("cards").EnumerateArray());
        Assert.Equal("not-checked", card.GetProperty("source").GetProperty("topic").GetProperty("code").GetString());
        Assert.Contains("not checked", card.GetProperty("summary").GetString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order-sign.01.json", 412)]
    [InlineData("order-sign.03.json", 200)]
    public async Task The_standards_own_examples_are_understood_a_medicine_needs_the_patient_and_what_is_none_gets_no_card(string sample, int expected)
    {
        var context = JsonNode.Parse(File.ReadAllText(Path.Combine(RunningSite.Root, "tests", "Hilum.Web.Tests", "CdsHooks", "samples", sample)))!["context"]!;
        var request = new JsonObject { ["hook"] = "order-sign", ["hookInstance"] = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", ["context"] = context.DeepClone() };
        var (status, body, _) = await Ehr.Post(site.Client, Sign, request);

        Assert.True(status == expected, $"{status} {body}");
        if (status == 200) Assert.Empty(body.GetProperty("cards").EnumerateArray());
    }

    [Fact]
    public async Task French_is_answered_in_French()
    {
        var (_, body, _) = await Ehr.Post(site.Client, Options, Ehr.Fire("patient-view", Ehr.PrefetchOf(Patient)), r => r.Headers.Add("Accept-Language", "fr-CA, en;q=0.5"));

        Assert.Contains("Cancer du rein", body.GetProperty("cards")[0].GetProperty("summary").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feedback_is_kept_and_reported_by_rule_without_its_comments()
    {
        var (_, body, _) = await Ehr.Post(site.Client, Options, Ehr.Fire("patient-view", Ehr.PrefetchOf("papillary-poor-risk")));
        var card = body.GetProperty("cards")[0];
        var rule = card.GetProperty("extension").GetProperty("org.hilum.card").GetProperty("rules")[0].GetString()!;
        var sent = new JsonObject
        {
            ["feedback"] = new JsonArray(
                new JsonObject
                {
                    ["card"] = card.GetProperty("uuid").GetString(),
                    ["outcome"] = "overridden",
                    ["outcomeTimestamp"] = "2026-11-23T10:05:31Z",
                    ["overrideReason"] = new JsonObject { ["reason"] = new JsonObject { ["code"] = "patient-contraindication", ["system"] = "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes" }, ["userComment"] = "Mrs Smith of 5 Elm Street" },
                },
                new JsonObject
                {
                    ["card"] = card.GetProperty("uuid").GetString(),
                    ["outcome"] = "accepted",
                    ["outcomeTimestamp"] = "2026-11-23T10:06:31Z",
                    ["acceptedSuggestions"] = new JsonArray(new JsonObject { ["id"] = card.GetProperty("suggestions")[0].GetProperty("uuid").GetString() }),
                }),
        };
        var (status, _, _) = await Ehr.Post(site.Client, Options + "/feedback", sent);
        var report = await site.Client.GetStringAsync("/api/v1/cds-feedback", TestContext.Current.CancellationToken);

        Assert.Equal(200, status);
        var row = JsonDocument.Parse(report).RootElement.GetProperty("rules").EnumerateArray().First(r => r.GetProperty("rule").GetString() == rule);
        Assert.True(row.GetProperty("accepted").GetInt32() >= 1);
        Assert.True(row.GetProperty("overridden").GetInt32() >= 1);
        Assert.True(row.GetProperty("reasons").GetProperty("patient-contraindication").GetInt32() >= 1);
        Assert.DoesNotContain("Smith", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"feedback":[]}""")]
    [InlineData("""{"feedback":[{"card":"no uuid","outcome":"accepted"}]}""")]
    [InlineData("""{"feedback":[{"card":"4e0a3a1e-3eda-4404-b11a-000000000001","outcome":"accepted"}]}""")]
    [InlineData("""{"feedback":[{"card":"4e0a3a1e-3eda-4404-b11a-000000000001","outcome":"ignored"}]}""")]
    public async Task Feedback_that_the_standard_does_not_allow_is_refused_with_a_reason(string body)
    {
        var (status, outcome, _) = await Ehr.Post(site.Client, Options + "/feedback", JsonNode.Parse(body)!);

        Assert.Equal(400, status);
        Assert.StartsWith("feedback", outcome.GetProperty("issue")[0].GetProperty("diagnostics").GetString()!, StringComparison.Ordinal);
    }

    /// <summary>What CDS Hooks 2.0.1 asks of every card (its table of card attributes and the invariants cds-resp-1 to 7 of 3.0).</summary>
    private static void Conform(JsonElement card)
    {
        Assert.True(Guid.TryParse(card.GetProperty("uuid").GetString(), out _));
        Assert.InRange(card.GetProperty("summary").GetString()!.Length, 1, 139);
        Assert.Contains(card.GetProperty("indicator").GetString(), new[] { "info", "warning", "critical" });
        Assert.NotEmpty(card.GetProperty("source").GetProperty("label").GetString()!);
        Assert.All(card.GetProperty("overrideReasons").EnumerateArray(), r => Assert.NotEmpty(r.GetProperty("display").GetString()!));
        if (card.TryGetProperty("suggestions", out var suggestions))
        {
            Assert.Contains(card.GetProperty("selectionBehavior").GetString(), new[] { "at-most-one", "any" });
            foreach (var action in suggestions.EnumerateArray().SelectMany(s => s.GetProperty("actions").EnumerateArray()))
            {
                Assert.Equal("create", action.GetProperty("type").GetString());
                Assert.NotEmpty(action.GetProperty("description").GetString()!);
            }
        }

        NothingEmpty(card);
    }

    /// <summary>"JSON attributes SHALL NOT be null ... JSON objects SHALL NOT be empty."</summary>
    private static void NothingEmpty(JsonElement element)
    {
        Assert.NotEqual(JsonValueKind.Null, element.ValueKind);
        if (element.ValueKind is JsonValueKind.String) Assert.NotEqual("", element.GetString());
        if (element.ValueKind is JsonValueKind.Array) Assert.NotEqual(0, element.GetArrayLength());
        if (element.ValueKind is JsonValueKind.Array)
            foreach (var item in element.EnumerateArray()) NothingEmpty(item);
        if (element.ValueKind is not JsonValueKind.Object) return;
        Assert.NotEmpty(element.EnumerateObject());
        foreach (var member in element.EnumerateObject()) NothingEmpty(member.Value);
    }

    /// <summary>The example patient with one more disease.</summary>
    private static JsonObject WithDisease(string icd10)
    {
        var prefetch = Ehr.PrefetchOf(Patient);
        prefetch["conditions"]!["entry"]!.AsArray().Add(new JsonObject
        {
            ["resource"] = JsonNode.Parse($$$"""
                {"resourceType":"Condition","id":"more1","recordedDate":"2026-11-20","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},
                 "code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"{{{icd10}}}"}]},"subject":{"reference":"Patient/{{{Ehr.IdOf(prefetch)}}}"}}
                """),
        });
        return prefetch;
    }
}
