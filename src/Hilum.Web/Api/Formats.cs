using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Hilum.Web.Api;

/// <summary>The formats that a plan can be had in.</summary>
internal static class Formats
{
    private static readonly (string Format, string Media)[] All = [("json", "application/json"), ("fhir", "application/fhir+json"), ("html", "text/html"), ("text", "text/plain")];

    /// <summary>The format asked for by <c>?format=</c>, else by Accept, else JSON.</summary>
    public static string Of(Call call)
    {
        if (call.One("format") is { } named)
        {
            if (!All.Any(f => f.Format == named)) call.Problems.Add(new("?format", $"{string.Join(", ", All.Select(f => f.Format))} was expected"));
            return named;
        }

        var accept = call.Http.Request.Headers.Accept;
        if (accept.Count == 0) return "json";
        if (!MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var wanted)) throw Refusal.Bad("Accept", "a list of media types was expected");
        foreach (var media in wanted.OrderByDescending(m => m.Quality ?? 1))
            foreach (var (format, offered) in All)
                if ((media.Quality ?? 1) > 0 && MediaTypeHeaderValue.Parse(offered).IsSubsetOf(media)) return format;
        throw new Refusal(406, $"A plan can be had as {string.Join(", ", All.Select(f => f.Media))}.");
    }

    public static string Media(string format) => Array.Find(All, f => f.Format == format).Media + (format == "fhir" ? "" : "; charset=utf-8");
}
