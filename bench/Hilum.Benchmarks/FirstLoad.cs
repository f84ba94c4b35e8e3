using System.Diagnostics;
using System.Globalization;
using Hilum.Guidance;

namespace Hilum.Benchmarks;

/// <summary>How long a fresh process takes to load the guidance, in milliseconds: <c>load text</c> or <c>load compiled FOLDER</c>.</summary>
/// <remarks>A benchmark that runs in a loop cannot see this: most of it is what happens only the first time.</remarks>
internal static class FirstLoad
{
    public static int Run(string[] args)
    {
        var cache = args is ["compiled", var folder] ? folder : null;
        var started = Stopwatch.GetTimestamp();
        var content = ContentCache.Load(Bench.GuidanceFolder, cache);
        var took = Stopwatch.GetElapsedTime(started);
        Console.WriteLine(took.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture));
        return content.Catalogue.Treatments.Length > 0 ? 0 : 1;
    }
}
