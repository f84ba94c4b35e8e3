using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hilum.Web;

/// <summary>Style, script and picture, embedded in this assembly, under addresses that change with their content.</summary>
internal static class Assets
{
    private sealed record Asset(string Type, string Hash, byte[] Plain, Lazy<byte[]> Brotli);

    private static readonly FrozenDictionary<string, Asset> All = Read();

    /// <summary>The address of an asset.</summary>
    public static string Url(string name) => $"/assets/{name}?v={All[name].Hash}";

    /// <summary>Serves them.</summary>
    public static void Map(IEndpointRouteBuilder site) => site.MapGet("/assets/{name}", Serve);

    private static IResult Serve(string name, HttpContext context)
    {
        if (!All.TryGetValue(name, out var asset)) return Results.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = context.Request.Query["v"] == asset.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = "Accept-Encoding";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal)) return Results.Bytes(asset.Plain, asset.Type);
        headers.ContentEncoding = "br";
        return Results.Bytes(asset.Brotli.Value, asset.Type);
    }

    private static FrozenDictionary<string, Asset> Read()
    {
        var assembly = typeof(Assets).Assembly;
        return assembly.GetManifestResourceNames().Where(n => n.StartsWith("assets/", StringComparison.Ordinal)).ToFrozenDictionary(n => n["assets/".Length..], name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            var plain = bytes.ToArray();
            return new Asset(TypeOf(name), Convert.ToHexStringLower(SHA256.HashData(plain))[..16], plain, new(() => Compressed(plain)));
        }, StringComparer.Ordinal);
    }

    private static byte[] Compressed(byte[] plain)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Optimal)) brotli.Write(plain);
        return bytes.ToArray();
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"{name}: no type is known for {other}"),
    };
}
