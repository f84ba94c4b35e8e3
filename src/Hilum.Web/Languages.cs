using Hilum.Words;
using Microsoft.AspNetCore.Http;

namespace Hilum.Web;

/// <summary>The language stands in the address: <c>/fr</c> before the path is French, nothing is English.</summary>
internal static class Languages
{
    /// <summary>Takes the language from the path; what follows is the same for both, and links keep it.</summary>
    public static Task FromPath(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/fr", StringComparison.Ordinal, out var rest))
        {
            context.Request.PathBase = "/fr";
            context.Request.Path = rest.HasValue ? rest : "/";
        }

        return next(context);
    }

    /// <summary>The language of a request.</summary>
    public static Language Of(HttpContext context) => context.Request.PathBase == "/fr" ? Language.French : Language.English;

    /// <summary>The language that a program asks for: by <c>Accept-Language</c>, else by the address.</summary>
    public static Language Asked(HttpContext context) => context.Request.GetTypedHeaders().AcceptLanguage is { Count: > 0 } all
        && all.OrderByDescending(l => l.Quality ?? 1).First().Value.StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? Language.French : Of(context);
}
