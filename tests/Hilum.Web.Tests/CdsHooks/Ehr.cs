using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hilum.Web.Tests.Support;

namespace Hilum.Web.Tests.CdsHooks;

/// <summary>A hospital system as the standard describes it: it discovers, sends what was asked for, and reads cards.</summary>
internal static class Ehr
{
    /// <summary>The resources of an example patient, by the keys that the service asked for.</summary>
    public static JsonObject PrefetchOf(string patient)
    {
        var bundle = JsonNode.Parse(File.ReadAllText(Path.Combine(RunningSite.Root, "patients", patient, "bundle.json")))!;
        var all = bundle["entry"]!.AsArray().Select(e => e!["resource"]!).ToList();
        return new JsonObject
        {
            ["patient"] = all.First(r => (string?)r["resourceType"] == "Patient").DeepClone(),
            ["conditions"] = Search(all, "Condition"),
            ["labsHaem"] = Search(all, "Observation"),
            ["medRequests"] = Search(all, "MedicationRequest"),
            ["medAdmins"] = Search(all, "MedicationAdministration"),
            ["medStatements"] = Search(all, "MedicationStatement"),
            ["procedures"] = Search(all, "Procedure"),
            ["allergies"] = Search(all, "AllergyIntolerance"),
            ["stage"] = null,
            ["tnm"] = null,
            ["performance"] = null,
            ["labsChem"] = null,
            ["vitalsHeart"] = null,
            ["genes"] = null,
            ["statusObs"] = null,
        };
    }

    /// <summary>The local id of an example patient.</summary>
    public static string IdOf(JsonObject prefetch) => (string)prefetch["patient"]!["id"]!;

    /// <summary>A search that found these.</summary>
    public static JsonObject Search(IEnumerable<JsonNode> all, string type)
    {
        var found = all.Where(r => (string?)r["resourceType"] == type).Select(r => (JsonNode)new JsonObject { ["resource"] = r.DeepClone() }).ToArray();
        var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset", ["total"] = found.Length };
        if (found.Length > 0) bundle["entry"] = new JsonArray(found);
        return bundle;
    }

    /// <summary>A request as a client fires it.</summary>
    public static JsonObject Fire(string hook, JsonObject prefetch, JsonObject? more = null)
    {
        var context = new JsonObject { ["userId"] = "Practitioner/example", ["patientId"] = IdOf(prefetch) };
        foreach (var (name, value) in more ?? []) context[name] = value?.DeepClone();
        return new() { ["hook"] = hook, ["hookInstance"] = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", ["context"] = context, ["prefetch"] = prefetch };
    }

    /// <summary>Draft orders: a medicine each, by name or by code.</summary>
    public static JsonObject Drafts(params JsonObject[] medicines) => new()
    {
        ["draftOrders"] = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "collection",
            ["entry"] = new JsonArray([.. medicines.Select((m, i) => (JsonNode)new JsonObject
            {
                ["resource"] = new JsonObject
                {
                    ["resourceType"] = "MedicationRequest", ["id"] = $"draft{i + 1}", ["status"] = "draft", ["intent"] = "order",
                    ["subject"] = new JsonObject { ["reference"] = "Patient/p1" }, ["medicationCodeableConcept"] = m,
                },
            })]),
        },
    };

    /// <summary>A medicine by its words.</summary>
    public static JsonObject Named(string text) => new() { ["text"] = text };

    /// <summary>A medicine by its code.</summary>
    public static JsonObject Coded(string system, string code) => new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };

    /// <summary>Sends JSON.</summary>
    public static async Task<(int Status, JsonElement Body, HttpResponseHeaders Headers)> Post(HttpClient client, string address, JsonNode body, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        with?.Invoke(request);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement, answer.Headers);
    }
}
