using Hilum.Measures;

namespace Hilum.Expressions;

/// <summary>Gives names and types to a condition, and refuses what has no clear meaning.</summary>
/// <remarks>All mistakes are collected. The language has no <c>is null</c>: unknown is judged, never tested for.</remarks>
internal sealed class Binder(ISymbols symbols, bool allowNull, byte onlySystem = 255)
{
    /// <summary>The greatest number of years, months or days that a date may be moved by.</summary>
    private const int FurthestShift = 100_000;

    private readonly List<ConditionError> errors = [];

    public IReadOnlyList<ConditionError> Errors => errors;

    public int TodayIndex { get; init; } = -1;

    private abstract record Typed(int Position);

    private sealed record TruthTyped(int Position, TruthNode Node) : Typed(Position);

    /// <summary>A code; <c>Constant</c> is a bare quoted code that has not met its fact yet.</summary>
    private sealed record CodeTyped(int Position, CodeNode? Node, Symbol? Domain, string? Constant) : Typed(Position);

    private sealed record ListTyped(int Position, Symbol Symbol) : Typed(Position);

    private sealed record DateTyped(int Position, NumberNode Node) : Typed(Position);

    /// <summary>
    /// A number. Without a unit it takes the unit of what it meets; <c>Dual</c> is the fact whose second unit system it may be in;
    /// <c>Plain</c>: a literal, of which value and unit are known now.
    /// </summary>
    private sealed record NumberTyped(int Position, NumberNode Node, Unit? Unit, Symbol? Dual, bool Plain = false) : Typed(Position);

    private sealed record NullTyped(int Position) : Typed(Position);

    private sealed record SetTyped(int Position, IReadOnlyList<Syntax> Items) : Typed(Position);

    private sealed record BrokenTyped(int Position) : Typed(Position);

    public TruthNode? BindTruth(Syntax syntax) => errors.Count == 0 && Truth(Bind(syntax)) is { } node && errors.Count == 0 ? node : null;

    public CodeNode? BindCode(Syntax syntax, Symbol domain) => Code(Bind(syntax), domain) is { } node && errors.Count == 0 ? node : null;

    /// <summary>Binds a number, in the canonical unit of the symbol (of its unit system <c>onlySystem</c>, when that is stated).</summary>
    public NumberNode? BindNumber(Syntax syntax, Symbol target)
    {
        var unit = target.Units.Count == 0 ? null : onlySystem == 1 && target.SecondSystem is { } second ? second.Second : target.Units[0];
        var node = Bind(syntax) switch
        {
            NullTyped => new NumberUnknown(),
            NumberTyped number => InUnit(number, unit, target),
            var other => Wrong(other, "a number"),
        };
        return errors.Count == 0 ? node : null;
    }

    public NumberNode? BindDate(Syntax syntax)
    {
        var node = Bind(syntax) switch
        {
            NullTyped => new NumberUnknown(),
            DateTyped date => date.Node,
            var other => Wrong(other, "a date"),
        };
        return errors.Count == 0 ? node : null;
    }

    private NumberNode? InUnit(NumberTyped number, Unit? unit, Symbol target)
    {
        if (unit is null || number.Unit is null) return number.Node;
        if (number.Dual is { } dual)
        {
            if (unit == dual.Units[0] && target.SecondSystem?.Second == dual.SecondSystem!.Second) return number.Node;
            Error(number.Position, $"{dual.Name} has two unit systems, and {target.Name} has not the same");
            return null;
        }

        if (number.Unit.Dimension == unit.Dimension) return Scale(number.Node, number.Unit.Factor, unit.Factor);
        Error(number.Position, $"this is in {number.Unit.Code}, and {target.Name} is in {unit.Code}");
        return null;
    }

    /// <summary>A number times a fraction: a literal is multiplied first, so that 36 months are exactly 3 years.</summary>
    private static NumberNode Scale(NumberNode node, decimal numerator, decimal denominator = 1) => numerator == denominator ? node
        : node is NumberConstant { First: var first, Second: var second } ? new NumberConstant(first * numerator / denominator, second * numerator / denominator)
        : new Scaled(node, numerator / denominator);

    private Typed Bind(Syntax syntax) => syntax switch
    {
        BrokenSyntax broken => Broken(broken.Position, broken.Message),
        BooleanSyntax boolean => new TruthTyped(boolean.Position, new TruthConstant(boolean.Value)),
        NullSyntax => allowNull ? new NullTyped(syntax.Position) : Broken(syntax.Position, "'null' may stand only where a fact is derived: unknown is judged, never tested for"),
        CodeSyntax code => new CodeTyped(code.Position, null, null, code.Code),
        NumberSyntax number => BindLiteral(number),
        DateSyntax date => new DateTyped(date.Position, new NumberConstant(date.Date.Earliest.DayNumber, date.Date.Earliest.DayNumber)),
        TodaySyntax => new DateTyped(syntax.Position, new FactNumber(TodayIndex)),
        SetSyntax set => new SetTyped(set.Position, set.Items),
        NameSyntax name => BindName(name),
        PrefixSyntax prefix => BindPrefix(prefix),
        InfixSyntax infix => BindInfix(infix),
        RangeSyntax range => BindRange(range),
        DurationSyntax duration => BindDuration(duration),
        IfSyntax choice => BindIf(choice),
        _ => throw new InvalidOperationException($"No binding for {syntax.GetType().Name}."),
    };

    private Typed BindLiteral(NumberSyntax number)
    {
        if (number.Unit is null) return new NumberTyped(number.Position, new NumberConstant(number.Value, number.Value), null, null, Plain: true);
        return Unit.TryParse(number.Unit, out var unit)
            ? new NumberTyped(number.Position, new NumberConstant(number.Value, number.Value), unit, null, Plain: true)
            : Broken(number.Position, $"'{number.Unit}' is not a unit that Hilum knows");
    }

    private Typed BindName(NameSyntax name)
    {
        if (symbols.FindDefine(name.Name) is { } define) return new TruthTyped(name.Position, new Named(name.Name, define));
        if (symbols.Find(name.Name) is not { } symbol) return Broken(name.Position, $"'{name.Name}' is not a fact, a risk group or a defined term{Suggest(name.Name)}");
        return symbol.Kind switch
        {
            ValueKind.Boolean => new TruthTyped(name.Position, new IsTrue(symbol.Index)),
            ValueKind.Code => new CodeTyped(name.Position, new FactCode(symbol.Index), symbol, null),
            ValueKind.Codes => new ListTyped(name.Position, symbol),
            ValueKind.Date => new DateTyped(name.Position, new FactNumber(symbol.Index)),
            ValueKind.Number => new NumberTyped(name.Position, new FactNumber(symbol.Index, symbol.SecondSystem is null ? (byte)255 : onlySystem),
                symbol.Units.Count == 0 ? Unit.One : onlySystem == 1 && symbol.SecondSystem is { } second ? second.Second : symbol.Units[0],
                onlySystem == 255 && symbol.SecondSystem is not null ? symbol : null),
            _ => new ListTyped(name.Position, symbol),
        };
    }

    private Typed BindPrefix(PrefixSyntax prefix)
    {
        var operand = Bind(prefix.Operand);
        if (operand is BrokenTyped) return operand;
        switch (prefix.Operator)
        {
            case "not":
                return operand is NullTyped ? operand : Truth(operand) is { } truth ? new TruthTyped(prefix.Position, new Not(truth)) : new BrokenTyped(prefix.Position);
            case "exists":
                return operand is ListTyped list ? new TruthTyped(prefix.Position, new Exists(list.Symbol.Index)) : Broken(operand.Position, "'exists' needs a list");
            case "Count":
                return operand is ListTyped { Symbol.Kind: ValueKind.Codes } counted ? new NumberTyped(prefix.Position, new CountOf(counted.Symbol.Index), Unit.One, null) : Broken(operand.Position, "Count needs a list of codes");
            default:
                return operand is NumberTyped number ? number with { Node = Scale(number.Node, -1) } : Broken(operand.Position, "'-' needs a number");
        }
    }

    private Typed BindInfix(InfixSyntax infix)
    {
        var left = Bind(infix.Left);
        var right = Bind(infix.Right);
        if (left is BrokenTyped || right is BrokenTyped) return new BrokenTyped(infix.Position);
        return infix.Operator switch
        {
            "and" => Connect(infix, left, right, (a, b) => new And(a, b)),
            "or" => Connect(infix, left, right, (a, b) => new Or(a, b)),
            "xor" => Connect(infix, left, right, (a, b) => new Xor(a, b)),
            "implies" => Connect(infix, left, right, (a, b) => new Implies(a, b)),
            "=" => Equal(infix, left, right),
            "!=" => Equal(infix, left, right) is TruthTyped equal ? new TruthTyped(infix.Position, new Not(equal.Node)) : new BrokenTyped(infix.Position),
            "<" => Compared(infix, left, right, Comparison.Less),
            "<=" => Compared(infix, left, right, Comparison.LessOrEqual),
            ">" => Compared(infix, left, right, Comparison.Greater),
            ">=" => Compared(infix, left, right, Comparison.GreaterOrEqual),
            "in" => Member(infix, left, right),
            "contains" => Containing(infix, left, right),
            "included" => Included(infix, left, right),
            "+" or "-" => Add(infix, left, right),
            _ => Multiply(infix, left, right),
        };
    }

    private Typed Connect(InfixSyntax infix, Typed left, Typed right, Func<TruthNode, TruthNode, TruthNode> make) =>
        Truth(left) is { } a && Truth(right) is { } b ? new TruthTyped(infix.Position, make(a, b)) : new BrokenTyped(infix.Position);

    private TruthNode? Truth(Typed typed)
    {
        switch (typed)
        {
            case TruthTyped truth: return truth.Node;
            case NullTyped when allowNull: return new TruthUnknown();
            case BrokenTyped: return null;
            default:
                Error(typed.Position, $"{Describe(typed)} cannot be true or false");
                return null;
        }
    }

    private CodeNode? Code(Typed typed, Symbol domain)
    {
        switch (typed)
        {
            case NullTyped: return new CodeConstant(domain.AllCodes);
            case CodeTyped { Constant: { } code } constant: return MaskOf(code, domain, constant.Position) is { } mask ? new CodeConstant(mask) : null;
            case CodeTyped { Node: { } node, Domain: { } from } when from.Codes.SequenceEqual(domain.Codes): return node;
            case CodeTyped { Node: IfCode node, Domain: null }: return node;
            case BrokenTyped: return null;
            default:
                Error(typed.Position, $"{Describe(typed)} is not one of the codes of {domain.Name}");
                return null;
        }
    }

    private ulong? MaskOf(string code, Symbol domain, int position)
    {
        for (var i = 0; i < domain.Codes.Count; i++)
            if (domain.Codes[i] == code) return 1UL << i;
        Error(position, $"'{code}' is not a value of {domain.Name} ({string.Join(", ", domain.Codes)})");
        return null;
    }

    private ulong? MaskOf(SetTyped set, Symbol domain)
    {
        if (set.Items.Count == 0)
        {
            Error(set.Position, "an empty set: nothing can be in it");
            return null;
        }

        ulong all = 0;
        foreach (var item in set.Items)
        {
            if (item is not CodeSyntax code)
            {
                Error(item.Position, $"only codes of {domain.Name} can stand here");
                return null;
            }

            if (MaskOf(code.Code, domain, code.Position) is not { } bit) return null;
            if ((all & bit) != 0) Error(code.Position, $"'{code.Code}' stands twice in the set");
            all |= bit;
        }

        return all;
    }

    private Typed Equal(InfixSyntax infix, Typed left, Typed right)
    {
        if (left is NullTyped || right is NullTyped) return Broken(infix.Position, "null has no value to compare with: unknown is judged, never tested for");
        if (left is NumberTyped or DateTyped) return Compared(infix, left, right, Comparison.Equal);
        if (left is ListTyped or SetTyped || right is ListTyped or SetTyped) return Broken(infix.Position, "lists are never compared with '=': use contains, included in, exists or Count");
        if (left is TruthTyped && right is TruthTyped) return Broken(infix.Position, "write the Boolean itself, or 'not' before it, in place of '='");
        if (left is CodeTyped { Domain: { } domain, Node: { } node })
        {
            return Code(right, domain) switch
            {
                CodeConstant constant => new TruthTyped(infix.Position, new CodeIn(node, constant.Mask)),
                null => new BrokenTyped(infix.Position),
                _ => Broken(infix.Position, "a code is compared with quoted codes only"),
            };
        }

        return left is CodeTyped && right is CodeTyped { Domain: not null } ? Equal(infix, right, left) : Broken(infix.Position, $"{Describe(left)} and {Describe(right)} cannot be compared");
    }

    private Typed Member(InfixSyntax infix, Typed left, Typed right)
    {
        if (right is not SetTyped set) return Broken(right.Position, "'in' needs a set in braces");
        if (left is ListTyped) return Broken(left.Position, "a list is asked with contains or included in");
        return left is CodeTyped { Domain: { } domain, Node: { } node }
            ? MaskOf(set, domain) is { } mask ? new TruthTyped(infix.Position, new CodeIn(node, mask)) : new BrokenTyped(infix.Position)
            : Broken(left.Position, $"{Describe(left)} has no codes");
    }

    private Typed Containing(InfixSyntax infix, Typed left, Typed right)
    {
        if (left is not ListTyped { Symbol.Kind: ValueKind.Codes } list) return Broken(left.Position, "'contains' needs a list of codes on its left");
        if (right is not CodeTyped { Constant: { } code }) return Broken(right.Position, "'contains' needs one quoted code on its right");
        return MaskOf(code, list.Symbol, right.Position) is { } bit
            ? new TruthTyped(infix.Position, new Contains(list.Symbol.Index, System.Numerics.BitOperations.TrailingZeroCount(bit)))
            : new BrokenTyped(infix.Position);
    }

    private Typed Included(InfixSyntax infix, Typed left, Typed right)
    {
        if (left is not ListTyped { Symbol.Kind: ValueKind.Codes } list) return Broken(left.Position, "'included in' needs a list of codes on its left");
        if (right is not SetTyped set) return Broken(right.Position, "'included in' needs a set in braces");
        return MaskOf(set, list.Symbol) is { } mask ? new TruthTyped(infix.Position, new IncludedIn(list.Symbol.Index, mask)) : new BrokenTyped(infix.Position);
    }

    private Typed BindRange(RangeSyntax range)
    {
        var operand = Bind(range.Operand);
        var low = Bind(range.Low);
        var high = Bind(range.High);
        if (operand is BrokenTyped || low is BrokenTyped || high is BrokenTyped) return new BrokenTyped(range.Position);
        var at = new InfixSyntax(range.Position, ">=", range.Operand, range.Low);
        if (Compared(at, operand, low, Comparison.GreaterOrEqual) is not TruthTyped above || Compared(at, operand, high, Comparison.LessOrEqual) is not TruthTyped below)
            return new BrokenTyped(range.Position);
        if (above.Node is Compare { Right: NumberConstant { First: var a } } && below.Node is Compare { Right: NumberConstant { First: var b } } && a > b)
            return Broken(range.Position, "an empty range: its low end is above its high end");
        return new TruthTyped(range.Position, new And(above.Node, below.Node));
    }

    private Typed BindDuration(DurationSyntax duration)
    {
        var start = Bind(duration.Start);
        var end = Bind(duration.End);
        if (start is DateTyped a && end is DateTyped b)
            return new NumberTyped(duration.Position, new Between(a.Node, b.Node, duration.Years), duration.Years ? Unit.Parse("years") : Unit.Months, null);
        if (start is not BrokenTyped && start is not DateTyped) Error(start.Position, $"{Describe(start)} is not a date");
        if (end is not BrokenTyped && end is not DateTyped) Error(end.Position, $"{Describe(end)} is not a date");
        return new BrokenTyped(duration.Position);
    }

    private Typed BindIf(IfSyntax choice)
    {
        var condition = Truth(Bind(choice.When));
        var then = Bind(choice.Then);
        var otherwise = Bind(choice.Else);
        if (condition is null || then is BrokenTyped || otherwise is BrokenTyped) return new BrokenTyped(choice.Position);
        var shape = then is NullTyped ? otherwise : then;
        switch (shape)
        {
            case NullTyped: return shape;
            case TruthTyped: return Truth(then) is { } a && Truth(otherwise) is { } b ? new TruthTyped(choice.Position, new IfTruth(condition, a, b)) : new BrokenTyped(choice.Position);
            case CodeTyped when CodeDomain is { } domain:
                return Code(then, domain) is { } x && Code(otherwise, domain) is { } y
                    ? new CodeTyped(choice.Position, new IfCode(condition, x, y), domain, null)
                    : new BrokenTyped(choice.Position);
            case DateTyped: return new DateTyped(choice.Position, new IfNumber(condition, AsDate(then), AsDate(otherwise)));
            case NumberTyped number when MixesSystems(then, otherwise):
                return Broken((number.Dual is null ? then : otherwise).Position, "a quantity with two unit systems cannot be chosen by 'if' beside one with a single system");
            case NumberTyped number:
                return new NumberTyped(choice.Position, new IfNumber(condition, AsNumber(then, number), AsNumber(otherwise, number)), number.Unit, number.Dual);
            default: return Broken(choice.Position, $"{Describe(shape)} cannot be chosen by 'if' here");
        }
    }

    private static bool MixesSystems(Typed then, Typed otherwise) =>
        then is NumberTyped a && otherwise is NumberTyped b
        && (a.Dual is null != b.Dual is null || (a.Dual is { } x && b.Dual is { } y && (x.Units[0] != y.Units[0] || x.SecondSystem!.ToFirst != y.SecondSystem!.ToFirst)));

    /// <summary>The codes that an 'if' of codes chooses from: those of the fact being derived.</summary>
    public Symbol? CodeDomain { get; init; }

    private NumberNode AsDate(Typed typed)
    {
        if (typed is DateTyped date) return date.Node;
        if (typed is not NullTyped) Error(typed.Position, $"{Describe(typed)} is not a date");
        return new NumberUnknown();
    }

    private NumberNode AsNumber(Typed typed, NumberTyped like)
    {
        if (typed is NullTyped) return new NumberUnknown();
        if (typed is NumberTyped number)
        {
            if (number.Unit is null || like.Unit is null || number.Unit == like.Unit) return number.Node;
            if (number.Unit.Dimension == like.Unit.Dimension) return Scale(number.Node, number.Unit.Factor, like.Unit.Factor);
            Error(number.Position, $"one branch is in {like.Unit.Code}, the other in {number.Unit.Code}");
            return new NumberUnknown();
        }

        Error(typed.Position, $"{Describe(typed)} is not a number");
        return new NumberUnknown();
    }

    private Typed Compared(InfixSyntax infix, Typed left, Typed right, Comparison op)
    {
        if (left is DateTyped a && right is DateTyped b) return new TruthTyped(infix.Position, new Compare(a.Node, op, b.Node, 1));
        if (left is not NumberTyped l || right is not NumberTyped r) return Broken(infix.Position, $"{Describe(left)} and {Describe(right)} cannot be compared");
        if (l.Plain && !r.Plain) return Compared(infix, right, left, Flip(op));
        return Match(l, r) is { } matched ? new TruthTyped(infix.Position, new Compare(l.Node, op, matched, ToFirst(l, r))) : new BrokenTyped(infix.Position);
    }

    private static decimal ToFirst(NumberTyped l, NumberTyped r) => (l.Dual ?? r.Dual)?.SecondSystem!.ToFirst ?? 1;

    private static Comparison Flip(Comparison op) => op switch
    {
        Comparison.Less => Comparison.Greater,
        Comparison.LessOrEqual => Comparison.GreaterOrEqual,
        Comparison.Greater => Comparison.Less,
        Comparison.GreaterOrEqual => Comparison.LessOrEqual,
        _ => op,
    };

    /// <summary>The right side in the unit of the left; null and an error when their units do not fit.</summary>
    private NumberNode? Match(NumberTyped left, NumberTyped right)
    {
        if (left.Dual is { } dual)
        {
            if (right.Dual is { } other)
            {
                if (dual.Units[0].Dimension == other.Units[0].Dimension && dual.SecondSystem!.ToFirst == other.SecondSystem!.ToFirst) return right.Node;
                Error(right.Position, $"{other.Name} and {dual.Name} are not the same kind of quantity");
                return null;
            }

            if (right.Plain) return Paired(dual, right);
            Error(right.Position, $"this cannot be compared with {dual.Name}, which laboratories report in {dual.Units[0].Code} or {dual.SecondSystem!.Second.Code}");
            return null;
        }

        if (right.Dual is { } mixed)
        {
            Error(left.Position, $"this cannot be compared with {mixed.Name}, which laboratories report in {mixed.Units[0].Code} or {mixed.SecondSystem!.Second.Code}");
            return null;
        }

        if (left.Unit is null && right.Unit is null) return right.Node;
        if (left.Unit is null || right.Unit is null)
        {
            // a ratio is a pure number, whatever the units of its parts are
            if ((left.Unit ?? right.Unit)!.Dimension == Dimension.One) return Scale(right.Node, right.Unit?.Factor ?? 1, left.Unit?.Factor ?? 1);
            if (Bare(left.Unit is null ? right : left) is { } problem) Error((left.Unit is null ? left : right).Position, problem);
            return right.Node;
        }

        if (left.Unit.Dimension == right.Unit.Dimension) return Scale(right.Node, right.Unit.Factor, left.Unit.Factor);
        Error(right.Position, $"{right.Unit.Code} cannot be compared with {left.Unit.Code}");
        return null;
    }

    /// <summary>A bare number beside a quantity is clear only where that is always in one unit.</summary>
    private string? Bare(NumberTyped quantity) =>
        References.Of(quantity.Node).Select(SymbolAt).FirstOrDefault(s => s is { Units.Count: > 1 }) is { } symbol
            ? $"state the unit: {symbol.Name} may be in {string.Join(" or ", symbol.Units.Select(u => u.Code))}"
            : null;

    private Symbol? SymbolAt(int index) => symbols.Names.Select(symbols.Find).FirstOrDefault(s => s?.Index == index);

    private NumberNode? Paired(Symbol dual, NumberTyped literal)
    {
        var system = dual.SecondSystem!;
        if (literal.Unit is null)
        {
            Error(literal.Position, $"state the unit: {dual.Name} may be in {dual.Units[0].Code} or {system.Second.Code}");
            return null;
        }

        var second = literal.Unit.Dimension == system.Second.Dimension;
        if (!second && literal.Unit.Dimension != dual.Units[0].Dimension)
        {
            Error(literal.Position, $"{literal.Unit.Code} cannot be compared with {dual.Name}");
            return null;
        }

        var value = ((NumberConstant)literal.Node).First * literal.Unit.Factor / (second ? system.Second : dual.Units[0]).Factor;
        foreach (var pair in system.Pairs)
            if ((second ? pair.Second : pair.First) == value) return new NumberConstant(pair.First, pair.Second);
        Error(literal.Position, $"the threshold {Quantity.Format(value)} {(second ? system.Second : dual.Units[0]).Code} of {dual.Name} must stand in both unit systems: add its pair to the fact's thresholds");
        return null;
    }

    private Typed Add(InfixSyntax infix, Typed left, Typed right)
    {
        var minus = infix.Operator == "-";
        if (left is DateTyped date && right is NumberTyped { Node: NumberConstant { First: var amount }, Unit: { } unit, Plain: true } && amount == Math.Truncate(amount))
        {
            if (Math.Abs(amount) > FurthestShift) return Broken(infix.Position, $"{Quantity.Format(amount)} {unit.Code}: too far for a calendar");
            var n = (int)(minus ? -amount : amount);
            if (unit.Dimension == Unit.Months.Dimension) return new DateTyped(infix.Position, new Shifted(date.Node, n * (int)unit.Factor, 0));
            if (unit == Unit.Days) return new DateTyped(infix.Position, new Shifted(date.Node, 0, n));
        }

        if (left is not NumberTyped l || right is not NumberTyped r) return Broken(infix.Position, $"{Describe(left)} and {Describe(right)} cannot be added");
        return Match(l, r) is { } matched
            ? new NumberTyped(infix.Position, new Sum(l.Node, matched, minus, ToFirst(l, r)), l.Unit ?? (r.Unit?.Dimension == Dimension.One ? Unit.One : r.Unit), l.Dual ?? r.Dual)
            : new BrokenTyped(infix.Position);
    }

    private Typed Multiply(InfixSyntax infix, Typed left, Typed right)
    {
        if (left is not NumberTyped l || right is not NumberTyped r) return Broken(infix.Position, $"{Describe(left)} and {Describe(right)} cannot be multiplied");
        var divide = infix.Operator == "/";
        if (r.Unit is null) return l with { Position = infix.Position, Node = new Product(l.Node, r.Node, divide), Plain = false };
        if (l.Unit is null && !divide) return r with { Position = infix.Position, Node = new Product(r.Node, l.Node, false), Plain = false };
        if (l.Dual is not null || r.Dual is not null) return Broken(infix.Position, "a quantity with two unit systems can be multiplied by a plain number only");
        var left1 = l.Unit ?? Unit.One;
        var factor = divide ? left1.Factor / r.Unit.Factor : left1.Factor * r.Unit.Factor;
        var unit = new Unit("(product)", factor, left1.Dimension * (divide ? r.Unit.Dimension.Inverse : r.Unit.Dimension));
        return new NumberTyped(infix.Position, new Product(l.Node, r.Node, divide), unit, null);
    }

    private static string Describe(Typed typed) => typed switch
    {
        TruthTyped => "a Boolean",
        CodeTyped { Constant: { } code } => $"'{code}'",
        CodeTyped { Domain: { } domain } => domain.Name,
        ListTyped list => $"the list {list.Symbol.Name}",
        DateTyped => "a date",
        NumberTyped { Unit: { } unit } => $"a quantity in {unit.Code}",
        NumberTyped => "a number",
        SetTyped => "a set",
        NullTyped => "null",
        _ => "this",
    };

    private NumberNode? Wrong(Typed typed, string expected)
    {
        if (typed is not BrokenTyped) Error(typed.Position, $"{Describe(typed)} is not {expected}");
        return null;
    }

    private string Suggest(string name) =>
        symbols.Names.Select(n => (n, Spelling.Distance(n, name))).Where(p => p.Item2 <= 3).OrderBy(p => p.Item2).ThenBy(p => p.n, StringComparer.Ordinal).Select(p => p.n).FirstOrDefault() is { } near ? $"; did you mean {near}?" : "";

    private BrokenTyped Broken(int position, string message)
    {
        Error(position, message);
        return new BrokenTyped(position);
    }

    private void Error(int position, string message) => errors.Add(new(position, message));
}
