using System.Security.Claims;
using Hilum.Web.Patients;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Hilum.Web.SignIn;

/// <summary>Who is calling, and whether the table lets him in.</summary>
/// <remarks>Without a sign-in there is one local user with every role: the site then listens on this machine alone (<see cref="Listening"/>).</remarks>
internal sealed class Gate(DoorSettings settings, PatientList patients)
{
    /// <summary>The kind of identity of the one local user.</summary>
    public const string Local = "local";

    private const string Cookie = CookieAuthenticationDefaults.AuthenticationScheme;
    private const string Bearer = JwtBearerDefaults.AuthenticationScheme;
    private const string Authority = OpenIdConnectDefaults.AuthenticationScheme;

    private DoorSettings Settings => settings;

    /// <summary>Adds what signing in needs.</summary>
    public static void AddTo(IServiceCollection services, DoorSettings settings)
    {
        services.AddSingleton(s => new Gate(settings, s.GetRequiredService<PatientList>()));
        if (!settings.HasUsers) return;
        var authentication = services.AddAuthentication(o =>
        {
            o.DefaultScheme = "either";
            o.DefaultChallengeScheme = settings.SignIn is null ? Cookie : Authority;
        });
        authentication.AddPolicyScheme("either", null, o => o.ForwardDefaultSelector = c => settings.SignIn is not null && c.Request.Headers.Authorization.Count > 0 ? Bearer : Cookie);
        authentication.AddCookie(o =>
        {
            o.Cookie.Name = settings.IsSecure ? "__Host-hilum" : "hilum";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.SecurePolicy = settings.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            o.ExpireTimeSpan = TimeSpan.FromHours(1);
            o.SlidingExpiration = true;
            o.Events.OnRedirectToLogin = c => Refuse(c.HttpContext, StatusCodes.Status401Unauthorized, "Nobody is signed in.");
        });
        if (settings.SignIn is not { } signIn) return;
        var insecure = new Uri(signIn.Authority).IsLoopback;
        authentication.AddJwtBearer(o =>
        {
            o.Authority = signIn.Authority;
            o.Audience = signIn.Audience;
            o.MapInboundClaims = false;
            o.RequireHttpsMetadata = !insecure;
            o.TokenValidationParameters.ValidAlgorithms = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512"];
        });
        authentication.AddOpenIdConnect(o =>
        {
            o.Authority = signIn.Authority;
            o.ClientId = signIn.ClientId;
            o.ClientSecret = signIn.ClientSecretFile is { } file ? File.ReadAllText(file).Trim() : null;
            o.ResponseType = OpenIdConnectResponseType.Code;
            o.ResponseMode = OpenIdConnectResponseMode.Query;
            o.UsePkce = true;
            o.MapInboundClaims = false;
            o.RequireHttpsMetadata = !insecure;
            o.SignInScheme = Cookie;
            o.CallbackPath = "/sign-in/return";
            o.SaveTokens = false;
            o.CorrelationCookie.SecurePolicy = o.NonceCookie.SecurePolicy = settings.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            o.CorrelationCookie.SameSite = o.NonceCookie.SameSite = SameSiteMode.Lax;
            o.Events.OnRemoteFailure = c =>
            {
                c.HandleResponse();
                return Refuse(c.HttpContext, StatusCodes.Status400BadRequest, "Signing in did not succeed. Try again from the first page.");
            };
        });
    }

    /// <summary>Maps the addresses for coming and going.</summary>
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/sign-in", (HttpContext c, Gate gate) => gate.Settings.SignIn is null ? Results.LocalRedirect("~/") : Results.Challenge(new() { RedirectUri = Back(c) }, [Authority]));
        site.MapPost("/sign-out", (Gate gate) => gate.Settings.HasUsers ? Results.SignOut(new() { RedirectUri = "/signed-out" }, [Cookie]) : Results.LocalRedirect("~/"));
        site.MapGet("/signed-out", () => Results.Text("Signed out of Hilum. You may still be signed in at your organisation."));
    }

    /// <summary>Lets a request through when the table allows it.</summary>
    public async Task Check(HttpContext context, RequestDelegate next)
    {
        if (!settings.HasUsers) context.User = new(new ClaimsIdentity([new(ClaimTypes.Name, Local)], Local));
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context); // nothing is mapped there: 404
            return;
        }

        // the preflight of a browser carries nobody; CORS answers it. The page that says that nothing was found is no new request
        if (HttpMethods.IsOptions(context.Request.Method) || context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            await next(context);
            return;
        }

        var rule = Access.Find(context.Request.Method, endpoint.RoutePattern.RawText ?? "");
        if (rule is { Roles: null })
        {
            await next(context);
            return;
        }

        var known = context.User.Identity?.IsAuthenticated is true;
        if (!known)
        {
            if (settings.SignIn is not null && !IsForProgram(context) && HttpMethods.IsGet(context.Request.Method)) await context.ChallengeAsync(Authority, new() { RedirectUri = Back(context, context.Request.PathBase + context.Request.Path + context.Request.QueryString) });
            else if (await IsHeld(context)) context.Response.StatusCode = StatusCodes.Status401Unauthorized; // the page for it shows what was typed
            else await Refuse(context, StatusCodes.Status401Unauthorized, "Nobody is signed in.");
            return;
        }

        if (rule?.Allows(RolesOf(context)) is not true && !(rule is { OwnReleased: true } && IsOwnReleased(context)))
        {
            await Refuse(context, StatusCodes.Status403Forbidden, "Your role does not allow this.");
            return;
        }

        await next(context);
    }

    /// <summary>The roles of whoever is calling.</summary>
    public Role RolesOf(HttpContext context) => !settings.HasUsers ? Roles.Every
        : context.User.FindFirst(SmartRole) is { } launched ? Roles.Parse(launched.Value)
        : settings.SignIn is { } signIn ? Roles.Of(context.User, signIn) : Role.None;

    /// <summary>Whether a patient asks for the own case, and a clinician has released its plan.</summary>
    private bool IsOwnReleased(HttpContext context) => (RolesOf(context) & Role.Patient) != Role.None
        && settings.SignIn is { } signIn && context.User.FindFirst(signIn.PatientClaim)?.Value is { Length: > 0 } own
        && context.Request.RouteValues["id"] is string id && patients.Find(id) is { } open && open.Record.PatientId == own && open.Plan.Released is not null;

    /// <summary>The claim of somebody who came through a hospital system.</summary>
    internal const string SmartRole = "hilum_role";

    /// <summary>The name of whoever is signed in; null where nobody signs in.</summary>
    public string? NameOf(ClaimsPrincipal person) => settings.HasUsers && person.Identity?.IsAuthenticated is true ? person.FindFirst("name")?.Value ?? person.FindFirst(ClaimTypes.Name)?.Value ?? person.FindFirst("sub")?.Value : null;

    /// <summary>The id of whoever is signed in, as the audit names him: 1 to 64 letters, digits or <c>. _ @ -</c>; null where nobody signs in.</summary>
    public string? IdOf(ClaimsPrincipal person)
    {
        if (!settings.HasUsers || (person.FindFirst("sub") ?? person.FindFirst(ClaimTypes.Name))?.Value is not { Length: > 0 } id) return null;
        return string.Concat(id.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '@' or '-' ? c : '_'));
    }

    /// <summary>Whether everybody on this machine is the one local user.</summary>
    public bool IsLocal => !settings.HasUsers;

    /// <summary>Signs somebody in who came through a hospital system that is on the list.</summary>
    internal static Task Welcome(HttpContext context, string name, string role) =>
        context.SignInAsync(Cookie, new(new ClaimsIdentity([new(ClaimTypes.Name, name), new(SmartRole, role)], "smart")), new() { IsPersistent = false });

    /// <summary>Where the form stands that somebody sent from a page after being signed out: it goes back to him, and nowhere else.</summary>
    internal const string Unsent = "unsent";

    private const int LongestUnsent = 256 * 1024;

    private static async Task<bool> IsHeld(HttpContext context)
    {
        var request = context.Request;
        if (IsForProgram(context) || context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is null
            || request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is not true || request.ContentLength is not (> 0 and <= LongestUnsent)) return false;
        try
        {
            context.Items[Unsent] = await request.ReadFormAsync(context.RequestAborted);
            return true;
        }
        catch (InvalidDataException)
        {
            return false; // more fields than any form of ours has
        }
    }

    /// <summary>A program says who it is by a token, or asks for no page.</summary>
    private static bool IsForProgram(HttpContext context) => context.Request.Headers.Authorization.Count > 0
        || context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/fhir");

    /// <summary>Where to go after signing in: a page of this site.</summary>
    private static string Back(HttpContext context, string? path = null)
    {
        path ??= context.Request.Query["to"].ToString();
        return path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) ? path : "/";
    }

    private static Task Refuse(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized && IsForProgram(context)) context.Response.Headers.WWWAuthenticate = "Bearer";
        if (context.Request.Path.StartsWithSegments("/fhir"))
        {
            context.Response.ContentType = "application/fhir+json";
            return context.Response.Body.WriteAsync(Fhir.Writing.OutcomeWriter.Write(status == StatusCodes.Status403Forbidden ? "forbidden" : "login", why), context.RequestAborted).AsTask();
        }

        if (!context.Request.Path.StartsWithSegments("/api")) return context.Response.WriteAsync(why, context.RequestAborted);
        return Results.Problem(why, statusCode: status).ExecuteAsync(context);
    }
}
