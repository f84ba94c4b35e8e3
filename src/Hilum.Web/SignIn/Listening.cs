using System.Net;
using Microsoft.AspNetCore.Http;

namespace Hilum.Web.SignIn;

/// <summary>Where the site may listen: elsewhere than on this machine only with a sign-in and TLS, or with a proxy that ends it.</summary>
internal static class Listening
{
    /// <summary>Why the site must not listen as asked; empty when it may.</summary>
    public static IReadOnlyList<string> Faults(string urls, DoorSettings settings)
    {
        var faults = new List<string>();
        foreach (var url in Split(urls))
        {
            var address = BindingAddress.Parse(url);
            if (IsThisMachine(address.Host)) continue;
            if (settings.SignIn is null) faults.Add($"{url}: others could reach this address, and nobody has to sign in: set signIn, or listen on 127.0.0.1");
            if (address.Scheme != "https" && !settings.BehindProxy) faults.Add($"{url}: others could read what is sent: listen with https, or set behindProxy when a proxy in front ends TLS");
            if (settings.PublicUrl is null) faults.Add($"{url}: publicUrl is needed, the address by which others know this service");
        }

        return faults;
    }

    /// <summary>Whether a host is this machine itself.</summary>
    public static bool IsThisMachine(string host) => host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>The addresses of a list.</summary>
    public static string[] Split(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
