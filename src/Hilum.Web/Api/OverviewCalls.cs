using Hilum.Plans;
using Hilum.Storage;
using Hilum.Words;

namespace Hilum.Web.Api;

/// <summary>Across plans: codes, the audit, what was decided and why, and which plans a change of the guidance touches.</summary>
internal static class OverviewCalls
{
    /// <summary>The codes that requests may use.</summary>
    public static Task<Reply> Codes(Call call)
    {
        call.Expect("lang");
        var language = call.Language();
        call.Check();
        return Task.FromResult(new Reply(200, JsonText.Object(json =>
        {
            Write(json, "reasons", call.Content.Plans.Reasons.Select(r => (r.Id, r.Label.In(language))));
            Write(json, "disciplines", call.Content.Plans.Disciplines.Select(d => (d.Id, d.Label.In(language))));
            Write(json, "treatments", call.Content.Catalogue.Treatments.Select(t => (t.Id, t.Name.In(language))));
            Write(json, "editions", call.Content.Catalogue.Editions.Select(e => (e.Id, e.Title.In(language))));
        })));

        static void Write(System.Text.Json.Utf8JsonWriter json, string name, IEnumerable<(string Id, string Label)> codes)
        {
            json.WriteStartArray(name);
            foreach (var (id, label) in codes)
            {
                json.WriteStartObject();
                json.WriteString("id", id);
                json.WriteString("label", label);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    public static Task<Reply> Audit(Call call)
    {
        call.Expect("after", "limit");
        var (after, limit) = call.Page();
        return call.Read(r => call.List(r.Audit(after, limit), limit, Bodies.Item<AuditEntry>(Bodies.Entry)));
    }

    /// <summary>How often a treatment, on the ground of a rule, was accepted, changed or declined, and why.</summary>
    public static Task<Reply> Decisions(Call call)
    {
        call.Expect();
        return call.Read(r =>
        {
            var counts = new SortedDictionary<(string Rule, string Treatment, string Status, string Decision, string Reason), int>();
            long? after = 0;
            while (after is { } from)
            {
                var page = r.Decisions(null, from, 200);
                foreach (var decision in page.Items.Select(d => d.Value))
                {
                    var judged = r.Plan(decision.Plan, decision.PlanVersion)!.Value.Basis.Statuses.FirstOrDefault(s => s.Treatment == decision.Treatment);
                    foreach (var rule in judged?.Rules.DefaultIfEmpty("") ?? [""])
                    {
                        var key = (rule, decision.Treatment, judged?.Status ?? "", decision.Kind.Id(), decision.Reason);
                        counts[key] = counts.GetValueOrDefault(key) + 1;
                    }
                }

                after = page.Next;
            }

            return new Reply(200, JsonText.Object(json =>
            {
                json.WriteStartArray("items");
                foreach (var ((rule, treatment, status, decision, reason), count) in counts)
                {
                    json.WriteStartObject();
                    if (rule.Length > 0) json.WriteString("rule", rule);
                    json.WriteString("treatment", treatment);
                    if (status.Length > 0) json.WriteString("status", status);
                    json.WriteString("decision", decision);
                    json.WriteString("reason", reason);
                    json.WriteNumber("count", count);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }));
        });
    }

    /// <summary>Of the plans on a page that have not ended: those whose options differ under the guidance of now, with who saved them last.</summary>
    public static Task<Reply> Recall(Call call)
    {
        call.Expect("after", "limit");
        var (after, limit) = call.Page();
        return call.Read(r =>
        {
            var page = r.Plans(null, after, limit);
            var touched = new List<(Stored<Plan> Plan, IReadOnlyList<(string Treatment, string? Was, string? Now)> Changes)>();
            foreach (var head in page.Items.Where(h => !h.State.IsFinal()))
            {
                var stored = r.Plan(head.Id)!;
                if (Changes(r, stored.Value, call) is { Count: > 0 } changes) touched.Add((stored, changes));
            }

            return call.List(new StorePage<(Stored<Plan> Plan, IReadOnlyList<(string Treatment, string? Was, string? Now)> Changes)>(touched, page.Next), limit, (json, item) =>
            {
                json.WriteStartObject();
                json.WriteString("plan", item.Plan.Value.Id);
                json.WriteString("patient", item.Plan.Value.Patient);
                json.WriteString("state", item.Plan.Value.State.Id());
                json.WriteString("by", item.Plan.Who);
                json.WriteString("contentSha256", item.Plan.Value.Basis.ContentSha256);
                json.WriteStartArray("changes");
                foreach (var (treatment, was, now) in item.Changes)
                {
                    json.WriteStartObject();
                    json.WriteString("treatment", treatment);
                    if (was is not null) json.WriteString("was", was);
                    if (now is not null) json.WriteString("now", now);
                    json.WriteBoolean("chosen", item.Plan.Value.Content.Steps.Any(s => s.Treatment == treatment));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
        });
    }

    /// <summary>Treatments whose status differs now; a record or an edition that cannot be read any more counts as every status changed.</summary>
    private static IReadOnlyList<(string Treatment, string? Was, string? Now)> Changes(StoreReader reader, Plan plan, Call call)
    {
        if (plan.Basis.ContentSha256 == call.Content.Sha256) return [];
        var was = plan.Basis.Statuses.ToDictionary(s => s.Treatment, s => s.Status, StringComparer.Ordinal);
        var problems = new List<Problem>();
        var judged = Judgement.Of(reader.Record(plan.Patient, plan.Basis.Record)!.Body, call.Content, plan.Basis.Editions, plan.Basis.AsOf.ToString("yyyy-MM-dd"), call.Today, problems);
        var now = (judged?.Statuses() ?? []).ToDictionary(s => s.Treatment, s => s.Status, StringComparer.Ordinal);
        return [.. was.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(t => (Treatment: t, Was: was.GetValueOrDefault(t), Now: now.GetValueOrDefault(t))).Where(c => c.Was != c.Now)];
    }
}
