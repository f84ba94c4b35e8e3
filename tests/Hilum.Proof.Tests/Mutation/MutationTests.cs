using System.Diagnostics;
using Hilum.Guidance;
using Hilum.Proof.Check;
using Hilum.Proof.Diff;
using Hilum.Proof.Tests.Support;

namespace Hilum.Proof.Tests.Mutation;

/// <summary>Guidance broken on purpose, one rule at a time, so that it still reads well: the worked cases, the check or the diff notice it.</summary>
[Trait("step", "mutation")]
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Seed = 20261123;
    private const int EachWay = 8;
    private const int MostTries = 400;

    [Fact]
    public void At_least_95_percent_of_the_faults_are_noticed()
    {
        var random = new Random(Seed);
        var rules = BrokenRule.All();
        var survivors = new List<string>();
        var by = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var slowest = (Time: TimeSpan.Zero, What: "");
        var count = 0;
        foreach (var (name, breaking) in BrokenRule.Ways)
        {
            var made = 0;
            for (var tries = 0; made < EachWay; tries++)
            {
                Assert.True(tries < MostTries, $"{name}: too few rules can be broken so");
                var rule = rules[random.Next(rules.Count)];
                if (breaking(rule.Text, random) is not { } broken || Read(rule, broken) is not { } mutant) continue;
                made++;
                var watch = Stopwatch.StartNew();
                var noticed = NoticedBy(rule.Path, mutant.Files, mutant.Content);
                if (watch.Elapsed > slowest.Time) slowest = (watch.Elapsed, $"{name}: {rule.Path}: {rule.Id}");
                by[noticed ?? "nothing"] = by.GetValueOrDefault(noticed ?? "nothing") + 1;
                if (noticed is null) survivors.Add($"{name}: {rule.Path}: {rule.Id}");
            }

            count += made;
        }

        output.WriteLine($"{count} faults (seed {Seed}); noticed first by {string.Join(", ", by.Select(b => $"{b.Key}: {b.Value}"))}; slowest {slowest.Time.TotalSeconds:0.0} s ({slowest.What})");
        foreach (var survivor in survivors) output.WriteLine($"not noticed: {survivor}");
        Assert.True(count >= 40);
        Assert.True(survivors.Count * 20 <= count, string.Join('\n', survivors));
    }

    /// <summary>The content with a broken rule; null when the reader of guidance refuses it, for such a fault needs nobody else to notice it.</summary>
    private static (ContentFiles Files, GuidanceContent Content)? Read(BrokenRule rule, string broken)
    {
        var files = Real.Files.With(rule.Path, Real.Files.Text(rule.Path).Replace(rule.Text, broken, StringComparison.Ordinal));
        try
        {
            return (files, ContentLoader.Load(files));
        }
        catch (ContentException)
        {
            return null;
        }
    }

    /// <summary>Who notices: only what the file touches is asked.</summary>
    private static string? NoticedBy(string path, ContentFiles files, GuidanceContent content)
    {
        if (WorkedCases.RunBeside(files, content, path).Count > 0) return "worked cases";
        if (GuidanceCheck.RunFile(content, path).Findings.Count > 0) return "check";
        if (path.Split('/') is ["editions", var id, ..])
            return EditionDiff.Differs(Real.Content, Real.Content.Catalogue.FindEdition(id)!, content, content.Catalogue.FindEdition(id)!) ? "diff" : null;
        return EditionDiff.Safety(Real.Content, content, path).Count > 0 ? "diff" : null;
    }
}
