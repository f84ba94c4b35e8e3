using System.Text;
using Hilum.Cli.Tests.Support;
using Hilum.Measures;
using Hilum.Options;
using YamlDotNet.RepresentationModel;

namespace Hilum.Cli.Tests;

/// <summary>
/// Fifteen cases that were drawn from published reports by someone who saw none of this code (<c>shared/data/vignettes</c>, RUN.md).
/// Drafted by a researcher, not a physician: an oncologist has yet to review what they expect.
/// </summary>
public sealed class VignetteTests
{
    /// <summary>Where we come to another answer, and why: vignette and treatment (or "acceptable", "imdc", "ask FACT"), then the reason.</summary>
    private static readonly Dictionary<string, string> WeDiffer = new(StringComparer.Ordinal)
    {
    };

    /// <summary>Every vignette; one that skips where they are not.</summary>
    public static TheoryData<string> Vignettes => Repository.Vignettes is { } folder
        ? [.. Directory.GetFiles(folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)]
        : ["(none)"];

    [Theory]
    [MemberData(nameof(Vignettes))]
    public void What_is_never_suitable_is_not_offered(string vignette)
    {
        var (expected, plan) = Run(vignette);
        var offered = Words(expected, "contract", "never_suitable").Where(t => plan.Option(t).Standing.IsOffered() && !WeDiffer.ContainsKey($"{vignette} {t}"));
        Assert.Empty(offered);
    }

    [Theory]
    [MemberData(nameof(Vignettes))]
    public void Something_that_is_acceptable_is_offered(string vignette)
    {
        var (expected, plan) = Run(vignette);
        var acceptable = Words(expected, "contract", "acceptable").ToList();
        if (acceptable.Count == 0 || WeDiffer.ContainsKey($"{vignette} acceptable")) return;
        var open = !plan.Case["histology"].Possible.IsKnown || !plan.Case["stage"].Possible.IsKnown;
        Assert.Contains(acceptable, t => plan.Option(t).Standing.IsOffered() || (open && plan.Option(t).Standing is Standing.NeedsInformation));
    }

    [Theory]
    [MemberData(nameof(Vignettes))]
    public void The_stated_risk_group_is_among_those_still_possible(string vignette)
    {
        var (expected, plan) = Run(vignette);
        var imdc = plan.Risk.Single(r => r.Model.Id == "imdc");
        var groups = imdc.Groups.Select(g => g.Id).ToList();
        if (WeDiffer.ContainsKey($"{vignette} imdc")) return;
        switch (Text(expected, "expected", "imdc", "risk"))
        {
            case "favourable" or "favourable_if_missing_values_normal": Assert.Contains("favourable", groups); break;
            case "intermediate": Assert.Contains("intermediate", groups); break;
            case "poor": Assert.Contains("poor", groups); break;
            case "at_least_intermediate": Assert.True(imdc.Min == 0 || !groups.Contains("favourable")); break;
        }
    }

    [Theory]
    [MemberData(nameof(Vignettes))]
    public void What_must_be_asked_is_asked(string vignette)
    {
        var (expected, plan) = Run(vignette);
        var imdc = plan.Risk.Single(r => r.Model.Id == "imdc");
        var unknown = imdc.Model.Factors.Where((_, i) => imdc.Factors[i] is Truth.Undecided).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var missing = plan.Missing.Select(m => m.Fact).ToHashSet(StringComparer.Ordinal);
        foreach (var question in Words(expected, "expected", "must_ask"))
        {
            var (factor, fact) = Asked(question);
            Assert.True(unknown.Contains(factor) || missing.Contains(fact) || WeDiffer.ContainsKey($"{vignette} ask {fact}"), $"nobody is asked for {fact}");
        }
    }

    [Fact]
    public void Every_difference_that_we_state_is_still_one()
    {
        Assert.SkipWhen(Repository.Vignettes is null, "the vignettes are not here: ../shared/data/vignettes");
        foreach (var stated in WeDiffer.Keys.Select(k => k.Split(' ')).Where(k => Repository.Treatments.Contains(k[1])))
        {
            var (expected, plan) = Run(stated[0]);
            Assert.Contains(stated[1], Words(expected, "contract", "never_suitable"));
            Assert.True(plan.Option(stated[1]).Standing.IsOffered(), $"{string.Join(' ', stated)} is not a difference any more: strike it out");
        }
    }

    /// <summary>The factor of the risk model and the fact that a question of a vignette means.</summary>
    internal static (string Factor, string Fact) Asked(string question) => question switch
    {
        "kps" => ("karnofsky-below-80", "karnofsky"),
        "time_dx_to_systemic" => ("treated-within-one-year", "diagnosis-date"),
        "hemoglobin" => ("haemoglobin-low", "haemoglobin"),
        "corrected_calcium" => ("corrected-calcium-high", "calcium"),
        "neutrophils" => ("neutrophils-high", "neutrophils"),
        "platelets" => ("platelets-high", "platelets"),
        _ => throw new InvalidOperationException(question),
    };

    internal static (YamlMappingNode Expected, Assessment Plan) Run(string vignette)
    {
        Assert.SkipWhen(Repository.Vignettes is null, "the vignettes are not here: ../shared/data/vignettes");
        using var text = File.OpenText(Path.Combine(Repository.Vignettes!, $"{vignette}.yaml"));
        var stream = new YamlStream();
        stream.Load(text);
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        var record = Repository.Read(Written(new YamlMappingNode { { "patient", new YamlMappingNode { { "id", vignette } } }, { "as-of", "2026-11-03" }, { "facts", At(root, "contract", "facts")! } }));
        return (root, Text(root, "era") == "2016" ? Judge.Assess(record, "ccs-2017") : Judge.Assess(record));
    }

    private static string Written(YamlMappingNode node)
    {
        var text = new StringBuilder();
        using var writer = new StringWriter(text);
        new YamlStream(new YamlDocument(node)).Save(writer, assignAnchors: false);
        return text.ToString().Replace("...\n", "", StringComparison.Ordinal);
    }

    private static YamlNode? At(YamlNode node, params string[] path) =>
        path.Aggregate((YamlNode?)node, (at, key) => at is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null);

    internal static string? Text(YamlNode node, params string[] path) => (At(node, path) as YamlScalarNode)?.Value;

    internal static IEnumerable<string> Words(YamlNode node, params string[] path) => At(node, path) is YamlSequenceNode list ? list.Select(n => ((YamlScalarNode)n).Value!) : [];
}
