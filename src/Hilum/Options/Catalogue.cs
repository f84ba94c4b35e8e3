using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Options;

/// <summary>Which patients Hilum plans for at all, and what it says to the others.</summary>
public sealed record PlanningScope(TruthNode Condition, TruthNode KidneyCancer, Phrase In, Phrase OutsideNotKidney, Phrase OutsideStage, Phrase Unknown);

/// <summary>Everything that options are judged by: treatments, editions, safety rules.</summary>
public sealed class Catalogue
{
    private readonly Dictionary<string, Treatment> byId;

    /// <summary>Made when guidance is loaded.</summary>
    public Catalogue(PlanningScope scope, Treatment[] treatments, Edition[] editions, SafetyRule[] safetyRules, UrgentRule[] urgentRules, SafetyRule[][] safetyByTreatment)
    {
        Scope = scope;
        Treatments = treatments;
        Editions = editions;
        SafetyRules = safetyRules;
        UrgentRules = urgentRules;
        SafetyByTreatment = safetyByTreatment;
        byId = treatments.ToDictionary(t => t.Id, StringComparer.Ordinal);
    }

    /// <summary>Which patients are planned for.</summary>
    public PlanningScope Scope { get; }

    /// <summary>Every treatment, in ordinal order of id.</summary>
    public Treatment[] Treatments { get; }

    /// <summary>Every edition, in ordinal order of id.</summary>
    public Edition[] Editions { get; }

    /// <summary>Every safety rule.</summary>
    public SafetyRule[] SafetyRules { get; }

    /// <summary>Every emergency.</summary>
    public UrgentRule[] UrgentRules { get; }

    /// <summary>The safety rules that concern each treatment, in the order of <see cref="Treatments"/>.</summary>
    public SafetyRule[][] SafetyByTreatment { get; }

    /// <summary>A treatment by id, or null.</summary>
    public Treatment? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>An edition by id, or null.</summary>
    public Edition? FindEdition(string id) => Array.Find(Editions, e => e.Id == id);

    /// <summary>Finds, for each treatment, the safety rules that concern it: by drug, class, treatment or kind. Regimens inherit from their parts.</summary>
    public static SafetyRule[][] MatchSafety(Treatment[] treatments, SafetyRule[] rules, Formulary formulary) =>
        [.. treatments.Select(treatment =>
        {
            var drugs = treatment.Parts.Select(p => p.Drug).ToHashSet(StringComparer.Ordinal);
            var classes = drugs.Select(d => formulary.FindDrug(d)?.Class).ToHashSet(StringComparer.Ordinal);
            return rules.Where(rule => !rule.Except.Contains(treatment.Id)
                && (rule.Drugs.Any(drugs.Contains) || rule.Classes.Any(classes.Contains) || rule.Treatments.Contains(treatment.Id) || rule.Kinds.Contains(treatment.Kind))).ToArray();
        })];
}
