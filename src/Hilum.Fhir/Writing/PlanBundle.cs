using Hilum.Answers;
using Hilum.Measures;
using Hilum.Options;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Writing;

/// <summary>Writes an answer as a FHIR R4 collection Bundle that another system can file and show.</summary>
/// <remarks>
/// Nothing in it looks like an order: requests are drafts of intent <c>option</c>, the CarePlan is a draft of intent <c>proposal</c>
/// (CPG-on-FHIR 2.0.0: options stand in a RequestGroup and are transient until somebody accepts one). Ids follow from patient,
/// day, content and language, so that the same answer gives the same bytes.
/// </remarks>
public sealed class PlanBundle
{
    private static readonly string Program = typeof(PlanBundle).Assembly.GetName().Version?.ToString(3) ?? "";

    private readonly Assessment assessment;
    private readonly Sentences words;
    private readonly Bundle bundle = new() { Type = Bundle.BundleType.Collection };
    private readonly ResourceReference patient;
    private readonly Dictionary<SafetyRule, (List<Option> Options, List<string> Requests)> issues = [];

    private PlanBundle(Assessment assessment, Sentences words)
    {
        (this.assessment, this.words) = (assessment, words);
        patient = new(Id("patient"));
    }

    /// <summary>Writes the bundle.</summary>
    /// <param name="assessment">The answer.</param>
    /// <param name="words">Its words; their language is the language of the resources.</param>
    /// <returns>UTF-8 JSON, indented, ending in a line feed.</returns>
    public static ReadOnlyMemory<byte> Write(Assessment assessment, Sentences words) => FhirJson.Indented(new PlanBundle(assessment, words).Make());

    private Bundle Make()
    {
        Add("patient", new Patient { Identifier = assessment.Case.PatientId.Length == 0 ? [] : [new Identifier { Value = assessment.Case.PatientId }] });
        Add("plan", CarePlan());
        var offered = words.InOrder(assessment.Options.Where(o => o.Standing.IsOffered())).ToList();
        if (offered.Count > 0)
        {
            var choices = new RequestGroup.ActionComponent
            {
                Title = words.Say("plan.offered"),
                GroupingBehavior = ActionGroupingBehavior.LogicalGroup,
                SelectionBehavior = ActionSelectionBehavior.AtMostOne,
            };
            Add("options", new RequestGroup { Status = RequestStatus.Draft, Intent = RequestIntent.Proposal, Subject = patient, AuthoredOn = Day, Action = [choices] });
            foreach (var option in offered) choices.Action.Add(Choice(option));
        }

        Add("guidance", Guidance());
        foreach (var risk in assessment.Risk.Where(r => r.Applies is not Truth.False)) Add($"risk {risk.Model.Id}", Risk(risk));
        foreach (var option in assessment.Options.Where(o => !o.Standing.IsOffered())) Note(option, []);
        foreach (var (rule, (options, requests)) in issues.OrderBy(i => i.Key.Severity).ThenBy(i => i.Key.Id, StringComparer.Ordinal)) Add($"issue {rule.Id}", Issue(rule, options, requests));
        foreach (var urgent in assessment.Urgent)
            Add($"urgent {urgent.Id}", new DetectedIssue { Status = ObservationStatus.Preliminary, Severity = DetectedIssue.DetectedIssueSeverity.High, Patient = patient, Code = new(null, null, words.Say("plan.urgent")), Detail = $"{words.In(urgent.Says)} [{words.ReviewOf(urgent.Review)}]" });
        Add("provenance", Provenance());
        return bundle;
    }

    private string Day => assessment.Case.AsOf.ToString("yyyy-MM-dd");

    private void Add(string name, Resource resource)
    {
        resource.Language = words.Language is Words.Language.French ? "fr" : "en";
        bundle.Entry.Add(new() { FullUrl = Id(name), Resource = resource });
    }

    private string Id(string name) => FhirJson.Uuid(string.Join('\n', words.Content.Sha256, assessment.Case.PatientId, Day, words.Language.ToString(), string.Join(',', assessment.Editions.Select(e => e.Id)), name));

    private CarePlan CarePlan()
    {
        var plan = new CarePlan
        {
            Status = RequestStatus.Draft,
            Intent = Hl7.Fhir.Model.CarePlan.CarePlanIntent.Proposal,
            Category = [new("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan")],
            Title = words.Say("plan.title", assessment.Case.PatientId.Length == 0 ? words.Say("plan.no-id") : assessment.Case.PatientId, Day),
            Description = words.Say("plan.banner"),
            Subject = patient,
            Created = Day,
            SupportingInfo = [.. Origins().Select(o => new ResourceReference(o))],
            Text = new()
            {
                Status = Narrative.NarrativeStatus.Generated,
                Div = $"<div xmlns=\"http://www.w3.org/1999/xhtml\">{HtmlPage.Body(new PlanDocument(assessment, words).Write())}</div>",
            },
            Note = [new() { Text = words.In(assessment.ScopeBecause) }],
        };
        if (assessment.Options.Any(o => o.Standing.IsOffered())) plan.Activity.Add(new() { Reference = new(Id("options")) });
        return plan;
    }

    /// <summary>The resources of the record that facts rest on, where the record was made of resources.</summary>
    private IEnumerable<string> Origins() => assessment.Case.Facts.SelectMany(f => f.Given).Select(g => g.Origin)
        .Where(o => o.IndexOf('/') is > 0 and var slash && o.LastIndexOf('/') == slash && ModelInfo.IsKnownResource(o[..slash]) && Hl7.Fhir.Model.Id.IsValidValue(o[(slash + 1)..]))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private RequestGroup.ActionComponent Choice(Option option)
    {
        var action = new RequestGroup.ActionComponent
        {
            Title = words.In(option.Treatment.Name),
            Description = string.Join(" ", new[] { words.Say($"status.{option.Standing.Id()}") + "." }.Concat(words.Because(option))),
            GroupingBehavior = ActionGroupingBehavior.LogicalGroup,
            SelectionBehavior = ActionSelectionBehavior.All,
            Documentation = [.. option.Editions.Where(e => e is { Silent: false, Recommendation: not null } && e.Standing.IsOffered())
                .Select(e => new RelatedArtifact { Type = RelatedArtifact.RelatedArtifactType.Citation, Label = e.Edition.Id, Citation = $"{words.SourceOf(e.Recommendation!.Source)} [{words.ReviewOf(e.Recommendation.Review)}]" })],
        };
        var requests = new List<string>();
        foreach (var part in option.Treatment.Parts.DefaultIfEmpty<TreatmentPart?>(null))
        {
            var name = $"request {option.Treatment.Id} {part?.Drug}";
            Add(name, part is null
                ? DraftRequests.Service(option.Treatment, words, patient, Day, RequestIntent.Option)
                : DraftRequests.Medication(part, words, patient, Day, MedicationRequest.MedicationRequestIntent.Option));
            requests.Add(Id(name));
            action.Action.Add(new() { Resource = new(Id(name)) });
        }

        Note(option, requests);
        return action;
    }

    /// <summary>Keeps what would harm for one DetectedIssue a rule.</summary>
    private void Note(Option option, IReadOnlyList<string> requests)
    {
        foreach (var finding in option.Safety.Where(s => s.State is Truth.True && s.Rule.Severity is Severity.Contraindicated or Severity.Avoid))
        {
            if (!issues.TryGetValue(finding.Rule, out var found)) issues.Add(finding.Rule, found = ([], []));
            found.Options.Add(option);
            found.Requests.AddRange(requests);
        }
    }

    private DetectedIssue Issue(SafetyRule rule, List<Option> options, List<string> requests) => new()
    {
        Status = ObservationStatus.Preliminary,
        Severity = rule.Severity is Severity.Contraindicated ? DetectedIssue.DetectedIssueSeverity.High : DetectedIssue.DetectedIssueSeverity.Moderate,
        Code = new(null, null, words.Say($"severity.{rule.SeverityId}")),
        Patient = patient,
        Implicated = [.. requests.Select(r => new ResourceReference(r))],
        Detail = $"{words.In(rule.Says)} ({string.Join(", ", words.InOrder(options).Select(o => words.In(o.Treatment.Name)))}) {words.SourceOf(rule.Source)} [{words.ReviewOf(rule.Review)}]",
    };

    /// <summary>Every treatment with its status, what is missing, and what was not understood.</summary>
    private GuidanceResponse Guidance()
    {
        var statuses = new Parameters { Id = "statuses" };
        foreach (var option in words.InOrder(assessment.Options))
        {
            var one = new Parameters.ParameterComponent { Name = option.Treatment.Id };
            one.Part.Add(new() { Name = "name", Value = new FhirString(words.In(option.Treatment.Name)) });
            one.Part.Add(new() { Name = "status", Value = new Code(option.Standing.Id()) });
            foreach (var sentence in words.Because(option)) one.Part.Add(new() { Name = "because", Value = new FhirString(sentence) });
            foreach (var fact in option.Missing) one.Part.Add(new() { Name = "missing", Value = new Code(fact) });
            statuses.Parameter.Add(one);
        }

        var remarks = new OperationOutcome { Id = "remarks" };
        foreach (var warning in assessment.Case.Warnings) Remark(OperationOutcome.IssueSeverity.Warning, words.Warning(warning));
        foreach (var left in assessment.Case.NotUsed) Remark(OperationOutcome.IssueSeverity.Information, $"{left.Resource}: {left.Why}");
        var response = new GuidanceResponse
        {
            Module = new CodeableConcept { Text = $"Hilum {words.Content.Version}" },
            Status = assessment.Missing.Count > 0 ? GuidanceResponse.GuidanceResponseStatus.DataRequired : GuidanceResponse.GuidanceResponseStatus.Success,
            Subject = patient,
            OccurrenceDateTime = Day,
            Result = new(Id("plan")),
            Note = [new() { Text = $"{words.In(words.Content.IntendedUse)} {words.In(words.Content.NotFor)}" }],
            DataRequirement = [.. assessment.Missing.Select(m => new DataRequirement
            {
                Type = FHIRAllTypes.Observation,
                CodeFilter = [new() { Path = "code", Code = [new Coding(null, m.Fact, words.Label(m.Fact))] }],
            })],
        };
        if (statuses.Parameter.Count > 0)
        {
            response.Contained.Add(statuses);
            response.OutputParameters = new("#statuses");
        }

        if (remarks.Issue.Count > 0)
        {
            response.Contained.Add(remarks);
            response.EvaluationMessage.Add(new("#remarks"));
        }

        return response;

        void Remark(OperationOutcome.IssueSeverity severity, string text) =>
            remarks.Issue.Add(new() { Severity = severity, Code = OperationOutcome.IssueType.Informational, Diagnostics = text });
    }

    private Hl7.Fhir.Model.RiskAssessment Risk(Hilum.Risk.RiskAssessment risk) => new()
    {
        Status = ObservationStatus.Preliminary,
        Method = new(null, null, words.In(risk.Model.Name)),
        Subject = patient,
        Occurrence = new FhirDateTime(Day),
        Prediction = [.. risk.Groups.Select(g => new Hl7.Fhir.Model.RiskAssessment.PredictionComponent { QualitativeRisk = new(null, null, words.In(g.Label)) })],
        Note = [new() { Text = string.Join("; ", risk.Model.Factors.Zip(risk.Factors, (f, t) => $"{words.In(f.Label)}: {words.Word(t)}")) + $". {words.SourceOf(risk.Model.Source)} [{words.ReviewOf(risk.Model.Review)}]" }],
    };

    private Provenance Provenance() => new()
    {
        Target = [new(Id("plan")), new(Id("guidance"))],
        Recorded = new DateTimeOffset(assessment.Case.AsOf, TimeOnly.MinValue, TimeSpan.Zero),
        Agent = [new() { Type = new("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "assembler"), Who = new() { Display = $"Hilum {Program}" } }],
        Entity = [new() { Role = Hl7.Fhir.Model.Provenance.ProvenanceEntityRole.Source, What = new() { Identifier = new() { Value = $"sha256:{words.Content.Sha256}" }, Display = $"guidance {words.Content.Version}" } }],
    };
}
