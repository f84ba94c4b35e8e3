using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Hilum.Answers;
using Hilum.Cli.Tests.Support;
using Hilum.Fhir.Writing;
using Hilum.Options;
using Hilum.Words;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Task = System.Threading.Tasks.Task;

namespace Hilum.Cli.Tests;

/// <summary>The same answer as a page and as FHIR: for people without Hilum, and for their systems.</summary>
public sealed class PlanFormatTests
{
    /// <summary>Every invented patient.</summary>
    public static TheoryData<string> Patients => [.. Repository.Patients];

    [Theory]
    [MemberData(nameof(Patients))]
    public void A_plan_as_FHIR_is_read_by_a_strict_parser_and_orders_nothing(string patient)
    {
        var bundle = Read(patient, Language.English);

        Assert.Single(bundle.Entry, e => e.Resource is CarePlan { Status: RequestStatus.Draft, Intent: CarePlan.CarePlanIntent.Proposal });
        Assert.All(bundle.Entry.Select(e => e.Resource).OfType<MedicationRequest>(), r => Assert.Equal((MedicationRequest.MedicationrequestStatus.Draft, MedicationRequest.MedicationRequestIntent.Option), (r.Status, r.Intent)));
        Assert.All(bundle.Entry.Select(e => e.Resource).OfType<ServiceRequest>(), r => Assert.Equal((RequestStatus.Draft, RequestIntent.Option), (r.Status, r.Intent)));
        var known = bundle.Entry.Select(e => e.FullUrl).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(bundle.Entry.Count, known.Count);
        var json = JsonDocument.Parse(Bytes(patient, Language.English)).RootElement;
        Assert.All(References(json).Where(r => r.StartsWith("urn:", StringComparison.Ordinal)), r => Assert.Contains(r, known));
    }

    [Theory]
    [MemberData(nameof(Patients))]
    public void A_plan_as_FHIR_offers_what_the_plan_offers_and_gives_every_status(string patient)
    {
        var assessment = Judge.File(Repository.RecordOf(patient));
        var bundle = Read(patient, Language.French);

        var offered = bundle.Entry.Select(e => e.Resource).OfType<RequestGroup>().SelectMany(g => g.Action.Single().Action).Select(a => a.Title);
        Assert.Equal(assessment.Options.Where(o => o.Standing.IsOffered()).Select(o => o.Treatment.Name.Fr!).Order(StringComparer.Ordinal), offered.Order(StringComparer.Ordinal));
        var response = bundle.Entry.Select(e => e.Resource).OfType<GuidanceResponse>().Single();
        var statuses = response.Contained.OfType<Parameters>().SingleOrDefault()?.Parameter.ToDictionary(p => p.Name!, p => ((Code)p.Part.Single(q => q.Name == "status").Value!).Value!, StringComparer.Ordinal) ?? [];
        Assert.Equal(assessment.Options.ToDictionary(o => o.Treatment.Id, o => o.Standing.Id(), StringComparer.Ordinal), statuses);
        Assert.Equal(assessment.Missing.Select(m => m.Fact), response.DataRequirement.Select(d => d.CodeFilter[0].Code[0].Code!));
        Assert.Equal(assessment.Missing.Count > 0 ? GuidanceResponse.GuidanceResponseStatus.DataRequired : GuidanceResponse.GuidanceResponseStatus.Success, response.Status);
    }

    [Fact]
    public void What_forbids_a_treatment_is_a_detected_issue_of_high_severity_and_implicates_no_request()
    {
        var issues = Read("pregnant", Language.English).Entry.Select(e => e.Resource).OfType<DetectedIssue>().Where(i => i.Severity is DetectedIssue.DetectedIssueSeverity.High).ToList();

        Assert.NotEmpty(issues);
        Assert.Contains(issues, i => i.Detail!.Contains("pregnan", StringComparison.OrdinalIgnoreCase) && i.Detail.Contains("sunitinib", StringComparison.Ordinal));
        Assert.All(issues, i => Assert.Empty(i.Implicated));
    }

    [Fact]
    public void The_same_answer_as_FHIR_is_the_same_bytes_and_another_day_has_other_ids()
    {
        var record = Repository.Read("as-of: 2026-11-03\nfacts:\n  stage: IV\n  histology: clear-cell\n");
        var one = Judge.Assess(record);
        var other = Judge.Assess(Repository.Read("as-of: 2026-11-04\nfacts:\n  stage: IV\n  histology: clear-cell\n"));

        Assert.Equal(Write(one, Language.English), Write(Judge.Assess(record), Language.English));
        var ids = Parse(Write(one, Language.English)).Entry.Select(e => e.FullUrl);
        Assert.Empty(ids.Intersect(Parse(Write(other, Language.English)).Entry.Select(e => e.FullUrl), StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Patients))]
    public void A_plan_as_a_page_says_what_the_plan_says_and_is_well_formed(string patient)
    {
        var assessment = Judge.File(Repository.RecordOf(patient));
        var document = new PlanDocument(assessment, new Sentences(Repository.Content, assessment.Case, Language.French)).Write();

        var body = XElement.Parse($"<body>{HtmlPage.Body(document)}</body>");

        Assert.Equal(document.Blocks.OfType<Entry>().Count(), body.Descendants("li").Count());
        Assert.Equal(document.Blocks.OfType<Heading>().Select(h => h.Text), body.Elements().Where(e => e.Name.LocalName[0] == 'h').Select(e => e.Value));
        Assert.All(body.Descendants("ul"), list => Assert.All(list.Elements(), item => Assert.Equal("li", item.Name.LocalName)));
    }

    [Fact]
    public async Task A_page_runs_no_text_of_the_record()
    {
        var hostile = Scratch.Write("patient: { id: \"<script>alert(1)</script>\" }\nas-of: 2026-11-03\nfacts:\n  stage: IV\n  histology: clear-cell\n  medications: [\"<img src=x onerror=alert(2)>\", \"\\u0007bell\"]\n");

        var page = (await Command.Run("plan", hostile, "--format", "html")).Done().Output;

        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u0007', page);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=[\"']?https?:", page);
    }

    [Fact]
    public async Task Only_a_plan_can_be_FHIR()
    {
        Assert.StartsWith("{\n  \"resourceType\": \"Bundle\"", (await Command.Run("plan", Repository.RecordOf("brain-only"), "--format", "fhir")).Done().Output, StringComparison.Ordinal);
        (await Command.Run("risk", Repository.RecordOf("brain-only"), "--format", "fhir")).Refused("fhir");
    }

    private static byte[] Bytes(string patient, Language language) => Write(Judge.File(Repository.RecordOf(patient)), language);

    private static byte[] Write(Assessment assessment, Language language) => PlanBundle.Write(assessment, new Sentences(Repository.Content, assessment.Case, language)).ToArray();

    private static Bundle Read(string patient, Language language) => Parse(Bytes(patient, language));

    private static Bundle Parse(byte[] json)
    {
        var read = FhirJsonDeserializer.STRICT.TryDeserializeResource(Encoding.UTF8.GetString(json), out var resource, out var issues);
        Assert.Empty(issues.Select(i => i.Message));
        Assert.True(read);
        return Assert.IsType<Bundle>(resource);
    }

    private static IEnumerable<string> References(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(p => p is { Name: "reference", Value.ValueKind: JsonValueKind.String } ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
