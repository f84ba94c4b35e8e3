using Hilum.Expressions;
using Hilum.Measures;

namespace Hilum.Facts;

/// <summary>Reads a case file (YAML or JSON) as <c>contract/cli.md</c> describes it, and values given by hand.</summary>
/// <param name="dictionary">The facts that there can be.</param>
/// <param name="formulary">Drugs, medicines and regimens.</param>
/// <param name="treatments">Ids of the catalogue.</param>
public sealed class CaseFileReader(FactDictionary dictionary, Formulary formulary, IReadOnlyCollection<string> treatments)
{
    private readonly FactDictionary dictionary = dictionary;
    private readonly Formulary formulary = formulary;
    private readonly IReadOnlyCollection<string> treatments = treatments;
    private readonly List<ReadingProblem> problems = [];
    private DateOnly? asOf;

    /// <summary>Reads a case file; every problem is reported, with its line.</summary>
    public static Reading Read(ReadOnlyMemory<byte> bytes, FactDictionary dictionary, Formulary formulary, IReadOnlyCollection<string> treatments) =>
        new CaseFileReader(dictionary, formulary, treatments).Read(bytes);

    /// <summary>Gets the parser ready, for those who have something else to wait for.</summary>
    /// <param name="bytes">A case file. Nothing is said of it.</param>
    public static void Prepare(ReadOnlyMemory<byte> bytes) => TextNode.Read(bytes, []);

    /// <summary>Reads the facts of a worked case.</summary>
    internal static Reading ReadFacts(TextNode facts, DateOnly asOf, FactDictionary dictionary, Formulary formulary, IReadOnlyCollection<string> treatments) =>
        new CaseFileReader(dictionary, formulary, treatments).Read(new TextNode(facts.Line, null, null,
            [new("as-of", facts.Line, new TextNode(facts.Line, asOf.ToString("yyyy-MM-dd"), null, null)), new("facts", facts.Line, facts)]));

    /// <summary>Reads one value given by hand: <c>karnofsky=90</c>, <c>metastatic-sites=lung,bone</c>, <c>line=unknown</c>.</summary>
    public GivenFact? ReadByHand(string assignment, List<ReadingProblem> found)
    {
        var equals = assignment.IndexOf('=');
        if (equals <= 0)
        {
            found.Add(new($"--set {assignment}", "FACT=VALUE was expected"));
            return null;
        }

        var id = assignment[..equals].Trim();
        var text = assignment[(equals + 1)..].Trim();
        var place = $"--set {id}";
        if (Find(id, place) is { } fact && ReadFact(fact, ByHandNode(fact, text), place, Origins.ByHand) is { } given && problems.Count == 0) return given[0];
        found.AddRange(problems);
        problems.Clear();
        return null;
    }

    /// <summary>Reads one value given by hand as a case file writes it, in JSON: <c>{"value":"98","unit":"g/L","lln":"130"}</c>, a word, or a list.</summary>
    /// <param name="id">The fact.</param>
    /// <param name="value">The value.</param>
    /// <param name="found">Takes what is wrong with it.</param>
    /// <returns>The statement, and those of the limits given with it; null when something is wrong.</returns>
    public IReadOnlyList<GivenFact>? ReadByHand(string id, string value, List<ReadingProblem> found)
    {
        var given = Find(id, id) is { } fact && TextNode.Read(System.Text.Encoding.UTF8.GetBytes(value), problems) is { } node ? ReadFact(fact, node.WithoutLines(), id, Origins.ByHand) : null;
        found.AddRange(problems);
        var whole = problems.Count == 0;
        problems.Clear();
        return whole ? given : null;
    }

    private static TextNode ByHandNode(FactDefinition fact, string text)
    {
        if (fact.Type is not (FactType.Codes or FactType.List) || text == "unknown") return new(0, text, null, null);
        var parts = text is "none" or "" ? [] : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new(0, null, [.. parts.Select(p => new TextNode(0, p, null, null))], null);
    }

    private Reading Read(ReadOnlyMemory<byte> bytes)
    {
        var root = TextNode.Read(bytes, problems);
        return root is null ? Reading.Failed(problems.Count > 0 ? problems : [new("", "the file is empty: 'facts:' was expected")]) : Read(root);
    }

    private Reading Read(TextNode root)
    {
        if (root.Members is null) return Reading.Failed([new($"line {root.Line}", "a case file is a mapping with 'facts:', and perhaps 'patient:' and 'as-of:'")]);
        var id = "";
        var given = new List<GivenFact>();
        TextNode? facts = null;
        CheckTwice(root);
        foreach (var (key, line, value) in root.Members)
        {
            switch (key)
            {
                case "patient": id = ReadPatient(value); break;
                case "as-of": asOf = ReadDay(value, "as-of"); break;
                case "facts": facts = value; break;
                default: Problem(line, $"'{key}' is not known here: patient, as-of and facts are{Spelling.Near(key, ["patient", "as-of", "facts"])}"); break;
            }
        }

        if (facts is null) Problem(root.Line, "'facts:' is missing");
        else if (facts.Members is null) Problem(facts.Line, "'facts:' must be a mapping of fact ids to values");
        else ReadFacts(facts, given);
        if (problems.Count > 0) return Failed();
        if (dictionary.FindById("kidney-cancer") is { } kidney && given.TrueForAll(g => g.Fact != kidney)) given.Add(new(kidney, new GivenCode(2), default, Origins.CaseFile));
        return Reading.Of(new() { PatientId = id, AsOf = asOf, Facts = given });
    }

    /// <summary>All problems in the order of their lines; of a file that is wrong from end to end the first hundred.</summary>
    private Reading Failed()
    {
        List<ReadingProblem> shown = [.. problems.OrderBy(p => LineOf(p.Place)).Take(MostProblems).Select(p => p.Message.Length <= LongestMessage ? p : p with { Message = p.Message[..LongestMessage] + " ..." })];
        if (problems.Count > MostProblems) shown.Add(new("", $"{problems.Count - MostProblems} more problems of this kind"));
        return Reading.Failed(shown);
    }

    private const int MostProblems = 100;
    private const int LongestMessage = 1000;
    private const int LongestList = 500;
    private const string Not = "not ";

    private static int LineOf(string place) => place.StartsWith("line ", StringComparison.Ordinal) && int.TryParse(place.AsSpan(5), out var line) ? line : 0;

    private void CheckTwice(TextNode mapping)
    {
        foreach (var again in mapping.Repeated) Problem(again.Line, $"'{again.Key}' stands twice");
    }

    private string ReadPatient(TextNode node)
    {
        var id = "";
        if (node.Members is null)
        {
            Problem(node.Line, "'patient:' must be a mapping with an id");
            return id;
        }

        CheckTwice(node);
        foreach (var (key, line, value) in node.Members)
        {
            if (key != "id") Problem(line, $"'{key}' is not known here: only the local id is kept of a patient");
            else if (value.Text is { Length: > 0 and <= 128 } text) id = text;
            else Problem(line, "the id must be a word of at most 128 characters");
        }

        return id;
    }

    private DateOnly? ReadDay(TextNode node, string what)
    {
        if (PartialDate.TryParse(node.Text, out var date) && date.IsComplete && node.Text!.Length == 10) return date.Earliest;
        Problem(node.Line, $"'{node.Text}' is not a day: {what} is written YYYY-MM-DD");
        return null;
    }

    private void ReadFacts(TextNode facts, List<GivenFact> given)
    {
        CheckTwice(facts);
        foreach (var (key, line, value) in facts.Members!)
            if (Find(key, $"line {line}") is { } fact && ReadFact(fact, value, $"line {line}", Origins.Line + line) is { } read) given.AddRange(read);
    }

    private FactDefinition? Find(string id, string place)
    {
        if (dictionary.FindById(id) is { } fact && id != FactDictionary.TodayId)
        {
            if (!fact.Derived) return fact;
            problems.Add(new(place, $"'{id}' follows from other facts and is never given"));
            return null;
        }

        problems.Add(new(place, $"'{id}' is not a fact{Spelling.Near(id, dictionary.Facts.Select(f => f.Id))}"));
        return null;
    }

    private List<GivenFact>? ReadFact(FactDefinition fact, TextNode node, string place, string origin)
    {
        if (node.IsUnknown) return [new(fact, new GivenUnknown(), default, origin)];
        var before = problems.Count;
        var (value, date, extras) = (node, default(PartialDate), new List<GivenFact>());
        if (node.Members is not null && fact.Id != "prior-therapies") (value, date, extras) = ReadMembers(fact, node, place, origin);
        if (problems.Count > before || value is null) return null;
        if (value.IsUnknown) return [new(fact, new GivenUnknown(), date, origin)];
        GivenValue? read = fact.Type switch
        {
            FactType.Bool => ReadBool(value, place),
            FactType.Code => ReadCode(fact, value, place),
            FactType.Codes => ReadMembersOf(fact, value, place),
            FactType.Number => ReadNumber(fact, value.Text, null, place),
            FactType.Integer => ReadInteger(fact, value, place),
            FactType.Date => ReadDate(fact, value, place),
            _ => ReadList(fact, value, place, origin),
        };
        return read is null || problems.Count > before ? null : [new(fact, read, date, origin), .. extras];
    }

    /// <summary>A value written as a mapping: value, unit, date, lln, uln.</summary>
    private (TextNode? Value, PartialDate Date, List<GivenFact> Limits) ReadMembers(FactDefinition fact, TextNode node, string place, string origin)
    {
        CheckTwice(node);
        TextNode? value = null;
        string? unit = null;
        PartialDate date = default;
        var limits = new List<GivenFact>();
        foreach (var (key, line, member) in node.Members!)
        {
            switch (key)
            {
                case "value": value = member; break;
                case "unit": unit = member.Text; break;
                case "date":
                    if (!PartialDate.TryParse(member.Text, out date)) Problem(line, $"'{member.Text}' is not a date: YYYY, YYYY-MM or YYYY-MM-DD");
                    else if (asOf is { } day && date.Earliest > day) Problem(line, $"the date {date} lies after the as-of date {day:yyyy-MM-dd}");
                    break;
                case "lln" or "uln": break;
                default: Problem(line, $"'{key}' is not known here: value, unit, date, lln and uln are"); break;
            }
        }

        if (value is null) Problem(node.Line, $"'value:' is missing for {fact.Id}");
        foreach (var (key, line, member) in node.Members!.Where(m => m.Key is "lln" or "uln"))
        {
            var id = key == "lln" ? fact.LimitLow : fact.LimitHigh;
            if (id is null || dictionary.FindById(id) is not { } limit) Problem(line, $"{fact.Id} has no {(key == "lln" ? "lower" : "upper")} limit");
            else if (ReadNumber(limit, member.Text, unit, place) is { } number) limits.Add(new(limit, number, date, origin) { WithResult = origin });
        }

        if (unit is not null && value?.Text is { } text) value = value with { Text = $"{text} {unit}" };
        return (value, date, limits);
    }

    private GivenCode? ReadBool(TextNode node, string place)
    {
        if (node.Text is "true" or "false") return new(node.Text == "true" ? 2UL : 1UL);
        problems.Add(new(place, $"'{node.Text}' must be true, false or unknown"));
        return null;
    }

    private GivenCode? ReadCode(FactDefinition fact, TextNode node, string place)
    {
        if (node.Text is { } text && fact.BitOf(text) is var bit and >= 0) return new(1UL << bit);
        problems.Add(new(place, $"'{node.Text}' is not a value of {fact.Id}: {string.Join(", ", fact.Values.Select(v => v.Code))}, or unknown{Spelling.Near(node.Text ?? "", fact.Values.Select(v => v.Code))}"));
        return null;
    }

    private GivenMembers? ReadMembersOf(FactDefinition fact, TextNode node, string place)
    {
        var items = node.Items ?? (node.Text == "none" ? [] : node.Text is not null ? [node] : null);
        if (items is null)
        {
            problems.Add(new(place, $"{fact.Id} is a list: [{string.Join(", ", fact.Values.Take(2).Select(v => v.Code))}], or [] for none"));
            return null;
        }

        ulong present = 0, absent = 0;
        var complete = true;
        foreach (var item in items)
        {
            if (item.Text == "unknown") complete = false;
            else if (item.Text is { } text && fact.BitOf(text) is var bit and >= 0) present |= 1UL << bit;
            else if (item.Text?.StartsWith(Not, StringComparison.Ordinal) == true && fact.BitOf(item.Text[Not.Length..].Trim()) is var denied and >= 0) absent |= 1UL << denied;
            else problems.Add(new(item.Line > 0 ? $"line {item.Line}" : place, $"'{item.Text}' is not a value of {fact.Id}: {string.Join(", ", fact.Values.Select(v => v.Code))}{Spelling.Near(item.Text ?? "", fact.Values.Select(v => v.Code))}"));
        }

        foreach (var value in fact.Values.Where((_, i) => (present & absent & (1UL << i)) != 0)) problems.Add(new(place, $"{fact.Id} says both '{value.Code}' and 'not {value.Code}'"));
        return new(present, absent, complete);
    }

    private GivenNumber? ReadNumber(FactDefinition fact, string? text, string? defaultUnit, string place)
    {
        var t = text?.Trim() ?? "";
        var comparator = t.StartsWith("<=", StringComparison.Ordinal) || t.StartsWith(">=", StringComparison.Ordinal) ? t[..2] : t.Length > 0 && t[0] is '<' or '>' ? t[..1] : "";
        if (!Quantity.TryParse(t[comparator.Length..], out var number, out var unitText))
        {
            problems.Add(new(place, Quantity.IsAmbiguous(t.TrimStart('<', '>', '=', ' ').Split(' ')[0])
                ? $"'{t}' may be read in two ways: write the decimal point as a point, and thousands without a comma"
                : $"'{t}' is not a number with a unit, such as {fact.PlausibleMin ?? 1} {fact.Units.FirstOrDefault()}"));
            return null;
        }

        unitText ??= defaultUnit;
        byte system = 0;
        if (unitText is null)
        {
            if (fact.Units.Length > 1)
            {
                problems.Add(new(place, $"state the unit of {fact.Id}: {string.Join(" or ", fact.Units)}"));
                return null;
            }
        }
        else if (!Unit.TryParse(unitText, out var unit) || fact.InCanonical(number, unit, out system) is not { } canonical)
        {
            problems.Add(new(place, $"'{unitText}' is not a unit of {fact.Id}: {(fact.Units.Length == 0 ? "it has none" : string.Join(" or ", fact.Units))}"));
            return null;
        }
        else
        {
            number = canonical;
        }

        if (!Plausible(fact, number, system, t, place)) return null;
        return new(Ranged(number, comparator, system), defaultUnit is null || unitText != defaultUnit || t.EndsWith(defaultUnit, StringComparison.Ordinal) ? t : $"{t} {defaultUnit}");
    }

    private static Interval Ranged(decimal number, string comparator, byte system) => comparator switch
    {
        "<" => Interval.UpTo(number, open: true, system),
        "<=" => Interval.UpTo(number, open: false, system),
        ">" => Interval.From(number, open: true, system),
        ">=" => Interval.From(number, open: false, system),
        _ => Interval.Point(number, system),
    };

    private bool Plausible(FactDefinition fact, decimal number, byte system, string written, string place)
    {
        var value = fact.InFirstSystem(number, system);
        if ((fact.PlausibleMin is not { } min || value >= min) && (fact.PlausibleMax is not { } max || value <= max)) return true;
        problems.Add(new(place, $"{fact.Id} of {written} cannot be: expected {fact.PlausibleMin} to {fact.PlausibleMax} {fact.Units.FirstOrDefault()}; check the value and the unit"));
        return false;
    }

    private GivenNumber? ReadInteger(FactDefinition fact, TextNode node, string place)
    {
        var text = node.Text ?? "";
        var read = Quantity.TryParse(text, out var value, out var unitText);
        if (read && unitText is not null)
        {
            read = Unit.TryParse(unitText, out var unit) && fact.InCanonical(value, unit, out _) is not null;
            if (read) value = fact.InCanonical(value, unit, out _)!.Value;
        }

        if (!read || value != Math.Truncate(value))
        {
            problems.Add(new(place, $"'{text}' must be a whole number{(fact.Units.Length == 1 ? $" ({fact.Units[0]})" : "")}"));
            return null;
        }

        if (!Plausible(fact, value, 0, text, place)) return null;
        if (!fact.OffStep(value)) return new(Interval.Point(value), text);
        problems.Add(new(place, $"'{text}' is not a value of {fact.Id}: {fact.StepsWritten}, or unknown"));
        return null;
    }

    private GivenDate? ReadDate(FactDefinition fact, TextNode node, string place)
    {
        if (PartialDate.TryParse(node.Text, out var date))
        {
            if (fact.MayBePlanned || asOf is not { } day || date.Earliest <= day) return new(date);
            problems.Add(new(place, $"{fact.Id} of {date} lies after the as-of date {day:yyyy-MM-dd}"));
            return null;
        }

        problems.Add(new(place, $"'{node.Text}' is not a date: YYYY, YYYY-MM or YYYY-MM-DD, of a day that exists"));
        return null;
    }

    /// <summary>The usual ways to write that there is no allergy, where nothing else stands in the list.</summary>
    private static readonly HashSet<string> NoAllergy = new(StringComparer.OrdinalIgnoreCase)
    {
        "none", "none known", "nil", "nil known", "no known allergy", "no known allergies", "no allergy", "no allergies", "no allergies known", "nka",
        "aucune", "aucune connue", "aucune allergie", "aucune allergie connue", "pas d'allergie", "pas d'allergie connue", "pas d’allergie", "pas d’allergie connue", "néant",
    };

    /// <summary>These deny medicines alone: whether there is an allergy to something else (a dye) they leave open.</summary>
    private static readonly HashSet<string> NoDrugAllergy = new(StringComparer.OrdinalIgnoreCase)
    {
        "nkda", "no known drug allergy", "no known drug allergies", "aucune allergie médicamenteuse", "aucune allergie médicamenteuse connue",
    };

    private GivenValue? ReadList(FactDefinition fact, TextNode node, string place, string origin)
    {
        var items = node.Items ?? (node.Text == "none" ? [] : node.Text is not null ? [node] : null);
        if (items is null)
        {
            problems.Add(new(place, $"{fact.Id} is a list: lines that begin with '- ', or [] for none"));
            return null;
        }

        if (items.Count > LongestList)
        {
            problems.Add(new(place, $"{fact.Id} has {items.Count} entries; at most {LongestList} are read"));
            return null;
        }

        var complete = !items.Any(i => i.IsUnknown);
        var known = items.Where(i => !i.IsUnknown).ToList();
        if (fact.Id == "allergies" && items is [{ Text: { } only }])
        {
            if (NoAllergy.Contains(only.Trim().TrimEnd('.'))) return new GivenTexts([], Complete: true);
            if (NoDrugAllergy.Contains(only.Trim().TrimEnd('.'))) return new GivenTexts([], Complete: false);
        }

        return fact.Id switch
        {
            "prior-therapies" => new GivenTherapies(ByRegimen([.. known.Select(i => ReadTherapy(i, place, origin)).OfType<PriorTherapy>()]), complete),
            "medications" => new GivenMedicines([.. known.Select(i => ReadMedicine(i, place, origin)).OfType<MedicineTaken>()], complete),
            _ => new GivenTexts([.. known.Select(i => i.Text ?? "")], complete) { Known = [.. known.Select(i => i.Text is { Length: <= 300 } text ? formulary.RecogniseAllergy(text) : Recognised.Nothing)] },
        };
    }

    /// <summary>Parts of a treatment of the catalogue that were given together from their start to their end are that treatment.</summary>
    private List<PriorTherapy> ByRegimen(List<PriorTherapy> courses)
    {
        foreach (var line in TreatmentLines.Of(courses).Where(l => l.Count > 1))
        {
            var first = line[0];
            string[] drugs = [.. line.SelectMany(c => c.Drugs)];
            var alike = line.TrueForAll(c => c.GroupsKnown && c with { Treatment = first.Treatment, Drugs = first.Drugs, Groups = first.Groups, Start = first.Start, Setting = first.Setting, Origin = first.Origin } == first);
            var setting = line.Select(c => c.Setting).FirstOrDefault(s => s is not TherapySetting.Unknown, TherapySetting.Metastatic);
            if (!alike || formulary.FindRegimenOf(drugs) is not { } regimen || !treatments.Contains(regimen.Treatment)) continue;
            courses[courses.IndexOf(first)] = first with { Treatment = regimen.Treatment, Drugs = drugs, Groups = formulary.GroupsOf(drugs), Setting = setting, Origin = string.Join(", ", line.Select(c => c.Origin).Distinct()) };
            courses.RemoveAll(line.Contains);
        }

        return courses;
    }

    private MedicineTaken? ReadMedicine(TextNode node, string place, string origin)
    {
        if (node.Text is { Length: <= 300 } text) return new(text, formulary.Recognise(text), node.Line > 0 ? Origins.Line + node.Line : origin);
        problems.Add(new(node.Line > 0 ? $"line {node.Line}" : place, "a medicine is a name, an RxNorm number or an ATC code"));
        return null;
    }

    private PriorTherapy? ReadTherapy(TextNode node, string place, string origin)
    {
        var at = node.Line > 0 ? $"line {node.Line}" : place;
        var members = node.Members ?? (node.Text is { } bare ? [new TextMember("treatment", node.Line, new TextNode(node.Line, bare, null, null))] : null);
        if (members is null)
        {
            problems.Add(new(at, "an earlier treatment is a mapping: { treatment, start, stop, stopped-for, setting }"));
            return null;
        }

        var read = new TherapyMembers(this, at, node.Line > 0 ? Origins.Line + node.Line : origin);
        foreach (var (key, line, value) in members) read.Take(key, line > 0 ? $"line {line}" : place, value);
        return read.Make();
    }

    /// <summary>Collects the members of one earlier treatment.</summary>
    private sealed class TherapyMembers(CaseFileReader reader, string place, string origin)
    {
        private static readonly string[] Known = ["treatment", "name", "classes", "start", "stop", "stopped-for", "setting", "line", "stopped-parts", "best-response", "toxicity", "grade", "ended"];
        private static readonly string[] KnownGroups = ["vegf", "immunotherapy", "ctla4", "mtor", "cytokine", "hif2a", "chemotherapy"];

        private readonly Dictionary<string, TextNode> members = new(StringComparer.Ordinal);

        public void Take(string key, string at, TextNode value)
        {
            if (!Known.Contains(key)) reader.problems.Add(new(at, $"'{key}' is not known here: {string.Join(", ", Known)}"));
            else if (!members.TryAdd(key, value)) reader.problems.Add(new(at, $"'{key}' stands twice"));
        }

        public PriorTherapy? Make()
        {
            var treatment = Text("treatment");
            if (treatment is null)
            {
                reader.problems.Add(new(place, "'treatment:' is missing"));
                return null;
            }

            var other = treatment == "other";
            var trial = treatment == "clinical-trial";
            if (!other && !reader.treatments.Contains(treatment) && reader.formulary.FindDrug(treatment) is not null && reader.RegimensWith(treatment) is { Count: > 0 } regimens)
                reader.problems.Add(new(place, $"{treatment} is given as a part of a treatment: write treatment: {string.Join(" or ", regimens)}; when it was stopped while the rest went on, add stopped-parts: [{treatment}]; when it was given alone, write treatment: other, name and classes"));
            else if (!other && !reader.treatments.Contains(treatment))
                reader.problems.Add(new(place, $"'{treatment}' is not a treatment of the catalogue; for another one write treatment: other, name and classes{Spelling.Near(treatment, reader.treatments)}"));
            if (other && Text("name") is null) reader.problems.Add(new(place, "a treatment 'other' needs its name"));
            var drugs = reader.formulary.FindRegimen(treatment)?.Drugs ?? [];
            var classes = Words("classes");
            foreach (var word in classes.Except(KnownGroups, StringComparer.Ordinal)) reader.problems.Add(new(place, $"'{word}' is not a class: {string.Join(", ", KnownGroups)}"));
            var (start, stop) = (Date("start"), Date("stop"));
            if (start.IsStated && stop.IsStated && stop.Latest < start.Earliest) reader.problems.Add(new(place, $"it stops ({stop}) before it starts ({start})"));
            foreach (var date in new[] { start, stop })
                if (date.IsStated && reader.asOf is { } day && date.Earliest > day) reader.problems.Add(new(place, $"the date {date} lies after the as-of date {day:yyyy-MM-dd}"));
            return new()
            {
                Treatment = treatment,
                Name = Text("name"),
                Drugs = drugs,
                Groups = classes.Length > 0 ? classes : reader.formulary.GroupsOf(drugs),
                // what a trial gave is not known unless it is stated
                GroupsKnown = !(other || trial) || members.ContainsKey("classes"),
                IsSystemic = other || trial || classes.Length > 0 || drugs.Any(d => reader.formulary.FindDrug(d)?.IsSystemic == true),
                Start = start,
                Stop = stop,
                StoppedFor = OneOf("stopped-for", ["progression", "toxicity", "completed", "choice"]),
                Setting = OneOf("setting", ["metastatic", "adjuvant"]) switch
                {
                    "metastatic" => TherapySetting.Metastatic,
                    "adjuvant" => TherapySetting.Adjuvant,
                    // only a drug that is also used after surgery leaves it open
                    _ => drugs.Any(d => reader.formulary.FindDrug(d)?.Adjuvant == true) && drugs.Length == 1 ? TherapySetting.Unknown : TherapySetting.Metastatic,
                },
                Line = Whole("line", 1, 20),
                StoppedParts = Words("stopped-parts"),
                BestResponse = OneOf("best-response", ["CR", "PR", "SD", "PD"]),
                Toxicity = Text("toxicity"),
                Grade = Grade(),
                Ended = OneOf("ended", ["true", "false"]) == "true",
                Origin = origin,
            };
        }

        /// <summary>CTCAE 1 to 4: grade 5 is death.</summary>
        private int? Grade()
        {
            if (Whole("grade", 1, 5) is not 5 and var grade) return grade;
            reader.problems.Add(new(place, "grade 5 means that the side effect was fatal: a plan is made for a living person; give the grade from 1 to 4, or deceased: true"));
            return null;
        }

        private string? Text(string key) => members.TryGetValue(key, out var node) && !node.IsUnknown ? node.Text : null;

        private string[] Words(string key) => !members.TryGetValue(key, out var node) ? [] : node.Items is { } items ? [.. items.Select(i => i.Text ?? "")] : node.Text is { } text ? [text] : [];

        private string? OneOf(string key, string[] words)
        {
            if (Text(key) is not { } text) return null;
            if (words.Contains(text)) return text;
            reader.problems.Add(new(place, $"'{text}' is not known for {key}: {string.Join(", ", words)}, or unknown"));
            return null;
        }

        private int? Whole(string key, int min, int max)
        {
            if (Text(key) is not { } text) return null;
            if (int.TryParse(text, out var value) && value >= min && value <= max) return value;
            reader.problems.Add(new(place, $"{key} must be a whole number from {min} to {max}"));
            return null;
        }

        private PartialDate Date(string key)
        {
            if (Text(key) is not { } text) return default;
            if (PartialDate.TryParse(text, out var date)) return date;
            reader.problems.Add(new(place, $"'{text}' is not a date: YYYY, YYYY-MM or YYYY-MM-DD, of a day that exists"));
            return default;
        }
    }

    /// <summary>Treatments of the catalogue that a drug is a part of; the shortest first.</summary>
    private List<string> RegimensWith(string drug) =>
        [.. treatments.Where(t => formulary.FindRegimen(t)?.Drugs.Contains(drug) == true).OrderBy(t => t.Length).ThenBy(t => t, StringComparer.Ordinal)];

    private void Problem(int line, string message) => problems.Add(new($"line {line}", message));
}
