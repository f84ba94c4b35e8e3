using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Fhir.Tests.Some;
using Hilum.Measures;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>The invented patients of <c>patients/</c>, read with the real guidance.</summary>
public sealed class InventedPatientTests
{
    private static PatientRecord Read(string slug)
    {
        var reading = RealGuidance.Reader.Read(File.ReadAllBytes(Path.Combine(RealGuidance.Root, "patients", slug, "bundle.json")), Record.AsOf);
        Assert.Empty(reading.Problems);
        return reading.Record!;
    }

    private static string Lists(PatientRecord record, string fact) => string.Join(',', record.All(fact).SelectMany(f =>
        f.Fact.Values.Where((_, bit) => (((GivenMembers)f.Value).Present >> bit & 1) == 1).Select(v => v.Code)).Order(StringComparer.Ordinal));

    public static TheoryData<string> Slugs => new(Directory.GetFiles(Path.Combine(RealGuidance.Root, "patients"), "bundle.json", SearchOption.AllDirectories).Select(f => Path.GetFileName(Path.GetDirectoryName(f)!)));

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Every_bundle_is_strict_fhir_and_a_kidney_cancer(string slug)
    {
        var record = Read(slug);
        Assert.Empty(record.Warnings);
        Assert.True(record.Truth("kidney-cancer"));
        Assert.NotEmpty(record.PatientId);
        Assert.All(record.NotUsed, n => Assert.True(n.Why.En is "not needed for planning" || n.Why.En!.StartsWith("no fact for", StringComparison.Ordinal) || n.Why.En.Contains("disease status", StringComparison.Ordinal)
            || n.Why.En.Contains("why a treatment was stopped", StringComparison.Ordinal), n.Why.En));
    }

    [Theory]
    [InlineData("untreated-clear-cell-favourable", "clear-cell", "lung", 90)]
    [InlineData("untreated-clear-cell-intermediate-si", "clear-cell", "lung", 90)]
    [InlineData("after-sunitinib-si", "clear-cell", "bone,lung", 80)]
    [InlineData("brain-only", "clear-cell", "brain", 80)]
    [InlineData("papillary-poor-risk", "papillary", "bone,liver", 70)]
    [InlineData("conflicting-haemoglobin", "clear-cell", "lung,pleura", 90)]
    [InlineData("late-relapse", "clear-cell", "adrenal,pancreas", 90)]
    public void What_each_has(string slug, string histology, string sites, int karnofsky)
    {
        var record = Read(slug);
        Assert.All(record.All("histology"), f => Assert.Equal(histology, f.Fact.Values[System.Numerics.BitOperations.TrailingZeroCount(((GivenCode)f.Value).Mask)].Code));
        Assert.Equal(sites, Lists(record, "metastatic-sites"));
        Assert.Equal(karnofsky, record.Number("karnofsky").Low);
        foreach (var fact in new[] { "calcium", "calcium-uln", "albumin", "neutrophils", "neutrophils-uln", "platelets", "platelets-uln", "ldh", "ldh-uln", "diagnosis-date", "metastatic-date" }) record.One(fact);
    }

    [Theory]
    [InlineData("untreated-clear-cell-favourable", "favourable")]
    [InlineData("untreated-clear-cell-intermediate-si", "intermediate")]
    [InlineData("after-sunitinib-si", "intermediate")]
    [InlineData("brain-only", "favourable")]
    [InlineData("papillary-poor-risk", "poor")]
    [InlineData("conflicting-haemoglobin", "favourable,intermediate")]
    [InlineData("late-relapse", "favourable")]
    public void The_imdc_group_that_follows(string slug, string groups)
    {
        var risk = new CaseBuilder(RealGuidance.Content.Facts).Build(Read(slug), new() { AsOf = Record.AsOf })["imdc-risk"];
        Assert.Equal(groups, string.Join(',', risk.Definition.Values.Where((_, bit) => (((CodesPossible)risk.Possible).Mask >> bit & 1) == 1).Select(v => v.Code)));
    }

    [Theory]
    [InlineData("untreated-clear-cell-favourable", true)]
    [InlineData("after-sunitinib-si", false)]
    public void Untreated_is_said_and_never_assumed(string slug, bool untreated) => Assert.Equal(untreated, ((GivenTherapies)Read(slug).One("prior-therapies").Value).Complete);

    [Fact]
    public void The_course_before_is_read_with_the_medicine_that_interacts()
    {
        var record = Read("after-sunitinib-si");
        var course = Assert.Single(record.Therapies());
        Assert.Equal(("sunitinib", "2025-01-10", "2026-09-28", "progression", TherapySetting.Metastatic), (course.Treatment, course.Start.ToString(), course.Stop.ToString(), course.StoppedFor, course.Setting));
        Assert.Contains(((GivenMedicines)record.One("medications").Value).Items, m => m.Recognised.Medicine?.Classes.Contains("cyp3a4-inhibitor-strong") == true);
        Assert.Equal(1, record.Number("calcium").System);
    }

    [Fact]
    public void Two_haemoglobins_of_one_day_and_a_medicine_that_nobody_knows()
    {
        var record = Read("conflicting-haemoglobin");
        Assert.Equal([9.1m, 12.9m], record.All("haemoglobin").Select(f => ((GivenNumber)f.Value).Value.Low).Order());
        Assert.Contains(((GivenMedicines)record.One("medications").Value).Items, m => !m.Recognised.Any);
    }

    [Fact]
    public void A_year_of_diagnosis_stays_a_year() => Assert.Equal(new PartialDate(2014, 0, 0), ((GivenDate)Read("late-relapse").One("diagnosis-date").Value).Date);

    [Fact]
    public void Fitness_for_surgery_has_no_place_in_fhir() => Assert.Empty(Read("brain-only").All("fit-for-surgery"));
}
