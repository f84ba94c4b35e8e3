using System.Text.Json;
using Hilum.Answers;
using Hilum.Cli.Tests.Support;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Cli.Tests;

/// <summary>What is only possible is not said as a fact; what speaks against an option stands beside the offer and not below it.</summary>
public sealed class SaidAsItIsTests
{
    private const string Known = "stage: IV\nhistology: clear-cell\nmetastatic-sites: [lung]\nprior-therapies: []\nage: 60\nsex: male\n";

    /// <summary>Every invented patient, in both languages.</summary>
    public static MatrixTheoryData<string, string> Patients => new([.. Repository.Patients], ["en", "fr"]);

    [Theory]
    [MemberData(nameof(Patients))]
    public void Advised_against_are_those_that_are_so_whatever_is_not_known(string patient, string language)
    {
        var assessment = Judge.File(Repository.RecordOf(patient));
        var words = Words(assessment, language);
        var blocks = new PlanDocument(assessment, words).Write().Blocks;
        var against = assessment.Options.Where(o => o.Standing is Standing.NotRecommended).ToList();

        // certain: an edition that speaks of the patient leaves no other status
        var certain = against.Where(o => o.Editions.Any(e => !e.Silent && e.Edition.Kind is not EditionKind.Funding && e.Possible is [Standing.NotRecommended])).ToList();
        Assert.Equal(Names(certain), Under(words.Say("plan.not-recommended"), certain.Count));
        Assert.Equal(Names(against.Except(certain)), Under(words.Say("plan.perhaps-against"), against.Count - certain.Count));

        IEnumerable<string> Names(IEnumerable<Option> options) => words.InOrder(options).Select(o => words.In(o.Treatment.Name));

        IEnumerable<string> Under(string heading, int count) =>
            blocks.SkipWhile(b => b is not Heading h || h.Text != $"{heading} ({count})").Skip(1).TakeWhile(b => b is not Heading).OfType<Entry>().Where(e => e.Depth == 0).Select(e => e.Label);
    }

    [Theory]
    [MemberData(nameof(Patients))]
    public void Who_pays_is_not_said_to_recommend(string patient, string language)
    {
        var assessment = Judge.File(Repository.RecordOf(patient));
        var words = Words(assessment, language);
        var offers = new PlanDocument(assessment, words).Write().Blocks.OfType<Entry>().Where(e => e.Depth == 1 && e.Text.StartsWith(words.Say("status.option"), StringComparison.Ordinal)).ToList();
        foreach (var offer in offers.Where(o => o.Text.Contains("nice-2024", StringComparison.Ordinal)))
        {
            var funded = words.Say("plan.funded-by", "nice-2024");
            Assert.Contains(funded, offer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("nice-2024", offer.Text.Replace(funded, "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        if (patient is "untreated-clear-cell-intermediate-si") Assert.Contains(offers, o => o.Text.Contains("nice-2024", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Of_a_patient_of_whom_only_the_histology_is_known_nothing_is_advised_against_as_a_fact(string language)
    {
        var assessment = Judge.File(Repository.RecordOf("only-histology-known"));
        var words = Words(assessment, language);
        var sorafenib = assessment.Option("sorafenib");
        Assert.Equal(Standing.NotRecommended, sorafenib.Standing);
        Assert.Empty(sorafenib.AdvisedAgainst);
        Assert.True(sorafenib.PerhapsAgainst);

        Assert.DoesNotContain(Blocks(assessment, words).OfType<Heading>(), h => h.Text.StartsWith(words.Say("plan.not-recommended"), StringComparison.Ordinal));
        Assert.DoesNotContain(Blocks(assessment, words).OfType<Entry>(), e => e.Label.StartsWith(words.Say("plan.not-recommended"), StringComparison.Ordinal));
        var why = WhyDocument.Write(assessment, sorafenib, sorafenib.Treatment, words).ToMarkdown();
        Assert.DoesNotContain(words.Say("why.status", words.Say("status.not-recommended")), why, StringComparison.Ordinal);
        Assert.Contains(words.Say("why.status", words.Say("status.perhaps-against")), why, StringComparison.Ordinal);
        var esmo = sorafenib.Editions.Single(e => e.Edition.Id == "esmo-2024");
        Assert.Contains(words.Label("line"), words.Advice(esmo), StringComparison.Ordinal);
        Assert.Contains(words.Because(sorafenib), b => b.StartsWith($"esmo-2024{words.Say("list.colon")}{words.Advice(esmo)}", StringComparison.Ordinal));

        var json = JsonDocument.Parse(assessment.Json(words.Language, j => j.Plan())).RootElement.Option("sorafenib");
        Assert.Equal("not-recommended", json.GetProperty("status").GetString());
        Assert.Empty(json.GetProperty("advisedAgainst").EnumerateArray());
        Assert.Contains("esmo-2024", json.GetProperty("perhapsAgainst").Strings());
    }

    [Theory]
    [MemberData(nameof(Patients))]
    public void Not_met_is_said_only_of_what_is_known_not_to_be(string patient, string language)
    {
        var assessment = Judge.File(Repository.RecordOf(patient));
        var words = Words(assessment, language);
        foreach (var option in assessment.Options.Where(o => o.Standing is Standing.NotApplicable or Standing.NotRecommended))
        {
            var text = new PlanDocument(assessment, words).Of(option, OptionPart.NotOffered).ToMarkdown();
            foreach (var clause in option.Editions.Where(e => e.Recommendation is not null).SelectMany(e => words.Decisive(e.Recommendation!.When)).Where(c => c.Truth is Truth.Undecided))
                Assert.DoesNotContain(words.Say("plan.not-applicable.because", clause.Text, clause.Value), text, StringComparison.Ordinal);
        }
    }

    private const string AfterTwoLines = "stage: IV\nhistology: clear-cell\nmetastatic-sites: [lung]\nage: 60\nsex: male\nprior-therapies:\n"
        + "  - { treatment: nivolumab-ipilimumab, start: 2023-07-01, stop: 2024-10-30, stopped-for: progression, setting: metastatic }\n"
        + "  - { treatment: cabozantinib, start: 2024-11-20, stop: 2026-10-30, stopped-for: progression, setting: metastatic }\n";

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void The_advice_against_a_treatment_stands_before_what_merely_does_not_fit(string language)
    {
        var assessment = Judge.Facts(AfterTwoLines);
        var words = Words(assessment, language);
        var against = assessment.Options.Where(o => o.AdvisedAgainst.Count > 0 && o.Standing is Standing.NotRecommended).ToList();
        Assert.Contains(against, o => o.Treatment.Id == "nivolumab");
        foreach (var option in against)
        {
            var advice = words.Advice(option.Editions.First(e => !e.Silent && e.Standing is Standing.NotRecommended && e.Edition.Kind is not EditionKind.Funding));
            Assert.StartsWith(advice, new PlanDocument(assessment, words).Of(option, OptionPart.NotOffered).Blocks.OfType<Entry>().First().Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Why_a_drug_does_not_fit_is_told_by_the_rule_that_came_nearest()
    {
        var assessment = Judge.Facts(AfterTwoLines);
        var words = Words(assessment, "en");
        foreach (var edition in assessment.Option("cabozantinib").Editions.Where(e => e.Edition.Id is "asco-2022" or "eau-2025" or "esmo-2024" or "kcrnc-2021"))
        {
            var clause = Assert.Single(words.Decisive(edition.Recommendation!.When));
            Assert.Contains("cabozantinib", clause.Text, StringComparison.Ordinal);
        }

        // not by a rule for another type of cancer
        var afterSunitinib = Judge.Facts("stage: IV\nhistology: clear-cell\nmetastatic-sites: [lung]\nprior-therapies:\n  - { treatment: sunitinib, start: 2025-02-10, stop: 2026-10-12, stopped-for: progression, setting: metastatic }\n");
        foreach (var (patient, treatment) in new[] { (Judge.Facts(Known), "lenvatinib-everolimus"), (afterSunitinib, "pembrolizumab-lenvatinib"), (afterSunitinib, "nivolumab-ipilimumab") })
        {
            var esmo = patient.Option(treatment).Editions.Single(e => e.Edition.Id == "esmo-2024");
            Assert.Equal(Standing.NotApplicable, esmo.Standing);
            Assert.DoesNotContain(Words(patient, "en").Decisive(esmo.Recommendation!.When), c => c.Facts.Contains("histology"));
        }
    }

    [Theory]
    [InlineData("en", "rate 37 %, zoledronic acid", "rate 74 %, placebo")]
    [InlineData("fr", "taux 37 %, acide zolédronique", "taux 74 %, placebo")]
    public void The_figure_of_one_arm_stands_beside_that_of_the_other(string language, string given, string compared)
    {
        var assessment = Judge.Facts(Known.Replace("[lung]", "[bone]", StringComparison.Ordinal));
        var plan = new PlanDocument(assessment, Words(assessment, language)).Write().ToMarkdown();

        Assert.Contains(given, plan, StringComparison.Ordinal);
        Assert.Contains(compared, plan, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_without_a_comparison_shows_what_it_saw_but_no_length_of_life()
    {
        var assessment = Judge.Facts("stage: IV\nhistology: fh-deficient\nmetastatic-sites: [lung]\nprior-therapies: []\n");
        var option = assessment.Option("bevacizumab-erlotinib");
        var words = Words(assessment, "en");
        var text = new PlanDocument(assessment, words).Of(option, OptionPart.Evidence).ToMarkdown();
        Assert.Contains($"{words.Say("endpoint.response-rate")}: {words.Say("result.rate")} 72 %", text.Replace($" ({words.Say("subgroup.fh-deficient")})", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(words.Say("endpoint.overall-survival") + ":", text, StringComparison.Ordinal);
        Assert.DoesNotContain(words.Say("subgroup.papillary-not-inherited"), text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_offer_that_another_edition_may_advise_against_says_so()
    {
        var assessments = Repository.Patients.Select(p => Judge.File(Repository.RecordOf(p))).Append(Judge.Facts(Known)).ToList();
        var perhaps = assessments.SelectMany(a => a.Options.Where(o => o.Standing.IsOffered() && o.PerhapsAgainstBy.Count > 0).Select(o => (a, o))).ToList();
        Assert.NotEmpty(perhaps);
        foreach (var (assessment, option) in perhaps)
        {
            var words = Words(assessment, "en");
            Assert.Contains(words.Say("status.perhaps-disagreement", words.All(option.PerhapsAgainstBy)), Glance(assessment, words, option), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void What_the_safety_rules_say_to_avoid_stands_with_its_reason_in_the_line_of_the_offer(string language)
    {
        var assessment = Judge.Facts(Known + "aneurysm-or-dissection: true");
        var words = Words(assessment, language);
        var option = assessment.Option("nivolumab-cabozantinib");
        Assert.True(option.WithCare);
        var reasons = option.Safety.Where(s => s.State is Truth.True && s.Rule.Severity is Severity.Avoid).Select(s => words.In(s.Rule.Says).TrimEnd('.')).ToList();
        Assert.NotEmpty(reasons);

        var details = Blocks(assessment, words).SkipWhile(b => b is not Heading h || !h.Text.StartsWith(words.Say("plan.offered") + " (", StringComparison.Ordinal)).OfType<Entry>().First(e => e.Depth == 0 && e.Label == words.In(option.Treatment.Name)).Text;
        foreach (var line in new[] { Glance(assessment, words, option), details })
        {
            Assert.StartsWith(words.Say($"status.{option.Standing.Id()}"), line, StringComparison.Ordinal);
            Assert.Contains(words.Say("status.but-avoid", reasons[0]), line, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void At_a_glance_what_could_forbid_and_what_could_speak_against_it_are_told_apart_and_counted(string language)
    {
        var assessment = Judge.Facts(Known);
        var words = Words(assessment, language);
        var offers = assessment.Options.Where(o => o.Standing.IsOffered()).Select(o => Undecided(o, Severity.Contraindicated).ConvertAll(words.Label)).Where(u => u.Count > 0).ToList();
        var shared = offers.SelectMany(u => u).Distinct().Where(l => offers.Count(u => u.Contains(l)) is >= 3 and var n && n * 2 >= offers.Count).ToList();
        Assert.NotEmpty(shared);
        var first = Blocks(assessment, words).OfType<Entry>().First(e => e.Label == words.Say("plan.to-check.shared")).Text;
        Assert.All(shared, l => Assert.Contains(l, first, StringComparison.Ordinal));
        foreach (var option in assessment.Options.Where(o => o.Standing.IsOffered()))
        {
            var line = Glance(assessment, words, option);
            var (forbid, against) = (Undecided(option, Severity.Contraindicated), Undecided(option, Severity.Avoid).Except(Undecided(option, Severity.Contraindicated)).ToList());
            Assert.Equal(forbid.Count > 0, line.Contains(words.Say("plan.to-check.forbid", ""), StringComparison.Ordinal));
            Assert.Equal(against.Count > 0, line.Contains(words.Say("plan.to-check.against", ""), StringComparison.Ordinal));
            // what could forbid many is said once above them; an option that hangs on all of it points there, and nothing is dropped
            var above = shared.TrueForAll(c => forbid.Exists(f => words.Label(f) == c)) ? shared : [];
            Assert.Equal(shared.Count > 0 && above.Count > 0, line.Contains(words.Say("plan.to-check.above"), StringComparison.Ordinal));
            var own = forbid.Select(words.Label).Except(above, StringComparer.Ordinal).ToList();
            if (own.Count > 3) Assert.Contains(words.Say("list.more", own.Count - 3), line, StringComparison.Ordinal);
            else Assert.All(own, o => Assert.Contains(o, line, StringComparison.Ordinal));
            if (against.Count > 2) Assert.Contains(words.Say("list.more", against.Count - 2), line, StringComparison.Ordinal);
        }

        Assert.Contains(assessment.Options, o => o.Standing.IsOffered() && Undecided(o, Severity.Avoid).Count > 2);

        static List<string> Undecided(Option option, Severity severity) => [.. option.Safety.Where(s => s.State is Truth.Undecided && s.Rule.Severity == severity).SelectMany(s => s.Missing).Distinct()];
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void That_a_model_may_not_apply_is_a_sentence_of_its_own(string language)
    {
        var assessment = Judge.File(Repository.RecordOf("only-histology-known"));
        var words = Words(assessment, language);
        Assert.Contains(". " + words.Say("risk.applies-unknown"), RiskDocument.Write(assessment, words).ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_funding_leaves_open_is_not_said_to_be_unfunded()
    {
        foreach (var assessment in Repository.Patients.Select(p => Judge.File(Repository.RecordOf(p))))
            foreach (var option in assessment.Options)
                foreach (var edition in option.Editions.Where(e => e is { Silent: false, Edition.Kind: EditionKind.Funding, Possible.Count: > 1 } && e.Possible.Any(p => p.IsOffered())))
                    Assert.DoesNotContain(new EvidenceText(assessment.Case, Words(assessment, "en")).Availability(option), a => a.Country == edition.Edition.Country && a.Funded == "no");
    }

    private static Sentences Words(Assessment assessment, string language) => new(Repository.Content, assessment.Case, language == "fr" ? Language.French : Language.English);

    private static IReadOnlyList<Block> Blocks(Assessment assessment, Sentences words) => new PlanDocument(assessment, words).Write().Blocks;

    private static string Glance(Assessment assessment, Sentences words, Option option) =>
        Blocks(assessment, words).OfType<Entry>().First(e => e.Depth == 1 && e.Label == words.In(option.Treatment.Name)).Text;
}
