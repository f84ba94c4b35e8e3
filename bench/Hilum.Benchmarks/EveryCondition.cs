using Hilum.Expressions;
using Hilum.Guidance;

namespace Hilum.Benchmarks;

/// <summary>The conditions of every rule that a plan looks at.</summary>
internal static class EveryCondition
{
    public static IEnumerable<TruthNode> Of(GuidanceContent content)
    {
        var catalogue = content.Catalogue;
        yield return catalogue.Scope.Condition;
        foreach (var edition in catalogue.Editions)
        {
            yield return edition.Scope;
            foreach (var recommendation in edition.Recommendations) yield return recommendation.When;
            foreach (var statement in edition.Statements)
                if (statement.When is { } when) yield return when;
        }

        foreach (var rule in catalogue.SafetyRules)
        {
            yield return rule.When;
            if (rule.Unless is { } unless) yield return unless;
        }

        foreach (var rule in catalogue.UrgentRules) yield return rule.When;
        foreach (var model in content.RiskModels)
        {
            yield return model.Applies;
            foreach (var factor in model.Factors) yield return factor.When;
        }
    }
}
