using Hilum.Cli.Tests.Support;
using Hilum.Measures;
using Hilum.Options;

namespace Hilum.Cli.Tests;

/// <summary>Every row of the page that the project began with (<c>ccs-2017</c>, rows S01 to S20), reached from a case file.</summary>
public sealed class SeedPageTests
{
    private const string Untreated = "stage: IV\nprior-therapies: []";

    [Fact]
    public void S01_targeted_therapy_is_stated_as_the_standard_treatment_and_each_of_its_drugs_is_offered_to_someone()
    {
        Assert.Contains("ccs-s01-standard-treatment", Statements("stage: IV"));
        foreach (var drug in new[] { "sunitinib", "pazopanib", "sorafenib", "everolimus" }) Assert.True(Page(Untreated).Option(drug).Standing.IsOffered(), drug);
        Assert.True(Page(Untreated + "\nhistology: papillary").Option("temsirolimus").Standing.IsOffered());
        Assert.True(Page("stage: IV\nprior-vegf: true").Option("lenvatinib-everolimus").Standing.IsOffered());
    }

    [Fact]
    public void S02_the_choice_is_stated_to_rest_on_predictors_of_survival() => Assert.Contains("ccs-s02-choice-by-predictors", Statements("stage: IV"));

    [Fact]
    public void S03_sunitinib_is_preferred_for_the_untreated_and_only_for_them()
    {
        Assert.Equal("preferred", Page(Untreated).Status("sunitinib"));
        Assert.Equal("preferred", Patient("first-line-in-conventional-units").Status("sunitinib"));
        Assert.Equal("not-applicable", Patient("after-sunitinib").Status("sunitinib"));
        Assert.Equal("needs-information", Page("stage: IV").Status("sunitinib"));
    }

    [Fact]
    public void S04_pazopanib_is_recommended_in_stage_4() => Recommended("pazopanib");

    [Fact]
    public void S05_sorafenib_is_recommended_in_stage_4() => Recommended("sorafenib");

    [Fact]
    public void S06_temsirolimus_is_offered_when_the_cancer_is_not_clear_cell()
    {
        Assert.Equal("recommended", Page("stage: IV\nhistology: papillary").Status("temsirolimus"));
        Assert.Equal("recommended", Patient("collecting-duct-poor-risk").Status("temsirolimus"));
    }

    [Fact]
    public void S06_temsirolimus_is_offered_when_the_outlook_is_poor_by_IMDC_or_by_MSKCC()
    {
        var poorByImdc = Page("metastatic-sites: [lung]\nhistology: clear-cell\nkarnofsky: 70\ntreated-within-one-year: true\nneutrophils-high: true\nhaemoglobin-low: false\ncorrected-calcium-above-10: false\nldh-high: false");
        var poorByMskcc = Page("metastatic-sites: [lung]\nhistology: clear-cell\nkarnofsky: 70\ntreated-within-one-year: true\nldh-high: true\nhaemoglobin-low: false\nneutrophils-high: false\nplatelets-high: false\ncorrected-calcium-high: false\ncorrected-calcium-above-10: false");
        Assert.Equal("recommended", poorByImdc.Status("temsirolimus"));
        Assert.Equal("recommended", poorByMskcc.Status("temsirolimus"));
    }

    [Fact]
    public void S06_temsirolimus_is_not_meant_for_clear_cell_cancer_of_good_outlook_and_stays_open_while_the_type_is_unknown()
    {
        Assert.Equal("not-applicable", Patient("asks-for-survival-numbers").Status("temsirolimus"));
        Assert.Equal("needs-information", Page("metastatic-sites: [lung]").Status("temsirolimus"));
        Assert.Equal("recommended", Page("metastatic-sites: [lung]\nkarnofsky: 60\nhaemoglobin-low: true\ntreated-within-one-year: true").Status("temsirolimus"));
    }

    [Fact]
    public void S07_everolimus_is_an_option_in_stage_4()
    {
        Assert.Equal("option", Page("stage: IV").Status("everolimus"));
        Assert.Equal("needs-information", Page("histology: clear-cell").Status("everolimus"));
    }

    [Fact]
    public void S08_lenvatinib_with_everolimus_is_an_option_after_a_VEGF_drug()
    {
        Assert.Equal("option", Patient("after-sunitinib").Status("lenvatinib-everolimus"));
        Assert.Equal("not-applicable", Page(Untreated).Status("lenvatinib-everolimus"));
        Assert.Equal("needs-information", Page("stage: IV").Status("lenvatinib-everolimus"));
    }

    [Fact]
    public void S09_lenvatinib_is_explained_as_a_class_member_and_is_never_an_option_by_itself()
    {
        Assert.DoesNotContain("lenvatinib", Repository.Treatments);
        var lenvatinib = Repository.Content.Formulary.FindDrug("lenvatinib");
        Assert.NotNull(lenvatinib);
        var rule = Patient("after-sunitinib").Option("lenvatinib-everolimus").Editions.Single().Recommendation!;
        Assert.Contains("tyrosine kinase", rule.Because.En, StringComparison.Ordinal);
        Assert.Contains("not offered by itself", rule.Note.En, StringComparison.Ordinal);
    }

    [Fact]
    public void S10_removing_the_kidney_is_an_option_while_its_tumour_is_in_place_and_no_drug_was_given()
    {
        Assert.Equal("option", Patient("first-line-in-conventional-units").Status("cytoreductive-nephrectomy"));
        Assert.Equal("not-applicable", Page(Untreated + "\nprimary-in-place: false").Status("cytoreductive-nephrectomy"));
        Assert.Equal("not-applicable", Page("stage: IV\nline: 2\nprimary-in-place: true").Status("cytoreductive-nephrectomy"));
        Assert.Equal("needs-information", Page(Untreated).Status("cytoreductive-nephrectomy"));
    }

    [Fact]
    public void S10_known_unfitness_for_surgery_forbids_it_and_unknown_fitness_is_to_be_checked_first()
    {
        Assert.Equal("contraindicated", Page(Untreated + "\nprimary-in-place: true\nfit-for-surgery: false").Status("cytoreductive-nephrectomy"));
        var open = Page(Untreated + "\nprimary-in-place: true").Option("cytoreductive-nephrectomy");
        Assert.Equal(Standing.Option, open.Standing);
        Assert.Contains(open.Safety, s => s.Rule.Id == "fit-for-surgery" && s.State is Truth.Undecided && s.Missing.Contains("fit-for-surgery"));
    }

    [Theory]
    [InlineData("[brain]", "option")]
    [InlineData("[lung]", "option")]
    [InlineData("[brain, lung]", "option")]
    [InlineData("[lung, bone]", "not-applicable")]
    [InlineData("[lung, unknown]", "needs-information")]
    public void S11_removing_metastases_is_an_option_when_they_are_only_in_the_brain_or_only_in_the_lungs(string sites, string status) =>
        Assert.Equal(status, Page($"stage: IV\nmetastatic-sites: {sites}").Status("metastasectomy"));

    [Fact]
    public void S11_known_unfitness_for_surgery_forbids_it() =>
        Assert.Equal("contraindicated", Page("metastatic-sites: [lung]\nfit-for-surgery: false").Status("metastasectomy"));

    [Fact]
    public void S12_cytokines_are_for_clear_cell_cancer_in_specialised_centres_in_any_line()
    {
        foreach (var drug in new[] { "high-dose-interleukin-2", "interferon-alfa" })
        {
            Assert.Equal("specialised-centre", Page(Untreated + "\nhistology: clear-cell").Status(drug));
            Assert.Equal("specialised-centre", Patient("cytokines-after-targeted-therapy").Status(drug));
            Assert.Equal("not-applicable", Page("stage: IV\nhistology: chromophobe").Status(drug));
            Assert.Equal("needs-information", Page("stage: IV").Status(drug));
        }
    }

    [Fact]
    public void S12_the_usual_case_after_targeted_therapy_is_said() =>
        Assert.Contains("no longer responds to targeted therapy", Page(Untreated + "\nhistology: clear-cell").Option("interferon-alfa").Editions.Single().Recommendation!.Note.En, StringComparison.Ordinal);

    [Fact]
    public void S13_high_dose_interleukin_2_is_offered_in_specialised_centres_only()
    {
        Assert.Equal("specialised-centre", Patient("cytokines-after-targeted-therapy").Status("high-dose-interleukin-2"));
        Assert.Contains(Repository.Content.Catalogue.FindEdition("ccs-2017")!.Recommendations, r => r.Id == "s13-high-dose-interleukin-2" && r.Because.En!.Contains("serious side effects", StringComparison.Ordinal));
    }

    [Fact]
    public void S14_interferon_alfa_is_offered_in_specialised_centres() => Assert.Equal("specialised-centre", Patient("cytokines-after-targeted-therapy").Status("interferon-alfa"));

    [Fact]
    public void S15_embolization_is_an_option_for_those_unfit_for_drugs_or_for_surgery()
    {
        Assert.Equal("option", Patient("unfit-for-everything").Status("arterial-embolization"));
        Assert.Equal("option", Patient("bleeding-tumour-unfit-for-surgery").Status("arterial-embolization"));
        Assert.Equal("option", Page("stage: IV\nprimary-in-place: true\nfit-for-systemic-therapy: false").Status("arterial-embolization"));
        Assert.Equal("not-applicable", Patient("first-line-in-conventional-units").Status("arterial-embolization"));
        Assert.Equal("not-applicable", Page("stage: IV\nprimary-in-place: false\nfit-for-surgery: false").Status("arterial-embolization"));
    }

    [Fact]
    public void S16_ablation_is_an_option_for_those_unfit_for_drugs_and_for_surgery()
    {
        Assert.Equal("option", Patient("unfit-for-everything").Status("thermal-ablation"));
        Assert.Equal("not-applicable", Patient("bleeding-tumour-unfit-for-surgery").Status("thermal-ablation"));
        Assert.Equal("needs-information", Page("stage: IV\nprimary-in-place: true\nfit-for-surgery: false").Status("thermal-ablation"));
    }

    [Fact]
    public void S17_radiotherapy_is_an_option_for_those_unfit_for_drugs()
    {
        Assert.Equal("option", Patient("unfit-for-everything").Status("palliative-radiotherapy"));
        Assert.Equal("not-applicable", Patient("bleeding-tumour-unfit-for-surgery").Status("palliative-radiotherapy"));
        Assert.Equal("needs-information", Page("stage: IV").Status("palliative-radiotherapy"));
    }

    [Fact]
    public void S18_a_clinical_trial_is_an_option_for_everyone_in_stage_4()
    {
        foreach (var patient in Repository.Patients.Where(p => p != "only-histology-known")) Assert.Equal("option", Patient(patient).Status("clinical-trial"));
    }

    [Fact]
    public void S19_the_plan_is_stated_to_be_made_by_the_team_with_the_patient() => Assert.Contains("ccs-s19-treatment-plan", Statements("stage: IV"));

    [Fact]
    public void S20_survival_is_stated_only_to_those_who_asked_for_numbers()
    {
        Assert.Contains("ccs-s20-survival", Patient("asks-for-survival-numbers").Statements.Select(s => s.Statement.Id));
        Assert.Contains("ccs-s20-survival", Statements("stage: IV\nsurvival-numbers: numbers"));
        foreach (var answer in new[] { "words", "none", "unknown" }) Assert.DoesNotContain("ccs-s20-survival", Statements($"stage: IV\nsurvival-numbers: {answer}"));
        Assert.DoesNotContain("ccs-s20-survival", Statements("stage: IV"));
    }

    [Theory]
    [InlineData("sunitinib")]
    [InlineData("pazopanib")]
    [InlineData("sorafenib")]
    [InlineData("temsirolimus")]
    [InlineData("everolimus")]
    [InlineData("lenvatinib-everolimus")]
    [InlineData("high-dose-interleukin-2")]
    [InlineData("interferon-alfa")]
    public void S03_to_S14_known_unfitness_for_drugs_forbids_them_and_unknown_fitness_is_to_be_checked_first(string drug)
    {
        Assert.Equal(Standing.Contraindicated, Patient("unfit-for-everything").Option(drug).Standing);
        var open = Page("metastatic-sites: [lung]\nkarnofsky: 60\nhaemoglobin-low: true\ntreated-within-one-year: true\nhistology: clear-cell\nprior-vegf: " + (drug == "lenvatinib-everolimus" ? "true" : "false\nline: 1")).Option(drug);
        Assert.True(open.Standing.IsOffered(), open.Standing.Id());
        Assert.Contains(open.Safety, s => s.Rule.Id == "fit-for-systemic-therapy" && s.State is Truth.Undecided);
    }

    private static void Recommended(string drug)
    {
        Assert.Equal("recommended", Page("stage: IV").Status(drug));
        Assert.Equal("recommended", Page("stage: I\nmetastatic-sites: [pancreas]").Status(drug));
        Assert.Equal("needs-information", Page("histology: clear-cell").Status(drug));
    }

    private static Assessment Page(string facts) => Judge.Facts(facts, "ccs-2017");

    private static Assessment Patient(string name) => Judge.File(Repository.RecordOf(name), "ccs-2017");

    private static IEnumerable<string> Statements(string facts) => Page(facts).Statements.Select(s => s.Statement.Id);
}
