using System.Text;
using CsCheck;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Tests.Facts;

/// <summary>The case file of <c>contract/cli.md</c>: read with every problem named by its line.</summary>
public sealed class CaseFileReaderTests
{
    private const string Full = """
        patient: { id: A-017 }
        as-of: 2026-11-03
        facts:
          sex: male
          haemoglobin: 98 g/L
          haemoglobin-lln: { value: 130, unit: g/L }
          karnofsky: 90
          metastatic-sites: [lung, lymph-node]
          diagnosis-date: 2024-02
          metastatic: unknown
          medications: [Apixaban 5 mg twice a day, atc:J01FA09, herbal tea]
          prior-therapies:
            - { treatment: sunitinib, start: 2025-01-10, stop: 2025-11-02, stopped-for: progression, setting: metastatic }
        """;

    private static readonly Formulary Formulary = new(
        [
            new Drug { Id = "sunitinib", Name = new("sunitinib", "sunitinib"), Groups = ["vegf"], Class = "tki" },
            new Drug { Id = "pembrolizumab", Name = new("pembrolizumab", "pembrolizumab"), Groups = ["immunotherapy"], Adjuvant = true },
        ],
        [],
        [
            new Medicine("apixaban", ["apixaban", "Eliquis"], ["1364430"], ["B01AF02"], ["blood-thinner"], default, default),
            new Medicine("clarithromycin", ["clarithromycin", "clarithromycine"], ["21212"], ["J01FA09"], ["strong-inhibitor"], default, default),
        ],
        [new("sunitinib", ["sunitinib"]), new("pembrolizumab", ["pembrolizumab"])]);

    private static readonly string[] Catalogue = ["sunitinib", "pembrolizumab", "metastasectomy"];

    private static Reading Read(string text) => CaseFileReader.Read(Encoding.UTF8.GetBytes(text), Clinic.Dictionary, Formulary, Catalogue);

    private static Case CaseOf(string facts)
    {
        var reading = Read("as-of: 2026-11-03\nfacts:\n" + string.Join('\n', facts.Split('\n').Select(l => "  " + l)));
        Assert.Equal("", string.Join("; ", reading.Problems));
        return new CaseBuilder(Clinic.Dictionary).Build(reading.Record!, new() { AsOf = Sample.AsOf });
    }

    private static string Problems(string facts) => string.Join("\n", Read("facts:\n" + string.Join('\n', facts.Split('\n').Select(l => "  " + l))).Problems);

    [Fact]
    public void A_case_file_is_read()
    {
        // when
        var reading = Read(Full);

        // then
        Assert.Empty(reading.Problems);
        Assert.Equal("A-017", reading.Record!.PatientId);
        Assert.Equal(Sample.AsOf, reading.Record.AsOf);
        Assert.True(reading.Record.UndatedIsCurrent);
        var patient = new CaseBuilder(Clinic.Dictionary).Build(reading.Record, new() { AsOf = Sample.AsOf });
        Assert.Equal("male", patient.Codes("sex"));
        Assert.Equal(Truth.True, patient.Truth("haemoglobin-low"));
        Assert.Equal("90", patient.Numbers("karnofsky"));
        Assert.Equal("[lung, lymph-node]", patient.Members("metastatic-sites"));
        Assert.Equal("2024-02-01..2024-02-29", patient.Numbers("diagnosis-date"));
        Assert.Equal("[strong-inhibitor, blood-thinner, ?]", patient.Members("medication-classes"));
        Assert.Equal(["herbal tea"], patient.UncheckedMedicines);
        Assert.Equal("2", patient.Numbers("line"));
        Assert.Equal(Truth.True, patient.Truth("progressed-on-last"));
    }

    [Fact]
    public void The_same_case_in_JSON_is_the_same_case()
    {
        var reading = Read("""
            { "patient": { "id": "A-017" }, "as-of": "2026-11-03",
              "facts": { "sex": "male", "haemoglobin": { "value": 98, "unit": "g/L" }, "karnofsky": 90, "metastatic-sites": ["lung"], "metastatic": null, "pregnant": false,
                         "prior-therapies": [] } }
            """);

        Assert.Empty(reading.Problems);
        var patient = new CaseBuilder(Clinic.Dictionary).Build(reading.Record!, new() { AsOf = Sample.AsOf });
        Assert.Equal("9.8", patient.Numbers("haemoglobin"));
        Assert.Equal("90", patient.Numbers("karnofsky"));
        Assert.Equal("1", patient.Numbers("line"));
        Assert.Equal("[lung]", patient.Members("metastatic-sites"));
    }

    // ---- values ----

    [Theory]
    [InlineData("haemoglobin: 98 g/L", "haemoglobin", "9.8")]
    [InlineData("haemoglobin: 98g/l", "haemoglobin", "9.8")]
    [InlineData("haemoglobin: { value: 9.8, unit: g/dL }", "haemoglobin", "9.8")]
    [InlineData("haemoglobin: { value: 6.1 mmol/L }", "haemoglobin", "6.1 (1)")]
    [InlineData("haemoglobin: <100 g/L", "haemoglobin", "<10")]
    [InlineData("haemoglobin: '>= 10 g/dL'", "haemoglobin", ">=10")]
    [InlineData("platelets: 250 K/uL", "platelets", "250")]
    [InlineData("platelets: 250 10*3/uL", "platelets", "250")]
    [InlineData("platelets: 250000 /mm3", "platelets", "250")]
    [InlineData("months-to-treatment: 14", "months-to-treatment", "14")]
    [InlineData("months-to-treatment: 14 months", "months-to-treatment", "14")]
    [InlineData("months-to-treatment: 1 year", "months-to-treatment", "12")]
    [InlineData("karnofsky: '90'", "karnofsky", "90")]
    [InlineData("karnofsky: 90.0", "karnofsky", "90")]
    [InlineData("diagnosis-date: 2024", "diagnosis-date", "2024-01-01..2024-12-31")]
    public void A_value_is_read_in_every_form_in_which_a_person_writes_it(string line, string fact, string expected) => Assert.Equal(expected, CaseOf(line).Numbers(fact));

    [Fact]
    public void A_value_with_its_date_and_its_own_limits()
    {
        var patient = CaseOf("haemoglobin: { value: 98, unit: g/L, date: 2026-10-30, lln: 130 }\nplatelets: { value: 500 10*9/L, uln: 450 10*9/L }");

        Assert.Equal("2026-10-30", patient["haemoglobin"].Given[0].Date.ToString());
        Assert.Equal("13", patient.Numbers("haemoglobin-lln"));
        Assert.Equal(Truth.True, patient.Truth("haemoglobin-low"));
        Assert.Equal(Truth.True, patient.Truth("platelets-high"));
    }

    [Fact]
    public void An_old_value_is_stale_and_its_limit_goes_with_it()
    {
        var patient = CaseOf("haemoglobin: { value: 98, unit: g/L, date: 2025-10-30, lln: 130 }");

        Assert.Equal(FactState.Stale, patient["haemoglobin"].State);
        Assert.Equal(FactState.Unknown, patient["haemoglobin-lln"].State);
    }

    [Theory]
    [InlineData("metastatic-sites: []", "[]")]
    [InlineData("metastatic-sites: none", "[]")]
    [InlineData("metastatic-sites: lung", "[lung]")]
    [InlineData("metastatic-sites: [lung, unknown]", "[lung, ?]")]
    [InlineData("metastatic-sites: [unknown]", "[?]")]
    [InlineData("metastatic-sites: unknown", "[?]")]
    [InlineData("metastatic-sites:\n  - lung\n  - bone", "[lung, bone]")]
    public void A_list_is_complete_unless_it_says_unknown(string line, string expected) => Assert.Equal(expected, CaseOf(line).Members("metastatic-sites"));

    [Theory]
    [InlineData("karnofsky: unknown")]
    [InlineData("karnofsky:")]
    [InlineData("karnofsky: ~")]
    [InlineData("karnofsky: { value: unknown }")]
    public void Unknown_is_unknown(string line) => Assert.Equal(FactState.Unknown, CaseOf(line)["karnofsky"].State);

    // ---- what is wrong ----

    [Theory]
    [InlineData("karnofski: 90", "line 2: 'karnofski' is not a fact; did you mean karnofsky?")]
    [InlineData("sex: male\nhaemoglobins: 98 g/L", "line 3: 'haemoglobins' is not a fact; did you mean haemoglobin?")]
    [InlineData("today: 2026-11-03", "line 2: 'today' is not a fact")]
    [InlineData("sex: man", "line 2: 'man' is not a value of sex: female, male, or unknown")]
    [InlineData("pregnant: maybe", "line 2: 'maybe' must be true, false or unknown")]
    [InlineData("pregnant: yes", "line 2: 'yes' must be true, false or unknown")]
    [InlineData("haemoglobin: 98", "line 2: state the unit of haemoglobin: g/dL or g/L or mmol/L")]
    [InlineData("haemoglobin: 98 furlongs", "line 2: 'furlongs' is not a unit of haemoglobin: g/dL or g/L or mmol/L")]
    [InlineData("haemoglobin: 98 cm", "line 2: 'cm' is not a unit of haemoglobin")]
    [InlineData("haemoglobin: low", "line 2: 'low' is not a number with a unit")]
    [InlineData("haemoglobin: 1e400 g/L", "line 2: '1e400 g/L' is not a number with a unit")]
    [InlineData("haemoglobin: [98 g/L]", "line 2:")]
    [InlineData("karnofsky: 90.5", "line 2: '90.5' must be a whole number")]
    [InlineData("diagnosis-date: 2026-02-30", "line 2: '2026-02-30' is not a date")]
    [InlineData("diagnosis-date: yesterday", "line 2: 'yesterday' is not a date")]
    [InlineData("metastatic-sites: [lungs]", "line 2: 'lungs' is not a value of metastatic-sites: lung, bone, brain, lymph-node, local-recurrence; did you mean lung?")]
    [InlineData("metastatic-sites: [not lungs]", "line 2: 'not lungs' is not a value of metastatic-sites")]
    [InlineData("metastatic-sites: [lung, not lung]", "line 2: metastatic-sites says both 'lung' and 'not lung'")]
    [InlineData("sex: male\nsex: female", "line 3: 'sex' stands twice")]
    [InlineData("haemoglobin: { unit: g/L }", "line 2: 'value:' is missing for haemoglobin")]
    [InlineData("haemoglobin: { value: 98, unit: g/L, colour: red }", "line 2: 'colour' is not known here")]
    [InlineData("sex: { value: male, uln: 3 }", "line 2: sex has no upper limit")]
    [InlineData("prior-therapies: [{ treatment: sunitnib }]", "line 2: 'sunitnib' is not a treatment of the catalogue; for another one write treatment: other, name and classes; did you mean sunitinib?")]
    [InlineData("prior-therapies: [{ start: 2025-01-01 }]", "line 2: 'treatment:' is missing")]
    [InlineData("prior-therapies: [{ treatment: other }]", "line 2: a treatment 'other' needs its name")]
    [InlineData("prior-therapies: [{ treatment: sunitinib, start: 2025-02-01, stop: 2025-01-01 }]", "line 2: it stops (2025-01-01) before it starts (2025-02-01)")]
    [InlineData("prior-therapies: [{ treatment: sunitinib, stopped-for: boredom }]", "line 2: 'boredom' is not known for stopped-for")]
    [InlineData("prior-therapies: [{ treatment: sunitinib, ended: perhaps }]", "line 2: 'perhaps' is not known for ended: true, false")]
    [InlineData("prior-therapies: [{ treatment: sunitinib, began: 2025 }]", "line 2: 'began' is not known here")]
    [InlineData("prior-therapies: [{ treatment: other, name: x, classes: [magic] }]", "line 2: 'magic' is not a class")]
    public void What_is_wrong_is_named_with_its_line(string facts, string problem) => Assert.StartsWith(problem, Problems(facts), StringComparison.Ordinal);

    [Theory]
    [InlineData("none known", "0, complete")]
    [InlineData("No known allergies.", "0, complete")]
    [InlineData("aucune allergie connue", "0, complete")]
    [InlineData("NKDA", "0, open")] // of medicines alone
    [InlineData("none known, penicillin", "2, complete")]
    public void That_there_is_no_allergy_is_said_in_many_ways(string items, string expected)
    {
        var texts = Assert.IsType<GivenTexts>(Assert.Single(CaseOf($"allergies: [{items}]")["allergies"].Given).Value);
        Assert.Equal(expected, $"{texts.Items.Count}, {(texts.Complete ? "complete" : "open")}");
    }

    [Fact]
    public void A_fatal_side_effect_is_none_of_a_patient_who_is_planned_for() =>
        Assert.Contains("grade 5 means that the side effect was fatal", Problems("prior-therapies:\n  - { treatment: sunitinib, toxicity: bleeding, grade: 5 }"), StringComparison.Ordinal);

    [Fact]
    public void A_fact_that_is_only_derived_cannot_be_given()
    {
        var dictionary = Sample.Dictionary(Draft.Bool("ripe"), Draft.Bool("eaten").Having(d => d with { Derived = true }).From("Ripe"));
        var reading = CaseFileReader.Read("facts:\n  eaten: true"u8.ToArray(), dictionary, Formulary, Catalogue);

        Assert.Equal("line 2: 'eaten' follows from other facts and is never given", Assert.Single(reading.Problems).ToString());
    }

    [Fact]
    public void An_impossible_value_is_refused_with_what_would_be_possible()
    {
        var dictionary = Sample.Dictionary(Draft.Number("heat", "cm", "mm").Having(d => d with { PlausibleMin = 3, PlausibleMax = 25 }));

        Assert.Empty(CaseFileReader.Read("facts: { heat: 250 mm }"u8.ToArray(), dictionary, Formulary, Catalogue).Problems);
        Assert.Equal(
            "line 1: heat of 250 cm cannot be: expected 3 to 25 cm; check the value and the unit",
            Assert.Single(CaseFileReader.Read("facts: { heat: 250 cm }"u8.ToArray(), dictionary, Formulary, Catalogue).Problems).ToString());
    }

    [Fact]
    public void Every_problem_is_reported_at_once_and_nothing_is_half_read()
    {
        var reading = Read("colour: red\nfacts:\n  sex: man\n  karnofski: 90\n  haemoglobin: 98\n");

        Assert.Null(reading.Record);
        Assert.Equal(["line 1", "line 3", "line 4", "line 5"], reading.Problems.Select(p => p.Place));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("# only a remark", "the file is empty")]
    [InlineData("- a\n- b", "a case file is a mapping")]
    [InlineData("patient: { id: x }", "'facts:' is missing")]
    [InlineData("facts: [a]", "'facts:' must be a mapping")]
    [InlineData("as-of: 2026-13-01\nfacts: {}", "is not a day")]
    [InlineData("as-of: 2026-11\nfacts: {}", "is not a day")]
    [InlineData("patient: A-017\nfacts: {}", "'patient:' must be a mapping with an id")]
    [InlineData("patient: { name: Ann }\nfacts: {}", "only the local id is kept")]
    [InlineData("facts: {}\n---\nfacts: {}", "one document was expected")]
    [InlineData("facts: { a: [1, 2 }", "this is not a case file")]
    [InlineData("facts: *nobody", "has no anchor")]
    [InlineData("{ \"facts\": { \"sex\": \"male\" }", "this is not JSON")]
    [InlineData("{ \"facts\": {} } more", "this is not JSON")]
    public void A_file_that_cannot_be_read_says_why(string text, string why) => Assert.Contains(why, string.Join("; ", Read(text).Problems), StringComparison.Ordinal);

    // ---- bounds ----

    [Fact]
    public void An_alias_stands_for_its_anchor() =>
        Assert.Equal("[lung]", CaseOf("metastatic-sites: &sites [lung]\nallergies: *sites").Members("metastatic-sites"));

    [Fact]
    public void Aliases_of_aliases_are_bounded()
    {
        var bomb = new StringBuilder("facts:\n  a: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (var c = 'b'; c <= 'j'; c++) bomb.Append("  ").Append(c).Append(": &").Append(c).Append(" [").AppendJoin(", ", Enumerable.Repeat($"*{(char)(c - 1)}", 10)).Append("]\n");

        Assert.Contains("more than 100000 values", Assert.Single(Read(bomb.ToString()).Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void A_file_nested_too_deep_is_refused(char open, char close) =>
        Assert.NotEmpty(Read("facts: " + new string(open, 5_000) + new string(close, 5_000)).Problems);

    [Fact]
    public void JSON_nested_too_deep_is_refused() =>
        Assert.Contains("nested deeper than 64", Assert.Single(Read("{\"facts\":" + new string('[', 5_000) + new string(']', 5_000) + "}").Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_of_more_than_a_megabyte_is_refused() =>
        Assert.Contains("at most 1024 kB", Assert.Single(Read("facts:\n  sex: male # " + new string('x', 1024 * 1024))!.Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_refused() =>
        Assert.NotEmpty(CaseFileReader.Read(new byte[] { (byte)'a', 0xFF, 0xFE, 0x00 }, Clinic.Dictionary, Formulary, Catalogue).Problems);

    // ---- earlier treatment ----

    [Fact]
    public void A_course_may_be_only_a_name()
    {
        var patient = CaseOf("prior-therapies: [sunitinib]");

        Assert.Equal("2", patient.Numbers("line"));
        Assert.Equal(Truth.True, patient.Truth("prior-vegf"));
        Assert.Equal(["sunitinib"], patient.CurrentTherapies.Select(t => t.Treatment));
    }

    [Fact]
    public void A_drug_that_is_also_given_after_surgery_leaves_the_setting_open_unless_it_is_stated()
    {
        Assert.Equal("1..2", CaseOf("prior-therapies: [{ treatment: pembrolizumab }]").Numbers("line"));
        Assert.Equal("1", CaseOf("prior-therapies: [{ treatment: pembrolizumab, setting: adjuvant }]").Numbers("line"));
        Assert.Equal("2", CaseOf("prior-therapies: [{ treatment: pembrolizumab, setting: metastatic }]").Numbers("line"));
    }

    [Fact]
    public void A_treatment_outside_the_catalogue_has_a_name_and_perhaps_classes()
    {
        Assert.Equal(Truth.True, CaseOf("prior-therapies: [{ treatment: other, name: X-100, classes: [vegf] }]").Truth("prior-vegf"));
        Assert.Equal(Truth.False, CaseOf("prior-therapies: [{ treatment: other, name: X-100, classes: [mtor] }]").Truth("prior-vegf"));
        Assert.Equal(Truth.Undecided, CaseOf("prior-therapies: [{ treatment: other, name: X-100 }]").Truth("prior-vegf"));
    }

    [Fact]
    public void A_local_treatment_is_no_line() => Assert.Equal("1", CaseOf("prior-therapies: [metastasectomy]").Numbers("line"));

    [Fact]
    public void A_history_that_says_unknown_is_not_complete() => Assert.Equal(">=2", CaseOf("prior-therapies: [sunitinib, unknown]").Numbers("line"));

    [Fact]
    public void A_date_after_the_as_of_date_is_an_error() => Assert.Contains(
        "lies after the as-of date",
        string.Join("; ", Read("as-of: 2026-11-03\nfacts:\n  prior-therapies: [{ treatment: sunitinib, start: 2026-12-01 }]").Problems),
        StringComparison.Ordinal);

    // ---- by hand ----

    [Theory]
    [InlineData("karnofsky=90")]
    [InlineData("haemoglobin=98 g/L")]
    [InlineData("metastatic-sites=lung,bone")]
    [InlineData("metastatic-sites=none")]
    [InlineData("medications=apixaban, clarithromycin")]
    [InlineData("prior-therapies=sunitinib")]
    [InlineData("line=unknown")]
    public void A_value_is_given_by_hand(string assignment)
    {
        var problems = new List<ReadingProblem>();
        var given = new CaseFileReader(Clinic.Dictionary, Formulary, Catalogue).ReadByHand(assignment, problems);

        Assert.Empty(problems);
        Assert.Equal(Origins.ByHand, given!.Origin);
        Assert.Equal(assignment[..assignment.IndexOf('=', StringComparison.Ordinal)], given.Fact.Id);
    }

    [Theory]
    [InlineData("karnofsky", "FACT=VALUE")]
    [InlineData("=90", "FACT=VALUE")]
    [InlineData("karnofski=90", "did you mean karnofsky?")]
    [InlineData("karnofsky=high", "whole number")]
    [InlineData("metastatic-sites=moon", "'moon' is not a value")]
    [InlineData("today=2026-01-01", "is not a fact")]
    public void A_mistake_by_hand_names_the_option(string assignment, string why)
    {
        var problems = new List<ReadingProblem>();
        var reader = new CaseFileReader(Clinic.Dictionary, Formulary, Catalogue);

        Assert.Null(reader.ReadByHand(assignment, problems));
        var problem = Assert.Single(problems);
        Assert.StartsWith("--set", problem.Place, StringComparison.Ordinal);
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);

        // and the reader can go on
        problems.Clear();
        Assert.NotNull(reader.ReadByHand("karnofsky=90", problems));
        Assert.Empty(problems);
    }

    // ---- anything at all ----

    [Fact]
    public void Whatever_the_bytes_are_the_answer_is_a_record_or_problems() =>
        Gen.Byte.Array[0, 300].Sample(bytes => IsAnswer(CaseFileReader.Read(bytes, Clinic.Dictionary, Formulary, Catalogue)), iter: 2000);

    [Fact]
    public void A_file_with_a_slip_of_the_pen_is_a_record_or_problems() =>
        Gen.Select(Gen.Int[0, Full.Length - 1], Gen.Int[0, 12], Some.Of("", " ", "\n", ":", "-", "[", "]", "{", "}", "&a", "*a", "'", "\"", "|", ">-", "\t", "unknown", "~", "!!binary", "999999999999", "#", "%", "é"))
            .Array[1, 3]
            .Sample(
                slips =>
                {
                    var text = Full;
                    foreach (var (at, cut, put) in slips)
                    {
                        var start = Math.Min(at, text.Length);
                        text = string.Concat(text.AsSpan(0, start), put, text.AsSpan(Math.Min(text.Length, start + cut)));
                    }

                    return IsAnswer(Read(text));
                },
                iter: 3000);

    private static bool IsAnswer(Reading reading) => reading.Record is not null
        ? reading.Problems.Count == 0 && new CaseBuilder(Clinic.Dictionary).Build(reading.Record, new() { AsOf = Sample.AsOf }).Facts.Count > 0
        : reading.Problems.Count > 0 && reading.Problems.All(p => p.Message.Length > 0);

    [Fact]
    public void A_cancer_drug_of_the_course_that_goes_on_is_no_news() =>
        Assert.DoesNotContain(CaseOf("medications: [sunitinib]\nprior-therapies: [{ treatment: sunitinib, start: 2025-01-10 }]").Warnings, w => w.En!.Contains("among the medicines", StringComparison.Ordinal));

    [Fact]
    public void A_file_that_is_wrong_from_end_to_end_gets_its_first_hundred_problems()
    {
        var problems = Read("facts:\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"  f{i}: 1\n"))).Problems;

        Assert.Equal(101, problems.Count);
        Assert.Equal("4900 more problems of this kind", problems[^1].Message);
    }

    [Fact]
    public void What_a_problem_quotes_is_cut() => Assert.All(Read("{\"facts\":{\"" + new string('a', 500_000) + "\":1}}").Problems, p => Assert.True(p.Message.Length < 2_000));

    [Fact]
    public void A_list_is_bounded() => Assert.Contains("at most 500", Problems($"medications: [{string.Join(", ", Enumerable.Repeat("x", 501))}]"), StringComparison.Ordinal);

    [Fact]
    public void A_text_in_UTF_16_is_named() =>
        Assert.Contains("UTF-16", CaseFileReader.Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("facts: {}")).ToArray(), Clinic.Dictionary, Formulary, Catalogue).Problems[0].Message, StringComparison.Ordinal);
}
