using System.Text;
using Hilum.Cli.Tests.Support;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Measures;
using Hilum.Options;

namespace Hilum.Cli.Tests;

/// <summary>Records that contradict themselves: both values stay possible, both are named with where they stand, and what settles it is asked for first.</summary>
public sealed class ContradictionTests
{
    private const string FirstLine = "stage: IV\nmetastatic-sites: [lung]\nhistology: clear-cell\n";

    private const string AfterSunitinib = "prior-therapies: [{ treatment: sunitinib, start: 2025-01-10, stop: 2026-10-02, stopped-for: progression, setting: metastatic }]\n";

    [Theory]
    [InlineData(FirstLine + AfterSunitinib + "line: 1\n", "line", "1", "2")]
    [InlineData(FirstLine + "prior-therapies: []\nsex: male\npregnant: true\n", "pregnant", "yes", "no")]
    [InlineData("stage: IV\nt-category: T1\nm-category: M0\nmetastatic-sites: []\n", "stage", "stage 4", "stage 1 or stage 3")]
    [InlineData(FirstLine + "prior-therapies: []\nkarnofsky: 90\necog: 3\n", "ecog", "Karnofsky performance status 90", "ECOG performance status 3")]
    [InlineData(FirstLine + "prior-therapies: []\nkarnofsky: 90\necog: 3\n", "karnofsky", "mapped from ECOG", "disagree")]
    public void A_contradiction_is_named_with_both_its_sides_and_asked_for_first(string facts, string asked, string one, string other)
    {
        var plan = Judge.Facts(facts);

        var warning = Assert.Single(plan.Case.Warnings, w => w.En!.Contains("disagree", StringComparison.Ordinal)).En!;
        Assert.Contains(one, warning, StringComparison.Ordinal);
        Assert.Contains(other, warning, StringComparison.Ordinal);
        Assert.Contains("line ", warning, StringComparison.Ordinal);
        Assert.Contains(asked, plan.Missing.Take(2).Select(m => m.Fact));
        Assert.NotEmpty(plan.Missing[0].Settles);
    }

    [Fact]
    public void Both_stages_of_a_contradiction_stay_possible_and_the_scope_with_them() =>
        Assert.Equal(Truth.Undecided, Judge.Facts("stage: IV\nt-category: T1\nm-category: M0\nmetastatic-sites: []").Scope);

    [Fact]
    public void Early_T_and_M_categories_give_way_to_metastases_that_are_listed_with_a_warning()
    {
        var plan = Judge.Facts("stage: IV\nt-category: T2\nm-category: M0\nmetastatic-sites: [lung]");

        Assert.Equal(FactState.Known, plan.Case["stage"].State);
        Assert.Equal(Truth.True, plan.Scope);
        Assert.Contains(plan.Case.Warnings, w => w.En!.Contains("T2", StringComparison.Ordinal) && w.En.Contains("gives way to IV", StringComparison.Ordinal));
    }

    [Fact]
    public void While_a_pregnancy_is_in_doubt_every_drug_says_to_check_it_first()
    {
        var plan = Judge.Facts(FirstLine + "prior-therapies: []\nsex: male\npregnant: true");

        foreach (var drug in new[] { "sunitinib", "pembrolizumab-axitinib" })
            Assert.Contains(plan.Option(drug).Safety, s => s is { State: Truth.Undecided, Rule.Severity: Severity.Contraindicated } && s.Missing.Contains("pregnant"));
    }

    [Fact]
    public void A_transplant_without_a_date_and_a_later_denial_leave_the_contraindication_open_and_first_among_what_is_missing()
    {
        var plan = OfFhir(Transplant(""), Transplant("\"recordedDate\":\"2026-10-01\",", "refuted", "b"));

        Assert.Equal(FactState.Conflict, plan.Case["organ-transplant"].State);
        Assert.Equal("Condition/a, Condition/b", plan.Case["organ-transplant"].Origin);
        Assert.Contains(plan.Case.Warnings, w => w.En!.Contains("Condition/a, Condition/b", StringComparison.Ordinal));
        Assert.Contains(plan.Option("nivolumab-ipilimumab").Safety, s => s.State is Truth.Undecided && s.Missing.Contains("organ-transplant"));
        Assert.Equal("organ-transplant", plan.Missing[0].Fact);
    }

    [Theory]
    [InlineData("\"onsetDateTime\":\"2015-03-01\",", FactState.Conflict)] // that it began then does not say when it was last so
    [InlineData("\"recordedDate\":\"2026-10-01\",", FactState.Conflict)]
    [InlineData("\"recordedDate\":\"2026-10-02\",", FactState.Known)]
    [InlineData("\"onsetDateTime\":\"2015-03-01\",\"recordedDate\":\"2016-01-01\",", FactState.Known)]
    public void Only_an_order_in_time_that_is_known_decides_between_them(string dates, FactState state) =>
        Assert.Equal(state, OfFhir(Transplant(dates), Transplant("\"recordedDate\":\"2026-10-01\",", "refuted", "b")).Case["organ-transplant"].State);

    [Fact]
    public void An_exception_that_nobody_knows_to_hold_is_asked_for_while_its_contraindication_stands()
    {
        var finding = Judge.Facts("stage: IV\nmetastatic-sites: [brain]").Option("pembrolizumab-axitinib").Safety.Single(s => s.Rule.Id == "axitinib-brain-metastases");

        Assert.Equal(Truth.True, finding.State);
        Assert.Equal(["brain-metastases-stable"], finding.Missing);
    }

    [Fact]
    public void No_risk_group_is_given_for_what_is_known_to_be_another_cancer()
    {
        foreach (var model in Judge.Facts(FirstLine + "kidney-cancer: false").Risk)
        {
            Assert.Equal(Truth.False, model.Applies);
            Assert.Empty(model.Groups);
        }
    }

    [Fact]
    public void The_parts_of_a_combination_given_together_are_that_combination_and_one_line()
    {
        const string Dates = "start: 2025-01-10, stop: 2026-10-02, stopped-for: progression, setting: metastatic";
        var whole = Judge.Facts(FirstLine + $"prior-therapies: [{{ treatment: pembrolizumab-axitinib, {Dates} }}]");
        var parts = Judge.Facts(FirstLine + $"prior-therapies: [{{ treatment: pembrolizumab, {Dates} }}, {{ treatment: axitinib, {Dates} }}]");

        Assert.True(parts.Case["line"].Possible.Equals(NumbersPossible.Of(2)));
        Assert.Equal(whole.Options.Select(o => (o.Treatment.Id, o.Standing)), parts.Options.Select(o => (o.Treatment.Id, o.Standing)));
    }

    [Theory]
    [InlineData("2025-02-07", "", 2)]
    [InlineData("2025-02-08", "", 3)]
    [InlineData("2025-01-20", ", stop: 2025-01-15, stopped-for: progression", 3)]
    [InlineData("2025-01-20", ", stop: 2025-01-15, stopped-for: toxicity", 2)]
    public void Drugs_that_begin_within_four_weeks_are_one_line_unless_the_first_had_failed(string second, string first, int line) =>
        Assert.True(Judge.Facts(FirstLine + $"prior-therapies: [{{ treatment: sunitinib, start: 2025-01-10, setting: metastatic{first} }}, {{ treatment: everolimus, start: {second}, stop: 2026-01-01, stopped-for: progression, setting: metastatic }}]")
            .Case["line"].Possible.Equals(NumbersPossible.Of(line)));

    private static string Transplant(string dates, string verification = "confirmed", string id = "a") => $$$"""
        {"resourceType":"Condition","id":"{{{id}}}",{{{dates}}}"subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"{{{(verification == "refuted" ? "Z94.9" : "Z94.0")}}}"}]},
         "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},
         "verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"{{{verification}}}"}]}}
        """;

    private static Assessment OfFhir(params string[] conditions)
    {
        string[] resources =
        [
            """{"resourceType":"Patient","id":"p","gender":"male"}""",
            """{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://snomed.info/sct","code":"254915003"}]},"recordedDate":"2026-09-01"}""",
            """{"resourceType":"Condition","id":"m","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"C78.0"}]},"recordedDate":"2026-09-01"}""",
            .. conditions,
        ];
        var bundle = "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[" + string.Join(",", resources.Select(r => "{\"resource\":" + r + "}")) + "]}";
        var reading = RecordReader.Read(Encoding.UTF8.GetBytes(bundle), Repository.Content, null);
        return Judge.Assess(reading.Record ?? throw new InvalidOperationException(string.Join('\n', reading.Problems)));
    }
}
