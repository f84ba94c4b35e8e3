using Hilum.Answers;
using Hilum.Options;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Writing;

/// <summary>One draft, as FHIR.</summary>
/// <param name="Name">What it is a draft of, in words.</param>
/// <param name="Json">The resource: UTF-8 JSON, compact.</param>
public sealed record DraftRequest(string Name, ReadOnlyMemory<byte> Json);

/// <summary>Writes an option as draft requests: a MedicationRequest for each of its drugs, else one ServiceRequest. Never active, never an order.</summary>
public static class DraftRequests
{
    /// <summary>Writes the drafts of one option, of intent <c>proposal</c>.</summary>
    /// <param name="option">The option.</param>
    /// <param name="words">Its words.</param>
    /// <param name="patient">A reference to the patient: <c>Patient/p1</c>.</param>
    /// <param name="day">The day of the drafts.</param>
    public static IReadOnlyList<DraftRequest> Write(Option option, Sentences words, string patient, DateOnly day)
    {
        var subject = new ResourceReference(patient);
        var authored = day.ToString("yyyy-MM-dd");
        if (option.Treatment.Parts.Length == 0) return [new(words.In(option.Treatment.Name), Bytes(Service(option.Treatment, words, subject, authored, RequestIntent.Proposal)))];
        return [.. option.Treatment.Parts.Select(part =>
            new DraftRequest(NameOf(part, words), Bytes(Medication(part, words, subject, authored, MedicationRequest.MedicationRequestIntent.Proposal))))];
    }

    internal static ServiceRequest Service(Treatment treatment, Sentences words, ResourceReference patient, string day, RequestIntent intent) =>
        new() { Status = RequestStatus.Draft, Intent = intent, Subject = patient, AuthoredOn = day, Code = new(null, null, words.In(treatment.Name)) };

    internal static MedicationRequest Medication(TreatmentPart part, Sentences words, ResourceReference patient, string day, MedicationRequest.MedicationRequestIntent intent)
    {
        var drug = words.Content.Formulary.FindDrug(part.Drug);
        var dose = string.Join(", ", new[] { words.Dose(part.Dose), words.In(part.Schedule), part.Route }.Where(t => t.Length > 0));
        return new()
        {
            Status = MedicationRequest.MedicationrequestStatus.Draft,
            Intent = intent,
            Subject = patient,
            AuthoredOn = day,
            Requester = new() { Display = "Hilum" },
            Medication = new CodeableConcept
            {
                Text = NameOf(part, words),
                Coding = drug is { RxNorm.Length: > 0 } ? [new Coding("http://www.nlm.nih.gov/research/umls/rxnorm", drug.RxNorm[0])] : [],
            },
            DosageInstruction = dose.Length == 0 ? [] : [new() { Text = dose }],
            Note = [new() { Text = $"{words.SourceOf(part.Source)} [{words.ReviewOf(part.Review)}]" }],
        };
    }

    private static string NameOf(TreatmentPart part, Sentences words) => words.Content.Formulary.FindDrug(part.Drug) is { } drug ? words.In(drug.Name) : part.Drug;

    private static ReadOnlyMemory<byte> Bytes(Resource resource) => FhirJson.Compact(resource);
}
