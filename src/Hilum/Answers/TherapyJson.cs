using System.Text.Json;
using Hilum.Facts;

namespace Hilum.Answers;

/// <summary>How a course of treatment went, as a case file writes it: the same in answers, stored records and forms.</summary>
public static class TherapyJson
{
    /// <summary>Writes line, stopped parts, best response, side effect, grade, and that it ended; what is not stated is left out.</summary>
    public static void WriteCourse(Utf8JsonWriter json, PriorTherapy therapy)
    {
        if (therapy.Line is { } line) json.WriteNumber("line", line);
        if (therapy.StoppedParts.Count > 0)
        {
            json.WriteStartArray("stopped-parts");
            foreach (var part in therapy.StoppedParts) json.WriteStringValue(part);
            json.WriteEndArray();
        }

        if (therapy.BestResponse is not null) json.WriteString("best-response", therapy.BestResponse);
        if (therapy.Toxicity is not null) json.WriteString("toxicity", therapy.Toxicity);
        if (therapy.Grade is { } grade) json.WriteNumber("grade", grade);
        if (therapy.Ended) json.WriteBoolean("ended", true);
    }
}
