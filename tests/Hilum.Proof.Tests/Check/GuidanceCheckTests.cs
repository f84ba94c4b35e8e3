using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Proof.Check;
using Hilum.Proof.Tests.Support;

namespace Hilum.Proof.Tests.Check;

/// <summary>The guidance of this repository holds; and each way in which it could fail to hold is found, with a patient where there is one.</summary>
public sealed class GuidanceCheckTests
{
    private const string FirstLine = "editions/esmo-2024/first-line.yaml";

    [Fact]
    public void Every_edition_of_this_repository_passes()
    {
        var report = GuidanceCheck.Run(Real.Content);

        Assert.Empty(report.Findings.Select(f => $"{f.Place}: {f.Kind.Id()}: {f.Subject}: {f.Message}"));
        var rules = Real.Content.Catalogue.Editions.SelectMany(e => e.Recommendations.Select(r => $"{e.Id}/{r.Id}")).Concat(Real.Content.Catalogue.SafetyRules.Select(r => $"safety/{r.Id}"));
        Assert.Empty(rules.Except(report.Reached.Select(r => r.Subject)));
    }

    [Fact]
    public void The_example_of_a_rule_is_a_case_file_for_which_the_rule_holds()
    {
        var edition = Real.Content.Catalogue.FindEdition("esmo-2024")!;
        var report = GuidanceCheck.Run(Real.Content, [edition]);

        foreach (var rule in edition.Recommendations)
        {
            var example = report.Reached.Single(r => r.Subject == $"esmo-2024/{rule.Id}").Example;
            var file = example.ToCaseFile("example", "An example.");
            var reading = Facts.CaseFileReader.Read(System.Text.Encoding.UTF8.GetBytes(file), Real.Content.Facts, Real.Content.Formulary, [.. Real.Content.Catalogue.Treatments.Select(t => t.Id)]);
            Assert.Empty(reading.Problems);
            var patient = new Facts.CaseBuilder(Real.Content.Facts).Build(reading.Record!, new() { AsOf = reading.Record!.AsOf!.Value });
            Assert.Equal(Truth.True, rule.When.Evaluate(patient.Possible));
        }
    }

    [Fact]
    public void A_rule_that_can_never_act() => Found(FindingKind.Unreachable, "esmo-2024/first-line-pembrolizumab-lenvatinib", FirstLine,
        "Line = 1 and Histology = 'clear-cell' and not ProgressedOnImmunotherapy\n", "Line = 1 and Histology = 'clear-cell' and not ProgressedOnImmunotherapy and PriorVegf\n", patient: false);

    [Fact]
    public void A_range_that_is_empty() => Found(FindingKind.Unreachable, "safety/blood-pressure-above-150-100", "safety/vegf-tki.yaml",
        "SystolicBp > 150 'mm[Hg]' or DiastolicBp > 100 'mm[Hg]'", "SystolicBp >= 160 'mm[Hg]' and SystolicBp < 150 'mm[Hg]'", patient: false);

    [Fact]
    public void An_alternative_that_can_never_be_met() => Found(FindingKind.DeadClause, "esmo-2024/first-line-nivolumab-ipilimumab", FirstLine,
        "ImdcRisk in { 'intermediate', 'poor' } and not", "(ImdcRisk in { 'intermediate', 'poor' } or Line = 2) and not", patient: false);

    [Fact]
    public void A_code_in_a_set_that_can_never_be_met() => Found(FindingKind.DeadClause, "esmo-2024/first-line-nivolumab-ipilimumab", FirstLine,
        "Histology = 'clear-cell' and ImdcRisk in { 'intermediate', 'poor' } and not", "Histology = 'clear-cell' and ImdcCount >= 3 and ImdcRisk in { 'intermediate', 'poor' } and not", patient: false);

    [Fact]
    public void A_patient_whom_no_rule_reaches() => Found(FindingKind.Unanswered, "esmo-2024", "editions/esmo-2024/edition.yaml",
        "PriorImmunotherapy and PriorHif2a", "PriorImmunotherapy and PriorCytokine and PriorHif2a", patient: true);

    [Fact]
    public void A_treatment_both_offered_and_advised_against() => Found(FindingKind.Contradiction, "esmo-2024/no-checkpoint-inhibitor-sunitinib-pazopanib", FirstLine,
        "Line = 1 and Histology = 'clear-cell' and Sarcomatoid and not ProgressedOnImmunotherapy\n  because", "Line = 1 and Histology = 'clear-cell' and not ProgressedOnImmunotherapy\n  because", patient: true);

    [Fact]
    public void A_rule_that_another_makes_needless() => Found(FindingKind.Shadowed, "esmo-2024/no-checkpoint-inhibitor-tivozanib", FirstLine,
        "offer: [sunitinib, pazopanib]", "offer: [sunitinib, pazopanib, tivozanib]", patient: false);

    [Fact]
    public void A_word_of_silence_where_something_is_offered() => Found(FindingKind.NotSilent, "esmo-2024/esmo-silent-after-other-drugs", "editions/esmo-2024/edition.yaml",
        "not PriorVegf and not\n      PriorImmunotherapy", "not PriorImmunotherapy", patient: true);

    [Fact]
    public void A_term_that_nothing_uses() => Found(FindingKind.Unused, "esmo-2024/Elderly", "editions/esmo-2024/edition.yaml", "define:\n", "define:\n  Elderly: >-\n    Age >= 75\n", patient: false);

    [Fact]
    public void A_condition_that_the_model_does_not_hold_is_not_proven() => Found(FindingKind.NotProven, "safety/belzutifan-anaemia", "safety/belzutifan.yaml",
        "Haemoglobin < 8 'g/dL'", "Haemoglobin < 8 'g/dL' and Age * Qtc / Age > 400 'ms'", patient: false);

    [Fact]
    public void A_safety_rule_that_concerns_no_treatment() => Found(FindingKind.Unreachable, "safety/toripalimab-off-label", "safety/toripalimab.yaml",
        "applies-to: { drugs: [toripalimab] }", "applies-to: { drugs: [toripalimab], except: [toripalimab-axitinib] }", patient: false);

    [Fact]
    public void A_term_that_nobody_meets() => Found(FindingKind.Unreachable, "ccs-2017/PoorPrognosis", "editions/ccs-2017/edition.yaml",
        "Metastatic and (ImdcRisk = 'poor' or MskccRisk = 'poor')", "not Metastatic and Line > 1 and (ImdcRisk = 'poor' or MskccRisk = 'poor')", patient: false);

    [Fact]
    public void A_statement_that_nobody_is_ever_shown() => Found(FindingKind.Unreachable, "esmo-2024/esmo-silent-after-other-drugs", "editions/esmo-2024/edition.yaml",
        "not PriorVegf and not\n      PriorImmunotherapy", "Line = 1 and Line > 1 and not PriorImmunotherapy", patient: false);

    [Fact]
    public void A_safety_rule_that_another_of_its_source_makes_needless()
    {
        var rule = Mutation.BrokenRule.All().Single(r => r.Id == "qtc-500-or-more").Text;
        var narrower = rule.Replace("qtc-500-or-more", "qtc-510-or-more", StringComparison.Ordinal).Replace("Qtc >= 500", "Qtc >= 510", StringComparison.Ordinal);
        Found(FindingKind.Shadowed, "safety/qtc-510-or-more", "safety/qt-heart.yaml", rule, $"{rule.TrimEnd()}\n\n{narrower}", patient: false);
    }

    [Fact]
    public void A_question_that_is_never_raised() => Found(FindingKind.Unreachable, "questions/when-to-stop-the-checkpoint-inhibitor", "questions.yaml",
        "Line = 2 and PriorImmunotherapy and exists CurrentTreatment", "Line = 1 and PriorImmunotherapy and exists CurrentTreatment", patient: false);

    [Fact]
    public void A_derivation_that_never_decides() => Found(FindingKind.Unreachable, "facts/pregnant", "facts/person.yaml",
        "if Sex = 'male' then false else null", "if Sex = 'male' and Sex = 'female' then false else null", patient: false);

    [Fact]
    public void A_question_that_the_solver_does_not_finish_is_not_proven()
    {
        // random clauses of three, somewhat more than can all be met: nobody knows a quick way to find that out
        var random = new Random(20261123);
        var logic = new Model.Logic();
        var facts = Enumerable.Range(0, 600).Select(n => logic.New($"{n}")).ToArray();
        for (var n = 0; n < 2_760; n++) logic.Model.AddBoolOr(Enumerable.Range(0, 3).Select(_ => facts[random.Next(facts.Length)]).Select(f => random.Next(2) == 0 ? f : f.Not()));

        Assert.Equal(Answer.NotProven, Model.Patients.Solve(logic, [logic.True]).Answer);
    }

    [Fact]
    public void Examples_read_as_people_who_could_come_to_a_clinic()
    {
        var report = GuidanceCheck.Run(Real.Content, [Real.Content.Catalogue.FindEdition("esmo-2024")!]);
        // only who was given all the drugs that the edition names after immunotherapy was treated so often
        const string TreatedOften = "esmo-2024/esmo-silent-after-all-named-drugs";
        var facts = report.Reached.Where(r => r.Subject != TreatedOften).SelectMany(r => r.Example.Facts).ToLookup(f => f.Fact, f => f.Value);
        Assert.All(facts.Where(f => f.Key.EndsWith("-date", StringComparison.Ordinal)).SelectMany(f => f), date => Assert.InRange(int.Parse(date[..4], System.Globalization.CultureInfo.InvariantCulture), 2020, 2027));
        Assert.All(facts["metastatic-sites"], sites => Assert.InRange(sites.Split(',').Length, 1, 3));
        Assert.All(facts["prior-therapies"], courses => Assert.InRange(Courses(courses), 0, 3));
        Assert.Equal(6, Courses(report.Reached.Single(r => r.Subject == TreatedOften).Example.Facts.Single(f => f.Fact == "prior-therapies").Value));
        Assert.All(facts["stage"], stage => Assert.Equal("IV", stage));

        static int Courses(string list) => list.Split("treatment:").Length - 1;
    }

    [Fact]
    public void An_example_that_the_reader_of_case_files_refuses_is_an_internal_error() =>
        Assert.Throws<ModelDisagreesException>(() => Witness.Read(Real.Content, [("histology", "clear-sell")], GuidanceCheck.ExampleDay));

    private static void Found(FindingKind kind, string subject, string path, string text, string replacement, bool patient)
    {
        var content = ContentLoader.Load(Real.Edited(path, text, replacement));

        var report = GuidanceCheck.RunFile(content, path);

        var finding = report.Findings.FirstOrDefault(f => f.Kind == kind && f.Subject == subject);
        Assert.True(finding is not null, $"expected {kind.Id()} of {subject}; found {string.Join("; ", report.Findings.Select(f => $"{f.Kind.Id()} of {f.Subject}: {f.Message}"))}");
        Assert.Equal(patient, finding.Example is not null);
        Assert.Equal(patient, finding.Because.Count > 0);
    }
}
