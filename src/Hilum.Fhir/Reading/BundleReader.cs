using System.Collections.Frozen;
using System.Text.Json;
using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Words;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>Reads a FHIR R4 Bundle of one patient (mCODE where present, plain FHIR otherwise) into facts.</summary>
/// <remarks>
/// What a code means stands in the fact dictionary and the formulary; this class knows FHIR and no medicine.
/// Thread-safe: make one and use it for every record.
/// </remarks>
public sealed class BundleReader
{
    private static readonly FrozenSet<string> ReadTypes = new[]
    {
        "Patient", "Condition", "Observation", "Procedure", "MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense",
        "Medication", "AllergyIntolerance", "List", "AdverseEvent",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A resource of each kind that most records hold.</summary>
    private const string Sample = """
        { "resourceType": "Bundle", "type": "collection", "entry": [
          { "resource": { "resourceType": "Patient", "birthDate": "1960" } },
          { "resource": { "resourceType": "Condition", "code": { "coding": [{ "code": "c" }] }, "subject": { "reference": "Patient/1" }, "stage": [{ "summary": { "text": "s" } }], "onsetDateTime": "2020" } },
          { "resource": { "resourceType": "Observation", "status": "final", "code": { "text": "o" }, "valueQuantity": { "value": 1.5, "unit": "u" }, "effectiveDateTime": "2020", "referenceRange": [{ "low": { "value": 1 } }] } },
          { "resource": { "resourceType": "MedicationRequest", "status": "active", "intent": "order", "medicationCodeableConcept": { "text": "m" }, "subject": { "reference": "Patient/1" } } },
          { "resource": { "resourceType": "List", "status": "current", "mode": "snapshot", "code": { "text": "l" } } }] }
        """;

    private readonly FactDictionary facts;
    private readonly Formulary formulary;
    private readonly CodeIndex index;

    /// <summary>Makes the index of every code that the dictionary names.</summary>
    public BundleReader(FactDictionary facts, Formulary formulary)
    {
        this.facts = facts;
        this.formulary = formulary;
        index = new(facts);
    }

    /// <summary>Gets the parser of FHIR ready, for those who have something else to wait for: its first steps take longer than a whole record.</summary>
    public static void Prepare()
    {
        using var sample = JsonDocument.Parse(Sample);
        var warnings = new List<Phrase>();
        var entries = new EntryList(warnings);
        entries.AddRoot(sample.RootElement, "");
        foreach (var entry in entries.All) ResourceParser.Parse(entry, warnings);
    }

    /// <summary>Reads a Bundle, or a single resource as a bundle of one.</summary>
    /// <param name="json">UTF-8, at most 32 MB, at most 64 levels deep.</param>
    /// <param name="asOf">The day of the plan: what is dated later is not used. Null: the caller looks at dates.</param>
    /// <returns>The record, or every reason why it could not be read. Never throws because of the input.</returns>
    public Facts.Reading Read(ReadOnlyMemory<byte> json, DateOnly? asOf) => Guarded(() =>
    {
        if (JsonCheck.Encoding(ref json) is { } fault) return Facts.Reading.Failed(fault);
        var warnings = new List<Phrase>();
        if (JsonCheck.Syntax(json.Span, warnings) is { } problem) return Facts.Reading.Failed(problem);
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonCheck.DeepestNesting });
        var entries = new EntryList(warnings);
        entries.AddRoot(document.RootElement, "");
        return Read(entries, warnings, asOf);
    });

    /// <summary>Reads a bulk export: one resource a line, all of one patient.</summary>
    /// <param name="lines">UTF-8, at most 32 MB.</param>
    /// <param name="asOf">As for <see cref="Read(ReadOnlyMemory{byte}, DateOnly?)"/>.</param>
    /// <returns>The record, or every reason why it could not be read. Never throws because of the input.</returns>
    public Facts.Reading ReadNdjson(ReadOnlyMemory<byte> lines, DateOnly? asOf) => Guarded(() =>
    {
        if (JsonCheck.Encoding(ref lines) is { } fault) return Facts.Reading.Failed(fault);
        var warnings = new List<Phrase>();
        var entries = new EntryList(warnings);
        var problems = new List<ReadingProblem>();
        var documents = new List<JsonDocument>();
        var number = 0;
        try
        {
            while (!lines.IsEmpty)
            {
                var end = lines.Span.IndexOf((byte)'\n');
                var line = end < 0 ? lines : lines[..end];
                lines = end < 0 ? default : lines[(end + 1)..];
                number++;
                if (line.Span.Trim(" \t\r"u8).IsEmpty) continue;
                if (JsonCheck.Syntax(line.Span, warnings, $"resource on line {number}: ") is { } problem)
                {
                    problems.Add(problem);
                    continue;
                }

                documents.Add(JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = JsonCheck.DeepestNesting }));
                entries.AddRoot(documents[^1].RootElement, $"line {number}");
            }

            return problems.Count > 0 ? Facts.Reading.Failed([.. problems, .. entries.Problems]) : Read(entries, warnings, asOf);
        }
        finally
        {
            foreach (var document in documents) document.Dispose();
        }
    });

    /// <summary>The last line of defence: a fault of ours is a reading that failed, not a program that stops.</summary>
    private static Facts.Reading Guarded(Func<Facts.Reading> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return Facts.Reading.Failed(new ReadingProblem("", $"the record could not be read: {fault.Message}"));
        }
    }

    private Facts.Reading Read(EntryList list, List<Phrase> warnings, DateOnly? asOf)
    {
        var (owner, two) = Owner.Find(list.All, warnings);
        if (list.Problems.Count > 0 || owner is null) return Facts.Reading.Failed(two is null ? list.Problems : [.. list.Problems, two]);
        var draft = new RecordDraft(facts, asOf, warnings);
        foreach (var entry in list.All.Where(e => e.Reasons.Count == 0)) draft.Attempt(entry, () => Prepare(entry, owner, draft));
        ReadAll(list.All, owner, draft);
        return Facts.Reading.Of(new PatientRecord
        {
            PatientId = owner.Id,
            Facts = draft.Given,
            NotUsed = [.. list.Empty, .. list.All.SelectMany(NotUsedOf)],
            Warnings = warnings,
            UndatedIsCurrent = false,
        });
    }

    /// <summary>Parses what is needed, and refuses what is about someone else or carries a modifier that we do not know.</summary>
    private static void Prepare(Entry entry, Owner owner, RecordDraft draft)
    {
        if (entry.Type.Length == 0) entry.Refuse("it has no resourceType", "elle n'a pas de resourceType");
        else if (!ModelInfo.IsKnownResource(entry.Type)) entry.Refuse($"'{entry.Type}' is not a resource of FHIR R4", $"« {entry.Type} » n'est pas une ressource de FHIR R4");
        else if (!ReadTypes.Contains(entry.Type)) entry.Refuse(entry.Type is "DiagnosticReport" ? new("its results are read from their Observations", "ses résultats sont lus dans leurs Observations") : new("not needed for planning", "inutile pour ce plan"));
        else if (entry.Type is not ("Patient" or "Medication") && owner.Objection(entry, draft) is { } objection) entry.Refuse(objection);
        if (entry.Reasons.Count > 0 || ResourceParser.Parse(entry, draft.Warnings) is not DomainResource resource) return;
        if (resource.ModifierExtension.Count > 0) entry.Refuse($"it carries a modifier that Hilum does not know ({resource.ModifierExtension[0].Url})", $"elle porte un modificateur que Hilum ne connaît pas ({resource.ModifierExtension[0].Url})");
        else if (resource.ImplicitRules is { } rules) entry.Refuse($"it asks for rules that Hilum does not know ({rules})", $"elle demande des règles que Hilum ne connaît pas ({rules})");
        else entry.Resource = resource;
    }

    private void ReadAll(IReadOnlyList<Entry> all, Owner owner, RecordDraft draft)
    {
        var entries = all.Where(e => e.Resource is not null).ToList();
        var references = new References(entries);
        List<Entry> Of<T>() => [.. entries.Where(e => e.Resource is T)];

        if (owner.Patient is { Resource: Patient } patient) new PatientReading(draft).Read(patient);
        var conditions = new ConditionReading(index, draft, references);
        var diagnosis = conditions.Read(Of<Condition>());
        new ObservationReading(index, draft, diagnosis, conditions, references, entries).Read(Of<Observation>());
        new ProcedureReading(index, draft).Read(Of<Procedure>());
        new ListReading(draft).Read(Of<List>());
        var reading = new MedicationReading(index, formulary, draft, references, diagnosis);
        var uses = reading.Read(entries.Where(e => e.Resource is MedicationRequest or MedicationStatement or MedicationAdministration or MedicationDispense));
        new MedicineList(formulary, draft, reading).State(uses);
        new AllergyReading(formulary, draft).Read(Of<AllergyIntolerance>());
        new SideEffects(draft).Look(entries);
        diagnosis.Conclude(draft);
    }

    private static IEnumerable<NotUsed> NotUsedOf(Entry entry)
    {
        if (entry.Reasons.Count > 0) return [new(entry.Label, Phrase.Join("; ", entry.Reasons)) { Present = entry.Used ? null : entry.Present }];
        if (entry.Used) return [];
        return [new(entry.Label, entry.Type is "Medication" ? new("no medicine that is read refers to it", "aucun médicament lu n'y renvoie") : new("no fact in it", "aucun fait n'y figure"))];
    }
}
