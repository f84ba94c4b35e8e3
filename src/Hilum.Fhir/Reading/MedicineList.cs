using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Words;

namespace Hilum.Fhir.Reading;

/// <summary>Sorts what was read of medicines into medicines taken now and courses of cancer treatment.</summary>
internal sealed class MedicineList(Formulary formulary, RecordDraft draft, MedicationReading reading)
{
    /// <summary>States medicines and earlier treatment.</summary>
    public void State(IReadOnlyList<MedicationUse> uses)
    {
        var cancer = uses.Where(reading.IsCancerTreatment).ToList();
        var courses = new CourseBuilder(formulary, draft).Build(cancer);
        var others = uses.Except(cancer).ToList();
        var unknown = others.Where(u => u is { ForCancer: true, ForOtherCancer: null, Recognised.Any: false }).ToList();
        foreach (var use in unknown)
            draft.Warn($"{use.Entry.Label}: '{use.Text}' is recorded as a medicine of the cancer's treatment, but Hilum does not know it; if it was a line of treatment, add it by hand", $"{use.Entry.Label} : « {use.Text} » est noté comme un médicament du traitement du cancer, mais Hilum ne le connaît pas ; s'il s'agissait d'une ligne de traitement, l'ajouter à la main");
        StateTherapies(cancer, courses, unknown, draft.Denied.GetValueOrDefault(FactIds.PriorTherapies));
        StateMedicines(others, draft.Denied.GetValueOrDefault(FactIds.Medications));
    }

    private void StateTherapies(List<MedicationUse> cancer, IReadOnlyList<PriorTherapy> courses, List<MedicationUse> unknown, string? none)
    {
        foreach (var use in cancer) use.Entry.Used = true;
        if (courses.Count > 0)
        {
            draft.HasHint = true;
            if (none is not null) draft.Warn($"{none} says that there was no systemic treatment of the cancer, but the record holds some ({courses[0].Origin}); it was not taken as the whole list", $"{none} indique qu'il n'y a pas eu de traitement systémique du cancer, mais le dossier en contient ({courses[0].Origin}) ; la liste n'a pas été tenue pour complète");
            draft.Give(FactIds.PriorTherapies, new GivenTherapies(courses, Complete: false), string.Join(", ", courses.Select(c => c.Origin).Distinct()));
        }
        else if (none is not null && unknown.Count > 0)
        {
            draft.Warn($"{none} says that there was no systemic treatment of the cancer, but {unknown[0].Entry.Label} may be one; it was not taken as the whole list", $"{none} indique qu'il n'y a pas eu de traitement systémique du cancer, mais {unknown[0].Entry.Label} en est peut-être un ; la liste n'a pas été tenue pour complète");
        }
        else if (none is not null)
        {
            draft.Give(FactIds.PriorTherapies, new GivenTherapies([], Complete: true), none);
        }
    }

    private void StateMedicines(List<MedicationUse> others, string? none)
    {
        foreach (var use in others.Where(u => !IsTaken(u))) use.Entry.Refuse(Reason(use));
        var items = others.Where(IsTaken).GroupBy(u => u.Recognised.Medicine?.Id ?? u.Recognised.Drug?.Id ?? u.Text.Trim().ToLowerInvariant())
            .Select(g => new MedicineTaken(g.First().Text, g.First().Recognised, string.Join(", ", g.Select(u => u.Entry.Label).Distinct()))).ToList();
        foreach (var use in others.Where(IsTaken)) use.Entry.Used = true;
        if (items.Count > 0)
        {
            if (none is not null) draft.Warn($"{none} says that no medicine is taken, but the record holds some ({items[0].Origin}); it was not taken as the whole list", $"{none} indique qu'aucun médicament n'est pris, mais le dossier en contient ({items[0].Origin}) ; la liste n'a pas été tenue pour complète");
            draft.Give(FactIds.Medications, new GivenMedicines(items, Complete: false), string.Join(", ", items.Select(i => i.Origin)));
        }
        else if (none is not null)
        {
            draft.Give(FactIds.Medications, new GivenMedicines([], Complete: true), none);
        }
    }

    private static bool IsTaken(MedicationUse use) => use is { State: UseState.Ongoing, OnHold: false };

    private static Phrase Reason(MedicationUse use) => use.State switch
    {
        UseState.Ended => new($"not being taken: it ended{(use.End.IsStated ? $" on {use.End}" : "")}", $"n'est pas pris : terminé{(use.End.IsStated ? $" le {use.End}" : "")}"),
        UseState.Ongoing => new("not being taken: it is on hold", "n'est pas pris : en suspens"),
        _ => new("it was given or handed over once: that does not say that it is being taken", "donné ou remis une fois : cela ne dit pas qu'il est pris"),
    };
}
