using System.Diagnostics;
using Hilum.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Hilum.Web.Api;

/// <summary>What makes the site a service: the store, the API, readiness, limits, and measures.</summary>
internal static class Service
{
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(15);

    public static void Add(WebApplicationBuilder builder, SiteSettings settings)
    {
        builder.Services.AddSingleton(_ => Store.Open(settings.Store!, settings.Time)); // made here, so that the host closes it after the last answer
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = StopsWithin);
        builder.Services.Configure<KestrelServerOptions>(o =>
        {
            o.Limits.RequestHeadersTimeout = HeadersWithin;
            o.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
            o.Limits.MaxConcurrentConnections = 1000;
        });
        Description.Add(builder.Services);
        if (settings.Telemetry is null) return; // the exporter itself reads address, protocol and headers from the variables of OpenTelemetry
        builder.Services.AddOpenTelemetry().ConfigureResource(r => r.AddService("hilum", serviceVersion: typeof(Service).Assembly.GetName().Version?.ToString(3)))
            .WithMetrics(m => m.AddMeter(Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime").AddOtlpExporter())
            .WithTracing(t => t.AddSource(Telemetry.Name).AddAspNetCoreInstrumentation(o => o.EnrichWithHttpResponse = Redact).AddOtlpExporter());
    }

    public static void Map(WebApplication site)
    {
        site.Services.GetRequiredService<Store>();
        site.MapGet("/readyz", (RequestDelegate)Ready);
        Routes.Map(site);
        Description.Map(site);
    }

    /// <summary>Paths and queries hold ids of patients: traces carry the pattern of the address alone.</summary>
    private static void Redact(Activity trace, HttpResponse response)
    {
        trace.SetTag("url.path", (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "");
        trace.SetTag("url.query", null);
    }

    /// <summary>200 when the store can be read and takes writes; 503 otherwise.</summary>
    private static async Task Ready(HttpContext http)
    {
        var ready = true;
        try
        {
            var store = http.RequestServices.GetRequiredService<Store>();
            store.Read(r => r.LastEntry());
            await store.Write("ready", _ => 0).WaitAsync(TimeSpan.FromSeconds(5), http.RequestAborted);
        }
        catch (Exception e) when (e is StoreException or TimeoutException)
        {
            ready = false;
        }

        http.Response.StatusCode = ready ? 200 : 503;
        await http.Response.WriteAsync(ready ? "ready" : "the store does not answer", http.RequestAborted);
    }
}
