using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hilum.Web.CdsHooks;

/// <summary>Checks which hospital system is calling: CDS Hooks 2.0.1, "Trusting CDS Clients".</summary>
/// <remarks>
/// ES384 and RS384 only; issuers and their keys come from the settings, never from the token; the audience is the very address that was called;
/// a token counts once; it may live for an hour at most, so that what is kept against replays stays bounded.
/// </remarks>
internal sealed class HookClients(HookSettings settings, TimeProvider time) : IDisposable
{
    private static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.RsaSha384];
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = 16 * 1024 };
    private readonly MemoryCache used = new(new MemoryCacheOptions { SizeLimit = 200_000 });
    private readonly KeySets keySets = new(time);
    private readonly ConcurrentDictionary<string, JsonWebKeySet> fixedKeys = new(StringComparer.Ordinal);

    /// <summary>Whether callers must show a token.</summary>
    public bool AreNamed => settings.Clients.Length > 0;

    /// <summary>Checks a request's <c>Authorization</c>. Null, with a reason, when it must be refused; the reason never quotes the token.</summary>
    /// <param name="authorization">The header.</param>
    /// <param name="address">The address that was called, as the outside knows it.</param>
    /// <param name="stop">Ends the wait for keys.</param>
    public async Task<(string? Issuer, string Fault)> Check(string authorization, string address, CancellationToken stop)
    {
        if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return (null, "a bearer token was expected");
        JsonWebToken token;
        try
        {
            token = handler.ReadJsonWebToken(authorization[7..].Trim());
        }
        catch (Exception fault) when (fault is ArgumentException or SecurityTokenException)
        {
            return (null, "the token is no JSON Web Token");
        }

        if (!Algorithms.Contains(token.Alg)) return (null, "the token must be signed with ES384 or RS384");
        if (token.TryGetHeaderValue<string>("typ", out var typ) && !"JWT".Equals(typ, StringComparison.OrdinalIgnoreCase)) return (null, "the token's typ must be JWT");
        if (Array.Find(settings.Clients, c => c.Issuer == token.Issuer) is not { } client) return (null, "the token's issuer is not on the list");
        if (token.TryGetHeaderValue<string>("jku", out var jku) && jku != client.KeysUrl) return (null, "the token's jku is not that of its issuer");
        if (string.IsNullOrEmpty(token.Kid) || await Key(client, token.Kid, stop) is not { } key) return (null, "the token's key is not one of its issuer's");
        var valid = await handler.ValidateTokenAsync(token, new()
        {
            ValidAlgorithms = Algorithms,
            ValidIssuer = client.Issuer,
            ValidAudience = address,
            IssuerSigningKey = key,
            ClockSkew = Skew,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = (from, until, _, _) => until is { } end && end > Now - Skew && end < Now + Longest + Skew && (from is null || from < Now + Skew),
        });
        if (!valid.IsValid) return (null, valid.Exception switch
        {
            SecurityTokenInvalidAudienceException => $"the token's aud must be {address}",
            SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException => "the token has run out, or lives for over an hour",
            _ => "the token's signature is not valid",
        });
        if (!token.TryGetPayloadValue<long>("iat", out _)) return (null, "the token has no iat");
        if (string.IsNullOrEmpty(token.Id) || token.Id.Length > 200) return (null, "the token has no jti");
        return Replayed(client.Issuer, token) ? (null, "the token was used before") : (client.Issuer, "");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        used.Dispose();
        keySets.Dispose();
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private bool Replayed(string issuer, JsonWebToken token)
    {
        var key = (issuer, token.Id);
        lock (used)
        {
            if (used.TryGetValue(key, out _)) return true;
            used.Set(key, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Longest + (2 * Skew) });
            return !used.TryGetValue(key, out _); // no room to remember it: not accepted
        }
    }

    private async Task<SecurityKey?> Key(HookClient client, string kid, CancellationToken stop)
    {
        if (client.KeysUrl is { } url) return await keySets.Find(new(url), kid, stop);
        var keys = fixedKeys.GetOrAdd(client.Issuer, _ => JsonWebKeySet.Create(client.Keys!.Value.GetRawText()));
        return keys.Keys.FirstOrDefault(k => k.Kid == kid);
    }
}

/// <summary>Key sets of issuers, from addresses of the settings alone; asked for again when a key is not in them, once a minute at most.</summary>
internal sealed class KeySets(TimeProvider time) : IDisposable
{
    private const int Largest = 256 * 1024;
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = Largest };
    private readonly SemaphoreSlim one = new(1);
    private readonly Dictionary<Uri, (DateTimeOffset Asked, JsonWebKeySet? Keys)> kept = [];

    /// <summary>A key by its id; null when the issuer has none of it or cannot be asked.</summary>
    public async Task<SecurityKey?> Find(Uri url, string kid, CancellationToken stop)
    {
        await one.WaitAsync(stop);
        try
        {
            var (asked, keys) = kept.GetValueOrDefault(url);
            var now = time.GetUtcNow();
            if (keys?.Keys.FirstOrDefault(k => k.Kid == kid) is { } known && now - asked < Fresh) return known;
            if (now - asked < Between) return null;
            try
            {
                keys = JsonWebKeySet.Create(await client.GetStringAsync(url, stop));
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or ArgumentException or System.Text.Json.JsonException)
            {
                stop.ThrowIfCancellationRequested();
            }

            kept[url] = (now, keys);
            return keys?.Keys.FirstOrDefault(k => k.Kid == kid);
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        one.Dispose();
    }
}
