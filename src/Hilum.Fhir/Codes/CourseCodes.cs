using System.Collections.Frozen;

namespace Hilum.Fhir.Codes;

/// <summary>The codes with which mCODE says how a course of treatment ended (value sets treatment termination reason and condition status trend).</summary>
/// <remarks>Kept here because the dictionary has no place for them; every reason is marked verified in the project's code table, group <c>disease_status</c>.</remarks>
internal static class CourseCodes
{
    private static readonly FrozenDictionary<Code, string> Reasons = new Dictionary<Code, string>
    {
        [new(CodeSystems.Snomed, "182992009")] = "completed",    // treatment completed
        [new(CodeSystems.Snomed, "443729008")] = "completed",    // completion of clinical trial
        [new(CodeSystems.Snomed, "266721009")] = "progression",  // no response to treatment
        [new(CodeSystems.Snomed, "407563006")] = "toxicity",     // treatment not tolerated
        [new(CodeSystems.Snomed, "105480006")] = "choice",       // refusal of treatment by patient
        [new(CodeSystems.Snomed, "7058009")] = "choice",         // noncompliance with treatment
        [new(CodeSystems.Snomed, "271299001")] = "progression",  // patient's condition worsened
    }.ToFrozenDictionary();

    /// <summary>Cancer disease status (mCODE).</summary>
    public static readonly Code DiseaseStatus = new(CodeSystems.Loinc, "97509-4");

    /// <summary>Patient's condition worsened.</summary>
    public static readonly Code Worsened = new(CodeSystems.Snomed, "271299001");

    /// <summary>Adjuvant intent.</summary>
    public static readonly Code Adjuvant = new(CodeSystems.Snomed, "373846009");

    /// <summary>progression, toxicity, completed, choice; null for a reason that is none of them.</summary>
    public static string? ReasonOf(IEnumerable<Code> codes)
    {
        foreach (var code in codes)
            if (Reasons.TryGetValue(code, out var reason)) return reason;
        return null;
    }
}
