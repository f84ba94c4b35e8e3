namespace Hilum.Measures;

/// <summary>The answer to a condition.</summary>
/// <remarks>
/// The order is the logic: "and" is the least of its parts, "or" the greatest, "not" the opposite (Kleene, 1952).
/// The default is <see cref="Undecided"/>, so a fact that nobody gave can never read as "no".
/// </remarks>
public enum Truth : sbyte
{
    /// <summary>Holds for no value that is still possible.</summary>
    False = -1,

    /// <summary>Holds for some values that are still possible and not for others.</summary>
    Undecided = 0,

    /// <summary>Holds for every value that is still possible.</summary>
    True = 1,
}

/// <summary>The connectives of HL7 CQL (section "Logical Operators") on <see cref="Truth"/>.</summary>
public static class TruthLogic
{
    /// <summary>The least of the two.</summary>
    public static Truth And(this Truth left, Truth right) => left < right ? left : right;

    /// <summary>The greatest of the two.</summary>
    public static Truth Or(this Truth left, Truth right) => left > right ? left : right;

    /// <summary>The opposite; undecided stays undecided.</summary>
    public static Truth Not(this Truth truth) => (Truth)(-(sbyte)truth);

    /// <summary>True when exactly one holds; undecided as soon as one part is.</summary>
    public static Truth Xor(this Truth left, Truth right) =>
        left is Truth.Undecided || right is Truth.Undecided ? Truth.Undecided
        : left == right ? Truth.False : Truth.True;

    /// <summary>"left implies right": not left, or right.</summary>
    public static Truth Implies(this Truth left, Truth right) => left.Not().Or(right);

    /// <summary>True or False of a Boolean.</summary>
    public static Truth ToTruth(this bool value) => value ? Truth.True : Truth.False;
}
