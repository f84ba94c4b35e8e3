using System.Text.RegularExpressions;
using Hilum.Answers;
using Hilum.Fhir.Writing;
using Hilum.Plans;
using Hilum.Storage;
using Hilum.Words;

namespace Hilum.Web.Api;

/// <summary>Patients, records, plans, decisions, board notes and sign-offs.</summary>
internal static partial class PlanCalls
{
    public const int LargestRecord = 8 * 1024 * 1024;
    public static readonly string[] RecordKinds = ["application/fhir+json", "application/json", "application/yaml", "application/x-yaml", "text/yaml", "application/fhir+ndjson", "application/x-ndjson"];

    // ---- patients and records ----

    public static async Task<Reply> AddPatient(Call call)
    {
        call.Expect();
        var id = (await call.Json(f => new NewPatient(f.Text("id", 64, required: true) ?? ""))).Id;
        if (!LocalId().IsMatch(id)) throw Refusal.Bad("id", "1 to 64 letters, digits, dots or hyphens were expected");
        return await call.Save(w =>
        {
            var patient = w.AddPatient(id, call.BodySha256);
            return Made($"/patients/{id}", JsonText.Object(json => Bodies.Patient(json, patient)));
        });
    }

    public static Task<Reply> Patients(Call call)
    {
        call.Expect("after", "limit");
        var (after, limit) = call.Page();
        return call.Read(r => call.List(r.Patients(after, limit), limit, Bodies.Item<StoredPatient>(Bodies.Patient)));
    }

    public static Task<Reply> Patient(Call call)
    {
        call.Expect();
        return call.Read(r => Ok(JsonText.Object(json => Bodies.Patient(json, Patient(r, call)))));
    }

    public static async Task<Reply> AddRecord(Call call)
    {
        call.Expect();
        await call.ReadBody(LargestRecord, RecordKinds);
        Judgement.Of(call.Body, call.Content, [], null, call.Today, call.Problems); // what cannot be read is not stored
        call.Check();
        var media = call.Http.Request.ContentType is { Length: > 0 } type ? type.Split(';')[0].Trim().ToLowerInvariant() : "application/octet-stream";
        return await call.Save(w =>
        {
            var record = w.AddRecord(Patient(w, call).Id, media, call.Body, call.Content.Sha256);
            return Made($"/patients/{record.Patient}/records/{record.Id}", JsonText.Object(json => Bodies.Record(json, record)));
        });
    }

    public static Task<Reply> Records(Call call)
    {
        call.Expect("after", "limit");
        var (after, limit) = call.Page();
        return call.Read(r => call.List(r.Records(Patient(r, call).Id, after, limit), limit, Bodies.Item<StoredRecord>(Bodies.Record)));
    }

    public static Task<Reply> Record(Call call)
    {
        call.Expect();
        return call.Read(r =>
        {
            var record = Record(r, call);
            return new Reply(200, record.Body) { Media = record.Media, Tag = $"\"{Call.Sha256(record.Body)}\"", SaveAs = record.Id };
        });
    }

    /// <summary>A stored record judged again, by the guidance of now.</summary>
    public static Task<Reply> JudgeRecord(Call call)
    {
        call.Expect("edition", "asOf", "lang", "format");
        var (language, format) = (call.Language(), Formats.Of(call));
        return call.Read(r =>
        {
            var judged = Judgement.Of(Record(r, call).Body, call.Content, call.Http.Request.Query["edition"].OfType<string>(), call.One("asOf"), call.Today, call.Problems);
            call.Check();
            return new Reply(200, judged!.Write(format, call.Content, language)) { Media = Formats.Media(format) };
        });
    }

    // ---- plans ----

    public static async Task<Reply> AddPlan(Call call)
    {
        call.Expect();
        var (record, asOf, editions, draft) = await call.Json(f => Tuple.Create(f.Text("record", 64, required: true), f.Text("asOf", 40), f.Texts("editions", 50, 100), PlanJson.Draft(f)));
        var stored = call.Store.Read(r => Patient(r, call) is var patient ? r.Record(patient.Id, record!) : null);
        if (stored is null) throw Refusal.Bad("record", "this patient has no record of this id");
        var judged = Judgement.Of(stored.Body, call.Content, editions, asOf, call.Today, call.Problems);
        call.Check();
        var basis = judged!.Basis(stored.Id, Call.Sha256(stored.Body), call.Content);
        return await call.Save(w =>
        {
            PlanDesk.Check(draft, stored.Patient, null, call.Content, w, call.Problems);
            call.Check();
            var plan = new Plan { Id = w.NewId(), Patient = stored.Patient, Version = 1, State = PlanState.Draft, Content = draft, Basis = basis, Calendar = PlanDesk.Calendar(draft, basis.AsOf, call.Content) };
            return Saved(w.AddPlan(plan, call.BodySha256), 201);
        });
    }

    public static Task<Reply> PlansOfPatient(Call call)
    {
        call.Expect("after", "limit");
        var (after, limit) = call.Page();
        return call.Read(r => call.List(r.Plans(Patient(r, call).Id, after, limit), limit, Bodies.Item<PlanHead>(Bodies.Head)));
    }

    public static Task<Reply> Plans(Call call)
    {
        call.Expect("after", "limit");
        var (after, limit) = call.Page();
        return call.Read(r => call.List(r.Plans(null, after, limit), limit, Bodies.Item<PlanHead>(Bodies.Head)));
    }

    public static Task<Reply> Plan(Call call) => Shown(call, r => Plan(r, call));

    public static Task<Reply> PlanVersion(Call call) => Shown(call, r => r.Plan(call.Part("id"), call.Version) ?? throw Refusal.Missing("such version of this plan"));

    public static Task<Reply> Versions(Call call)
    {
        call.Expect();
        return call.Read(r =>
        {
            Plan(r, call);
            var versions = r.Versions(call.Part("id"));
            return call.List(new StorePage<PlanHead>(versions, null), versions.Count, Bodies.Item<PlanHead>(Bodies.Head));
        });
    }

    public static async Task<Reply> EditPlan(Call call)
    {
        call.Expect();
        var seen = call.IfMatch(required: true);
        var draft = await call.Json(f =>
        {
            f.Ignore("id", "patient", "version", "state", "next", "monitoring", "basis"); // as GET gave them
            return PlanJson.Draft(f);
        });
        return await call.Save(w =>
        {
            var current = Plan(w, call);
            Call.Matches(current, seen);
            PlanDesk.Check(draft, current.Value.Patient, current.Value.Id, call.Content, w, call.Problems);
            call.Check();
            var problems = current.Value.Edit(draft, PlanDesk.Calendar(draft, current.Value.Basis.AsOf, call.Content), out var changed);
            return problems.Count > 0 ? throw new Refusal(409, problems[0].Says, problems) : Saved(w.AddPlan(changed, call.BodySha256), 200);
        });
    }

    public static async Task<Reply> MovePlan(Call call)
    {
        call.Expect();
        var seen = call.IfMatch(required: true);
        var (to, next) = await call.Json(f => f.Word("to", LifeCycle.States.Where(s => s is not PlanState.Superseded).Select(s => s.Id()), required: true) is { } word && LifeCycle.TryParse(word, out var state) ? Tuple.Create(word, state) : Tuple.Create("", PlanState.Draft));
        return await call.Save(w =>
        {
            var current = Plan(w, call);
            Call.Matches(current, seen);
            var problems = current.Value.Move(next, out var changed);
            return problems.Count > 0 ? throw new Refusal(409, $"This plan cannot become {to} now.", problems) : Saved(w.AddPlan(changed, call.BodySha256), 200);
        });
    }

    // ---- what the team says of a plan ----

    public static async Task<Reply> AddDecision(Call call)
    {
        call.Expect();
        var seen = call.IfMatch(required: false);
        var sent = await call.Json(f => new Decision("", "", 1, f.Word("treatment", call.Content.Catalogue.Treatments.Select(t => t.Id), required: true) ?? "", PlanJson.Kind(f),
            f.Word("reason", call.Content.Plans.Reasons.Select(r => r.Id), required: true) ?? "", f.Text("note", PlanJson.LongestText)));
        return await call.Save(w =>
        {
            var plan = Seen(w, call, seen);
            return Made(w.AddDecision(sent with { Id = w.NewId(), Plan = plan.Id, PlanVersion = plan.Version }, call.BodySha256), $"/plans/{plan.Id}/decisions");
        });
    }

    public static Task<Reply> Decisions(Call call) => OfPlan(call, (r, plan, after, limit) => call.List(r.Decisions(plan, after, limit), limit, Bodies.Stored));

    public static async Task<Reply> AddNote(Call call)
    {
        call.Expect();
        var seen = call.IfMatch(required: false);
        var disciplines = call.Content.Plans.Disciplines.Select(d => d.Id).ToList();
        var facts = call.Content.Facts.Facts.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var responses = call.Content.Facts.FindById("response-to-current")?.Values.Select(v => v.Code).ToList() ?? [];
        var sent = await call.Json(f => PlanJson.Course(f, new BoardNote("", "", 1, f.Text("question", PlanJson.LongestText, required: true) ?? "", f.Words("present", disciplines, required: true), f.Text("answer", PlanJson.LongestText),
            f.Items("dissent", 50, d => new Dissent(d.Word("discipline", disciplines, required: true) ?? "", d.Text("says", PlanJson.LongestText, required: true) ?? "")), f.Items("followUp", 50, PlanJson.Task)), facts, responses));
        return await call.Save(w =>
        {
            var plan = Seen(w, call, seen);
            return Made(w.AddNote(sent with { Id = w.NewId(), Plan = plan.Id, PlanVersion = plan.Version }, call.BodySha256), $"/plans/{plan.Id}/notes");
        });
    }

    public static Task<Reply> Notes(Call call) => OfPlan(call, (r, plan, after, limit) => call.List(r.Notes(plan, after, limit), limit, Bodies.Stored));

    public static async Task<Reply> AddSignOff(Call call)
    {
        call.Expect();
        var seen = call.IfMatch(required: true);
        var role = (await call.Json(f => new NewSignOff(f.Word("role", [.. call.Content.Plans.Disciplines.Select(d => d.Id), "patient"], required: true) ?? ""))).Role;
        return await call.Save(w =>
        {
            var current = Plan(w, call);
            Call.Matches(current, seen);
            if (current.Value.State is PlanState.Draft || current.Value.State.IsFinal()) throw new Refusal(409, $"This plan is {current.Value.State.Id()}: it is not signed in this state.");
            return Made(w.AddSignOff(new(w.NewId(), current.Value.Id, current.Value.Version, Call.Sha256(current.Body), role), call.BodySha256), $"/plans/{current.Value.Id}/sign-offs");
        });
    }

    public static Task<Reply> SignOffs(Call call) => OfPlan(call, (r, plan, after, limit) => call.List(r.SignOffs(plan, after, limit), limit, Bodies.Stored));

    // ---- shared ----

    private static Task<Reply> Shown(Call call, Func<StoreReader, Stored<Plan>> find)
    {
        call.Expect("format", "lang");
        var (language, format) = (call.Language(), Formats.Of(call));
        return call.Read(r =>
        {
            var stored = find(r);
            var body = format switch
            {
                "fhir" => CarePlanBundle.Write(stored.Value, stored.At, call.Content, language),
                "html" => HtmlPage.Write(CarePlanDocument.Write(stored.Value, call.Content, language), language),
                "text" => System.Text.Encoding.UTF8.GetBytes(CarePlanDocument.Write(stored.Value, call.Content, language).ToMarkdown()),
                _ => stored.Body,
            };
            return new Reply(200, body) { Media = Formats.Media(format), Tag = format == "json" ? $"\"{stored.Value.Version}\"" : $"\"{stored.Value.Version}-{format}-{(language is Words.Language.French ? "fr" : "en")}\"" };
        });
    }

    private static Task<Reply> OfPlan(Call call, Func<StoreReader, string, long, int, Reply> list)
    {
        call.Expect("after", "limit");
        var (after, limit) = call.Page();
        return call.Read(r => list(r, Plan(r, call).Value.Id, after, limit));
    }

    private static Plan Seen(StoreWriter writer, Call call, int seen)
    {
        var current = Plan(writer, call);
        Call.Matches(current, seen);
        return current.Value;
    }

    private static StoredPatient Patient(StoreReader reader, Call call) => reader.Patient(call.Part("id")) ?? throw Refusal.Missing("patient of this id");

    private static StoredRecord Record(StoreReader reader, Call call) => reader.Record(Patient(reader, call).Id, call.Part("record")) ?? throw Refusal.Missing("record of this id");

    private static Stored<Plan> Plan(StoreReader reader, Call call) => reader.Plan(call.Part("id")) ?? throw Refusal.Missing("plan of this id");

    private static Reply Ok(ReadOnlyMemory<byte> body) => new(200, body);

    private static Reply Made(string place, ReadOnlyMemory<byte> body) => new(201, body) { Place = Routes.Root + place };

    private static Reply Made<T>(Stored<T> stored, string place) => new(201, JsonText.Object(json =>
    {
        using var body = System.Text.Json.JsonDocument.Parse(stored.Body);
        foreach (var member in body.RootElement.EnumerateObject()) member.WriteTo(json);
        json.WriteString("at", stored.At);
        json.WriteString("by", stored.Who);
    }))
    { Place = Routes.Root + place };

    private static Reply Saved(Stored<Plan> stored, int status) => new(status, stored.Body) { Tag = $"\"{stored.Value.Version}\"", Place = status == 201 ? $"{Routes.Root}/plans/{stored.Value.Id}" : null };

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$", RegexOptions.None, 1000)]
    private static partial Regex LocalId();
}
