using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Hilum.Words;
using Microsoft.Extensions.Caching.Memory;

namespace Hilum.Web.CdsHooks;

/// <summary>Cards as they were made, and as they are sent.</summary>
internal sealed record MadeCards(IReadOnlyList<Card> Cards, byte[] Json);

/// <summary>
/// Answers of the last minutes, found by a hash of all that they rest on: a chart that is opened again, and each medicine that is looked at in it, costs no second
/// judgement. The same record, content and day give the same cards, so nothing can be out of date. Records and tokens are not kept.
/// </summary>
internal sealed class AnswerMemory : IDisposable
{
    private const long Largest = 64 * 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private readonly MemoryCache answers = new(new MemoryCacheOptions { SizeLimit = Largest });

    /// <summary>The hash of all that an answer rests on, but the guidance, which is one for the life of the process.</summary>
    public static string KeyOf(HookService service, HookRequest request, HookRecord record, DateOnly day, Language language, string? launch)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { service.Id, request.PatientId, day.ToString("yyyy-MM-dd"), language.ToString(), launch ?? "" }.Concat(request.Selections?.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>()).Concat(record.Absent.Select(a => $"{a.Key} {a.Why}")))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0]);
        }

        if (request.DraftOrders is { } drafts) hash.AppendData(JsonMarshal.GetRawUtf8Value(drafts));
        hash.AppendData([0]);
        hash.AppendData(record.Bundle.Span);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Finds an answer.</summary>
    public bool TryFind(string key, [NotNullWhen(true)] out MadeCards? made) => answers.TryGetValue(key, out made) && made is not null;

    /// <summary>Keeps an answer for a while, when there is room.</summary>
    public void Keep(string key, MadeCards made) => answers.Set(key, made, new MemoryCacheEntryOptions { Size = 4L * made.Json.Length, AbsoluteExpirationRelativeToNow = Longest });

    /// <inheritdoc/>
    public void Dispose() => answers.Dispose();
}
