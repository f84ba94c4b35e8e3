using Google.OrTools.Sat;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Options;
using Hilum.Proof.Model;

namespace Hilum.Proof.Unknowns;

/// <summary>What one edition could still say of one treatment for a partly known patient, and the facts on which it hangs, by the solver.</summary>
/// <param name="Statuses">The statuses that some way of completing the record gives, in order of strength.</param>
/// <param name="Deciding">
/// Facts of which, for some values of all the others, two values give different statuses: ids in ordinal order. A fact that follows from others
/// stands here only for the part of it that can be given by itself.
/// </param>
/// <param name="NotProven">Facts of which the solver could not say so either way.</param>
public sealed record ExactUnknowns(IReadOnlyList<Standing> Statuses, IReadOnlyList<string> Deciding, IReadOnlyList<string> NotProven)
{
    /// <summary>Works it out; null when the solver's model does not hold the record, or a condition.</summary>
    public static ExactUnknowns? Of(GuidanceContent content, Case record, Edition edition, Treatment treatment)
    {
        var rules = edition.Recommendations.Where(r => r.Treatments.Contains(treatment.Id)).ToArray();
        try
        {
            var model = new PatientModel(content, record, [edition.Scope, .. rules.Select(r => r.When)]);
            var all = Enum.GetValues<Standing>().Where(s => s.IsOffered() || s is Standing.NotRecommended or Standing.NotApplicable).ToArray();
            var here = all.Select(s => Is(model, edition, rules, s)).ToArray();
            var possible = all.Where((_, i) => Ask(model, here[i]) is not Answer.None).ToArray();
            List<string> deciding = [], notProven = [];
            foreach (var fact in model.Open.Distinct().Order().ToList())
            {
                var twin = model.Twin(fact);
                var same = model.Logic.Any(all.Select((s, i) => model.Logic.And(here[i], Is(twin, edition, rules, s))));
                // that there is no date is no value of the date: whether the thing happened is asked by another fact
                var answer = Ask(model, same.Not(), model.IsStated(fact), twin.IsStated(fact));
                if (answer is not Answer.None) (answer is Answer.Found ? deciding : notProven).Add(content.Facts.Facts[fact].Id);
            }

            return new(possible, [.. deciding.Order(StringComparer.Ordinal)], [.. notProven.Order(StringComparer.Ordinal)]);
        }
        catch (NotTranslatedException)
        {
            return null;
        }
    }

    private static ILiteral Is(PatientModel model, Edition edition, Recommendation[] rules, Standing standing)
    {
        var logic = model.Logic;
        var against = Any(r => r.Against);
        if (standing is Standing.NotRecommended) return against;
        var stronger = Any(r => !r.Against && r.Strength < standing);
        var here = standing is Standing.NotApplicable ? logic.True : Any(r => !r.Against && r.Strength == standing);
        return logic.And(here, logic.And(against.Not(), stronger.Not()));

        ILiteral Any(Func<Recommendation, bool> which) =>
            logic.And(model.Translation.Of(edition.Scope), logic.Any(rules.Where(which).Select(r => model.Translation.Of(r.When))));
    }

    private static Answer Ask(PatientModel model, params ILiteral[] truths)
    {
        var (answer, solution) = Patients.Solve(model.Logic, truths);
        solution?.Dispose();
        return answer;
    }
}
