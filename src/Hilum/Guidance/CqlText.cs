using System.Globalization;
using Hilum.Expressions;
using Hilum.Facts;

namespace Hilum.Guidance;

/// <summary>Something that a CQL library asks for: a fact, or one member of a list.</summary>
/// <param name="Name">Its name in the library.</param>
/// <param name="Type">Boolean, Integer, Decimal, Quantity or String.</param>
/// <param name="Fact">The fact.</param>
/// <param name="Bit">The member of the list; -1 when it is the fact itself.</param>
public sealed record CqlParameter(string Name, string Type, FactDefinition Fact, int Bit);

/// <summary>A condition has no form in CQL that keeps null as unknown.</summary>
public sealed class CqlException(string message) : Exception(message);

/// <summary>
/// Writes conditions in HL7 CQL such that null stays null: CQL's own null rules read a missing value as "no" in <c>in</c>, <c>Count</c> and <c>if</c>.
/// </summary>
/// <remarks>
/// <c>in</c> becomes an or-chain, a list one Boolean a member, a count a sum, <c>if</c> is guarded. A quantity is converted once to each unit system of its fact:
/// CQL gives null for mass against amount of substance, and the condition then uses the threshold of the unit that was reported.
/// </remarks>
internal sealed class CqlText(FactDictionary facts)
{
    private readonly SortedDictionary<string, CqlParameter> parameters = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> terms = new(StringComparer.Ordinal);

    /// <summary>What the conditions written so far ask for.</summary>
    public IReadOnlyCollection<CqlParameter> Parameters => parameters.Values;

    /// <summary>Quantities as plain numbers of one unit: name and expression.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>Defined terms: name and expression.</summary>
    public IReadOnlyDictionary<string, string> Terms => terms;

    /// <summary>A name in CQL.</summary>
    public static string Quoted(string name) => $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A text in CQL.</summary>
    public static string Literal(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>1 for true, 0 for false, null for null.</summary>
    public static string Point(string boolean) => $"(if {boolean} is null then null else if {boolean} then 1 else 0)";

    /// <summary>A condition.</summary>
    /// <exception cref="CqlException">It works with dates, which no parameter carries.</exception>
    public string Truth(TruthNode node)
    {
        switch (node)
        {
            case TruthConstant n: return n.Value ? "true" : "false";
            case TruthUnknown: return "(null as Boolean)";
            case IsTrue n: return Parameter(n.Fact, "Boolean");
            case CodeIn { Operand: FactCode code } n: return Any(Bits(n.Mask).Select(bit => $"{Parameter(code.Fact, "String")} = {Literal(facts.Facts[code.Fact].Values[bit].Code)}"));
            case CodeIn { Operand: IfCode choice } n: return Truth(new IfTruth(choice.When, new CodeIn(choice.Then, n.Mask), new CodeIn(choice.Else, n.Mask)));
            case CodeIn { Operand: CodeConstant code } n: return (code.Mask & ~n.Mask) == 0 ? "true" : (code.Mask & n.Mask) == 0 ? "false" : "(null as Boolean)";
            case Compare n: return Compared(n);
            case Contains n: return Member(n.Fact, n.Bit);
            case IncludedIn n:
                var outside = Bits(facts.Facts[n.Fact].Symbol.AllCodes & ~n.Mask).Select(bit => Member(n.Fact, bit)).ToList();
                return outside.Count == 0 ? "true" : $"not {Any(outside)}";
            case Exists n when facts.Facts[n.Fact].Type is FactType.Codes: return Any(Bits(facts.Facts[n.Fact].Symbol.AllCodes).Select(bit => Member(n.Fact, bit)));
            case Exists n: return Add(new($"{facts.Facts[n.Fact].Name} exists", "Boolean", facts.Facts[n.Fact], -1));
            case Not n: return $"not {Operand(n.Operand)}";
            case And n: return $"{Operand(n.Left, typeof(And))} and {Operand(n.Right)}";
            case Or n: return $"{Operand(n.Left, typeof(Or))} or {Operand(n.Right)}";
            case Xor n: return $"{Operand(n.Left)} xor {Operand(n.Right)}";
            case Implies n: return $"{Operand(n.Left)} implies {Operand(n.Right)}";
            case IfTruth n: return If(Truth(n.When), Truth(n.Then), Truth(n.Else), "Boolean");
            case Named n:
                terms[n.Name] = Truth(n.Body);
                return Quoted(n.Name);
            default: throw new CqlException($"{node.GetType().Name} has no form in CQL here");
        }
    }

    /// <summary>Parentheses wherever another operator could reach in; a chain of the same operator needs none.</summary>
    private string Operand(TruthNode node, Type? chain = null) =>
        node is IsTrue or Contains or Named or TruthConstant or TruthUnknown or IfTruth || node.GetType() == chain ? Truth(node)
        : node is CodeIn { Operand: FactCode } or Exists ? Truth(node)
        : $"({Truth(node)})";

    private static string Any(IEnumerable<string> parts) => $"({string.Join(" or ", parts)})";

    private static string If(string condition, string then, string otherwise, string type) =>
        $"(if ({condition}) is null then (null as {type}) else if ({condition}) then ({then}) else ({otherwise}))";

    /// <summary>A quantity that is reported in one of two unit systems is compared in the one that it came in.</summary>
    private string Compared(Compare n)
    {
        var dual = References.Of(n).Select(f => facts.Facts[f]).Where(f => f.Symbol.SecondSystem is not null).ToList();
        var first = Pair(0);
        return dual.Count == 0 ? first : $"(if {string.Join(" and ", dual.Select(f => $"{Value(f, 0)} is not null"))} then {first} else {Pair(1)})";

        string Pair(byte system) => $"{Number(n.Left, system)} {Sign(n.Operator)} {Number(n.Right, system)}";
    }

    private static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        _ => ">=",
    };

    private string Number(NumberNode node, byte system) => node switch
    {
        FactNumber n when facts.Facts[n.Fact].Type is FactType.Date => throw new CqlException($"{facts.Facts[n.Fact].Id} is a date: derive a number or a Boolean from it in facts/"),
        FactNumber n when IsQuantity(facts.Facts[n.Fact]) => Value(facts.Facts[n.Fact], facts.Facts[n.Fact].Symbol.SecondSystem is null ? (byte)0 : system),
        FactNumber n => Parameter(n.Fact, facts.Facts[n.Fact].Type is FactType.Integer ? "Integer" : "Decimal"),
        NumberConstant n => Decimal(system == 1 ? n.Second : n.First),
        CountOf n => $"({string.Join(" + ", Bits(facts.Facts[n.Fact].Symbol.AllCodes).Select(bit => Point(Member(n.Fact, bit))))})",
        Sum n => Exact($"{Number(n.Left, system)} {(n.Minus ? "-" : "+")} {Number(n.Right, system)}"),
        Product n => Exact($"{Number(n.Left, system)} {(n.Divide ? "/" : "*")} {Number(n.Right, system)}"),
        Scaled n => Exact($"{Number(n.Operand, system)} * {Decimal(n.Factor)}"),
        IfNumber n => If(Truth(n.When), Number(n.Then, system), Number(n.Else, system), "Decimal"),
        NumberUnknown => "(null as Decimal)",
        _ => throw new CqlException("a condition that counts from date to date: derive a number or a Boolean from it in facts/"),
    };

    /// <summary>The eight places that a decimal of CQL has: engines that reckon in binary would else tell 1.5 * 139.2 and 208.8 apart.</summary>
    private static string Exact(string number) => $"Round({number}, 8)";

    /// <summary>A decimal of CQL has eight places.</summary>
    private static string Decimal(decimal value) => Math.Round(value, 8) == value
        ? value.ToString("0.########", CultureInfo.InvariantCulture)
        : throw new CqlException($"{value.ToString(CultureInfo.InvariantCulture)} has more decimal places than CQL can hold");

    /// <summary>Whether a fact is a measurement with a unit; counts, months and ratios are plain numbers.</summary>
    private static bool IsQuantity(FactDefinition fact) => fact.Type is FactType.Number && fact.CanonicalUnit(0) is { Code: not ("1" or "months" or "days" or "years") };

    /// <summary>A quantity as a plain number in the canonical unit of a unit system; null when it was reported in another.</summary>
    private string Value(FactDefinition fact, byte system)
    {
        var unit = Ucum(fact.CanonicalUnit(system)!.Code);
        var name = $"{fact.Name} in {unit}";
        values[name] = Exact($"(convert {Parameter(fact.Index, "Quantity")} to {Literal(unit)}).value");
        return Quoted(name);
    }

    /// <summary>The UCUM code of a unit that the vocabulary spells in another way.</summary>
    internal static string Ucum(string unit) => unit switch { "g/24h" => "g/(24.h)", "mg/24h" => "mg/(24.h)", _ => unit };

    private string Member(int fact, int bit) => Add(new($"{facts.Facts[fact].Name} {facts.Facts[fact].Values[bit].Code}", "Boolean", facts.Facts[fact], bit));

    private string Parameter(int fact, string type) => Add(new(facts.Facts[fact].Name, type, facts.Facts[fact], -1));

    private string Add(CqlParameter parameter)
    {
        parameters[parameter.Name] = parameter;
        return Quoted(parameter.Name);
    }

    private static IEnumerable<int> Bits(ulong mask)
    {
        for (; mask != 0; mask &= mask - 1) yield return System.Numerics.BitOperations.TrailingZeroCount(mask);
    }
}
