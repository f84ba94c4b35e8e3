using Hilum.Answers;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Options;

namespace Hilum.Proof.Diff;

/// <summary>A comparison of two editions in words.</summary>
/// <param name="report">The comparison.</param>
/// <param name="words">The words of a language.</param>
public sealed class DiffDocument(DiffReport report, Sentences words)
{
    private readonly Document document = new(words.Say("list.colon"));
    private readonly string from = report.From.Id == report.To.Id ? words.Say("diff.before") : report.From.Id;
    private readonly string to = report.From.Id == report.To.Id ? words.Say("diff.after") : report.To.Id;

    /// <summary>One edition before and after a change of content.</summary>
    private bool IsChange => report.From.Id == report.To.Id;

    /// <summary>The document.</summary>
    public Document Make()
    {
        document.Heading(1, IsChange ? words.Say("diff.title-change", report.To.Id) : words.Say("diff.title", $"{report.From.Id} ({report.From.Published})", $"{report.To.Id} ({report.To.Published})"));
        if (report.Regions.Count == 0 && report.Safety.Count == 0) document.Paragraph(words.Say("diff.same"));
        else if (report.Regions.Count > 0) document.Paragraph(words.Say(IsChange ? "diff.intro-change" : "diff.intro", report.Regions.Count));
        foreach (var region in report.Regions) Region(region);
        if (report.Safety.Count > 0) Safety();
        if (report.NotProven.Count > 0)
        {
            document.Heading(2, words.Say("diff.not-proven"));
            foreach (var what in report.NotProven) document.Entry(0, "", what, Tone.Alert);
        }

        return document;
    }

    private void Region(DiffRegion region)
    {
        var unspoken = region.Changes.All(report.IsUnspoken);
        var who = string.Join($" {words.Say("diff.or")} ", region.Conditions.Select(Who));
        document.Heading(2, unspoken ? words.Say("diff.unspoken", to) : IsChange ? words.Say("diff.touches", who) : who);
        Changes(region, "diff.new", c => !c.From.IsOffered() && c.To.IsOffered(), c => words.Say($"status.{c.To.Id()}"));
        Changes(region, "diff.offers", c => unspoken && c.From.IsOffered(), c => words.Say($"status.{c.From.Id()}"));
        Changes(region, "diff.gone", c => !unspoken && c.From.IsOffered() && c.To is Standing.NotApplicable, c => words.Say("diff.was", words.Say($"status.{c.From.Id()}")));
        Changes(region, "diff.against", c => c.To is Standing.NotRecommended, c => c.From.IsOffered() ? words.Say("diff.was", words.Say($"status.{c.From.Id()}")) : "");
        Changes(region, "diff.stronger", c => c.From.IsOffered() && c.To < c.From, Both);
        Changes(region, "diff.weaker", c => c.From.IsOffered() && c.To.IsOffered() && c.To > c.From, Both);
        Changes(region, "diff.not-against", c => c.From is Standing.NotRecommended && !c.To.IsOffered() && c.To is not Standing.NotRecommended, _ => "");
        document.Entry(0, words.Say("diff.example"), Listed(region.Example, region.Because.Select(b => b.Fact), region.Conditions.SelectMany(c => c).Concat(region.Changes.Select(c => c.When).OfType<TruthNode>())), Tone.Quiet);
        document.Entry(1, from, Answer(region.From), Tone.Quiet);
        document.Entry(1, to, Answer(region.To), Tone.Quiet);
    }

    private string Both(Change change) => words.Say("diff.both", words.Say($"status.{change.From.Id()}"), words.Say($"status.{change.To.Id()}"));

    /// <summary>Who they are: "Line = 1; type of kidney cancer: clear cell".</summary>
    private string Who(IReadOnlyList<TruthNode> conditions) => conditions.Count == 0 ? words.Say("diff.everyone") : string.Join("; ", conditions.Select(words.Whole));

    private void Changes(DiffRegion region, string key, Func<Change, bool> which, Func<Change, string> how)
    {
        var changes = region.Changes.Where(which).ToList();
        if (changes.Count == 0) return;
        // treatments that change in the same way and for the same patients stand together
        var groups = changes.GroupBy(c => (How: how(c), When: c.When?.ToString())).ToList();
        if (groups.Count > 1) document.Entry(0, words.Say(key, from), "", Tone.Strong);
        foreach (var group in groups) Together(groups.Count == 1 ? 0 : 1, groups.Count == 1 ? words.Say(key, from) : "", group.Key.How, [.. group]);
    }

    private void Together(int level, string label, string how, IReadOnlyList<Change> group)
    {
        var names = words.All(group.Select(c => words.Name(c.Treatment.Id)));
        var text = how.Length > 0 ? $"{names} ({how})" : names;
        var tone = label.Length > 0 ? Tone.Strong : Tone.Plain;
        var alternatives = group[0].Alternatives;
        // what all the alternatives have in common is said once
        List<TruthNode> common = alternatives.Count < 2 ? [] : [.. Residual.Parts(alternatives[0], any: false).Where(p => alternatives.All(a => Residual.Parts(a, any: false).Contains(p)))];
        document.Entry(level, label, (alternatives.Count, common.Count) switch
        {
            (0, _) => text,
            (1, _) => words.Say("diff.when", text, words.Whole(alternatives[0])),
            (_, 0) => words.Say("diff.when-any", text),
            _ => words.Say("diff.when-and-any", text, words.Whole(Residual.All(common))),
        }, tone);
        if (alternatives.Count < 2) return;
        foreach (var one in alternatives) document.Entry(level + 1, "", words.Whole(Residual.All([.. Residual.Parts(one, any: false).Except(common)])));
    }

    /// <summary>An example in a line: a risk group stands for the values that it follows from, where nothing else is asked of them.</summary>
    private string Listed(Witness example, IEnumerable<string> because, IEnumerable<TruthNode> conditions)
    {
        var asked = conditions.SelectMany(References.Of).ToHashSet();
        var dictionary = words.Content.Facts;
        var shown = because.Select(f => dictionary.FindById(f)!).ToList();
        foreach (var group in dictionary.Facts.Where(f => f.Type is FactType.Code && f.Derivations.Any(d => d is PointsDerivation) && example.Case[f.Id].Possible.IsKnown))
        {
            var behind = Behind(group, []);
            if (shown.RemoveAll(f => f.Type is not FactType.List && !asked.Contains(f.Index) && behind.Contains(f.Index)) > 0 || asked.Contains(group.Index)) shown.Add(group);
        }

        return string.Join("; ", shown.OrderBy(f => f.Index).Select(f => $"{words.Label(f.Id)}{words.Say("list.colon")}{words.Bare(example.Case[f.Id])}"));

        HashSet<int> Behind(FactDefinition fact, HashSet<int> found)
        {
            foreach (var input in fact.Derivations.SelectMany(d => d.Inputs))
                if (found.Add(input)) Behind(dictionary.Facts[input], found);
            return found;
        }
    }

    private string Answer(IReadOnlyList<(Treatment Treatment, Standing Standing)> answers) => answers.Count == 0 ? words.Say("diff.nothing")
        : string.Join("; ", answers.GroupBy(a => a.Standing).Select(g => $"{words.Say($"status.{g.Key.Id()}")}{words.Say("list.colon")}{string.Join(", ", g.Select(a => words.Name(a.Treatment.Id)))}"));

    private void Safety()
    {
        document.Heading(2, words.Say("diff.safety"));
        foreach (var change in report.Safety)
        {
            document.Entry(0, change.Rule, words.Say($"diff.safety.{change.Change}", Severity(change.Before), Severity(change.After)), Tone.Strong);
            if (change is { Before: { } before, Change: "removed" or "condition" }) document.Entry(1, from, words.Whole(before.When));
            if (change is { After: { } after, Change: "added" or "condition" }) document.Entry(1, to, words.Whole(after.When));
            if (change.Example is { } example) document.Entry(1, words.Say("diff.example"), Listed(example, example.Because(words.Content, [change.Acts]).Select(b => b.Fact), [change.Acts]), Tone.Quiet);
        }
    }

    private string Severity(SafetyRule? rule) => rule is null ? "" : words.Say($"severity.{rule.SeverityId}");
}
