using Google.OrTools.Sat;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Options;

namespace Hilum.Proof.Model;

/// <summary>How far a patient is from the invented patient of the guidance: what an example should keep small, so that it reads as a person who could come to a clinic.</summary>
/// <remarks>
/// A fact that is otherwise costs more than any shift of a number or a date; each earlier course and each medicine costs too. What the invented
/// patient says nothing of is best absent.
/// </remarks>
internal sealed class Likeness
{
    private const long Otherwise = 4_000_000;
    private const long Outside = 3 * Otherwise;

    /// <summary>A result is moved rather than the limit of normal that it is held against.</summary>
    private const long OfLimits = 8;

    /// <summary>A course of a treatment that hardly any recommendation offers costs so much more than of the one that most offer.</summary>
    private const long Rare = Otherwise / 2;

    /// <summary>A course of treatment of which nothing else is known began about a year ago.</summary>
    private const long CourseBegan = -12 * Calendar.Days;

    private readonly PatientModel model;
    private readonly Case usual;
    private readonly List<LinearExpr> costs = [];

    private Likeness(PatientModel model, Case usual) => (this.model, this.usual) = (model, usual);

    /// <summary>The distance as a number for the solver.</summary>
    public static LinearExpr Distance(PatientModel model, Case usual, GuidanceContent content)
    {
        var likeness = new Likeness(model, usual);
        foreach (var index in model.Facts.Where(i => content.Facts.Facts[i] is { Derived: false, Id: not FactDictionary.TodayId })) likeness.Add(content.Facts.Facts[index]);
        likeness.AddCourses(content.Catalogue.Editions);
        foreach (var (_, taken) in model.Medicines?.Taken ?? []) likeness.Add(taken, Otherwise);
        return LinearExpr.Sum(likeness.costs);
    }

    private void Add(FactDefinition fact)
    {
        switch (fact.Type)
        {
            case FactType.Bool:
                Add(model.Bits(fact.Index)[usual.Possible[fact.Index] is CodesPossible { IsKnown: true, Mask: 2 } ? 0 : 1], Otherwise);
                break;
            case FactType.Code when usual.Possible[fact.Index] is CodesPossible { IsKnown: true } code:
                Add(model.Bits(fact.Index)[System.Numerics.BitOperations.TrailingZeroCount(code.Mask)].Not(), Otherwise);
                break;
            case FactType.Codes:
                var present = usual.Possible[fact.Index] is MembersPossible { IsKnown: true } members ? members.Present : 0;
                foreach (var (bit, at) in model.Bits(fact.Index).Select((bit, at) => (bit, at))) Add((present >> at & 1) == 1 ? bit.Not() : bit, Otherwise / 2);
                break;
            case FactType.Number or FactType.Integer or FactType.Date:
                AddNumber(fact);
                break;
        }
    }

    private void AddNumber(FactDefinition fact)
    {
        var known = usual.Possible[fact.Index] is NumbersPossible { IsKnown: true } numbers ? fact.InSystem(numbers.Intervals[0], 0).Low : (decimal?)null;
        var (variable, unit) = model.Variable(fact.Index);
        var amount = model.Amount(fact.Index);
        if (amount.IsConstant) return;
        if (fact.Type is FactType.Date)
        {
            if (known is null) Add(model.IsStated(fact.Index), Otherwise);
            Add(variable, known is null ? 0 : model.Calendar.Of(Early(DateOnly.FromDayNumber((int)known))), (long)amount.Low, (long)amount.High);
        }
        else if (known is { } value)
        {
            Add(variable, (long)Math.Round(value / unit), (long)(amount.Low / unit), (long)(amount.High / unit), IsLimit(fact) ? OfLimits : 1);
        }
    }

    private bool IsLimit(FactDefinition fact) => usual.Dictionary.Facts.Any(f => f.LimitLow == fact.Id || f.LimitHigh == fact.Id);

    private static DateOnly Early(DateOnly date) => date.Day > Calendar.Days ? new(date.Year, date.Month, Calendar.Days) : date;

    private void AddCourses(IReadOnlyList<Edition> editions)
    {
        if (model.Therapies is not { } therapies) return;
        var offering = therapies.Courses.Select(c => c.Treatment).Distinct().ToDictionary(t => t, t => editions.Sum(e => e.Recommendations.Count(r => !r.Against && r.Treatments.Contains(t))), StringComparer.Ordinal);
        var most = Math.Max(1, offering.Values.Max());
        foreach (var course in therapies.Courses)
        {
            var cost = (course.Treatment == "other" ? Outside : Otherwise) + course.End switch { CourseEnd.SevereToxicity => Otherwise / 4, CourseEnd.Toxicity or CourseEnd.Completed => Otherwise / 8, _ => 0 };
            costs.Add(LinearExpr.Term(course.Times, cost + Rare * (most - offering[course.Treatment]) / most));
        }

        Add(therapies.Adjuvant, Otherwise);
        Add(therapies.Ongoing, Otherwise / 2);
        if (model.First is { } first) Add(first.Variable, CourseBegan, (long)first.Amount.Low, (long)first.Amount.High);
    }

    private void Add(ILiteral costly, long cost) => costs.Add(LinearExpr.Term(costly, cost));

    /// <summary>The distance of a number from a place within its range.</summary>
    private void Add(LinearExpr variable, long place, long low, long high, long weight = 1)
    {
        var distance = model.Logic.Model.NewIntVar(0, Math.Max(Math.Abs(high - place), Math.Abs(place - low)), "");
        model.Logic.Model.Add(distance >= variable - place);
        model.Logic.Model.Add(distance >= place - variable);
        costs.Add(LinearExpr.Term(distance, weight * Math.Max(1, Otherwise / 4 / OfLimits / Math.Max(1, high - low))));
    }
}
