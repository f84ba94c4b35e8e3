namespace Hilum.Fhir.Codes;

/// <summary>URLs and fixed codes of FHIR R4, mCODE (STU1 to STU4), the International Patient Summary and genomics reporting: structure, nothing clinical.</summary>
internal static class Structure
{
    public const string AssertedDate = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate";
    public const string RelatedPrimary = "http://hl7.org/fhir/StructureDefinition/condition-related";
    public const string RelatedPrimaryOld = Mcode + "mcode-related-primary-cancer-condition";
    public const string Histology = Mcode + "mcode-histology-morphology-behavior";
    public const string RelatedCondition = Mcode + "mcode-related-condition";
    public const string RelatedConditionAbsent = Mcode + "mcode-related-condition-absent";
    public const string ProcedureIntent = Mcode + "mcode-procedure-intent";
    public const string PrimaryProfile = Mcode + "mcode-primary-cancer-condition";
    public const string SecondaryProfile = Mcode + "mcode-secondary-cancer-condition";
    public const string CancerMedicationProfile = Mcode + "mcode-cancer-related-medication";

    public const string Interpretation = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
    public const string ReferenceRangeMeaning = "http://terminology.hl7.org/CodeSystem/referencerange-meaning";
    public const string Gender = "http://hl7.org/fhir/administrative-gender";
    public const string IpsAbsent = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";
    public const string Ucum = "http://unitsofmeasure.org";
    private const string Mcode = "http://hl7.org/fhir/us/mcode/StructureDefinition/";

    /// <summary>Code systems of Condition.verificationStatus, Condition.clinicalStatus and the like: R4 and the releases before it.</summary>
    public static bool IsStatusSystem(string? system, string name) =>
        system is null || system == $"http://terminology.hl7.org/CodeSystem/{name}" || system == $"http://hl7.org/fhir/{name}";

    /// <summary>LOINC codes that genomics reporting fixes (profiles variant and region-studied).</summary>
    public static class Genomics
    {
        public static readonly Code Variant = new(CodeSystems.Loinc, "69548-6");
        public static readonly Code RegionStudied = new(CodeSystems.Loinc, "53041-0");
        public static readonly Code Gene = new(CodeSystems.Loinc, "48018-6");
        public static readonly Code Mutations = new(CodeSystems.Loinc, "36908-2");
        public static readonly Code Significance = new(CodeSystems.Loinc, "53037-8");
        public static readonly Code SourceClass = new(CodeSystems.Loinc, "48002-0");
        public static readonly Code Germline = new(CodeSystems.Loinc, "LA6683-2");
        public static readonly Code Pathogenic = new(CodeSystems.Loinc, "LA6668-3");
        public static readonly Code LikelyPathogenic = new(CodeSystems.Loinc, "LA26332-9");
    }

    /// <summary>SNOMED CT situations that say that no allergy is known: of any kind, and of one kind alone (HL7 Switzerland, CH Term, value set CHAllergyIntolerance; HL7 AU Core, example AllergyIntolerance-noneknown).</summary>
    public static class NoAllergy
    {
        public static readonly Code Any = new(CodeSystems.Snomed, "716186003");
        public static readonly IReadOnlyList<Code> OfOneKind = [new(CodeSystems.Snomed, "409137002"), new(CodeSystems.Snomed, "716220001")];
    }

    /// <summary>LOINC codes of lists and sections, as the International Patient Summary uses them.</summary>
    public static class Lists
    {
        public static readonly Code Medicines = new(CodeSystems.Loinc, "10160-0");
        public static readonly Code Allergies = new(CodeSystems.Loinc, "48765-2");
    }
}
