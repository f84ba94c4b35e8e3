using Hilum.Cli.Tests.Support;

namespace Hilum.Cli.Tests.Safety;

/// <summary>The pages of docs/safety say what is so today.</summary>
public sealed class LedgerTests
{
    private static readonly string[] Kinds = ["editions", "funding", "risk", "facts", "safety", "urgent", "questions"];

    private static string PathOf(string page) => Path.Combine(Repository.Root, "docs", "safety", page);

    [Fact]
    public void The_pages_on_safety_are_those_that_this_content_and_these_tests_give()
    {
        var trace = new RuleTrace();
        Approved.Check(PathOf("trace.md"), SafetyPages.Trace(trace));
        Approved.Check(PathOf("rules.md"), SafetyPages.Rules(trace));
        Approved.Check(PathOf("hazards.md"), SafetyPages.Hazards());
    }

    [Fact]
    public void The_scores_on_the_shared_vignettes_are_those_that_stand_on_the_page()
    {
        Assert.SkipWhen(Repository.Vignettes is null, "the vignettes are not here: ../shared/data/vignettes");
        Approved.Check(PathOf("scores.md"), Scores.Page(Directory.GetFiles(Repository.Vignettes!, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Every_hazard_has_a_control_and_every_test_that_is_named_exists()
    {
        var hazards = SafetyList.Read("hazards.yaml");
        Assert.Equal(hazards.Count, hazards.Select(h => h["id"]).Distinct(StringComparer.Ordinal).Count());
        foreach (var hazard in hazards)
        {
            Assert.Equal(["id", "hazard", "how", "severity", "control", "tests", "left"], hazard.Keys);
            Assert.All(hazard.Keys.Where(k => k != "tests"), k => Assert.NotEqual("", hazard[k]));
            Assert.Contains(hazard["severity"], new[] { "catastrophic", "serious", "minor" });
            Assert.NotEmpty(hazard.List("tests"));
        }

        Assert.Empty(Unknown(hazards));
    }

    [Fact]
    public void Every_requirement_is_held_by_a_test_that_exists_or_says_what_is_open()
    {
        var requirements = SafetyList.Read("requirements.yaml");
        Assert.Equal(requirements.Count, requirements.Select(r => r["id"]).Distinct(StringComparer.Ordinal).Count());
        foreach (var requirement in requirements)
        {
            Assert.Empty(requirement.Keys.Except(["id", "says", "rules", "tests", "open"], StringComparer.Ordinal));
            Assert.True(requirement.List("tests").Count > 0 || requirement["open"].Length > 0, $"{requirement["id"]} has neither a test nor a word on what is open");
            Assert.Empty(requirement.List("rules").Except(Kinds, StringComparer.Ordinal));
        }

        Assert.Empty(Unknown(requirements));
    }

    [Fact]
    public void A_test_that_does_not_exist_is_noticed()
    {
        Assert.True(NamedTests.Exists("LedgerTests.A_test_that_does_not_exist_is_noticed"));
        Assert.True(NamedTests.Exists("LedgerTests"));
        Assert.False(NamedTests.Exists("LedgerTests.No_such_test"));
        Assert.False(NamedTests.Exists("NoSuchTests"));
        Assert.False(NamedTests.Exists("reference/no/such.mjs"));
    }

    private static IEnumerable<string> Unknown(IEnumerable<SafetyList> entries) =>
        entries.SelectMany(e => e.List("tests").Where(t => !NamedTests.Exists(t)).Select(t => $"{e["id"]}: {t}"));
}
