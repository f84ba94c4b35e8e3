using Hilum.Expressions;
using Hilum.Facts;

namespace Hilum.Options;

/// <summary>By which way a treatment can be had: one list holds all of them, each labelled.</summary>
public enum Approval : byte
{
    /// <summary>The content does not say for this country, or countries differ and the patient's is not known.</summary>
    NotKnown,

    /// <summary>Approved, or nothing that needs an approval: an operation, watching, support.</summary>
    Standard,

    /// <summary>A medicine that is not approved for this.</summary>
    OffLabel,

    /// <summary>Within a trial only.</summary>
    Trial,
}

/// <summary>Words for <see cref="Approval"/>.</summary>
public static class ApprovalWords
{
    private static readonly string[] Ids = ["not-known", "standard", "off-label", "trial"];

    /// <summary>Its word.</summary>
    public static string Id(this Approval approval) => Ids[(int)approval];

    /// <summary>How a treatment can be had where the patient is treated, as far as the content knows.</summary>
    public static Approval ApprovalFor(this Treatment treatment, Case patient)
    {
        if (treatment.Kind == "trial") return Approval.Trial;
        if (treatment.Parts.Length == 0) return Approval.Standard;
        var country = patient["country"] is { Possible: CodesPossible { IsKnown: true } known } fact ? fact.Definition.Values[known.Code].Code : null;
        var words = treatment.Availability.Where(a => country is null || a.Country == country).Select(a => a.Approved).Distinct(StringComparer.Ordinal).ToArray();
        return words switch { ["yes"] => Approval.Standard, ["no"] => Approval.OffLabel, _ => Approval.NotKnown };
    }
}
