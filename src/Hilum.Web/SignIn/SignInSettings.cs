using System.Text.Json;
using Hilum.Web.CdsHooks;

namespace Hilum.Web.SignIn;

/// <summary>Who signs people in: any OpenID Connect authority (code flow with PKCE for pages, bearer tokens for programs).</summary>
public sealed record SignInSettings
{
    /// <summary>The address of the authority: https, or http of this machine itself.</summary>
    public required string Authority { get; init; }

    /// <summary>The id under which Hilum is registered there.</summary>
    public required string ClientId { get; init; }

    /// <summary>A file with the secret of that registration; null for a public client.</summary>
    public string? ClientSecretFile { get; init; }

    /// <summary>The <c>aud</c> of bearer tokens for this service.</summary>
    public string Audience { get; init; } = "hilum";

    /// <summary>The claim that holds roles or groups.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>For each role of Hilum the values of that claim that give it; a role that is not named here is given by its own name.</summary>
    public Dictionary<string, string[]> Roles { get; init; } = [];

    /// <summary>The claim that holds the local id of a patient who signs in.</summary>
    public string PatientClaim { get; init; } = "hilum_patient";

    internal void Check(List<string> faults)
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority) || !FhirServers.IsSafe(authority)) faults.Add($"signIn.authority {Authority}: an https address was expected (http for this machine alone)");
        if (string.IsNullOrWhiteSpace(ClientId)) faults.Add("signIn.clientId: the id of a registration was expected");
        if (ClientSecretFile is { } file && !File.Exists(file)) faults.Add($"signIn.clientSecretFile {file}: there is no such file");
        foreach (var role in Roles.Keys.Where(r => SignIn.Roles.Parse(r) is Role.None)) faults.Add($"signIn.roles {role}: there is no such role; there are {string.Join(", ", SignIn.Roles.Ids)}");
    }
}
