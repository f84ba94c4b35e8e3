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

        foreach (var fact in facts.Facts.Skip(1).Where(f => !used.Contains(f.Index) && factItems[f.Id].Text("kept-for") is null))
            factItems[fact.Id].Problem($"nothing uses the fact '{fact.Id}'; use it, or say with 'kept-for:' why it is kept");
    }

    /// <summary>Every treatment is offered by some edition to someone, or its file says why never.</summary>
    private void CheckNeverOffered(Treatment[] treatments, Edition[] editions)
    {
        var offered = editions.SelectMany(e => e.Recommendations).Where(r => !r.Against).SelectMany(r => r.Treatments).ToHashSet(StringComparer.Ordinal);
        foreach (var treatment in treatments.Where(t => offered.Contains(t.Id) != t.NeverOffered.IsEmpty))
            problems.Add(new($"treatments/{treatment.Id}.yaml", 1, 1, treatment.NeverOffered.IsEmpty ? "no edition offers it: say why in 'never-offered:'" : "an edition offers it, so 'never-offered:' is wrong"));
    }

    /// <summary>Texts for patients are short sentences of common words.</summary>
    private void CheckReadingLevel(Treatment[] treatments, Drug[] drugs, DrugClass[] classes)
    {
        var names = drugs.SelectMany(d => d.Brands.Concat(d.Spellings).Append(d.Id).Append(d.Name.En ?? "").Append(d.Name.Fr ?? ""))
            .Concat(classes.SelectMany(c => new[] { c.Name.En ?? "", c.Name.Fr ?? "" }))
            .SelectMany(n => n.ToLowerInvariant().Split(' ', '-', '(', ')')).Where(n => n.Length > 0).ToHashSet(StringComparer.Ordinal);
        foreach (var treatment in treatments)
        {
            var place = $"treatments/{treatment.Id}.yaml";
            CheckReadingLevel(place, treatment.Plain, names);
            CheckReadingLevel(place, treatment.AsksOfLife, names);
        }

        foreach (var drug in drugs) CheckReadingLevel($"drugs/{drug.Id}.yaml", drug.Plain, names);
        foreach (var found in classes) CheckReadingLevel("drugs/classes.yaml", found.Plain, names);
    }

    private void CheckReadingLevel(string file, Phrase text, HashSet<string> names)
    {
        if (text.IsEmpty) return;
        var grade = ReadingLevel.Grade(text.En!, names);
        if (grade > ReadingLevel.HighestGrade) problems.Add(new(file, 1, 1, $"this text for patients reads at grade {grade:0.0}; at most {ReadingLevel.HighestGrade} is wanted: {Start(text.En!)}..."));
        var lix = ReadingLevel.Lix(text.Fr!, names);
        if (lix > ReadingLevel.HighestLix) problems.Add(new(file, 1, 1, $"this text for patients has a LIX of {lix:0}; at most {ReadingLevel.HighestLix} is wanted: {Start(text.Fr!)}..."));
    }

    private static string Start(string text) => text[..Math.Min(60, text.Length)];
}
