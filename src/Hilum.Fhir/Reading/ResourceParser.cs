using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Json;
using Hilum.Words;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;

namespace Hilum.Fhir.Reading;

/// <summary>Makes a resource of JSON: strictly, and when that fails as far as it can be recovered, with every fault named.</summary>
internal static class ResourceParser
{
    private const int MostFaults = 20;

    /// <summary>Faults after which an element does not hold what its sender wrote: wrong case, twice, an object for a text, one for many.</summary>
    private static readonly FrozenSet<string> Distorting = new[] { "PVAL131", "PVAL132", "PVAL127", "JSON129", "JSON131", "JSON132" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Elements that Hilum reads, of all resource types together, in lower case.</summary>
    private static readonly FrozenSet<string> Decisive = new[]
    {
        "status", "verificationstatus", "clinicalstatus", "code", "value", "effective", "issued", "dataabsentreason", "component", "referencerange", "interpretation",
        "method", "focus", "extension", "modifierextension", "implicitrules", "subject", "patient", "bodysite", "onset", "recordeddate", "stage", "statusreason", "intent",
        "donotperform", "medication", "authoredon", "performed", "birthdate", "gender", "deceased", "emptyreason", "mode", "entry", "title", "ingredient", "derivedfrom",
        "whenhandedover", "whenprepared", "dayssupply", "resourcetype",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Parses an entry. Null, with a reason on the entry, when it must not be used.</summary>
    public static Resource? Parse(Entry entry, ICollection<Phrase> warnings)
    {
        var utf8 = JsonMarshal.GetRawUtf8Value(entry.Json);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonCheck.DeepestNesting });
        if (FhirJsonDeserializer.STRICT.TryDeserializeResource(ref reader, out var resource, out var faults)) return resource;
        var all = faults.ToList();
        foreach (var fault in all.Take(MostFaults)) warnings.Add(new($"{entry.Label}: {Words(fault)}", $"{entry.Label} : défaut de forme ({Words(fault)})"));
        if (all.Count > MostFaults) warnings.Add(Common.MoreFaults(entry.Label, all.Count - MostFaults));
        reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonCheck.DeepestNesting });
        if (!FhirJsonDeserializer.RECOVERABLE.TryDeserializeResource(ref reader, out var recovered, out var left))
        {
            entry.Refuse(Common.Unreadable(Words(left.First())));
            return null;
        }

        if (all.Find(Distorts) is not { } worst) return recovered;
        entry.Refuse($"it is not written as FHIR R4 asks: {Words(worst)}", $"elle n'est pas écrite comme FHIR R4 le demande ({Words(worst)})");
        return null;
    }

    private static bool Distorts(CodedException fault)
    {
        if (!Distorting.Contains(fault.ErrorCode)) return false;
        var path = (fault as ExtendedCodedException)?.InstancePath?.Split('.');
        return path is not { Length: > 1 } || Decisive.Contains(path[1].Split('[')[0].ToLowerInvariant());
    }

    /// <summary>The message without the position, which counts from the start of the resource and would mislead.</summary>
    internal static string Words(CodedException fault)
    {
        var message = fault.Message;
        var end = message.IndexOf(", line ", StringComparison.Ordinal);
        if (end < 0) end = message.IndexOf(" At line ", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }
}
