using CsCheck;

namespace Hilum.Tests.Expressions;

/// <summary>What is the case: every fact with one value (bool, string, a set of strings, decimal, DateOnly), by name.</summary>
internal sealed class World
{
    private readonly Dictionary<string, object> values = new(StringComparer.Ordinal);

    public object this[string name]
    {
        get => values[name];
        set => values[name] = value;
    }

    public bool Bool(string name) => (bool)values[name];

    public string Code(string name) => (string)values[name];

    public IReadOnlySet<string> Codes(string name) => (IReadOnlySet<string>)values[name];
}

/// <summary>A condition with a meaning of its own: plain C# over a world in which everything is known. The reference that the language is checked against.</summary>
internal abstract record Claim
{
    /// <summary>The condition as text.</summary>
    public abstract string Text { get; }

    /// <summary>The names it speaks of.</summary>
    public abstract IEnumerable<string> Names { get; }

    /// <summary>Whether it holds.</summary>
    public abstract bool Holds(World world);
}

internal sealed record BoolClaim(string Name) : Claim
{
    public override string Text => Name;

    public override IEnumerable<string> Names => [Name];

    public override bool Holds(World world) => world.Bool(Name);
}

internal sealed record CodeClaim(string Name, string Code, bool Differs) : Claim
{
    public override string Text => $"{Name} {(Differs ? "!=" : "=")} '{Code}'";

    public override IEnumerable<string> Names => [Name];

    public override bool Holds(World world) => (world.Code(Name) == Code) != Differs;
}

internal sealed record InClaim(string Name, string[] Codes) : Claim
{
    public override string Text => $"{Name} in {{ {string.Join(", ", Codes.Select(c => $"'{c}'"))} }}";

    public override IEnumerable<string> Names => [Name];

    public override bool Holds(World world) => Codes.Contains(world.Code(Name));
}

internal sealed record ContainsClaim(string Name, string Code) : Claim
{
    public override string Text => $"{Name} contains '{Code}'";

    public override IEnumerable<string> Names => [Name];

    public override bool Holds(World world) => world.Codes(Name).Contains(Code);
}

internal sealed record IncludedClaim(string Name, string[] Codes) : Claim
{
    public override string Text => $"{Name} included in {{ {string.Join(", ", Codes.Select(c => $"'{c}'"))} }}";

    public override IEnumerable<string> Names => [Name];

    public override bool Holds(World world) => world.Codes(Name).All(Codes.Contains);
}

internal sealed record ExistsClaim(string Name) : Claim
{
    public override string Text => $"exists {Name}";

    public override IEnumerable<string> Names => [Name];

    public override bool Holds(World world) => world.Codes(Name).Count > 0;
}

internal sealed record CountClaim(string Name, string Operator, int Number) : Claim
{
    public override string Text => $"Count({Name}) {Operator} {Number}";

    public override IEnumerable<string> Names => [Name];

    public override bool Holds(World world) => CompareClaim.Holds(world.Codes(Name).Count, Operator, Number);
}

/// <summary>Two numbers or two dates (as day numbers) compared.</summary>
internal sealed record CompareClaim(Term Left, string Operator, Term Right) : Claim
{
    public override string Text => $"{Left.Text} {Operator} {Right.Text}";

    public override IEnumerable<string> Names => Left.Names.Concat(Right.Names);

    public override bool Holds(World world) => Holds(Left.Value(world), Operator, Right.Value(world));

    public static bool Holds(decimal left, string op, decimal right) => op switch
    {
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        ">=" => left >= right,
        "=" => left == right,
        _ => left != right,
    };
}

internal sealed record NotClaim(Claim Operand) : Claim
{
    public override string Text => $"not ({Operand.Text})";

    public override IEnumerable<string> Names => Operand.Names;

    public override bool Holds(World world) => !Operand.Holds(world);
}

internal sealed record JoinClaim(Claim Left, string Operator, Claim Right) : Claim
{
    public override string Text => $"({Left.Text}) {Operator} ({Right.Text})";

    public override IEnumerable<string> Names => Left.Names.Concat(Right.Names);

    public override bool Holds(World world) => (Left.Holds(world), Operator, Right.Holds(world)) switch
    {
        (var a, "and", var b) => a && b,
        (var a, "or", var b) => a || b,
        (var a, "xor", var b) => a != b,
        (var a, _, var b) => !a || b,
    };
}

internal sealed record IfClaim(Claim When, Claim Then, Claim Else) : Claim
{
    public override string Text => $"(if {When.Text} then {Then.Text} else {Else.Text})";

    public override IEnumerable<string> Names => When.Names.Concat(Then.Names).Concat(Else.Names);

    public override bool Holds(World world) => When.Holds(world) ? Then.Holds(world) : Else.Holds(world);
}

/// <summary>A number, or a date as a day number.</summary>
/// <param name="Text">As a condition writes it.</param>
/// <param name="Names">The facts it looks at.</param>
/// <param name="Value">What it is.</param>
internal sealed record Term(string Text, string[] Names, Func<World, decimal> Value)
{
    public static Term Fact(string name) => new(name, [name], w => (decimal)w[name]);

    public static Term Date(string name) => new(name, [name], w => ((DateOnly)w[name]).DayNumber);

    public static Term Day(DateOnly day) => new($"@{day:yyyy-MM-dd}", [], _ => day.DayNumber);

    public static Term Constant(decimal value, string unit = "") => new(unit.Length == 0 ? $"{value}" : $"{value} '{unit}'", [], _ => value);

    public static Term Sum(Term a, Term b) => new($"{a.Text} + {b.Text}", [.. a.Names, .. b.Names], w => a.Value(w) + b.Value(w));

    public static Term Difference(Term a, Term b) => new($"{a.Text} - ({b.Text})", [.. a.Names, .. b.Names], w => a.Value(w) - b.Value(w));

    public static Term Times(int factor, Term a) => new($"{factor} * ({a.Text})", a.Names, w => factor * a.Value(w));

    /// <summary>Whole months from one date to another, counted one by one.</summary>
    public static Term Months(string start, string end) => new($"months between {start} and {end}", [start, end], w => MonthsFrom((DateOnly)w[start], (DateOnly)w[end]));

    public static Term Later(string date, int months) => new(
        months < 0 ? $"{date} - {-months} months" : $"{date} + {months} months", [date], w => ((DateOnly)w[date]).AddMonths(months).DayNumber);

    private static int MonthsFrom(DateOnly a, DateOnly b)
    {
        if (b < a) return -MonthsFrom(b, a);
        var months = 0;
        while (a.AddMonths(months + 1) <= b) months++;
        return months;
    }
}

/// <summary>Random claims.</summary>
internal static class SomeClaims
{
    public static Gen<string> Operator { get; } = Some.Of("<", "<=", ">", ">=", "=", "!=");

    /// <summary>Claims of a depth, built of leaves.</summary>
    public static Gen<Claim> Of(Gen<Claim> leaf, int depth)
    {
        if (depth == 0) return leaf;
        var part = Of(leaf, depth - 1);
        return Gen.Frequency(
            (2, leaf),
            (1, part.Select(p => (Claim)new NotClaim(p))),
            (5, Gen.Select(part, Some.Of("and", "or", "xor", "implies"), part, (a, op, b) => (Claim)new JoinClaim(a, op, b))),
            (1, Gen.Select(part, part, part, (c, a, b) => (Claim)new IfClaim(c, a, b))));
    }

    /// <summary>Leaves that ask of Booleans.</summary>
    public static Gen<Claim> Bool(params string[] names) => Some.Of(names).Select(n => (Claim)new BoolClaim(n));

    /// <summary>Leaves that ask of a code.</summary>
    public static Gen<Claim> Code(string name, params string[] codes) => Gen.OneOf(
        Gen.Select(Some.Of(codes), Gen.Bool, (c, differs) => (Claim)new CodeClaim(name, c, differs)),
        Some.Few(codes).Select(few => (Claim)new InClaim(name, few)));

    /// <summary>Leaves that ask of a list.</summary>
    public static Gen<Claim> Codes(string name, params string[] codes) => Gen.OneOf(
        Some.Of(codes).Select(c => (Claim)new ContainsClaim(name, c)),
        Some.Few(codes).Select(few => (Claim)new IncludedClaim(name, few)),
        Gen.Const((Claim)new ExistsClaim(name)),
        Gen.Select(Operator, Gen.Int[0, codes.Length], (op, n) => (Claim)new CountClaim(name, op, n)));
}
