using System.Text;
using System.Text.Json;
using Hilum.Guidance;
using Hilum.Options;
using Hilum.Words;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Writing;

/// <summary>The guidance as FHIR R4 publishes it: a PlanDefinition for each edition, with its conditions as a Library of CQL; and what the service can do.</summary>
/// <param name="content">The guidance.</param>
/// <param name="address">The base address of the FHIR door: canonical addresses begin with it.</param>
/// <param name="language">The language of what people read.</param>
public sealed class GuidancePublication(GuidanceContent content, string address, Words.Language language)
{
    /// <summary>All editions as a searchset Bundle of PlanDefinitions, without their actions.</summary>
    public byte[] Editions()
    {
        var bundle = new Bundle { Type = Bundle.BundleType.Searchset, Total = content.Catalogue.Editions.Length };
        foreach (var edition in content.Catalogue.Editions)
        {
            var definition = Head(edition);
            definition.Meta = new() { Tag = [new("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "SUBSETTED")] };
            bundle.Entry.Add(new() { FullUrl = $"{address}/PlanDefinition/{edition.Id}", Resource = definition, Search = new() { Mode = Bundle.SearchEntryMode.Match } });
        }

        return Bytes(bundle);
    }

    /// <summary>One edition as a PlanDefinition; null when there is none of this id.</summary>
    public byte[]? Edition(string id)
    {
        if (content.Catalogue.FindEdition(id) is not { } edition) return null;
        var definition = Head(edition);
        definition.Library = [$"{address}/Library/{edition.Id}|{content.Version}"];
        foreach (var rule in edition.Recommendations) definition.Action.Add(Action(rule));
        return Bytes(definition);
    }

    /// <summary>The conditions of an edition as a Library of CQL; null when there is none of this id.</summary>
    public byte[]? Library(string id)
    {
        if (content.Catalogue.FindEdition(id) is not { } edition) return null;
        return Bytes(new Library
        {
            Id = edition.Id,
            Url = $"{address}/Library/{edition.Id}",
            Version = content.Version,
            Name = NameOf(edition.Id),
            Title = edition.Title.In(language),
            Status = PublicationStatus.Draft,
            Experimental = true,
            Type = new("http://terminology.hl7.org/CodeSystem/library-type", "logic-library"),
            Content = [new() { ContentType = "text/cql", Data = Encoding.UTF8.GetBytes(CqlLibrary.Of(content, edition.Id)!.ToString()) }],
        });
    }

    /// <summary>What the FHIR door can do.</summary>
    /// <param name="version">The version of the program.</param>
    /// <param name="day">The day on which it says so.</param>
    /// <param name="signIn">Whether callers must sign in.</param>
    public byte[] Capabilities(string version, DateOnly day, bool signIn)
    {
        var rest = new CapabilityStatement.RestComponent
        {
            Mode = CapabilityStatement.RestfulCapabilityMode.Server,
            Security = new() { Description = signIn ? "OpenID Connect: a bearer token of the configured authority." : "This machine alone; no sign-in." },
        };
        rest.Resource.Add(new()
        {
            Type = ResourceType.PlanDefinition.ToString(),
            Interaction = [Interaction(CapabilityStatement.TypeRestfulInteraction.Read), Interaction(CapabilityStatement.TypeRestfulInteraction.SearchType)],
            Operation = [new() { Name = "apply", Definition = "http://hl7.org/fhir/OperationDefinition/PlanDefinition-apply", Documentation = "The record comes in the call: a Bundle, or Parameters with the Bundle as parameter 'data'. Out comes a Bundle: CarePlan, RequestGroup and their drafts." }],
        });
        rest.Resource.Add(new() { Type = ResourceType.Library.ToString(), Interaction = [Interaction(CapabilityStatement.TypeRestfulInteraction.Read)] });
        return Bytes(new CapabilityStatement
        {
            Status = PublicationStatus.Active,
            Date = day.ToString("yyyy-MM-dd"),
            Kind = CapabilityStatementKind.Instance,
            Software = new() { Name = "Hilum", Version = version },
            Implementation = new() { Description = content.IntendedUse.In(language), Url = address },
            FhirVersion = FHIRVersion.N4_0_1,
            Format = ["application/fhir+json"],
            Rest = [rest],
        });
    }

    private static CapabilityStatement.ResourceInteractionComponent Interaction(CapabilityStatement.TypeRestfulInteraction code) => new() { Code = code };

    private PlanDefinition Head(Edition edition) => new()
    {
        Id = edition.Id,
        Url = $"{address}/PlanDefinition/{edition.Id}",
        Version = content.Version,
        Name = NameOf(edition.Id),
        Title = edition.Title.In(language),
        Subtitle = edition.Kind is EditionKind.Clinical ? null : content.Say(language, $"edition.{edition.Kind.ToString().ToLowerInvariant()}"),
        Type = new("http://terminology.hl7.org/CodeSystem/plan-definition-type", "clinical-protocol"),
        Status = edition.Status == "current" ? PublicationStatus.Draft : PublicationStatus.Retired,
        Experimental = true,
        Publisher = "Hilum",
        Description = new($"{edition.Publisher}, {edition.Published}. {edition.Note.In(language)}".Trim()),
        Usage = content.IntendedUse.In(language),
        RelatedArtifact = [new() { Type = RelatedArtifact.RelatedArtifactType.DerivedFrom, Display = edition.Title.In(language), Url = edition.Url }],
    };

    private PlanDefinition.ActionComponent Action(Recommendation rule) => new()
    {
        ElementId = rule.Id,
        Title = rule.Says.In(language),
        Code = [new() { Text = content.Say(language, $"status.{(rule.Against ? Standing.NotRecommended : rule.Strength).Id()}") }],
        Documentation = [new() { Type = RelatedArtifact.RelatedArtifactType.Citation, Citation = new($"{SourceOf(rule.Source)} [{rule.Review.SourceWord}]") }],
        Condition = [new() { Kind = ActionConditionKind.Applicability, Expression = new() { Language = "text/cql", Expression_ = $"\"{rule.Id}\"" } }],
        GroupingBehavior = ActionGroupingBehavior.LogicalGroup,
        SelectionBehavior = ActionSelectionBehavior.AtMostOne,
        Action = [.. rule.Treatments.Select(t => new PlanDefinition.ActionComponent { Title = content.Catalogue.Find(t)?.Name.In(language) ?? t, Code = [new() { Text = t }] })],
    };

    private string SourceOf(Citation citation) => content.FindSource(citation.Document) is { } document ? citation.Locator.Length == 0 ? document.Title : $"{document.Title}: {citation.Locator}" : citation.ToString();

    /// <summary>A name for machines: letters, digits and underscores, beginning with a capital.</summary>
    private static string NameOf(string id) => string.Concat(id.Split('-').Select(p => char.ToUpperInvariant(p[0]) + p[1..]));

    private static byte[] Bytes(Resource resource) => FhirJson.Compact(resource);
}
