using System.Collections.Frozen;
using Hilum.Measures;

namespace Hilum.Fhir.Codes;

/// <summary>Answers that say yes or no to whatever was asked: present and absent, positive and negative, yes and no.</summary>
internal static class Qualifiers
{
    private static readonly FrozenDictionary<Code, bool> Answers = new Dictionary<Code, bool>
    {
        [new(CodeSystems.Loinc, "LA9633-4")] = true,     // present
        [new(CodeSystems.Loinc, "LA9634-2")] = false,    // absent
        [new(CodeSystems.Loinc, "LA6576-8")] = true,     // positive
        [new(CodeSystems.Loinc, "LA6577-6")] = false,    // negative
        [new(CodeSystems.Loinc, "LA33-6")] = true,       // yes
        [new(CodeSystems.Loinc, "LA32-8")] = false,      // no
        [new(CodeSystems.Snomed, "52101004")] = true,    // present
        [new(CodeSystems.Snomed, "2667000")] = false,    // absent
        [new(CodeSystems.Snomed, "10828004")] = true,    // positive
        [new(CodeSystems.Snomed, "260385009")] = false,  // negative
        [new(CodeSystems.Snomed, "373066001")] = true,   // yes
        [new(CodeSystems.Snomed, "373067005")] = false,  // no
    }.ToFrozenDictionary();

    /// <summary>Yes, no, or undecided when the codes say neither or both.</summary>
    public static Truth Of(IEnumerable<Code> codes)
    {
        var truth = Truth.Undecided;
        foreach (var code in codes)
        {
            if (!Answers.TryGetValue(code, out var yes)) continue;
            if (truth is not Truth.Undecided && truth != yes.ToTruth()) return Truth.Undecided;
            truth = yes.ToTruth();
        }

        return truth;
    }
}
