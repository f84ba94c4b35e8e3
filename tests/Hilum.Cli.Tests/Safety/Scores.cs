using System.Globalization;
using System.Text;
using Hilum.Cli.Tests.Support;
using Hilum.Measures;
using Hilum.Options;

namespace Hilum.Cli.Tests.Safety;

/// <summary>How many of the expectations of the shared vignettes the answers meet.</summary>
internal static class Scores
{
    /// <summary>The page.</summary>
    public static string Page(IEnumerable<string> vignettes)
    {
        var rows = vignettes.Select(Score).ToList();
        var text = new StringBuilder("# Scores on shared vignettes\n\n<!-- Made by LedgerTests; UPDATE_APPROVED=1 makes it anew. -->\n\n");
        text.Append("Cases that were drawn from published reports by someone who saw none of this code. Drafted by a researcher, not a physician: an oncologist has yet to review what they expect.\n");
        text.Append("They are among the tests that every change is held to: the scores say that these cases are met, not how Hilum does on cases that nobody has looked at.\n");
        text.Append("A case of 2016 is judged by the historical edition alone, the others by every current edition.\n\n");
        text.Append("| Case | Unsuitable treatments not offered | Something acceptable is offered | Risk group among those possible | Missing facts asked for |\n|---|---|---|---|---|\n");
        foreach (var row in rows) SafetyPages.Row(text, row.Name, Of(row.Unsuitable), Of(row.Acceptable), Of(row.Risk), Of(row.Asked));
        SafetyPages.Row(text, "all", Of(Sum(r => r.Unsuitable)), Of(Sum(r => r.Acceptable)), Of(Sum(r => r.Risk)), Of(Sum(r => r.Asked)));
        return text.ToString();

        (int Met, int All) Sum(Func<Marks, (int Met, int All)> part) => rows.Select(part).Aggregate((0, 0), (a, b) => (a.Item1 + b.Met, a.Item2 + b.All));
    }

    private sealed record Marks(string Name, (int Met, int All) Unsuitable, (int Met, int All) Acceptable, (int Met, int All) Risk, (int Met, int All) Asked);

    private static string Of((int Met, int All) marks) => marks.All == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{marks.Met} of {marks.All}");

    private static Marks Score(string name)
    {
        var (expected, plan) = VignetteTests.Run(name);
        var unsuitable = VignetteTests.Words(expected, "contract", "never_suitable").ToList();
        var acceptable = VignetteTests.Words(expected, "contract", "acceptable").ToList();
        var open = !plan.Case["histology"].Possible.IsKnown || !plan.Case["stage"].Possible.IsKnown;
        var offered = acceptable.Exists(t => Standing(plan, t) is { } s && (s.IsOffered() || (open && s is Options.Standing.NeedsInformation)));
        var asked = VignetteTests.Words(expected, "expected", "must_ask").ToList();
        return new(name, (unsuitable.Count(t => Standing(plan, t) is not { } s || !s.IsOffered()), unsuitable.Count), (offered ? 1 : 0, acceptable.Count > 0 ? 1 : 0), Risk(expected, plan), (asked.Count(q => IsAsked(plan, q)), asked.Count));
    }

    private static Standing? Standing(Assessment plan, string treatment) => plan.Options.FirstOrDefault(o => o.Treatment.Id == treatment)?.Standing;

    private static (int Met, int All) Risk(YamlDotNet.RepresentationModel.YamlMappingNode expected, Assessment plan)
    {
        var imdc = plan.Risk.Single(r => r.Model.Id == "imdc");
        var groups = imdc.Groups.Select(g => g.Id).ToList();
        return VignetteTests.Text(expected, "expected", "imdc", "risk") switch
        {
            "favourable" or "favourable_if_missing_values_normal" => (groups.Contains("favourable") ? 1 : 0, 1),
            "intermediate" => (groups.Contains("intermediate") ? 1 : 0, 1),
            "poor" => (groups.Contains("poor") ? 1 : 0, 1),
            "at_least_intermediate" => (imdc.Min == 0 || !groups.Contains("favourable") ? 1 : 0, 1),
            _ => (0, 0),
        };
    }

    private static bool IsAsked(Assessment plan, string question)
    {
        var imdc = plan.Risk.Single(r => r.Model.Id == "imdc");
        var (factor, fact) = VignetteTests.Asked(question);
        return imdc.Model.Factors.Where((f, i) => f.Id == factor && imdc.Factors[i] is Truth.Undecided).Any() || plan.Missing.Any(m => m.Fact == fact);
    }
}
