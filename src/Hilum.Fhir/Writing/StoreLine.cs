using System.Buffers;
using System.Text.Json;
using Hilum.Plans;
using Hilum.Words;

namespace Hilum.Fhir.Writing;

/// <summary>A row of the store as one line of a bulk export: a FHIR R4 resource that another system can read, which carries the row itself in an extension, so that it comes back unchanged.</summary>
/// <remarks>Written without a FHIR library: a line must be the same bytes again when it is written from what was read of it.</remarks>
public static class StoreLine
{
    /// <summary>The extension that carries the row: a part a column.</summary>
    public const string Extension = "urn:hilum:row";

    private const string LocalPatient = "urn:hilum:patient";
    private const string LocalPlan = "urn:hilum:plan";

    /// <summary>The kind of resource that rows of a table become.</summary>
    /// <exception cref="ArgumentException">There is no such table.</exception>
    public static string TypeOf(string table) => table switch
    {
        "audit" => "AuditEvent",
        "patients" => "Patient",
        "records" => "DocumentReference",
        "plans" => "CarePlan",
        "decisions" or "notes" => "Basic",
        "signoffs" => "Provenance",
        _ => throw new ArgumentException($"there is no table {table}", nameof(table)),
    };

    /// <summary>Writes a row: one line of UTF-8 JSON without its end.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="values">Their values: Int64, text, bytes or null.</param>
    public static byte[] Write(string table, IReadOnlyList<string> columns, IReadOnlyList<object?> values)
    {
        var row = columns.Zip(values).ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal);
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, JsonText.Compact))
        {
            json.WriteStartObject();
            json.WriteString("resourceType", TypeOf(table));
            json.WriteString("id", $"{table}-{row["seq"]}");
            json.WriteStartArray("extension");
            json.WriteStartObject();
            json.WriteStartArray("extension");
            Part(json, "table", table);
            foreach (var (column, value) in columns.Zip(values))
                if (value is not null) Part(json, column, value);
            json.WriteEndArray();
            json.WriteString("url", Extension);
            json.WriteEndObject();
            json.WriteEndArray();
            Elements(json, table, row);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a row back from a line; null when it is not one.</summary>
    /// <param name="line">The line.</param>
    /// <param name="columnsOf">The columns of a table; null when there is none of this name.</param>
    public static (string Table, IReadOnlyList<object?> Values)? Read(ReadOnlyMemory<byte> line, Func<string, IReadOnlyList<string>?> columnsOf)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new() { MaxDepth = 16 });
            var parts = document.RootElement.GetProperty("extension")[0].GetProperty("extension").EnumerateArray().ToDictionary(p => p.GetProperty("url").GetString()!, Value, StringComparer.Ordinal);
            return parts.Remove("table", out var name) && name is string table && columnsOf(table) is { } columns ? (table, [.. columns.Select(c => parts.GetValueOrDefault(c))]) : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            return null;
        }
    }

    private static object Value(JsonElement part) =>
        part.TryGetProperty("valueString", out var text) ? text.GetString()!
        : part.TryGetProperty("valueDecimal", out var number) ? number.GetInt64()
        : part.GetProperty("valueBase64Binary").GetBytesFromBase64();

    private static void Part(Utf8JsonWriter json, string name, object value)
    {
        json.WriteStartObject();
        json.WriteString("url", name);
        switch (value)
        {
            case long number:
                json.WriteNumber("valueDecimal", number); // an integer of FHIR ends at 2,147,483,647
                break;
            case byte[] bytes:
                json.WriteBase64String("valueBase64Binary", bytes);
                break;
            default:
                json.WriteString("valueString", (string)value);
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>What a reader who knows nothing of Hilum can use.</summary>
    private static void Elements(Utf8JsonWriter json, string table, Dictionary<string, object?> row)
    {
        switch (table)
        {
            case "audit":
                Code(json, "type", "http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", Text(row["action"]));
                json.WriteString("action", Text(row["action"]) switch { "read" => "R", "evaluate" => "E", _ => "C" });
                json.WriteString("recorded", Text(row["at"]));
                json.WriteStartArray("agent");
                json.WriteStartObject();
                Display(json, "who", Text(row["who"]));
                json.WriteBoolean("requestor", true);
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteStartObject("source");
                Display(json, "observer", "Hilum");
                json.WriteEndObject();
                json.WriteStartArray("entity");
                json.WriteStartObject();
                json.WriteString("name", Text(row["subject"]));
                json.WriteEndObject();
                json.WriteEndArray();
                break;
            case "patients":
                json.WriteStartArray("identifier");
                Identifier(json, LocalPatient, Text(row["id"]));
                json.WriteEndArray();
                break;
            case "records":
                json.WriteString("status", "current");
                Subject(json, Text(row["patient"]));
                json.WriteString("date", Text(row["at"]));
                json.WriteStartArray("content");
                json.WriteStartObject();
                json.WriteStartObject("attachment");
                json.WriteString("contentType", Text(row["media"]));
                json.WriteBase64String("data", (byte[])row["body"]!);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndArray();
                break;
            case "plans":
                CarePlan(json, row);
                break;
            case "decisions" or "notes":
                Code(json, "code", "urn:hilum:kind", table == "notes" ? "board-note" : "decision", table == "notes" ? "Note of a tumour board" : "Decision on a treatment");
                json.WriteString("created", Text(row["at"])[..10]);
                Display(json, "author", Text(row["who"]));
                break;
            case "signoffs":
                json.WriteStartArray("target");
                json.WriteStartObject();
                json.WriteStartObject("identifier");
                json.WriteString("system", LocalPlan);
                json.WriteString("value", $"{Text(row["plan"])}/{row["version"]}");
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteString("recorded", Text(row["at"]));
                Code(json, "activity", "http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion", "LA", "legally authenticated");
                json.WriteStartArray("agent");
                json.WriteStartObject();
                Display(json, "who", Text(row["who"]));
                json.WriteEndObject();
                json.WriteEndArray();
                break;
        }
    }

    private static void CarePlan(Utf8JsonWriter json, Dictionary<string, object?> row)
    {
        var plan = PlanJson.ReadPlan((byte[])row["body"]!);
        json.WriteStartArray("identifier");
        Identifier(json, LocalPlan, $"{plan.Id}/{plan.Version}");
        json.WriteEndArray();
        json.WriteString("status", plan.State switch { PlanState.Active => "active", PlanState.Superseded or PlanState.Withdrawn => "revoked", _ => "draft" });
        json.WriteString("intent", plan.State is PlanState.Draft or PlanState.Proposed or PlanState.Discussed ? "proposal" : "plan");
        if (plan.Content.Goal is { } goal) json.WriteString("description", goal);
        Subject(json, plan.Patient);
        json.WriteString("created", Text(row["at"]));
        if (plan.Content.Steps.Count == 0) return;
        json.WriteStartArray("activity");
        foreach (var step in plan.Content.Steps)
        {
            json.WriteStartObject();
            json.WriteStartObject("detail");
            json.WriteStartObject("code");
            json.WriteString("text", step.Treatment);
            json.WriteEndObject();
            json.WriteString("status", "not-started");
            if (step.Start is { } start)
            {
                json.WriteStartObject("scheduledPeriod");
                json.WriteString("start", start.ToString("yyyy-MM-dd"));
                json.WriteEndObject();
            }

            if (step.Reason is { } reason) json.WriteString("description", reason);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Subject(Utf8JsonWriter json, string patient)
    {
        json.WriteStartObject("subject");
        json.WritePropertyName("identifier");
        Identifier(json, LocalPatient, patient);
        json.WriteEndObject();
    }

    private static void Identifier(Utf8JsonWriter json, string system, string value)
    {
        json.WriteStartObject();
        json.WriteString("system", system);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private static void Display(Utf8JsonWriter json, string name, string display)
    {
        json.WriteStartObject(name);
        json.WriteString("display", display);
        json.WriteEndObject();
    }

    private static void Code(Utf8JsonWriter json, string name, string system, string code, string display)
    {
        json.WriteStartObject(name);
        if (name == "type")
        {
            json.WriteString("system", system);
            json.WriteString("code", code);
        }
        else
        {
            json.WriteStartArray("coding");
            json.WriteStartObject();
            json.WriteString("system", system);
            json.WriteString("code", code);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteString(name == "type" ? "display" : "text", display);
        json.WriteEndObject();
    }

    private static string Text(object? value) => (string)value!;
}
