using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Hilum.Fhir.Reading;
using Hilum.Guidance;
using Hilum.Storage;
using Hilum.Web.Api;
using Hilum.Web.CdsHooks;
using Hilum.Web.FhirApi;
using Hilum.Web.Patients;
using Hilum.Web.SignIn;
using Hilum.Web.Smart;
using Hilum.Web.Wording;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hilum.Web;

/// <summary>What the site is made of.</summary>
public sealed record SiteSettings
{
    /// <summary>The guidance to judge by.</summary>
    public required GuidanceContent Content { get; init; }

    /// <summary>Where to listen: one or more URLs, parted by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>The folder of example patients; null or absent for none.</summary>
    public string? Examples { get; init; }

    /// <summary>What <c>guidance check</c> and <c>guidance diff</c> answered; null for a site that shows none of it.</summary>
    public KeptResults? Results { get; init; }

    /// <summary>Where plans are kept; null for a site without the API.</summary>
    public Database? Store { get; init; }

    /// <summary>Where measures and traces go (OTLP); null for nowhere.</summary>
    public Uri? Telemetry { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How the doors for others are set up; the default answers this machine alone.</summary>
    public DoorSettings Doors { get; init; } = new();
}

/// <summary>Builds the web application: pages and API. Used by <c>hilum serve</c> and by tests.</summary>
public static class Site
{
    /// <summary>Builds the application and opens its store; the caller starts and stops it.</summary>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    /// <exception cref="SettingsException">The settings do not hold together, or the site would listen where it must not.</exception>
    public static WebApplication Build(SiteSettings settings)
    {
        if (settings.Doors.Faults().Concat(Listening.Faults(settings.Urls, settings.Doors)).ToList() is { Count: > 0 } faults) throw new SettingsException(faults);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(Site).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(Listening.Split(settings.Urls));
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = RecordReader.Largest + (64 * 1024);
            if (settings.Doors.Certificate is { } certificate) k.ConfigureHttpsDefaults(h => h.ServerCertificate = X509Certificate2.CreateFromPemFile(certificate.File, certificate.KeyFile));
        });
        builder.Services.AddSingleton(settings).AddSingleton(settings.Content).AddSingleton(settings.Time);
        builder.Services.Configure<HostFilteringOptions>(o => o.AllowedHosts = [.. HostsOf(settings)]);
        builder.Services.AddSingleton<PatientList>();
        builder.Services.AddSingleton(s => new PlanShelf(s.GetService<Store>(), s.GetRequiredService<PatientList>()));
        builder.Services.AddRazorPages(o => o.Conventions.ConfigureFilter(new IgnoreAntiforgeryTokenAttribute())).AddApplicationPart(typeof(Site).Assembly);
        builder.Services.AddHttpContextAccessor().AddScoped<PageText>();
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)); // letters stay letters; what could be markup is escaped all the same
        builder.Services.AddResponseCompression(o => o.EnableForHttps = true); // there is no secret in a page that a guess could be made against
        Keys(builder.Services, settings.Doors);

        HookEndpoints.AddTo(builder.Services, settings);
        if (settings.Store is not null) Service.Add(builder, settings);
        builder.Services.AddSingleton<SmartLaunch>();
        Gate.AddTo(builder.Services, settings.Doors);
        Limits.AddTo(builder.Services, settings.Doors);

        var site = builder.Build();
        if (settings.Doors.BehindProxy) site.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        site.UseHostFiltering();
        if (settings.Doors.IsSecure) site.UseHsts();
        site.UseResponseCompression();
        site.Use(Guards.Headers);
        site.Use(new Guards(settings.Doors.Hooks.Origins).SameOrigin);
        site.Use(Languages.FromPath);
        site.UseStatusCodePagesWithReExecute("/missing");
        site.UseRouting();
        site.UseCors();
        site.UseRequestTimeouts();
        if (settings.Doors.HasUsers) site.UseAuthentication();
        site.UseRateLimiter();
        site.Use(site.Services.GetRequiredService<Gate>().Check);
        site.Use(Guards.Form);
        site.MapGet("/healthz", () => Results.Text("ok"));
        Assets.Map(site);
        HookEndpoints.Map(site);
        if (settings.Store is not null) Service.Map(site);
        FhirEndpoints.Map(site);
        SmartLaunch.Map(site);
        Gate.Map(site);
        site.MapRazorPages();
        return site;
    }

    /// <summary>The keys that protect cookies: kept in the data folder, readable by this user alone, so that a restart signs nobody out.</summary>
    private static void Keys(IServiceCollection services, DoorSettings settings)
    {
        var protection = services.AddDataProtection().SetApplicationName("Hilum");
        if (!settings.HasUsers || settings.Data is not { } data)
        {
            protection.UseEphemeralDataProtectionProvider();
            return;
        }

        var folder = Path.Combine(data, "keys");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        protection.PersistKeysToFileSystem(new(folder));
    }

    /// <summary>On the machine itself only its own names are answered, so that a page of another site cannot reach in by a name of its own (DNS rebinding).</summary>
    private static IEnumerable<string> HostsOf(SiteSettings settings)
    {
        string[] own = ["localhost", "127.0.0.1", "[::1]"];
        if (settings.Doors.PublicUrl is { } url) return [.. own, new Uri(url).Host];
        return Listening.Split(settings.Urls).All(u => Listening.IsThisMachine(BindingAddress.Parse(u).Host)) ? own : ["*"];
    }
}
