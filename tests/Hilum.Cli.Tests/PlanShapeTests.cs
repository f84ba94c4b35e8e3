using System.Text.Json;
using Hilum.Cli.Tests.Support;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Cli.Tests;

/// <summary>What holds of the plan of every invented patient.</summary>
public sealed class PlanShapeTests
{
    private static readonly string[] Order = ["preferred", "recommended", "option", "specialised-centre", "needs-information", "not-recommended", "not-applicable", "contraindicated"];

    /// <summary>Every invented patient.</summary>
    public static TheoryData<string> Patients => [.. Repository.Patients];

    [Theory]
    [MemberData(nameof(Patients))]
    public async Task Every_answer_is_JSON_that_its_schema_accepts(string patient)
    {
        foreach (var editions in new string[][] { [], ["ccs-2017", "esmo-2024"] })
        {
            var assessment = Judge.File(Repository.RecordOf(patient), editions);
            foreach (var language in new[] { Language.English, Language.French })
            {
                await Schema.Holds("plan", assessment.Json(language, j => j.Plan()));
                await Schema.Holds("risk", assessment.Json(language, j => j.RiskOnly()));
                await Schema.Holds("facts", assessment.Json(language, j => j.FactsOnly()));
                foreach (var option in assessment.Options.Where((_, i) => i % 6 == 0)) await Schema.Holds("why", assessment.Json(language, j => j.Why(option, option.Treatment)));
            }
        }
    }

    [Fact]
    public async Task The_schema_notices_a_member_that_is_missing_unknown_or_of_another_type()
    {
        var plan = Judge.Facts("stage: IV").Json(Language.English, j => j.Plan());
        await Schema.Holds("plan", plan);
        foreach (var (from, to) in new[] { ("\"scope\": \"in-scope\"", "\"scope\": \"inside\""), ("\"warnings\"", "\"warning\""), ("\"disagreement\": false", "\"disagreement\": \"no\""), ("\"silent\": true", "\"silent\": true, \"loud\": 1") })
        {
            Assert.Contains(from, plan, StringComparison.Ordinal);
            await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Schema.Holds("plan", plan.Replace(from, to, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_definition_that_several_schemas_hold_is_the_same_in_each()
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "schema"), "*.json"))
            foreach (var definition in JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.GetProperty("definitions").EnumerateObject().Where(d => d.Name is not ("standing" or "safety")))
                if (!seen.TryAdd(definition.Name, definition.Value.GetRawText().ReplaceLineEndings(""))) Assert.Equal(seen[definition.Name], definition.Value.GetRawText().ReplaceLineEndings(""));
    }

    [Theory]
    [MemberData(nameof(Patients))]
    public void Options_hold_every_treatment_once_the_offered_first_in_order_of_status_then_by_name(string patient)
    {
        var plan = JsonDocument.Parse(Judge.File(Repository.RecordOf(patient)).Json(Language.English, j => j.Plan())).RootElement;
        var options = plan.GetProperty("options").EnumerateArray().ToList();
        Assert.Equal(Repository.Treatments.Order(StringComparer.Ordinal), options.Select(o => o.GetProperty("treatment").GetString()!).Order(StringComparer.Ordinal));
        var ranks = options.Select(o => Array.IndexOf(Order, o.GetProperty("status").GetString())).ToList();
        Assert.Equal(ranks.Order(), ranks);
        // "possible with care" comes last in its tier; within both halves names rise
        foreach (var tier in options.GroupBy(o => (o.GetProperty("status").GetString(), WithCare(o))))
            Assert.Equal(tier.Select(o => o.GetProperty("name").GetString()).Order(StringComparer.Ordinal), tier.Select(o => o.GetProperty("name").GetString()));
        foreach (var tier in options.GroupBy(o => o.GetProperty("status").GetString())) Assert.Equal(tier.Select(WithCare).Order(), tier.Select(WithCare));

        static bool WithCare(JsonElement option) => Array.IndexOf(Order, option.GetProperty("status").GetString()) <= 3
            && option.GetProperty("safety").EnumerateArray().Any(s => s.GetProperty("severity").GetString() == "avoid" && s.GetProperty("state").GetString() == "applies");
    }

    [Theory]
    [MemberData(nameof(Patients))]
    public void Both_languages_say_the_same(string patient)
    {
        var assessment = Judge.File(Repository.RecordOf(patient), "ccs-2017", "esmo-2024");
        var (english, french) = (Plan(Language.English), Plan(Language.French));
        foreach (var treatment in Repository.Treatments) Assert.Equal(english.Status(treatment), french.Status(treatment));
        Assert.Equal(english.GetProperty("missing").GetRawText(), french.GetProperty("missing").GetRawText());
        Assert.NotEqual(english.GetProperty("basis").GetRawText(), french.GetProperty("basis").GetRawText());

        JsonElement Plan(Language language) => JsonDocument.Parse(assessment.Json(language, j => j.Plan())).RootElement;
    }

    [Theory]
    [MemberData(nameof(Patients))]
    public void Every_status_comes_with_a_reason_and_every_checked_statement_was_seen(string patient)
    {
        var plan = JsonDocument.Parse(Judge.File(Repository.RecordOf(patient)).Json(Language.English, j => j.Plan())).RootElement;
        foreach (var option in plan.GetProperty("options").EnumerateArray())
        {
            Assert.NotEmpty(option.GetProperty("because").EnumerateArray());
            foreach (var edition in option.GetProperty("editions").EnumerateArray())
            {
                Assert.Equal(!edition.GetProperty("silent").GetBoolean(), edition.TryGetProperty("recommendation", out _));
                if (edition.TryGetProperty("checked", out var seen)) Assert.Equal(edition.GetProperty("review").GetProperty("source").GetString() == "seen", seen.GetBoolean());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Patients))]
    public void What_is_missing_settles_options_that_name_it(string patient)
    {
        var assessment = Judge.File(Repository.RecordOf(patient));
        foreach (var missing in assessment.Missing)
            foreach (var treatment in missing.Settles)
                Assert.True(assessment.Scope is not Measures.Truth.True || assessment.Option(treatment).Missing.Contains(missing.Fact), $"{missing.Fact}: {treatment}");
    }

    [Fact]
    public void A_fact_is_not_asked_for_where_a_contraindication_has_decided()
    {
        var unfit = Judge.File(Repository.RecordOf("unfit-for-everything"), "ccs-2017", "esmo-2024");
        foreach (var option in unfit.Options.Where(o => o.Standing is Standing.Contraindicated)) Assert.Empty(option.Missing);
    }

    [Fact]
    public void Nothing_known_but_histology_gives_the_full_list_and_at_best_needs_information()
    {
        var nothing = Judge.File(Repository.RecordOf("only-histology-known"));
        Assert.Equal(Measures.Truth.Undecided, nothing.Scope);
        Assert.Equal(Repository.Treatments.Count, nothing.Options.Count);
        Assert.DoesNotContain(nothing.Options, o => o.Standing.IsOffered());
        Assert.Equal("stage", nothing.Missing[0].Fact);
    }

    [Fact]
    public void A_partial_date_leaves_exactly_what_hangs_on_it_open()
    {
        var year = Judge.File(Repository.RecordOf("only-the-year-of-diagnosis"), "esmo-2024");
        Assert.Equal(["favourable", "intermediate"], year.Risk.Single(r => r.Model.Id == "imdc").Groups.Select(g => g.Id));
        Assert.Equal("needs-information", year.Status("nivolumab-ipilimumab"));
        Assert.Equal(["diagnosis-date"], year.Option("nivolumab-ipilimumab").Missing);
        Assert.Equal("recommended", year.Status("pembrolizumab-axitinib"));
    }

    [Fact]
    public void First_line_clear_cell_of_esmo_2024_is_reached_in_every_row()
    {
        var intermediate = Judge.File(Repository.RecordOf("first-line-in-conventional-units"), "esmo-2024");
        foreach (var pair in new[] { "pembrolizumab-lenvatinib", "pembrolizumab-axitinib", "nivolumab-cabozantinib", "nivolumab-ipilimumab" }) Assert.Equal("recommended", intermediate.Status(pair)); // ES-01, ES-02
        foreach (var alone in new[] { "sunitinib", "pazopanib", "tivozanib", "cabozantinib" }) Assert.Equal("option", intermediate.Status(alone)); // ES-04
        Assert.Equal("not-recommended", intermediate.Status("avelumab-axitinib")); // ES-05
        var favourable = Judge.File(Repository.RecordOf("asks-for-survival-numbers"), "esmo-2024");
        foreach (var alone in new[] { "sunitinib", "pazopanib", "tivozanib" }) Assert.Equal("recommended", favourable.Status(alone)); // ES-03
        Assert.Equal("not-applicable", favourable.Status("nivolumab-ipilimumab"));
        Assert.Equal("not-applicable", favourable.Status("cabozantinib"));
        var sarcomatoid = Judge.File(Repository.RecordOf("sarcomatoid"), "esmo-2024");
        Assert.Equal("recommended", sarcomatoid.Status("nivolumab-ipilimumab")); // ES-06
        foreach (var alone in new[] { "sunitinib", "pazopanib", "tivozanib", "cabozantinib" }) Assert.Equal("not-recommended", sarcomatoid.Status(alone));
        Assert.Equal("recommended", Judge.File(Repository.RecordOf("relapse-twelve-years-after-stage-1"), "esmo-2024").Status("active-surveillance")); // ES-07
    }

    [Fact]
    public void A_page_that_offers_and_a_guideline_that_advises_against_are_shown_to_disagree()
    {
        var sunitinib = Judge.File(Repository.RecordOf("sarcomatoid"), "ccs-2017", "esmo-2024").Option("sunitinib");
        Assert.True(sunitinib.Disagreement);
        Assert.Equal(Standing.Option, sunitinib.Standing);
        Assert.Equal(["esmo-2024"], sunitinib.AdvisedAgainst);
    }

    [Fact]
    public void A_transplant_forbids_checkpoint_inhibitors_and_names_what_would_justify_them()
    {
        var transplant = Judge.File(Repository.RecordOf("kidney-transplant"));
        foreach (var treatment in new[] { "nivolumab-ipilimumab", "pembrolizumab-axitinib", "nivolumab-cabozantinib", "pembrolizumab-lenvatinib" })
        {
            var option = transplant.Option(treatment);
            Assert.Equal(Standing.Contraindicated, option.Standing);
            Assert.Contains(option.Safety, s => s.Rule.Severity is Severity.Contraindicated && !s.Rule.Override.IsEmpty);
        }

        Assert.True(transplant.Option("sunitinib").Standing.IsOffered());
    }

    [Fact]
    public void M0_at_first_and_no_metastasis_left_do_not_undo_a_metastasis_that_was_dated_and_treated() => Assert.NotEqual(
        Measures.Truth.False,
        Judge.Facts("histology: clear-cell\nt-category: T2a\nn-category: N0\nm-category: M0\nmetastatic-date: 2024-02-10\nmetastatic-sites: []\nprior-therapies: [{ treatment: pembrolizumab-axitinib, start: 2024-03-01, stop: 2026-09-01, stopped-for: progression, setting: metastatic }]").Scope);

    [Fact]
    public void Pregnancy_forbids_every_drug_of_the_page()
    {
        var pregnant = Judge.File(Repository.RecordOf("pregnant"));
        foreach (var drug in new[] { "sunitinib", "pazopanib", "sorafenib", "temsirolimus", "everolimus", "lenvatinib-everolimus", "high-dose-interleukin-2", "interferon-alfa", "nivolumab-ipilimumab", "pembrolizumab-lenvatinib" })
            Assert.Equal(Standing.Contraindicated, pregnant.Option(drug).Standing);
    }
}
