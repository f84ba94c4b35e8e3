using System.Collections.Frozen;

namespace Hilum.Web.CdsHooks;

/// <summary>Reasons for not following a card: the code system of CDS Hooks 3.0 (ballot), those of its codes that fit a list of options.</summary>
internal static class OverrideReasons
{
    /// <summary>The code system.</summary>
    public const string System = "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes";

    /// <summary>Code and display.</summary>
    public static readonly (string Code, string Display)[] All =
    [
        ("patient-ineligible", "Patient does not meet eligibility for recommended action"),
        ("patient-contraindication", "Patient has contraindication to recommended action"),
        ("risk-benefit-ratio", "Recipient assessment of risk/benefit ratio"),
        ("action-completed", "Recommended action was already completed"),
        ("action-unsuccessful", "Recommended action was previously unsuccessful"),
        ("need-more-info", "Could not address recommended action due to need for more information/pending results/pending consult"),
        ("does-not-align-latest-evidence", "Recommended action does not align with the latest evidence"),
        ("policy-contradicts", "Institutional policy/guideline contradicts the recommended action"),
        ("prefers-alternative", "Patient prefers an alternative approach or treatment"),
        ("service-not-available", "Treatment or service is not practically available"),
        ("too-costly-uncovered", "Recommended action is too costly or not covered by insurance"),
    ];

    /// <summary>Every code of the code system and its groups: a client may know more than we offer.</summary>
    public static readonly FrozenSet<string> Known = new[]
    {
        "cds-not-applicable", "patient-ineligible", "indication-order-exists", "action-completed", "action-unsuccessful", "action-performed-no-adverse-effect", "action-not-priority",
        "cds-suboptimal-context", "limited-time", "wrong-time-workflow", "inappropriate-recipient", "need-more-info",
        "recipient-disagrees-evidence", "does-not-align-latest-evidence", "expert-contradicts", "policy-contradicts", "recipient-does-not-trust",
        "recipient-concerns-outcomes", "risk-benefit-ratio", "mitigate-risk-negative-outcome", "likely-negative-health-outcomes", "patient-contraindication",
        "does-not-align-preferences", "patient-fears-discomfort", "patient-does-not-want-change", "cultural-religious-reason", "prefers-alternative", "patient-refuses",
        "not-convenient-feasible", "inadequate-support", "service-not-available", "implementation-challenges", "too-costly-uncovered", "recipient-does-not-understand", "comorbidity-disability",
    }.ToFrozenSet(StringComparer.Ordinal);
}
