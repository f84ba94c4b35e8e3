using System.Text.RegularExpressions;
using Hilum.Cli.Tests.Support;

namespace Hilum.Cli.Tests.Safety;

/// <summary>The tests of every project of this checkout, as their source names them: Class.Method.</summary>
internal static partial class NamedTests
{
    private static readonly Lazy<HashSet<string>> All = new(() => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests*.cs", SearchOption.AllDirectories)
        .SelectMany(file => Method().Matches(File.ReadAllText(file)).Select(m => $"{Path.GetFileName(file).Split('.')[0]}.{m.Groups["name"].Value}"))
        .ToHashSet(StringComparer.Ordinal));

    /// <summary>Whether there is such a test, such a class of tests, or such a file that test.sh runs.</summary>
    public static bool Exists(string name) => name.Contains('/', StringComparison.Ordinal)
        ? File.Exists(Path.Combine(Repository.Root, name)) && File.ReadAllText(Path.Combine(Repository.Root, "test.sh")).Contains(name, StringComparison.Ordinal)
        : name.Contains('.', StringComparison.Ordinal) ? All.Value.Contains(name) : All.Value.Any(t => t.StartsWith(name + ".", StringComparison.Ordinal));

    // a public method of a class of tests that is no test does not compile (xUnit1013)
    [GeneratedRegex(@"^    public (async )?(void|Task) (?<name>\w+)\(", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 5000)]
    private static partial Regex Method();
}
