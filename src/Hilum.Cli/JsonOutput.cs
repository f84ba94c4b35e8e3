using System.Text.Json;

namespace Hilum.Cli;

/// <summary>JSON members that several commands write.</summary>
internal static class JsonOutput
{
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
