using System.Text;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Risk;
using Hilum.Words;

namespace Hilum.Guidance;

/// <content>The data dictionary.</content>
public sealed partial class ContentLoader
{
    private const string ExampleFile = "facts/example.yaml";

    private static readonly string[] NotFactFiles = ["facts/scope.yaml", "facts/fallback-limits.yaml", "facts/consistency.yaml", ExampleFile];

    private readonly Dictionary<string, YamlItem> factItems = new(StringComparer.Ordinal);

    private FactDictionary LoadFacts()
    {
        var definitions = new List<FactDefinition>
        {
            new() { Id = FactDictionary.TodayId, Index = 0, Name = "AsOfDate", Type = FactType.Date, Label = new("as-of date", "date de référence"), Derived = true },
        };
        foreach (var file in Folder("facts/").Where(f => !NotFactFiles.Contains(f.Path)))
        {
            foreach (var item in file.Items())
            {
                var definition = LoadFact(item, definitions.Count);
                if (definition is null) continue;
                if (!factItems.TryAdd(definition.Id, item)) item.Problem($"the fact '{definition.Id}' stands twice");
                else definitions.Add(definition);
            }
        }

        var ids = definitions.Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var definition in definitions.Skip(1))
        {
            var item = factItems[definition.Id];
            foreach (var (key, id) in Named(definition))
                if (id is not null && !ids.Contains(id)) item.Problem(key, $"'{id}' is not a fact");
            foreach (var twice in definition.Values.GroupBy(v => v.Code, StringComparer.Ordinal).Where(g => g.Count() > 1)) item.Problem("values", $"the value '{twice.Key}' stands twice");
        }

        return new([.. definitions], [.. Enumerable.Range(0, definitions.Count)]);
    }

    private static IEnumerable<(string Key, string? Id)> Named(FactDefinition fact) =>
        fact.Ask.Select(a => ("ask", (string?)a)).Concat([("limits", fact.LimitLow), ("limits", fact.LimitHigh), ("flag", fact.FlagLow), ("flag", fact.FlagHigh)]);

    private FactDefinition? LoadFact(YamlItem item, int index)
    {
        var id = item.Required("id");
        if (id.Length == 0) return null;
        var type = item.Required("type") switch
        {
            "bool" => FactType.Bool,
            "code" => FactType.Code,
            "codes" => FactType.Codes,
            "number" => FactType.Number,
            "integer" => FactType.Integer,
            "date" => FactType.Date,
            "list" => FactType.List,
            var other => Unknown(item, other),
        };
        var units = item.Words("units");
        if (item.Text("unit") is { } only) units = [only];
        foreach (var unit in units)
            if (!Unit.TryParse(unit, out _)) item.Problem("units", $"'{unit}' is not a unit that Hilum knows");
        units = [.. units.Where(u => Unit.TryParse(u, out _)).Select(u => Unit.Parse(u).Code)];
        var plausible = item.Item("plausible");
        var values = item.Items("values").Select(LoadValue).ToArray();
        if (type is FactType.Code or FactType.Codes && values.Length is 0 or > 64) item.Problem("a coded fact has 1 to 64 values");
        var limits = item.Item("limits");
        var flag = item.Item("flag");
        var fhir = item.Item("fhir");
        var definition = new FactDefinition
        {
            Id = id,
            Index = index,
            Name = FactDefinition.NameOf(id),
            Type = type,
            Label = item.Phrase("label", required: true),
            Question = item.Phrase("question", required: true),
            Values = type is FactType.Bool ? [new("false", new("no", "non"), [], []), new("true", new("yes", "oui"), [], [])] : values,
            Units = units,
            MolarMass = item.Decimal("molar-mass") ?? 0,
            Charge = item.Integer("charge") ?? 0,
            PlausibleMin = plausible?.Decimal("min"),
            PlausibleMax = plausible?.Decimal("max"),
            Step = plausible?.Integer("step") ?? 0,
            StaleAfter = item.Integer("stale-after") ?? 0,
            Thresholds = LoadThresholds(item, units),
            LimitLow = limits?.Text("low"),
            LimitHigh = limits?.Text("high"),
            FlagLow = flag?.Text("low"),
            FlagHigh = flag?.Text("high"),
            Tolerance = item.Decimal("tolerance") ?? 0,
            MayBePlanned = item.Boolean("may-be-planned"),
            GivesWayTo = item.Text("gives-way-to"),
            MustAgree = item.Boolean("must-agree"),
            Ask = item.Words("ask"),
            GuardedBy = item.Text("guarded-by")?.Trim(),
            Rare = item.Boolean("rare"),
            Derived = item.Boolean("derived"),
            Fhir = fhir is null ? new([], [], [], []) : new(fhir.Words("observation"), fhir.Words("component"), fhir.Words("condition"), fhir.Words("procedure")) { Site = fhir.Words("site"), Denies = fhir.Words("denies"), Event = fhir.Words("event") },
        };
        item.Node("derive");
        item.Citation(documents, required: false);
        item.Review(required: false);
        item.Node("note");
        item.Node("kept-for");
        item.Done();
        foreach (var part in new[] { plausible, limits, flag, fhir }) part?.Done();
        if (definition.Fhir.Denies.Length > 0 && (type is not FactType.Bool || definition.Fhir.Condition.Length == 0)) fhir!.Problem("denies", "only a yes-or-no fact that a Condition states can be denied by one");
        if (definition.Fhir.Event.Length > 0 && (type is not FactType.Bool || definition.StaleAfter == 0)) fhir!.Problem("event", "an event states a yes-or-no fact that has 'stale-after', the days for which it counts");
        if (type is not FactType.Codes && Array.Exists(values, v => v.Denies.Length > 0)) item.Problem("values", "only a value of a list ('codes') can be denied by itself");
        if (definition.Rare && type is not FactType.Bool) item.Problem("rare", "only a yes-or-no fact can be rare");
        if (definition.Step != 0 && (definition.Step < 0 || type is not FactType.Integer || definition.PlausibleMin is null || definition.PlausibleMax is null)) item.Problem("plausible", "a step goes by whole numbers of 1 or more from min to max");
        if (definition.PlausibleMin > definition.PlausibleMax) item.Problem("plausible", "an empty range: min is above max");
        if (definition.GivesWayTo is { } newer && definition.BitOf(newer) < 0) item.Problem("gives-way-to", $"'{newer}' is not a value of this fact");
        return definition;
    }

    private static FactType Unknown(YamlItem item, string word)
    {
        item.Problem("type", $"'{word}' must be bool, code, codes, number, integer, date or list");
        return FactType.Bool;
    }

    private static FactValue LoadValue(YamlItem item)
    {
        var value = new FactValue(item.Required("code"), item.Phrase("label", required: true), item.Words("codes"), item.Words("sites")) { Denies = item.Words("denies") };
        item.Node("note");
        item.Done();
        return value;
    }

    private static ThresholdPair[] LoadThresholds(YamlItem item, string[] units)
    {
        if (item.Node("thresholds") is not { } written) return [];
        if (written.Items is not { } nodes)
        {
            item.Problem("thresholds", "'thresholds' must be a list");
            return [];
        }

        var first = units.Length > 0 ? Unit.Parse(units[0]) : Unit.One;
        var second = units.Select(Unit.Parse).FirstOrDefault(u => u.Dimension != first.Dimension);
        var pairs = new List<ThresholdPair>();
        foreach (var node in nodes)
        {
            decimal? a = null, b = null;
            foreach (var member in node.Members ?? [])
            {
                var key = member.Key;
                if (!Unit.TryParse(key, out var unit) || !Quantity.TryParseDecimal(member.Value.Text, out var number)) item.File.Problem(node, $"'{key}: ...' must be a unit and a number");
                else if (unit.Dimension == first.Dimension) a = number * unit.Factor / first.Factor;
                else if (second is not null && unit.Dimension == second.Dimension) b = number * unit.Factor / second.Factor;
                else item.File.Problem(node, $"{key} is not a unit of this fact");
            }

            if (a is { } x && b is { } y) pairs.Add(new(x, y));
            else item.File.Problem(node, "a threshold must stand in both unit systems");
        }

        return [.. pairs];
    }

    /// <summary>Compiles the derivations, once facts and risk models are known, and finds an order without cycles.</summary>
    private void LinkDerivations(RiskModel[] models)
    {
        var definitions = facts.Facts.ToArray();
        foreach (var definition in facts.Facts.Skip(1))
        {
            var derivations = factItems[definition.Id].Items("derive").Select(item => LoadDerivation(definition, item, models)).OfType<Derivation>().ToArray();
            if (definition.Derived && derivations.Length == 0) factItems[definition.Id].Problem("a fact that is only derived needs 'derive:'");
            definitions[definition.Index] = definition with { Derivations = derivations };
        }

        facts = new(definitions, Order(definitions));
        conditions = conditions.With(facts);
    }

    private Derivation? LoadDerivation(FactDefinition fact, YamlItem item, RiskModel[] models)
    {
        var because = item.Phrase("because");
        var source = item.Citation(documents, required: false);
        var assumed = item.Boolean("assumed");
        var from = item.Text("from");
        Derivation? derivation = from switch
        {
            null => Expression(fact, item),
            "risk" => FromRisk(fact, item, models),
            _ => FromList(item, from),
        };
        item.Done();
        return derivation is null ? null : derivation with { Because = because, Source = source, Assumed = assumed };
    }

    private Derivation? Expression(FactDefinition fact, YamlItem item)
    {
        if (item.Scalar("value", required: true) is not { Text: { } text } scalar) return null;
        var errors = new List<ConditionError>();
        byte system = 255;
        if (item.Text("unit") is { } unitText)
        {
            system = Unit.TryParse(unitText, out var unit) ? fact.SystemOf(unit) : (byte)255;
            if (system == 255) item.Problem("unit", $"'{unitText}' is not a unit of {fact.Id}");
        }

        Derivation? derivation = fact.Type switch
        {
            FactType.Bool => conditions.Truth(text, errors) is { } truth ? new TruthDerivation(truth) { Inputs = [.. References.Of(truth)] } : null,
            FactType.Code => conditions.Code(text, fact.Symbol, errors) is { } code ? new CodeDerivation(code) { Inputs = [.. References.Of(code)] } : null,
            FactType.Number or FactType.Integer => conditions.Number(text, fact.Symbol, errors, system) is { } number
                ? new NumberDerivation(number, system) { Inputs = [.. References.Of(number)] } : null,
            FactType.Date => conditions.Date(text, errors) is { } date ? new NumberDerivation(date, 255) { Inputs = [.. References.Of(date)] } : null,
            _ => null,
        };
        Report(item.File, scalar, errors);
        if (derivation is null && errors.Count == 0) item.Problem($"a fact of type {fact.Type} cannot be derived by an expression");
        return derivation;
    }

    private static PointsDerivation? FromRisk(FactDefinition fact, YamlItem item, RiskModel[] models)
    {
        var id = item.Required("model");
        var rule = item.Required("rule");
        if (Array.Find(models, m => m.Id == id) is not { } model)
        {
            item.Problem("model", $"'{id}' is not a risk model");
            return null;
        }

        if (rule is not ("group" or "count")) item.Problem("rule", "must be group or count");
        var groups = rule == "group" ? model.Groups.Select(g => new PointsGroup(fact.BitOf(g.Id), g.Min, g.Max)).ToArray() : [];
        if (groups.Any(g => g.Bit < 0)) item.Problem("the groups of the model and the values of the fact differ");
        var factors = model.Factors.Select(f => f.When).ToArray();
        return new(factors, groups) { Inputs = [.. factors.SelectMany(References.Of).Distinct()] };
    }

    /// <summary>A rule over a list; <c>until:</c> names the date to which it counts, <c>kinds:</c> the side effects that it tells apart.</summary>
    private ListDerivation FromList(YamlItem item, string from)
    {
        var rule = item.Required("rule");
        if (facts.FindById(from)?.Type is not FactType.List) item.Problem("from", $"'{from}' is not a list");
        var argument = item.Words("groups") is { Length: > 0 } groups ? string.Join(' ', groups) : item.Text("group") ?? item.Text("drug");
        var until = item.Text("until") is { } date ? facts.FindById(date) : null;
        if (item.Has("until") && until?.Type is not FactType.Date) item.Problem("until", "must be a fact that is a date");
        int[] inputs = facts.FindById(from) is { } list ? [list.Index] : [];
        return new(from, rule, argument)
        {
            Inputs = until is null ? inputs : [.. inputs, until.Index],
            Until = until?.Index,
            Kinds = [.. item.Items("kinds").Select(LoadToxicityKind)],
        };
    }

    private static ToxicityKind LoadToxicityKind(YamlItem item)
    {
        var kind = new ToxicityKind(item.Words("words"), item.Integer("stops-from"));
        if (kind.Words.Length == 0 || Array.Exists(kind.Words, w => !w.All(char.IsLetter))) item.Problem("words", "one or more words of letters alone are expected");
        if (kind.StopsFrom is < 1 or > 5) item.Problem("stops-from", "a grade from 1 to 5 is expected");
        item.Done();
        return kind;
    }

    /// <summary>An order in which each fact comes after what it follows from; a cycle is a problem.</summary>
    private int[] Order(FactDefinition[] definitions)
    {
        var order = new List<int>(definitions.Length);
        var state = new byte[definitions.Length];
        foreach (var definition in definitions) Visit(definition.Index, []);
        return [.. order];

        void Visit(int index, List<string> path)
        {
            if (state[index] == 2) return;
            path = [.. path, definitions[index].Id];
            if (state[index] == 1)
            {
                factItems[definitions[index].Id].Problem("derive", $"a cycle between derived facts: {string.Join(" -> ", path.SkipWhile(p => p != definitions[index].Id))}");
                return;
            }

            state[index] = 1;
            foreach (var input in definitions[index].Derivations.SelectMany(d => d.Inputs)) Visit(input, path);
            state[index] = 2;
            order.Add(index);
        }
    }

    private readonly HashSet<string> consistencyIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> limitIds = new(StringComparer.Ordinal);

    private Consistency[] LoadConsistency() => File("facts/consistency.yaml") is not { } file ? [] : [.. file.Items().Select(item =>
    {
        var holds = Condition(item, "holds");
        CheckOnce(item, "consistency rule", item.Text("id") ?? "", consistencyIds);
        var rule = holds is null ? null : new Consistency(item.Required("id"), holds, item.Phrase("says", required: true), item.Citation(documents), item.Review(), item.Place) { RecordOnly = item.Boolean("record-only") };
        if (rule is not null) item.Done();
        return rule;
    }).OfType<Consistency>()];

    /// <summary>The invented patient is a case file like any other.</summary>
    private string LoadExample(Treatment[] treatments, Formulary formulary)
    {
        if (File(ExampleFile)?.Text() is not { } text) return "";
        foreach (var problem in CaseFileReader.Read(Encoding.UTF8.GetBytes(text), facts, formulary, [.. treatments.Select(t => t.Id)]).Problems) problems.Add(new(ExampleFile, 1, 1, problem.ToString()));
        return text;
    }

    private FallbackLimits[] LoadFallbackLimits()
    {
        if (File("facts/fallback-limits.yaml") is not { } file) return [];
        return [.. file.Items().Select(item =>
        {
            var limits = item.Items("limits").Select(LoadLimit).OfType<FallbackLimit>().ToArray();
            var set = new FallbackLimits(item.Required("id"), item.Phrase("label", required: true), limits, item.Citation(documents), item.Review());
            CheckOnce(item, "set of limits", set.Id, limitIds);
            item.Done();
            return set;
        })];
    }

    private FallbackLimit? LoadLimit(YamlItem item)
    {
        var id = item.Required("fact");
        var when = item.Has("when") ? Condition(item, "when") : null;
        var written = item.Required("value");
        item.Done();
        if (facts.FindById(id) is not { } fact)
        {
            item.Problem("fact", $"'{id}' is not a fact");
            return null;
        }

        if (!Quantity.TryParse(written, out var value, out var unitText) || !Unit.TryParse(unitText, out var unit) || fact.SystemOf(unit) != 0)
        {
            item.Problem("value", $"'{written}' must be a number in {string.Join(" or ", fact.Units)}");
            return null;
        }

        return new(fact.Index, when, value * unit.Factor / fact.CanonicalUnit(0)!.Factor, written);
    }
}
