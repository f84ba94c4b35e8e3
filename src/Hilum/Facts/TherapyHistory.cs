using System.Text.RegularExpressions;
using Hilum.Expressions;
using Hilum.Measures;

namespace Hilum.Facts;

/// <summary>Earlier and current treatment, and what follows from it. Only treatment of metastatic disease counts as a line.</summary>
/// <param name="items">The courses, in the order given; null when nothing is known.</param>
/// <param name="complete">Whether these are all.</param>
/// <param name="asOf">The day of the plan.</param>
/// <param name="growsNow">Whether the record says that the cancer grows under the treatment that goes on.</param>
internal sealed partial class TherapyHistory(IReadOnlyList<PriorTherapy>? items, bool complete, DateOnly asOf, bool growsNow = false)
{
    /// <summary>CTCAE grade of a side effect that threatens life.</summary>
    private const int LifeThreatening = 4;

    private readonly IReadOnlyList<PriorTherapy> metastatic = [.. (items ?? []).Where(t => t.IsSystemic && t.Setting is TherapySetting.Metastatic)];
    private readonly IReadOnlyList<PriorTherapy> unclear = [.. (items ?? []).Where(t => t.IsSystemic && t.Setting is TherapySetting.Unknown)];

    /// <summary>The lines of treatment of metastatic disease, each with the courses that make it.</summary>
    private readonly List<List<PriorTherapy>> lines = TreatmentLines.Of((items ?? []).Where(t => t.IsSystemic && t.Setting is TherapySetting.Metastatic));

    /// <summary>What follows for a fact by one of the rules that <c>facts/</c> may name; null when the rule is not one of them.</summary>
    /// <param name="fact">The fact that follows.</param>
    /// <param name="list">The rule.</param>
    /// <param name="facts">What is possible of the facts that the rule looks at beside the list.</param>
    public Possible? Derive(FactDefinition fact, ListDerivation list, ReadOnlySpan<Possible> facts) =>
        list.Rule == "months-since-adjuvant" ? MonthsSinceAdjuvant(list.Argument!, list.Until is { } until ? facts[until] : null) : Derive(fact, list, list.Argument);

    private Possible? Derive(FactDefinition fact, ListDerivation list, string? argument) => list.Rule switch
    {
        "line" => Line(),
        "any-of-group" => CodesPossible.Of(Any(metastatic, unclear, t => t.Groups.Intersect(argument!.Split(' ')).Any())),
        "count-of-group" => Count(t => t.Groups.Contains(argument!)),
        "progressed-on-last" => CodesPossible.Of(ProgressedOnLast()),
        "adjuvant-of-group" => CodesPossible.Of(Any(Adjuvant, unclear, t => t.Groups.Contains(argument!))),
        "change-due" => CodesPossible.Of(ChangeDue()),
        "response-of-current" => ResponseOfCurrent(fact),
        "start-of-first" => StartOfFirst(),
        "drugs" => Drugs(fact),
        "drugs-progressed-on" => Drugs(fact, (t, drug) => PartOf(t, drug, ProgressedOn(t))),
        "drugs-stopped-for-toxicity" => Drugs(fact, StoppedForToxicity),
        "drugs-with-severe-toxicity" => Drugs(fact, SevereToxicity),
        "ever-of-group" => CodesPossible.Of(Ever(argument!.Split(' '), _ => Truth.True)),
        "progressed-on-group" => CodesPossible.Of(Ever(argument!.Split(' '), t => t.StoppedParts.Count == 0 ? ProgressedOn(t) : ProgressedOn(t).And(Truth.Undecided))),
        "severe-toxicity-of-group" => CodesPossible.Of(Ever(argument!.Split(' '), t => SevereToxicityOf(t, argument!.Split(' ')))),
        "stopping-toxicity-of-group" => CodesPossible.Of(Ever(argument!.Split(' '), t => StoppingToxicityOf(t, argument!.Split(' '), list.Kinds))),
        "current" => items is null ? null : Current.Any() ? MembersPossible.Some : complete ? MembersPossible.None : null,
        _ => null,
    };

    /// <summary>The courses that a rule found to hold for certain: what a sentence about the fact names, with their dates.</summary>
    public IReadOnlyList<PriorTherapy> Concerning(ListDerivation list) => Concerning(list.Rule, list.Argument, list.Kinds);

    private IReadOnlyList<PriorTherapy> Concerning(string rule, string? argument, ToxicityKind[] kinds) => [.. All.Where(t => rule switch
    {
        "drugs-progressed-on" => ProgressedOn(t) is Truth.True,
        "drugs-stopped-for-toxicity" => t.Drugs.Any(drug => StoppedForToxicity(t, drug) is Truth.True),
        "drugs-with-severe-toxicity" => t.Drugs.Any(drug => SevereToxicity(t, drug) is Truth.True),
        "progressed-on-group" => t.Groups.Intersect(argument!.Split(' ')).Any() && ProgressedOn(t) is Truth.True,
        "severe-toxicity-of-group" => t.Groups.Intersect(argument!.Split(' ')).Any() && SevereToxicityOf(t, argument!.Split(' ')) is Truth.True,
        "stopping-toxicity-of-group" => t.Groups.Intersect(argument!.Split(' ')).Any() && StoppingToxicityOf(t, argument!.Split(' '), kinds) is Truth.True,
        "months-since-adjuvant" => t.Setting is TherapySetting.Adjuvant && t.Groups.Contains(argument!),
        _ => false,
    })];

    /// <summary>Courses that go on.</summary>
    public IEnumerable<PriorTherapy> Current => (items ?? []).Where(t => t.IsOngoing);

    /// <summary>Drug treatment in any setting: that a drug failed or harmed counts wherever it was given.</summary>
    private IEnumerable<PriorTherapy> All => (items ?? []).Where(t => t.IsSystemic);

    private IEnumerable<PriorTherapy> Adjuvant => (items ?? []).Where(t => t.IsSystemic && t.Setting is TherapySetting.Adjuvant);

    private Truth Any(IEnumerable<PriorTherapy> sure, IEnumerable<PriorTherapy> perhaps, Func<PriorTherapy, bool> test) =>
        sure.Any(test) ? Truth.True
        : items is null || !complete || perhaps.Any(test) || sure.Concat(perhaps).Any(t => !t.GroupsKnown) ? Truth.Undecided
        : Truth.False;

    private NumbersPossible Line()
    {
        if (items is null) return NumbersPossible.Of(Interval.From(1));
        // of a course without a stated line beside one with it, nobody knows whether it came later
        var stated = metastatic.Max(t => t.Line);
        var least = (stated ?? lines.Count) + 1;
        var open = unclear.Count + (stated is null ? 0 : lines.Count(l => l.TrueForAll(t => t.Line is null)));
        return complete ? NumbersPossible.Of(Interval.Closed(least, least + open)) : NumbersPossible.Of(Interval.From(least));
    }

    private NumbersPossible Count(Func<PriorTherapy, bool> test)
    {
        if (items is null) return NumbersPossible.Of(Interval.From(0));
        var sure = lines.Count(l => l.Exists(t => test(t)));
        var perhaps = unclear.Count(t => test(t) || !t.GroupsKnown) + lines.Count(l => !l.Exists(t => test(t)) && l.Exists(t => !t.GroupsKnown));
        return complete ? NumbersPossible.Of(Interval.Closed(sure, sure + perhaps)) : NumbersPossible.Of(Interval.From(sure));
    }

    private Truth ProgressedOnLast()
    {
        if (Last is not { } last) return items is not null && complete && unclear.Count == 0 ? Truth.False : Truth.Undecided;
        // of a line in parts the one that was stopped for progression decides
        return last.Select(course => course.StoppedFor switch
        {
            "progression" => Truth.True,
            null => Grew(course) ? Truth.True : Truth.Undecided,
            _ => Truth.False,
        }).Aggregate(TruthLogic.Or);
    }

    /// <summary>The courses of the last line for metastatic disease; null when there was none, or when it is not known which it is.</summary>
    private List<PriorTherapy>? Last => items is null || !complete || unclear.Count > 0 || metastatic.Count == 0 ? null
        : metastatic.All(t => t.Start.IsStated) ? lines[^1] : [metastatic[^1]];

    /// <summary>
    /// The cancer grew on the last course, or a side effect ended it. A course that was completed, or that ended for a reason nobody gave, leaves it
    /// open: the cancer may have come back since. So does a side effect after a complete response: there may be nothing to treat; and one that ended only a part of a line.
    /// </summary>
    private Truth ChangeDue()
    {
        if (Last is not { } last) return Truth.Undecided;
        var grew = last.Exists(t => t.StoppedFor == "progression" || Grew(t));
        return grew || last.TrueForAll(t => t.StoppedFor == "toxicity" && t.BestResponse != "CR") ? Truth.True : Truth.Undecided;
    }

    private List<PriorTherapy> Going => [.. All.Where(t => t.IsOngoing && t.Setting is not TherapySetting.Adjuvant)];

    /// <summary>The cancer grew under the course: it never did anything else, or it does so now under the only one that goes on.</summary>
    private bool Grew(PriorTherapy therapy) => therapy.BestResponse == "PD" || (growsNow && Going is [var going] && ReferenceEquals(going, therapy));

    /// <summary>The best response of the course that goes on; null when there is none, or more than one, or none is recorded.</summary>
    private CodesPossible? ResponseOfCurrent(FactDefinition fact)
    {
        return Going is [{ BestResponse: { } response }] && fact.BitOf(response) is var bit and >= 0 ? new(1UL << bit) : null;
    }

    /// <summary>
    /// Months from the last adjuvant dose to the relapse. A date of metastasis before the adjuvant treatment is of what was removed then, and says nothing
    /// of the relapse; without a date the relapse lies between the last dose and the day of the plan. Where courses may be missing from the list, a later dose may be too.
    /// </summary>
    private NumbersPossible MonthsSinceAdjuvant(string group, Possible? relapse)
    {
        var last = Adjuvant.Where(t => t.Groups.Contains(group)).OrderBy(t => t.Stop.IsStated ? t.Stop.Latest : DateOnly.MaxValue).LastOrDefault();
        if (last is null) return NumbersPossible.Of(Interval.From(0));
        if (last.IsOngoing) return NumbersPossible.Of(0);
        if (!last.Stop.IsStated) return NumbersPossible.Of(Interval.From(0));
        var (earliest, latest) = (last.Stop.Earliest.DayNumber, asOf.DayNumber);
        if (relapse is NumbersPossible { Intervals: [{ HasLow: true, HasHigh: true } date] })
        {
            if (last.Start.IsStated && date.Low > last.Start.Latest.DayNumber)
                (earliest, latest) = (Math.Max(earliest, (int)date.Low), Math.Max(earliest, Math.Min(latest, (int)date.High)));
            else if (date.Low >= last.Stop.Latest.DayNumber)
                (earliest, latest) = ((int)date.Low, Math.Min(latest, (int)date.High));
        }

        var stop = NumbersPossible.Of(Interval.Closed(last.Stop.Earliest.DayNumber, last.Stop.Latest.DayNumber));
        var until = NumbersPossible.Of(Interval.Closed(earliest, Math.Max(earliest, latest)));
        var months = new Between(new FactNumber(0), new FactNumber(1), Years: false).Evaluate([stop, until]);
        return NumbersPossible.Of(Interval.Closed(complete ? Math.Max(0, months.Low) : 0, Math.Max(0, months.High)));
    }

    private NumbersPossible StartOfFirst()
    {
        if (metastatic.Count == 0) return NumbersPossible.All;
        var stated = metastatic.Where(t => t.Start.IsStated).ToList();
        if (stated.Count == 0) return NumbersPossible.All;
        var earliest = stated.MinBy(t => t.Start.Earliest)!.Start;
        var sure = complete && unclear.Count == 0 && (stated.Count == metastatic.Count || metastatic[0].Start.IsStated);
        return NumbersPossible.Of(sure ? Interval.Closed(earliest.Earliest.DayNumber, earliest.Latest.DayNumber) : Interval.UpTo(earliest.Latest.DayNumber));
    }

    private MembersPossible Drugs(FactDefinition fact)
    {
        ulong present = 0, perhaps = 0;
        foreach (var therapy in metastatic) present |= Bits(therapy);
        foreach (var therapy in unclear) perhaps |= Bits(therapy);
        var all = fact.Symbol.AllCodes;
        return new(present, items is not null && complete ? all & ~(present | perhaps) : 0, all);

        ulong Bits(PriorTherapy therapy)
        {
            ulong bits = 0;
            foreach (var drug in therapy.Drugs)
                if (fact.BitOf(drug) is var bit and >= 0) bits |= 1UL << bit;
            if (bits == 0 && fact.BitOf("other") is var other and >= 0) bits |= 1UL << other;
            return bits;
        }
    }

    /// <summary>The drugs of which something is true in some course; known absent only where it is false in every course that may hold them.</summary>
    private MembersPossible Drugs(FactDefinition fact, Func<PriorTherapy, string, Truth> test)
    {
        ulong present = 0, perhaps = 0;
        var all = fact.Symbol.AllCodes;
        foreach (var therapy in All)
        {
            // of a treatment that nobody could name, any drug may have been a part
            if (!therapy.GroupsKnown && (therapy.StoppedParts.Count > 0 || test(therapy, "") is not Truth.False)) perhaps = all;
            foreach (var drug in therapy.Drugs)
            {
                if (fact.BitOf(drug) is not (var bit and >= 0)) continue;
                var truth = test(therapy, drug);
                if (truth is Truth.True) present |= 1UL << bit;
                else if (truth is Truth.Undecided) perhaps |= 1UL << bit;
            }
        }

        return new(present, items is not null && complete ? all & ~(present | perhaps) : 0, all);
    }

    /// <summary>Of a part that was stopped before the rest, the end of the course says nothing.</summary>
    private static Truth PartOf(PriorTherapy therapy, string drug, Truth truth) =>
        truth is Truth.True && therapy.StoppedParts.Contains(drug) ? Truth.Undecided : truth;

    private Truth Ever(string[] groups, Func<PriorTherapy, Truth> test)
    {
        var found = All.Where(t => t.Groups.Intersect(groups).Any()).Select(test).ToList();
        return found.Contains(Truth.True) ? Truth.True
            : items is null || !complete || found.Contains(Truth.Undecided) || All.Any(t => !t.GroupsKnown) ? Truth.Undecided
            : Truth.False;
    }

    private Truth ProgressedOn(PriorTherapy therapy) =>
        therapy.StoppedFor == "progression" || Grew(therapy) ? Truth.True
        : therapy.StoppedFor is null ? Truth.Undecided : Truth.False;

    /// <summary>
    /// Whether a drug was stopped for a side effect. Of a course of which a part was stopped earlier nobody knows which of the two a side effect ended;
    /// where the rest goes on it is the part, when it is one.
    /// </summary>
    private static Truth StoppedForToxicity(PriorTherapy therapy, string drug) =>
        therapy.StoppedParts.Count == 0
            ? therapy.StoppedFor == "toxicity" ? Truth.True : therapy.StoppedFor is null && !therapy.IsOngoing ? Truth.Undecided : Truth.False
        : !therapy.IsOngoing ? Truth.Undecided
        : !therapy.StoppedParts.Contains(drug) ? Truth.False
        : therapy.StoppedParts.Count == 1 && (therapy.Toxicity is not null || therapy.Grade is not null) ? Truth.True : Truth.Undecided;

    /// <summary>A grade is never guessed: stopped for toxicity without one may have been severe. That a drug goes on does not deny that it did it.</summary>
    private static Truth SevereToxicity(PriorTherapy therapy, string drug) =>
        therapy.Grade >= 3 ? (therapy.StoppedParts.Count == 0 ? Truth.True : StoppedForToxicity(therapy, drug).Or(Truth.Undecided))
        : therapy.Grade is null && StoppedForToxicity(therapy, drug) is not Truth.False ? Truth.Undecided : Truth.False;

    /// <summary>In a course with drugs of other groups too, nobody knows from a list which of them did it. That a course went on does not deny a severe side effect.</summary>
    private static Truth SevereToxicityOf(PriorTherapy therapy, string[] groups) =>
        therapy.Grade >= 3 && therapy.GroupsKnown && therapy.StoppedFor == "toxicity" && therapy.Groups.All(groups.Contains) ? Truth.True : Truth.Undecided;

    /// <summary>
    /// A side effect that ends every drug of the groups for good. Named kinds have a grade of their own; grade 4 of a kind that is not among them does so too.
    /// Below that nobody knows from a list whether it came back, nor, beside drugs of other groups, which of them did it.
    /// </summary>
    private static Truth StoppingToxicityOf(PriorTherapy therapy, string[] groups, ToxicityKind[] kinds)
    {
        if (therapy.Grade is not { } grade || !therapy.GroupsKnown || !therapy.Groups.All(groups.Contains)) return Truth.Undecided;
        var words = Letters().Matches(therapy.Toxicity ?? "").Select(m => m.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var named = kinds.Where(k => k.Words.Any(words.Contains)).ToList();
        return named.Exists(k => grade >= k.StopsFrom) || (named.Count == 0 && grade >= LifeThreatening && therapy.StoppedFor == "toxicity") ? Truth.True : Truth.Undecided;
    }

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Letters();
}
