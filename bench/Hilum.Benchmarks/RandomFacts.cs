using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;

namespace Hilum.Benchmarks;

/// <summary>Random values for the facts of a library: often such that one of its conditions comes out true, often just at its thresholds.</summary>
internal sealed class RandomFacts
{
    private const int Tries = 100;

    private readonly Random random;
    private readonly FactDefinition[] facts;
    private readonly TruthNode[] conditions;
    private readonly ILookup<int, NumberConstant> thresholds;

    public RandomFacts(CqlLibrary library, Random random)
    {
        this.random = random;
        facts = [.. library.Parameters.Select(p => p.Fact).DistinctBy(f => f.Index)];
        conditions = [.. library.Results.Select(r => r.Condition).OfType<TruthNode>()];
        thresholds = conditions.SelectMany(References.Leaves).OfType<Compare>()
            .Where(c => c is { Left: FactNumber, Right: NumberConstant }).ToLookup(c => ((FactNumber)c.Left).Fact, c => (NumberConstant)c.Right);
    }

    /// <summary>A patient, by fact index. Of one who is partly known some facts are unknown, one of several, a range, or two that disagree.</summary>
    public Possible[] Patient(bool known)
    {
        var values = new Possible[Bench.Content.Facts.Facts.Length];
        foreach (var fact in Bench.Content.Facts.Facts) values[fact.Index] = fact.Symbol.Unknown;
        var system = (byte)random.Next(2);
        foreach (var fact in facts) values[fact.Index] = Known(fact, system);
        if (random.Next(3) > 0) Seek(values, system);
        if (known) return values;
        var share = random.NextDouble();
        foreach (var fact in facts)
            if (random.NextDouble() < share) values[fact.Index] = Blurred(fact, values[fact.Index]);
        return values;
    }

    /// <summary>Most conditions are rarely true by chance: one of them is drawn, and of its clauses those that do not hold are drawn anew, never to the loss of others.</summary>
    private void Seek(Possible[] values, byte system)
    {
        var clauses = Clauses(conditions[random.Next(conditions.Length)]).ToArray();
        for (var n = 0; n < Tries; n++)
        {
            var open = Array.FindAll(clauses, c => c.Evaluate(values) is not Truth.True);
            if (open.Length == 0) return;
            var clause = open[random.Next(open.Length)];
            var about = References.Of(clause);
            if (about.Count == 0) return;
            var fact = Bench.Content.Facts.Facts[about[random.Next(about.Count)]];
            var before = values[fact.Index];
            values[fact.Index] = clause switch
            {
                Contains member => With((MembersPossible)before, member.Bit, present: true),
                Not { Operand: Contains member } => With((MembersPossible)before, member.Bit, present: false),
                _ => Known(fact, system),
            };
            if (clauses.Count(c => c.Evaluate(values) is not Truth.True) > open.Length) values[fact.Index] = before;
        }
    }

    private static IEnumerable<TruthNode> Clauses(TruthNode condition) => condition switch
    {
        And and => Clauses(and.Left).Concat(Clauses(and.Right)),
        Named named => Clauses(named.Body),
        _ => [condition],
    };

    private static MembersPossible With(MembersPossible members, int bit, bool present)
    {
        var held = present ? members.Present | (1UL << bit) : members.Present & ~(1UL << bit);
        return new(held, members.All & ~held, members.All);
    }

    private Possible Known(FactDefinition fact, byte system)
    {
        var all = fact.Symbol.AllCodes;
        switch (fact.Type)
        {
            case FactType.Bool: return random.Next(2) == 0 ? CodesPossible.False : CodesPossible.True;
            case FactType.Code: return new CodesPossible(1UL << random.Next(fact.Values.Length));
            case FactType.Codes:
                var present = random.Next(3) == 0 ? 0 : (ulong)random.NextInt64() & (ulong)random.NextInt64() & all;
                return new MembersPossible(present, all & ~present, all);
            case FactType.List: return random.Next(2) == 0 ? MembersPossible.None : MembersPossible.Some;
            default: return NumbersPossible.Of(Number(fact, fact.Symbol.SecondSystem is null ? (byte)0 : system), fact.Symbol.SecondSystem is null ? (byte)0 : system);
        }
    }

    /// <summary>At a threshold, one step beside it, or anywhere within what can be.</summary>
    private decimal Number(FactDefinition fact, byte system)
    {
        var step = fact.Type is FactType.Integer ? 1m : 0.1m;
        var about = thresholds[fact.Index].ToArray();
        if (about.Length > 0 && random.Next(3) > 0)
        {
            var threshold = about[random.Next(about.Length)];
            return (system == 1 ? threshold.Second : threshold.First) + (step * (random.Next(3) - 1));
        }

        var (low, high) = (fact.PlausibleMin ?? 0, fact.PlausibleMax ?? 100);
        if (system == 1) (low, high) = (fact.InSystem(Interval.Point(low), 1).Low, fact.InSystem(Interval.Point(high), 1).Low);
        return Math.Round((low + ((high - low) * (decimal)random.NextDouble())) / step, MidpointRounding.AwayFromZero) * step;
    }

    private Possible Blurred(FactDefinition fact, Possible value)
    {
        switch (value)
        {
            case CodesPossible codes:
                return new CodesPossible(random.Next(2) == 0 ? fact.Symbol.Unknown is CodesPossible all ? all.Mask : codes.Mask : codes.Mask | ((ulong)random.NextInt64() & ((CodesPossible)fact.Symbol.Unknown).Mask));
            case MembersPossible members:
                var open = random.Next(2) == 0 ? members.All : (ulong)random.NextInt64() & members.All;
                return new MembersPossible(members.Present & ~open, members.Absent & ~open, members.All);
            case NumbersPossible { Intervals: [var point] }:
                return random.Next(5) switch
                {
                    0 => NumbersPossible.Of(Interval.Closed(point.Low - 1, point.Low + 1, point.System)),
                    1 => NumbersPossible.Of(Interval.From(point.Low, random.Next(2) == 0, point.System)),
                    2 => new NumbersPossible([point, Interval.Point(point.Low + 5, point.System)]),
                    _ => NumbersPossible.All,
                };
            default: return value;
        }
    }
}
