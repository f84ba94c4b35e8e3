using Hilum.Measures;

namespace Hilum.Expressions;

/// <summary>The type of a name in a condition.</summary>
public enum ValueKind : byte
{
    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One code of a closed set.</summary>
    Code,

    /// <summary>Some codes of a closed set.</summary>
    Codes,

    /// <summary>A number, with a unit or without.</summary>
    Number,

    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>A free list: conditions can only ask whether anything is on it.</summary>
    FreeList,
}

/// <summary>Two unit systems of one fact (mass and amount of substance), and the thresholds that are written in both.</summary>
/// <param name="Second">The canonical unit of the second system.</param>
/// <param name="ToFirst">Multiplies a number of the second system into the first.</param>
/// <param name="Pairs">Thresholds: a number of the first system and its counterpart in the second.</param>
public sealed record SecondSystem(Unit Second, decimal ToFirst, IReadOnlyList<(decimal First, decimal Second)> Pairs);

/// <summary>A name that a condition may use. The language knows nothing else of it.</summary>
/// <param name="Index">Its place in the values that a condition is judged over.</param>
/// <param name="Name">As written in a condition.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Codes">The codes of a code or codes symbol, in bit order.</param>
/// <param name="Units">The units it may be given in; the first is canonical. Empty: a plain number.</param>
/// <param name="SecondSystem">Set when it may be reported in a second unit system.</param>
/// <param name="Guard">The name of the Boolean, or the text of the condition, without which it may not be used; null when it always exists.</param>
public sealed record Symbol(
    int Index, string Name, ValueKind Kind, IReadOnlyList<string> Codes, IReadOnlyList<Unit> Units, SecondSystem? SecondSystem = null, string? Guard = null)
{
    /// <summary>All codes as bits.</summary>
    public ulong AllCodes => Codes.Count == 64 ? ulong.MaxValue : (1UL << Codes.Count) - 1;

    /// <summary>Nothing known.</summary>
    public Possible Unknown => Kind switch
    {
        ValueKind.Boolean => CodesPossible.Either,
        ValueKind.Code => new CodesPossible(AllCodes),
        ValueKind.Codes => new MembersPossible(0, 0, AllCodes),
        ValueKind.Number or ValueKind.Date => NumbersPossible.All,
        _ => new MembersPossible(0, 0, 1),
    };
}

/// <summary>The names that the conditions of one place may use.</summary>
public interface ISymbols
{
    /// <summary>Finds a fact by its name in conditions.</summary>
    Symbol? Find(string name);

    /// <summary>Finds a defined term.</summary>
    TruthNode? FindDefine(string name);

    /// <summary>All names, for "did you mean".</summary>
    IEnumerable<string> Names { get; }
}
