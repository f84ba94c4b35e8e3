using System.Text.Json;

namespace Hilum.Web.CdsHooks;

/// <summary>What became of one card.</summary>
/// <param name="Time">When the user acted, as the client says; else when it was received.</param>
/// <param name="Service">The service.</param>
/// <param name="Card">The card.</param>
/// <param name="Topic">Its topic; null when the card is not known any more.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="Content">The hash of its guidance; null when the card is not known any more.</param>
/// <param name="Outcome"><c>accepted</c> or <c>overridden</c>.</param>
/// <param name="Reason">The code of the reason; null when none was given.</param>
/// <param name="Comment">In the user's own words; shown to nobody but whoever reads the store.</param>
/// <param name="Suggestions">The suggestions that were taken over.</param>
internal sealed record CardFeedback(DateTimeOffset Time, string Service, Guid Card, string? Topic, IReadOnlyList<string> Rules, string? Content, string Outcome, string? Reason, string? Comment, IReadOnlyList<string> Suggestions)
{
    private const int Most = 100;
    private const int LongestComment = 2000;

    /// <summary>Reads the body of a feedback request: CDS Hooks 2.0.1, "Feedback".</summary>
    public static IReadOnlyList<CardFeedback> Read(JsonElement root, string service, CardLedger ledger, DateTimeOffset now, List<string> problems)
    {
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("feedback", out var list) || list.ValueKind is not JsonValueKind.Array || list.GetArrayLength() is 0 or > Most)
        {
            problems.Add($"feedback: an array of 1 to {Most} entries was expected");
            return [];
        }

        var all = new List<CardFeedback>();
        var number = 0;
        foreach (var item in list.EnumerateArray())
        {
            var place = $"feedback[{number++}]";
            if (item.ValueKind is not JsonValueKind.Object || Text(item, "card") is not { } id || !Guid.TryParse(id.StartsWith("urn:uuid:", StringComparison.Ordinal) ? id[9..] : id, out var card))
            {
                problems.Add($"{place}.card: the uuid of a card was expected");
                continue;
            }

            var outcome = Text(item, "outcome");
            if (outcome is not ("accepted" or "overridden")) problems.Add($"{place}.outcome: accepted or overridden was expected");
            var suggestions = AcceptedOf(item, place, outcome, problems);
            var (reason, comment) = ReasonOf(item, place, problems);
            var time = Text(item, "outcomeTimestamp") is { } text && DateTimeOffset.TryParse(text, out var stated) ? stated : now;
            var shown = ledger.Find(card);
            all.Add(new(time, service, card, shown?.Topic, shown?.Rules ?? [], shown?.Content, outcome ?? "", reason, comment, suggestions));
        }

        return all;
    }

    private static List<string> AcceptedOf(JsonElement item, string place, string? outcome, List<string> problems)
    {
        var ids = new List<string>();
        if (item.TryGetProperty("acceptedSuggestions", out var list) && list.ValueKind is JsonValueKind.Array)
            foreach (var one in list.EnumerateArray().Take(Most))
                if (one.ValueKind is JsonValueKind.Object && Text(one, "id") is { } id && Guid.TryParse(id, out var uuid)) ids.Add(uuid.ToString());
        if (outcome == "accepted" && ids.Count == 0) problems.Add($"{place}.acceptedSuggestions: required where the outcome is accepted: an array of objects with the id of a suggestion");
        return ids;
    }

    private static (string? Reason, string? Comment) ReasonOf(JsonElement item, string place, List<string> problems)
    {
        if (!item.TryGetProperty("overrideReason", out var given)) return (null, null);
        if (given.ValueKind is not JsonValueKind.Object)
        {
            problems.Add($"{place}.overrideReason: an object was expected");
            return (null, null);
        }

        string? code = null;
        if (given.TryGetProperty("reason", out var reason) && reason.ValueKind is JsonValueKind.Object && Text(reason, "code") is { } named)
            code = OverrideReasons.Known.Contains(named) && (Text(reason, "system") ?? OverrideReasons.System) == OverrideReasons.System ? named : "other";
        var comment = Text(given, "userComment");
        return (code, comment?.Length > LongestComment ? comment[..LongestComment] : comment);
    }

    private static string? Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind is not JsonValueKind.String) return null;
        try
        {
            return value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }
}

/// <summary>Feedback as it came, one line each: in a file of the data folder, or in memory when there is none.</summary>
internal sealed class FeedbackLog
{
    private const int MostInMemory = 10_000;
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
    private readonly Lock gate = new();
    private readonly List<CardFeedback> all = [];
    private readonly string? path;

    /// <summary>Opens the log; what an earlier run wrote is read again.</summary>
    public FeedbackLog(string? folder)
    {
        if (folder is null) return;
        Directory.CreateDirectory(folder);
        path = Path.Combine(folder, "cds-feedback.ndjson");
        if (!File.Exists(path)) return;
        foreach (var line in File.ReadLines(path))
        {
            try
            {
                if (JsonSerializer.Deserialize<CardFeedback>(line, Options) is { } one) all.Add(one);
            }
            catch (JsonException)
            {
                // the last line of a run that was cut off
            }
        }
    }

    /// <summary>Adds feedback; when it returns, it is written.</summary>
    public void Add(IReadOnlyList<CardFeedback> feedback)
    {
        lock (gate)
        {
            if (path is not null)
            {
                using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
                foreach (var one in feedback)
                {
                    file.Write(JsonSerializer.SerializeToUtf8Bytes(one, Options));
                    file.WriteByte((byte)'\n');
                }

                file.Flush(flushToDisk: true);
            }

            all.AddRange(feedback);
            if (path is null && all.Count > MostInMemory) all.RemoveRange(0, all.Count - MostInMemory);
        }
    }

    /// <summary>Counts by rule: what was followed, what was not, and why not. Without comments, patients and users.</summary>
    public IReadOnlyList<RuleFeedback> ByRule()
    {
        lock (gate)
        {
            return [.. all.SelectMany(f => f.Rules.DefaultIfEmpty("").Select(rule => (Rule: rule, Feedback: f)))
                .GroupBy(x => (x.Rule, x.Feedback.Topic))
                .OrderBy(g => g.Key.Rule, StringComparer.Ordinal).ThenBy(g => g.Key.Topic, StringComparer.Ordinal)
                .Select(g => new RuleFeedback(g.Key.Rule, g.Key.Topic, g.Count(x => x.Feedback.Outcome == "accepted"), g.Count(x => x.Feedback.Outcome == "overridden"),
                    new SortedDictionary<string, int>(g.Where(x => x.Feedback.Reason is not null).GroupBy(x => x.Feedback.Reason!).ToDictionary(r => r.Key, r => r.Count()), StringComparer.Ordinal)))];
        }
    }
}

/// <summary>Feedback on the cards of one rule.</summary>
/// <param name="Rule">The rule; empty for cards that rest on none or are not known any more.</param>
/// <param name="Topic">The topic of the cards; null when they are not known any more.</param>
/// <param name="Accepted">How often a suggestion was taken over.</param>
/// <param name="Overridden">How often the card was set aside.</param>
/// <param name="Reasons">Why, by code.</param>
internal sealed record RuleFeedback(string Rule, string? Topic, int Accepted, int Overridden, SortedDictionary<string, int> Reasons);
