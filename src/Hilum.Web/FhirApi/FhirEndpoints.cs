using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Hilum.Answers;
using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Fhir.Writing;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hilum.Web.FhirApi;

/// <summary>The FHIR R4 door: a PlanDefinition for each edition, and <c>$apply</c> of one edition, or of all current ones, to a record that comes in the call.</summary>
internal sealed class FhirEndpoints(SiteSettings site, GuidanceContent content, TimeProvider time)
{
    /// <summary>The id under which all current editions are applied together.</summary>
    public const string Current = "current";

    private const string Fhir = "application/fhir+json";
    private readonly BundleReader reader = new(content.Facts, content.Formulary);

    /// <summary>Maps the addresses.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var door = ActivatorUtilities.CreateInstance<FhirEndpoints>(routes.ServiceProvider);
        routes.MapGet("/fhir/metadata", (HttpContext c) => Send(c, door.Publication(c).Capabilities(typeof(Site).Assembly.GetName().Version!.ToString(3), door.Today, door.NeedsSignIn)));
        routes.MapGet("/fhir/PlanDefinition", (HttpContext c) => Send(c, door.Publication(c).Editions()));
        routes.MapGet("/fhir/PlanDefinition/{edition}", (HttpContext c, string edition) => Found(c, door.Publication(c).Edition(edition)));
        routes.MapGet("/fhir/Library/{edition}", (HttpContext c, string edition) => Found(c, door.Publication(c).Library(edition)));
        routes.MapPost("/fhir/PlanDefinition/{edition}/$apply", door.Apply).RequireRateLimiting(Limits.Judging).WithMetadata(new RequestSizeLimitAttribute(RecordReader.Largest));
        routes.MapFallback("/fhir/{**rest}", (HttpContext c) => Refuse(c, StatusCodes.Status404NotFound, "not-found", "there is nothing at this address; see /fhir/metadata"));
    }

    private bool NeedsSignIn => site.Doors.SignIn is not null;

    private DateOnly Today => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    private GuidancePublication Publication(HttpContext context) => new(content, $"{site.Doors.AddressOf(context)}/fhir", Languages.Asked(context));

    private async Task Apply(HttpContext context, string edition)
    {
        var one = content.Catalogue.FindEdition(edition);
        if (one is null && edition != Current)
        {
            await Refuse(context, StatusCodes.Status404NotFound, "not-found", $"there is no edition of this id; there are {Current}, {string.Join(", ", content.Catalogue.Editions.Select(e => e.Id))}");
            return;
        }

        if (context.Request.ContentType is not { } type || !(type.StartsWith(Fhir, StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)))
        {
            await Refuse(context, StatusCodes.Status415UnsupportedMediaType, "invalid", $"Content-Type: {Fhir} was expected");
            return;
        }

        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException fault)
        {
            await Refuse(context, fault.StatusCode, "too-costly", fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"at most {RecordReader.Largest / 1024 / 1024} MB are read" : "the body could not be read");
            return;
        }

        var problems = new List<string>();
        var (record, asOf) = Parameters(body.GetBuffer().AsMemory(0, (int)body.Length), problems);
        if (problems.Count > 0)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "invalid", problems);
            return;
        }

        var day = asOf ?? Today;
        var reading = reader.Read(record, day);
        if (reading.Record is not { } patient)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "invalid", [.. reading.Problems.Take(50).Select(p => p.ToString())]);
            return;
        }

        var known = new CaseBuilder(content.Facts).Build(patient, new() { AsOf = day });
        var assessment = content.Assessor.Assess(known, one is null ? null : [one]);
        await Send(context, PlanBundle.Write(assessment, new Sentences(content, known, Languages.Asked(context))));
    }

    /// <summary>The record of the call: the body itself, or the parameter <c>data</c> of Parameters; and the day, when it is given.</summary>
    private static (ReadOnlyMemory<byte> Record, DateOnly? AsOf) Parameters(ReadOnlyMemory<byte> body, List<string> problems)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException)
        {
            return (body, null); // whoever reads it next says where
        }

        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("resourceType", out var type) || type.ValueKind is not JsonValueKind.String || !type.ValueEquals("Parameters")) return (body, null);
            var parts = new List<ReadOnlyMemory<byte>>();
            DateOnly? day = null;
            if (root.TryGetProperty("parameter", out var list) && list.ValueKind is JsonValueKind.Array)
                foreach (var parameter in list.EnumerateArray().Where(p => p.ValueKind is JsonValueKind.Object && p.TryGetProperty("name", out var n) && n.ValueKind is JsonValueKind.String))
                {
                    if (parameter.GetProperty("name").ValueEquals("data") && parameter.TryGetProperty("resource", out var data) && data.ValueKind is JsonValueKind.Object) parts.Add(JsonMarshal.GetRawUtf8Value(data).ToArray());
                    if (!parameter.GetProperty("name").ValueEquals("asOf")) continue;
                    if (parameter.TryGetProperty("valueDate", out var date) && date.ValueKind is JsonValueKind.String && PartialDate.TryParse(date.GetString()!, out var asOf) && asOf.IsComplete) day = asOf.Earliest;
                    else problems.Add("Parameters.parameter asOf: a valueDate was expected, written YYYY-MM-DD");
                }

            if (parts.Count == 1) return (parts[0], day);
            problems.Add("Parameters: one parameter 'data' was expected, whose resource is a Bundle with the record; subjects that are references are not followed");
            return (default, day);
        }
    }

    private static Task Found(HttpContext context, byte[]? json) => json is null ? Refuse(context, StatusCodes.Status404NotFound, "not-found", "there is no edition of this id; see /fhir/PlanDefinition") : Send(context, json);

    private static async Task Send(HttpContext context, ReadOnlyMemory<byte> json)
    {
        context.Response.ContentType = Fhir;
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }

    private static Task Refuse(HttpContext context, int status, string code, params IReadOnlyList<string> reasons)
    {
        context.Response.StatusCode = status;
        return Send(context, OutcomeWriter.Write(code, reasons));
    }
}
