using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>Reads AllergyIntolerance resources as texts.</summary>
internal sealed class AllergyReading(RecordDraft draft)
{
    /// <summary>States the allergies.</summary>
    public void Read(IEnumerable<Entry> entries)
    {
        var found = new List<(string Text, Entry Entry)>();
        foreach (var entry in entries)
        {
            draft.Attempt(entry, () =>
            {
                if (ReadOne(entry, (AllergyIntolerance)entry.Resource!) is { } text) found.Add((text, entry));
            });
        }

        foreach (var (_, entry) in found) entry.Used = true;
        var none = draft.Denied.GetValueOrDefault(FactIds.Allergies);
        if (found.Count > 0 && none is not null) draft.Warn($"{none} says that no allergy is known, but the record holds some ({found[0].Entry.Label})", $"{none} indique qu'aucune allergie n'est connue, mais le dossier en contient ({found[0].Entry.Label})");
        if (found.Count > 0) draft.Give(FactIds.Allergies, new GivenTexts([.. found.Select(f => f.Text).Distinct()], Complete: false), string.Join(", ", found.Select(f => f.Entry.Label)));
        else if (none is not null) draft.Give(FactIds.Allergies, new GivenTexts([], Complete: true), none);
    }

    private string? ReadOne(Entry entry, AllergyIntolerance allergy)
    {
        var verification = allergy.VerificationStatus?.Coding.Find(c => Structure.IsStatusSystem(c.System, "allergyintolerance-verification"))?.Code;
        var clinical = allergy.ClinicalStatus?.Coding.Find(c => Structure.IsStatusSystem(c.System, "allergyintolerance-clinical"))?.Code;
        if (verification is "entered-in-error" or "refuted" || clinical is "inactive" or "resolved")
        {
            entry.Refuse(verification switch
            {
                "entered-in-error" => Common.EnteredInError,
                "refuted" => Common.Refuted,
                _ => new($"its clinical status is {clinical}", $"son statut clinique est « {clinical} »"),
            });
            return null;
        }

        if (allergy.Code?.Coding.Find(c => c.System == Structure.IpsAbsent) is { } absent)
        {
            if (absent.Code == "no-known-allergies") draft.Deny(FactIds.Allergies, entry);
            else entry.Refuse($"it says only '{absent.Code}'", $"elle dit seulement « {absent.Code} »");
            return null;
        }

        var concept = Concept.Of(allergy.Code, entry, draft);
        if (concept.Text is null) entry.Refuse("it names no substance", "elle ne nomme aucune substance");
        return concept.Text;
    }
}
