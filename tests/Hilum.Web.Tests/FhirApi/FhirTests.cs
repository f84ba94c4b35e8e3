using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hilum.Web.Tests.Support;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace Hilum.Web.Tests.FhirApi;

/// <summary>The FHIR door as another FHIR system uses it. Answers are read by the strict parser of another party's library.</summary>
public sealed class FhirTests(RunningSite site)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async System.Threading.Tasks.Task It_says_what_it_can_do()
    {
        var statement = Strict<CapabilityStatement>(await site.Client.GetStringAsync("/fhir/metadata", Stop));

        Assert.Equal(FHIRVersion.N4_0_1, statement.FhirVersion);
        Assert.Contains(statement.Rest.Single().Resource.Single(r => r.Type == "PlanDefinition").Operation, o => o.Name == "apply");
    }

    [Fact]
    public async System.Threading.Tasks.Task Every_edition_is_a_PlanDefinition_with_its_conditions_in_a_Library()
    {
        var bundle = Strict<Bundle>(await site.Client.GetStringAsync("/fhir/PlanDefinition", Stop));
        Assert.Equal(RunningSite.Content.Catalogue.Editions.Select(e => e.Id), bundle.Entry.Select(e => e.Resource!.Id));

        foreach (var edition in RunningSite.Content.Catalogue.Editions)
        {
            var definition = Strict<PlanDefinition>(await site.Client.GetStringAsync($"/fhir/PlanDefinition/{edition.Id}", Stop));
            var library = Strict<Library>(await site.Client.GetStringAsync($"/fhir/Library/{edition.Id}", Stop));
            var cql = Encoding.UTF8.GetString(library.Content.Single().Data!);
            Assert.Equal(edition.Recommendations.Length, definition.Action.Count);
            Assert.All(definition.Action, a => Assert.Contains($"define {a.Condition.Single().Expression!.Expression_}", cql, StringComparison.Ordinal));
            Assert.NotEqual(PublicationStatus.Active, definition.Status);
        }
    }

    [Theory]
    [InlineData("current")]
    [InlineData("ccs-2017")]
    public async System.Threading.Tasks.Task Applied_to_a_record_it_gives_drafts_and_no_order(string edition)
    {
        var (status, text) = await Apply(edition, Record());
        var bundle = Strict<Bundle>(text);

        Assert.Equal(200, status);
        var plan = Assert.Single(bundle.Entry.Select(e => e.Resource).OfType<CarePlan>());
        Assert.Equal(RequestStatus.Draft, plan.Status);
        Assert.Single(bundle.Entry.Select(e => e.Resource).OfType<RequestGroup>());
        Assert.NotEmpty(bundle.Entry.Select(e => e.Resource).OfType<Provenance>());
        Assert.All(bundle.Entry.Select(e => e.Resource).OfType<MedicationRequest>(), r => Assert.Equal((MedicationRequest.MedicationrequestStatus.Draft, MedicationRequest.MedicationRequestIntent.Option), (r.Status, r.Intent)));
        if (edition != "current") Assert.Contains(edition, text, StringComparison.Ordinal);
    }

    [Fact]
    public async System.Threading.Tasks.Task Parameters_say_the_same_as_the_bare_record_and_may_name_the_day()
    {
        var parameters = new JsonObject
        {
            ["resourceType"] = "Parameters",
            ["parameter"] = new JsonArray(
                new JsonObject { ["name"] = "data", ["resource"] = JsonNode.Parse(Record()) },
                new JsonObject { ["name"] = "asOf", ["valueDate"] = "2026-11-20" }),
        };
        var (status, text) = await Apply("current", parameters.ToJsonString());

        Assert.Equal(200, status);
        Assert.Equal("2026-11-20", Strict<Bundle>(text).Entry.Select(e => e.Resource).OfType<CarePlan>().Single().Created);
    }

    [Theory]
    [InlineData("no-such-edition", "{}", 404)]
    [InlineData("current", "{", 400)]
    [InlineData("current", "", 400)]
    [InlineData("current", "[]", 400)]
    [InlineData("current", """{"resourceType":"Parameters"}""", 400)]
    [InlineData("current", """{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"a"}},{"resource":{"resourceType":"Patient","id":"b"}}]}""", 400)]
    public async System.Threading.Tasks.Task What_cannot_be_applied_is_an_OperationOutcome_with_reasons(string edition, string body, int expected)
    {
        var (status, text) = await Apply(edition, body);

        Assert.Equal(expected, status);
        Assert.All(Strict<OperationOutcome>(text).Issue, i => Assert.NotEmpty(i.Diagnostics!));
    }

    [Fact]
    public async System.Threading.Tasks.Task Every_other_address_answers_in_FHIR_too()
    {
        using var answer = await site.Client.GetAsync("/fhir/Patient/1", Stop);

        Assert.Equal(404, (int)answer.StatusCode);
        Strict<OperationOutcome>(await answer.Content.ReadAsStringAsync(Stop));
    }

    private async System.Threading.Tasks.Task<(int Status, string Text)> Apply(string edition, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        using var answer = await site.Client.PostAsync($"/fhir/PlanDefinition/{edition}/$apply", content, Stop);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static string Record() => File.ReadAllText(Path.Combine(RunningSite.Root, "patients", "untreated-clear-cell-favourable", "bundle.json"));

    private static T Strict<T>(string json)
        where T : Resource
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        Assert.True(FhirJsonDeserializer.STRICT.TryDeserializeResource(ref reader, out var resource, out var faults), string.Join('\n', faults.Select(f => f.Message)));
        return Assert.IsType<T>(resource);
    }
}
