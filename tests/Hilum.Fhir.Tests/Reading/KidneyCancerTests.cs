using System.Text.Json.Nodes;
using Hilum.Facts;
using Hilum.Fhir.Tests.Some;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>Is this a kidney cancer, and which type?</summary>
public sealed class KidneyCancerTests
{
    private const string IcdO3 = "http://terminology.hl7.org/CodeSystem/icd-o-3";

    private static JsonObject WithMorphology(JsonObject condition, string system, string code) => Record.With(condition,
        $$$"""{"extension":[{"url":"http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-histology-morphology-behavior","valueCodeableConcept":{"coding":[{"system":"{{{system}}}","code":"{{{code}}}"}]}}]}""");

    private static JsonObject WithSite(JsonObject condition, string code) => Record.With(condition, $$$"""{"bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"{{{code}}}"}]}]}""");

    [Theory]
    [InlineData(Record.Snomed, "254915003", "clear-cell")]
    [InlineData(Record.Snomed, "733608000", "papillary")]
    [InlineData(Record.Snomed, "702391001", null)]
    [InlineData(Record.Icd10, "C64.1", null)]
    [InlineData("http://hl7.org/fhir/sid/icd-10", "C64", null)]
    [InlineData("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "C64", null)]
    public void A_code_of_kidney_cancer_is_one_and_only_a_code_that_names_the_type_names_it(string system, string code, string? histology)
    {
        var record = Record.Read(Record.Condition("rcc", system, code));
        Assert.True(record.Truth("kidney-cancer"));
        Assert.Equal(histology is null ? [] : [histology], record.All("histology").Count == 0 ? [] : record.Codes("histology"));
    }

    [Theory]
    [InlineData(Record.Icd10, "C65.1")]
    [InlineData(Record.Icd10, "C66.9")]
    [InlineData(Record.Icd10, "C7A.093")]
    public void Tumours_of_the_pelvis_and_carcinoids_are_not(string system, string code)
    {
        var record = Record.Read(Record.Condition("c", system, code, "some tumour"));
        Assert.False(record.Truth("kidney-cancer"));
        Assert.Contains("the record's cancer is some tumour (Condition/c)", record.One("kidney-cancer").Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void Nephroblastoma_is_not() => Assert.False(Record.Read(Record.Condition("w", Record.Snomed, "302849000", profile: "mcode-primary-cancer-condition")).Truth("kidney-cancer"));

    [Fact]
    public void A_morphology_counts_on_a_kidney_cancer() =>
        Assert.Equal("clear-cell", Assert.Single(Record.Read(WithMorphology(Record.Condition("rcc", Record.Icd10, "C64.1"), IcdO3, "8310/3")).Codes("histology")));

    [Fact]
    public void A_morphology_counts_with_the_kidney_as_its_site()
    {
        var record = Record.Read(WithSite(Record.Condition("rcc", IcdO3, "8310/3"), "9846003"));
        Assert.True(record.Truth("kidney-cancer"));
        Assert.Equal("clear-cell", Assert.Single(record.Codes("histology")));
    }

    [Theory]
    [InlineData("8310/3")]
    [InlineData("8260/3")]
    [InlineData("8312/3")]
    public void A_morphology_alone_is_no_kidney_cancer(string code)
    {
        var record = Record.Read(Record.Condition("rcc", IcdO3, code));
        Assert.False(record.Truth("kidney-cancer"));
        Assert.Empty(record.All("histology"));
        record.NotUsed("Condition/rcc", "only with the kidney as its site");
    }

    [Fact]
    public void A_papillary_tumour_of_the_thyroid_is_not_papillary_kidney_cancer()
    {
        var record = Record.Read(WithMorphology(Record.Condition("t", Record.Icd10, "C73", "thyroid cancer"), IcdO3, "8260/3"));
        Assert.False(record.Truth("kidney-cancer"));
        Assert.Empty(record.All("histology"));
    }

    [Fact]
    public void A_morphology_that_names_three_types_names_none()
    {
        var record = Record.Read(WithMorphology(Record.Condition("rcc", Record.Icd10, "C64.1"), IcdO3, "8311/3"));
        Assert.Empty(record.All("histology"));
        record.Warns("icdo3:8311/3 names no histology that Hilum knows");
    }

    [Fact]
    public void Sarcomatoid_is_a_feature_and_hides_the_type()
    {
        var record = Record.Read(WithMorphology(Record.Condition("rcc", Record.Icd10, "C64.1"), IcdO3, "8318/3"));
        Assert.True(record.Truth("sarcomatoid"));
        Assert.Empty(record.All("histology"));
    }

    [Fact]
    public void Two_types_on_one_condition_stay_both_possible()
    {
        var record = Record.Read(WithMorphology(Record.Kidney(), IcdO3, "8260/3"));
        Assert.Equal(["clear-cell", "papillary"], record.Codes("histology"));
        record.Warns("more than one histology");
    }

    [Fact]
    public void A_histology_report_is_read()
    {
        var record = Record.Read(Record.Condition("rcc", Record.Icd10, "C64.1"), Record.Coded("h", Record.Loinc, "31206-6", IcdO3, "8310/3"));
        Assert.Equal("clear-cell", Assert.Single(record.Codes("histology")));
    }

    [Fact]
    public void A_histology_report_alone_leaves_open_which_cancer_it_is()
    {
        var record = Record.Read(Record.Coded("h", Record.Loinc, "31206-6", IcdO3, "8310/3"));
        Assert.Empty(record.All("histology"));
        Assert.Empty(record.All("kidney-cancer"));
        record.NotUsed("Observation/h", "only with the kidney as its site");
    }

    [Fact]
    public void Nothing_about_a_cancer_is_no_kidney_cancer()
    {
        var record = Record.Read(Record.Lab("hb", "718-7", 11, "g/dL"));
        Assert.False(record.Truth("kidney-cancer"));
        Assert.Equal("no kidney cancer was found in this record", record.One("kidney-cancer").Origin);
    }

    public static TheoryData<string> Hints => new(
        Record.Coded("s", Record.Snomed, "399537006", Record.Snomed, "1222837003").ToJsonString(),
        Record.Coded("m", Record.Snomed, "399387003", Record.Snomed, "1229903009").ToJsonString(),
        Record.Condition("lung", Record.Icd10, "C78.01").ToJsonString(),
        Record.Statement("x", "sunitinib", "2026-01-01").ToJsonString(),
        Record.Procedure("op", "116033007", "2026-01-01").ToJsonString());

    [Theory]
    [MemberData(nameof(Hints))]
    public void A_hint_without_a_condition_leaves_it_unknown(string hint)
    {
        var record = Record.Read(Record.Parse(hint));
        Assert.Empty(record.All("kidney-cancer"));
        record.Warns("whether it is a kidney cancer is not known");
    }

    [Theory]
    [InlineData("provisional")]
    [InlineData("differential")]
    [InlineData("unconfirmed")]
    public void A_diagnosis_in_doubt_is_used_with_a_word(string verification)
    {
        var record = Record.Read(Record.Condition("rcc", Record.Snomed, "254915003", verification: verification));
        Assert.True(record.Truth("kidney-cancer"));
        record.Warns($"verification status is {verification}");
    }

    [Fact]
    public void A_refuted_diagnosis_is_none() => Assert.False(Record.Read(Record.Condition("rcc", Record.Snomed, "254915003", verification: "refuted")).Truth("kidney-cancer"));

    [Fact]
    public void A_diagnosis_entered_in_error_is_none()
    {
        var record = Record.Read(Record.Condition("rcc", Record.Snomed, "254915003", verification: "entered-in-error"));
        Assert.Equal("no kidney cancer was found in this record", record.One("kidney-cancer").Origin);
        record.NotUsed("Condition/rcc", "entered in error");
    }

    [Fact]
    public void Another_cancer_beside_the_kidney_cancer_is_named()
    {
        var record = Record.Read(Record.Kidney(), Record.Condition("c", Record.Icd10, "C50.9", "breast cancer"));
        Assert.True(record.Truth("kidney-cancer"));
        record.NotUsed("Condition/c", "another cancer");
    }

    [Fact]
    public void Two_kidney_cancers_that_disagree_are_both_named()
    {
        var record = Record.Read(Record.Kidney("a"), Record.Kidney("b", "733608000", "2020-01-01"));
        record.Warns("different histology: Condition/a and Condition/b");
        record.Warns("different date: Condition/a and Condition/b");
        Assert.Equal(2, record.All("diagnosis-date").Count);
        Assert.All(record.All("histology"), f => Assert.False(f.Date.IsStated));
    }

    [Theory]
    [InlineData("94222008", "Secondary malignant neoplasm of liver", "bone")]
    [InlineData("94222008", "Secondary malignant neoplasm of bone", null)]
    [InlineData("94222008", "Osteal deposit", null)]
    public void A_display_that_says_something_else_is_noticed_and_the_code_is_used(string code, string display, string? meant)
    {
        var record = Record.Read(Record.Kidney(), Record.Condition("m", Record.Snomed, code, display));
        Assert.Equal("bone", record.Sites());
        if (meant is not null) record.Warns($"Condition/m: sct:{code} means '{meant}', but the record shows it as '{display}'");
        else Assert.DoesNotContain(record.Warnings, w => w.En!.Contains("means", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("254915003", "Malignant neoplasm of stomach", true)]
    [InlineData("254915003", "Renal cell carcinoma", true)]
    [InlineData("254915003", "Clear cell carcinoma of kidney (disorder)", false)]
    [InlineData("702391001", "Malignant neoplasm of stomach", true)]
    [InlineData("702391001", "Renal cell carcinoma", false)]
    public void A_code_that_changed_its_meaning_is_noticed(string code, string display, bool noticed)
    {
        var record = Record.Read(Record.Condition("rcc", Record.Snomed, code, display));
        Assert.True(record.Truth("kidney-cancer"));
        Assert.Equal(noticed, record.Warnings.Any(w => w.En!.Contains("check it", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("2.54915E+08")]
    [InlineData("254915004")]
    public void A_damaged_code_is_not_used_with_a_word(string code)
    {
        var record = Record.Read(Record.Condition("rcc", Record.Snomed, code));
        Assert.DoesNotContain(record.Facts, f => f.Origin == "Condition/rcc");
        record.Warns($"'{code}' is not a SNOMED CT id");
    }

    [Fact]
    public void Words_without_a_code_are_not_used() =>
        Record.Read(Record.With(Record.Kidney(), """{"code":{"text":"Clear cell carcinoma of kidney"},"meta":{}}""")).NotUsed("Condition/rcc", "'Clear cell carcinoma of kidney', which carries no code");

    [Fact]
    public void A_code_without_a_system_is_not_used() =>
        Record.Read(Record.With(Record.Kidney(), """{"code":{"coding":[{"code":"C64.1"}]},"meta":{}}""")).NotUsed("Condition/rcc", "C64.1 without a system");
}
