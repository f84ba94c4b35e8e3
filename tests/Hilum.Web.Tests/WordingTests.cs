using System.Text.RegularExpressions;
using Hilum.Web.Tests.Support;
using Hilum.Web.Wording;
using Hilum.Words;

namespace Hilum.Web.Tests;

/// <summary>The words of the pages: each key that a page asks for stands in both languages, and nothing else does.</summary>
public sealed partial class WordingTests
{
    private static readonly string[] Sources = [.. new[] { "*.cshtml", "*.cs" }.SelectMany(p => Directory.GetFiles(Path.Combine(RunningSite.Root, "src", "Hilum.Web"), p, SearchOption.AllDirectories)).Select(File.ReadAllText)];

    [Fact]
    public void Every_key_that_a_page_asks_for_is_there() =>
        Assert.Equal([], Asked().Where(k => k.EndsWith('.') ? !PageWords.All.Keys.Any(p => p.StartsWith(k, StringComparison.Ordinal)) : !PageWords.All.ContainsKey(k)));

    [Fact]
    public void No_sentence_is_left_that_no_page_says()
    {
        var asked = Asked().ToHashSet(StringComparer.Ordinal);
        foreach (var literal in Sources.SelectMany(s => Literal().Matches(s)).Select(m => m.Groups["text"].Value)) asked.Add(literal);
        var families = asked.Where(k => k.EndsWith('.')).Append("example.").ToList();

        Assert.Equal([], PageWords.All.Keys.Where(k => !asked.Contains(k) && !families.Exists(f => k.StartsWith(f, StringComparison.Ordinal))));
    }

    [Fact]
    public void Both_languages_say_something_with_the_same_parts()
    {
        foreach (var (key, phrase) in PageWords.All)
        {
            Assert.False(string.IsNullOrWhiteSpace(phrase.En) || string.IsNullOrWhiteSpace(phrase.Fr), key);
            Assert.True(Parts(phrase.En!).SetEquals(Parts(phrase.Fr!)), $"{key}: other parts in French");
        }
    }

    [Fact]
    public void Every_example_patient_has_a_name() =>
        Assert.Equal([], Directory.GetDirectories(Path.Combine(RunningSite.Root, "patients")).Select(Path.GetFileName).Where(p => !PageWords.All.ContainsKey($"example.{p}")));

    private static readonly string[] ForPatients = ["patient.", "learn.", "carer.", "choices.", "questions.", "sheet.", "take.", "signs."];

    [Fact]
    public void What_patients_read_is_easy_to_read()
    {
        var pages = PageWords.All.Where(w => Array.Exists(ForPatients, p => w.Key.StartsWith(p, StringComparison.Ordinal))).Select(w => w.Value)
            .Concat(RunningSite.Content.Wording.Where(w => w.Key.StartsWith("patient.", StringComparison.Ordinal)).Select(w => w.Value)).ToList();

        Assert.True(pages.Count > 50);
        Assert.InRange(ReadingLevel.Grade(Text(pages.Select(p => p.En!)), []), 0, ReadingLevel.HighestGrade);
        Assert.InRange(ReadingLevel.Lix(Text(pages.Select(p => p.Fr!)), []), 0, ReadingLevel.HighestLix);

        static string Text(IEnumerable<string> sentences) => string.Join(' ', sentences.Where(s => s.Contains(' ', StringComparison.Ordinal)).Select(s => s.TrimEnd('.', '?', ':') + "."));
    }

    private static IEnumerable<string> Asked() => Sources.SelectMany(s => Key().Matches(s)).Select(m => m.Groups["key"].Value);

    private static HashSet<string> Parts(string text) => [.. Part().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\b(?:T|this)\[\$?""(?<key>[a-z0-9.-]+)", RegexOptions.None, 2000)]
    private static partial Regex Key();

    [GeneratedRegex(@"""(?<text>[a-z0-9-]+(\.[a-z0-9-]*)+)""", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, 2000)]
    private static partial Regex Part();
}
