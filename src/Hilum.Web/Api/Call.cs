using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Hilum.Guidance;
using Hilum.Plans;
using Hilum.Storage;
using Hilum.Web.SignIn;
using Hilum.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Hilum.Web.Api;

/// <summary>One request of the API: what was sent, checked, and the ways to answer it.</summary>
internal sealed partial class Call(HttpContext http, GuidanceContent content, Store store, TimeProvider time)
{
    public const int LargestBody = 1024 * 1024;
    private const int LongestKey = 255;
    private const int PageLimit = 50;
    private const int LargestPage = 200;
    private readonly List<Problem> problems = [];
    private byte[] body = [];

    public HttpContext Http => http;

    public GuidanceContent Content => content;

    public Store Store => store;

    public DateOnly Today => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    /// <summary>What is wrong so far.</summary>
    public List<Problem> Problems => problems;

    /// <summary>Who asks: whoever is signed in; without a sign-in whom the caller names.</summary>
    public string Who { get; } = http.RequestServices.GetRequiredService<Gate>().IdOf(http.User) ?? (UserPattern().IsMatch(http.Request.Headers["Hilum-User"].ToString()) ? http.Request.Headers["Hilum-User"].ToString() : "local");

    /// <summary>A part of the path.</summary>
    public string Part(string name) => (string)http.Request.RouteValues[name]!;

    /// <summary>A version in the path; 404 for anything that is none.</summary>
    public int Version => int.TryParse(Part("version"), System.Globalization.NumberStyles.None, null, out var version) ? version : throw Refusal.Missing("such version");

    public byte[] Body => body;

    public string BodySha256 => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>Stops here when something was wrong.</summary>
    public void Check()
    {
        if (problems.Count > 0) throw Refusal.Bad(problems);
    }

    /// <summary>Refuses parameters that are not known, and headers that cannot be read.</summary>
    public void Expect(params ReadOnlySpan<string> parameters)
    {
        foreach (var name in http.Request.Query.Keys)
            if (!parameters.Contains(name)) problems.Add(new($"?{PlainText.Excerpt(name)}", parameters.Length == 0 ? "this address takes no parameter" : $"this parameter is not known; expected was one of {string.Join(", ", parameters.ToArray())}"));
        var user = http.Request.Headers["Hilum-User"].ToString();
        if (user.Length > 0 && !UserPattern().IsMatch(user)) problems.Add(new("Hilum-User", "1 to 64 letters, digits or . _ @ - were expected"));
    }

    /// <summary>Reads the body.</summary>
    public async Task ReadBody(int largest, params string[] kinds)
    {
        if (http.Request.Headers.ContentEncoding.Count > 0 && http.Request.Headers.ContentEncoding != "identity") throw new Refusal(415, "A compressed body is not read; send it as it is.");
        if (http.Request.ContentType is { Length: > 0 } type && (!MediaTypeHeaderValue.TryParse(type, out var media) || !kinds.Contains(media.MediaType.Value, StringComparer.OrdinalIgnoreCase) || (media.Charset.HasValue && !media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))))
            throw new Refusal(415, $"A body of this kind is not read; expected was {string.Join(", ", kinds)}, in UTF-8.");
        if (http.Request.ContentLength > largest) throw TooLarge(largest);
        using var bytes = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? 16 * 1024, largest));
        var part = new byte[32 * 1024];
        for (int n; (n = await http.Request.Body.ReadAsync(part, http.RequestAborted)) > 0;)
        {
            bytes.Write(part, 0, n);
            if (bytes.Length > largest) throw TooLarge(largest);
        }

        body = bytes.ToArray();
    }

    /// <summary>Reads the body as a JSON object.</summary>
    public async Task<T> Json<T>(Func<JsonFields, T> read)
        where T : class
    {
        await ReadBody(LargestBody, "application/json");
        var value = JsonFields.Read(body, problems, read);
        Check();
        return value!;
    }

    /// <summary>The language asked for.</summary>
    public Language Language()
    {
        var lang = One("lang");
        if (lang is not (null or "en" or "fr")) problems.Add(new("?lang", "en or fr was expected"));
        return lang == "fr" ? Words.Language.French : Words.Language.English;
    }

    /// <summary>A parameter that is given once at most.</summary>
    public string? One(string name)
    {
        var values = http.Request.Query[name];
        if (values.Count > 1) problems.Add(new($"?{name}", "given more than once"));
        return values.Count > 0 ? values[0] : null;
    }

    /// <summary>The page asked for.</summary>
    public (long After, int Limit) Page()
    {
        var (after, limit) = (0L, PageLimit);
        if (One("after") is { } from && !long.TryParse(from, System.Globalization.NumberStyles.None, null, out after)) problems.Add(new("?after", "a whole number was expected, as the page before gave it"));
        if (One("limit") is { } most && (!int.TryParse(most, System.Globalization.NumberStyles.None, null, out limit) || limit is < 1 or > LargestPage)) problems.Add(new("?limit", $"1 to {LargestPage} was expected"));
        return (after, limit);
    }

    /// <summary>The version that the caller has seen; it must be named, so that nobody overwrites what he has not read.</summary>
    public int IfMatch(bool required)
    {
        var text = http.Request.Headers.IfMatch.ToString();
        if (text.Length == 0) return required ? throw new Refusal(428, "Say which version you have read: send its ETag as If-Match.") : 0;
        var match = TagPattern().Match(text);
        return match.Success && int.TryParse(match.Groups["version"].Value, out var version) ? version : throw Refusal.Bad("If-Match", "one ETag was expected, as an answer of this service gave it");
    }

    /// <summary>Refuses when the version that stands now is not the one that the caller has seen.</summary>
    public static void Matches(Stored<Plan> current, int seen)
    {
        if (seen != 0 && current.Value.Version != seen)
            throw new Refusal(412, $"Version {current.Value.Version} stands now, saved by {current.Who} at {current.At}. Read it, and make your change to it.") { Facts = new Dictionary<string, int> { ["current"] = current.Value.Version } };
    }

    /// <summary>Writes to the store and answers; a request sent twice under one Idempotency-Key is done once.</summary>
    public async Task<Reply> Save(Func<StoreWriter, Reply> work)
    {
        var key = IdempotencyKey();
        var request = Sha256($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} {http.Request.Headers.IfMatch} {http.Request.ContentType} {BodySha256}");
        Check();
        var clock = Stopwatch.GetTimestamp();
        var reply = await store.Write(Who, writer =>
        {
            if (key is not null && writer.Repeat(key) is { } repeat)
            {
                if (repeat.Request != request) throw new Refusal(422, "This Idempotency-Key was sent before with another request.");
                writer.Audit("repeat", http.Request.Path.Value![(Routes.Root.Length + 1)..], BodySha256, content.Sha256, Sha256(repeat.Body));
                return new Reply(repeat.Status, repeat.Body) { Place = repeat.Place, Tag = repeat.Tag, Again = true };
            }

            var made = work(writer);
            if (key is not null) writer.Keep(key, new(request, made.Status, made.Place, made.Tag, made.Body.ToArray()));
            return made;
        });
        Telemetry.Saved(Stopwatch.GetElapsedTime(clock));
        return reply;
    }

    /// <summary>Reads from the store, notes the reading in the audit, and answers.</summary>
    public async Task<Reply> Read(Func<StoreReader, Reply> work)
    {
        Check();
        var reply = store.Read(work);
        await store.Audit(Who, "read", http.Request.Path.Value![(Routes.Root.Length + 1)..], null, content.Sha256, Convert.ToHexStringLower(SHA256.HashData(reply.Body.Span)));
        return reply;
    }

    /// <summary>A page of a list.</summary>
    public Reply List<T>(StorePage<T> page, int limit, Action<System.Text.Json.Utf8JsonWriter, T> write)
    {
        var next = page.Next is { } after ? $"{http.Request.Path}?after={after}&limit={limit}" : null;
        return new(200, JsonText.Object(json =>
        {
            json.WriteStartArray("items");
            foreach (var item in page.Items) write(json, item);
            json.WriteEndArray();
            if (next is not null) json.WriteString("next", next);
        }))
        { Next = next };
    }

    public static string Sha256(string text) => Sha256(Encoding.UTF8.GetBytes(text));

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static Refusal TooLarge(int largest) => new(413, $"The body is larger than {largest / 1024} kB.");

    private string? IdempotencyKey()
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0) return null;
        if (key.Length <= LongestKey && key.All(c => c is > ' ' and < '\u007f')) return Sha256($"{Who} {key}");
        problems.Add(new("Idempotency-Key", $"1 to {LongestKey} characters of ASCII without blanks were expected"));
        return null;
    }

    [GeneratedRegex("^[A-Za-z0-9._@-]{1,64}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserPattern();

    [GeneratedRegex("^\"(?<version>[1-9][0-9]{0,8})(-[a-z]+)*\"$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TagPattern();
}
