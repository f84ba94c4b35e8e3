using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Measures;
using Hilum.Words;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>Reads Observations: results, scores, stages, comorbidities and genes.</summary>
internal sealed class ObservationReading
{
    private readonly CodeIndex index;
    private readonly RecordDraft draft;
    private readonly Diagnosis diagnosis;
    private readonly ConditionReading conditions;
    private readonly ValueReading values;
    private readonly LimitReading limits;
    private readonly GeneReading genes;
    private readonly ILookup<Entry, Observation> parents;

    public ObservationReading(CodeIndex index, RecordDraft draft, Diagnosis diagnosis, ConditionReading conditions, References references, IReadOnlyList<Entry> entries)
    {
        this.index = index;
        this.draft = draft;
        this.diagnosis = diagnosis;
        this.conditions = conditions;
        values = new(index, draft, diagnosis);
        limits = new(draft);
        genes = new(index, draft, references);
        parents = entries.Select(e => e.Resource).OfType<Observation>()
            .SelectMany(o => o.HasMember.Select(m => (Child: references.Find(m), Parent: o))).Where(x => x.Child is not null).ToLookup(x => x.Child!, x => x.Parent);
    }

    /// <summary>Reads all Observations.</summary>
    public void Read(IEnumerable<Entry> entries)
    {
        foreach (var entry in entries) draft.Attempt(entry, () => ReadOne(entry, (Observation)entry.Resource!));
        genes.Conclude();
    }

    private void ReadOne(Entry entry, Observation observation)
    {
        if (ObjectionToStatus(observation.Status) is { } objection)
        {
            entry.Refuse(objection);
            return;
        }

        var moment = Moment.Of(observation.Effective).Or(() => observation.Effective is null ? Moment.Of(observation.IssuedElement) : default);
        if (moment.Fault is not null || draft.IsFuture(moment.Date))
        {
            entry.Refuse(moment.Fault is { } fault ? Common.UnreadableDate(fault) : Common.Future(moment.Date, draft.AsOf));
            return;
        }

        var seen = new Seen(entry, observation, Concept.Of(observation.Code, entry, draft), moment.Date, observation.Status is ObservationStatus.Preliminary);
        if (genes.Take(seen) || TakeDiseaseStatus(seen)) return;
        var comorbid = TakeComorbidities(seen);
        var found = TakeValue(seen) | TakeComponents(seen);
        if (!found && !entry.Used && entry.Reasons.Count == 0) entry.Refuse(comorbid ? new("no fact for the conditions that it states or denies", "aucun fait pour les maladies qu'elle affirme ou nie") : Common.NoFact(seen.Code));
    }

    private static Phrase? ObjectionToStatus(ObservationStatus? status) => status switch
    {
        ObservationStatus.Final or ObservationStatus.Amended or ObservationStatus.Corrected or ObservationStatus.Preliminary => null,
        ObservationStatus.EnteredInError => Common.EnteredInError,
        null => Common.NoStatus,
        _ => new Phrase($"its status is {status.ToString()!.ToLowerInvariant()}; only final, amended, corrected and preliminary results count", $"son statut est {status.ToString()!.ToLowerInvariant()} ; seuls comptent les résultats définitifs, modifiés, corrigés et provisoires"),
    };

    private bool TakeValue(Seen seen)
    {
        var facts = seen.Code.Codes.SelectMany(index.ByObservation).Distinct().ToList();
        foreach (var fact in facts)
        {
            if (ObjectionToCancer(seen, fact) is { } objection) seen.Entry.Refuse(objection);
            else Take(seen, fact, new(seen.Observation.Value, seen.Observation.DataAbsentReason, seen.Observation.ReferenceRange, seen.Observation.Interpretation, seen.Observation.Method));
        }

        return facts.Count > 0;
    }

    private bool TakeComponents(Seen seen)
    {
        var found = false;
        foreach (var component in seen.Observation.Component)
        {
            foreach (var fact in Concept.Of(component.Code, seen.Entry, draft).Codes.SelectMany(index.ByComponent).Distinct())
            {
                found = true;
                Take(seen, fact, new(component.Value, component.DataAbsentReason, component.ReferenceRange, component.Interpretation, null));
            }
        }

        return found;
    }

    private void Take(Seen seen, FactDefinition fact, Answer answer)
    {
        if (answer.Value is null && answer.DataAbsentReason is { } absent && (answer.Interpretation.Count == 0 || fact.Type is not FactType.Integer))
        {
            var reason = Concept.Of(absent, seen.Entry, draft).Text ?? absent.Coding.FirstOrDefault()?.Code;
            seen.Entry.Refuse($"{fact.Label.En}: the record says that the value is not there ({reason ?? "no reason"}): unknown", $"{fact.Label.Fr} : le dossier dit que la valeur manque ({reason ?? "sans raison"}) : inconnu");
            return;
        }

        if (fact.Type is FactType.List && values.IsDenial(seen, answer))
        {
            draft.Deny(fact.Id, seen.Entry);
            return;
        }

        if (values.Read(seen, fact, answer, out var why) is not { } value)
        {
            seen.Entry.Refuse($"{fact.Label.En}: {why.En}", $"{fact.Label.Fr} : {why.Fr}");
            return;
        }

        if (fact.Id == FactIds.Metastatic && value is GivenCode { Mask: 1 })
        {
            seen.Entry.Refuse($"{fact.Label.En}: it denies an earlier episode; whether there is a metastasis now, it does not say", $"{fact.Label.Fr} : elle nie un épisode antérieur ; elle ne dit pas s'il y a une métastase maintenant");
            return;
        }

        draft.Give(seen.Entry, fact, value, seen.Date, seen.Preliminary);
        if (value is GivenNumber number) limits.Read(seen, fact, number, answer);
    }

    /// <summary>What is said of another cancer is not said of this one.</summary>
    private Phrase? ObjectionToCancer(Seen seen, FactDefinition fact)
    {
        if (!FactIds.OfTheTumour.Contains(fact.Id)) return null;
        var named = seen.Observation.Focus.Concat(seen.Observation.Extension.Where(e => e.Url == Structure.RelatedCondition).Select(e => e.Value).OfType<ResourceReference>()).ToList();
        if (named.Count == 0) named = [.. parents[seen.Entry].SelectMany(p => p.Focus)];
        var objection = diagnosis.Objection(named, out var doubt);
        if (doubt is not null) draft.Warn($"{seen.Entry.Label}: {doubt.Value.En}", $"{seen.Entry.Label} : {doubt.Value.Fr}");
        draft.HasHint |= objection is null;
        return objection;
    }

    private bool TakeDiseaseStatus(Seen seen)
    {
        if (!seen.Code.Codes.Contains(CourseCodes.DiseaseStatus)) return false;
        if (diagnosis.Objection(seen.Observation.Focus, out _) is { } objection)
        {
            seen.Entry.Refuse(objection);
        }
        else if (seen.Date.IsStated && Concept.Of(seen.Observation.Value as CodeableConcept, seen.Entry, draft).Codes.Contains(CourseCodes.Worsened))
        {
            draft.Worsened.Add(seen.Date);
            seen.Entry.Refuse("read only to see why a treatment was stopped", "lue seulement pour voir pourquoi un traitement a été arrêté");
        }
        else
        {
            seen.Entry.Refuse("of the disease status only a dated 'worsened' is read", "de l'évolution de la maladie, seule une aggravation datée est lue");
        }

        return true;
    }

    /// <summary>mCODE comorbidities: conditions stated as present, and conditions stated as absent.</summary>
    private bool TakeComorbidities(Seen seen)
    {
        var found = false;
        foreach (var extension in seen.Observation.Extension)
        {
            if (extension.Url is not (Structure.RelatedCondition or Structure.RelatedConditionAbsent) || extension.Value is not CodeableConcept concept) continue;
            found = true;
            var code = Concept.Of(concept, seen.Entry, draft);
            if (extension.Url == Structure.RelatedCondition) conditions.Affirm(seen.Entry, code, seen.Date, seen.Preliminary);
            else conditions.Deny(seen.Entry, code, seen.Date);
        }

        return found;
    }
}
