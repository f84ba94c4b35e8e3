using Google.OrTools.Sat;
using Hilum.Expressions;
using Hilum.Facts;

namespace Hilum.Proof.Model;

/// <summary>Two truths: that something is true, and that it is false. Neither holds where nothing follows (<c>null</c> in a derivation).</summary>
internal readonly record struct Kleene(ILiteral IsTrue, ILiteral IsFalse)
{
    public Kleene Not => new(IsFalse, IsTrue);
}

/// <summary>A number that may be missing.</summary>
internal readonly record struct MaybeAmount(Amount Amount, ILiteral IsKnown);

/// <summary>Turns conditions over a fully known patient into constraints.</summary>
/// <param name="logic">The solver's model.</param>
/// <param name="facts">The patient.</param>
/// <param name="dictionary">What the facts are.</param>
/// <param name="calendar">How dates are counted.</param>
internal sealed class Translation(Logic logic, IPatientFacts facts, FactDictionary dictionary, Calendar calendar)
{
    private readonly Dictionary<TruthNode, Kleene> known = [];

    /// <summary>The truth of a condition; conditions hold no <c>null</c>, so it is true or false.</summary>
    public ILiteral Of(TruthNode node) => Truth(node).IsTrue;

    /// <summary>What follows by a condition of a derivation.</summary>
    public Kleene Truth(TruthNode node)
    {
        if (known.TryGetValue(node, out var before)) return before;
        return known[node] = node switch
        {
            TruthConstant n => new(logic.Of(n.Value), logic.Of(!n.Value)),
            TruthUnknown => new(logic.False, logic.False),
            Named n => Truth(n.Body),
            Not n => Truth(n.Operand).Not,
            And n => And(Truth(n.Left), Truth(n.Right)),
            Or n => And(Truth(n.Left).Not, Truth(n.Right).Not).Not,
            Implies n => And(Truth(n.Left), Truth(n.Right).Not).Not,
            Xor n => Xor(Truth(n.Left), Truth(n.Right)),
            IfTruth n => If(Truth(n.When), Truth(n.Then), Truth(n.Else)),
            IsTrue n => Sure(facts.Bits(n.Fact)[1]),
            CodeIn n => new(Within(n.Operand, n.Mask), Within(n.Operand, ~n.Mask)),
            Contains n => Sure(facts.Bits(n.Fact)[n.Bit]),
            IncludedIn n => Sure(logic.Any(facts.Bits(n.Fact).Where((_, bit) => (n.Mask & (1UL << bit)) == 0)).Not()),
            Exists n => Sure(logic.Any(facts.Bits(n.Fact))),
            Compare n => Compare(n),
            _ => throw new NotTranslatedException(node.GetType().Name),
        };
    }

    /// <summary>Whether a code is surely one of some codes.</summary>
    public ILiteral Within(CodeNode node, ulong mask) => node switch
    {
        FactCode n => logic.Any(facts.Bits(n.Fact).Where((_, bit) => (mask & (1UL << bit)) != 0)),
        CodeConstant n => logic.Of((n.Mask & ~mask) == 0),
        IfCode n when Truth(n.When) is var when => logic.Any([
            logic.And(when.IsTrue, Within(n.Then, mask)),
            logic.And(when.IsFalse, Within(n.Else, mask)),
            logic.And(Within(n.Then, mask), Within(n.Else, mask)),
        ]),
        _ => throw new NotTranslatedException(node.GetType().Name),
    };

    /// <summary>A number or date, in the first unit system.</summary>
    public MaybeAmount Number(NumberNode node, bool isDate = false)
    {
        switch (node)
        {
            case FactNumber n: return n.OnlySystem == 1 ? Missing : new(facts.Amount(n.Fact), facts.IsStated(n.Fact));
            case NumberConstant n: return new(Amount.Of(isDate ? calendar.Of(DateOnly.FromDayNumber((int)n.First)) : n.First), logic.True);
            case NumberUnknown: return Missing;
            case CountOf n:
                var count = Amount.Of(0);
                foreach (var bit in facts.Bits(n.Fact)) count = count.Plus(Amount.Of(LinearExpr.Term(bit, 1), 1, 0, 1));
                return new(count, logic.True);
            case Scaled n when Number(n.Operand) is var operand: return operand with { Amount = operand.Amount.Times(n.Factor) };
            case Sum n when (Number(n.Left), Number(n.Right)) is var (left, right):
                return new(left.Amount.Plus(right.Amount.Times(n.Minus ? -1 : 1)), logic.And(left.IsKnown, right.IsKnown));
            case Product n: return Product(n);
            case Shifted n when Number(n.Date, isDate: true) is var date:
                if (n.Days != 0) throw new NotTranslatedException("a date plus a number of days");
                return date with { Amount = date.Amount.Plus(Amount.Of(n.Months * (long)Calendar.Days)) };
            case Between n: return Between(n);
            case IfNumber n: return If(n, isDate);
            default: throw new NotTranslatedException(node.GetType().Name);
        }
    }

    /// <summary>Whether a number is a date.</summary>
    public bool IsDate(NumberNode node) => node switch
    {
        FactNumber n => dictionary.Facts[n.Fact].Type is FactType.Date,
        Shifted => true,
        IfNumber n => IsDate(n.Then) || IsDate(n.Else),
        _ => false,
    };

    private MaybeAmount Missing => new(Amount.Of(0), logic.False);

    private Kleene Sure(ILiteral truth) => new(truth, truth.Not());

    private Kleene And(Kleene a, Kleene b)
    {
        var both = logic.And(a.IsTrue, b.IsTrue);
        return IsTwoValued(a) && IsTwoValued(b) ? Sure(both) : new(both, logic.Or(a.IsFalse, b.IsFalse));
    }

    private Kleene Xor(Kleene a, Kleene b)
    {
        var differ = logic.Or(logic.And(a.IsTrue, b.IsFalse), logic.And(a.IsFalse, b.IsTrue));
        return IsTwoValued(a) && IsTwoValued(b) ? Sure(differ) : new(differ, logic.Or(logic.And(a.IsTrue, b.IsTrue), logic.And(a.IsFalse, b.IsFalse)));
    }

    private Kleene If(Kleene when, Kleene then, Kleene otherwise)
    {
        var isTrue = logic.Or(logic.And(when.IsTrue, then.IsTrue), logic.And(when.IsFalse, otherwise.IsTrue));
        if (IsTwoValued(when) && IsTwoValued(then) && IsTwoValued(otherwise)) return Sure(isTrue);
        var isFalse = logic.Or(logic.And(when.IsTrue, then.IsFalse), logic.And(when.IsFalse, otherwise.IsFalse));
        return new(logic.Or(isTrue, logic.And(then.IsTrue, otherwise.IsTrue)), logic.Or(isFalse, logic.And(then.IsFalse, otherwise.IsFalse)));
    }

    private static bool IsTwoValued(Kleene truth) => truth.IsTrue.GetIndex() == truth.IsFalse.Not().GetIndex();

    private Kleene Compare(Compare node)
    {
        var isDate = IsDate(node.Left) || IsDate(node.Right);
        var (left, right) = (Number(node.Left, isDate), Number(node.Right, isDate));
        var sure = logic.And(left.IsKnown, right.IsKnown);
        if (logic.IsFalse(sure)) return new(logic.False, logic.False);
        var holds = logic.Compare(left.Amount, node.Operator, right.Amount);
        return logic.IsTrue(sure) ? Sure(holds) : new(logic.And(sure, holds), logic.And(sure, holds.Not()));
    }

    private MaybeAmount Product(Product node)
    {
        var (left, right) = (Number(node.Left), Number(node.Right));
        var sure = logic.And(left.IsKnown, right.IsKnown);
        if (right.Amount.IsConstant)
        {
            if (!node.Divide) return new(left.Amount.Times(right.Amount.Constant), sure);
            return right.Amount.Constant == 0 ? Missing : new(left.Amount.Times(1 / right.Amount.Constant), sure);
        }

        if (left.Amount.IsConstant && !node.Divide) return new(right.Amount.Times(left.Amount.Constant), sure);
        throw new NotTranslatedException("a product or quotient of two facts");
    }

    /// <summary>Whole months or years, towards zero.</summary>
    private MaybeAmount Between(Between node)
    {
        var (start, end) = (Number(node.Start, isDate: true), Number(node.End, isDate: true));
        var days = end.Amount.Plus(start.Amount.Times(-1));
        var part = Calendar.Days * (node.Years ? 12 : 1);
        var (low, high) = ((long)days.Low / part, (long)days.High / part);
        var whole = logic.Model.NewIntVar(low, high, "");
        logic.Model.AddDivisionEquality(whole, days.Scaled(0), LinearExpr.Constant(part));
        return new(Amount.Of(whole, 1, low, high), logic.And(start.IsKnown, end.IsKnown));
    }

    private MaybeAmount If(IfNumber node, bool isDate)
    {
        var when = Truth(node.When);
        isDate |= IsDate(node);
        var (then, otherwise) = (Number(node.Then, isDate), Number(node.Else, isDate));
        var (useThen, useElse) = (logic.And(when.IsTrue, then.IsKnown), logic.And(when.IsFalse, otherwise.IsKnown));
        var decimals = Math.Max(then.Amount.Decimals, otherwise.Amount.Decimals);
        var unit = 1m;
        for (var i = 0; i < decimals; i++) unit /= 10;
        var (low, high) = ((long)(Math.Min(then.Amount.Low, otherwise.Amount.Low) / unit), (long)(Math.Max(then.Amount.High, otherwise.Amount.High) / unit));
        var chosen = Amount.Of(logic.Model.NewIntVar(low, high, ""), unit, low, high);
        logic.Equate(chosen, then.Amount, useThen);
        logic.Equate(chosen, otherwise.Amount, useElse);
        return new(chosen, logic.Or(useThen, useElse));
    }
}

/// <summary>The facts of a patient as the solver's variables.</summary>
internal interface IPatientFacts
{
    /// <summary>The truths of a Boolean (false, true), of each code, or of each member of a list.</summary>
    ILiteral[] Bits(int fact);

    /// <summary>A number or a date.</summary>
    Amount Amount(int fact);

    /// <summary>Whether a number or date has a value at all.</summary>
    ILiteral IsStated(int fact);
}
