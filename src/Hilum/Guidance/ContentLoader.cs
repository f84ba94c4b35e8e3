using System.Text.RegularExpressions;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Risk;
using Hilum.Words;

namespace Hilum.Guidance;

/// <summary>Reads the text of a guidance folder into checked content. Every problem is reported with file, line and reason, all at once.</summary>
public sealed partial class ContentLoader
{
    private readonly ContentFiles folder;
    private readonly List<ContentProblem> problems = [];
    private readonly Dictionary<string, YamlFile> files = new(StringComparer.Ordinal);
    private HashSet<string> documents = [];
    private FactDictionary facts = null!;
    private ConditionCompiler conditions = null!;
    private Task reading = Task.CompletedTask;

    private ContentLoader(ContentFiles folder) => this.folder = folder;

    /// <summary>Reads a folder.</summary>
    /// <exception cref="ContentException">Something in it is wrong; every problem is listed.</exception>
    public static GuidanceContent Load(ContentFiles folder)
    {
        var loader = new ContentLoader(folder);
        var content = loader.Load();
        loader.reading.Wait();
        if (content is null || loader.Wrong)
            throw new ContentException([.. loader.problems.Concat(loader.files.Values.SelectMany(f => f.Problems)).OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line).ThenBy(p => p.Column).Distinct()])
            {
                Unreadable = [.. loader.files.Values.Where(f => f.IsUnreadable).Select(f => f.Path).Order(StringComparer.Ordinal)],
            };
        return content;
    }

    private GuidanceContent? Load()
    {
        foreach (var (path, bytes) in folder.Files)
            if (path.EndsWith(".yaml", StringComparison.Ordinal) && !path.EndsWith(".cases.yaml", StringComparison.Ordinal)) files.Add(path, new(path, bytes));
            else if (path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || (path.Contains(".yaml", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".yaml", StringComparison.Ordinal))) problems.Add(new(path, 1, 1, "guidance files end in .yaml"));
            else if (path.EndsWith(".cases.yaml", StringComparison.Ordinal) && !folder.Files.Any(f => f.Path == RulesOf(path))) problems.Add(new(path, 1, 1, $"worked cases stand beside their rules, and there is no {RulesOf(path)}"));
            else if (!path.EndsWith(".yaml", StringComparison.Ordinal) && path is not ("README.md" or "LICENSE")) problems.Add(new(path, 1, 1, NobodyReads));
        foreach (var path in Needed.Where(p => !files.ContainsKey(p))) problems.Add(new(path, 1, 1, "this file is missing"));
        reading = Task.Run(ReadAhead);

        var sources = LoadSources();
        documents = [.. sources.Select(s => s.Id)];
        var header = File("content.yaml")?.Item();
        if (header is null) problems.Add(new("content.yaml", 1, 1, "this file must say version, intended-use, not-for and limits"));
        facts = LoadFacts();
        if (Wrong && facts.Facts.Length == 0) return null;
        conditions = new(facts, facts[FactDictionary.TodayId].Symbol);
        CheckGuards();
        var classes = LoadDrugClasses();
        var drugs = LoadDrugs(classes);
        var medicines = LoadMedicines();
        var treatments = LoadTreatments(drugs);
        var regimens = treatments.Where(t => t.Parts.Length > 0).Select(t => new Regimen(t.Id, [.. t.Parts.Select(p => p.Drug)])).ToArray();
        CheckSpellings(drugs, medicines);
        var formulary = new Formulary(drugs, classes, medicines, regimens);
        var models = LoadRisk();
        LinkDerivations(models);
        var safety = LoadSafety(treatments, drugs, classes);
        var editions = LoadEditions(treatments);
        var trials = LoadTrials(treatments);
        CheckEvidence(editions, trials);
        var questions = LoadQuestions();
        var scope = LoadScope();
        var consistency = LoadConsistency();
        var example = LoadExample(treatments, formulary);
        var fallback = LoadFallbackLimits();
        var urgent = LoadUrgent();
        // what stands in a file that cannot be read would be called unused or missing
        if (!files.Values.Any(f => f.IsUnreadable))
        {
            CheckUnusedFacts(editions, safety, urgent, models, trials, questions, scope);
            CheckNeverOffered(treatments, editions);
            CheckFigures(trials, models, treatments);
        }

        CheckPatientTexts(drugs, classes);
        var ranges = LoadSurvivalRanges(classes);
        var plans = LoadPlanWords(treatments);
        var wording = LoadWording();
        foreach (var file in files.Values.Where(f => !f.IsAsked)) problems.Add(new(file.Path, 1, 1, NobodyReads));
        if (header is null || scope is null || Wrong) return null;
        var content = new GuidanceContent
        {
            Version = header.Required("version"),
            Sha256 = folder.Sha256,
            IntendedUse = header.Phrase("intended-use", required: true),
            NotFor = header.Phrase("not-for", required: true),
            Limits = [.. header.Items("limits").Select(i => new Phrase(i.Required("en").Trim(), i.Required("fr").Trim()))],
            Facts = facts,
            Formulary = formulary,
            RiskModels = models,
            Catalogue = new(scope, treatments, editions, safety, urgent, Catalogue.MatchSafety(treatments, safety, formulary)),
            Consistency = consistency,
            Example = example,
            FallbackLimits = fallback,
            Trials = trials,
            Questions = questions,
            SurvivalRanges = ranges,
            Plans = plans,
            Sources = sources,
            Wording = wording,
        };
        return content;
    }

    /// <summary>Reads the files in the order in which loading asks for them, so that one core reads while the other makes content of what is read.</summary>
    private void ReadAhead()
    {
        foreach (var file in files.Values.OrderBy(f => Array.FindIndex(Asked, o => f.Path.StartsWith(o, StringComparison.Ordinal)) is var place and >= 0 ? place : Asked.Length))
            _ = file.Root;
    }

    /// <summary>The rules that a file of worked cases belongs to.</summary>
    internal static string RulesOf(string cases) => string.Concat(cases.AsSpan(0, cases.Length - ".cases.yaml".Length), ".yaml");

    private const string NobodyReads = "nothing reads this file: guidance/README.md names the folders and files there are";

    /// <summary>Files without which an answer would lack something in silence.</summary>
    private static readonly string[] Needed =
    [
        "drugs/classes.yaml", "facts/consistency.yaml", ExampleFile, "facts/fallback-limits.yaml", "facts/scope.yaml", "plans.yaml", "questions.yaml", "safety/medicines.yaml", "safety/urgent.yaml", "survival.yaml",
    ];

    private static readonly string[] Asked = ["sources", "content", "facts/", "drugs/", "safety/medicines", "treatments/", "risk/", "safety/", "editions/", "evidence/"];

    private bool Wrong => problems.Count > 0 || files.Values.Any(f => f.Problems.Count > 0);

    private YamlFile? File(string path) => files.GetValueOrDefault(path);

    private IEnumerable<YamlFile> Folder(string prefix) => files.Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value);

    private SourceDocument[] LoadSources()
    {
        var sources = new Dictionary<string, SourceDocument>(StringComparer.Ordinal);
        foreach (var item in Folder("sources/").Concat(Folder("sources.yaml")).SelectMany(f => f.Items()))
        {
            var document = new SourceDocument(item.Required("id"), item.Required("title"), item.Required("publisher"), item.Text("published") ?? "",
                item.Text("url"), item.Text("doi"), item.Text("licence"), item.Text("note")?.Trim());
            item.Done();
            if (!sources.TryAdd(document.Id, document)) item.Problem($"the document '{document.Id}' stands twice");
        }

        return [.. sources.Values.OrderBy(s => s.Id, StringComparer.Ordinal)];
    }

    private Dictionary<string, Phrase> LoadWording()
    {
        var en = Sentences("wording/en.yaml");
        var fr = Sentences("wording/fr.yaml");
        foreach (var key in en.Keys.Except(fr.Keys, StringComparer.Ordinal)) problems.Add(new("wording/fr.yaml", 1, 1, $"the sentence '{key}' is missing"));
        foreach (var key in fr.Keys.Except(en.Keys, StringComparer.Ordinal)) problems.Add(new("wording/en.yaml", 1, 1, $"the sentence '{key}' is missing"));
        var parts = new Regex(@"\{\d\}", RegexOptions.None, TimeSpan.FromSeconds(1));
        var both = new Dictionary<string, Phrase>(StringComparer.Ordinal);
        foreach (var (key, english) in en)
        {
            if (!fr.TryGetValue(key, out var french)) continue;
            if (!parts.Matches(english).Select(m => m.Value).Order(StringComparer.Ordinal).Distinct().SequenceEqual(parts.Matches(french).Select(m => m.Value).Order(StringComparer.Ordinal).Distinct()))
                problems.Add(new("wording/fr.yaml", 1, 1, $"the sentence '{key}' does not fill in the same parts as the English one"));
            both.Add(key, new(english, french));
        }

        return both;
    }

    private Dictionary<string, string> Sentences(string path)
    {
        if (File(path)?.Item() is not { } item)
        {
            problems.Add(new(path, 1, 1, "the sentences that people see are missing"));
            return [];
        }

        return item.Members().Where(m => m.Value.IsValue).ToDictionary(m => m.Key, m => m.Value.Text ?? "", StringComparer.Ordinal);
    }

    private PlanningScope? LoadScope()
    {
        if (File("facts/scope.yaml")?.Item() is not { } item) return null;
        var condition = Condition(item, "condition");
        var (endedBy, againstIt) = (Condition(item, "ended-by"), Condition(item, "against-it"));
        var because = item.Item("because", required: true);
        item.Done();
        if (condition is null || endedBy is null || againstIt is null || because is null) return null;
        var scope = new PlanningScope(condition, new IsTrue(facts["kidney-cancer"].Index), because.Phrase("in", true), because.Phrase("outside-not-kidney", true), because.Phrase("outside-stage", true), because.Phrase("unknown", true))
        {
            EndedBy = endedBy,
            AgainstIt = againstIt,
            Ended = because.Phrase("ended", true),
            EndedBut = because.Phrase("ended-but", true),
            PerhapsEnded = because.Phrase("perhaps-ended", true),
        };
        because.Done();
        return scope;
    }

    // ---- conditions ----

    private TruthNode? Condition(YamlItem item, string key, bool required = true, ISymbols? symbols = null, string drug = "")
    {
        if (item.Scalar(key, required) is not { } scalar) return null;
        if (!string.IsNullOrWhiteSpace(scalar.Text)) return Condition(item, scalar, symbols, drug);
        item.Problem(key, $"'{key}' is empty");
        return null;
    }

    /// <summary>Compiles a condition; in a rule that stands for several drugs, <c>{drug}</c> is the id of the one in hand.</summary>
    private TruthNode? Condition(YamlItem item, TextNode scalar, ISymbols? symbols = null, string drug = "")
    {
        var errors = new List<ConditionError>();
        var compiler = symbols is null ? conditions : conditions.With(symbols);
        var text = scalar.Text ?? "";
        var node = compiler.Condition(drug.Length == 0 ? text : text.Replace(EachDrug, drug, StringComparison.Ordinal), errors);
        Report(item.File, scalar, errors);
        if (node is not null) CheckGuards(item.File, scalar, node);
        return node;
    }

    private static void Report(YamlFile file, TextNode scalar, List<ConditionError> errors)
    {
        foreach (var error in errors)
        {
            var (line, column) = file.PlaceOf(scalar, error.Position);
            file.Problem(line, column, error.Message);
        }
    }

    /// <summary>A fact that may not exist must be asked about only beside the fact that says it does.</summary>
    private void CheckGuards(YamlFile file, TextNode scalar, TruthNode node)
    {
        foreach (var index in References.Of(node))
        {
            if (facts.Facts[index].GuardedBy is not { } guard) continue;
            var guards = GuardFacts(guard);
            if (guards.Count > 0 && !Guarded(node, index, guards, guarded: false))
                file.Problem(scalar, $"{facts.Facts[index].Name} may not exist: write '{guard} and ...' before it");
        }
    }

    /// <summary>What says that a fact exists is a fact, or a condition.</summary>
    private void CheckGuards()
    {
        foreach (var fact in facts.Facts.Where(f => f.GuardedBy is { } guard && facts.FindById(guard) is null))
        {
            var errors = new List<ConditionError>();
            conditions.Condition(fact.GuardedBy!, errors);
            Report(factItems[fact.Id].File, factItems[fact.Id].Scalar("guarded-by")!, errors);
        }
    }

    private HashSet<int> GuardFacts(string guard)
    {
        if (facts.FindById(guard) is { } fact) return [fact.Index];
        return conditions.Condition(guard, []) is { } node ? [.. References.Of(node)] : [];
    }

    private static bool Guarded(TruthNode node, int fact, HashSet<int> guards, bool guarded) => node switch
    {
        And n => (Guarded(n.Left, fact, guards, guarded) || guards.Overlaps(References.Of(n.Right))) && Guarded(n.Right, fact, guards, guarded || guards.Overlaps(References.Of(n.Left))),
        Or n => Guarded(n.Left, fact, guards, guarded) && Guarded(n.Right, fact, guards, guarded || guards.Overlaps(References.Of(n.Left))),
        Implies n => Guarded(n.Left, fact, guards, guarded) && Guarded(n.Right, fact, guards, guarded || guards.Overlaps(References.Of(n.Left))),
        Not n => Guarded(n.Operand, fact, guards, guarded),
        IfTruth n => Guarded(n.When, fact, guards, guarded) && (guarded || guards.Overlaps(References.Of(n.When)) || (Guarded(n.Then, fact, guards, guarded) && Guarded(n.Else, fact, guards, guarded))),
        Named n => Guarded(n.Body, fact, guards, guarded),
        _ => guarded || !References.Of(node).Contains(fact),
    };
}
