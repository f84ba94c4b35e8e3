using Hilum.Fhir.Codes;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>Reads Lists that say by emptyReason "nilknown" that there is nothing to list: FHIR's own way to say "none".</summary>
internal sealed class ListReading(RecordDraft draft)
{
    private const int OldDays = 90;

    private static readonly string[] MedicineTitles =
        ["medications", "medication list", "current medications", "medicines", "current medicines", "médicaments", "liste des médicaments", "médicaments actuels"];

    private static readonly string[] TherapyTitles =
        ["systemic therapy for cancer", "cancer treatment history", "traitement systémique du cancer", "antécédents de traitement du cancer"];

    private static readonly string[] AllergyTitles = ["allergies", "allergies and intolerances", "allergies et intolérances"];

    /// <summary>Reads all Lists.</summary>
    public void Read(IEnumerable<Entry> entries)
    {
        foreach (var entry in entries) draft.Attempt(entry, () => ReadOne(entry, (List)entry.Resource!));
    }

    private void ReadOne(Entry entry, List list)
    {
        var moment = Moment.Of(list.Date);
        if (list.Status is not List.ListStatus.Current) entry.Refuse("it is not a current list", "ce n'est pas une liste à jour");
        else if (draft.IsFuture(moment.Date)) entry.Refuse(Common.Future(moment.Date, draft.AsOf));
        else if (list.Entry.Count > 0 || list.EmptyReason is null) entry.Refuse("a list is read only when it says that there is nothing to list; its items are read by themselves", "une liste n'est lue que si elle dit qu'il n'y a rien à lister ; ses éléments sont lus par eux-mêmes");
        else if (!list.EmptyReason.Coding.Exists(c => Structure.IsStatusSystem(c.System, "list-empty-reason") && c.Code == "nilknown")) entry.Refuse("it is empty for another reason than that nothing is known to be there (nilknown)", "elle est vide pour une autre raison que l'absence connue (nilknown)");
        else Deny(entry, list, moment);
    }

    private void Deny(Entry entry, List list, Moment moment)
    {
        var code = Concept.Of(list.Code, entry, draft);
        string[] titles = [Plain(list.Title), Plain(list.Code?.Text)];
        if (titles.Intersect(TherapyTitles).Any()) draft.Deny(FactIds.PriorTherapies, entry);
        else if (code.Codes.Contains(Structure.Lists.Medicines) || titles.Intersect(MedicineTitles).Any()) draft.Deny(FactIds.Medications, entry);
        else if (code.Codes.Contains(Structure.Lists.Allergies) || titles.Intersect(AllergyTitles).Any()) draft.Deny(FactIds.Allergies, entry);
        if (!entry.Used) entry.Refuse($"a list of something that is not read: {list.Title ?? code.En}", $"une liste de ce qui n'est pas lu : {list.Title ?? code.Fr}");
        else if (draft.AsOf is { } day && moment.Date.IsStated && day.DayNumber - moment.Date.Latest.DayNumber > OldDays)
            draft.Warn($"{entry.Label}: says that there is nothing to list, but is of {moment.Date}; check that it is still so", $"{entry.Label} : dit qu'il n'y a rien à lister, mais date du {moment.Date} ; vérifier que c'est toujours le cas");
    }

    private static string Plain(string? title) => (title ?? "").Trim().ToLowerInvariant();
}
