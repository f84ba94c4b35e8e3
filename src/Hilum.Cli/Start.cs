using System.Runtime;

namespace Hilum.Cli;

/// <summary>Makes a start quick.</summary>
internal static class Start
{
    /// <summary>
    /// Lets a second core compile ahead what the last start of this kind had to compile on its way (mostly generic code of the framework,
    /// which no ReadyToRun image of ours may hold). The runtime keeps the list; one that no longer fits is ignored and written anew.
    /// </summary>
    public static void CompileAhead(string[] args)
    {
        if (args.Length < 2 || Environment.ProcessorCount < 2 || !args[0].All(char.IsAsciiLetterLower)) return;
        ProfileOptimization.SetProfileRoot(RecordOptions.CacheFolder());
        var record = args.Any(a => a.EndsWith("json", StringComparison.Ordinal) && a.Contains('.', StringComparison.Ordinal)) ? "-fhir" : "";
        var format = args.Contains("json", StringComparer.Ordinal) ? "-json" : "";
        ProfileOptimization.StartProfile($"{args[0]}{record}{format}.start");
    }
}
