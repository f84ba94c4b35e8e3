using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hilum.Cli;

/// <summary>The JSON of commands that do not answer for one patient, written as <see cref="Answers.AnswerJson"/> writes its own.</summary>
internal static class JsonOutput
{
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    /// <summary>Which content and program.</summary>
    public static void Content(Utf8JsonWriter json, string name, string version, string sha256, string? program = null)
    {
        json.WriteStartObject(name);
        json.WriteString("version", version);
        json.WriteString("sha256", sha256);
        if (program is not null) json.WriteString("program", program);
        json.WriteEndObject();
    }
}
