using System.Collections.Immutable;
using CsCheck;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;

namespace Hilum.Tests.Expressions;

/// <summary>Random knowledge of the market stall, and every value that it leaves possible (numbers on a grid fine enough for whole ends).</summary>
internal static class Stall
{
    private static readonly string[] Bools = ["Ripe", "Sweet", "Washed"];
    private static readonly string[] Numbers = ["Length", "Width"];
    private static readonly string[] Days = ["Picked", "Sold"];
    private static readonly string[] Colours = ["red", "green", "blue", "yellow"];
    private static readonly string[] Shapes = ["round", "long", "flat"];
    private static readonly string[] Labels = ["small", "soft", "striped", "stored"];
    private static readonly DateOnly FirstDay = new(2024, 1, 27);

    /// <summary>The facts that random knowledge is of.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Bools, "Colour", "Shape", "Labels", .. Numbers, "Pieces", .. Days];

    // ---- leaves ----

    private static readonly Gen<Term> Centimetres = Gen.Int[0, 6].Select(n => Term.Constant(n, "cm"));

    private static readonly Gen<Term> Length = Gen.OneOf(Some.Of(Numbers).Select(Term.Fact), Some.Of(Numbers).Select(n => Term.Times(2, Term.Fact(n))));

    private static readonly Gen<DateOnly> Day = Gen.Int[0, 45].Select(FirstDay.AddDays);

    /// <summary>Leaves of which each fact is asked once: those must be exact.</summary>
    public static Gen<Claim> Leaf { get; } = Gen.OneOf(
        SomeClaims.Bool(Bools),
        SomeClaims.Code("Colour", Colours),
        SomeClaims.Code("Shape", Shapes),
        SomeClaims.Codes("Labels", Labels),
        Gen.Select(Length, SomeClaims.Operator, Centimetres, (a, op, b) => (Claim)new CompareClaim(a, op, b)),
        Gen.Select(Centimetres, SomeClaims.Operator, Length, (a, op, b) => (Claim)new CompareClaim(a, op, b)),
        SomeClaims.Operator.Select(op => (Claim)new CompareClaim(Term.Fact("Length"), op, Term.Fact("Width"))),
        Gen.Select(SomeClaims.Operator, Centimetres, (op, c) => (Claim)new CompareClaim(Term.Fact("Length"), op, Term.Sum(Term.Fact("Width"), c))),
        Gen.Select(SomeClaims.Operator, Centimetres, (op, c) => (Claim)new CompareClaim(Term.Sum(Term.Fact("Length"), Term.Fact("Width")), op, c)),
        Gen.Select(SomeClaims.Operator, Centimetres, (op, c) => (Claim)new CompareClaim(Term.Difference(Term.Fact("Length"), Term.Fact("Width")), op, c)),
        SomeClaims.Operator.Select(op => (Claim)new CompareClaim(Term.Times(2, Term.Fact("Length")), op, Term.Fact("Width"))),
        Gen.Select(SomeClaims.Operator, Gen.Int[0, 6], (op, n) => (Claim)new CompareClaim(Term.Fact("Pieces"), op, Term.Constant(n))),
        Gen.Select(Some.Of(Days), SomeClaims.Operator, Day, (d, op, day) => (Claim)new CompareClaim(Term.Date(d), op, Term.Day(day))),
        SomeClaims.Operator.Select(op => (Claim)new CompareClaim(Term.Date("Picked"), op, Term.Date("Sold"))),
        Gen.Select(Some.Of("<", "<=", ">", ">="), Gen.Int[-2, 2], Day, (op, m, day) => (Claim)new CompareClaim(Term.Later("Picked", m), op, Term.Day(day))),
        Gen.Select(SomeClaims.Operator, Gen.Int[-2, 2], (op, m) => (Claim)new CompareClaim(Term.Months("Picked", "Sold"), op, Term.Constant(m))));

    // ---- knowledge ----

    private static readonly Gen<Interval> Stretch =
        from hasLow in Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false)))
        from hasHigh in Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false)))
        from a in Gen.Int[0, 6]
        from b in Gen.Int[0, 6]
        from lowOpen in Gen.Bool
        from highOpen in Gen.Bool
        let i = new Interval(hasLow, hasLow ? Math.Min(a, b) : 0, hasLow && lowOpen, hasHigh, hasHigh ? Math.Max(a, b) : 0, hasHigh && highOpen)
        select i.IsEmpty ? Interval.Point(i.Low) : i;

    private static readonly Gen<Possible> Number = Gen.Frequency(
        (1, Gen.Const((Possible)NumbersPossible.All)),
        (2, Gen.Int[0, 6].Select(n => (Possible)NumbersPossible.Of(n))),
        (4, Stretch.Select(i => (Possible)NumbersPossible.Of(i))),
        (2, Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6], (a, b) => (Possible)new NumbersPossible(a == b ? [Interval.Point(a)] : [Interval.Point(a), Interval.Point(b)]))),
        (1, Gen.Select(Stretch, Stretch, (a, b) => (Possible)new NumbersPossible([a, b]))));

    private static readonly Gen<Possible> Whole =
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6], (a, b) => (Possible)NumbersPossible.Of(Interval.Closed(Math.Min(a, b), Math.Max(a, b))));

    private static readonly Gen<Possible> Dates =
        Gen.Select(Gen.Int[0, 45], Gen.Int[0, 20], (a, length) => (Possible)NumbersPossible.Of(Interval.Closed(FirstDay.AddDays(a).DayNumber, FirstDay.AddDays(Math.Min(45, a + length)).DayNumber)));

    private static Gen<Possible> Codes(int count) => Gen.Int[1, (1 << count) - 1].Select(mask => (Possible)new CodesPossible((ulong)mask));

    private static readonly Gen<Possible> Members =
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 15], (present, absent) => (Possible)new MembersPossible((ulong)present, (ulong)(absent & ~present), 15));

    /// <summary>What is known of one fact.</summary>
    private static Gen<Possible> KnowledgeOf(string name) => name switch
    {
        "Colour" => Codes(4),
        "Shape" => Codes(3),
        "Labels" => Members,
        "Pieces" => Whole,
        "Length" or "Width" => Number,
        "Picked" or "Sold" => Dates,
        _ => Codes(2),
    };

    /// <summary>What is known of everything.</summary>
    public static Gen<Possible[]> Knowledge { get; } =
        Names.Aggregate(Gen.Const(Market.Nothing()), (all, name) => Gen.Select(all, KnowledgeOf(name), (values, one) =>
        {
            var more = values.ToArray();
            more[Market.Dictionary.Find(name)!.Index] = one;
            return more;
        }));

    // ---- values ----

    /// <summary>Every value on the grid that a fact may take.</summary>
    public static IReadOnlyList<object> ValuesOf(string name, Possible possible)
    {
        var fact = Market.Dictionary.Find(name)!;
        return (fact.Kind, possible) switch
        {
            (ValueKind.Boolean, CodesPossible codes) => [.. new[] { false, true }.Where((_, i) => (codes.Mask & (1UL << i)) != 0).Cast<object>()],
            (_, CodesPossible codes) => [.. fact.Codes.Where((_, i) => (codes.Mask & (1UL << i)) != 0)],
            (_, MembersPossible members) => [.. Enumerable.Range(0, 16).Select(n => (ulong)n)
                .Where(bits => (bits & members.Absent) == 0 && (bits & members.Present) == members.Present)
                .Select(bits => (object)fact.Codes.Where((_, i) => (bits & (1UL << i)) != 0).ToHashSet(StringComparer.Ordinal))],
            (ValueKind.Date, NumbersPossible days) => [.. Enumerable.Range((int)days.Hull.Low, (int)(days.Hull.High - days.Hull.Low) + 1).Select(d => (object)DateOnly.FromDayNumber(d))],
            (_, NumbersPossible numbers) => [.. Enumerable.Range(-8 * 4, 22 * 4).Select(n => n / 4m)
                .Where(n => (name != "Pieces" || n == Math.Truncate(n)) && numbers.Intervals.Any(i => !i.Intersect(Interval.Point(n)).IsEmpty)).Cast<object>()],
            _ => throw new InvalidOperationException(name),
        };
    }

    /// <summary>A value as knowledge.</summary>
    public static Possible Known(string name, object value)
    {
        var fact = Market.Dictionary.Find(name)!;
        return value switch
        {
            bool b => b ? CodesPossible.True : CodesPossible.False,
            string code => new CodesPossible(1UL << fact.Codes.ToList().IndexOf(code)),
            IReadOnlySet<string> set => Complete(fact, set),
            DateOnly day => NumbersPossible.Of(day.DayNumber),
            _ => NumbersPossible.Of((decimal)value),
        };
    }

    private static MembersPossible Complete(Symbol fact, IReadOnlySet<string> set)
    {
        var present = fact.Codes.Select((c, i) => set.Contains(c) ? 1UL << i : 0).Aggregate(0UL, (all, bit) => all | bit);
        return new(present, fact.AllCodes & ~present, fact.AllCodes);
    }
}
