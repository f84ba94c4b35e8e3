using System.Text.Json;
using Hilum.Plans;
using Hilum.Storage;
using Hilum.Words;

namespace Hilum.Web.Api;

/// <summary>What the API answers, as JSON.</summary>
internal static class Bodies
{
    /// <summary>Problem details (RFC 9457).</summary>
    public static ReadOnlyMemory<byte> Problem(int status, string title, IReadOnlyList<Problem> problems, IReadOnlyDictionary<string, int>? facts = null) => JsonText.Object(json =>
    {
        json.WriteString("type", "about:blank");
        json.WriteString("title", title);
        json.WriteNumber("status", status);
        foreach (var (name, value) in facts ?? new Dictionary<string, int>()) json.WriteNumber(name, value);
        if (problems.Count == 0) return;
        json.WriteString("detail", string.Join("\n", problems.Take(20)));
        json.WriteStartArray("errors");
        foreach (var problem in problems.Take(200))
        {
            json.WriteStartObject();
            json.WriteString("at", problem.At);
            json.WriteString("says", problem.Says);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static void Patient(Utf8JsonWriter json, StoredPatient patient)
    {
        json.WriteString("id", patient.Id);
        Saved(json, patient.At, patient.Who);
    }

    public static void Record(Utf8JsonWriter json, StoredRecord record)
    {
        json.WriteString("id", record.Id);
        json.WriteString("patient", record.Patient);
        json.WriteString("media", record.Media);
        json.WriteNumber("bytes", record.Body.Length);
        json.WriteString("sha256", Call.Sha256(record.Body));
        Saved(json, record.At, record.Who);
    }

    public static void Head(Utf8JsonWriter json, PlanHead head)
    {
        json.WriteString("id", head.Id);
        json.WriteString("patient", head.Patient);
        json.WriteNumber("version", head.Version);
        json.WriteString("state", head.State.Id());
        Saved(json, head.At, head.Who);
    }

    public static void Entry(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteNumber("seq", entry.Seq);
        Saved(json, entry.At, entry.Who);
        json.WriteString("action", entry.Action);
        json.WriteString("subject", entry.Subject);
        if (entry.InputSha256 is not null) json.WriteString("inputSha256", entry.InputSha256);
        if (entry.ContentSha256 is not null) json.WriteString("contentSha256", entry.ContentSha256);
        if (entry.OutputSha256 is not null) json.WriteString("outputSha256", entry.OutputSha256);
        json.WriteString("previous", entry.Previous);
        json.WriteString("hash", entry.Hash);
    }

    /// <summary>An item of a list.</summary>
    public static Action<Utf8JsonWriter, T> Item<T>(Action<Utf8JsonWriter, T> members) => (json, item) =>
    {
        json.WriteStartObject();
        members(json, item);
        json.WriteEndObject();
    };

    /// <summary>Something stored, as an item of a list: its own bytes, and who saved it when.</summary>
    public static void Stored<T>(Utf8JsonWriter json, Stored<T> stored)
    {
        using var body = JsonDocument.Parse(stored.Body);
        json.WriteStartObject();
        foreach (var member in body.RootElement.EnumerateObject()) member.WriteTo(json);
        Saved(json, stored.At, stored.Who);
        json.WriteEndObject();
    }

    private static void Saved(Utf8JsonWriter json, string at, string who)
    {
        json.WriteString("at", at);
        json.WriteString("by", who);
    }
}
