using Hilum.Fhir.Codes;
using Hilum.Fhir.Tests.Some;

namespace Hilum.Fhir.Tests.Codes;

public sealed class CodeIndexTests
{
    private readonly CodeIndex index = new(SmallDictionary.Facts);

    [Theory]
    [InlineData("C64")]
    [InlineData("C64.1")]
    [InlineData("C641")]
    [InlineData("c64.9+")]
    public void An_icd10_code_is_found_by_what_it_begins_with(string code) =>
        Assert.Equal("kidney-cancer", Assert.Single(index.ByCondition(new("icd10", code))).Id);

    [Theory]
    [InlineData("C65.1")]
    [InlineData("C66.9")]
    [InlineData("C7A.093")]
    [InlineData("D41.0")]
    [InlineData("C6")]
    public void Its_neighbours_are_not(string code) => Assert.Empty(index.ByCondition(new("icd10", code)));

    [Fact]
    public void Snomed_codes_are_found_whole_only() => Assert.Empty(index.ByCondition(new("sct", "2549150031")));

    [Fact]
    public void A_gene_is_found_with_and_without_its_prefix()
    {
        Assert.Equal("met-driven", index.ByGene(new("hgnc", "7029"))?.Id);
        Assert.Equal("met-driven", index.ByGene(new("hgnc", "HGNC:7029"))?.Id);
    }

    [Theory]
    [InlineData("http://hl7.org/fhir/sid/icd-10-cm", "icd10")]
    [InlineData("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "icd10")]
    [InlineData("urn:oid:2.16.840.1.113883.6.90", "icd10")]
    [InlineData("http://snomed.info/sct/731000124108", "sct")]
    [InlineData("https://loinc.org/", "loinc")]
    [InlineData("http://www.genenames.org/geneId", "hgnc")]
    [InlineData("http://hl7.org/fhir/sid/icd-9-cm", null)]
    [InlineData("http://example.org/loinc.org", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_system_is_known_by_its_uri(string? uri, string? name) => Assert.Equal(name, CodeSystems.ShortName(uri));

    [Theory]
    [InlineData("C50.9", true, false)]
    [InlineData("C75.5", true, false)]
    [InlineData("C7A.093", true, false)]
    [InlineData("C90", true, false)]
    [InlineData("C78.0", false, true)]
    [InlineData("C7B.02", false, true)]
    [InlineData("C80.1", false, false)]
    [InlineData("D09.9", false, false)]
    [InlineData("I50", false, false)]
    public void The_blocks_of_icd10_chapter_two_are_told_apart(string code, bool primary, bool secondary)
    {
        Assert.Equal(primary, Icd10Chapter.IsPrimary(new("icd10", code)));
        Assert.Equal(secondary, Icd10Chapter.IsSecondary(new("icd10", code)));
    }
}
