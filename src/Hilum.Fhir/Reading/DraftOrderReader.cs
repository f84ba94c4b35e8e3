using System.Text.Json;
using Hilum.Facts;
using Hilum.Words;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>An order that somebody is about to sign.</summary>
/// <param name="Label">How the sender finds it: <c>MedicationRequest/m1</c>.</param>
/// <param name="Text">The medicine as the sender calls it; empty when it names none.</param>
/// <param name="What">What it was recognised as; empty when nothing was.</param>
/// <param name="Dose">The dose as written; empty when none is.</param>
/// <param name="Amount">The amount of one dose, when it is one number; null otherwise.</param>
/// <param name="Unit">The unit of the amount.</param>
public sealed record DraftOrder(string Label, string Text, IReadOnlyList<Recognised> What, string Dose, decimal? Amount, string Unit);

/// <summary>Reads a Bundle of draft orders. Reads no patient: what is ordered does not say what is being taken.</summary>
/// <param name="facts">The facts that there can be.</param>
/// <param name="formulary">The medicines that there can be.</param>
public sealed class DraftOrderReader(FactDictionary facts, Formulary formulary)
{
    /// <summary>Reads the orders of medicines. Never throws because of the input: an order that cannot be read is one that nobody recognised.</summary>
    /// <param name="bundle">A Bundle, at most 64 levels deep.</param>
    public IReadOnlyList<DraftOrder> Read(JsonElement bundle)
    {
        var warnings = new List<Phrase>();
        var list = new EntryList(warnings);
        list.AddRoot(bundle, "");
        var draft = new RecordDraft(facts, null, warnings);
        var read = list.All.Where(e => e.Type is "MedicationRequest" or "Medication" && e.Reasons.Count == 0).ToList();
        foreach (var entry in read) draft.Attempt(entry, () => entry.Resource = ResourceParser.Parse(entry, warnings) as DomainResource);
        var references = new References(read.Where(e => e.Resource is not null));
        var names = new MedicineName(formulary, draft);
        var orders = new List<DraftOrder>();
        foreach (var entry in read.Where(e => e is { Type: "MedicationRequest", Resource: not MedicationRequest { DoNotPerform: true } }))
        {
            var before = orders.Count;
            draft.Attempt(entry, () =>
            {
                if (entry.Resource is MedicationRequest request) orders.Add(Of(entry, request, references, names, draft));
            });
            if (orders.Count == before) orders.Add(new(entry.Label, "", [], "", null, ""));
        }

        return orders;
    }

    private static DraftOrder Of(Entry entry, MedicationRequest request, References references, MedicineName names, RecordDraft draft)
    {
        var reference = request.Medication as ResourceReference;
        var medication = references.Find<Medication>(reference, request);
        var concept = Concept.Of(request.Medication as CodeableConcept ?? medication?.Code, entry, draft);
        var found = names.Recognise(entry, concept, reference?.Display);
        if (found.All(f => !f.What.Any) && medication is { Ingredient.Count: > 0 })
            found = [.. medication.Ingredient.Select(i => i.Item).OfType<CodeableConcept>().SelectMany(c => names.Recognise(entry, Concept.Of(c, entry, draft), null))];
        var dose = request.DosageInstruction.SelectMany(d => d.DoseAndRate).Select(d => d.Dose).OfType<Quantity>().ToList();
        var written = string.Join("; ", request.DosageInstruction.Select(d => d.Text).Where(t => !string.IsNullOrWhiteSpace(t)));
        if (written.Length == 0 && dose is [{ Value: not null } one, ..]) written = $"{one.Value} {one.Unit ?? one.Code}";
        return new(entry.Label, found.Select(f => f.Text).FirstOrDefault(t => t.Length > 0) ?? concept.Text ?? "", [.. found.Select(f => f.What).Where(w => w.Any)], written,
            dose is [{ Value: { } amount }] ? amount : null, dose is [{ } single] ? single.Code ?? single.Unit ?? "" : "");
    }
}
