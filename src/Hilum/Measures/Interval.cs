
namespace Hilum.Measures;

/// <summary>The numbers that something may still be, as one stretch of the number line.</summary>
/// <param name="HasLow">Whether there is a lower end.</param>
/// <param name="Low">The lower end.</param>
/// <param name="LowOpen">Whether the lower end itself is excluded.</param>
/// <param name="HasHigh">Whether there is an upper end.</param>
/// <param name="High">The upper end.</param>
/// <param name="HighOpen">Whether the upper end itself is excluded.</param>
/// <param name="System">0: the numbers are in the first unit system of the fact; 1: in its second (molar beside mass).</param>
/// <remarks>The default is every number, in system 0.</remarks>
public readonly record struct Interval(bool HasLow, decimal Low, bool LowOpen, bool HasHigh, decimal High, bool HighOpen, byte System = 0)
{
    /// <summary>Every number.</summary>
    public static Interval All => default;

    /// <summary>One number.</summary>
    public static Interval Point(decimal value, byte system = 0) => new(true, value, false, true, value, false, system);

    /// <summary>From a to b, both included.</summary>
    public static Interval Closed(decimal low, decimal high, byte system = 0) => new(true, low, false, true, high, false, system);

    /// <summary>Everything at or above (or above, when open).</summary>
    public static Interval From(decimal low, bool open = false, byte system = 0) => new(true, low, open, false, 0, false, system);

    /// <summary>Everything at or below (or below, when open).</summary>
    public static Interval UpTo(decimal high, bool open = false, byte system = 0) => new(false, 0, false, true, high, open, system);

    /// <summary>Whether exactly one number is left.</summary>
    public bool IsPoint => HasLow && HasHigh && !LowOpen && !HighOpen && Low == High;

    /// <summary>Whether nothing is left.</summary>
    public bool IsEmpty => HasLow && HasHigh && (Low > High || (Low == High && (LowOpen || HighOpen)));

    /// <summary>Whether nothing is known.</summary>
    public bool IsAll => !HasLow && !HasHigh;

    /// <summary>Multiplied by a number that is not zero; the result is in the given unit system. An end too large for a decimal is no end.</summary>
    public Interval Scale(decimal factor, byte system) => factor >= 0
        ? Between(HasLow ? Product(Low, factor) : null, LowOpen, HasHigh ? Product(High, factor) : null, HighOpen, system)
        : Between(HasHigh ? Product(High, factor) : null, HighOpen, HasLow ? Product(Low, factor) : null, LowOpen, system);

    /// <summary>Divided by a number that is not zero, in the same unit system: not the same as to scale by its rounded reciprocal.</summary>
    public Interval Divide(decimal divisor) => divisor >= 0
        ? Between(HasLow ? Quotient(Low, divisor) : null, LowOpen, HasHigh ? Quotient(High, divisor) : null, HighOpen, System)
        : Between(HasHigh ? Quotient(High, divisor) : null, HighOpen, HasLow ? Quotient(Low, divisor) : null, LowOpen, System);

    /// <summary>The sum of any number here and any number there.</summary>
    public Interval Plus(Interval other) => Between(
        HasLow && other.HasLow ? Sum(Low, other.Low) : null, LowOpen || other.LowOpen,
        HasHigh && other.HasHigh ? Sum(High, other.High) : null, HighOpen || other.HighOpen, System);

    /// <summary>The numbers in both; may be empty.</summary>
    public Interval Intersect(Interval other)
    {
        var (hasLow, low, lowOpen) = (HasLow, Low, LowOpen);
        if (other.HasLow && (!hasLow || other.Low > low || (other.Low == low && other.LowOpen))) (hasLow, low, lowOpen) = (true, other.Low, other.LowOpen);
        var (hasHigh, high, highOpen) = (HasHigh, High, HighOpen);
        if (other.HasHigh && (!hasHigh || other.High < high || (other.High == high && other.HighOpen))) (hasHigh, high, highOpen) = (true, other.High, other.HighOpen);
        return new(hasLow, low, lowOpen, hasHigh, high, highOpen, System);
    }

    /// <summary>The shortest interval that holds both.</summary>
    public Interval Hull(Interval other) => Between(
        HasLow && other.HasLow ? Math.Min(Low, other.Low) : null, Low < other.Low ? LowOpen : other.Low < Low ? other.LowOpen : LowOpen && other.LowOpen,
        HasHigh && other.HasHigh ? Math.Max(High, other.High) : null, High > other.High ? HighOpen : other.High > High ? other.HighOpen : HighOpen && other.HighOpen, System);

    /// <summary>Whether every number here is below every number there (True), none is (False), or it depends.</summary>
    public Truth Less(Interval other)
    {
        if (HasHigh && other.HasLow && (High < other.Low || (High == other.Low && (HighOpen || other.LowOpen)))) return Truth.True;
        if (HasLow && other.HasHigh && Low >= other.High) return Truth.False;
        return Truth.Undecided;
    }

    /// <summary>As <see cref="Less"/>, with equality.</summary>
    public Truth LessOrEqual(Interval other) => other.Less(this).Not();

    /// <summary>Whether the two are the same number (True), share none (False), or it depends.</summary>
    public Truth Same(Interval other)
    {
        if (IsPoint && other.IsPoint) return (Low == other.Low).ToTruth();
        return Intersect(other).IsEmpty ? Truth.False : Truth.Undecided;
    }

    private static Interval Between(decimal? low, bool lowOpen, decimal? high, bool highOpen, byte system) =>
        new(low.HasValue, low ?? 0, low.HasValue && lowOpen, high.HasValue, high ?? 0, high.HasValue && highOpen, system);

    private static decimal? Sum(decimal a, decimal b)
    {
        try
        {
            return a + b;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static decimal? Product(decimal a, decimal b)
    {
        try
        {
            return a * b;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static decimal? Quotient(decimal a, decimal b)
    {
        try
        {
            return a / b;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
