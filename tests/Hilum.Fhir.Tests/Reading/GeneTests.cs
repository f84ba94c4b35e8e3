using System.Text.Json.Nodes;
using Hilum.Fhir.Tests.Some;

namespace Hilum.Fhir.Tests.Reading;

public sealed class GeneTests
{
    private static JsonObject Variant(string gene, string? present = "LA9633-4", string? significance = "LA6668-3", string? source = null)
    {
        var parts = new List<string> { Component("48018-6", "http://www.genenames.org", gene) };
        if (significance is not null) parts.Add(Component("53037-8", Record.Loinc, significance));
        if (source is not null) parts.Add(Component("48002-0", Record.Loinc, source));
        var variant = Record.Observation("v", "69548-6", $$"""{"component":[{{string.Join(',', parts)}}]}""");
        return present is null ? variant : Record.With(variant, $$$"""{"valueCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"{{{present}}}"}]}}""");
    }

    private static JsonObject Region(params string[] genes) => Record.Observation("r", "53041-0",
        $$"""{"component":[{{string.Join(',', genes.Select(g => Component("48018-6", "http://www.genenames.org", g)))}}]}""");

    private static string Component(string code, string system, string value) =>
        $$$"""{"code":{"coding":[{"system":"http://loinc.org","code":"{{{code}}}"}]},"valueCodeableConcept":{"coding":[{"system":"{{{system}}}","code":"{{{value}}}"}]}}""";

    [Theory]
    [InlineData("HGNC:7029", "LA6668-3")]
    [InlineData("7029", "LA26332-9")]
    public void A_pathogenic_met_variant_drives(string gene, string significance) => Assert.True(Record.Read(Variant(gene, significance: significance)).Truth("met-driven"));

    [Theory]
    [InlineData("LA26333-7")]
    [InlineData("LA6675-8")]
    [InlineData(null)]
    public void A_variant_that_is_not_stated_to_be_pathogenic_decides_nothing(string? significance)
    {
        var record = Record.Read(Variant("HGNC:7029", significance: significance), Region("HGNC:7029"));
        Assert.Empty(record.All("met-driven"));
        record.NotUsed("Observation/v", "not stated to be pathogenic");
        record.NotUsed("Observation/r", "a variant was found");
    }

    [Fact]
    public void The_significance_may_stand_beside_the_variant()
    {
        var implication = Record.Observation("i", "53037-8", $$"""{"derivedFrom":[{"reference":"Observation/v"}],"component":[{{Component("53037-8", Record.Loinc, "LA6668-3")}}]}""");
        Assert.True(Record.Read(Variant("HGNC:7029", significance: null), implication).Truth("met-driven"));
    }

    [Fact]
    public void A_variant_that_is_absent_is_denied() => Assert.False(Record.Read(Variant("HGNC:7029", present: "LA9634-2")).Truth("met-driven"));

    [Fact]
    public void A_variant_that_nobody_calls_present_is_not_used() => Record.Read(Variant("HGNC:7029", present: null)).NotUsed("Observation/v", "does not say whether the variant is present");

    [Fact]
    public void A_gene_that_was_studied_without_a_variant_is_denied()
    {
        var record = Record.Read(Region("HGNC:3700", "HGNC:7029", "HGNC:12687"));
        Assert.False(record.Truth("met-driven"));
        Assert.False(record.Truth("vhl-disease"));
    }

    [Theory]
    [InlineData("LA6683-2", true)]
    [InlineData("LA6684-0", false)]
    [InlineData(null, false)]
    public void Only_a_germline_vhl_variant_is_the_disease(string? source, bool disease)
    {
        var record = Record.Read(Variant("HGNC:12687", source: source));
        Assert.Equal(disease ? 1 : 0, record.All("vhl-disease").Count);
        if (!disease) record.NotUsed("Observation/v", "not stated to be a germline one");
    }

    [Fact]
    public void Other_genes_are_not_needed() => Record.Read(Variant("HGNC:11998")).NotUsed("Observation/v", "no fact for hgnc:HGNC:11998");
}
