using System.Numerics;
using Hilum.Expressions;
using Hilum.Facts;

namespace Hilum.Benchmarks;

/// <summary>Leaves of each fact exactly one value: what is known, and for the rest the first that can be.</summary>
internal static class FullyKnown
{
    public static Possible Of(FactDefinition fact, Possible possible) => possible switch
    {
        { IsKnown: true } => possible,
        CodesPossible codes => new CodesPossible(1UL << BitOperations.TrailingZeroCount(codes.Mask)),
        MembersPossible members => new MembersPossible(members.Present, members.All & ~members.Present, members.All),
        NumbersPossible numbers => NumbersPossible.Of(numbers.Intervals[0] is { HasLow: true } interval ? interval.Low : fact.PlausibleMin ?? Bench.AsOf.DayNumber),
        _ => throw new NotSupportedException($"{fact.Id}: {possible.GetType().Name}"),
    };
}
