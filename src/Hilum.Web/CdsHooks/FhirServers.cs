using System.Net;
using System.Net.Http.Headers;

namespace Hilum.Web.CdsHooks;

/// <summary>What a FHIR server answered to one question.</summary>
/// <param name="Json">The resource; empty when there is none.</param>
/// <param name="Fault">Why it could not be had; null when it could.</param>
internal readonly record struct Fetched(byte[] Json, string? Fault);

/// <summary>Asks FHIR servers that are on the list, and no other address.</summary>
/// <remarks>
/// The address comes from outside: without a list this would be a way into the network behind Hilum (SSRF). No redirect is followed, no proxy and no cookie used;
/// https only, http for this machine itself; time and size are bounded; a token goes to the server that it was sent for.
/// </remarks>
internal sealed class FhirServers : IDisposable
{
    /// <summary>The largest single answer.</summary>
    public const int LargestAnswer = 8 * 1024 * 1024;

    /// <summary>The longest that all questions of one hook may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        MaxConnectionsPerServer = 16,
        MaxResponseHeadersLength = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly IReadOnlyList<Uri> allowed;

    /// <summary>Made from the list.</summary>
    /// <param name="allowed">Base addresses.</param>
    public FhirServers(IEnumerable<string> allowed) => this.allowed = [.. allowed.Select(a => Base(new Uri(a, UriKind.Absolute)))];

    /// <summary>Whether a server is on the list, and may be reached as it is addressed.</summary>
    public bool Allows(Uri server) => IsSafe(server) && allowed.Contains(Base(server));

    /// <summary>Whether an address is https, or http of this machine itself.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <summary>Asks one question.</summary>
    /// <param name="server">A server that <see cref="Allows"/>.</param>
    /// <param name="token">The token for it; null for none.</param>
    /// <param name="query">A read or a search, relative to the server.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Fetched> Get(Uri server, string? token, string query, CancellationToken stop)
    {
        if (!Allows(server)) throw new InvalidOperationException("a server that is not on the list");
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Base(server), query));
            request.Headers.Accept.Add(new("application/fhir+json"));
            if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return new([], null);
            if (answer.StatusCode is not HttpStatusCode.OK) return new([], $"the server answered {(int)answer.StatusCode}");
            if (answer.Content.Headers.ContentType?.MediaType is not ("application/fhir+json" or "application/json")) return new([], "the server did not answer in JSON");
            return await Bytes(answer, stop) is { } bytes ? new(bytes, null) : new([], $"the answer has over {LargestAnswer / 1024 / 1024} MB");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new([], "the server could not be reached");
        }
        catch (OperationCanceledException)
        {
            return new([], "the server took too long");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static async Task<byte[]?> Bytes(HttpResponseMessage answer, CancellationToken stop)
    {
        if (answer.Content.Headers.ContentLength > LargestAnswer) return null;
        await using var stream = await answer.Content.ReadAsStreamAsync(stop);
        using var bytes = new MemoryStream();
        var part = new byte[64 * 1024];
        for (int n; (n = await stream.ReadAsync(part, stop)) > 0;)
        {
            bytes.Write(part, 0, n);
            if (bytes.Length > LargestAnswer) return null;
        }

        return bytes.ToArray();
    }

    private static Uri Base(Uri server) => server.AbsoluteUri.EndsWith('/') ? server : new(server.AbsoluteUri + "/");
}
