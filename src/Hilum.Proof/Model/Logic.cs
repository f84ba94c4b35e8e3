using Google.OrTools.Sat;

namespace Hilum.Proof.Model;

/// <summary>Truth values for the solver, with constants folded.</summary>
internal sealed class Logic
{
    private readonly Dictionary<(int, int), ILiteral> conjunctions = [];

    /// <summary>The solver's model.</summary>
    public CpModel Model { get; } = new();

    /// <summary>Always true.</summary>
    public ILiteral True { get; }

    /// <summary>Always false.</summary>
    public ILiteral False { get; }

    public Logic()
    {
        True = Model.TrueLiteral();
        False = True.Not();
    }

    /// <summary>A constant.</summary>
    public ILiteral Of(bool value) => value ? True : False;

    /// <summary>A new free truth.</summary>
    public ILiteral New(string name) => Model.NewBoolVar(name);

    public bool IsTrue(ILiteral literal) => literal.GetIndex() == True.GetIndex();

    public bool IsFalse(ILiteral literal) => literal.GetIndex() == False.GetIndex();

    public ILiteral And(ILiteral a, ILiteral b)
    {
        if (IsFalse(a) || IsFalse(b)) return False;
        if (IsTrue(a)) return b;
        if (IsTrue(b) || a.GetIndex() == b.GetIndex()) return a;
        if (a.GetIndex() == b.Not().GetIndex()) return False;
        var key = (Math.Min(a.GetIndex(), b.GetIndex()), Math.Max(a.GetIndex(), b.GetIndex()));
        if (conjunctions.TryGetValue(key, out var known)) return known;
        var both = Model.NewBoolVar("");
        Model.AddBoolAnd([a, b]).OnlyEnforceIf(both);
        Model.AddBoolOr([a.Not(), b.Not(), both]);
        return conjunctions[key] = both;
    }

    public ILiteral Or(ILiteral a, ILiteral b) => And(a.Not(), b.Not()).Not();

    public ILiteral Any(IEnumerable<ILiteral> literals)
    {
        var kept = new List<ILiteral>();
        foreach (var literal in literals)
        {
            if (IsTrue(literal)) return True;
            if (!IsFalse(literal) && !kept.Exists(k => k.GetIndex() == literal.GetIndex())) kept.Add(literal);
        }

        if (kept.Count == 0) return False;
        if (kept.Count == 1) return kept[0];
        var any = Model.NewBoolVar("");
        Model.AddBoolOr([.. kept, any.Not()]);
        foreach (var literal in kept) Model.AddImplication(literal, any);
        return any;
    }

    public ILiteral All(IEnumerable<ILiteral> literals) => Any(literals.Select(l => l.Not())).Not();

    /// <summary>Whether a comparison of two amounts holds.</summary>
    public ILiteral Compare(Amount left, Expressions.Comparison comparison, Amount right)
    {
        var difference = left.Plus(right.Times(-1));
        var (low, high) = (difference.Low, difference.High);
        switch (comparison)
        {
            case Expressions.Comparison.Greater: return Compare(left, Expressions.Comparison.LessOrEqual, right).Not();
            case Expressions.Comparison.GreaterOrEqual: return Compare(left, Expressions.Comparison.Less, right).Not();
            case Expressions.Comparison.Less when high < 0: return True;
            case Expressions.Comparison.Less when low >= 0: return False;
            case Expressions.Comparison.LessOrEqual when high <= 0: return True;
            case Expressions.Comparison.LessOrEqual when low > 0: return False;
            case Expressions.Comparison.Equal when low == 0 && high == 0: return True;
            case Expressions.Comparison.Equal when low > 0 || high < 0: return False;
        }

        var expression = difference.Scaled(difference.Decimals);
        var holds = Model.NewBoolVar("");
        switch (comparison)
        {
            case Expressions.Comparison.Equal:
                Model.Add(expression == 0).OnlyEnforceIf(holds);
                Model.Add(expression != 0).OnlyEnforceIf(holds.Not());
                break;
            case Expressions.Comparison.Less:
                Model.Add(expression <= -1).OnlyEnforceIf(holds);
                Model.Add(expression >= 0).OnlyEnforceIf(holds.Not());
                break;
            default:
                Model.Add(expression <= 0).OnlyEnforceIf(holds);
                Model.Add(expression >= 1).OnlyEnforceIf(holds.Not());
                break;
        }

        return holds;
    }

    /// <summary>Holds two amounts equal while a condition holds.</summary>
    public void Equate(Amount left, Amount right, ILiteral when)
    {
        if (IsFalse(when)) return;
        var difference = left.Plus(right.Times(-1));
        Model.Add(difference.Scaled(difference.Decimals) == 0).OnlyEnforceIf(when);
    }
}
