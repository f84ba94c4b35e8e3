using System.Text;
using System.Text.Json;
using Hilum.Answers;
using Hilum.Facts;
using Hilum.Web.Wording;

namespace Hilum.Web.Form;

/// <summary>What a record says of an earlier treatment and the form has no field for: written as a case file writes it, so that a change of a date loses no side effect.</summary>
internal static class TherapyRest
{
    /// <summary>The treatment of which it is said.</summary>
    public const string Of = "of";

    /// <summary>In JSON; empty when there is nothing.</summary>
    public static string Write(PriorTherapy therapy)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString(Of, therapy.Treatment);
            if (therapy is { Treatment: "other" or "clinical-trial", GroupsKnown: true })
            {
                json.WriteStartArray("classes");
                foreach (var group in therapy.Groups) json.WriteStringValue(group);
                json.WriteEndArray();
            }

            TherapyJson.WriteCourse(json, therapy);
            json.WriteEndObject();
        }

        var text = Encoding.UTF8.GetString(bytes.ToArray());
        return Members(text).Count > 0 ? text : "";
    }

    /// <summary>In words; empty when there is nothing, or what was sent cannot be read.</summary>
    public static string Say(string rest, PageText text) => string.Join("; ", Members(rest).Select(m => text["therapy.rest." + m.Name, m.Value]));

    private static List<(string Name, string Value)> Members(string rest)
    {
        if (rest.Length == 0) return [];
        try
        {
            using var json = JsonDocument.Parse(rest);
            return [.. json.RootElement.EnumerateObject().Where(m => m.Name is "classes" or "line" or "stopped-parts" or "best-response" or "toxicity" or "grade" or "ended")
                .Select(m => (m.Name, m.Value.ValueKind is JsonValueKind.Array ? string.Join(", ", m.Value.EnumerateArray()) : m.Value.ToString()))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
