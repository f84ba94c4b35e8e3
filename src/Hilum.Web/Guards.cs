using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web;

/// <summary>What every answer carries and every request must keep to.</summary>
internal sealed class Guards(IReadOnlyCollection<string> hookOrigins)
{
    /// <summary>No script but our own file, nothing from another host, no frame, no cache of a patient's page.</summary>
    public static Task Headers(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin"; // with no-referrer a browser hides even from us where a form was sent from
        headers["Permissions-Policy"] = "interest-cohort=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(context);
    }

    /// <summary>
    /// A browser names the page from which something is sent: what another site sends is refused. What carries the cookie of somebody who is
    /// signed in must name it; a program that is no browser carries no cookie. Hooks may come from the origins of the settings.
    /// </summary>
    public Task SameOrigin(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return next(context);
        var origin = request.Headers.Origin.ToString();
        var ours = $"{request.Scheme}://{request.Host}";
        if (origin == ours || (origin.Length == 0 && (!HasCookie(request) || request.Headers["Sec-Fetch-Site"] == "same-origin"))) return next(context);
        if (request.Path.StartsWithSegments("/cds-services", StringComparison.Ordinal) && hookOrigins.Contains(origin)) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("Sent from another site: refused.");
    }

    /// <summary>What is sent to a page is a form that can be read: else the answer is 400, or 413 for one that is too large, before any page looks at it.</summary>
    public static async Task Form(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsPost(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null && !await HasForm(context)) return;
        await next(context);
    }

    private static async Task<bool> HasForm(HttpContext context)
    {
        try
        {
            if (context.Request.HasFormContentType)
            {
                await context.Request.ReadFormAsync(context.RequestAborted);
                return true;
            }

            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        catch (BadHttpRequestException fault)
        {
            context.Response.StatusCode = fault.StatusCode;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        return false;
    }

    private static bool HasCookie(HttpRequest request) => request.Cookies.ContainsKey("hilum") || request.Cookies.ContainsKey("__Host-hilum");
}
