using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>Follows references: contained (<c>#m1</c>), relative (<c>Medication/m1</c>), absolute and <c>urn:uuid:</c>.</summary>
internal sealed class References
{
    private readonly Dictionary<string, Entry> byAddress = new(StringComparer.Ordinal);

    public References(IEnumerable<Entry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.FullUrl is not null) byAddress.TryAdd(entry.FullUrl, entry);
            if (entry.Id is null) continue;
            byAddress.TryAdd($"{entry.Type}/{entry.Id}", entry);
            byAddress.TryAdd($"urn:uuid:{entry.Id}", entry);
        }
    }

    /// <summary>The entry that a reference names, or null when it is not in the record.</summary>
    public Entry? Find(string? reference)
    {
        if (string.IsNullOrEmpty(reference)) return null;
        var version = reference.IndexOf("/_history/", StringComparison.Ordinal);
        var plain = version < 0 ? reference : reference[..version];
        if (byAddress.TryGetValue(plain, out var entry)) return entry;
        var parts = plain.Split('/');
        return plain.StartsWith("http", StringComparison.Ordinal) && parts.Length > 2 ? byAddress.GetValueOrDefault($"{parts[^2]}/{parts[^1]}") : null;
    }

    /// <summary>The entry that a reference names, or null.</summary>
    public Entry? Find(ResourceReference? reference) => Find(reference?.Reference);

    /// <summary>The resource of a reference, contained ones too.</summary>
    public T? Find<T>(ResourceReference? reference, DomainResource from)
        where T : Resource
    {
        if (reference?.Reference is not { Length: > 0 } text) return null;
        if (text[0] == '#') return from.Contained.OfType<T>().FirstOrDefault(c => c.Id == text[1..]);
        return Find(text)?.Resource as T;
    }
}
