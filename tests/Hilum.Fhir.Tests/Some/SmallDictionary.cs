using Hilum.Facts;
using Hilum.Words;

namespace Hilum.Fhir.Tests.Some;

/// <summary>A dictionary of a few facts with real codes, and a formulary of a few drugs: enough for every rule of the reader.</summary>
internal static class SmallDictionary
{
    private static readonly List<FactDefinition> Made = [];

    public static FactDictionary Facts { get; } = MakeFacts();

    public static Formulary Formulary { get; } = MakeFormulary();

    private static FactDictionary MakeFacts()
    {
        Bool("kidney-cancer", "Kidney cancer (renal cell carcinoma)", condition: ["icd10:C64", "sct:702391001", "sct:254915003", "sct:733608000", "icdo3:8312/3", "icdo3:8318/3", "ncit:C27893"], site: ["sct:64033007", "sct:9846003", "sct:18639004", "icdo3:C64.9"]);
        Code("histology", ["loinc:31206-6"],
            Value("clear-cell", "clear cell", "sct:254915003", "sct:30546008", "icdo3:8310/3"), Value("papillary", "papillary", "sct:733608000", "sct:4797003", "icdo3:8260/3"), Value("chromophobe", "chromophobe", "icdo3:8317/3"));
        Bool("sarcomatoid", "Sarcomatoid features", condition: ["sct:128668003", "icdo3:8318/3", "ncit:C27893"]);
        Integer("nuclear-grade", 1, 4, "ncit:C18000", "sct:1260098002");
        Code("stage", ["sct:399537006", "sct:399588009", "sct:399390009", "loinc:21908-9"], Value("I", "stage 1", "sct:1222723001"), Value("II", "stage 2"), Value("III", "stage 3"), Value("IV", "stage 4", "sct:1222837003", "sct:258228008"));
        Code("t-category", ["sct:399504009"], Value("T3", "T3"), Value("T3a", "T3a", "sct:1228939005"), Value("T4", "T4", "sct:1228944003"));
        Code("n-category", ["sct:399534004"], Value("N0", "N0", "sct:1229967007"), Value("N1", "N1", "sct:1229973008", "icd10:C77.2"));
        Code("m-category", ["sct:399387003"], Value("M0", "M0", "sct:1229901006"), Value("M1", "M1", "sct:1229903009"));
        Bool("metastatic", "Distant metastasis", condition: ["icd10:C77.0", "icd10:C79.9"], observation: ["sct:1287652008"]);
        Codes("metastatic-sites",
            Value("lung", "lung", "icd10:C78.0", "sct:94391008") with { Sites = ["sct:39607008"], Denies = ["icd10:C78.0", "sct:94391008"] }, Value("bone", "bone", "icd10:C79.5", "sct:94222008"), Value("brain", "brain", "icd10:C79.3", "sct:94225005") with { Sites = ["sct:12738006"] },
            Value("liver", "liver", "icd10:C78.7", "sct:94381002") with { Sites = ["sct:10200004"], Denies = ["icd10:C78.7", "sct:94381002"] }, Value("lymph-node", "lymph node", "icd10:C77.0", "icd10:C77.9"), Value("local-recurrence", "local recurrence"), Value("other", "another place", "icd10:C78.1"));
        Add(new() { Id = "metastatic-date", Index = 0, Name = "", Type = FactType.Date });
        Add(new() { Id = "diagnosis-date", Index = 0, Name = "", Type = FactType.Date });
        Add(new() { Id = "birth-date", Index = 0, Name = "", Type = FactType.Date });
        Bool("deceased", "Has died");
        Code("sex", [], Value("female", "female", "sct:248152002"), Value("male", "male", "sct:248153007"));
        Number("haemoglobin", ["g/dL", "g/L", "mmol/L"], 16114, 3, 25, ["loinc:718-7", "loinc:59260-0"], limitLow: "haemoglobin-lln", flagLow: "haemoglobin-low");
        Number("haemoglobin-lln", ["g/dL", "g/L", "mmol/L"], 16114, 3, 25, []);
        Bool("haemoglobin-low", "Haemoglobin below the lower limit");
        Number("platelets", ["10*9/L", "/uL"], 0, 5, 2000, ["loinc:777-3"], limitHigh: "platelets-uln", flagHigh: "platelets-high");
        Number("platelets-uln", ["10*9/L", "/uL"], 0, 5, 2000, []);
        Bool("platelets-high", "Platelets above the upper limit");
        Number("calcium", ["mg/dL", "mmol/L"], 40.08m, 4.008m, 20.04m, ["loinc:17861-6", "loinc:2000-8"], limitHigh: "calcium-uln");
        Number("calcium-uln", ["mg/dL", "mmol/L"], 40.08m, 4.008m, 20.04m, []);
        Number("albumin", ["g/dL", "g/L"], 0, 1, 6, ["loinc:1751-7"]);
        Number("ldh", ["U/L"], 0, 1, 20000, ["loinc:2532-0"], limitHigh: "ldh-uln");
        Number("ldh-uln", ["U/L"], 0, 1, 20000, []);
        Number("creatinine-clearance", ["mL/min"], 0, 1, 300, ["loinc:35591-7"]);
        Number("inr", ["1"], 0, 0.5m, 20, ["loinc:6301-6"]);
        Number("systolic-bp", ["mm[Hg]"], 0, 50, 300, ["loinc:8480-6"], component: ["loinc:8480-6"]);
        Number("diastolic-bp", ["mm[Hg]"], 0, 20, 200, ["loinc:8462-4"], component: ["loinc:8462-4"]);
        Integer("karnofsky", 0, 100, "loinc:89243-0");
        Add(new() { Id = "ecog", Index = 0, Name = "", Type = FactType.Integer, PlausibleMin = 0, PlausibleMax = 5, Fhir = new(["loinc:89247-1"], [], [], []), Values = [Value("0", "0", "loinc:LA9622-7"), Value("1", "1", "loinc:LA9623-5")] });
        Bool("heart-failure", "Heart failure", condition: ["sct:84114007", "icd10:I50"], denies: ["sct:84114007", "icd10:I50", "icd10:I50.9"]);
        Bool("diabetes", "Diabetes", condition: ["icd10:E10", "icd10:E11", "sct:44054006", "sct:73211009"], denies: ["sct:73211009"]);
        Bool("hepatitis-b", "Hepatitis B", condition: ["icd10:B18.1"], observation: ["loinc:5196-1"]);
        Bool("prior-severe-immune-toxicity", "Severe immune side effect before");
        Bool("nephrectomy-done", "Nephrectomy done", procedure: ["sct:116033007", "sct:175905003"]);
        Bool("met-driven", "MET-driven", component: ["hgnc:HGNC:7029"]);
        Bool("vhl-disease", "VHL disease", component: ["hgnc:HGNC:12687"]);
        foreach (var list in new[] { "medications", "prior-therapies", "allergies" }) Add(new() { Id = list, Index = 0, Name = "", Type = FactType.List });
        return new([.. Made.Select((f, i) => f with { Index = i, Name = FactDefinition.NameOf(f.Id) })], [.. Enumerable.Range(0, Made.Count)]);
    }

    private static Formulary MakeFormulary() => new(
        [
            Drug("sunitinib", "Sutent", ["vegf"], ["L01EX01", "L01XE04"], ["357977"]),
            Drug("axitinib", "Inlyta", ["vegf"], ["L01EK01"], ["1242999"]),
            Drug("cabozantinib", "Cabometyx", ["vegf"], ["L01EX07"], ["1363268"]),
            Drug("nivolumab", "Opdivo", ["immunotherapy"], ["L01FF01"], ["1597876"]),
            Drug("ipilimumab", "Yervoy", ["ctla4", "immunotherapy"], ["L01FX04"], ["1094833"]),
            Drug("pembrolizumab", "Keytruda", ["immunotherapy"], ["L01FF02"], ["1547545"]) with { Adjuvant = true },
            Drug("everolimus", "Afinitor", ["mtor"], ["L01EG02"], ["141704"]),
            Drug("denosumab", "Xgeva", [], ["M05BX04"], ["993449"]),
        ],
        [],
        [
            new("clarithromycin", ["clarithromycin", "Biaxin"], ["21212"], ["J01FA09"], ["cyp3a4-inhibitor-strong"], default, default),
            new("omeprazole", ["omeprazole"], ["7646"], ["A02BC01"], ["ppi"], default, default),
            new("everolimus-transplant", ["Zortress"], [], ["L04AH02"], ["immunosuppressant"], default, default),
        ],
        [
            new("sunitinib", ["sunitinib"]), new("axitinib", ["axitinib"]), new("cabozantinib", ["cabozantinib"]), new("nivolumab", ["nivolumab"]), new("everolimus", ["everolimus"]),
            new("nivolumab-ipilimumab", ["nivolumab", "ipilimumab"]), new("pembrolizumab", ["pembrolizumab"]), new("pembrolizumab-axitinib", ["pembrolizumab", "axitinib"]),
        ]);

    private static void Add(FactDefinition fact) => Made.Add(fact.Label.IsEmpty ? fact with { Label = Phrase.Same(fact.Id) } : fact);

    private static void Bool(string id, string label, string[]? condition = null, string[]? observation = null, string[]? procedure = null, string[]? component = null, string[]? site = null, string[]? denies = null) =>
        Add(new() { Id = id, Index = 0, Name = "", Type = FactType.Bool, Label = Phrase.Same(label), Fhir = new(observation ?? [], component ?? [], condition ?? [], procedure ?? []) { Site = site ?? [], Denies = denies ?? [] } });

    private static void Code(string id, string[] observation, params FactValue[] values) =>
        Add(new() { Id = id, Index = 0, Name = "", Type = FactType.Code, Values = values, Fhir = new(observation, [], [], []) });

    private static void Codes(string id, params FactValue[] values) => Add(new() { Id = id, Index = 0, Name = "", Type = FactType.Codes, Values = values });

    private static void Integer(string id, int min, int max, params string[] observation) =>
        Add(new() { Id = id, Index = 0, Name = "", Type = FactType.Integer, PlausibleMin = min, PlausibleMax = max, Fhir = new(observation, [], [], []) });

    private static void Number(string id, string[] units, decimal molarMass, decimal min, decimal max, string[] observation, string? limitLow = null, string? limitHigh = null, string? flagLow = null, string? flagHigh = null, string[]? component = null) =>
        Add(new()
        {
            Id = id,
            Index = 0,
            Name = "",
            Type = FactType.Number,
            Units = units,
            MolarMass = molarMass,
            PlausibleMin = min,
            PlausibleMax = max,
            LimitLow = limitLow,
            LimitHigh = limitHigh,
            FlagLow = flagLow,
            FlagHigh = flagHigh,
            Fhir = new(observation, component ?? [], [], []),
        });

    private static FactValue Value(string code, string label, params string[] codes) => new(code, Phrase.Same(label), codes, []);

    private static Drug Drug(string id, string brand, string[] groups, string[] atc, string[] rxNorm) =>
        new() { Id = id, Name = Phrase.Same(id), Brands = [brand], Groups = groups, Atc = atc, RxNorm = rxNorm };
}
