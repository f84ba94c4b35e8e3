using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hilum.Fhir.Writing;
using Hilum.Words;

namespace Hilum.Web.CdsHooks;

/// <summary>How urgent a card is.</summary>
internal enum Indicator : byte
{
    /// <summary>To know.</summary>
    Info,

    /// <summary>To look at before going on.</summary>
    Warning,

    /// <summary>To stop for.</summary>
    Critical,
}

/// <summary>A choice that a user may take over as drafts. Never marked as recommended: Hilum supports a decision.</summary>
internal sealed record Suggestion(Guid Uuid, string Label, IReadOnlyList<DraftRequest> Drafts);

/// <summary>A link of a card.</summary>
internal sealed record CardLink(string Label, string Url, bool Smart);

/// <summary>One card: CDS Hooks 2.0.1, "Card Attributes".</summary>
internal sealed record Card
{
    /// <summary>The longest summary, in characters: the standard asks for fewer than 140.</summary>
    public const int LongestSummary = 139;

    /// <summary>What the card is about, for feedback: <c>options</c>, <c>contraindication</c>, <c>interaction</c>, <c>dose</c>, <c>not-checked</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>The topic in words.</summary>
    public required string TopicLabel { get; init; }

    /// <summary>Ids of the rules of the guidance that it rests on; ordinal.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>What makes it this card and no other: when any fact behind it changes, so does its id.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The card of the same topic that it replaces; null for none.</summary>
    public Guid? Replaces { get; init; }

    /// <summary>One sentence without identifiers.</summary>
    public required string Summary { get; init; }

    /// <summary>Markdown, escaped.</summary>
    public required string Detail { get; init; }

    /// <summary>How urgent.</summary>
    public required Indicator Indicator { get; init; }

    /// <summary>Choices.</summary>
    public IReadOnlyList<Suggestion> Suggestions { get; init; } = [];

    /// <summary>Links.</summary>
    public IReadOnlyList<CardLink> Links { get; init; } = [];

    /// <summary>An id that follows from its parts (RFC 9562, version 8, over SHA-256).</summary>
    public static Guid IdOf(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData("\n"u8);
        }

        var bytes = hash.GetHashAndReset().AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new(bytes, bigEndian: true);
    }

    /// <summary>A summary that is short enough, cut at a word when it is not.</summary>
    public static string Short(string summary)
    {
        if (summary.Length <= LongestSummary) return summary;
        var end = summary.LastIndexOf(' ', LongestSummary - 2);
        return summary[..(end > 80 ? end : LongestSummary - 2)] + " …";
    }
}

/// <summary>Writes cards as the answer to a hook.</summary>
internal static class CardWriter
{
    /// <summary>Writes the answer: UTF-8 JSON.</summary>
    /// <param name="cards">The cards; none is an answer too.</param>
    /// <param name="sourceUrl">Where people read more of the source; null when Hilum does not know its own address.</param>
    /// <param name="sourceLabel">What the source is.</param>
    public static byte[] Write(IReadOnlyList<Card> cards, string? sourceUrl, string sourceLabel)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonText.Compact))
        {
            json.WriteStartObject();
            json.WriteStartArray("cards");
            foreach (var card in cards) Write(json, card, sourceUrl, sourceLabel);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Card card, string? sourceUrl, string sourceLabel)
    {
        json.WriteStartObject();
        json.WriteString("uuid", card.Uuid);
        json.WriteString("summary", Card.Short(card.Summary));
        json.WriteString("indicator", card.Indicator switch { Indicator.Critical => "critical", Indicator.Warning => "warning", _ => "info" });
        json.WriteString("detail", card.Detail);
        json.WriteStartObject("source");
        json.WriteString("label", sourceLabel);
        if (sourceUrl is not null) json.WriteString("url", sourceUrl);
        json.WriteStartObject("topic");
        json.WriteString("code", card.Topic);
        json.WriteString("display", card.TopicLabel);
        json.WriteEndObject();
        json.WriteEndObject();
        if (card.Suggestions.Count > 0)
        {
            json.WriteStartArray("suggestions");
            foreach (var suggestion in card.Suggestions) Write(json, suggestion);
            json.WriteEndArray();
            json.WriteString("selectionBehavior", "at-most-one");
        }

        json.WriteStartArray("overrideReasons");
        foreach (var (code, display) in OverrideReasons.All)
        {
            json.WriteStartObject();
            json.WriteString("code", code);
            json.WriteString("system", OverrideReasons.System);
            json.WriteString("display", display);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (card.Links.Count > 0)
        {
            json.WriteStartArray("links");
            foreach (var link in card.Links)
            {
                json.WriteStartObject();
                json.WriteString("label", link.Label);
                json.WriteString("url", link.Url);
                json.WriteString("type", link.Smart ? "smart" : "absolute");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        Extension(json, card);
        json.WriteEndObject();
    }

    private static void Extension(Utf8JsonWriter json, Card card)
    {
        if (card.Rules.Count == 0 && card.Replaces is null) return;
        json.WriteStartObject("extension");
        json.WriteStartObject("org.hilum.card");
        if (card.Rules.Count > 0)
        {
            json.WriteStartArray("rules");
            foreach (var rule in card.Rules) json.WriteStringValue(rule);
            json.WriteEndArray();
        }

        if (card.Replaces is { } replaced) json.WriteString("replaces", replaced);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Suggestion suggestion)
    {
        json.WriteStartObject();
        json.WriteString("label", suggestion.Label);
        json.WriteString("uuid", suggestion.Uuid);
        json.WriteBoolean("isRecommended", false);
        json.WriteStartArray("actions");
        foreach (var draft in suggestion.Drafts)
        {
            json.WriteStartObject();
            json.WriteString("type", "create");
            json.WriteString("description", draft.Name);
            json.WritePropertyName("resource");
            json.WriteRawValue(draft.Json.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
