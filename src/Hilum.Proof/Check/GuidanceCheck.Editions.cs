using Hilum.Expressions;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Proof.Model;

namespace Hilum.Proof.Check;

/// <content>One edition: its recommendations, statements and terms, and whether it answers everyone.</content>
public sealed partial class GuidanceCheck
{
    private void Check(Edition edition)
    {
        var seen = new HashSet<Recommendation>(ReferenceEqualityComparer.Instance);
        var shadows = new Dictionary<Recommendation, List<Recommendation?>>(ReferenceEqualityComparer.Instance);
        foreach (var treatment in content.Catalogue.Treatments)
        {
            Recommendation[] rules = [.. edition.Recommendations.Where(r => r.Treatments.Contains(treatment.Id))];
            if (rules.Length == 0) continue;
            var first = rules[0];
            With($"{edition.Id}/{first.Id}", first.Place, [Scope, edition.Scope, .. rules.Select(r => r.When)], patients =>
            {
                foreach (var rule in rules)
                    if (seen.Add(rule)) CheckReach(edition, rule, treatment, patients);
                CheckContradiction(edition, treatment, rules, patients);
                foreach (var rule in rules) FindShadow(edition, rule, rules, patients, shadows);
            });
        }

        foreach (var (rule, by) in shadows)
            if (by.Count == rule.Treatments.Length && by.TrueForAll(b => b is not null)) ReportShadow(edition, rule, by);
        foreach (var statement in edition.Statements.Where(s => s.When is not null || s.Unless is not null))
            CheckReach($"{edition.Id}/{statement.Id}", statement.Place, Speaks(statement), [Scope, edition.Scope], [statement.When, statement.Unless]);
        CheckDefines(edition);
        CheckAnswered(edition);
    }

    private void CheckReach(Edition edition, Recommendation rule, Treatment treatment, Patients patients)
    {
        var subject = $"{edition.Id}/{rule.Id}";
        var example = Expect(patients, [Scope, edition.Scope, rule.When], subject, rule.Place, FindingKind.Unreachable, () => $"no patient in scope meets: {In(rule.When)}");
        if (example is null) return;
        reached.Add(new(subject, example));
        var standing = Assessor.Judge(example.Case, edition, treatment);
        var agrees = rule.Against ? standing.Standing is Standing.NotRecommended : standing.Standing <= rule.Strength || standing.Standing is Standing.NotRecommended;
        if (!agrees) throw new ModelDisagreesException($"{subject} holds, and the engine judges {treatment.Id} to be {standing.Standing.Id()}, for {example}");
        CheckClauses(subject, rule.Place, rule.When, [Scope, edition.Scope]);
    }

    /// <summary>Someone meets a condition, and each alternative of its parts; without parts, of the condition itself.</summary>
    private void CheckReach(string subject, string place, TruthNode condition, IReadOnlyList<TruthNode> scope, IReadOnlyList<TruthNode?>? parts = null) =>
        With(subject, place, [.. scope, condition], patients =>
        {
            if (Expect(patients, [.. scope, condition], subject, place, FindingKind.Unreachable, () => $"no patient in scope meets: {In(condition)}") is not { } example) return;
            reached.Add(new(subject, example));
            foreach (var part in (parts ?? [condition]).OfType<TruthNode>()) CheckClauses(subject, place, part, scope);
        });

    /// <summary>Every alternative of a condition can be met.</summary>
    private void CheckClauses(string subject, string place, TruthNode condition, IReadOnlyList<TruthNode> scope)
    {
        var clauses = Clauses.Of(condition).ToList();
        if (clauses.Count == 0) return;
        With(subject, place, [.. scope, .. clauses.Select(c => c.Whole)], patients =>
        {
            foreach (var (clause, whole) in clauses)
            {
                var answer = patients.Exists([.. scope.Select(patients.Of), patients.Of(whole)]);
                if (answer is Answer.None) findings.Add(new(FindingKind.DeadClause, subject, place, $"no patient in scope can meet this part of it: {In(clause)}"));
                else if (answer is Answer.NotProven) findings.Add(NotProven(subject, place, In(clause)));
            }
        });
    }

    private void CheckContradiction(Edition edition, Treatment treatment, Recommendation[] rules, Patients patients)
    {
        foreach (var offer in rules.Where(r => !r.Against))
            foreach (var against in rules.Where(r => r.Against))
                Refute(patients, [Scope, edition.Scope, offer.When, against.When], $"{edition.Id}/{offer.Id}", offer.Place, $"{treatment.Id} is never offered by {offer.Id} and advised against by {against.Id}",
                    example => new(FindingKind.Contradiction, $"{edition.Id}/{offer.Id}", offer.Place, $"it offers {treatment.Id} to a patient for whom {against.Id} advises against it", example));
    }

    private void FindShadow(Edition edition, Recommendation rule, Recommendation[] rules, Patients patients, Dictionary<Recommendation, List<Recommendation?>> shadows)
    {
        Recommendation? by = null;
        foreach (var other in rules.Where(o => !ReferenceEquals(o, rule) && o.Against == rule.Against && o.Strength <= rule.Strength))
        {
            var answer = patients.Exists([patients.Of(Scope), patients.Of(edition.Scope), patients.Of(rule.When), patients.Of(other.When).Not()]);
            if (answer is Answer.NotProven) findings.Add(NotProven($"{edition.Id}/{rule.Id}", rule.Place, $"someone is concerned by it and not by {other.Id}"));
            if (answer is not Answer.None) continue;
            by = other;
            break;
        }

        if (!shadows.TryGetValue(rule, out var list)) shadows.Add(rule, list = []);
        list.Add(by);
    }

    /// <summary>Of two rules that say the same to the same patients, the later one is there in vain.</summary>
    private void ReportShadow(Edition edition, Recommendation rule, List<Recommendation?> by)
    {
        var mutual = by.TrueForAll(b => b!.Strength == rule.Strength && Array.IndexOf(edition.Recommendations, b) > Array.IndexOf(edition.Recommendations, rule) && SameMeaning(edition, b, rule));
        if (mutual) return;
        var names = string.Join(" and ", by.Select(b => b!.Id).Distinct(StringComparer.Ordinal));
        findings.Add(new(FindingKind.Shadowed, $"{edition.Id}/{rule.Id}", rule.Place, $"everyone whom it concerns is told as much or more by {names}; merge them, or say here for whom it is meant"));
    }

    private bool SameMeaning(Edition edition, Recommendation a, Recommendation b)
    {
        var same = false;
        With($"{edition.Id}/{a.Id}", a.Place, [Scope, edition.Scope, a.When, b.When], patients =>
            same = rule(patients, a, b) && rule(patients, b, a));
        return same && b.Treatments.All(a.Treatments.Contains) && a.Treatments.All(b.Treatments.Contains);

        bool rule(Patients patients, Recommendation one, Recommendation other) =>
            patients.Exists([patients.Of(Scope), patients.Of(edition.Scope), patients.Of(one.When), patients.Of(other.When).Not()]) is Answer.None;
    }

    private void CheckDefines(Edition edition)
    {
        var used = edition.Recommendations.Select(r => r.When).Append(edition.Scope).Concat(edition.Statements.Select(Speaks))
            .Concat(edition.Defines.Select(d => d.Condition)).SelectMany(Terms).ToHashSet(StringComparer.Ordinal);
        foreach (var define in edition.Defines)
        {
            if (!used.Contains(define.Name)) findings.Add(new(FindingKind.Unused, $"{edition.Id}/{define.Name}", define.Place, "no condition uses this term"));
            CheckReach($"{edition.Id}/{define.Name}", define.Place, define.Condition, [Scope, edition.Scope]);
        }
    }

    private static IEnumerable<string> Terms(TruthNode node) => node switch
    {
        Named n => Terms(n.Body).Prepend(n.Name),
        Not n => Terms(n.Operand),
        And n => Terms(n.Left).Concat(Terms(n.Right)),
        Or n => Terms(n.Left).Concat(Terms(n.Right)),
        Xor n => Terms(n.Left).Concat(Terms(n.Right)),
        Implies n => Terms(n.Left).Concat(Terms(n.Right)),
        IfTruth n => Terms(n.When).Concat(Terms(n.Then)).Concat(Terms(n.Else)),
        _ => [],
    };

    /// <summary>Everyone in scope is offered something, or is told that the edition is silent; and where it is silent it offers nothing of that kind.</summary>
    private void CheckAnswered(Edition edition)
    {
        var place = $"editions/{edition.Id}/edition.yaml:1";
        Statement[] silent = [.. edition.Statements.Where(s => s.Silent)];
        var offered = Offered(edition, content.Catalogue.Treatments);
        TruthNode said = silent.Select(s => Speaks(s)).Aggregate((TruthNode)new TruthConstant(false), (a, b) => new Or(a, b));
        var onKinds = silent.Select(s => Offered(edition, [.. content.Catalogue.Treatments.Where(s.IsSilentOn)])).ToArray();
        With(edition.Id, place, [Scope, edition.Scope, offered, said, .. silent.Select(s => Speaks(s)), .. onKinds], patients =>
        {
            Refute(patients, [Scope, edition.Scope, new Not(offered), new Not(said)], edition.Id, place, "everyone in its scope is answered", example =>
            {
                Agree(edition, example, content.Catalogue.Treatments, offers: false);
                return new(FindingKind.Unanswered, edition.Id, place, "a patient in its scope is offered nothing, and no 'silent' statement says so", example);
            });
            for (var i = 0; i < silent.Length; i++)
            {
                var statement = silent[i];
                Refute(patients, [Scope, edition.Scope, Speaks(statement), onKinds[i]], $"{edition.Id}/{statement.Id}", statement.Place, "nobody is offered anything where it is silent", example =>
                {
                    Agree(edition, example, content.Catalogue.Treatments.Where(statement.IsSilentOn), offers: true);
                    return new(FindingKind.NotSilent, $"{edition.Id}/{statement.Id}", statement.Place, "it says that the edition is silent for a patient to whom the edition offers something", example);
                });
            }
        });
    }

    /// <summary>When a statement is shown of a fully known patient.</summary>
    private static TruthNode Speaks(Statement statement)
    {
        var when = statement.When ?? new TruthConstant(true);
        return statement.Unless is { } unless ? new And(when, new Not(unless)) : when;
    }

    /// <summary>That an edition offers any of some treatments, and does not advise against it.</summary>
    private static TruthNode Offered(Edition edition, IReadOnlyList<Treatment> treatments)
    {
        TruthNode offered = new TruthConstant(false);
        foreach (var treatment in treatments)
        {
            var rules = edition.Recommendations.Where(r => r.Treatments.Contains(treatment.Id)).ToLookup(r => r.Against, r => r.When);
            if (!rules[false].Any()) continue;
            var offer = rules[false].Aggregate((a, b) => new Or(a, b));
            offered = new Or(offered, rules[true].Any() ? new And(offer, new Not(rules[true].Aggregate((a, b) => new Or(a, b)))) : offer);
        }

        return offered;
    }

    /// <summary>The engine finds an offer for the patient just where the model does.</summary>
    private static void Agree(Edition edition, Witness example, IEnumerable<Treatment> treatments, bool offers)
    {
        var offered = treatments.Where(t => Assessor.Judge(example.Case, edition, t).Standing.IsOffered()).Select(t => t.Id).ToList();
        if (offered.Count > 0 != offers) throw new ModelDisagreesException($"{edition.Id} offers [{string.Join(", ", offered)}] by the engine, and {(offers ? "something" : "nothing")} by the model, for {example}");
    }
}
