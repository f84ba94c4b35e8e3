using Hilum.Answers;
using Hilum.Guidance;
using Hilum.Plans;
using Hilum.Words;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Writing;

/// <summary>Writes a stored plan as a FHIR R4 collection Bundle: the patient by local id, the CarePlan with its steps and checks, and where it comes from.</summary>
public static class CarePlanBundle
{
    /// <summary>Writes the bundle. The same version gives the same bytes.</summary>
    /// <param name="plan">The version.</param>
    /// <param name="saved">When it was saved, as ISO 8601.</param>
    /// <param name="content">The guidance, for names.</param>
    /// <param name="language">The language of the resources.</param>
    public static ReadOnlyMemory<byte> Write(Plan plan, string saved, GuidanceContent content, Language language)
    {
        var (patient, carePlan) = (Id(plan, "patient"), Id(plan, "plan"));
        return FhirJson.Indented(new Bundle
        {
            Type = Bundle.BundleType.Collection,
            Entry =
            [
                new() { FullUrl = patient, Resource = new Patient { Identifier = [new() { Value = plan.Patient }] } },
                new() { FullUrl = carePlan, Resource = CarePlan(plan, patient, saved, content, language) },
                new() { FullUrl = Id(plan, "provenance"), Resource = Provenance(plan, carePlan, saved) },
            ],
        });
    }

    private static CarePlan CarePlan(Plan plan, string patient, string saved, GuidanceContent content, Language language)
    {
        var care = new CarePlan
        {
            Language = language is Language.French ? "fr" : "en",
            Identifier = [new() { System = "urn:ietf:rfc:3986", Value = $"urn:uuid:{Guid.Parse(plan.Id)}" }],
            VersionId = $"{plan.Version}",
            Status = plan.State switch
            {
                PlanState.Active => RequestStatus.Active,
                PlanState.Superseded or PlanState.Withdrawn => RequestStatus.Revoked,
                _ => RequestStatus.Draft,
            },
            Intent = plan.State is PlanState.Draft or PlanState.Proposed or PlanState.Discussed ? Hl7.Fhir.Model.CarePlan.CarePlanIntent.Proposal : Hl7.Fhir.Model.CarePlan.CarePlanIntent.Plan,
            Category = [new("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan")],
            Title = content.Say(language, "care-plan.title", plan.Patient, plan.Version),
            Description = plan.Content.Goal,
            Subject = new(patient),
            Created = saved,
            Text = new()
            {
                Status = Narrative.NarrativeStatus.Generated,
                Div = $"<div xmlns=\"http://www.w3.org/1999/xhtml\">{HtmlPage.Body(CarePlanDocument.Write(plan, content, language))}</div>",
            },
            Note = [.. plan.Content.Questions.Select(q => new Annotation { Text = $"{content.Say(language, "care-plan.questions")}: {q}" })],
        };
        if (plan.Content.Supersedes is { } older) care.Replaces.Add(new() { Identifier = new() { System = "urn:ietf:rfc:3986", Value = Guid.TryParse(older, out var id) ? $"urn:uuid:{id}" : older } });
        foreach (var step in plan.Content.Steps)
            care.Activity.Add(Activity(content.Catalogue.Find(step.Treatment)?.Name.In(language) ?? step.Treatment, string.Join(" ", new[] { step.Reason, step.NextWhen }.Where(t => t is not null)), step.Start, step.Start));
        foreach (var due in plan.Calendar.Due) care.Activity.Add(Activity(due.Item.What.In(language), due.Item.When.In(language), due.On, due.NoLaterThan));
        foreach (var undated in plan.Calendar.Undated) care.Activity.Add(Activity(undated.Item.What.In(language), undated.Item.When.In(language), null, null));
        foreach (var task in plan.Content.Tasks) care.Activity.Add(Activity(task.What, task.Who, null, task.By));
        return care;
    }

    private static CarePlan.ActivityComponent Activity(string what, string description, DateOnly? from, DateOnly? to)
    {
        var detail = new CarePlan.DetailComponent { Status = Hl7.Fhir.Model.CarePlan.CarePlanActivityStatus.NotStarted, Code = new(null, null, what) };
        if (description.Length > 0) detail.Description = description;
        if (from is not null || to is not null) detail.Scheduled = new Period { Start = Day(from), End = Day(to) };
        return new() { Detail = detail };
    }

    private static Provenance Provenance(Plan plan, string carePlan, string saved)
    {
        var provenance = new Provenance
        {
            Target = [new(carePlan)],
            RecordedElement = new Instant { JsonValue = saved },
            Agent = [new() { Who = new() { Display = "Hilum" } }],
        };
        provenance.Entity.Add(Source($"record {plan.Basis.Record}, SHA-256 {plan.Basis.RecordSha256}"));
        provenance.Entity.Add(Source($"guidance {plan.Basis.ContentVersion}, SHA-256 {plan.Basis.ContentSha256}, as of {Day(plan.Basis.AsOf)}"));
        return provenance;
    }

    private static Provenance.EntityComponent Source(string display) => new() { Role = Hl7.Fhir.Model.Provenance.ProvenanceEntityRole.Source, What = new() { Display = display } };

    private static string Id(Plan plan, string name) => FhirJson.Uuid($"{plan.Id}\n{plan.Version}\n{name}");

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd");
}
