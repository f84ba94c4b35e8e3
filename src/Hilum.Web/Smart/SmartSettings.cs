using Hilum.Web.CdsHooks;
using Hilum.Web.SignIn;

namespace Hilum.Web.Smart;

/// <summary>Hospital systems that open Hilum as a SMART app.</summary>
public sealed record SmartSettings
{
    /// <summary>The systems.</summary>
    public SmartServer[] Servers { get; init; } = [];

    /// <summary>The system of an issuer; null when it is not on the list.</summary>
    internal SmartServer? Find(string? issuer) => issuer is null ? null : Array.Find(Servers, s => s.Issuer.TrimEnd('/') == issuer.TrimEnd('/'));

    internal void Check(List<string> faults)
    {
        foreach (var server in Servers) server.Check(faults);
        foreach (var twice in Servers.GroupBy(s => s.Issuer.TrimEnd('/'), StringComparer.Ordinal).Where(g => g.Count() > 1)) faults.Add($"smart.servers {twice.Key}: stands twice");
    }
}

/// <summary>One FHIR server that launches Hilum, and how Hilum is registered there.</summary>
public sealed record SmartServer
{
    /// <summary>The base address of the FHIR server: the <c>iss</c> of a launch.</summary>
    public required string Issuer { get; init; }

    /// <summary>The id under which Hilum is registered there.</summary>
    public required string ClientId { get; init; }

    /// <summary>A file with the secret of that registration; null for a public client.</summary>
    public string? ClientSecretFile { get; init; }

    /// <summary>The role of people who come from there.</summary>
    public string Role { get; init; } = "clinician";

    internal void Check(List<string> faults)
    {
        if (!Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer) || !FhirServers.IsSafe(issuer) || issuer.Query.Length > 0) faults.Add($"smart.servers {Issuer}: an https address was expected (http for this machine alone)");
        if (string.IsNullOrWhiteSpace(ClientId)) faults.Add($"smart.servers {Issuer}: clientId: the id of a registration was expected");
        if (ClientSecretFile is { } file && !File.Exists(file)) faults.Add($"smart.servers {Issuer}: clientSecretFile {file}: there is no such file");
        if (Roles.Parse(Role) is not (SignIn.Role.Clinician or SignIn.Role.Pharmacist or SignIn.Role.BoardSecretary)) faults.Add($"smart.servers {Issuer}: role {Role}: clinician, pharmacist or board-secretary was expected");
    }
}
