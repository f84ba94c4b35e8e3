using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Hilum.Web.CdsHooks;

/// <summary>What is at hand of a patient when a hook fires: sent beforehand or fetched, put together as one Bundle.</summary>
/// <param name="Bundle">A FHIR collection: UTF-8 JSON.</param>
/// <param name="Absent">Keys that neither came nor could be had, each with a reason.</param>
/// <param name="Lacking">What is needed and absent; not empty: nothing can be said.</param>
internal sealed record HookRecord(ReadOnlyMemory<byte> Bundle, IReadOnlyList<(string Key, string Why)> Absent, IReadOnlyList<string> Lacking)
{
    /// <summary>The largest record that is put together.</summary>
    private const int Largest = Fhir.Reading.RecordReader.Largest;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Puts the record together; fetches what is missing when the sender names a server that is on the list.</summary>
    public static async Task<HookRecord> Make(HookRequest request, Prefetch prefetch, FhirServers servers, DateTimeOffset now, TimeSpan oldest, CancellationToken stop)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        var absent = new List<(string, string)>();
        var had = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, sent) in request.Prefetch)
        {
            if (sent is { } resource && IsStale(resource, now, oldest))
            {
                absent.Add((key, $"the answer that was sent is over {oldest.TotalMinutes:0} minutes old"));
                continue;
            }

            had.Add(key);
            if (sent is { } fresh) parts.Add(JsonMarshal.GetRawUtf8Value(fresh).ToArray());
        }

        var wanted = prefetch.Queries.Where(q => !had.Contains(q.Key)).ToList();
        if (wanted.Count > 0 && request.FhirServer is { } server && servers.Allows(server))
        {
            absent.RemoveAll(a => wanted.Exists(w => w.Key == a.Item1));
            await Fetch(request, server, wanted, servers, parts, absent, had, stop);
        }
        else
        {
            var why = request.FhirServer is null ? "not sent" : "not sent, and the FHIR server that was named is not on the list of this service";
            absent.AddRange(wanted.Where(w => !absent.Exists(a => a.Item1 == w.Key)).Select(w => (w.Key, why)));
        }

        if (parts.Sum(p => (long)p.Length) > Largest) return new(default, absent, ["a record of at most 32 MB"]);
        return new(Together(parts), absent, [.. Prefetch.Needed.Where(n => !had.Contains(n))]);
    }

    private static async Task Fetch(HookRequest request, Uri server, List<KeyValuePair<string, string>> wanted, FhirServers servers, List<ReadOnlyMemory<byte>> parts, List<(string, string)> absent, HashSet<string> had, CancellationToken stop)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bounded.CancelAfter(FhirServers.Longest);
        var answers = await Task.WhenAll(wanted.Select(w => servers.Get(server, request.Token, Prefetch.For(w.Value, request.PatientId), bounded.Token)));
        stop.ThrowIfCancellationRequested();
        for (var i = 0; i < answers.Length; i++)
        {
            var fault = answers[i].Fault ?? (answers[i].Json.Length > 0 && !IsResource(answers[i].Json) ? "the server did not answer with a FHIR resource" : null);
            if (fault is not null)
            {
                absent.Add((wanted[i].Key, fault));
                continue;
            }

            had.Add(wanted[i].Key);
            if (answers[i].Json.Length > 0) parts.Add(answers[i].Json);
        }
    }

    private static bool IsResource(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("resourceType", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether a search was made too long ago: its Bundle says when.</summary>
    private static bool IsStale(JsonElement resource, DateTimeOffset now, TimeSpan oldest) =>
        resource.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.ValueEquals("searchset")
        && resource.TryGetProperty("meta", out var meta) && meta.ValueKind is JsonValueKind.Object && meta.TryGetProperty("lastUpdated", out var text) && text.ValueKind is JsonValueKind.String
        && text.TryGetDateTimeOffset(out var made) && now - made > oldest + Skew;

    private static ReadOnlyMemory<byte> Together(List<ReadOnlyMemory<byte>> parts)
    {
        var bundle = new ArrayBufferWriter<byte>(parts.Sum(p => p.Length + 20) + 100);
        bundle.Write("""{"resourceType":"Bundle","type":"collection","entry":["""u8);
        for (var i = 0; i < parts.Count; i++)
        {
            bundle.Write(i == 0 ? """{"resource":"""u8 : """,{"resource":"""u8);
            bundle.Write(parts[i].Span);
            bundle.Write("}"u8);
        }

        bundle.Write("]}"u8);
        return bundle.WrittenMemory;
    }
}
