using Hilum.Evidence;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Risk;
using Hilum.Words;

namespace Hilum.Guidance;

/// <content>Checks over the whole content.</content>
public sealed partial class ContentLoader
{
    /// <summary>A fact that nothing uses is asked for in vain: something must use it, or its file must say what it is kept for.</summary>
    private void CheckUnusedFacts(Edition[] editions, SafetyRule[] safety, UrgentRule[] urgent, RiskModel[] models, Trial[] trials, OpenQuestion[] questions, PlanningScope? scope)
    {
        var all = editions.SelectMany(e => e.Recommendations.Select(r => r.When).Append(e.Scope).Concat(e.Statements.SelectMany(s => new[] { s.When, s.Unless }).OfType<TruthNode>()))
            .Concat(safety.SelectMany(r => new[] { r.When, r.Unless }).OfType<TruthNode>())
            .Concat(urgent.Select(u => u.When))
            .Concat(models.SelectMany(m => m.Factors.Select(f => f.When).Append(m.Applies)))
            .Concat(trials.SelectMany(t => t.Excluded.Select(e => e.When).Concat(t.Studied is null ? [] : [t.Studied])))
            .Concat(questions.Select(q => q.When));
        if (scope is not null) all = all.Concat([scope.Condition, scope.EndedBy, scope.AgainstIt]);
        var used = all.SelectMany(References.Of).ToHashSet();
        foreach (var fact in facts.Facts)
        {
            used.UnionWith(fact.Derivations.SelectMany(d => d.Inputs));
            foreach (var id in new[] { fact.LimitLow, fact.LimitHigh, fact.FlagLow, fact.FlagHigh, fact.GuardedBy }.OfType<string>())
                if (facts.FindById(id) is { } companion) used.Add(companion.Index);
        }

        foreach (var fact in facts.Facts.Skip(1).Where(f => !used.Contains(f.Index) && string.IsNullOrWhiteSpace(factItems[f.Id].Text("kept-for"))))
            factItems[fact.Id].Problem($"nothing uses the fact '{fact.Id}'; use it, or say with 'kept-for:' why it is kept");
    }

    /// <summary>Every treatment is offered by some edition to someone, or its file says why never.</summary>
    private void CheckNeverOffered(Treatment[] treatments, Edition[] editions)
    {
        var offered = editions.SelectMany(e => e.Recommendations).Where(r => !r.Against).SelectMany(r => r.Treatments).ToHashSet(StringComparer.Ordinal);
        foreach (var treatment in treatments.Where(t => offered.Contains(t.Id) != t.NeverOffered.IsEmpty))
            problems.Add(new($"treatments/{treatment.Id}.yaml", 1, 1, treatment.NeverOffered.IsEmpty ? "no edition offers it: say why in 'never-offered:'" : "an edition offers it, so 'never-offered:' is wrong"));
    }

    private readonly List<(YamlItem Item, string Key)> forPatients = [];

    /// <summary>A text that patients read: in short sentences of common words, without figures of outcome.</summary>
    private Phrase ForPatients(YamlItem item, string key, bool required = false)
    {
        if (item.Has(key)) forPatients.Add((item, key));
        return item.Phrase(key, required);
    }

    private void CheckPatientTexts(Drug[] drugs, DrugClass[] classes)
    {
        var names = drugs.SelectMany(d => d.Brands.Concat(d.Spellings).Append(d.Id).Append(d.Name.En ?? "").Append(d.Name.Fr ?? ""))
            .Concat(classes.SelectMany(c => new[] { c.Name.En ?? "", c.Name.Fr ?? "" }))
            .SelectMany(n => n.ToLowerInvariant().Split(' ', '-', '(', ')')).Where(n => n.Length > 0).ToHashSet(StringComparer.Ordinal);
        foreach (var (item, key) in forPatients)
        {
            foreach (var text in Spoken(item.Node(key)!))
            {
                CheckReadingLevel(item.File, text, names);
                foreach (var figure in Figures.OfOutcome(text.Value.Text!))
                {
                    var (line, column) = item.File.PlaceOf(text.Value, figure.Index);
                    item.File.Problem(line, column, $"the figure '{figure.Value}' stands in a text for patients: keep it in a record (side-effects, evidence/), which shows it with its source");
                }
            }
        }
    }

    private static void CheckReadingLevel(YamlFile file, TextMember text, HashSet<string> names)
    {
        if (text.Key == "en" && ReadingLevel.Grade(text.Value.Text!, names) is > ReadingLevel.HighestGrade and var grade)
            file.Problem(text.Value, $"this text for patients reads at grade {grade:0.0}; at most {ReadingLevel.HighestGrade} is wanted: {Start(text.Value.Text!)}...");
        if (text.Key == "fr" && ReadingLevel.Lix(text.Value.Text!, names) is > ReadingLevel.HighestLix and var lix)
            file.Problem(text.Value, $"this text for patients has a LIX of {lix:0}; at most {ReadingLevel.HighestLix} is wanted: {Start(text.Value.Text!)}...");
    }

    /// <summary>The texts in English and French that stand in a node.</summary>
    private static IEnumerable<TextMember> Spoken(TextNode node)
    {
        foreach (var member in node.Members ?? [])
        {
            if (member is { Key: "en" or "fr", Value.Text: not null }) yield return member;
            else
                foreach (var inner in Spoken(member.Value)) yield return inner;
        }

        foreach (var item in node.Items ?? [])
            foreach (var inner in Spoken(item)) yield return inner;
    }

    private readonly List<YamlItem> told = [];

    /// <summary>Every figure that an edition or an open question tells stands in a record, where its source, interval and review are.</summary>
    private void CheckFigures(Trial[] trials, RiskModel[] models, Treatment[] treatments)
    {
        var known = trials.SelectMany(t => t.Results.SelectMany(r => new[] { r.Value, r.Low, r.High, r.Level, r.AtMonths, r.FollowUpMonths }).Append(t.N).Concat(t.Arms.Select(a => (decimal?)a.N)))
            .Concat(models.SelectMany(m => m.Survival.SelectMany(s => s.Figures.SelectMany(f => new[] { f.Value, f.Low, f.High, f.Level }).Append(s.N))))
            .Concat(treatments.SelectMany(t => t.SideEffects.SelectMany(s => new[] { s.Any, s.Severe })))
            .OfType<decimal>().ToHashSet();
        foreach (var item in told)
        {
            foreach (var text in Spoken(item.Whole))
            {
                foreach (var (index, written, value) in Figures.Told(text.Value.Text!, text.Key == "fr"))
                {
                    if (known.Contains(value)) continue;
                    var (line, column) = item.File.PlaceOf(text.Value, index);
                    item.File.Problem(line, column, $"the figure '{written}' stands in no record: write its result in evidence/ first");
                }
            }
        }
    }

    private static string Start(string text) => text[..Math.Min(60, text.Length)];

    /// <summary>Reports an id that stands twice where each must stand once.</summary>
    private static void CheckOnce(YamlItem item, string what, string id, HashSet<string> seen)
    {
        if (!seen.Add(id)) item.Problem("id", $"the {what} '{id}' stands twice");
    }
}
