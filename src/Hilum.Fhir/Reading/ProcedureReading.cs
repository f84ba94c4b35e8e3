using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Words;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>Reads completed Procedures. One that was begun is not done; one that was not done denies nothing.</summary>
internal sealed class ProcedureReading(CodeIndex index, RecordDraft draft)
{
    /// <summary>Reads all Procedures.</summary>
    public void Read(IEnumerable<Entry> entries)
    {
        foreach (var entry in entries) draft.Attempt(entry, () => ReadOne(entry, (Procedure)entry.Resource!));
    }

    private void ReadOne(Entry entry, Procedure procedure)
    {
        var code = Concept.Of(procedure.Code, entry, draft);
        var facts = code.Codes.SelectMany(index.ByProcedure).Distinct().Where(f => f.Type is FactType.Bool).ToList();
        var moment = Moment.Of(procedure.Performed);
        if (procedure.Status is not EventStatus.Completed) entry.Refuse(Why(procedure.Status));
        else if (facts.Count == 0) entry.Refuse(Common.NoFact(code));
        else if (moment.Fault is { } fault) entry.Refuse(Common.UnreadableDate(fault));
        else if (draft.IsFuture(moment.Date)) entry.Refuse(Common.Future(moment.Date, draft.AsOf));
        else foreach (var fact in facts) State(entry, fact, moment);
    }

    private void State(Entry entry, FactDefinition fact, Moment moment)
    {
        draft.Give(entry, fact, value: true, moment.Date);
        if (fact.Id != FactIds.NephrectomyDone) return;
        draft.HasHint = true;
        if (moment.Date.IsStated) draft.Nephrectomies.Add(moment.Date);
    }

    private static Phrase Why(EventStatus? status) => status switch
    {
        EventStatus.EnteredInError => Common.EnteredInError,
        EventStatus.InProgress => new("begun, not done", "commencé, non terminé"),
        null => Common.NoStatus,
        _ => new($"not done: its status is {status.ToString()!.ToLowerInvariant()}", $"non fait : son statut est {status.ToString()!.ToLowerInvariant()}"),
    };
}
