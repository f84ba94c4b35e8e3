using Google.OrTools.Sat;

namespace Hilum.Proof.Model;

/// <summary>A number of a patient as the solver sees it: decimal multiples of whole-number variables, and a constant.</summary>
/// <remarks>Exact: decimals are scaled to whole numbers only when two amounts are compared.</remarks>
internal sealed class Amount
{
    /// <summary>More digits than this after the point are not compared.</summary>
    private const int MostDecimals = 9;

    private readonly List<(LinearExpr Variable, decimal Factor, long Low, long High)> terms = [];

    private Amount(decimal constant) => Constant = constant;

    /// <summary>What is added to the multiples.</summary>
    public decimal Constant { get; private init; }

    /// <summary>A number that does not vary.</summary>
    public static Amount Of(decimal constant) => new(constant);

    /// <summary>A variable in units of <paramref name="factor"/>.</summary>
    public static Amount Of(LinearExpr variable, decimal factor, long low, long high)
    {
        var amount = new Amount(0);
        amount.terms.Add((variable, factor, low, high));
        return amount;
    }

    /// <summary>Whether it does not vary.</summary>
    public bool IsConstant => terms.Count == 0;

    /// <summary>The least value, by the bounds of the variables.</summary>
    public decimal Low => Constant + terms.Sum(t => Math.Min(t.Factor * t.Low, t.Factor * t.High));

    /// <summary>The greatest value, by the bounds of the variables.</summary>
    public decimal High => Constant + terms.Sum(t => Math.Max(t.Factor * t.Low, t.Factor * t.High));

    /// <summary>Digits after the point that it may have.</summary>
    public int Decimals => terms.Select(t => DecimalsOf(t.Factor)).Append(DecimalsOf(Constant)).Max();

    /// <summary>Multiplied by a number.</summary>
    public Amount Times(decimal factor)
    {
        var amount = new Amount(Constant * factor);
        foreach (var (variable, by, low, high) in terms)
            if (by * factor != 0) amount.terms.Add((variable, by * factor, low, high));
        return amount;
    }

    /// <summary>The sum with another.</summary>
    public Amount Plus(Amount other)
    {
        var amount = new Amount(Constant + other.Constant);
        amount.terms.AddRange(terms);
        amount.terms.AddRange(other.terms);
        return amount;
    }

    /// <summary>The whole-number expression that is this amount times a power of ten.</summary>
    /// <exception cref="NotTranslatedException">It has too many digits.</exception>
    public LinearExpr Scaled(int decimals)
    {
        var power = (decimal)Math.Pow(10, decimals);
        if (decimals > MostDecimals || Math.Max(Math.Abs(Low), Math.Abs(High)) * power > 1e15m) throw new NotTranslatedException($"a number with {decimals} digits after the point");
        return LinearExpr.Sum([.. terms.Select(t => LinearExpr.Term(t.Variable, (long)(t.Factor * power))), LinearExpr.Constant((long)(Constant * power))]);
    }

    /// <summary>Digits after the point of a decimal, without trailing zeros.</summary>
    public static int DecimalsOf(decimal value)
    {
        var decimals = 0;
        for (value = Math.Abs(value) % 1; value != 0 && decimals < 28; value = value * 10 % 1) decimals++;
        return decimals;
    }
}

/// <summary>A condition uses something that the solver's model does not hold: what depends on it is not proven.</summary>
/// <param name="what">What it uses.</param>
internal sealed class NotTranslatedException(string what) : Exception(what);
