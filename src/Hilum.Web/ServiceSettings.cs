using System.Net;
using Hilum.Storage;
using Microsoft.AspNetCore.Http;

namespace Hilum.Web;

/// <summary>The settings of the service, checked before it starts: every fault at once.</summary>
/// <param name="Urls">Where to listen.</param>
/// <param name="Store">Where the store lies.</param>
/// <param name="Telemetry">Where measures and traces go; null for nowhere.</param>
public sealed record ServiceSettings(string Urls, Database Store, Uri? Telemetry)
{
    /// <summary>Where to listen when nothing is said.</summary>
    public const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>Reads them.</summary>
    /// <param name="urls">Given on the command line; null for the environment.</param>
    /// <param name="store">Given on the command line; null for the environment.</param>
    /// <param name="environment">Looks up a variable of the environment.</param>
    /// <param name="problems">Every fault, with the name of the setting; empty when all is well.</param>
    public static ServiceSettings? Read(string? urls, string? store, Func<string, string?> environment, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        var listen = Named("--urls", urls, "HILUM_URLS", environment, DefaultUrls);
        var where = Named("--store", store, "HILUM_STORE", environment, DefaultStore(environment));
        CheckUrls(listen, found);
        if (Database.From(where.Value, out var problem) is not { } database)
        {
            found.Add($"{where.Name}: {problem}");
            database = null!;
        }
        else if (Directory.Exists(where.Value))
        {
            found.Add($"{where.Name} {where.Value}: this is a folder; a file (it is made when it is not there) or {Database.PostgresPrefix}... was expected");
        }

        Uri? telemetry = null;
        if (environment("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 } endpoint && (!Uri.TryCreate(endpoint, UriKind.Absolute, out telemetry) || telemetry.Scheme is not ("http" or "https")))
            found.Add($"OTEL_EXPORTER_OTLP_ENDPOINT {endpoint}: an address such as http://127.0.0.1:4317 was expected");
        problems = found;
        return found.Count == 0 ? new(listen.Value, database, telemetry) : null;
    }

    /// <summary>The store when nothing is said: a file among the user's own data.</summary>
    /// <param name="environment">Looks up a variable of the environment.</param>
    public static string DefaultStore(Func<string, string?> environment)
    {
        var data = environment("XDG_DATA_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
        return Path.Combine(data, "hilum", "hilum.db");
    }

    private static (string Name, string Value) Named(string option, string? given, string variable, Func<string, string?> environment, string otherwise) =>
        given is not null ? (option, given) : environment(variable) is { Length: > 0 } value ? (variable, value) : (option, otherwise);

    private static void CheckUrls((string Name, string Value) urls, List<string> problems)
    {
        var all = urls.Value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (all.Length == 0) problems.Add($"{urls.Name}: an address such as {DefaultUrls} was expected");
        foreach (var url in all)
        {
            BindingAddress address;
            try
            {
                address = BindingAddress.Parse(url);
            }
            catch (FormatException)
            {
                problems.Add($"{urls.Name} {url}: an address such as {DefaultUrls} was expected");
                continue;
            }

            if (address.Scheme is not ("http" or "https")) problems.Add($"{urls.Name} {url}: http or https was expected");
            else if (address.PathBase.Length > 0) problems.Add($"{urls.Name} {url}: an address without a path was expected");
        }
    }
}
