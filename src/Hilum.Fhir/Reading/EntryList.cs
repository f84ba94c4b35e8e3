using System.Text.Json;
using Hilum.Facts;
using Hilum.Words;

namespace Hilum.Fhir.Reading;

/// <summary>The resources of a record, in order, each once.</summary>
internal sealed class EntryList
{
    private const int MostProblems = 100;
    private readonly List<Entry> entries = [];
    private readonly Dictionary<string, Entry> byIdentity = new(StringComparer.Ordinal);
    private readonly List<ReadingProblem> problems = [];
    private readonly List<Phrase> warnings;

    public EntryList(List<Phrase> warnings) => this.warnings = warnings;

    /// <summary>All resources, copies included.</summary>
    public IReadOnlyList<Entry> All => entries;

    /// <summary>What makes the record unreadable.</summary>
    public IReadOnlyList<ReadingProblem> Problems => problems;

    /// <summary>Entries without a resource, and why.</summary>
    public List<NotUsed> Empty { get; } = [];

    /// <summary>Adds a Bundle, or a single resource as a bundle of one.</summary>
    public void AddRoot(JsonElement root, string place)
    {
        var at = place.Length == 0 ? "" : place + " ";
        if (root.ValueKind is not JsonValueKind.Object)
        {
            problems.Add(new(place, $"expected a FHIR R4 Bundle (a JSON object with resourceType), found {Name(root.ValueKind)}"));
            return;
        }

        if (Text(root, "resourceType") is not { } type)
        {
            problems.Add(new(place, "expected a FHIR R4 Bundle: the object has no resourceType"));
        }
        else if (type == "Bundle")
        {
            AddBundle(root, at + "Bundle");
        }
        else if (!Hl7.Fhir.Model.ModelInfo.IsKnownResource(type))
        {
            problems.Add(new(place, $"expected a FHIR R4 Bundle, found '{type}', which is not a resource of FHIR R4"));
        }
        else
        {
            Add(root, at + type, null);
        }
    }

    private void AddBundle(JsonElement bundle, string place)
    {
        BundleShell.Check(bundle, place, warnings);
        var type = Text(bundle, "type");
        foreach (var member in bundle.EnumerateObject())
        {
            if (member.NameEquals("link")) WarnOfPages(member.Value, place);
            if (!member.NameEquals("entry")) continue;
            if (member.Value.ValueKind is not JsonValueKind.Array)
            {
                problems.Add(new($"{place}.entry", $"expected an array, found {Name(member.Value.ValueKind)}"));
                continue;
            }

            var number = 0;
            foreach (var entry in member.Value.EnumerateArray()) AddEntry(entry, $"{place}.entry[{number++}]", type);
        }
    }

    private void AddEntry(JsonElement entry, string place, string? bundleType)
    {
        if (entry.ValueKind is not JsonValueKind.Object || !entry.TryGetProperty("resource", out var resource) || resource.ValueKind is not JsonValueKind.Object)
        {
            Empty.Add(new(place, new("an entry without a resource", "une entrée sans ressource")));
            return;
        }

        if (Member(entry, "request") is { } request && Text(request, "method") == "DELETE")
        {
            Empty.Add(new(place, new("a resource that is to be deleted", "une ressource à supprimer")));
            return;
        }

        if (Text(resource, "resourceType") == "Bundle") AddBundle(resource, $"{place}.resource");
        else Add(resource, place, Text(entry, "fullUrl"), bundleType == "history");
    }

    private void Add(JsonElement resource, string place, string? fullUrl, bool history = false)
    {
        var entry = new Entry { Place = place, Json = resource, Type = Text(resource, "resourceType") ?? "", Id = Text(resource, "id"), FullUrl = fullUrl };
        entries.Add(entry);
        if (byIdentity.TryAdd(entry.Identity, entry)) return;
        var first = byIdentity[entry.Identity];
        if (JsonElement.DeepEquals(first.Json, resource)) entry.Refuse($"an identical copy of the one at {first.Place}; used once", $"une copie identique de celle en {first.Place} ; retenue une seule fois");
        else if (history) entry.Refuse($"an older version of the one at {first.Place}", $"une version plus ancienne de celle en {first.Place}");
        else if (problems.Count < MostProblems) problems.Add(new(place, $"{entry.Label} stands twice with different content: at {first.Place} and at {place}"));
    }

    private void WarnOfPages(JsonElement links, string place)
    {
        if (links.ValueKind is not JsonValueKind.Array) return;
        if (links.EnumerateArray().Any(link => Text(link, "relation") == "next"))
            warnings.Add(new($"{place}: this is one page of a longer answer (link 'next'); what stands on the other pages is missing", $"{place} : ceci n'est qu'une page d'une réponse plus longue (lien « next ») ; ce qui figure sur les autres pages manque"));
    }

    /// <summary>A member that is an object; null otherwise.</summary>
    public static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object ? value : null;

    /// <summary>A member that is a text; null otherwise.</summary>
    public static string? Text(JsonElement parent, string name)
    {
        if (parent.ValueKind is not JsonValueKind.Object || !parent.TryGetProperty(name, out var value) || value.ValueKind is not JsonValueKind.String) return null;
        try
        {
            return value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "null, true or false",
    };
}
