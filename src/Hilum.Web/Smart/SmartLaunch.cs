using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hilum.Fhir.Reading;
using Hilum.Guidance;
using Hilum.Web.CdsHooks;
using Hilum.Web.Patients;
using Hilum.Web.SignIn;
using Hilum.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Hilum.Web.Smart;

/// <summary>SMART App Launch 2.2.0: a hospital system opens the planning page for a patient. EHR launch and standalone launch, code flow with PKCE.</summary>
internal sealed class SmartLaunch : IDisposable
{
    private const string CookieName = "hilum-smart";
    private const int LargestAnswer = 256 * 1024;
    private const string Scopes = "openid fhirUser patient/Patient.rs patient/Condition.rs patient/Observation.rs patient/MedicationRequest.rs patient/MedicationAdministration.rs patient/MedicationStatement.rs patient/Procedure.rs patient/AllergyIntolerance.rs";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly DoorSettings settings;
    private readonly GuidanceContent content;
    private readonly PatientList patients;
    private readonly TimeProvider time;
    private readonly FhirServers servers;
    private readonly Prefetch prefetch;
    private readonly BundleReader reader;
    private readonly KeySets keySets;
    private readonly MemoryCache waiting = new(new MemoryCacheOptions { SizeLimit = 10_000 });
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = LargestAnswer };

    public SmartLaunch(SiteSettings site, GuidanceContent content, PatientList patients, TimeProvider time)
    {
        (settings, this.content, this.patients, this.time) = (site.Doors, content, patients, time);
        servers = new(settings.Smart.Servers.Select(s => s.Issuer));
        prefetch = new(content.Facts);
        reader = new(content.Facts, content.Formulary);
        keySets = new(time);
    }

    private sealed record Configuration(Uri Authorize, Uri Token, string? Issuer, Uri? Keys);

    /// <summary>A launch under way.</summary>
    private sealed record Launch(SmartServer Server, Configuration Configuration, string Verifier, string Nonce, string Return);

    /// <summary>What the token endpoint answered.</summary>
    private sealed record Granted(string Token, string Patient, string? IdToken);

    /// <summary>Maps the addresses.</summary>
    public static void Map(IEndpointRouteBuilder site)
    {
        var door = site.ServiceProvider.GetRequiredService<SmartLaunch>();
        site.MapGet("/smart/launch", (HttpContext c) => door.Begin(c, c.Request.Query["iss"], c.Request.Query["launch"].ToString() is { Length: > 0 and <= 4096 } launch ? launch : null, ehr: true));
        site.MapGet("/smart/start", (HttpContext c) => door.Begin(c, c.Request.Query["iss"].ToString() is { Length: > 0 } iss ? iss : door.settings.Smart.Servers is [var only] ? only.Issuer : null, null, ehr: false));
        site.MapGet("/smart/return", door.Return);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        servers.Dispose();
        keySets.Dispose();
        waiting.Dispose();
        client.Dispose();
    }

    private async Task Begin(HttpContext context, string? issuer, string? launch, bool ehr)
    {
        if (settings.Smart.Find(issuer) is not { } server)
        {
            await Say(context, 400, "This system is not on the list of those that may open Hilum.");
            return;
        }

        if (ehr && launch is null)
        {
            await Say(context, 400, "The launch is incomplete: the parameter launch is missing.");
            return;
        }

        if (await Discover(server, context.RequestAborted) is not { } configuration)
        {
            await Say(context, 502, "The hospital system could not be asked how to sign in (.well-known/smart-configuration).");
            return;
        }

        var (state, under) = (Random(), new Launch(server, configuration, Random(), Random(), $"{settings.AddressOf(context)}/smart/return"));
        waiting.Set(state, under, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Longest });
        context.Response.Cookies.Append(CookieName, state, new() { HttpOnly = true, Secure = settings.IsSecure, SameSite = SameSiteMode.Lax, MaxAge = Longest, Path = "/smart" });
        var parameters = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = server.ClientId,
            ["redirect_uri"] = under.Return,
            ["scope"] = (ehr ? "launch " : "launch/patient ") + Scopes,
            ["state"] = state,
            ["nonce"] = under.Nonce,
            ["aud"] = server.Issuer,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(under.Verifier))),
            ["code_challenge_method"] = "S256",
        };
        if (launch is not null) parameters["launch"] = launch;
        context.Response.Redirect(QueryHelpers.AddQueryString(configuration.Authorize.AbsoluteUri, parameters));
    }

    private async Task Return(HttpContext context)
    {
        var state = context.Request.Query["state"].ToString();
        var mine = context.Request.Cookies[CookieName];
        context.Response.Cookies.Delete(CookieName, new() { Path = "/smart" });
        if (state.Length == 0 || mine is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(mine)) || !waiting.TryGetValue(state, out Launch? launch) || launch is null)
        {
            await Say(context, 400, "This answer belongs to no launch of this browser, or came too late. Open Hilum again from the patient's chart.");
            return;
        }

        waiting.Remove(state);
        if (context.Request.Query["code"].ToString() is not { Length: > 0 and <= 4096 } code)
        {
            await Say(context, 400, "The hospital system did not allow it.");
            return;
        }

        var (granted, fault) = await Redeem(launch, code, context.RequestAborted);
        if (granted is null)
        {
            await Say(context, 502, fault);
            return;
        }

        var person = await Person(launch, granted, context.RequestAborted);
        if (settings.HasUsers && person is null)
        {
            await Say(context, 403, "The hospital system did not say, or not validly, who you are (id_token).");
            return;
        }

        await OpenPlan(context, launch, granted, person);
    }

    private async Task OpenPlan(HttpContext context, Launch launch, Granted granted, string? person)
    {
        var request = new HookRequest { PatientId = granted.Patient, FhirServer = new(launch.Server.Issuer), Token = granted.Token, Prefetch = new Dictionary<string, JsonElement?>() };
        var record = await HookRecord.Make(request, prefetch, servers, time.GetUtcNow(), TimeSpan.FromHours(1), context.RequestAborted);
        if (record.Lacking.Count > 0)
        {
            await Say(context, 502, $"The record could not be had: {string.Join("; ", record.Absent.Select(a => $"{a.Key}: {a.Why}"))}");
            return;
        }

        var read = reader.Read(record.Bundle, DateOnly.FromDateTime(time.GetLocalNow().DateTime));
        if (read.Record is not { } patient)
        {
            await Say(context, 502, $"The record could not be read: {string.Join("; ", read.Problems.Take(10))}");
            return;
        }

        if (patient.PatientId.Length > 0 && patient.PatientId != granted.Patient)
        {
            await Say(context, 502, "The record that was answered is about another patient than the one of the launch.");
            return;
        }

        var absent = record.Absent.Select(a => new Phrase($"not at hand ({a.Why}): {a.Key}", $"non disponible ({a.Why}) : {a.Key}"));
        var open = patients.Open(granted.Patient, patient with { Warnings = [.. patient.Warnings, .. absent] });
        if (settings.HasUsers) await Gate.Welcome(context, person!, launch.Server.Role);
        context.Response.Redirect($"/cases/{open.Id}");
    }

    private async Task<Configuration?> Discover(SmartServer server, CancellationToken stop)
    {
        var answer = await servers.Get(new(server.Issuer), null, ".well-known/smart-configuration", stop);
        try
        {
            if (answer.Fault is not null || answer.Json.Length == 0) return null;
            using var document = JsonDocument.Parse(answer.Json);
            var root = document.RootElement;
            if (root.ValueKind is not JsonValueKind.Object || Address(root, "authorization_endpoint") is not { } authorize || Address(root, "token_endpoint") is not { } token) return null;
            // without S256 a code could be redeemed by whoever sees it
            if (!root.TryGetProperty("code_challenge_methods_supported", out var methods) || methods.ValueKind is not JsonValueKind.Array || !methods.EnumerateArray().Any(m => m.ValueKind is JsonValueKind.String && m.ValueEquals("S256"))) return null;
            return new(authorize, token, Text(root, "issuer"), Address(root, "jwks_uri"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<(Granted? Granted, string Fault)> Redeem(Launch launch, string code, CancellationToken stop)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = launch.Return, ["code_verifier"] = launch.Verifier };
        using var request = new HttpRequestMessage(HttpMethod.Post, launch.Configuration.Token);
        request.Headers.Accept.Add(new("application/json"));
        if (launch.Server.ClientSecretFile is { } file)
        {
            var secret = (await File.ReadAllTextAsync(file, stop)).Trim();
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(launch.Server.ClientId)}:{Uri.EscapeDataString(secret)}")));
        }
        else
        {
            form["client_id"] = launch.Server.ClientId;
        }

        request.Content = new FormUrlEncodedContent(form);
        try
        {
            using var answer = await client.SendAsync(request, stop);
            if (answer.StatusCode is not HttpStatusCode.OK) return (null, $"The hospital system refused to give a token ({(int)answer.StatusCode}).");
            using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(stop));
            var root = document.RootElement;
            if (root.ValueKind is not JsonValueKind.Object || Text(root, "access_token") is not { } token || token.Length > 8192 || token.AsSpan().ContainsAnyExceptInRange('!', '~')) return (null, "The hospital system gave no usable token.");
            if (!"Bearer".Equals(Text(root, "token_type"), StringComparison.OrdinalIgnoreCase)) return (null, "The hospital system gave a token that is not a bearer token.");
            return Text(root, "patient") is { } patient && HookRequest.IsId(patient) ? (new(token, patient, Text(root, "id_token")), "") : (null, "The hospital system did not say which patient is meant. Open Hilum from a patient's chart.");
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or InvalidOperationException || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return (null, "The hospital system could not be asked for a token.");
        }
    }

    /// <summary>Who came, by a valid identity token of the hospital system; null when it gave none.</summary>
    private async Task<string?> Person(Launch launch, Granted granted, CancellationToken stop)
    {
        if (granted.IdToken is not { Length: <= 16_384 } text || launch.Configuration is not { Keys: { } keys, Issuer: { } issuer }) return null;
        try
        {
            var handler = new JsonWebTokenHandler();
            var token = handler.ReadJsonWebToken(text);
            if (await keySets.Find(keys, token.Kid, stop) is not { } key) return null;
            var valid = await handler.ValidateTokenAsync(token, new()
            {
                ValidIssuer = issuer,
                ValidAudience = launch.Server.ClientId,
                IssuerSigningKey = key,
                ValidAlgorithms = ["RS256", "RS384", "ES256", "ES384"],
                ClockSkew = TimeSpan.FromMinutes(1),
            });
            if (!valid.IsValid || (token.TryGetPayloadValue<string>("nonce", out var nonce) && nonce != launch.Nonce)) return null;
            return token.TryGetPayloadValue<string>("fhirUser", out var user) ? user : token.Subject is { Length: > 0 } subject ? subject : null;
        }
        catch (Exception fault) when (fault is ArgumentException or Microsoft.IdentityModel.Tokens.SecurityTokenException)
        {
            return null;
        }
    }

    private static Uri? Address(JsonElement root, string name) => Text(root, name) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var uri) && FhirServers.IsSafe(uri) ? uri : null;

    private static string? Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind is not JsonValueKind.String) return null;
        try
        {
            return value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static Task Say(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why, context.RequestAborted);
    }
}
