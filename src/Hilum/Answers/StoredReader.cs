using System.Text.Json;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Answers;

/// <summary>Reads what <see cref="StoredRecord"/> wrote. The file came from outside: everything is checked, every problem is reported with its place.</summary>
internal sealed class StoredReader(string path, List<ReadingProblem> problems, GuidanceContent? content = null, bool sameContent = false)
{
    private const int HighestLine = 100;

    private string path = path;

    private FactDictionary Dictionary => content!.Facts;

    /// <summary>The members that everything else relies on are there and of the right kind.</summary>
    public void Shape(JsonElement root)
    {
        var patient = Object(root, "patient");
        Text(patient, "id");
        if (!PartialDate.TryParse(Text(root, "asOf"), out var day) || !day.IsComplete) Problem("asOf", "a day was expected, written YYYY-MM-DD");
        var made = Object(root, "content");
        Text(made, "version");
        Text(made, "sha256");
        foreach (var option in Items(root, "options"))
        {
            Text(option, "treatment");
            if (StandingWords.Parse(Text(option, "status")) is null) Problem("options", "there is a status that Hilum does not know");
            foreach (var finding in Items(option, "safety"))
            {
                Text(finding, "severity");
                Text(finding, "state");
            }
        }

        if (Items(root, "options").Select(o => Text(o, "treatment")).GroupBy(t => t, StringComparer.Ordinal).Any(g => g.Count() > 1)) Problem("options", "a treatment stands twice");
        var record = Object(root, "record");
        Text(record, "program");
        if (Text(record, "language") is not ("en" or "fr")) Problem("record.language", "en or fr was expected");
        foreach (var fact in Items(record, "facts")) Text(fact, "fact");
    }

    public PatientRecord Record(JsonElement root, JsonElement record) => new()
    {
        PatientId = root.GetProperty("patient").GetProperty("id").GetString() ?? "",
        Sha256 = Optional(record, "sha256"),
        UndatedIsCurrent = Flag(record, "undatedIsCurrent", otherwise: true),
        Facts = Facts(record, "facts"),
        NotUsed = [.. Items(record, "notUsed", optional: true).Select(i => new NotUsed(Text(i, "resource"), Phrase(i)) { Present = Find(i, "present", out var present) ? Phrase(present) : null })],
        Warnings = [.. Items(record, "warnings", optional: true).Select(Phrase)],
    };

    public CaseSettings Settings(JsonElement root, JsonElement record)
    {
        _ = PartialDate.TryParse(root.GetProperty("asOf").GetString(), out var asOf);
        var limits = new List<FallbackLimits>();
        foreach (var id in Words(record, "acceptedLimits"))
        {
            if (Array.Find(content!.FallbackLimits, l => l.Id == id) is { } found) limits.Add(found);
            else Problem("acceptedLimits", $"this content has no fallback limits named {id}");
        }

        return new()
        {
            AsOf = asOf.Earliest,
            ByHand = Facts(record, "byHand", optional: true),
            AcceptedLimits = limits,
            AcceptedStale = Words(record, "acceptedStale").ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>The editions that a person named; null for every current one.</summary>
    public IReadOnlyList<Edition>? Editions(JsonElement record)
    {
        if (!Find(record, "editions", out _)) return null;
        var named = new List<Edition>();
        foreach (var id in Words(record, "editions"))
        {
            if (content!.Catalogue.FindEdition(id) is { } found) named.Add(found);
            else Problem("editions", $"this content has no edition named {id}");
        }

        return named;
    }

    private List<GivenFact> Facts(JsonElement record, string name, bool optional = false)
    {
        var facts = new List<GivenFact>();
        var (outer, n) = (path, 0);
        foreach (var item in Items(record, name, optional))
        {
            path = $"{outer}.{name}[{n++}]";
            if (Fact(item) is { } fact) facts.Add(fact);
        }

        path = outer;
        return facts;
    }

    private GivenFact? Fact(JsonElement item)
    {
        var id = Text(item, "fact");
        if (Dictionary.FindById(id) is not { } fact || id == FactDictionary.TodayId)
        {
            Problem("fact", $"this content has no fact named '{id}'");
            return null;
        }

        if (Value(fact, item) is not { } value) return null;
        return new(fact, value, Date(item, "date"), Text(item, "origin"))
        {
            WithResult = Optional(item, "withResult"),
            Preliminary = Flag(item, "preliminary"),
            Lasts = Flag(item, "lasts"),
        };
    }

    private GivenValue? Value(FactDefinition fact, JsonElement item)
    {
        if (Flag(item, "unknown")) return new GivenUnknown();
        switch (fact.Type)
        {
            case FactType.Bool or FactType.Code:
                var mask = Mask(fact, item, "possible");
                if (mask != 0) return new GivenCode(mask);
                Problem("possible", $"a value of {fact.Id} was expected");
                return null;
            case FactType.Codes: return new GivenMembers(Mask(fact, item, "members"), Mask(fact, item, "absent"), Flag(item, "complete"));
            case FactType.Date when Date(item, "on") is { IsStated: true } date: return new GivenDate(date);
            case FactType.Date: return Wrong("on", "a date was expected");
            case FactType.Number or FactType.Integer: return Number(fact, item);
            case var _ when Find(item, "therapies", out _): return new GivenTherapies([.. Items(item, "therapies").Select(Therapy)], Flag(item, "complete"));
            case var _ when Find(item, "medicines", out _): return new GivenMedicines([.. Items(item, "medicines").Select(Medicine)], Flag(item, "complete"));
            default:
                var texts = Words(item, "texts");
                return new GivenTexts(texts, Flag(item, "complete")) { Known = [.. texts.Select(content!.Formulary.RecogniseAllergy)] };
        }
    }

    private ulong Mask(FactDefinition fact, JsonElement item, string name)
    {
        ulong mask = 0;
        foreach (var code in Words(item, name))
        {
            var bit = fact.Type is FactType.Bool ? Array.IndexOf(["false", "true"], code) : fact.BitOf(code);
            if (bit >= 0) mask |= 1UL << bit;
            else Problem(name, $"'{code}' is not a value of {fact.Id} in this content");
        }

        return mask;
    }

    private GivenNumber? Number(FactDefinition fact, JsonElement item)
    {
        var (low, high) = (Decimal(item, "low"), Decimal(item, "high"));
        var system = (byte)Math.Clamp(Decimal(item, "system") ?? 0, 0, 2);
        if ((low is null && high is null) || system > 1 || (system == 1 && fact.Symbol.SecondSystem is null))
        {
            Problem("low", $"a number in a unit of {fact.Id} was expected");
            return null;
        }

        var interval = new Interval(low is not null, low ?? 0, low is not null && Flag(item, "lowOpen"), high is not null, high ?? 0, high is not null && Flag(item, "highOpen"), system);
        if (!interval.IsEmpty) return new(interval, Text(item, "reported"));
        Problem("low", "nothing lies between low and high");
        return null;
    }

    private MedicineTaken Medicine(JsonElement item)
    {
        var text = Text(item, "text");
        var formulary = content!.Formulary;
        var known = new Recognised(
            Optional(item, "drug") is { } drug ? formulary.FindDrug(drug) : null,
            Optional(item, "medicine") is { } medicine ? formulary.FindMedicine(medicine) : null)
        {
            More = Find(item, "more", out _) ? [.. Words(item, "more").Select(formulary.FindMedicine).OfType<Medicine>()] : null,
            HasRest = Flag(item, "hasRest"),
        };
        if (!sameContent && !known.Whole && formulary.Recognise(text) is { Any: true } now) known = now;
        return new(text, known, Text(item, "origin"));
    }

    private PriorTherapy Therapy(JsonElement item)
    {
        var drugs = Words(item, "drugs");
        var groups = Words(item, "groups");
        return new()
        {
            Treatment = Text(item, "treatment"),
            Name = Optional(item, "name"),
            Drugs = drugs,
            Groups = sameContent || drugs.Count == 0 ? groups : content!.Formulary.GroupsOf(drugs),
            GroupsKnown = Flag(item, "groupsKnown", otherwise: true),
            IsSystemic = Flag(item, "systemic", otherwise: true),
            Start = Date(item, "start"),
            Stop = Date(item, "stop"),
            StoppedFor = Optional(item, "stopped-for"),
            Setting = Optional(item, "setting") switch { "metastatic" => TherapySetting.Metastatic, "adjuvant" => TherapySetting.Adjuvant, _ => TherapySetting.Unknown },
            Line = Decimal(item, "line") is { } line ? (int)Math.Clamp(line, 0, HighestLine) : null,
            StoppedParts = Words(item, "stopped-parts"),
            BestResponse = Optional(item, "best-response"),
            Toxicity = Optional(item, "toxicity"),
            Grade = Decimal(item, "grade") is { } grade ? (int)Math.Clamp(grade, 0, HighestLine) : null,
            Ended = Flag(item, "ended"),
            Origin = Text(item, "origin"),
        };
    }

    private Phrase Phrase(JsonElement item) => new(Text(item, "en"), Text(item, "fr"));

    // ---- members ----

    private GivenValue? Wrong(string name, string message)
    {
        Problem(name, message);
        return null;
    }

    private void Problem(string name, string message) => problems.Add(new(path.Length == 0 ? name : $"{path}.{name}", message));

    private static bool Find(JsonElement parent, string name, out JsonElement found)
    {
        found = default;
        return parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out found);
    }

    private JsonElement Object(JsonElement parent, string name)
    {
        if (Find(parent, name, out var found) && found.ValueKind is JsonValueKind.Object) return found;
        Problem(name, "an object was expected");
        return default;
    }

    private string Text(JsonElement parent, string name)
    {
        if (Optional(parent, name) is { } text) return text;
        Problem(name, "a text was expected");
        return "";
    }

    private string? Optional(JsonElement parent, string name)
    {
        if (!Find(parent, name, out var found)) return null;
        if (found.ValueKind is JsonValueKind.String) return Decoded(found, name);
        Problem(name, "a text was expected");
        return null;
    }

    /// <summary>The text; escapes that stand for half a character make none.</summary>
    private string Decoded(JsonElement found, string name)
    {
        try
        {
            return found.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Problem(name, "this text is not Unicode");
            return "";
        }
    }

    private bool Flag(JsonElement parent, string name, bool otherwise = false)
    {
        if (!Find(parent, name, out var found)) return otherwise;
        if (found.ValueKind is JsonValueKind.True or JsonValueKind.False) return found.GetBoolean();
        Problem(name, "true or false was expected");
        return otherwise;
    }

    private decimal? Decimal(JsonElement parent, string name)
    {
        if (!Find(parent, name, out var found)) return null;
        if (found.ValueKind is JsonValueKind.Number && found.TryGetDecimal(out var value) && Math.Abs(value) <= Quantity.Largest) return value;
        Problem(name, "a number was expected");
        return null;
    }

    private PartialDate Date(JsonElement parent, string name)
    {
        if (Optional(parent, name) is not { } text) return default;
        if (PartialDate.TryParse(text, out var date)) return date;
        Problem(name, "a date was expected");
        return default;
    }

    private List<string> Words(JsonElement parent, string name)
    {
        var words = new List<string>();
        foreach (var item in Items(parent, name, optional: true))
        {
            if (item.ValueKind is JsonValueKind.String) words.Add(Decoded(item, name));
            else Problem(name, "texts were expected");
        }

        return words;
    }

    private IEnumerable<JsonElement> Items(JsonElement parent, string name, bool optional = false)
    {
        if (Find(parent, name, out var found))
        {
            if (found.ValueKind is JsonValueKind.Array) return found.EnumerateArray();
            Problem(name, "a list was expected");
            return [];
        }

        if (!optional) Problem(name, "a list was expected");
        return [];
    }
}
