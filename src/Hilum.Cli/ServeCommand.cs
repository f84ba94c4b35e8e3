using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Hilum.Guidance;
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
        var urls = new Option<string>("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var guidance = new Option<string?>("--guidance") { Description = "Use the guidance of this folder." };
        command.Options.Add(urls);
        command.Options.Add(guidance);
        command.SetAction((parsed, stop) => Serve(parsed.GetValue(urls)!, RecordOptions.GuidanceFolder(parsed.GetValue(guidance)), stop));
        return command;
    }

    /// <summary>Apart from <see cref="Make"/>, so that no other command loads the web.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> Serve(string urls, string guidance, CancellationToken stop)
    {
        if (urls.Split(';').FirstOrDefault(u => !Uri.TryCreate(u.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) is { } wrong)
            throw new BadInputException($"--urls {wrong}: an address such as http://127.0.0.1:5080 was expected");
        var site = Site.Build(new()
        {
            Content = ContentCache.Load(guidance, RecordOptions.CacheFolder()),
            Urls = urls,
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
                throw new BadInputException($"--urls {urls}: {e.Message}");
            }

            foreach (var url in site.Urls) Console.Error.WriteLine($"Hilum is open at {url} (Ctrl+C ends it)");
            await site.WaitForShutdownAsync(stop);
        }

        return ExitCode.Done;
    }
}
