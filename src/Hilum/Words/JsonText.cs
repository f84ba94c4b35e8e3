using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hilum.Words;

/// <summary>JSON as Hilum writes it everywhere: UTF-8, letters as they are, <c>\n</c> between lines, so that the same value gives the same bytes on every machine.</summary>
/// <remarks>Characters that only HTML would mind are not escaped: who puts JSON into a page escapes it there.</remarks>
public static class JsonText
{
    /// <summary>For people and files.</summary>
    public static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For lines and messages between programs.</summary>
    public static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one object, indented, ending in a line feed.</summary>
    /// <param name="members">Writes its members.</param>
    public static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
