using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hilum.Proof.Tests.Support;

namespace Hilum.Proof.Tests.Mutation;

/// <summary>A recommendation or safety rule as text, and ways of breaking it that the reader of guidance cannot see.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Id">Its id.</param>
/// <param name="Text">The rule, as it stands in the file.</param>
internal sealed partial record BrokenRule(string Path, string Id, string Text)
{
    /// <summary>A way of breaking a rule; null when it does not apply to this one.</summary>
    public delegate string? Way(string rule, Random random);

    private static readonly string[] Strengths = ["preferred", "recommended", "option", "specialised-centre"];
    private static readonly string[] Severities = ["contraindicated", "avoid", "adjust-dose", "caution", "monitor"];

    /// <summary>The ways, by name.</summary>
    public static IReadOnlyList<(string Name, Way Break)> Ways { get; } =
    [
        ("threshold moved", (rule, random) => InWhen(rule, when => Chosen(Number().Matches(when), random) is { } number
            ? Replaced(when, number, Moved(number.Value)) : null)),
        ("clause dropped", (rule, random) => InWhen(rule, when => Chosen(And().Matches(when), random) is { } and && IsLevel(when[and.Index..])
            ? $"{when[..and.Index].TrimEnd()}\n" : null)),
        ("and to or", (rule, random) => InWhen(rule, when => Chosen(And().Matches(when), random) is { } and ? Replaced(when, and, "or") : null)),
        ("treatment or drug swapped", (rule, random) => Concerns().Match(rule) is { Success: true } found && Chosen(Name().Matches(found.Value), random) is { } name
            ? string.Concat(rule.AsSpan(0, found.Index), Replaced(found.Value, name, Other(name.Value, random)), rule.AsSpan(found.Index + found.Length)) : null),
        ("status swapped", (rule, random) => Strength().Match(rule) is { Success: true } found ? Replaced(rule, found.Groups["word"], OtherStrength(found, random)) : null),
        ("duplicated with another strength", (rule, random) => Strength().Match(rule) is { Success: true } found
            ? $"{rule.TrimEnd()}\n\n{First().Replace(Replaced(rule, found.Groups["word"], OtherStrength(found, random)), "$0-again", 1)}\n" : null),
    ];

    /// <summary>Every recommendation and safety rule of this repository, in order of file and place.</summary>
    public static IReadOnlyList<BrokenRule> All() => [.. Real.Files.Files
        .Where(f => f.Path.EndsWith(".yaml", StringComparison.Ordinal) && !f.Path.EndsWith(".cases.yaml", StringComparison.Ordinal))
        .Where(f => Real.Content.Catalogue.Editions.SelectMany(e => e.Recommendations.Select(r => r.Place)).Concat(Real.Content.Catalogue.SafetyRules.Select(r => r.Place)).Any(p => p.StartsWith(f.Path + ":", StringComparison.Ordinal)))
        .OrderBy(f => f.Path, StringComparer.Ordinal)
        .SelectMany(f => Start().Split(Encoding.UTF8.GetString(f.Bytes)).Where(r => First().IsMatch(r)).Select(r => new BrokenRule(f.Path, First().Match(r).Value[6..], r)))];

    private static string? InWhen(string rule, Func<string, string?> change) =>
        When().Match(rule) is { Success: true } found && change(found.Groups["text"].Value) is { } changed ? Replaced(rule, found.Groups["text"], changed) : null;

    private static Capture? Chosen(MatchCollection found, Random random) => found.Count == 0 ? null : found[random.Next(found.Count)] is var match && match.Groups["that"] is { Success: true } group ? group : null;

    private static string Replaced(string text, Capture capture, string by) => string.Concat(text.AsSpan(0, capture.Index), by, text.AsSpan(capture.Index + capture.Length));

    private static string Moved(string number) => (decimal.Parse(number, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);

    private static bool IsLevel(string text) => text.Count(c => c == '(') == text.Count(c => c == ')');

    /// <summary>Another treatment, or another drug, of the catalogue.</summary>
    private static string Other(string name, Random random)
    {
        string[] treatments = [.. Real.Content.Catalogue.Treatments.Select(t => t.Id)];
        string[] among = treatments.Contains(name) ? treatments : [.. Real.Content.Catalogue.Treatments.SelectMany(t => t.Parts.Select(p => p.Drug)).Distinct(StringComparer.Ordinal)];
        return Another(among, name, random);
    }

    private static string OtherStrength(Match found, Random random) => Another(found.Groups["key"].Value == "strength" ? Strengths : Severities, found.Groups["word"].Value, random);

    private static string Another(string[] all, string not, Random random)
    {
        string[] others = [.. all.Where(a => a != not)];
        return others[random.Next(others.Length)];
    }

    [GeneratedRegex(@"^(?=- id: )", RegexOptions.Multiline, 1000)]
    private static partial Regex Start();

    [GeneratedRegex(@"^- id: \S+", RegexOptions.None, 1000)]
    private static partial Regex First();

    [GeneratedRegex(@"^  when: >-\n(?<text>(    .*\n?)+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex When();

    [GeneratedRegex(@"(<=|>=|<|>|=) (?<that>\d+(\.\d+)?)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<!\bbetween [^()]*)\b(?<that>and)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex And();

    [GeneratedRegex(@"^  (offer|against|applies-to): .+$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Concerns();

    [GeneratedRegex(@"(?<=[\[ ,])(?<that>[a-z0-9-]+)(?=[\], ]|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^  (?<key>strength|severity): (?<word>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Strength();
}
