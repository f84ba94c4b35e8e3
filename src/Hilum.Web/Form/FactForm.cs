using Hilum.Facts;
using Hilum.Options;

namespace Hilum.Web.Form;

/// <summary>A group of fields under one heading.</summary>
/// <param name="Id">Its key: <c>group.cancer</c> in the wording.</param>
/// <param name="Facts">Its fields, in order.</param>
internal sealed record FactGroup(string Id, IReadOnlyList<FactDefinition> Facts);

/// <summary>Which fields stand where: few that matter to nearly everyone first, then what would change this patient's answer, then all others.</summary>
internal static class FactForm
{
    /// <summary>The fact that holds earlier treatments.</summary>
    public const string Therapies = "prior-therapies";

    private const int MostAsked = 8;

    private static readonly string[] First =
    [
        "age", "sex", "stage", "histology", "metastatic-sites", "primary-in-place", "diagnosis-date", Therapies, "karnofsky",
        "haemoglobin", "calcium", "albumin", "neutrophils", "platelets", "organ-transplant", "autoimmune-disease", "medications",
    ];

    private static readonly (string Id, string[] Facts)[] Others =
    [
        ("cancer", ["kidney-cancer", "t-category", "n-category", "m-category", "sarcomatoid", "nuclear-grade", "met-driven", "vhl-disease", "primary-tumour-size", "primary-resectable", "nephrectomy-done", "haematuria", "symptomatic", "pain", "disease-pace"]),
        ("spread", ["metastatic", "synchronous-metastases", "metastasis-count", "metastases-resectable", "metastases-all-treatable-locally", "progressing-sites-count", "oligoprogression", "brain-metastases-stable", "spinal-cord-compression", "measurable-disease"]),
        ("time", ["metastatic-date", "systemic-therapy-start", "months-diagnosis-to-treatment", "treated-within-one-year"]),
        ("therapy", ["line", "response-to-current", "progressed-on-last", "prior-vegf", "prior-immunotherapy", "prior-ctla4", "prior-hif2a", "prior-vegf-count", "prior-mtor", "prior-cytokine", "adjuvant-immunotherapy", "adjuvant-pembrolizumab-months-ago"]),
        ("fitness", ["ecog", "karnofsky-below-80", "fit-for-surgery", "fit-for-systemic-therapy", "weight", "height", "birth-date", "country"]),
        ("laboratory", ["ldh", "creatinine", "egfr", "creatinine-clearance", "bilirubin", "alt", "ast", "tsh", "potassium", "magnesium", "phosphate", "inr", "urine-protein", "corrected-calcium"]),
        ("findings", ["haemoglobin-low", "neutrophils-high", "platelets-high", "corrected-calcium-high", "corrected-calcium-above-10", "ldh-high"]),
        ("heart", ["systolic-bp", "diastolic-bp", "uncontrolled-hypertension", "qtc", "long-qt", "lvef", "heart-failure", "ischaemic-heart-disease", "arterial-thrombosis-recent", "venous-thrombosis-recent", "aneurysm-or-dissection", "oxygen-saturation", "supplemental-oxygen", "fev1-litres", "fev1-percent-predicted"]),
        ("immune", ["immunosuppression", "prednisone-equivalent", "prior-severe-immune-toxicity", "active-immune-toxicity", "interstitial-lung-disease", "live-vaccine-recent-or-planned", "hiv", "hepatitis-b", "active-infection", "allergies"]),
        ("wishes", ["wants-trial", "prefers-oral", "survival-numbers"]),
    ];

    /// <summary>The groups for a case. A limit of normal stands beside its result and has no field of its own; what is only derived has none either.</summary>
    public static IReadOnlyList<FactGroup> Groups(Assessment assessment)
    {
        var dictionary = assessment.Case.Dictionary;
        var limits = dictionary.Facts.SelectMany(f => new[] { f.LimitLow, f.LimitHigh }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var open = dictionary.Facts.Where(f => !f.Derived && f.Id != FactDictionary.TodayId && !limits.Contains(f.Id)).ToDictionary(f => f.Id, StringComparer.Ordinal);
        var groups = new List<FactGroup> { new("first", Take(First)) };
        var asked = assessment.Missing.Select(m => Owner(dictionary, m.Fact)).Distinct(StringComparer.Ordinal).Where(open.ContainsKey).Take(MostAsked).ToArray();
        if (asked.Length > 0) groups.Add(new("asked", Take(asked)));
        foreach (var (id, facts) in Others) groups.Add(new(id, Take(facts)));
        // a fact that guidance adds has a field before anyone gives it a place
        groups.Add(new("other", [.. dictionary.Facts.Where(f => open.ContainsKey(f.Id))]));
        return [.. groups.Where(g => g.Facts.Count > 0)];

        List<FactDefinition> Take(string[] ids)
        {
            var taken = new List<FactDefinition>();
            foreach (var id in ids)
                if (open.Remove(id, out var fact)) taken.Add(fact);
            return taken;
        }
    }

    /// <summary>The field in which a fact is answered: a limit stands with its result.</summary>
    public static string Owner(FactDictionary dictionary, string fact) =>
        Array.Find(dictionary.Facts, f => !f.Derived && (f.LimitLow == fact || f.LimitHigh == fact))?.Id ?? fact;
}
