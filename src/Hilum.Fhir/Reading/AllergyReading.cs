using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>Reads AllergyIntolerance resources as texts, each with what it was recognised as: by code first, as medicines are.</summary>
internal sealed class AllergyReading(Formulary formulary, RecordDraft draft)
{
    private readonly MedicineName names = new(formulary, draft);

    /// <summary>States the allergies.</summary>
    public void Read(IEnumerable<Entry> entries)
    {
        var found = new List<(string Text, Recognised Known, Entry Entry)>();
        foreach (var entry in entries)
        {
            draft.Attempt(entry, () =>
            {
                if (ReadOne(entry, (AllergyIntolerance)entry.Resource!) is (string text, { } known)) found.Add((text, known, entry));
            });
        }

        foreach (var (_, _, entry) in found) entry.Used = true;
        var none = draft.Denied.GetValueOrDefault(FactIds.Allergies);
        if (found.Count > 0 && none is not null) draft.Warn($"{none} says that no allergy is known, but the record holds some ({found[0].Entry.Label})", $"{none} indique qu'aucune allergie n'est connue, mais le dossier en contient ({found[0].Entry.Label})");
        var each = found.DistinctBy(f => f.Text).ToList();
        if (found.Count > 0) draft.Give(FactIds.Allergies, new GivenTexts([.. each.Select(f => f.Text)], Complete: false) { Known = [.. each.Select(f => f.Known)] }, string.Join(", ", found.Select(f => f.Entry.Label)));
        else if (none is not null) draft.Give(FactIds.Allergies, new GivenTexts([], Complete: true), none);
    }

    private (string? Text, Recognised Known) ReadOne(Entry entry, AllergyIntolerance allergy)
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
            return (null, Recognised.Nothing);
        }

        if (allergy.Code?.Coding.Find(c => c.System == Structure.IpsAbsent) is { } absent)
        {
            if (absent.Code == "no-known-allergies") draft.Deny(FactIds.Allergies, entry);
            else entry.Refuse($"it says only '{absent.Code}'", $"elle dit seulement « {absent.Code} »");
            return (null, Recognised.Nothing);
        }

        var concept = Concept.Of(allergy.Code, entry, draft);
        if (concept.Codes.Contains(Structure.NoAllergy.Any))
        {
            draft.Deny(FactIds.Allergies, entry);
            return (null, Recognised.Nothing);
        }

        if (concept.Codes.Intersect(Structure.NoAllergy.OfOneKind).Any())
        {
            entry.Refuse("it says only that no allergy of one kind is known", "elle dit seulement qu'aucune allergie d'une certaine sorte n'est connue");
            return (null, Recognised.Nothing);
        }

        if (concept.Text is null) entry.Refuse("it names no substance", "elle ne nomme aucune substance");
        // of several substances in one concept each counts; what was not recognised may be anything
        var named = concept.Text is null ? [] : names.Recognise(entry, concept, null).Select(n => n.What).ToList();
        if (concept.Text is null) return (null, Recognised.Nothing);
        if (!named.Exists(k => k.Any)) return (concept.Text, formulary.RecogniseAllergy(concept.Text));
        return named.Count == 1 ? (concept.Text, named[0]) : (concept.Text, named[0] with
        {
            More = [.. named.SelectMany(k => (k.More ?? []).Append(k.Medicine)).OfType<Medicine>()],
            MoreDrugs = [.. named.SelectMany(k => k.MoreDrugs.Append(k.Drug)).OfType<Drug>()],
            HasRest = named.Exists(k => !k.Whole),
        });
    }
}
