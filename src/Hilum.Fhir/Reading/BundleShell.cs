using System.Buffers;
using System.Text.Json;
using Hilum.Words;
using Hl7.Fhir.Serialization;

namespace Hilum.Fhir.Reading;

/// <summary>Looks strictly at a Bundle without its resources, each of which is parsed by itself: its faults are named and stop nothing.</summary>
internal static class BundleShell
{
    private const int MostFaults = 20;
    private const int FewAlike = 3;

    /// <summary>Adds a warning for every fault of form.</summary>
    public static void Check(JsonElement bundle, string place, ICollection<Phrase> warnings)
    {
        try
        {
            var reader = new Utf8JsonReader(Write(bundle).Span, new JsonReaderOptions { MaxDepth = JsonCheck.DeepestNesting });
            if (FhirJsonDeserializer.STRICT.TryDeserializeResource(ref reader, out _, out var faults)) return;
            var all = faults.ToList();
            // one fault that stands in every entry is one thing to know
            foreach (var same in all.GroupBy(f => f.ErrorCode, StringComparer.Ordinal).Where(g => g.Count() > FewAlike))
            {
                warnings.Add(new($"{place}: {ResourceParser.Words(same.First())}; {same.Count() - 1} more like it", $"{place} : défaut de forme ({ResourceParser.Words(same.First())}) ; {same.Count() - 1} autres du même genre"));
                all.RemoveAll(f => f.ErrorCode == same.Key);
            }

            foreach (var fault in all.Take(MostFaults)) warnings.Add(new($"{place}: {ResourceParser.Words(fault)}", $"{place} : défaut de forme ({ResourceParser.Words(fault)})"));
            if (all.Count > MostFaults) warnings.Add(Common.MoreFaults(place, all.Count - MostFaults));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            warnings.Add(new($"{place}: {fault.Message}", $"{place} : défaut de forme ({fault.Message})"));
        }
    }

    private static ReadOnlyMemory<byte> Write(JsonElement bundle)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        foreach (var member in bundle.EnumerateObject())
        {
            writer.WritePropertyName(member.Name);
            if (member.NameEquals("entry") && member.Value.ValueKind is JsonValueKind.Array) WriteEntries(writer, member.Value);
            else member.Value.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteEntries(Utf8JsonWriter writer, JsonElement entries)
    {
        writer.WriteStartArray();
        foreach (var entry in entries.EnumerateArray())
        {
            if (entry.ValueKind is not JsonValueKind.Object)
            {
                entry.WriteTo(writer);
                continue;
            }

            writer.WriteStartObject();
            var rest = entry.EnumerateObject().Where(m => !m.NameEquals("resource")).ToList();
            if (rest.Count == 0) writer.WriteString("id", "entry"); // an object without members would be a fault of its own
            foreach (var member in rest) member.WriteTo(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
