using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace Hilum.Fhir.Writing;

/// <summary>FHIR resources as JSON bytes, and their ids. The converters are made once: making them looks through the whole model.</summary>
internal static class FhirJson
{
    private static readonly Lazy<JsonSerializerOptions> CompactOptions = new(() => new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }.ForFhir(ModelInfo.ModelInspector));

    private static readonly Lazy<JsonSerializerOptions> IndentedOptions = new(() => new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }.ForFhir(ModelInfo.ModelInspector));

    /// <summary>For messages between programs.</summary>
    public static byte[] Compact(Resource resource) => JsonSerializer.SerializeToUtf8Bytes(resource, CompactOptions.Value);

    /// <summary>For people and files, ending in a line feed.</summary>
    public static ReadOnlyMemory<byte> Indented(Resource resource)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(resource, IndentedOptions.Value);
        return (byte[])[.. json, (byte)'\n'];
    }

    /// <summary>A name-based id (RFC 9562, version 8, over SHA-256): the same key gives the same id.</summary>
    public static string Uuid(string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return $"urn:uuid:{new Guid(hash, bigEndian: true)}";
    }
}
