using System.Text.RegularExpressions;
using Hilum.Cli.Tests.Support;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Plans;
using Hilum.Words;

namespace Hilum.Cli.Tests;

/// <summary>The sentences that people see and the keys that the source asks for are the same set.</summary>
public sealed partial class WordingTests
{
    private static readonly string[] Sources =
        [.. new[] { "*.cs", "*.cshtml" }.SelectMany(kind => Directory.GetFiles(Path.Combine(Repository.Root, "src"), kind, SearchOption.AllDirectories)).Select(File.ReadAllText)];

    /// <summary>Keys built from a word: what stands in their place is expanded from the words that there are.</summary>
    private static readonly Dictionary<string, IEnumerable<string>> Families = new(StringComparer.Ordinal)
    {
        ["status."] = Enum.GetValues<Standing>().Select(s => s.Id()),
        ["severity."] = Repository.Content.Catalogue.SafetyRules.Select(r => r.SeverityId),
        ["kind."] = Repository.Content.Catalogue.Treatments.Select(t => t.Kind),
        ["edition."] = Enum.GetNames<EditionKind>().Select(k => k.ToLowerInvariant()).Concat(["current", "superseded", "historical"]),
        ["state."] = Enum.GetNames<FactState>().Where(s => s != nameof(FactState.Known)).Select(s => s.ToLowerInvariant()),
        ["review."] = Enum.GetValues<SourceReview>().Select(s => new Review(s, null, null).SourceWord),
        ["measure."] = Figures.Select(f => f.Measure),
        ["unit."] = Figures.Select(f => f.Unit).Concat(Results.Select(r => r.Unit).OfType<string>().Where(u => u != "percent")),
        ["result."] = Results.Select(r => r.Measure),
        ["endpoint."] = Results.Select(r => r.Endpoint),
        ["subgroup."] = Results.Select(r => r.Subgroup).Where(g => g != "all"),
        ["approval."] = ["standard", "off-label", "trial", "not-known"],
        ["grade."] = Repository.Content.Catalogue.Editions.SelectMany(e => e.Recommendations).Select(r => r.Grade).OfType<string>().Where(g => g.Any(char.IsAsciiLetterLower)).Select(g => g.Replace(' ', '-').ToLowerInvariant()),
        ["cut."] = Results.SelectMany(r => r.Cut.Split(", ")).Where(p => char.IsAsciiLetter(p[0])).Select(p => p.Replace(' ', '-').ToLowerInvariant()),
        ["available."] = ["yes", "no", "unknown", "with-conditions"],
        ["course."] = ["progression", "toxicity", "completed", "choice"],
        ["care-plan.state."] = LifeCycle.States.Select(s => s.Id()),
        ["diff.safety."] = ["added", "removed", "severity", "concerns", "condition"],
        ["route."] = Repository.Content.Catalogue.Treatments.SelectMany(t => t.Parts).Select(p => p.Route),
        ["urgency."] = Repository.Content.Catalogue.Treatments.SelectMany(t => t.WarningSigns).Select(w => w.Urgency),
    };

    private static IEnumerable<Risk.SurvivalFigure> Figures => Repository.Content.RiskModels.SelectMany(m => m.Survival).SelectMany(s => s.Figures);

    private static IEnumerable<Evidence.TrialResult> Results => Repository.Content.Trials.SelectMany(t => t.Results);

    [Fact]
    public void Every_key_that_the_source_asks_for_stands_in_both_languages() => Assert.Equal([], Asked().Except(Keys("en"), StringComparer.Ordinal).Concat(Asked().Except(Keys("fr"), StringComparer.Ordinal)).Distinct());

    [Fact]
    public void No_sentence_is_left_that_nobody_says()
    {
        var said = Asked().ToHashSet(StringComparer.Ordinal);
        // keys also travel as arguments: "plan.offered" is handed to a method that says it
        foreach (var literal in Sources.SelectMany(s => Literal().Matches(s)).Select(m => m.Groups[1].Value)) said.Add(literal);
        Assert.Equal([], Keys("en").Where(k => !said.Contains(k)));
    }

    [Fact]
    public void The_search_finds_the_keys_that_it_must()
    {
        var asked = Asked().ToHashSet(StringComparer.Ordinal);
        foreach (var key in new[] { "plan.title", "review", "clause.is-not", "status.not-recommended", "severity.adjust-dose", "factor.present", "value.between" }) Assert.Contains(key, asked);
    }

    [Fact]
    public void French_sentences_are_not_English_ones_left_over()
    {
        var wording = Repository.Content.Wording;
        var same = wording.Where(w => w.Value.En == w.Value.Fr && w.Value.En!.Any(char.IsLetter) && w.Value.En!.Contains(' ', StringComparison.Ordinal) && w.Key != "plan.grade");
        Assert.DoesNotContain(same, w => w.Value.En!.Split(' ').Any(word => word.Length > 3 && word.All(char.IsLetter)));
    }

    private static IEnumerable<string> Asked()
    {
        foreach (var source in Sources)
            for (var at = source.IndexOf("Say(", StringComparison.Ordinal); at >= 0; at = source.IndexOf("Say(", at + 1, StringComparison.Ordinal))
                foreach (var key in KeysIn(Arguments(source, at + 4))) yield return key;
    }

    /// <summary>The text between a parenthesis and the one that closes it.</summary>
    private static string Arguments(string source, int from)
    {
        var depth = 1;
        var at = from;
        for (; at < source.Length && depth > 0; at++) depth += source[at] switch { '(' => 1, ')' => -1, _ => 0 };
        return source[from..(at - 1)];
    }

    private static IEnumerable<string> KeysIn(string arguments)
    {
        foreach (Match built in Built().Matches(arguments))
        {
            Assert.True(Families.TryGetValue(built.Groups[1].Value, out var words), $"a key is built as {built.Value}: say in Families which words there are");
            foreach (var word in words!) yield return built.Groups[1].Value + word;
        }

        var literals = Literal().Matches(arguments).Select(m => m.Groups[1].Value).ToList();
        foreach (var literal in literals.Where(l => l.Contains('.', StringComparison.Ordinal))) yield return literal;
        if (Single().Match(arguments) is { Success: true } single) yield return single.Groups[1].Value;
    }

    private static IEnumerable<string> Keys(string language) =>
        File.ReadLines(Path.Combine(Repository.Guidance, "wording", $"{language}.yaml")).Select(l => Entry().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"(?<!\$)""([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\$""([a-z-]+(?:\.[a-z-]+)*\.)\{")]
    private static partial Regex Built();

    [GeneratedRegex(@"^""([a-z]+)""(?=,|$)")]
    private static partial Regex Single();

    [GeneratedRegex("^([a-z][a-z0-9.-]*): ")]
    private static partial Regex Entry();
}
