using System.Text.Json;
using Hilum.Answers;
using Hilum.Fhir.Reading;
using Hilum.Fhir.Writing;
using Hilum.Guidance;
using Hilum.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hilum.Web.CdsHooks;

/// <summary>The door for hospital systems: CDS Hooks 2.0.1, tolerant of 3.0.</summary>
internal sealed class HookEndpoints(SiteSettings site, GuidanceContent content, TimeProvider time, HookClients clients, CardLedger ledger, AnswerMemory memory, FeedbackLog feedback, FhirServers servers)
{
    /// <summary>The largest request, in bytes.</summary>
    public const int Largest = 16 * 1024 * 1024;

    private const int LargestFeedback = 1024 * 1024;

    /// <summary>The name of the rule for callers from other origins.</summary>
    public const string Cors = "cds-hooks";

    private readonly Prefetch prefetch = new(content.Facts);
    private readonly BundleReader reader = new(content.Facts, content.Formulary);
    private readonly DraftOrderReader orders = new(content.Facts, content.Formulary);
    private byte[]? discovery;

    /// <summary>What the door is made of.</summary>
    public static void AddTo(IServiceCollection services, SiteSettings site)
    {
        var settings = site.Doors;
        services.AddSingleton<HookEndpoints>().AddSingleton<CardLedger>().AddSingleton<AnswerMemory>();
        services.AddSingleton(s => new HookClients(settings.Hooks, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new FeedbackLog(settings.Data));
        services.AddSingleton(new FhirServers(settings.Hooks.FhirServers));
        services.AddCors(o => o.AddPolicy(Cors, p => Allow(p, settings.Hooks.Origins)));
    }

    /// <summary>Maps the addresses.</summary>
    public static void Map(IEndpointRouteBuilder site)
    {
        var door = site.ServiceProvider.GetRequiredService<HookEndpoints>();
        site.MapGet("/cds-services", door.Discover).RequireCors(Cors);
        site.MapPost("/cds-services/{service}", door.Call).RequireCors(Cors).RequireRateLimiting(Limits.Judging).WithMetadata(new RequestSizeLimitAttribute(Largest));
        site.MapPost("/cds-services/{service}/feedback", door.Feedback).RequireCors(Cors).WithMetadata(new RequestSizeLimitAttribute(LargestFeedback));
        site.MapGet("/api/v1/cds-feedback", () => Results.Json(new { rules = feedbackOf(site).ByRule() }));

        static FeedbackLog feedbackOf(IEndpointRouteBuilder site) => site.ServiceProvider.GetRequiredService<FeedbackLog>();
    }

    private static void Allow(CorsPolicyBuilder policy, string[] origins) => policy.WithOrigins(origins).WithMethods("GET", "POST", "OPTIONS").WithHeaders("Authorization", "Content-Type", "Accept", "Accept-Language").SetPreflightMaxAge(TimeSpan.FromHours(1));

    private async Task Discover(HttpContext context)
    {
        if (await Caller(context) is null) return;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(discovery ??= Discovery(), context.RequestAborted);
    }

    private byte[] Discovery() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        services = HookService.All.Select(s => new { hook = s.Hook, id = s.Id, title = s.Title, description = s.Description, prefetch = prefetch.Queries, usageRequirements = "Patient and conditions are needed, sent beforehand or fetched. The rest makes the answer more certain: what is absent counts as unknown.", version = content.Version }),
    });

    private async Task Call(HttpContext context, string service)
    {
        if (await Caller(context) is not { } caller || await Body(context) is not { } document) return;
        using (document)
        {
            if (HookService.All.FirstOrDefault(s => s.Id == service) is not { } called)
            {
                await Refuse(context, StatusCodes.Status404NotFound, "not-found", "there is no service of this name; see /cds-services");
                return;
            }

            var problems = new List<string>();
            if (HookRequest.Read(document.RootElement, called, problems) is not { } request)
            {
                await Refuse(context, StatusCodes.Status400BadRequest, "invalid", problems);
                return;
            }

            await Answer(context, caller, called, request);
        }
    }

    private async Task Answer(HttpContext context, string caller, HookService service, HookRequest request)
    {
        var stop = context.RequestAborted;
        var drafts = request.DraftOrders is { } bundle ? orders.Read(bundle) : [];
        if (service.IsForOrders && drafts.Count == 0)
        {
            await Send(context, CardWriter.Write([], null, ""));
            return;
        }

        var record = await HookRecord.Make(request, prefetch, servers, time.GetUtcNow(), TimeSpan.FromMinutes(site.Doors.Hooks.OldestPrefetchMinutes), stop);
        if (record.Lacking.Count > 0)
        {
            var why = record.Absent.ToLookup(a => a.Key, a => a.Why, StringComparer.Ordinal);
            await Refuse(context, StatusCodes.Status412PreconditionFailed, "required", [.. record.Lacking.Select(l => $"prefetch {l} is needed: {why[l].FirstOrDefault() ?? "not at hand"}")]);
            return;
        }

        var (day, language, launch) = (DateOnly.FromDateTime(time.GetLocalNow().DateTime), Languages.Asked(context), LaunchOf(context, request));
        var key = AnswerMemory.KeyOf(service, request, record, day, language, launch);
        if (!memory.TryFind(key, out var made))
        {
            var read = reader.Read(record.Bundle, day);
            if (read.Record is not { } patient)
            {
                await Refuse(context, StatusCodes.Status422UnprocessableEntity, "processing", [.. read.Problems.Take(20).Select(p => p.ToString())]);
                return;
            }

            if (patient.PatientId.Length > 0 && patient.PatientId != request.PatientId)
            {
                await Refuse(context, StatusCodes.Status422UnprocessableEntity, "processing", "the data that was sent is about another patient than context.patientId");
                return;
            }

            var assessment = CdsHooks.Answer.Judge(content, patient, day);
            var answer = new Answer(request, service, patient, assessment, new Sentences(content, assessment.Case, language), record.Absent, launch);
            IReadOnlyList<Card> cards = service.IsForOrders ? OrderCards.Make(answer, drafts) : OptionsCard.Make(answer) is { } card ? [card] : [];
            made = new(cards, Write(cards, language));
            memory.Keep(key, made);
        }

        var noted = ledger.Note(caller, service.Id, request.PatientId, content.Sha256, made.Cards);
        await Send(context, noted.SequenceEqual(made.Cards) ? made.Json : Write(noted, language));
    }

    private byte[] Write(IReadOnlyList<Card> cards, Words.Language language) => CardWriter.Write(cards, site.Doors.PublicUrl, content.Say(language, "hook.source"));

    /// <summary>Where the whole list opens as a SMART app, for a system that may launch it.</summary>
    private string? LaunchOf(HttpContext context, HookRequest request)
    {
        var smart = site.Doors.Smart;
        return (request.FhirServer is { } server ? smart.Find(server.AbsoluteUri) is not null : smart.Servers.Length == 1) ? $"{site.Doors.AddressOf(context)}/smart/launch" : null;
    }

    private async Task Feedback(HttpContext context, string service)
    {
        if (await Caller(context) is null || await Body(context) is not { } document) return;
        using (document)
        {
            if (HookService.All.All(s => s.Id != service))
            {
                await Refuse(context, StatusCodes.Status404NotFound, "not-found", "there is no service of this name; see /cds-services");
                return;
            }

            var problems = new List<string>();
            var all = CardFeedback.Read(document.RootElement, service, ledger, time.GetUtcNow(), problems);
            if (problems.Count > 0)
            {
                await Refuse(context, StatusCodes.Status400BadRequest, "invalid", problems);
                return;
            }

            feedback.Add(all);
            context.Response.StatusCode = StatusCodes.Status200OK;
        }
    }

    /// <summary>Who calls: an issuer of the list, or this machine itself where there is no list. Null when the call was refused.</summary>
    private async Task<string?> Caller(HttpContext context)
    {
        if (!clients.AreNamed)
        {
            if (context.Connection.RemoteIpAddress is { } from && System.Net.IPAddress.IsLoopback(from)) return "this machine";
            await Refuse(context, StatusCodes.Status403Forbidden, "forbidden", "no system is named that may call");
            return null;
        }

        var address = $"{site.Doors.AddressOf(context)}{context.Request.Path}";
        var (issuer, fault) = await clients.Check(context.Request.Headers.Authorization.ToString(), address, context.RequestAborted);
        if (issuer is not null) return issuer;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        await Refuse(context, StatusCodes.Status401Unauthorized, "security", fault);
        return null;
    }

    /// <summary>The body as JSON; null when the call was refused.</summary>
    private static async Task<JsonDocument?> Body(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await Refuse(context, StatusCodes.Status415UnsupportedMediaType, "invalid", "Content-Type: application/json was expected");
            return null;
        }

        try
        {
            return await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = 64 }, context.RequestAborted);
        }
        catch (JsonException fault)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "invalid", $"line {fault.LineNumber + 1}, column {fault.BytePositionInLine + 1}: not valid JSON, or nested deeper than 64 levels");
        }
        catch (BadHttpRequestException fault)
        {
            await Refuse(context, fault.StatusCode, "too-costly", fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"at most {Largest / 1024 / 1024} MB are read" : "the body could not be read");
        }

        return null;
    }

    private static async Task Send(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }

    private static async Task Refuse(HttpContext context, int status, string code, params IReadOnlyList<string> reasons)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/fhir+json";
        await context.Response.Body.WriteAsync(OutcomeWriter.Write(code, reasons), context.RequestAborted);
    }
}
