using System.Text;
using System.Text.Json.Nodes;
using Hilum.Answers;
using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Storage;
using Hilum.Web.Tests.Support;
using Hilum.Words;

namespace Hilum.Web.Tests.Api;

/// <summary>A plan from its first draft to its end, over HTTP.</summary>
public sealed class PlanLifeTests(RunningSite site)
{
    private readonly Caller api = new(site.Client);

    public static TheoryData<string> Patients => [.. Directory.GetDirectories(Path.Combine(RunningSite.Root, "patients")).Select(p => Path.GetFileName(p)!)];

    [Theory]
    [MemberData(nameof(Patients))]
    public async Task A_record_is_judged_to_the_byte_as_the_command_line_does(string patient)
    {
        var folder = Path.Combine(RunningSite.Root, "patients", patient);
        var path = Directory.GetFiles(folder, "case.yaml").Concat(Directory.GetFiles(folder, "bundle.json")).First();
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var record = RecordReader.Read(bytes, RunningSite.Content, new(2026, 11, 3)).Record!;
        var judged = new CaseBuilder(RunningSite.Content.Facts).Build(record, new() { AsOf = new(2026, 11, 3) });
        using var json = new AnswerJson(RunningSite.Content.Assessor.Assess(judged, null), new Sentences(RunningSite.Content, judged, Language.French));
        var answer = await api.Send(HttpMethod.Post, "plan?lang=fr&asOf=2026-11-03", bytes, path.EndsWith(".json", StringComparison.Ordinal) ? "application/fhir+json" : "application/yaml");

        Assert.Equal(Encoding.UTF8.GetString(json.Plan().Span), answer.Was(200).Body);
    }

    [Fact]
    public async Task An_edition_and_a_day_are_taken_from_the_address()
    {
        var answer = (await api.Send(HttpMethod.Post, "plan?edition=ccs-2017&asOf=2018-01-02", Encoding.UTF8.GetBytes("facts: { stage: IV, histology: clear-cell }"), "application/yaml")).Was(200);

        Assert.Equal("2018-01-02", answer.Text("asOf"));
        Assert.Equal(["ccs-2017"], answer.Json.GetProperty("editions").EnumerateArray().Select(e => e.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Every_fault_of_a_request_is_listed()
    {
        var answer = (await api.Send(HttpMethod.Post, "plan?edition=none&asOf=2026-02-30&lang=de&what=1", Encoding.UTF8.GetBytes("facts: { ageing: 3 }"), "application/yaml")).Was(400);

        Assert.Contains("?what", answer.Faults);
        Assert.Contains("?lang", answer.Faults);
        Assert.Contains("edition", answer.Faults);
        Assert.Contains("asOf", answer.Faults);
        Assert.Contains("ageing", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_plan_holds_no_choice_and_says_what_it_rests_on()
    {
        var patient = await api.NewPatient();
        var plan = (await api.Post($"patients/{patient}/plans", $$"""{"record":"{{await api.NewRecord(patient)}}"}""")).Was(201);

        Assert.Equal("draft", plan.Text("state"));
        Assert.Equal(0, plan.Json.GetProperty("steps").GetArrayLength());
        Assert.Equal(RunningSite.Content.Sha256, plan.Json.GetProperty("basis").GetProperty("contentSha256").GetString());
        Assert.Equal(RunningSite.Content.Catalogue.Treatments.Length, plan.Json.GetProperty("basis").GetProperty("statuses").GetArrayLength());
    }

    [Fact]
    public async Task A_plan_goes_its_way_and_every_version_stays()
    {
        var plan = await api.Move(await api.NewPlan(), "proposed", "discussed", "agreed", "active");
        var id = plan.Text("id");

        Assert.Equal(["draft", "proposed", "discussed", "agreed", "active"], (await api.Get($"plans/{id}/versions")).Json.GetProperty("items").EnumerateArray().Select(v => v.GetProperty("state").GetString()));
        Assert.Equal("draft", (await api.Get($"plans/{id}/versions/1")).Was(200).Text("state"));
        (await api.Get($"plans/{id}/versions/6")).Was(404);
        (await api.Post($"plans/{id}/state", """{"to":"draft"}""", ("If-Match", plan.Tag))).Was(409);
    }

    [Fact]
    public async Task The_second_of_two_who_edit_is_told_and_nothing_is_lost()
    {
        var plan = await api.NewPlan();
        var path = $"plans/{plan.Text("id")}";
        (await api.Put(path, """{"goal":"hers"}""", ("If-Match", plan.Tag), ("Hilum-User", "ann"))).Was(200);
        var told = (await api.Put(path, """{"goal":"his"}""", ("If-Match", plan.Tag))).Was(412);

        Assert.Contains("saved by ann", told.Text("title"), StringComparison.Ordinal);
        Assert.Equal(2, told.Json.GetProperty("current").GetInt32());
        Assert.Equal("hers", (await api.Get(path)).Text("goal"));
        (await api.Put(path, """{"goal":"his"}""")).Was(428);
    }

    [Fact]
    public async Task What_was_read_can_be_changed_and_sent_back_whole()
    {
        var plan = await api.NewPlan();
        var changed = (await api.Put($"plans/{plan.Text("id")}", plan.Body.Replace("Live well", "Live long", StringComparison.Ordinal), ("If-Match", plan.Tag))).Was(200);

        Assert.Equal("Live long", changed.Text("goal"));
        Assert.Equal(2, changed.Json.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_treatment_or_a_record_that_is_not_there_is_named()
    {
        var patient = await api.NewPatient();
        Assert.Equal(["record"], (await api.Post($"patients/{patient}/plans", """{"record":"none"}""")).Was(400).Faults);
        Assert.Equal(["steps/0/treatment", "supersedes"], (await api.Post($"patients/{patient}/plans", $$"""{"record":"{{await api.NewRecord(patient)}}","steps":[{"treatment":"magic"}],"supersedes":"x"}""")).Was(400).Faults);
    }

    [Fact]
    public async Task Checks_are_dated_from_the_start_of_each_step()
    {
        var patient = await api.NewPatient();
        var plan = (await api.Post($"patients/{patient}/plans", $$"""{"record":"{{await api.NewRecord(patient)}}","goal":"g","steps":[{"treatment":"sunitinib","start":"2027-01-04"},{"treatment":"cabozantinib"}]}""")).Was(201);
        var monitoring = plan.Json.GetProperty("monitoring");

        Assert.Equal("2028-01-04", monitoring.GetProperty("through").GetString());
        Assert.All(monitoring.GetProperty("due").EnumerateArray(), d => Assert.Equal("sunitinib", monitoring.GetProperty("checks")[d.GetProperty("check").GetInt32() - 1].GetProperty("treatment").GetString()));
        Assert.Contains(monitoring.GetProperty("undated").EnumerateArray(), u => u.GetProperty("because").GetString() == "no-start-date");
    }

    [Theory]
    [InlineData("accepted")]
    [InlineData("changed")]
    [InlineData("declined")]
    public async Task Every_decision_asks_for_the_same(string decision)
    {
        var path = $"plans/{(await api.NewPlan()).Text("id")}/decisions";
        (await api.Post(path, $$"""{"treatment":"sunitinib","decision":"{{decision}}","reason":"patient-preference"}""")).Was(201);
        Assert.Equal(["reason"], (await api.Post(path, $$"""{"treatment":"sunitinib","decision":"{{decision}}"}""")).Was(400).Faults);
        Assert.Equal(decision, (await api.Get(path)).Json.GetProperty("items")[0].GetProperty("decision").GetString());
        Assert.Contains((await api.Get("reports/decisions")).Json.GetProperty("items").EnumerateArray(), i => i.GetProperty("decision").GetString() == decision && i.GetProperty("treatment").GetString() == "sunitinib");
    }

    [Fact]
    public async Task A_board_note_keeps_dissent_and_follow_up()
    {
        var path = $"plans/{(await api.NewPlan()).Text("id")}/notes";
        (await api.Post(path, """{"question":"Operate first?","present":["urology","medical-oncology"],"answer":"No","dissent":[{"discipline":"urology","says":"Yes"}],"followUp":[{"what":"Scan","who":"radiology","by":"2026-12-01"}]}""")).Was(201);
        Assert.Equal(["dissent/0/discipline", "present/0", "question"], (await api.Post(path, """{"present":["astrology"],"dissent":[{"discipline":"alchemy","says":"Yes"}]}""")).Was(400).Faults);
        var note = (await api.Get(path)).Json.GetProperty("items")[0];

        Assert.Equal("Yes", note.GetProperty("dissent")[0].GetProperty("says").GetString());
        Assert.Equal("2026-12-01", note.GetProperty("followUp")[0].GetProperty("by").GetString());
    }

    [Fact]
    public async Task A_board_note_keeps_the_way_of_the_case_and_lists_what_it_lacks()
    {
        var path = $"plans/{(await api.NewPlan()).Text("id")}/notes";
        const string Said = """ "wishes":"home","setAside":"surgery: too frail","states":[{"state":"ready","on":"2026-11-20","owner":"secretary"},{"state":"deferred","on":"2026-11-23","owner":"chair","reason":"no scan"},{"state":"followed-up","on":"2027-03-01","owner":"nurse"}],"owners":[{"fact":"albumin","owner":"nurse"}],"trial":{"offered":false,"whyNot":"none open"},"loopBack":{"followed":true,"response":"SD","on":"2027-02-27","outcome":"at home"} """;
        var kept = (await api.Post(path, $$"""{"question":"Operate first?","present":["urology"],{{Said}}}""")).Was(201);
        var faults = (await api.Post(path, """{"question":"?","present":[],"states":[{"state":"deferred","on":"2026-11-23","owner":"o"},{"state":"sent","on":"x"},{"state":"followed-up","on":"2026-11-23","owner":"o"}],"owners":[{"fact":"shoe-size","owner":"o"}],"trial":{"offered":false}}""")).Was(400).Faults;

        Assert.Contains(Said.Trim(), JsonNode.Parse(kept.Body)!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["loopBack", "owners/0/fact", "states/0/reason", "states/1/on", "states/1/owner", "states/1/state", "trial/whyNot"], faults);
        Assert.Equal(["loopBack/followed", "loopBack/response"], (await api.Post(path, """{"question":"?","present":[],"loopBack":{"response":"better"}}""")).Was(400).Faults);
    }

    [Fact]
    public async Task A_signature_holds_the_hash_of_the_version_signed()
    {
        var plan = await api.NewPlan();
        var path = $"plans/{plan.Text("id")}/sign-offs";
        (await api.Post(path, """{"role":"patient"}""", ("If-Match", plan.Tag))).Was(409);
        plan = await api.Move(plan, "proposed");
        (await api.Post(path, """{"role":"patient"}""", ("If-Match", "\"1\""))).Was(412);
        var signed = (await api.Post(path, """{"role":"patient"}""", ("If-Match", plan.Tag))).Was(201);

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(plan.Body))), signed.Text("planSha256"));
        Assert.Equal(2, signed.Json.GetProperty("planVersion").GetInt32());
    }

    [Fact]
    public async Task A_request_sent_twice_is_done_once()
    {
        var plan = await api.NewPlan();
        var path = $"plans/{plan.Text("id")}/decisions";
        const string Decision = """{"treatment":"sunitinib","decision":"declined","reason":"other"}""";
        var first = (await api.Post(path, Decision, ("Idempotency-Key", "a-key"))).Was(201);
        var again = (await api.Post(path, Decision, ("Idempotency-Key", "a-key"))).Was(201);

        Assert.Equal(first.Body, again.Body);
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(1, (await api.Get(path)).Json.GetProperty("items").GetArrayLength());
        (await api.Post(path, Decision.Replace("other", "frailty", StringComparison.Ordinal), ("Idempotency-Key", "a-key"))).Was(422);
    }

    [Fact]
    public async Task A_plan_can_be_had_in_four_formats_and_is_not_sent_again_unchanged()
    {
        var plan = await api.NewPlan(more: """,  "questions":["<img src=x onerror=alert(1)>"]""");
        var path = $"plans/{plan.Text("id")}";
        Assert.Equal(plan.Body, (await api.Get(path)).Body);
        Assert.Contains("\"CarePlan\"", (await api.Get(path, ("Accept", "application/fhir+json"))).Was(200).Body, StringComparison.Ordinal);
        var html = (await api.Get($"{path}?format=html&lang=fr")).Was(200);
        Assert.Contains("<html lang=\"fr\">", html.Body, StringComparison.Ordinal);
        Assert.Contains("&lt;img", html.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html.Body, StringComparison.Ordinal);
        Assert.StartsWith("# Plan for", (await api.Get($"{path}?format=text")).Was(200).Body, StringComparison.Ordinal);
        (await api.Get(path, ("If-None-Match", plan.Tag))).Was(304);
        (await api.Get(path, ("Accept", "image/png"))).Was(406);
        Assert.Equal(["?format"], (await api.Get($"{path}?format=pdf")).Was(400).Faults);
    }

    [Fact]
    public async Task A_record_comes_back_as_it_was_received()
    {
        var patient = await api.NewPatient();
        var record = await api.NewRecord(patient);
        var path = $"patients/{patient}/records/{record}";

        Assert.Equal(Caller.CaseFile, (await api.Get(path)).Was(200).Body);
        Assert.Equal("in-scope", (await api.Get($"{path}/plan")).Was(200).Text("scope"));
        (await api.Get($"patients/{await api.NewPatient()}/records/{record}")).Was(404);
        (await api.Send(HttpMethod.Post, $"patients/{patient}/records", Encoding.UTF8.GetBytes("facts: { ageing: 1 }"), "application/yaml")).Was(400);
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        for (var i = 0; i < 5; i++) await api.NewPatient();
        var seen = new List<string>();
        for (string? next = "/api/v1/patients?limit=2"; next is not null;)
        {
            var page = (await api.Get(next)).Was(200);
            seen.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("id").GetString()!));
            next = page.Json.TryGetProperty("next", out var following) ? following.GetString() : null;
        }

        Assert.True(seen.Count >= 5);
        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(["?after", "?limit"], (await api.Get("patients?limit=0&after=x")).Was(400).Faults);
    }

    [Fact]
    public async Task Every_evaluation_reading_and_writing_is_in_the_audit_with_its_hashes()
    {
        var patient = await api.NewPatient();
        var answer = await api.Send(HttpMethod.Post, "plan", Encoding.UTF8.GetBytes(Caller.CaseFile), "application/yaml", ("Hilum-User", "eve.l@clinic"));
        await api.Get($"patients/{patient}", ("Hilum-User", "bob"));
        var entries = new List<Hilum.Plans.AuditEntry>();
        Copying.Each(site.Store, row =>
        {
            if (row.Table == Table.Audit) entries.Add(row.Entry());
        });

        var judged = Assert.Single(entries, e => e.Who == "eve.l@clinic");
        Assert.Equal(("evaluate", RunningSite.Content.Sha256), (judged.Action, judged.ContentSha256));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Caller.CaseFile))), judged.InputSha256);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(answer.Body))), judged.OutputSha256);
        Assert.Contains(entries, e => e is { Who: "bob", Action: "read" } && e.Subject == $"patients/{patient}");
        Assert.Contains(entries, e => e.Action == "add-patient" && e.Subject == $"patients/{patient}");
        Assert.Empty(Verification.Of(site.Store).Faults);
    }

    [Fact]
    public async Task The_description_names_every_address_and_the_page_too()
    {
        var description = (await api.Get("/openapi/v1.json")).Was(200).Json;
        var page = (await api.Get("/api")).Was(200).Body;
        Assert.StartsWith("3.1", description.GetProperty("openapi").GetString()!, StringComparison.Ordinal);
        foreach (var path in new[] { "/api/v1/plan", "/api/v1/patients/{id}/plans", "/api/v1/plans/{id}", "/api/v1/plans/{id}/sign-offs", "/api/v1/audit" })
        {
            Assert.True(description.GetProperty("paths").TryGetProperty(path, out _), path);
            Assert.Contains(path, page, StringComparison.Ordinal);
        }

        Assert.Contains("goal", description.GetProperty("components").GetProperty("schemas").GetProperty("NewPlan").GetProperty("properties").EnumerateObject().Select(p => p.Name));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_asks_for_what_the_api_asks_for_and_for_no_more()
    {
        var schemas = (await api.Get("/openapi/v1.json")).Was(200).Json.GetProperty("components").GetProperty("schemas");
        string?[] Required(params string[] path) => [.. path.Aggregate(schemas, (at, name) => at.GetProperty(name)).GetProperty("required").EnumerateArray().Select(r => r.GetString())];

        Assert.Equal(["record"], Required("NewPlan"));
        Assert.Equal(["treatment"], Required("NewPlan", "properties", "steps", "items"));
        Assert.Equal(["treatment", "decision", "reason"], Required("NewDecision"));
        Assert.Equal(["question", "present"], Required("NewNote"));
        Assert.Equal(["offered"], Required("NewNote", "properties", "trial"));
        Assert.Equal(["state", "on", "owner"], Required("NewNote", "properties", "states", "items"));
    }

    [Fact]
    public async Task It_says_whether_its_store_answers() => (await api.Get("/readyz")).Was(200);
}
