using System.Text.Json;
using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Guidance;

namespace Hilum.Cli;

/// <summary>Reads a record from a file or from standard input and recognises its kind by its content, never by its name.</summary>
internal static class RecordFile
{
    private const int Largest = 32 * 1024 * 1024;

    /// <summary>The bytes; null, with a problem added, when they cannot be had.</summary>
    public static ReadOnlyMemory<byte>? Read(string path, List<string> problems)
    {
        try
        {
            using var stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            using var bytes = new MemoryStream();
            var part = new byte[64 * 1024];
            for (int n; (n = stream.Read(part)) > 0;)
            {
                bytes.Write(part, 0, n);
                if (bytes.Length <= Largest) continue;
                problems.Add($"{path}: larger than {Largest / 1024 / 1024} MB; the record of one patient was expected");
                return null;
            }

            if (bytes.Length > 0) return bytes.ToArray();
            problems.Add($"{path}: the file is empty; a FHIR bundle or a case file was expected");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problems.Add($"{path}: {(e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e is UnauthorizedAccessException ? "this is not a file that can be read" : e.Message)}");
        }

        return null;
    }

    /// <summary>A FHIR bundle, a bulk export or a case file.</summary>
    public static Reading Parse(ReadOnlyMemory<byte> bytes, GuidanceContent content, IReadOnlyCollection<string> treatments, DateOnly? asOf) => KindOf(bytes.Span) switch
    {
        Kind.Bundle => new BundleReader(content.Facts, content.Formulary).Read(bytes, asOf),
        Kind.Ndjson => new BundleReader(content.Facts, content.Formulary).ReadNdjson(bytes, asOf),
        _ => CaseFileReader.Read(bytes, content.Facts, content.Formulary, treatments),
    };

    private enum Kind : byte
    {
        CaseFile,
        Bundle,
        Ndjson,
    }

    /// <summary>JSON whose object has a resourceType is FHIR; a second object after the first makes it a bulk export; an array is left to the FHIR reader, which says what it expected.</summary>
    private static Kind KindOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        var start = bytes.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0 || bytes[start] is not ((byte)'{' or (byte)'[')) return Kind.CaseFile;
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 64, AllowMultipleValues = true });
        try
        {
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartArray) return Kind.Bundle;
            var fhir = false;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("resourceType"u8)) fhir = true;
                if (reader.ValueTextEquals("facts"u8) && !fhir) return Kind.CaseFile;
                reader.Read();
                reader.Skip();
            }

            return !fhir ? Kind.CaseFile : reader.Read() ? Kind.Ndjson : Kind.Bundle;
        }
        catch (JsonException)
        {
            // malformed: whoever reads it next says where
            return bytes.IndexOf("\"resourceType\""u8) >= 0 ? Kind.Bundle : Kind.CaseFile;
        }
    }
}
