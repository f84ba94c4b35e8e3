using Hilum.Facts;
using Hilum.Fhir.Codes;
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
        else if (facts.Count == 0) entry.Refuse($"no fact for {code}");
        else if (moment.Fault is not null) entry.Refuse($"its date cannot be read: {moment.Fault}");
        else if (draft.IsFuture(moment.Date)) entry.Refuse($"dated {moment.Date}, after {draft.AsOf:yyyy-MM-dd}");
        else foreach (var fact in facts) State(entry, fact, moment);
    }

    private void State(Entry entry, FactDefinition fact, Moment moment)
    {
        draft.Give(entry, fact, value: true, moment.Date);
        if (fact.Id != FactIds.NephrectomyDone) return;
        draft.HasHint = true;
        if (moment.Date.IsStated) draft.Nephrectomies.Add(moment.Date);
    }

    private static string Why(EventStatus? status) => status switch
    {
        EventStatus.EnteredInError => "entered in error",
        EventStatus.InProgress => "begun, not done",
        null => "it states no status",
        _ => $"not done: its status is {status.ToString()!.ToLowerInvariant()}",
    };
}
