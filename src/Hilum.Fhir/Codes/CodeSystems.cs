using System.Collections.Frozen;

namespace Hilum.Fhir.Codes;

/// <summary>The URIs under which senders name the terminologies that the fact dictionary speaks of.</summary>
internal static class CodeSystems
{
    public const string Loinc = "loinc";
    public const string Snomed = "sct";
    public const string Icd10 = "icd10";
    public const string IcdO3 = "icdo3";
    public const string RxNorm = "rxnorm";
    public const string Atc = "atc";
    public const string Hgnc = "hgnc";
    public const string Ajcc = "ajcc";

    private static readonly FrozenDictionary<string, string> ByUri = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["http://loinc.org"] = Loinc,
        ["urn:oid:2.16.840.1.113883.6.1"] = Loinc,
        ["http://snomed.info/sct"] = Snomed,
        ["urn:oid:2.16.840.1.113883.6.96"] = Snomed,
        ["http://hl7.org/fhir/sid/icd-10"] = Icd10,
        ["http://hl7.org/fhir/sid/icd-10-cm"] = Icd10,
        ["http://hl7.org/fhir/sid/icd-10-gm"] = Icd10,
        ["http://hl7.org/fhir/sid/icd-10-ca"] = Icd10,
        ["http://fhir.de/CodeSystem/bfarm/icd-10-gm"] = Icd10,
        ["http://fhir.de/CodeSystem/dimdi/icd-10-gm"] = Icd10,
        ["urn:oid:2.16.840.1.113883.6.3"] = Icd10,
        ["urn:oid:2.16.840.1.113883.6.90"] = Icd10,
        ["http://terminology.hl7.org/CodeSystem/icd-o-3"] = IcdO3,
        ["urn:oid:2.16.840.1.113883.6.43.1"] = IcdO3,
        ["http://www.nlm.nih.gov/research/umls/rxnorm"] = RxNorm,
        ["urn:oid:2.16.840.1.113883.6.88"] = RxNorm,
        ["http://www.whocc.no/atc"] = Atc,
        ["http://fhir.de/CodeSystem/bfarm/atc"] = Atc,
        ["http://fhir.de/CodeSystem/dimdi/atc"] = Atc,
        ["http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"] = "ncit",
        ["http://data.mskcc.org/ontologies/oncotree"] = "oncotree",
        ["http://www.genenames.org"] = Hgnc,
        ["http://www.genenames.org/geneId"] = Hgnc,
        ["http://cancerstaging.org"] = Ajcc,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The short name that the dictionary uses, or null for a system that it does not speak of.</summary>
    public static string? ShortName(string? uri)
    {
        if (string.IsNullOrWhiteSpace(uri)) return null;
        var plain = uri.Trim().TrimEnd('/');
        if (plain.StartsWith("https:", StringComparison.Ordinal)) plain = "http:" + plain[6..];
        if (ByUri.TryGetValue(plain, out var name)) return name;
        return plain.StartsWith("http://snomed.info/sct/", StringComparison.Ordinal) ? Snomed : null;
    }
}
