using Hilum.Facts;

namespace Hilum.Web.CdsHooks;

/// <summary>One service of the discovery document (CDS Hooks 2.0.1, "Discovery").</summary>
/// <param name="Id">Its id: the last part of its address.</param>
/// <param name="Hook">The moment at which it is called.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Description">What it answers.</param>
internal sealed record HookService(string Id, string Hook, string Title, string Description)
{
    /// <summary>The services.</summary>
    public static IReadOnlyList<HookService> All { get; } =
    [
        new("kidney-cancer-options", "patient-view", "Stage 4 kidney cancer: options", "Lists what published guidance offers this patient with stage 4 kidney cancer, what is missing and what could harm. Supports a decision and takes none."),
        new("kidney-cancer-order-select", "order-select", "Kidney cancer medicines: first look", "Looks at a kidney cancer medicine, or a medicine taken beside one, while it is being chosen: contraindications, interactions, dose of the regimen."),
        new("kidney-cancer-order-sign", "order-sign", "Kidney cancer medicines: before signing", "The same before the order is signed."),
    ];

    /// <summary>Whether it looks at draft orders.</summary>
    public bool IsForOrders => Hook is "order-select" or "order-sign";
}

/// <summary>What the services ask to be sent beforehand. The codes are those of the fact dictionary; all services ask for the same, so that a client can keep it.</summary>
internal sealed class Prefetch
{
    /// <summary>Without these there is nothing to say.</summary>
    public static readonly string[] Needed = ["patient", "conditions"];

    private const string OfPatient = "?patient={{context.patientId}}";

    /// <summary>Makes the queries from the facts.</summary>
    public Prefetch(FactDictionary facts)
    {
        Queries = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["patient"] = "Patient/{{context.patientId}}",
            ["conditions"] = "Condition" + OfPatient,
            ["stage"] = Observations(CodesOf(facts, "stage")),
            ["tnm"] = Observations(CodesOf(facts, "t-category", "n-category", "m-category")),
            ["performance"] = Observations(CodesOf(facts, "karnofsky", "ecog"), "&_sort=-date&_count=3"),
            ["labsHaem"] = Observations(CodesOf(facts, "haemoglobin", "neutrophils", "platelets"), "&_sort=-date&_count=30"),
            ["labsChem"] = Observations(CodesOf(facts, "calcium", "albumin", "corrected-calcium", "ldh", "creatinine", "egfr", "creatinine-clearance", "potassium", "magnesium", "bilirubin", "alt", "ast", "tsh", "urine-protein", "inr"), "&_sort=-date&_count=60"),
            ["vitalsHeart"] = Observations(CodesOf(facts, "systolic-bp", "diastolic-bp", "weight", "height", "qtc", "lvef", "oxygen-saturation"), "&_sort=-date&_count=30"),
            ["medRequests"] = "MedicationRequest" + OfPatient,
            ["medAdmins"] = "MedicationAdministration" + OfPatient,
            ["medStatements"] = "MedicationStatement" + OfPatient,
            ["procedures"] = "Procedure" + OfPatient,
            ["allergies"] = "AllergyIntolerance" + OfPatient,
            ["genes"] = Observations(["http://loinc.org|69548-6"]),
            ["statusObs"] = Observations(["http://loinc.org|97509-4"], "&_sort=-date&_count=5"),
        };
    }

    /// <summary>Key and FHIR query template.</summary>
    public IReadOnlyDictionary<string, string> Queries { get; }

    /// <summary>A template for one patient, ready to be sent.</summary>
    /// <param name="template">The template.</param>
    /// <param name="patientId">A FHIR id.</param>
    public static string For(string template, string patientId) => template.Replace("{{context.patientId}}", Uri.EscapeDataString(patientId), StringComparison.Ordinal).Replace("|", "%7C", StringComparison.Ordinal);

    private static string Observations(IReadOnlyCollection<string> codes, string rest = "") => $"Observation{OfPatient}&code={string.Join(',', codes)}{rest}";

    private static string[] CodesOf(FactDictionary facts, params string[] ids) =>
        [.. ids.Select(facts.FindById).OfType<FactDefinition>().SelectMany(f => f.Fhir.Observation.Concat(f.Fhir.Component)).Distinct(StringComparer.Ordinal)
            .Select(c => c.Split(':', 2)).Where(c => c.Length == 2 && SystemOf(c[0]) is not null).Select(c => $"{SystemOf(c[0])}|{c[1]}")];

    private static string? SystemOf(string name) => name switch { "loinc" => "http://loinc.org", "sct" => "http://snomed.info/sct", _ => null };
}
