using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Hilum.Guidance;
using Hilum.Storage;
using Hilum.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Hilum.Cli;

/// <summary><c>hilum serve</c>: the web pages and the API, on this machine alone unless told otherwise.</summary>
internal static class ServeCommand
{
    public static Command Make()
    {
        var command = new Command("serve", "The web pages and the API, on 127.0.0.1 by default. Nothing leaves this machine.");
        var urls = new Option<string?>("--urls") { Description = "Where to listen. Elsewhere than on this machine only with sign-in and TLS. Else HILUM_URLS, else http://127.0.0.1:5080." };
        var store = new Option<string?>("--store") { Description = "Where plans are kept: a file, or postgres:Host=...;Database=... Else HILUM_STORE, else a file among your own data." };
        var guidance = new Option<string?>("--guidance") { Description = "Use the guidance of this folder." };
        var settings = new Option<string?>("--settings") { Description = "A file with sign-in, hospital systems and limits (docs/doors.md). Without it: this machine alone, one local user." };
        command.Options.Add(urls);
        command.Options.Add(settings);
        command.Options.Add(store);
        command.Options.Add(guidance);
        command.SetAction((parsed, stop) => Serve(parsed.GetValue(urls), parsed.GetValue(store), parsed.GetValue(settings), RecordOptions.GuidanceFolder(parsed.GetValue(guidance)), stop));
        return command;
    }

    /// <summary>Apart from <see cref="Make"/>, so that no other command loads the web.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> Serve(string? urls, string? store, string? doors, string guidance, CancellationToken stop)
    {
        var settings = ServiceSettings.Read(urls, store, Environment.GetEnvironmentVariable, out var problems) ?? throw new BadInputException(problems);
        var site = Open(new()
        {
            Content = ContentCache.Load(guidance, RecordOptions.CacheFolder()),
            Results = new(RecordOptions.CacheFolder()),
            Urls = settings.Urls,
            Store = settings.Store,
            Telemetry = settings.Telemetry,
            Doors = doors is null ? new() : Doors(doors),
            Examples = Path.Combine(guidance, "..", "patients"),
        });
        await using (site)
        {
            try
            {
                await site.StartAsync(stop);
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                throw new BadInputException($"{settings.Urls}: {e.Message}");
            }

            foreach (var url in site.Urls) Console.Error.WriteLine($"Hilum is open at {url} (Ctrl+C ends it)");
            await site.WaitForShutdownAsync(stop);
        }

        return ExitCode.Done;
    }

    private static DoorSettings Doors(string file)
    {
        try
        {
            return DoorSettings.Read(file);
        }
        catch (SettingsException e)
        {
            throw new BadInputException(e.Faults);
        }
    }

    private static WebApplication Open(SiteSettings settings)
    {
        try
        {
            return Site.Build(settings);
        }
        catch (StoreException e)
        {
            throw new BadInputException(e.Message);
        }
        catch (SettingsException e)
        {
            throw new BadInputException(e.Faults);
        }
    }
}
