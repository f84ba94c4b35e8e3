using Hilum.Answers;
using Hilum.Expressions;
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

    /// <summary>The document.</summary>
    public Document Make()
    {
        document.Heading(1, words.Say("diff.title", $"{report.From.Id} ({report.From.Published})", $"{report.To.Id} ({report.To.Published})"));
        document.Paragraph(words.Say(report.Regions.Count == 0 && report.Safety.Count == 0 ? "diff.same" : "diff.intro", report.Regions.Count));
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
        document.Heading(2, string.Join($" {words.Say("diff.or")} ", region.Conditions.Select(Who)));
        Changes(region, "diff.new", c => !c.From.IsOffered() && c.To.IsOffered(), c => words.Say($"status.{c.To.Id()}"));
        Changes(region, "diff.gone", c => c.From.IsOffered() && c.To is Standing.NotApplicable, c => words.Say("diff.was", words.Say($"status.{c.From.Id()}")));
        Changes(region, "diff.against", c => c.To is Standing.NotRecommended, c => c.From.IsOffered() ? words.Say("diff.was", words.Say($"status.{c.From.Id()}")) : "");
        Changes(region, "diff.stronger", c => c.From.IsOffered() && c.To < c.From, Both);
        Changes(region, "diff.weaker", c => c.From.IsOffered() && c.To.IsOffered() && c.To > c.From, Both);
        Changes(region, "diff.not-against", c => c.From is Standing.NotRecommended && !c.To.IsOffered() && c.To is not Standing.NotRecommended, _ => "");
        document.Entry(0, words.Say("diff.example"), Listed(region.Example, region.Because), Tone.Quiet);
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
        if (groups.Count > 1) document.Entry(0, words.Say(key), "", Tone.Strong);
        foreach (var group in groups) Together(groups.Count == 1 ? 0 : 1, groups.Count == 1 ? words.Say(key) : "", group.Key.How, [.. group]);
    }

    private void Together(int level, string label, string how, IReadOnlyList<Change> group)
    {
        var names = words.All(group.Select(c => words.Name(c.Treatment.Id)));
        var text = how.Length > 0 ? $"{names} ({how})" : names;
        var tone = label.Length > 0 ? Tone.Strong : Tone.Plain;
        TruthNode[] alternatives = group[0].When is { } when ? [.. Alternatives(when)] : [];
        document.Entry(level, label, alternatives.Length switch { 0 => text, 1 => words.Say("diff.when", text, words.Whole(alternatives[0])), _ => words.Say("diff.when-any", text) }, tone);
        if (alternatives.Length > 1)
            foreach (var one in alternatives) document.Entry(level + 1, "", words.Whole(one));
    }

    private static IEnumerable<TruthNode> Alternatives(TruthNode node) => node is Or or ? Alternatives(or.Left).Concat(Alternatives(or.Right)) : [node];

    private string Listed(Witness example, IReadOnlyList<(string Fact, string Value)> facts) =>
        string.Join("; ", facts.Select(f => $"{words.Label(f.Fact)}{words.Say("list.colon")}{words.Bare(example.Case[f.Fact])}"));

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
            if (change.Example is { } example) document.Entry(1, words.Say("diff.example"), Listed(example, example.Because(words.Content, [change.Acts])), Tone.Quiet);
        }
    }

    private string Severity(SafetyRule? rule) => rule is null ? "" : words.Say($"severity.{rule.SeverityId}");
}
