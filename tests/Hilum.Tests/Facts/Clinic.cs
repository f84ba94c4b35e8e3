using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Tests.Facts;

/// <summary>A small dictionary with the shapes of the real one: results with limits and flags, derived facts, lists, earlier treatment.</summary>
internal static class Clinic
{
    private static readonly string[] Sites = ["lung", "bone", "brain", "lymph-node", "local-recurrence"];
    private static readonly string[] Classes = ["strong-inhibitor", "antacid", "blood-thinner"];

    /// <summary>The facts.</summary>
    public static FactDictionary Dictionary { get; } = Sample.Dictionary(
        Draft.Code("sex", "female", "male"),
        Draft.Bool("pregnant").From("if Sex = 'male' then false else null"),
        Draft.Number("haemoglobin", "g/dL", "g/L", "mmol/L").Having(d => d with
        {
            MolarMass = 16114,
            StaleAfter = 90,
            LimitLow = "haemoglobin-lln",
            FlagLow = "haemoglobin-low",
            Thresholds = [new(8, 5)],
        }),
        Draft.Number("haemoglobin-lln", "g/dL", "g/L", "mmol/L").Having(d => d with { MolarMass = 16114 }),
        Draft.Bool("haemoglobin-low").Having(d => d with { StaleAfter = 90 }).From("Haemoglobin < HaemoglobinLln"),
        Draft.Number("calcium", "mg/dL", "mmol/L").Having(d => d with { MolarMass = 40.08m, Charge = 2, StaleAfter = 90, LimitHigh = "calcium-uln" }),
        Draft.Number("calcium-uln", "mg/dL", "mmol/L").Having(d => d with { MolarMass = 40.08m }),
        Draft.Number("albumin", "g/dL", "g/L").Having(d => d with { MolarMass = 66500, StaleAfter = 90 }),
        Draft.Number("corrected-calcium", "mg/dL", "mmol/L")
            .Having(d => d with { MolarMass = 40.08m, StaleAfter = 90, LimitHigh = "calcium-uln", Tolerance = 0.1m, Thresholds = [new(10, 2.5m)] })
            .From("Calcium + 0.8 'mg/g' * (4.0 'g/dL' - Albumin)", system: 0)
            .From("Calcium + 0.02 'mmol/g' * (40 'g/L' - Albumin)", system: 1),
        Draft.Bool("corrected-calcium-high").Having(d => d with { StaleAfter = 90 }).From("CorrectedCalcium > CalciumUln"),
        Draft.Bool("corrected-calcium-above-10").Having(d => d with { StaleAfter = 90 }).From("CorrectedCalcium > 10 'mg/dL'"),
        Draft.Number("platelets", "10*9/L", "/uL").Having(d => d with { StaleAfter = 90, LimitHigh = "platelets-uln", FlagHigh = "platelets-high" }),
        Draft.Number("platelets-uln", "10*9/L", "/uL"),
        Draft.Bool("platelets-high").Having(d => d with { StaleAfter = 90 }).From("Platelets > PlateletsUln"),
        Draft.Whole("karnofsky").Having(d => d with { StaleAfter = 90 }),
        Draft.Whole("ecog").Having(d => d with { StaleAfter = 90 }),
        Draft.Bool("karnofsky-below-80").Having(d => d with { MustAgree = true })
            .From("Karnofsky < 80")
            .From("case when Ecog = 0 and Karnofsky <= 60 then false when Ecog = 2 and Karnofsky >= 90 then true when Ecog >= 3 and Ecog <= 4 and Karnofsky >= 80 then true else null end")
            .From("case when Ecog = 0 then false when Ecog = 1 then null when Ecog >= 2 and Ecog <= 4 then true else null end").Assumed(),
        Draft.Number("height", "cm", "m"),
        Draft.Code("m-category", "M0", "M1"),
        Draft.Code("t-category", "T1", "T3", "T4"),
        Draft.Codes("metastatic-sites", Sites),
        Draft.Code("stage", "I", "III", "IV").Having(d => d with { GivesWayTo = "IV" })
            .From("if MCategory = 'M1' or not (MetastaticSites included in { 'lymph-node', 'local-recurrence' }) then 'IV' else null")
            .From("if TCategory = 'T3' and MCategory = 'M0' then 'III' else null"),
        Draft.Bool("metastatic")
            .From("if MCategory = 'M1' or not (MetastaticSites included in { 'lymph-node', 'local-recurrence' }) then true else null")
            .From("if MCategory = 'M0' and MetastaticSites included in { 'lymph-node', 'local-recurrence' } then false else null"),
        Draft.List("prior-therapies"),
        Draft.Whole("line").FromList("prior-therapies", "line"),
        Draft.Bool("prior-vegf").FromList("prior-therapies", "any-of-group", "vegf").From("if Line = 1 then false else null"),
        Draft.Whole("prior-vegf-count").FromList("prior-therapies", "count-of-group", "vegf"),
        Draft.Bool("progressed-on-last").FromList("prior-therapies", "progressed-on-last"),
        Draft.Bool("adjuvant-immunotherapy").FromList("prior-therapies", "adjuvant-of-group", "immunotherapy"),
        Draft.Date("relapse-date"),
        Draft.Number("adjuvant-months-ago", "months").FromList("prior-therapies", "months-since-adjuvant", "immunotherapy", until: "relapse-date"),
        Draft.Bool("change-due").FromList("prior-therapies", "change-due"),
        Draft.Code("response", "CR", "PR", "SD", "PD").FromList("prior-therapies", "response-of-current").Assumed(),
        Draft.Bool("immune-stop").FromList("prior-therapies", "stopping-toxicity-of-group", "immunotherapy ctla4", kinds: [new(["myocarditis"], 2), new(["colitis"], 4), new(["hypophysitis"], null)]),
        Draft.Codes("prior-drugs", "sunitinib", "nivolumab", "pembrolizumab", "other").FromList("prior-therapies", "drugs"),
        Draft.Codes("drugs-progressed-on", "sunitinib", "nivolumab", "pembrolizumab", "other").FromList("prior-therapies", "drugs-progressed-on"),
        Draft.Codes("drugs-stopped-for-toxicity", "sunitinib", "nivolumab", "pembrolizumab", "other").FromList("prior-therapies", "drugs-stopped-for-toxicity"),
        Draft.Codes("drugs-with-severe-toxicity", "sunitinib", "nivolumab", "pembrolizumab", "other").FromList("prior-therapies", "drugs-with-severe-toxicity"),
        Draft.Code("response-to-current", "CR", "PR", "SD", "PD"),
        Draft.Bool("severe-immune").FromList("prior-therapies", "severe-toxicity-of-group", "immunotherapy ctla4"),
        Draft.Bool("progressed-on-immunotherapy").FromList("prior-therapies", "progressed-on-group", "immunotherapy ctla4"),
        Draft.List("current-treatment").FromList("prior-therapies", "current"),
        Draft.Date("diagnosis-date"),
        Draft.Date("systemic-therapy-start").Having(d => d with { MayBePlanned = true }).FromList("prior-therapies", "start-of-first").From("if Line = 1 then Today() else null").Assumed(),
        Draft.Number("months-to-treatment", "months").Having(d => d with { Tolerance = 1 }).From("months between DiagnosisDate and SystemicTherapyStart"),
        Draft.Bool("treated-within-one-year")
            .From("""
                case when SystemicTherapyStart < DiagnosisDate + 1 year and MonthsToTreatment < 13 then true
                when SystemicTherapyStart >= DiagnosisDate + 1 year and MonthsToTreatment >= 11 then false else null end
                """)
            .From("MonthsToTreatment < 12"),
        Draft.List("medications"),
        Draft.Codes("medication-classes", Classes).FromList("medications", "classes"),
        Draft.Bool("strong-inhibitor").From("MedicationClasses contains 'strong-inhibitor'"),
        Draft.List("allergies"));

    /// <summary>A statement of the record.</summary>
    public static GivenFact Given(string id, string text, string date = "", string origin = "case file", string? withResult = null) =>
        Sample.Given(Dictionary, id, text, date, origin, withResult);

    /// <summary>A case of which nothing is known.</summary>
    public static Case Nothing() => Sample.Case(Dictionary, Sample.AsOf);

    /// <summary>A case of some statements.</summary>
    public static Case Case(params GivenFact[] given) => Sample.Case(Dictionary, given);

    /// <summary>A case as a case file gives it.</summary>
    public static Case Case(params (string Id, string Text)[] given) => Sample.Case(Dictionary, given);

    /// <summary>A case read from FHIR, where a value without a date is of no known day.</summary>
    public static Case FromFhir(params GivenFact[] given) =>
        new CaseBuilder(Dictionary).Build(new() { Facts = given, UndatedIsCurrent = false }, new() { AsOf = Sample.AsOf });

    /// <summary>A case with a history of treatment.</summary>
    public static Case Treated(bool complete, params PriorTherapy[] courses) => Case(Courses(complete, courses));

    /// <summary>A statement of earlier treatment.</summary>
    public static GivenFact Courses(bool complete, params PriorTherapy[] courses) =>
        new(Dictionary["prior-therapies"], new GivenTherapies(courses, complete), default, "case file");

    /// <summary>A course of treatment for metastatic disease.</summary>
    public static PriorTherapy Course(string drug, string start = "", string stop = "", string? stoppedFor = null, TherapySetting setting = TherapySetting.Metastatic, int? line = null) => new()
    {
        Treatment = drug,
        Drugs = [drug],
        Groups = drug switch { "sunitinib" => ["vegf"], "nivolumab" or "pembrolizumab" => ["immunotherapy"], _ => [] },
        Start = Day(start),
        Stop = Day(stop),
        StoppedFor = stoppedFor,
        Setting = setting,
        Line = line,
    };

    /// <summary>A medicine that a patient takes.</summary>
    public static GivenFact Medicines(bool complete, params (string Text, string[]? Classes)[] medicines) => new(
        Dictionary["medications"],
        new GivenMedicines([.. medicines.Select(m => new MedicineTaken(m.Text, m.Classes is null ? Recognised.Nothing : new(null, new(m.Text, [m.Text], [], [], m.Classes, default, default)), "case file"))], complete),
        default,
        "case file");

    /// <summary>A drug against cancer among the medicines taken now.</summary>
    public static GivenFact CancerDrug(string id, params string[] groups) => new(
        Dictionary["medications"],
        new GivenMedicines([new(id, new(new Drug { Id = id, Name = Phrase.Same(id), Groups = groups }, null), "case file")], Complete: true),
        default,
        "case file");

    /// <summary>The truth of a Boolean fact.</summary>
    public static Truth Truth(this Case patient, string id) => ((CodesPossible)patient[id].Possible).Truth;

    /// <summary>The codes still possible.</summary>
    public static string Codes(this Case patient, string id)
    {
        var mask = ((CodesPossible)patient[id].Possible).Mask;
        return string.Join(" | ", patient.Dictionary[id].Values.Where((_, i) => (mask & (1UL << i)) != 0).Select(v => v.Code));
    }

    /// <summary>The numbers still possible, with their unit system: <c>9.8</c>, <c>2.4 (1)</c>, <c>9.8 / 10.2</c>.</summary>
    public static string Numbers(this Case patient, string id) =>
        string.Join(" / ", ((NumbersPossible)patient[id].Possible).Intervals.Select(i => Expressions.Market.Write(i, patient.Dictionary[id].Type is FactType.Date) + (i.System == 1 ? " (1)" : "")));

    /// <summary>A list: <c>[lung, not bone, ?]</c>.</summary>
    public static string Members(this Case patient, string id)
    {
        var members = (MembersPossible)patient[id].Possible;
        var values = patient.Dictionary[id].Values;
        var said = values.Where((_, i) => (members.Present & (1UL << i)) != 0).Select(v => v.Code);
        if (members.IsComplete) return $"[{string.Join(", ", said)}]";
        return $"[{string.Join(", ", said.Concat(values.Where((_, i) => (members.Absent & (1UL << i)) != 0).Select(v => $"not {v.Code}")).Append("?"))}]";
    }

    private static PartialDate Day(string text) => PartialDate.TryParse(text, out var day) || text.Length == 0 ? day : throw new InvalidOperationException(text);
}
