using System.Text.RegularExpressions;
using Hilum.Answers;
using Hilum.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Hilum.Web.Api;

/// <summary>Describes the API: as OpenAPI 3.1 for programs, as a page for people. Both are made from the addresses themselves.</summary>
internal static partial class Description
{
    private const string About = "Patients, records, plans of the team and their audit. Errors are problem details (RFC 9457) that list every fault. Whoever saves may send Hilum-User (who it is) and Idempotency-Key (so that a request sent twice is done once). Lists come in pages: follow `next`.";

    public static void Add(IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = d => d.ActionDescriptor.EndpointMetadata.OfType<Operation>().Any();
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "Hilum", Version = "v1", Description = About, License = new() { Name = "Apache-2.0", Identifier = "Apache-2.0" } };
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(Describe);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // what may be null may be left out
            schema.Required?.ExceptWith(context.JsonTypeInfo.Properties.Where(p => p.IsGetNullable).Select(p => p.Name));
            return Task.CompletedTask;
        });
    });

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapOpenApi("/openapi/{documentName}.json");
        site.MapGet("/api", (RequestDelegate)(http => Page(http, site)));
    }

    private static async Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var about = context.Description.ActionDescriptor.EndpointMetadata.OfType<Operation>().First();
        operation.Tags = null;
        (operation.Summary, operation.Description) = (about.Summary, about.Description.Length > 0 ? about.Description : null);
        operation.Parameters =
        [
            .. PartPattern().Matches(context.Description.RelativePath ?? "").Select(m => Parameter(m.Groups["name"].Value, ParameterLocation.Path, required: true)),
            .. about.Query.Select(name => Parameter(name, ParameterLocation.Query, required: false)),
            .. about.Matches ? [Parameter("If-Match", ParameterLocation.Header, required: true)] : Array.Empty<IOpenApiParameter>(),
            .. about.Saves ? [Parameter("Idempotency-Key", ParameterLocation.Header, required: false)] : Array.Empty<IOpenApiParameter>(),
            Parameter("Hilum-User", ParameterLocation.Header, required: false),
        ];
        if (about.Body is { } body)
        {
            IOpenApiSchema schema = new OpenApiSchema { Description = "A FHIR R4 Bundle, a bulk export, or a case file." };
            if (body != typeof(object))
            {
                context.Document!.AddComponent(body.Name, await context.GetOrCreateSchemaAsync(body, null, stop));
                schema = new OpenApiSchemaReference(body.Name, context.Document);
            }

            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = about.Kinds.ToDictionary(kind => kind, _ => new OpenApiMediaType { Schema = schema }, StringComparer.Ordinal) };
        }

        var made = context.Description.HttpMethod == "POST" && about.Saves && !about.Matches ? "201" : "200";
        operation.Responses = new()
        {
            [about.Summary.StartsWith("Sign", StringComparison.Ordinal) ? "201" : made] = new OpenApiResponse { Description = "Done." },
            ["4XX"] = new OpenApiResponse { Description = "Refused: every fault is listed.", Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/problem+json"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } } } },
        };
    }

    private static OpenApiParameter Parameter(string name, ParameterLocation place, bool required) => new()
    {
        Name = name,
        In = place,
        Required = required,
        Description = name switch
        {
            "edition" => "Judge by this edition alone; may be repeated. Without it: every current one.",
            "asOf" => "The day to judge on, YYYY-MM-DD. Without it: the record's own, else today.",
            "lang" => "en or fr.",
            "format" => "json, fhir, html or text; beats Accept.",
            "after" => "Where the page begins, as the page before said it.",
            "limit" => "Entries of a page, 1 to 200; 50 without it.",
            "If-Match" => "The ETag of the version that you have read: nobody overwrites what he has not read.",
            "Idempotency-Key" => "Any text of your own: the same request under the same key is done once, for a day.",
            "Hilum-User" => "Who asks, for the audit.",
            _ => null,
        },
        Schema = name == "edition" ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } } : new OpenApiSchema { Type = name is "after" or "limit" or "version" ? JsonSchemaType.Integer : JsonSchemaType.String },
    };

    private static async Task Page(HttpContext http, IEndpointRouteBuilder site)
    {
        var document = new Document();
        document.Heading(1, "Hilum: the API").Paragraph(About).Paragraph("For programs: /openapi/v1.json (OpenAPI 3.1).");
        foreach (var endpoint in site.DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<Operation>() is not { } about) continue;
            document.Heading(2, $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} {endpoint.RoutePattern.RawText}").Paragraph(about.Summary);
            if (about.Description.Length > 0) document.Paragraph(about.Description);
            foreach (var name in about.Query.Concat(about.Matches ? ["If-Match"] : []).Concat(about.Saves ? ["Idempotency-Key"] : []))
                document.Entry(0, name, Parameter(name, ParameterLocation.Query, required: false).Description ?? "", Tone.Strong);
            if (about.Body is null) continue;
            document.Entry(0, "Body", string.Join(", ", about.Kinds), Tone.Strong);
            if (about.Body == typeof(object)) continue;
            foreach (var member in about.Body.GetProperties().Where(p => p.CanRead && p.DeclaringType == about.Body))
            {
                var says = (System.ComponentModel.DescriptionAttribute?)Attribute.GetCustomAttribute(member, typeof(System.ComponentModel.DescriptionAttribute));
                document.Entry(1, $"{char.ToLowerInvariant(member.Name[0])}{member.Name[1..]}", says?.Description ?? "");
            }
        }

        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        await http.Response.Body.WriteAsync(HtmlPage.Write(document, Language.English), http.RequestAborted);
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PartPattern();
}
