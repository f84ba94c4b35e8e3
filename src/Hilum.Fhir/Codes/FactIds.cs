namespace Hilum.Fhir.Codes;

/// <summary>Facts of the vocabulary for which FHIR has a place of its own.</summary>
internal static class FactIds
{
    public const string KidneyCancer = "kidney-cancer";
    public const string Histology = "histology";
    public const string Sarcomatoid = "sarcomatoid";
    public const string NuclearGrade = "nuclear-grade";
    public const string Stage = "stage";
    public const string TCategory = "t-category";
    public const string NCategory = "n-category";
    public const string MCategory = "m-category";
    public const string Metastatic = "metastatic";
    public const string MetastaticSites = "metastatic-sites";
    public const string MetastaticDate = "metastatic-date";
    public const string DiagnosisDate = "diagnosis-date";
    public const string BirthDate = "birth-date";
    public const string Sex = "sex";
    public const string Deceased = "deceased";
    public const string Medications = "medications";
    public const string PriorTherapies = "prior-therapies";
    public const string Allergies = "allergies";
    public const string NephrectomyDone = "nephrectomy-done";
    public const string PriorSevereImmuneToxicity = "prior-severe-immune-toxicity";
    public const string VhlDisease = "vhl-disease";

    /// <summary>Facts about the tumour itself: an Observation about another cancer never states them.</summary>
    public static readonly IReadOnlySet<string> OfTheTumour = new HashSet<string>(StringComparer.Ordinal)
    {
        Stage, TCategory, NCategory, MCategory, Histology, Sarcomatoid, NuclearGrade, Metastatic, MetastaticSites,
        "metastasis-count", "primary-tumour-size", "measurable-disease", "progressing-sites-count", "response-to-current", "disease-pace",
    };
}
