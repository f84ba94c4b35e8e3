using System.Text.Json;
using System.Text.Json.Serialization;
using Hilum.Web.SignIn;
using Hilum.Web.Smart;
using Microsoft.AspNetCore.Http;

namespace Hilum.Web;

/// <summary>How the doors for others are set up: the file of <c>hilum serve --settings</c> (docs/doors.md). Without one the site answers this machine alone.</summary>
public sealed record DoorSettings
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>The address by which others know this service: https, without a path; null when it is not known.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>The folder for what is kept; null: nothing is kept across a restart.</summary>
    public string? Data { get; init; }

    /// <summary>Whether a proxy in front ends TLS: then plain http is listened to, and the proxy's word for scheme and client is taken.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>Whether this is a trial installation: keys marked as test keys are accepted.</summary>
    public bool Testing { get; init; }

    /// <summary>Certificate and key for https, both PEM files; null for none.</summary>
    public CertificateSettings? Certificate { get; init; }

    /// <summary>Hospital systems that fire hooks.</summary>
    public HookSettings Hooks { get; init; } = new();

    /// <summary>Hospital systems that open Hilum as a SMART app.</summary>
    public SmartSettings Smart { get; init; } = new();

    /// <summary>Who signs people in; null: one local user, and this machine alone.</summary>
    public SignInSettings? SignIn { get; init; }

    /// <summary>The most requests of one user or address in a minute; null for no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Whether anybody has to say who he is.</summary>
    internal bool HasUsers => SignIn is not null;

    /// <summary>Whether browsers come by https.</summary>
    internal bool IsSecure => BehindProxy || PublicUrl?.StartsWith("https:", StringComparison.Ordinal) is true;

    /// <summary>Reads a file; every fault is named.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SettingsException">It cannot be read, or does not hold together.</exception>
    public static DoorSettings Read(string path)
    {
        try
        {
            var settings = JsonSerializer.Deserialize<DoorSettings>(File.ReadAllBytes(path), Options) ?? throw new SettingsException([$"{path}: an object was expected"]);
            return settings.Faults() is { Count: > 0 } faults ? throw new SettingsException([.. faults.Select(f => $"{path}: {f}")]) : settings;
        }
        catch (JsonException fault)
        {
            throw new SettingsException([$"{path}: line {fault.LineNumber + 1}: {fault.Message}"]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{path}: {fault.Message}"]);
        }
    }

    /// <summary>The address by which a caller knows this service, without a slash at the end.</summary>
    internal string AddressOf(HttpContext context) => PublicUrl?.TrimEnd('/') ?? $"{context.Request.Scheme}://{context.Request.Host}";

    /// <summary>What does not hold together.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (PublicUrl is { } url && (!Uri.TryCreate(url, UriKind.Absolute, out var own) || own.AbsolutePath != "/" || own.Query.Length > 0)) faults.Add($"publicUrl {url}: an address without a path was expected, such as https://hilum.example.org");
        if (PublicUrl is { } plain && plain.StartsWith("http:", StringComparison.Ordinal) && !new Uri(plain).IsLoopback) faults.Add($"publicUrl {plain}: https was expected");
        if (RequestsPerMinute is < 1) faults.Add($"requestsPerMinute {RequestsPerMinute}: a number above 0 was expected, or no such member");
        Certificate?.Check(faults);
        Hooks.Check(Testing, faults);
        Smart.Check(faults);
        SignIn?.Check(faults);
        return faults;
    }
}

/// <summary>Settings that do not hold together.</summary>
/// <param name="faults">All that is wrong.</param>
public sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<string> Faults => faults;
}

/// <summary>Certificate and key for https.</summary>
/// <param name="File">The certificate with its chain: PEM.</param>
/// <param name="KeyFile">Its key: PEM.</param>
public sealed record CertificateSettings(string File, string KeyFile)
{
    internal void Check(List<string> faults)
    {
        foreach (var file in new[] { File, KeyFile }.Where(f => !System.IO.File.Exists(f))) faults.Add($"certificate {file}: there is no such file");
    }
}

/// <summary>Hospital systems that fire hooks.</summary>
public sealed record HookSettings
{
    /// <summary>Systems whose tokens are accepted; empty: this machine alone may call, without a token.</summary>
    public HookClient[] Clients { get; init; } = [];

    /// <summary>Base addresses of FHIR servers that may be asked for what was not sent.</summary>
    public string[] FhirServers { get; init; } = [];

    /// <summary>Origins of browser clients.</summary>
    public string[] Origins { get; init; } = [];

    /// <summary>The age in minutes after which a search that was sent beforehand is not used.</summary>
    public int OldestPrefetchMinutes { get; init; } = 60;

    internal void Check(bool testing, List<string> faults)
    {
        foreach (var server in FhirServers)
            if (!Uri.TryCreate(server, UriKind.Absolute, out var uri) || !CdsHooks.FhirServers.IsSafe(uri) || uri.Query.Length > 0) faults.Add($"hooks.fhirServers {server}: an https address was expected (http for this machine alone)");
        foreach (var origin in Origins)
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.AbsolutePath != "/" || origin.EndsWith('/')) faults.Add($"hooks.origins {origin}: an origin was expected, such as https://ehr.example.org");
        if (OldestPrefetchMinutes is < 1 or > 1440) faults.Add($"hooks.oldestPrefetchMinutes {OldestPrefetchMinutes}: 1 to 1440 was expected");
        foreach (var client in Clients) client.Check(testing, faults);
        foreach (var twice in Clients.GroupBy(c => c.Issuer, StringComparer.Ordinal).Where(g => g.Count() > 1)) faults.Add($"hooks.clients {twice.Key}: stands twice");
    }
}

/// <summary>One hospital system and its public keys.</summary>
public sealed record HookClient
{
    /// <summary>The <c>iss</c> of its tokens.</summary>
    public required string Issuer { get; init; }

    /// <summary>Its keys, as a JSON Web Key Set.</summary>
    public JsonElement? Keys { get; init; }

    /// <summary>Where its key set is found: https. The <c>jku</c> of a token must be this address, or absent.</summary>
    public string? KeysUrl { get; init; }

    /// <summary>Whether these are keys for testing: refused unless the installation is for testing.</summary>
    public bool Test { get; init; }

    internal void Check(bool testing, List<string> faults)
    {
        var name = $"hooks.clients {Issuer}";
        if (string.IsNullOrWhiteSpace(Issuer)) faults.Add("hooks.clients: an issuer was expected");
        if ((Keys is null) == (KeysUrl is null)) faults.Add($"{name}: either keys or keysUrl was expected");
        if (KeysUrl is not null && (!Uri.TryCreate(KeysUrl, UriKind.Absolute, out var url) || !CdsHooks.FhirServers.IsSafe(url))) faults.Add($"{name}: keysUrl: an https address was expected");
        if (Test && !testing) faults.Add($"{name}: a test key; only an installation with \"testing\": true takes it");
        if (Keys is not { } keys) return;
        if (keys.ValueKind is not JsonValueKind.Object || !keys.TryGetProperty("keys", out var list) || list.ValueKind is not JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            faults.Add($"{name}: keys: a JSON Web Key Set with at least one key was expected");
            return;
        }

        foreach (var key in list.EnumerateArray())
        {
            if (key.ValueKind is not JsonValueKind.Object || !key.TryGetProperty("kid", out _)) faults.Add($"{name}: every key needs a kid");
            else if (key.TryGetProperty("d", out _) && !testing) faults.Add($"{name}: holds a private key: whoever reads it can sign in that system's name. Only an installation for testing takes it");
        }
    }
}
