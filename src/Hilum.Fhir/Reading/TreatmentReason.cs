using Hilum.Fhir.Codes;
using Hl7.Fhir.Model;
using Code = Hilum.Fhir.Codes.Code;

namespace Hilum.Fhir.Reading;

/// <summary>Why a treatment was given, as reasons and profiles say.</summary>
internal sealed class TreatmentReason(CodeIndex index, RecordDraft draft, References references, Diagnosis diagnosis)
{
    /// <summary>Whether the record says that it is against the cancer: mCODE profile, or the kidney cancer as its reason.</summary>
    public bool IsForTheCancer(DomainResource resource, IEnumerable<CodeableConcept> codes, IEnumerable<ResourceReference> conditions) =>
        resource.Meta?.Profile?.Any(p => p?.StartsWith(Structure.CancerMedicationProfile, StringComparison.Ordinal) == true) == true
        || conditions.Any(r => diagnosis.Kidney.Any(k => k.Entry == references.Find(r)))
        || codes.SelectMany(Codes).Any(IsKidney);

    /// <summary>The other primary cancer that its reason names, or the only one that the record holds; null when there is none.</summary>
    public string? OtherCancer(Entry entry, IReadOnlyList<CodeableConcept> codes, IReadOnlyList<ResourceReference> conditions)
    {
        if (diagnosis.Others.Count == 0) return null;
        var reasons = codes.SelectMany(Codes).ToList();
        var named = conditions.Select(r => references.Find(r)).OfType<Entry>().ToList();
        if (reasons.Exists(IsKidney) || diagnosis.Kidney.Any(k => named.Contains(k.Entry))) return null;
        var other = diagnosis.Others.FirstOrDefault(o => named.Contains(o.Entry) || o.Code.Codes.Intersect(reasons).Any()) ?? (diagnosis.Kidney.Count == 0 ? diagnosis.Others[0] : null);
        if (other is not null) return other.Entry.Label;
        if (reasons.Find(Icd10Chapter.IsPrimary) is { System: not null } primary) return primary.ToString();
        draft.Warn($"{entry.Label}: does not say which cancer it was against; the record also holds {diagnosis.Others[0].Entry.Label}", $"{entry.Label} : ne dit pas contre quel cancer ; le dossier contient aussi {diagnosis.Others[0].Entry.Label}");
        return null;
    }

    private bool IsKidney(Code code) => index.ByCondition(code).Any(f => f.Id == FactIds.KidneyCancer);

    private static IEnumerable<Code> Codes(CodeableConcept concept) =>
        concept.Coding.Where(c => CodeSystems.ShortName(c.System) is not null && c.Code is not null).Select(c => new Code(CodeSystems.ShortName(c.System)!, c.Code!));
}
