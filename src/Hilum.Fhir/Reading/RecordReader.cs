using System.Security.Cryptography;
using System.Text.Json;
using Hilum.Facts;
using Hilum.Guidance;

namespace Hilum.Fhir.Reading;

/// <summary>Reads a record of whatever kind: a FHIR bundle, a bulk export or a case file, recognised by its content and never by its name.</summary>
public static class RecordReader
{
    /// <summary>The largest record that is read, in bytes.</summary>
    public const int Largest = 32 * 1024 * 1024;

    /// <summary>Reads a record; every reason why it cannot be read is in the result.</summary>
    /// <param name="bytes">The record, at most <see cref="Largest"/> bytes.</param>
    /// <param name="content">The guidance, whose facts and medicines it is read against.</param>
    /// <param name="asOf">The day of the plan; null for the record's own.</param>
    public static Facts.Reading Read(ReadOnlyMemory<byte> bytes, GuidanceContent content, DateOnly? asOf)
    {
        var reading = KindOf(bytes.Span) switch
        {
            Kind.Bundle => new BundleReader(content.Facts, content.Formulary).Read(bytes, asOf),
            Kind.Ndjson => new BundleReader(content.Facts, content.Formulary).ReadNdjson(bytes, asOf),
            _ => CaseFileReader.Read(bytes, content.Facts, content.Formulary, content.Catalogue.Treatments.Select(t => t.Id).ToHashSet(StringComparer.Ordinal)),
        };
        return reading.Record is { } record ? reading with { Record = record with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) } } : reading;
    }

    /// <summary>Gets the reader of this kind of record ready, for those who have something else to wait for: its first steps take longer than a whole record.</summary>
    /// <param name="bytes">The record. It is not read, and nothing is said of it.</param>
    public static void Prepare(ReadOnlyMemory<byte> bytes)
    {
        if (KindOf(bytes.Span) is Kind.CaseFile) CaseFileReader.Prepare(bytes);
        else BundleReader.Prepare();
    }

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
