using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Risk;

namespace Hilum.Options;

/// <summary>Judges every treatment of the catalogue for one patient: case and risk in, options with their reasons out. Pure.</summary>
/// <param name="catalogue">Treatments, editions and safety rules.</param>
/// <param name="models">Prognostic models.</param>
public sealed class Assessor(Catalogue catalogue, IReadOnlyList<RiskModel> models)
{
    /// <summary>Judges a case by some editions; null means every current one.</summary>
    public Assessment Assess(Case patient, IReadOnlyList<Edition>? editions = null)
    {
        var used = editions ?? [.. catalogue.Editions.Where(e => e.IsCurrent)];
        var scope = catalogue.Scope.Of(patient);
        var asking = new Asking(patient);
        var options = scope is Truth.False ? [] : Judge(patient, used, editions is not null, scope, asking);
        return new()
        {
            Case = patient,
            Scope = scope,
            ScopeBecause = catalogue.Scope.Because(patient),
            Editions = used,
            EditionsNamed = editions is not null,
            Risk = [.. models.Select(m => m.Assess(patient))],
            Options = options,
            Missing = scope is Truth.False ? [] : Missing(patient, options, scope, asking),
            Urgent = catalogue.Scope.EndedBy.Evaluate(patient.Possible) is Truth.True ? [] : [.. catalogue.UrgentRules.Where(u => u.When.Evaluate(patient.Possible) is Truth.True)],
            Statements = scope is Truth.False ? [] : [.. used
                .Where(e => e.Scope.Evaluate(patient.Possible) is not Truth.False)
                .SelectMany(e => e.Statements.Where(s => s.Concerns(patient.Possible)).Select(s => new EditionStatement(e, s)))],
        };
    }

    /// <summary>What one edition says of one treatment; the same as within a whole assessment.</summary>
    public static EditionStanding Judge(Case patient, Edition edition, Treatment treatment) => new EditionJudge(patient, new Asking(patient)).Judge(edition, treatment);

    private List<Option> Judge(Case patient, IReadOnlyList<Edition> editions, bool named, Truth scope, Asking asking)
    {
        var judge = new EditionJudge(patient, asking);
        var options = new List<Option>(catalogue.Treatments.Length);
        for (var i = 0; i < catalogue.Treatments.Length; i++)
        {
            var treatment = catalogue.Treatments[i];
            var standings = editions.Select(e => judge.Judge(e, treatment)).ToArray();
            var safety = Safety(patient, treatment, catalogue.SafetyByTreatment[i], asking);
            options.Add(Combine(treatment, standings, safety, named, scope));
        }

        options.Sort(static (a, b) =>
            a.Standing != b.Standing ? (int)a.Standing - (int)b.Standing
            : a.WithCare != b.WithCare ? a.WithCare.CompareTo(b.WithCare)
            : string.CompareOrdinal(a.Treatment.Id, b.Treatment.Id));
        return options;
    }

    /// <summary>
    /// Over editions: a contraindication that applies wins; then the strongest offer, at most "option" where another advises against.
    /// Where what is unknown leaves open whether another advises against, the offer is also at most "option" (the weakest it may be),
    /// but a disagreement is stated only when it is certain.
    /// </summary>
    private static Option Combine(Treatment treatment, EditionStanding[] standings, List<SafetyFinding> safety, bool named, Truth scope)
    {
        // funding ranks nothing, unless a person asked for funding alone
        var fundingOnly = named && Array.TrueForAll(standings, s => s.Edition.Kind is EditionKind.Funding);
        var speaking = standings.Where(s => !s.Silent && (fundingOnly || s.Edition.Kind is not EditionKind.Funding)).ToArray();
        var mayAdviseAgainst = Array.Exists(speaking, s => s.Standing is Standing.NotRecommended);
        var against = speaking.Where(s => s is { Standing: Standing.NotRecommended, Possible.Count: 1 }).Select(s => s.Edition.Id).Order(StringComparer.Ordinal).ToArray();
        var standing = speaking.Length == 0 ? Standing.NotApplicable
            : speaking.Any(s => s.Standing.IsOffered()) ? speaking.Order(EditionStanding.ByStanding).First().Standing
            : speaking.Any(s => s.Standing is Standing.NeedsInformation) ? Standing.NeedsInformation
            : mayAdviseAgainst ? Standing.NotRecommended : Standing.NotApplicable;
        var disagreement = standing.IsOffered() && against.Length > 0;
        if (mayAdviseAgainst && standing < Standing.Option) standing = Standing.Option;
        if (scope is Truth.Undecided && standing.IsOffered()) standing = Standing.NeedsInformation;
        var judged = standing;
        if (safety.Exists(s => s.State is Truth.True && s.Rule.Severity is Severity.Contraindicated)) standing = Standing.Contraindicated;
        return new()
        {
            Treatment = treatment,
            Standing = standing,
            Editions = standings,
            Disagreement = disagreement && standing is not Standing.Contraindicated,
            AdvisedAgainst = against,
            PerhapsAgainstBy = [.. speaking.Where(s => s.Possible.Count > 1 && s.Possible.Contains(Standing.NotRecommended)).Select(s => s.Edition.Id).Order(StringComparer.Ordinal)],
            Safety = safety,
            // a contraindication that applies stands whatever the editions would say, unless what is not known could lift every one of them
            Missing = standing is Standing.Contraindicated ? Lifting(safety) : [.. speaking.Where(s => CouldChange(s, judged)).SelectMany(s => s.Missing).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>What could lift the contraindications that apply: of each an exception is still open. Empty when one of them stands whatever is learnt.</summary>
    private static IReadOnlyList<string> Lifting(List<SafetyFinding> safety)
    {
        var standing = safety.Where(s => s.State is Truth.True && s.Rule.Severity is Severity.Contraindicated).ToList();
        return standing.TrueForAll(s => s.Missing.Count > 0) ? [.. standing.SelectMany(s => s.Missing).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Whether what an edition leaves open could still change the status over all editions.</summary>
    private static bool CouldChange(EditionStanding edition, Standing standing) =>
        edition.Possible.Count > 1 && (!standing.IsOffered() || edition.Possible.Any(p => p < standing || p is Standing.NotRecommended));

    private static List<SafetyFinding> Safety(Case patient, Treatment treatment, SafetyRule[] rules, Asking asking)
    {
        var findings = new List<SafetyFinding>();
        var given = patient.CurrentTherapies.Any(t => t.Treatment == treatment.Id);
        foreach (var rule in rules)
        {
            if (rule.Starting == given) continue;
            var state = rule.State(patient.Possible);
            if (state is Truth.False) continue;
            // an exception counts only when it is known to hold: until then the rule acts, and what would lift it is asked for
            var open = Undecided(patient, rule.When);
            if (rule.Unless is { } exception) open = open.Concat(Undecided(patient, exception));
            findings.Add(new(rule, state, [.. asking.For(open)]));
        }

        findings.Sort(static (a, b) =>
            a.Rule.Severity != b.Rule.Severity ? (int)a.Rule.Severity - (int)b.Rule.Severity
            : a.State != b.State ? (int)b.State - (int)a.State
            : string.CompareOrdinal(a.Rule.Id, b.Rule.Id));
        return findings;
    }

    private static IEnumerable<int> Undecided(Case patient, TruthNode condition)
    {
        var facts = new List<int>();
        if (condition.Evaluate(patient.Possible) is not Truth.Undecided) return facts;
        foreach (var leaf in References.Leaves(condition))
            if (leaf.Evaluate(patient.Possible) is Truth.Undecided)
                foreach (var fact in References.Of(leaf))
                    if (!patient.Possible[fact].IsKnown) facts.Add(fact);
        return facts;
    }

    private List<MissingFact> Missing(Case patient, IReadOnlyList<Option> options, Truth scope, Asking asking)
    {
        var settles = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        var alone = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var option in options)
        {
            foreach (var fact in option.Missing) Concerned(fact).Add(option.Treatment.Id);
            foreach (var fact in option.Safety.Where(s => option.Standing.IsOffered() && s is { State: Truth.Undecided, Rule.Asks: true }).SelectMany(s => s.Missing)) Concerned(fact).Add(option.Treatment.Id);
            if (option is { Standing: Standing.Contraindicated, Missing: [var lifts] }) alone[lifts] = alone.GetValueOrDefault(lifts) + 1;
            foreach (var fact in option.Editions.Where(e => option.Missing.Count > 0 && option.Standing is not Standing.Contraindicated && CouldChange(e, option.Standing)).SelectMany(e => e.SettledBy).Distinct(StringComparer.Ordinal))
                alone[fact] = alone.GetValueOrDefault(fact) + 1;
        }

        var conflicts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var conflict in patient.Facts.Where(f => f.State is FactState.Conflict)) conflicts.UnionWith(asking.Settling(conflict));
        // what two statements disagree about comes first, even where it decides nothing but safety
        foreach (var option in options)
            foreach (var fact in option.Safety.SelectMany(s => s.Missing).Where(conflicts.Contains))
                Concerned(fact).Add(option.Treatment.Id);
        var open = scope is Truth.Undecided ? asking.For(catalogue.Scope.Open(patient).SelectMany(c => Undecided(patient, c))).ToList() : [];
        foreach (var fact in open)
            if (Concerned(fact).Count == 0) Concerned(fact).UnionWith(options.Select(o => o.Treatment.Id));
        var missing = new List<MissingFact>();
        foreach (var (fact, concerned) in settles)
            if (concerned.Count > 0) missing.Add(new(fact, [.. concerned], alone.GetValueOrDefault(fact)));
        missing.Sort((a, b) => Compare(
            Rank(b) - Rank(a),
            b.Alone - a.Alone,
            b.Settles.Count - a.Settles.Count,
            string.CompareOrdinal(a.Fact, b.Fact)));
        return missing;

        // two values that disagree come first, then the stage where the scope is open, then what else leaves the scope open; a rare finding comes last
        int Rank(MissingFact fact) =>
            (patient[fact.Fact].State is FactState.Conflict ? 16 : conflicts.Contains(fact.Fact) ? 8 : 0) + (open.Count > 0 && fact.Fact == "stage" ? 4 : 0) + (open.Contains(fact.Fact) ? 2 : 0)
            + (patient[fact.Fact].Definition.Rare ? 0 : 1);

        static int Compare(params ReadOnlySpan<int> differences)
        {
            foreach (var difference in differences)
                if (difference != 0) return difference;
            return 0;
        }

        SortedSet<string> Concerned(string fact)
        {
            if (!settles.TryGetValue(fact, out var set)) settles.Add(fact, set = new(StringComparer.Ordinal));
            return set;
        }
    }
}
