using System.Text.Json.Nodes;
using Hilum.Facts;
using Hilum.Fhir.Tests.Some;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>Stage, TNM and metastases.</summary>
public sealed class StageTests
{
    private const string Ajcc = "http://cancerstaging.org";

    [Theory]
    [InlineData("399537006", "stage", Record.Snomed, "1222837003", "IV")]
    [InlineData("399390009", "stage", Record.Snomed, "258228008", "IV")]
    [InlineData("399537006", "stage", Ajcc, "IV", "IV")]
    [InlineData("399537006", "stage", Ajcc, "4", "IV")]
    [InlineData("399537006", "stage", Ajcc, "Stage IV", "IV")]
    [InlineData("399588009", "stage", Ajcc, "pIII", "III")]
    [InlineData("399504009", "t-category", Ajcc, "cT3a", "T3a")]
    [InlineData("399504009", "t-category", Record.Snomed, "1228939005", "T3a")]
    [InlineData("399387003", "m-category", Ajcc, "pM1", "M1")]
    [InlineData("399534004", "n-category", Record.Snomed, "1229973008", "N1")]
    public void Stages_are_read_by_code(string code, string fact, string system, string value, string expected) =>
        Assert.Equal(expected, Assert.Single(Record.Read(Record.Kidney(), Record.Coded("s", Record.Snomed, code, system, value)).Codes(fact)));

    [Theory]
    [InlineData(Record.Snomed, "1222838008")]
    [InlineData(Ajcc, "IVB")]
    public void A_stage_that_the_kidney_does_not_have_is_not_used(string system, string value) =>
        Record.Read(Record.Kidney(), Record.Coded("s", Record.Snomed, "399537006", system, value)).NotUsed("Observation/s", "stage: no value for");

    [Fact]
    public void A_stage_in_words_is_not_used() =>
        Record.Read(Record.Kidney(), Record.With(Record.Observation("s", "399537006", system: Record.Snomed), """{"valueCodeableConcept":{"text":"Stage IV"}}""")).NotUsed("Observation/s", "carries no code");

    [Fact]
    public void The_stage_inside_the_condition_is_read()
    {
        var condition = Record.Kidney();
        condition["stage"] = new JsonArray(new JsonObject { ["summary"] = Record.Concept(Record.Snomed, "1222837003") });
        Assert.Equal("IV", Assert.Single(Record.Read(condition).Codes("stage")));
    }

    [Fact]
    public void A_stage_of_another_cancer_is_not_used()
    {
        var stage = Record.With(Record.Coded("s", Record.Snomed, "399537006", Record.Snomed, "1222837003"), """{"focus":[{"reference":"Condition/c"}]}""");
        var record = Record.Read(Record.Kidney(), Record.Condition("c", Record.Icd10, "C50.9", "breast cancer", clinical: "resolved"), stage);
        Assert.Empty(record.All("stage"));
        record.NotUsed("Observation/s", "it is about Condition/c (breast cancer)");
    }

    [Fact]
    public void A_category_is_about_what_its_stage_group_is_about()
    {
        var group = Record.With(Record.Coded("s", Record.Snomed, "399537006", Record.Snomed, "1222837003"), """{"focus":[{"reference":"Condition/c"}],"hasMember":[{"reference":"Observation/m"}]}""");
        var category = Record.Coded("m", Record.Snomed, "399387003", Record.Snomed, "1229903009");
        var record = Record.Read(Record.Kidney(), Record.Condition("c", Record.Icd10, "C50.9", "breast cancer"), group, category);
        Assert.Empty(record.All("m-category"));
    }

    [Theory]
    [InlineData("active", false)]
    [InlineData("resolved", true)]
    public void A_stage_that_does_not_say_of_which_cancer_is_used_only_when_the_other_is_over(string clinical, bool used)
    {
        var record = Record.Read(Record.Kidney(), Record.Condition("c", Record.Icd10, "C50.9", "breast cancer", clinical: clinical), Record.Coded("s", Record.Snomed, "399537006", Record.Snomed, "1222837003"));
        Assert.Equal(used ? 1 : 0, record.All("stage").Count);
        if (used) record.Warns("does not say which cancer it is about");
        else record.NotUsed("Observation/s", "does not say which one it is about");
    }

    [Fact]
    public void Metastases_are_read_by_code_and_the_list_is_never_complete()
    {
        var record = Record.Read(Record.Kidney(), Record.Condition("m1", Record.Icd10, "C78.01", onset: "2026-03-01"), Record.Condition("m2", Record.Snomed, "94225005", onset: "2026-05-01"));
        Assert.Equal("lung,brain", record.Sites());
        Assert.All(record.All("metastatic-sites"), f => Assert.False(((GivenMembers)f.Value).Complete));
        Assert.Equal("2026-03-01", ((GivenDate)record.One("metastatic-date").Value).Date.ToString());
    }

    [Fact]
    public void A_body_site_counts_with_a_generic_code_or_the_mcode_profile()
    {
        var generic = Record.With(Record.Condition("a", Record.Icd10, "C79.9"), """{"bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"39607008"}]}]}""");
        var profiled = Record.With(Record.Condition("b", Record.Snomed, "128462008", profile: "mcode-secondary-cancer-condition"), """{"bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"12738006"}]}]}""");
        var record = Record.Read(Record.Kidney(), generic, profiled);
        Assert.Equal("lung,brain", record.Sites());
        Assert.True(record.Truth("metastatic"));
    }

    [Fact]
    public void A_body_site_alone_is_no_metastasis() =>
        Assert.Empty(Record.Read(Record.Kidney(), Record.With(Record.Condition("a", Record.Icd10, "J18.9"), """{"bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"39607008"}]}]}""")).All("metastatic-sites"));

    [Fact]
    public void A_metastasis_in_a_place_that_is_not_known_is_named() =>
        Record.Read(Record.Kidney(), Record.Condition("m", Record.Icd10, "C79.82")).NotUsed("Condition/m", "a secondary cancer in a place that is not known");

    [Fact]
    public void Regional_nodes_are_no_metastasis()
    {
        var record = Record.Read(Record.Kidney(), Record.Condition("n", Record.Icd10, "C77.2"));
        Assert.Equal("N1", Assert.Single(record.Codes("n-category")));
        Assert.Empty(record.All("metastatic-sites"));
        Assert.Empty(record.All("metastatic-date"));
    }

    [Fact]
    public void A_metastasis_that_was_removed_is_no_site_of_today_but_has_been()
    {
        var record = Record.Read(Record.Kidney(), Record.Condition("m", Record.Icd10, "C79.31", clinical: "resolved", onset: "2024-02-02"), Record.Condition("n", Record.Icd10, "C79.9", clinical: "resolved", onset: "2024-03-02"));
        Assert.Equal("", record.Sites());
        record.NotUsed("Condition/m", "its clinical status is resolved");
        Assert.True(record.Truth("metastatic"));
        Assert.Equal("2024-02-02", ((GivenDate)record.One("metastatic-date").Value).Date.ToString());
    }

    [Fact]
    public void A_refuted_metastasis_is_known_absent()
    {
        var record = Record.Read(Record.Kidney(), Record.Condition("m", Record.Snomed, "94381002", verification: "refuted"));
        Assert.Equal("liver", record.Sites(absent: true));
        Assert.Equal("", record.Sites());
    }

    [Fact]
    public void A_metastasis_of_another_cancer_is_not_used()
    {
        var metastasis = Record.With(Record.Condition("m", Record.Icd10, "C78.01"), """{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/condition-related","valueReference":{"reference":"Condition/c"}}]}""");
        var record = Record.Read(Record.Kidney(), Record.Condition("c", Record.Icd10, "C50.9", "breast cancer"), metastasis);
        Assert.Empty(record.All("metastatic-sites"));
        Assert.Empty(record.All("metastatic-date"));
    }

    [Fact]
    public void A_metastasis_without_a_date_leaves_the_first_one_undated()
    {
        var undated = Record.Condition("m2", Record.Icd10, "C79.51");
        undated.Remove("onsetDateTime");
        var record = Record.Read(Record.Kidney(), Record.Condition("m1", Record.Icd10, "C78.01"), undated);
        Assert.Empty(record.All("metastatic-date"));
        record.Warns("the date of the first metastasis is not known: Condition/m2 has no date");
    }

    [Fact]
    public void A_history_of_metastasis_counts_and_its_denial_says_nothing_of_today()
    {
        var (yes, no) = (Of("true"), Of("false"));
        Assert.True(yes.Truth("metastatic"));
        Assert.Empty(no.All("metastatic"));
        no.NotUsed("Observation/h", "it denies an earlier episode");

        static PatientRecord Of(string value) => Record.Read(Record.Kidney(), Record.Observation("h", "1287652008", $$"""{"valueBoolean":{{value}}}""", system: Record.Snomed));
    }
}
