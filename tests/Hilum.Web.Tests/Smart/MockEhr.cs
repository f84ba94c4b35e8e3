using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hilum.Web.Tests.CdsHooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hilum.Web.Tests.Smart;

/// <summary>A hospital system with a FHIR server and a SMART authorization server, over real HTTP: it gives a code only for a known launch, and a token only for the right proof.</summary>
internal sealed class MockEhr(string patient) : IAsyncDisposable
{
    public const string ClientId = "hilum-at-the-hospital";
    private readonly ConcurrentDictionary<string, (string Challenge, string Redirect, string Nonce)> codes = new(StringComparer.Ordinal);
    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "ehr1" };
    private WebApplication? server;

    /// <summary>The base of its FHIR server.</summary>
    public string Fhir { get; private set; } = "";

    /// <summary>What was asked of it, with the token that was shown.</summary>
    public ConcurrentBag<(string Path, string Token)> Asked { get; } = [];

    /// <summary>Changes the answer of the token endpoint.</summary>
    public Action<JsonObject>? Spoil { get; set; }

    /// <summary>Whether it knows PKCE.</summary>
    public bool KnowsPkce { get; set; } = true;

    /// <summary>The scope of the last request.</summary>
    public string LastScope { get; private set; } = "";

    /// <summary>The local id of the patient in context.</summary>
    public static string PatientId(string example) => Ehr.IdOf(Ehr.PrefetchOf(example));

    public async ValueTask Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.MapGet("/fhir/.well-known/smart-configuration", () => Results.Json(new
        {
            issuer = Fhir,
            jwks_uri = Base + "/keys",
            authorization_endpoint = Base + "/authorize",
            token_endpoint = Base + "/token",
            code_challenge_methods_supported = KnowsPkce ? new[] { "S256" } : ["plain"],
            capabilities = new[] { "launch-ehr", "launch-standalone", "client-public", "sso-openid-connect" },
        }));
        server.MapGet("/keys", () =>
        {
            var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
            return Results.Json(new { keys = new[] { new { kid = key.KeyId, kty = "RSA", alg = "RS256", n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) } } });
        });
        server.MapGet("/authorize", Authorize);
        server.MapPost("/token", (Delegate)Token);
        server.MapGet("/fhir/{**rest}", Serve);
        await server.StartAsync();
        Fhir = Base + "/fhir";
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }

    private string Base => server!.Urls.First();

    private IResult Authorize(HttpContext context)
    {
        var q = context.Request.Query;
        LastScope = q["scope"].ToString();
        if (q["client_id"] != ClientId || q["response_type"] != "code" || q["aud"] != Fhir || q["code_challenge_method"] != "S256" || q["code_challenge"].ToString().Length < 43) return Results.BadRequest("not as SMART asks");
        if (LastScope.Split(' ').Contains("launch") && q["launch"] != "launch-123") return Results.BadRequest("no such launch");
        var code = Guid.NewGuid().ToString("n");
        codes[code] = (q["code_challenge"].ToString(), q["redirect_uri"].ToString(), q["nonce"].ToString());
        return Results.Redirect(QueryHelpers.AddQueryString(q["redirect_uri"].ToString(), new Dictionary<string, string?> { ["code"] = code, ["state"] = q["state"] }));
    }

    private async Task<IResult> Token(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (form["grant_type"] != "authorization_code" || form["client_id"] != ClientId || !codes.TryRemove(form["code"].ToString(), out var known) || known.Redirect != form["redirect_uri"]
            || known.Challenge != Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())))) return Results.BadRequest(new { error = "invalid_grant" });
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var answer = new JsonObject
        {
            ["access_token"] = "ehr-token",
            ["token_type"] = "Bearer",
            ["expires_in"] = 300,
            ["scope"] = LastScope,
            ["patient"] = PatientId(patient),
            ["id_token"] = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Fhir,
                Audience = ClientId,
                Expires = now.AddMinutes(5),
                Claims = new Dictionary<string, object> { ["sub"] = "dr1", ["fhirUser"] = "Practitioner/dr1", ["nonce"] = known.Nonce },
                SigningCredentials = new(key, SecurityAlgorithms.RsaSha256),
            }),
        };
        Spoil?.Invoke(answer);
        return Results.Text(answer.ToJsonString(), "application/json");
    }

    private IResult Serve(HttpContext context, string rest)
    {
        Asked.Add((rest, context.Request.Headers.Authorization.ToString()));
        if (context.Request.Headers.Authorization != "Bearer ehr-token") return Results.Unauthorized();
        var prefetch = Ehr.PrefetchOf(patient);
        var key1 = rest.StartsWith("Patient/", StringComparison.Ordinal) ? "patient" : rest switch
        {
            "Condition" => "conditions",
            "Procedure" => "procedures",
            "AllergyIntolerance" => "allergies",
            "MedicationRequest" => "medRequests",
            "MedicationAdministration" => "medAdmins",
            "MedicationStatement" => "medStatements",
            "Observation" when context.Request.QueryString.Value!.Contains("718-7", StringComparison.Ordinal) => "labsHaem",
            _ => "none",
        };
        return Results.Text((prefetch[key1] ?? Ehr.Search([], "none")).ToJsonString(), "application/fhir+json");
    }
}
