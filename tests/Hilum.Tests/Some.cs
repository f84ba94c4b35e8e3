using CsCheck;

namespace Hilum.Tests;

/// <summary>Random things for the laws. A law that fails prints its seed: run again with <c>CsCheck_Seed=...</c>.</summary>
internal static class Some
{
    /// <summary>One of some things.</summary>
    public static Gen<T> Of<T>(params T[] things) => Gen.Int[0, things.Length - 1].Select(i => things[i]);

    /// <summary>Some of some things, at least one, in the order given.</summary>
    public static Gen<T[]> Few<T>(params T[] things) =>
        Gen.Int[1, (1 << things.Length) - 1].Select(bits => things.Where((_, i) => (bits & (1 << i)) != 0).ToArray());
}
