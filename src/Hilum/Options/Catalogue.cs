using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Options;

/// <summary>Which patients Hilum plans for at all, and what it says to the others.</summary>
public sealed record PlanningScope(TruthNode Condition, TruthNode KidneyCancer, Phrase In, Phrase OutsideNotKidney, Phrase OutsideStage, Phrase Unknown)
{
    /// <summary>What ends the planning once it is known (a death); unknown, it ends nothing.</summary>
    public required TruthNode EndedBy { get; init; }

    /// <summary>What speaks against <see cref="EndedBy"/>, so that one of the two is wrong.</summary>
    public required TruthNode AgainstIt { get; init; }

    /// <summary>Said when the planning is ended.</summary>
    public Phrase Ended { get; init; }

    /// <summary>Said when it is ended and something speaks against it.</summary>
    public Phrase EndedBut { get; init; }

    /// <summary>Said when the record contradicts itself about it.</summary>
    public Phrase PerhapsEnded { get; init; }

    /// <summary>Whether a case is planned for: not once it is known to be ended; open while the record contradicts itself about that.</summary>
    public Truth Of(Case patient) =>
        EndedBy.Evaluate(patient.Possible) is Truth.True ? Truth.False
        : IsContested(patient) ? Condition.Evaluate(patient.Possible).And(Truth.Undecided)
        : Condition.Evaluate(patient.Possible);

    /// <summary>Why, in words.</summary>
    public Phrase Because(Case patient) => Of(patient) switch
    {
        Truth.True => In,
        Truth.Undecided => IsContested(patient) ? PerhapsEnded : Unknown,
        _ when EndedBy.Evaluate(patient.Possible) is Truth.True => AgainstIt.Evaluate(patient.Possible) is Truth.True ? EndedBut : Ended,
        _ => KidneyCancer.Evaluate(patient.Possible) is Truth.False ? OutsideNotKidney : OutsideStage,
    };

    /// <summary>What leaves it open: the conditions to ask about.</summary>
    public IEnumerable<TruthNode> Open(Case patient) => IsContested(patient) ? [EndedBy, Condition] : [Condition];

    private bool IsContested(Case patient) => References.Of(EndedBy).Any(f => patient.Facts[f].State is FactState.Conflict);
}

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
