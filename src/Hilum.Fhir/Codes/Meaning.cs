using Hilum.Facts;

namespace Hilum.Fhir.Codes;

/// <summary>A value of a coded fact that a code stands for.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Bit">The bit of the value.</param>
internal sealed record Meaning(FactDefinition Fact, int Bit)
{
    /// <summary>The value.</summary>
    public FactValue Value => Fact.Values[Bit];
}
