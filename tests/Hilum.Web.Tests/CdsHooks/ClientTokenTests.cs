using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Hilum.Web.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hilum.Web.Tests.CdsHooks;

/// <summary>Only systems whose keys are on the list may fire hooks, each token once, for the very address it names.</summary>
public sealed class ClientTokenTests : IAsyncLifetime
{
    private const string Issuer = "https://ehr.example.org";
    private static readonly ECDsa Curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private static readonly ECDsaSecurityKey Key = new(Curve) { KeyId = "k1" };
    private static readonly RsaSecurityKey Rsa = new(RSA.Create(2048)) { KeyId = "r1" };
    private readonly OwnSite site = new();

    public ValueTask InitializeAsync() => site.Start(new() { Hooks = new() { Clients = [new() { Issuer = Issuer, Keys = KeySet() }], Origins = ["https://ehr.example.org"] } });

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_good_token_opens_the_door_with_either_algorithm()
    {
        Assert.Equal(200, await Discover(Token()));
        Assert.Equal(200, await Discover(Token(credentials: new(Rsa, SecurityAlgorithms.RsaSha384))));
    }

    [Fact]
    public async Task The_same_token_does_not_open_it_twice()
    {
        var token = Token();
        Assert.Equal(200, await Discover(token));
        Assert.Equal(401, await Discover(token));
    }

    [Fact]
    public async Task Every_other_token_is_refused()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var small = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var hmac = new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(64)) { KeyId = "k1" };
        var refused = new Dictionary<string, string?>
        {
            ["none at all"] = null,
            ["not a token"] = "abc",
            ["another issuer"] = Token(issuer: "https://elsewhere.example"),
            ["another audience"] = Token(audience: site.Url + "/cds-services/kidney-cancer-options"),
            ["audience without the path"] = Token(audience: site.Url),
            ["run out"] = Token(expires: DateTime.UnixEpoch.AddYears(50)),
            ["lives too long"] = Token(expires: new DateTime(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
            ["no jti"] = Token(id: ""),
            ["another key under our key id"] = Token(credentials: new(new ECDsaSecurityKey(stranger) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha384)),
            ["a key that is not listed"] = Token(credentials: new(new ECDsaSecurityKey(stranger) { KeyId = "k9" }, SecurityAlgorithms.EcdsaSha384)),
            ["a shared secret"] = Token(credentials: new(hmac, SecurityAlgorithms.HmacSha256)),
            ["a weaker algorithm"] = Token(credentials: new(new ECDsaSecurityKey(small) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha256)),
            ["unsigned"] = Unsigned(),
            ["a jku of its own"] = Token(jku: "https://evil.example/keys"),
        };
        foreach (var (what, token) in refused) Assert.True(await Discover(token) == 401, $"{what} was not refused");
    }

    [Fact]
    public async Task A_browser_of_a_listed_origin_is_let_through_and_no_other()
    {
        Assert.Equal("https://ehr.example.org", await Preflight("https://ehr.example.org"));
        Assert.Null(await Preflight("https://elsewhere.example"));

        async Task<string?> Preflight(string origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, "/cds-services/kidney-cancer-options");
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
            using var answer = await site.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null;
        }
    }

    [Fact]
    public void Keys_for_testing_and_private_keys_are_refused_unless_the_installation_is_for_testing()
    {
        var test = new DoorSettings { Hooks = new() { Clients = [new() { Issuer = Issuer, Keys = KeySet(), Test = true }] } };
        var secret = new DoorSettings { Hooks = new() { Clients = [new() { Issuer = Issuer, Keys = JsonDocument.Parse("""{"keys":[{"kid":"k","kty":"EC","crv":"P-384","d":"abc"}]}""").RootElement }] } };

        Assert.Contains("test key", Assert.Single(test.Faults()), StringComparison.Ordinal);
        Assert.Contains("private key", Assert.Single(secret.Faults()), StringComparison.Ordinal);
        Assert.Empty((test with { Testing = true }).Faults());
    }

    private async Task<int> Discover(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/cds-services");
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await site.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private string Token(string issuer = Issuer, string? audience = null, DateTime? expires = null, string? id = null, SigningCredentials? credentials = null, string? jku = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object> { ["jti"] = id ?? Guid.NewGuid().ToString() };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience ?? site.Url + "/cds-services",
            IssuedAt = now,
            Expires = expires ?? now.AddMinutes(5),
            Claims = claims,
            SigningCredentials = credentials ?? new(Key, SecurityAlgorithms.EcdsaSha384),
            AdditionalHeaderClaims = jku is null ? null : new Dictionary<string, object> { ["jku"] = jku },
        });
    }

    private string Unsigned()
    {
        var parts = Token().Split('.');
        return $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT","kid":"k1"}""")}.{parts[1]}.";
    }

    private static JsonElement KeySet()
    {
        var ec = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new(ECDsa.Create(Curve.ExportParameters(includePrivateParameters: false))) { KeyId = "k1" });
        var rsa = JsonWebKeyConverter.ConvertFromRSASecurityKey(new(RSA.Create(Rsa.Rsa.ExportParameters(includePrivateParameters: false))) { KeyId = "r1" });
        return JsonSerializer.SerializeToElement(new
        {
            keys = new object[] { new { kid = "k1", kty = "EC", crv = ec.Crv, x = ec.X, y = ec.Y, alg = "ES384" }, new { kid = "r1", kty = "RSA", n = rsa.N, e = rsa.E, alg = "RS384" } },
        });
    }
}
