using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Tests;

/// <summary>Small dictionaries, records and cases, written in the words of a case file.</summary>
internal static class Sample
{
    /// <summary>The day of the plan in these tests.</summary>
    public static DateOnly AsOf { get; } = new(2026, 11, 3);

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A dictionary of some facts; the as-of date comes first, as in a loaded one.</summary>
    public static FactDictionary Dictionary(params Draft[] drafts)
    {
        var today = new FactDefinition { Id = FactDictionary.TodayId, Index = 0, Name = "AsOfDate", Type = FactType.Date, Label = Phrase.Same("as-of date"), Derived = true };
        FactDefinition[] facts = [today, .. drafts.Select((d, i) => d.Definition with { Index = i + 1 })];
        var plain = new FactDictionary(facts, [.. Enumerable.Range(0, facts.Length)]);
        var compiler = Compiler(plain);
        for (var i = 0; i < drafts.Length; i++)
            facts[i + 1] = facts[i + 1] with { Derivations = drafts[i].Compile(plain, compiler, facts[i + 1]) };
        return new(facts, Order(facts));
    }

    /// <summary>A compiler over a dictionary.</summary>
    public static ConditionCompiler Compiler(FactDictionary dictionary) => new(dictionary, dictionary[FactDictionary.TodayId].Symbol);

    /// <summary>A condition that must compile.</summary>
    public static TruthNode Condition(FactDictionary dictionary, string text)
    {
        var errors = new List<ConditionError>();
        return Compiler(dictionary).Condition(text, errors) ?? throw new InvalidOperationException($"'{text}': {string.Join("; ", errors)}");
    }

    /// <summary>A statement of a record: <c>98 g/L</c>, <c>&lt;100 g/L</c>, <c>red | blue</c>, <c>[lung, unknown]</c>, <c>2024-02</c>.</summary>
    public static GivenFact Given(FactDictionary dictionary, string id, string text, string date = "", string origin = "case file", string? withResult = null)
    {
        var fact = dictionary[id];
        if (!PartialDate.TryParse(date, out var day) && date.Length > 0) throw new InvalidOperationException(date);
        GivenValue value = text == "unknown" ? new GivenUnknown() : fact.Type switch
        {
            FactType.Bool or FactType.Code => new GivenCode(((CodesPossible)Possible(fact, text)).Mask),
            FactType.Codes => Members(fact, text),
            FactType.Date => PartialDate.TryParse(text, out var given) ? new GivenDate(given) : throw new InvalidOperationException(text),
            FactType.List => new GivenTexts(text.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), Complete: true),
            _ => new GivenNumber(((NumbersPossible)Possible(fact, text)).Intervals[0], text),
        };
        return new(fact, value, day, origin) { WithResult = withResult };
    }

    /// <summary>A case of some statements.</summary>
    public static Case Case(FactDictionary dictionary, params GivenFact[] given) => Case(dictionary, AsOf, given);

    /// <summary>A case of some statements on a day.</summary>
    public static Case Case(FactDictionary dictionary, DateOnly asOf, params GivenFact[] given) =>
        new CaseBuilder(dictionary).Build(new() { Facts = given }, new() { AsOf = asOf });

    /// <summary>A case of some statements, in the words of a case file: <c>("haemoglobin", "98 g/L")</c>.</summary>
    public static Case Case(FactDictionary dictionary, params (string Id, string Text)[] given) =>
        Case(dictionary, [.. given.Select(g => Given(dictionary, g.Id, g.Text))]);

    /// <summary>What a fact may be: <c>red | blue</c>, <c>3..5 cm</c>, <c>3 cm / 5 cm</c> (a conflict), <c>[soft, not striped, ?]</c>, <c>2026-02</c>, <c>?</c>.</summary>
    public static Possible Possible(FactDefinition fact, string text)
    {
        if (text == "?") return fact.Symbol.Unknown;
        switch (fact.Type)
        {
            case FactType.Bool or FactType.Code:
                var mask = text.Split('|', StringSplitOptions.TrimEntries).Aggregate(0UL, (all, code) => all | Bit(fact, code));
                return new CodesPossible(mask);
            case FactType.Codes:
                var (present, absent, complete) = Members(fact, text);
                return new MembersPossible(present, complete ? fact.Symbol.AllCodes & ~present : absent, fact.Symbol.AllCodes);
            case FactType.List:
                return text == "[]" ? MembersPossible.None : MembersPossible.Some;
            default:
                return new NumbersPossible([.. text.Split(" / ").Select(part => fact.Type is FactType.Date ? Days(part) : Stretch(fact, part))]);
        }
    }

    private static ulong Bit(FactDefinition fact, string code) =>
        fact.BitOf(code) is var bit and >= 0 ? 1UL << bit : throw new InvalidOperationException($"'{code}' is not a value of {fact.Id}");

    private static GivenMembers Members(FactDefinition fact, string text)
    {
        ulong present = 0, absent = 0;
        var complete = true;
        foreach (var item in text.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (item is "?" or "unknown") complete = false;
            else if (item.StartsWith("not ", StringComparison.Ordinal)) absent |= Bit(fact, item[4..]);
            else present |= Bit(fact, item);
        }

        return new(present, absent, complete);
    }

    private static Interval Days(string text)
    {
        var ends = text.Split("..");
        if (!PartialDate.TryParse(ends[0], out var first) || !PartialDate.TryParse(ends[^1], out var last)) throw new InvalidOperationException(text);
        return Interval.Closed(first.Earliest.DayNumber, last.Latest.DayNumber);
    }

    private static Interval Stretch(FactDefinition fact, string text)
    {
        var t = text.Trim();
        var ends = t.Split("..");
        if (ends.Length == 2)
        {
            var unit = ends[1].Contains(' ', StringComparison.Ordinal) ? ends[1][ends[1].IndexOf(' ', StringComparison.Ordinal)..] : "";
            return Point(fact, ends[0] + unit).Hull(Point(fact, ends[1]));
        }

        var comparator = t.StartsWith("<=", StringComparison.Ordinal) || t.StartsWith(">=", StringComparison.Ordinal) ? t[..2] : t[0] is '<' or '>' ? t[..1] : "";
        var point = Point(fact, t[comparator.Length..]);
        return comparator switch
        {
            "<" => Interval.UpTo(point.High, open: true, point.System),
            "<=" => Interval.UpTo(point.High, open: false, point.System),
            ">" => Interval.From(point.Low, open: true, point.System),
            ">=" => Interval.From(point.Low, open: false, point.System),
            _ => point,
        };
    }

    private static Interval Point(FactDefinition fact, string text)
    {
        if (!Quantity.TryParse(text, out var number, out var unitText)) throw new InvalidOperationException($"'{text}' is not a number");
        if (unitText is null) return Interval.Point(number);
        var unit = Unit.Parse(unitText);
        var system = fact.SystemOf(unit);
        return system == 255 ? throw new InvalidOperationException($"'{unitText}' is not a unit of {fact.Id}") : Interval.Point(number * unit.Factor / fact.CanonicalUnit(system)!.Factor, system);
    }

    /// <summary>An order in which each fact comes after what it follows from.</summary>
    private static int[] Order(FactDefinition[] facts)
    {
        var order = new List<int>();
        foreach (var fact in facts) Visit(fact.Index);
        return [.. order];

        void Visit(int index)
        {
            if (order.Contains(index)) return;
            foreach (var input in facts[index].Derivations.SelectMany(d => d.Inputs)) Visit(input);
            order.Add(index);
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Hilum.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException("Hilum.slnx is in no folder above the tests.");
    }
}
