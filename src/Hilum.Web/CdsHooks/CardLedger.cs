using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;

namespace Hilum.Web.CdsHooks;

/// <summary>A card that was shown: what feedback on it is about.</summary>
/// <param name="Service">The service.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Rules">The rules that it rested on.</param>
/// <param name="Content">The hash of the guidance.</param>
internal sealed record ShownCard(string Service, string Topic, IReadOnlyList<string> Rules, string Content)
{
    /// <summary>Whether a later card took its place, because a fact behind it changed.</summary>
    public bool Replaced { get; set; }
}

/// <summary>Which cards are shown, for a day: so that a card on changed facts names the one that it replaces, and feedback finds its rules.</summary>
/// <remarks>It keeps no patient: the place of a card is kept under a keyed hash whose key ends with the process.</remarks>
internal sealed class CardLedger : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);
    private readonly MemoryCache cards = new(new MemoryCacheOptions { SizeLimit = 50_000 });

    /// <summary>Notes the cards of an answer; gives those that replace another one its id.</summary>
    public IReadOnlyList<Card> Note(string client, string service, string patient, string content, IReadOnlyList<Card> made)
    {
        var noted = new List<Card>(made.Count);
        foreach (var card in made)
        {
            var place = Place(client, service, patient, card.Topic);
            var last = cards.TryGetValue(place, out Guid id) && id != card.Uuid ? id : (Guid?)null;
            if (last is { } old && cards.TryGetValue(old, out ShownCard? shown) && shown is not null) shown.Replaced = true;
            cards.Set(place, card.Uuid, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Day });
            cards.Set(card.Uuid, new ShownCard(service, card.Topic, card.Rules, content), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Day });
            noted.Add(last is null ? card : card with { Replaces = last });
        }

        return noted;
    }

    /// <summary>A card that was shown in the last day; null when it is not known.</summary>
    public ShownCard? Find(Guid card) => cards.TryGetValue(card, out ShownCard? shown) ? shown : null;

    /// <inheritdoc/>
    public void Dispose() => cards.Dispose();

    private string Place(string client, string service, string patient, string topic) =>
        Convert.ToHexString(HMACSHA256.HashData(secret, System.Text.Encoding.UTF8.GetBytes(string.Join('\n', client, service, patient, topic))));
}
