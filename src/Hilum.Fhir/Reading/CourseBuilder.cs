using Hilum.Facts;
using Hilum.Measures;

namespace Hilum.Fhir.Reading;

/// <summary>Groups what was read of cancer drugs into courses, because FHIR and mCODE have no element for a line of treatment.</summary>
internal sealed class CourseBuilder(Formulary formulary, RecordDraft draft)
{
    /// <summary>The windows are ours and await a clinician's signature.</summary>
    private const int SameDrugDays = 180;
    private const int WorsenedBeforeNextDays = 30;
    private const int AdjuvantAfterSurgeryDays = 84;
    private const int OldOrderDays = 90;
    private const int MostOrigins = 5;

    /// <summary>The courses, the first one first; those without a date last.</summary>
    public IReadOnlyList<PriorTherapy> Build(IReadOnlyList<MedicationUse> uses)
    {
        var spells = uses.GroupBy(u => u.Recognised.Drug?.Id ?? u.Text.Trim().ToLowerInvariant()).SelectMany(Spells).ToList();
        var dated = TreatmentLines.Group(
            spells.Where(s => s.Start.IsStated).OrderBy(s => s.Start.Earliest).ThenBy(s => s.Name, StringComparer.Ordinal),
            s => new(s.Start, s.Stop, s.StoppedFor),
            (a, b) => a.Id == b.Id);
        var courses = dated.Select((course, i) => Make(course, i + 1 < dated.Count ? dated[i + 1][0].Start : default)).ToList();
        var undated = spells.Where(s => !s.Start.IsStated).ToList();
        if (undated.Count == 0) return courses;
        draft.Warn($"without a date, so that their order is not known: {string.Join(", ", undated.Select(s => s.Name).Distinct())}", $"sans date, de sorte que leur ordre est inconnu : {string.Join(", ", undated.Select(s => s.FrenchName).Distinct())}");
        if (undated.Count > 1 && formulary.FindRegimenOf([.. undated.Select(s => s.Id).Distinct()]) is not null) return [.. courses, Make(undated, default)];
        return [.. courses, .. undated.Select(s => Make([s], default))];
    }

    /// <summary>One drug, from its first dose to its last, without a long pause.</summary>
    private static List<Spell> Spells(IGrouping<string, MedicationUse> drug)
    {
        var spells = new List<Spell>();
        var until = DateOnly.MinValue;
        foreach (var use in drug.OrderBy(u => u.Start.IsStated ? u.Start.Earliest : DateOnly.MaxValue))
        {
            var paused = use.Start.IsStated && until > DateOnly.MinValue && use.Start.Earliest.DayNumber - until.DayNumber > SameDrugDays;
            if (spells.Count == 0 || (paused && !spells[^1].IsOngoing)) spells.Add(new(drug.Key, use));
            else spells[^1].Uses.Add(use);
            if (use.Last.IsStated && use.Last.Latest > until) until = use.Last.Latest;
        }

        return spells;
    }

    private PriorTherapy Make(List<Spell> course, PartialDate next)
    {
        var drugs = course.Select(s => s.Drug).OfType<Drug>().DistinctBy(d => d.Id).ToList();
        var ids = drugs.Select(d => d.Id).ToList();
        var treatment = drugs.Count == course.Count ? formulary.FindRegimenOf(ids)?.Treatment : null;
        var ongoing = course.Where(s => s.IsOngoing).ToList();
        var ended = ongoing.Count == 0;
        var stop = ended ? course.Select(s => s.Stop).Where(d => d.IsStated).OrderBy(d => d.Latest).LastOrDefault() : default;
        var uses = course.SelectMany(s => s.Uses).ToList();
        var therapy = new PriorTherapy
        {
            Treatment = treatment ?? "other",
            Name = treatment is null ? string.Join(" + ", course.Select(s => s.Name).Distinct()) : null,
            Drugs = ids,
            Groups = formulary.GroupsOf(ids),
            Start = course[0].Start,
            Stop = stop,
            Ended = ended,
            StoppedFor = ended ? ReasonOf(course, next) : null,
            StoppedParts = ended ? [] : [.. course.Where(s => !s.IsOngoing && s.HasEnded && s.Drug is not null).Select(s => s.Id)],
            Setting = SettingOf(course, drugs),
            Origin = OriginsOf([.. uses.Select(u => u.Entry.Label).Distinct()]),
        };
        WarnOf(course, ongoing, therapy);
        return therapy;
    }

    private string? ReasonOf(List<Spell> course, PartialDate next)
    {
        if (course.Select(s => s.StoppedFor).LastOrDefault(r => r is not null) is { } stated) return stated;
        if (!next.IsStated) return null;
        var worsened = draft.Worsened.Exists(w => w.Earliest <= next.Earliest && next.Earliest.DayNumber - w.Latest.DayNumber <= WorsenedBeforeNextDays && w.Latest >= course[0].Start.Earliest);
        return worsened ? "progression" : null;
    }

    private TherapySetting SettingOf(List<Spell> course, List<Drug> drugs)
    {
        if (course.SelectMany(s => s.Uses).Any(u => u.Adjuvant)) return TherapySetting.Adjuvant;
        var start = course[0].Start;
        var capable = drugs.Count == course.Count && drugs.TrueForAll(d => d.Adjuvant);
        if (!capable) return TherapySetting.Metastatic;
        if (!start.IsStated) return TherapySetting.Unknown;
        if (draft.MetastasisEvidence.Exists(e => e.Latest <= start.Earliest)) return TherapySetting.Metastatic;
        var afterSurgery = draft.Nephrectomies.Exists(n => n.Latest <= start.Earliest && start.Latest.DayNumber - n.Earliest.DayNumber <= AdjuvantAfterSurgeryDays);
        return afterSurgery && draft.MetastasisEvidence.TrueForAll(e => e.Earliest > start.Latest) ? TherapySetting.Adjuvant : TherapySetting.Unknown;
    }

    private void WarnOf(List<Spell> course, List<Spell> ongoing, PriorTherapy therapy)
    {
        if (therapy.Setting is TherapySetting.Adjuvant) draft.Warn($"{Name(therapy)}: read as given after surgery ({therapy.Origin}); correct it if it was for metastatic disease", $"{Name(therapy)} : lu comme donné après la chirurgie ({therapy.Origin}) ; à corriger s'il visait la maladie métastatique");
        if (draft.AsOf is not { } day) return;
        foreach (var spell in ongoing.Where(s => s.Last.IsStated && day.DayNumber - s.Last.Latest.DayNumber > OldOrderDays))
            draft.Warn($"{spell.Name}: recorded as going on, but its last date is {spell.Last}; check that it still does ({OriginsOf([.. spell.Uses.Select(u => u.Entry.Label)])})", $"{spell.FrenchName} : noté comme en cours, mais sa dernière date est {spell.Last} ; vérifier qu'il continue ({OriginsOf([.. spell.Uses.Select(u => u.Entry.Label)])})");
        if (ongoing.Count == 0 && course.TrueForAll(s => !s.HasEnded) && therapy.Stop.IsStated && day.DayNumber - therapy.Stop.Latest.DayNumber <= OldOrderDays)
            draft.Warn($"{Name(therapy)}: the last dose was on {therapy.Stop} and no end is recorded; it was read as ended then, correct it if it goes on", $"{Name(therapy)} : dernière dose le {therapy.Stop}, sans fin notée ; lu comme terminé à cette date, à corriger s'il continue");
    }

    private static string Name(PriorTherapy therapy) => therapy.Name ?? therapy.Treatment;

    private static string OriginsOf(List<string> labels) =>
        string.Join(", ", labels.Take(MostOrigins)) + (labels.Count > MostOrigins ? $" + {labels.Count - MostOrigins}" : "");

    /// <summary>One drug without a long pause, from all that says so.</summary>
    private sealed class Spell(string id, MedicationUse first)
    {
        public string Id => id;

        public Drug? Drug => first.Recognised.Drug;

        public string Name => Drug?.Name.En ?? first.Text;

        public string FrenchName => Drug?.Name.Fr ?? first.Text;

        public List<MedicationUse> Uses { get; } = [first];

        public PartialDate Start => Uses.Select(u => u.Start).Where(d => d.IsStated).OrderBy(d => d.Earliest).FirstOrDefault();

        /// <summary>The last date that the record knows of.</summary>
        public PartialDate Last => Uses.Select(u => u.Last).Where(d => d.IsStated).OrderBy(d => d.Latest).LastOrDefault();

        /// <summary>Something says that it goes on, and nothing later says that it ended.</summary>
        public bool IsOngoing => Uses.Where(u => u.State is UseState.Ongoing).OrderBy(u => u.Start.IsStated ? u.Start.Earliest : DateOnly.MinValue).LastOrDefault() is { } ongoing
            && !Uses.Exists(u => u.State is UseState.Ended && (u.End.IsStated || u.StoppedFor is not null)
                && (!ongoing.Start.IsStated || (u.Last.IsStated && u.Last.Earliest >= ongoing.Start.Latest)));

        public bool HasEnded => Uses.Exists(u => u.State is UseState.Ended);

        /// <summary>The stated end, else the last dose.</summary>
        public PartialDate Stop => IsOngoing ? default : Uses.Where(u => u.End.IsStated).Select(u => u.End).OrderBy(d => d.Latest).LastOrDefault();

        public string? StoppedFor => Uses.Where(u => u is { State: UseState.Ended, StoppedFor: not null }).OrderBy(u => u.Last.IsStated ? u.Last.Latest : DateOnly.MinValue).LastOrDefault()?.StoppedFor;
    }
}
