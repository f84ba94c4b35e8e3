using System.Text.Json;

namespace Hilum.Answers;

/// <summary>One difference between a stored plan and the same plan made now.</summary>
/// <param name="Where">The member that differs; for an option <c>options.TREATMENT.MEMBER</c>.</param>
/// <param name="Before">As stored; empty when it was not there.</param>
/// <param name="Now">As made now; empty when it is not there any more.</param>
public sealed record PlanChange(string Where, string Before, string Now);

/// <summary>What differs between two plans: statuses, reasons, content, whatever a person could see.</summary>
public static class PlanChanges
{
    private const int LongestValue = 400;

    /// <summary>Every difference, in the order of the plan.</summary>
    public static IReadOnlyList<PlanChange> Between(JsonElement before, JsonElement now)
    {
        var changes = new List<PlanChange>();
        Compare("", before, now, changes);
        return changes;
    }

    private static void Compare(string where, JsonElement before, JsonElement now, List<PlanChange> changes)
    {
        if (before.ValueKind is JsonValueKind.Object && now.ValueKind is JsonValueKind.Object)
        {
            foreach (var name in Names(before).Union(Names(now), StringComparer.Ordinal))
            {
                var at = where.Length == 0 ? name : $"{where}.{name}";
                var (had, has) = (before.TryGetProperty(name, out var a), now.TryGetProperty(name, out var b));
                if (had && has) Compare(at, a, b, changes);
                else changes.Add(new(at, had ? Text(a) : "", has ? Text(b) : ""));
            }
        }
        else if (before.ValueKind is JsonValueKind.Array && now.ValueKind is JsonValueKind.Array)
        {
            Lists(where, before, now, changes);
        }
        else if (!JsonElement.DeepEquals(before, now))
        {
            changes.Add(new(where, Text(before), Text(now)));
        }
    }

    /// <summary>Items that name themselves are compared by name; others by what came and what went. A new order alone is said too.</summary>
    private static void Lists(string where, JsonElement before, JsonElement now, List<PlanChange> changes)
    {
        if (JsonElement.DeepEquals(before, now)) return;
        var (old, young) = (ByKey(before), ByKey(now));
        var found = changes.Count;
        foreach (var key in old.Keys.Union(young.Keys, StringComparer.Ordinal))
        {
            var (had, has) = (old.TryGetValue(key, out var a), young.TryGetValue(key, out var b));
            if (had && has) Compare($"{where}.{key}", a, b, changes);
            else changes.Add(new(where, had ? Text(a) : "", has ? Text(b) : ""));
        }

        if (changes.Count == found) changes.Add(new(where, "in another order", "in another order"));
    }

    private static Dictionary<string, JsonElement> ByKey(JsonElement list)
    {
        var byKey = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var item in list.EnumerateArray())
        {
            var key = KeyOf(item);
            // the same twice: both stand, told apart by their number
            for (var n = 2; !byKey.TryAdd(key, item); n++) key = $"{KeyOf(item)}#{n}";
        }

        return byKey;
    }

    private static string KeyOf(JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object) return Text(item);
        foreach (var name in new[] { "treatment", "edition", "recommendation", "rule", "model", "id", "fact", "trial", "country", "resource" })
            if (item.TryGetProperty(name, out var key) && key.ValueKind is JsonValueKind.String) return key.GetString()!;
        return Text(item);
    }

    private static IEnumerable<string> Names(JsonElement item) => item.EnumerateObject().Select(p => p.Name);

    private static string Text(JsonElement item)
    {
        var text = item.ValueKind is JsonValueKind.String ? item.GetString()! : item.GetRawText();
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= LongestValue ? text : text[..LongestValue] + " ...";
    }
}
