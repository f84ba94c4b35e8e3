using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Hilum.Web.Tests.Support;

/// <summary>A real OpenID Connect server (OpenIddict), which signs everybody in as the role that stands in the scope or the login hint, and nobody by another client.</summary>
public sealed class Authority : IAsyncDisposable
{
    public const string ClientId = "hilum-test";
    private WebApplication? server;

    /// <summary>Its address, ending with a slash.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Whoever signs in next by a browser has this role.</summary>
    public string Role { get; set; } = "clinician";

    /// <summary>The query of the last request to authorize.</summary>
    public string LastAuthorization { get; private set; } = "";

    public async ValueTask Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenIddict().AddServer(o =>
        {
            o.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
            o.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowClientCredentialsFlow();
            o.RegisterScopes("openid", "profile");
            o.AddEphemeralEncryptionKey().AddEphemeralSigningKey().DisableAccessTokenEncryption();
            o.EnableDegradedMode(); // no store of applications: the handlers below know the one client
            o.UseAspNetCore().DisableTransportSecurityRequirement();
            o.AddEventHandler<ValidateAuthorizationRequestContext>(h => h.UseInlineHandler(c =>
            {
                if (c.ClientId != ClientId || c.RedirectUri?.EndsWith("/sign-in/return", StringComparison.Ordinal) is not true) c.Reject(OpenIddictConstants.Errors.InvalidClient);
                return default;
            }));
            o.AddEventHandler<ValidateTokenRequestContext>(h => h.UseInlineHandler(c =>
            {
                if (c.ClientId != ClientId) c.Reject(OpenIddictConstants.Errors.InvalidClient);
                return default;
            }));
            o.AddEventHandler<HandleAuthorizationRequestContext>(h => h.UseInlineHandler(c =>
            {
                LastAuthorization = c.Transaction.GetHttpRequest()!.QueryString.Value!;
                c.Principal = Person(Role);
                return default;
            }));
            o.AddEventHandler<HandleTokenRequestContext>(h => h.UseInlineHandler(c =>
            {
                if (c.Request.IsClientCredentialsGrantType()) c.Principal = Person(c.Request.GetParameter("role")?.ToString() ?? "");
                return default;
            }));
        });
        server = builder.Build();
        server.UseAuthentication();
        await server.StartAsync();
        Url = server.Urls.First() + "/";
    }

    /// <summary>A bearer token of a role; <c>patient:p1</c> is the patient with that local id.</summary>
    public async Task<string> Token(string role)
    {
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = ClientId, ["client_secret"] = "any", ["role"] = role });
        using var answer = await client.PostAsync(Url + "token", form);
        var text = await answer.Content.ReadAsStringAsync();
        return System.Text.Json.JsonDocument.Parse(text).RootElement.TryGetProperty("access_token", out var token) ? token.GetString()! : throw new InvalidOperationException(text);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }

    private static ClaimsPrincipal Person(string role)
    {
        var identity = new ClaimsIdentity("test", OpenIddictConstants.Claims.Name, "roles");
        identity.AddClaim(new Claim(OpenIddictConstants.Claims.Subject, $"user-{role}"));
        identity.AddClaim(new Claim(OpenIddictConstants.Claims.Name, $"A {role}"));
        if (role.Length > 0) identity.AddClaim(new Claim("roles", role.Split(':')[0]));
        if (role.Contains(':', StringComparison.Ordinal)) identity.AddClaim(new Claim("hilum_patient", role.Split(':')[1]));
        var person = new ClaimsPrincipal(identity);
        person.SetScopes("openid", "profile");
        person.SetAudiences("hilum");
        foreach (var claim in person.Claims) claim.SetDestinations(OpenIddictConstants.Destinations.AccessToken, OpenIddictConstants.Destinations.IdentityToken);
        return person;
    }
}
