using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Hilum.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hilum.Web.Tests.CdsHooks;

/// <summary>What was not sent is asked of the FHIR server that the hook names, when that is on the list: there, with its token, and nowhere else.</summary>
public sealed class FetchTests : IAsyncLifetime
{
    private const string Patient = "untreated-clear-cell-favourable";
    private readonly OwnSite site = new();
    private readonly ConcurrentBag<(string Path, string Token)> asked = [];
    private WebApplication? server;
    private Func<HttpContext, JsonObject, Task>? behave;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(async context =>
        {
            asked.Add(($"{context.Request.Path}{context.Request.QueryString}", context.Request.Headers.Authorization.ToString()));
            var prefetch = Ehr.PrefetchOf(Patient);
            if (behave is not null)
            {
                await behave(context, prefetch);
                return;
            }

            await Serve(context, prefetch);
        });
        await server.StartAsync();
        await site.Start(new() { Hooks = new() { FhirServers = [server.Urls.First() + "/fhir"] } });
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await server!.DisposeAsync();
    }

    [Fact]
    public async Task Everything_can_be_fetched_and_the_card_is_the_one_of_sent_data()
    {
        var (status, body, _) = await Ehr.Post(site.Client, "/cds-services/kidney-cancer-options", Request());
        var (_, sent, _) = await Ehr.Post(site.Client, "/cds-services/kidney-cancer-options", Ehr.Fire("patient-view", Ehr.PrefetchOf(Patient)));

        Assert.Equal(200, status);
        Assert.Equal(Assert.Single(sent.GetProperty("cards").EnumerateArray()).GetProperty("uuid").GetString(), Assert.Single(body.GetProperty("cards").EnumerateArray()).GetProperty("uuid").GetString());
        Assert.All(asked, a => Assert.Equal("Bearer secret-token", a.Token));
        Assert.Contains(asked, a => a.Path.Contains("code=http://loinc.org%7C718-7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        behave = (context, _) =>
        {
            context.Response.Redirect("http://127.0.0.1:1/elsewhere");
            return Task.CompletedTask;
        };
        var (status, body, _) = await Ehr.Post(site.Client, "/cds-services/kidney-cancer-options", Request());

        Assert.Equal(412, status);
        Assert.Contains("302", body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_beside_the_listed_one_is_not_asked()
    {
        foreach (var other in new[] { server!.Urls.First() + "/other", server.Urls.First(), server.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/fhir", "http://user@127.0.0.1/fhir" })
        {
            var request = Request();
            request["fhirServer"] = other;
            var (status, _, _) = await Ehr.Post(site.Client, "/cds-services/kidney-cancer-options", request);
            Assert.Contains(status, new[] { 400, 412 });
        }

        Assert.Empty(asked);
    }

    [Theory]
    [InlineData("endless")]
    [InlineData("html")]
    [InlineData("error")]
    [InlineData("array")]
    public async Task A_server_that_misbehaves_costs_its_data_and_no_more(string how)
    {
        behave = async (context, prefetch) =>
        {
            if (context.Request.Path.Value!.EndsWith("/Procedure", StringComparison.Ordinal))
            {
                context.Response.ContentType = how == "html" ? "text/html" : "application/fhir+json";
                if (how == "error") context.Response.StatusCode = 500;
                if (how == "endless")
                    for (var i = 0; i < 200 && !context.RequestAborted.IsCancellationRequested; i++) await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
                else await context.Response.WriteAsync("[1]");
                return;
            }

            await Serve(context, prefetch);
        };
        var (status, body, _) = await Ehr.Post(site.Client, "/cds-services/kidney-cancer-options", Request());

        Assert.Equal(200, status);
        Assert.Contains("procedures", Assert.Single(body.GetProperty("cards").EnumerateArray()).GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    private JsonObject Request()
    {
        var request = Ehr.Fire("patient-view", Ehr.PrefetchOf(Patient));
        request.Remove("prefetch");
        request["fhirServer"] = server!.Urls.First() + "/fhir";
        request["fhirAuthorization"] = new JsonObject { ["access_token"] = "secret-token", ["token_type"] = "Bearer", ["expires_in"] = 300, ["scope"] = "patient/*.rs", ["subject"] = "hilum" };
        return request;
    }

    /// <summary>A FHIR server that answers each search with what the example patient has of it; of Observations once, for the blood counts.</summary>
    private static Task Serve(HttpContext context, JsonObject prefetch)
    {
        var path = context.Request.Path.Value!;
        context.Response.ContentType = "application/fhir+json";
        var key = path.StartsWith("/fhir/Patient/", StringComparison.Ordinal) ? "patient"
            : path.EndsWith("/Condition", StringComparison.Ordinal) ? "conditions"
            : path.EndsWith("/Procedure", StringComparison.Ordinal) ? "procedures"
            : path.EndsWith("/AllergyIntolerance", StringComparison.Ordinal) ? "allergies"
            : path.EndsWith("/MedicationRequest", StringComparison.Ordinal) ? "medRequests"
            : path.EndsWith("/MedicationAdministration", StringComparison.Ordinal) ? "medAdmins"
            : path.EndsWith("/MedicationStatement", StringComparison.Ordinal) ? "medStatements"
            : context.Request.QueryString.Value!.Contains("718-7", StringComparison.Ordinal) ? "labsHaem" : "none";
        return context.Response.WriteAsync((prefetch[key] ?? Ehr.Search([], "none")).ToJsonString());
    }
}
