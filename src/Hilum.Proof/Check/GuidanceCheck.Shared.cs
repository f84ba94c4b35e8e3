using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Proof.Model;

namespace Hilum.Proof.Check;

/// <content>What stands beside the editions: safety rules, emergencies, questions, models, trials, derivations.</content>
public sealed partial class GuidanceCheck
{
    private void CheckShared()
    {
        CheckSafety(_ => true);
        foreach (var urgent in content.Catalogue.UrgentRules) CheckReach($"safety/{urgent.Id}", urgent.Place, urgent.When, [Scope]);
        foreach (var question in content.Questions) CheckReach($"questions/{question.Id}", "questions", question.When, [Scope]);
        foreach (var model in content.RiskModels)
        {
            var place = $"risk/{model.Id}.yaml";
            CheckReach($"risk/{model.Id}", place, model.Applies, [Scope]);
            foreach (var factor in model.Factors)
            {
                CheckReach($"risk/{model.Id}/{factor.Id}", place, factor.When, [Scope, model.Applies]);
                CheckReach($"risk/{model.Id}/no-{factor.Id}", place, new Not(factor.When), [Scope, model.Applies]);
            }
        }

        foreach (var trial in content.Trials)
        {
            var place = $"evidence/{trial.Id}.yaml";
            if (trial.Studied is { } studied) CheckReach($"evidence/{trial.Id}", place, studied, [Scope]);
            foreach (var excluded in trial.Excluded) CheckReach($"evidence/{trial.Id}/excluded: {In(excluded.When)}", place, excluded.When, [Scope]);
        }

        foreach (var fact in content.Facts.Facts)
            foreach (var value in fact.Derivations.OfType<TruthDerivation>())
                CheckDerivation(fact, value);
    }

    /// <summary>Each way in which a Boolean follows can decide it for someone.</summary>
    private void CheckDerivation(FactDefinition fact, TruthDerivation derivation)
    {
        var subject = $"facts/{fact.Id}";
        With(subject, subject, References.Leaves(derivation.Node).Distinct(), patients =>
        {
            var (isTrue, isFalse) = patients.Follows(derivation.Node);
            var answer = patients.Exists(patients.Logic.Or(isTrue, isFalse));
            if (answer is Answer.None) findings.Add(new(FindingKind.Unreachable, subject, subject, "one of its derivations never decides it"));
            else if (answer is Answer.NotProven) findings.Add(NotProven(subject, subject, "each of its derivations decides it for someone"));
        });
    }

    private void CheckSafety(Func<SafetyRule, bool> which)
    {
        var concerned = content.Catalogue.SafetyRules.ToDictionary(r => r, r => content.Catalogue.Treatments.Where((_, i) => content.Catalogue.SafetyByTreatment[i].Contains(r)).ToHashSet());
        foreach (var rule in content.Catalogue.SafetyRules.Where(which))
        {
            var subject = $"safety/{rule.Id}";
            if (concerned[rule].Count == 0) findings.Add(new(FindingKind.Unreachable, subject, rule.Place, "no treatment of the catalogue is concerned by it"));
            CheckReach(subject, rule.Place, rule.When, [Scope, .. Exception(rule)]);
            if (rule.Unless is { } unless) CheckReach($"{subject}/unless", rule.Place, unless, [Scope, rule.When]);
            if (rule.When is TruthConstant) continue;
            foreach (var other in content.Catalogue.SafetyRules.Where(o => o != rule && concerned[rule].Count > 0 && o.Place != rule.Place && o.Severity <= rule.Severity && o.When is not TruthConstant && concerned[rule].IsSubsetOf(concerned[o])
                && o.Source == rule.Source && References.Of(o.When).Intersect(References.Of(rule.When)).Any()))
                CheckSafetyShadow(rule, other);
        }
    }

    private static IEnumerable<TruthNode> Exception(SafetyRule rule) => rule.Unless is { } unless ? [new Not(unless)] : [];

    /// <summary>
    /// A rule acts for someone for whom no other rule of the same source, on at least the same treatments, is as hard. Rules of different
    /// sources stand side by side on purpose: each says something of its own.
    /// </summary>
    private void CheckSafetyShadow(SafetyRule rule, SafetyRule other)
    {
        var subject = $"safety/{rule.Id}";
        TruthNode acts = rule.Unless is null ? rule.When : new And(rule.When, new Not(rule.Unless));
        TruthNode otherActs = other.Unless is null ? other.When : new And(other.When, new Not(other.Unless));
        With(subject, rule.Place, [Scope, acts, otherActs], patients =>
        {
            var answer = patients.Exists(patients.Of(Scope), patients.Of(acts), patients.Of(otherActs).Not());
            if (answer is Answer.NotProven) findings.Add(NotProven(subject, rule.Place, $"it acts where {other.Id} does not"));
            if (answer is Answer.None) findings.Add(new(FindingKind.Shadowed, subject, rule.Place, $"wherever it acts, {other.Id} acts on the same treatments and is as hard; merge them, or say here when it adds something"));
        });
    }
}
