using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Risk;
using Hilum.Words;

namespace Hilum.Guidance;

/// <content>Risk models, editions and safety rules.</content>
public sealed partial class ContentLoader
{
    private RiskModel[] LoadRisk()
    {
        var models = new List<RiskModel>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in Folder("risk/").Select(f => f.Item()).OfType<YamlItem>())
        {
            var fact = item.Required("fact");
            var labels = facts.FindById(fact);
            if (labels is null) item.Problem("fact", $"'{fact}' is not a fact");
            if (item.Text("count") is { } count && facts.FindById(count) is null) item.Problem("count", $"'{count}' is not a fact");
            var applies = Condition(item, "applies");
            var factors = item.Items("factors").Select(LoadFactor).OfType<RiskFactor>().ToArray();
            var groups = item.Items("groups").Select(g => LoadGroup(g, labels)).ToArray();
            var survival = item.Items("survival").Select(LoadCohort).ToArray();
            if (applies is null) continue;
            models.Add(new()
            {
                Id = item.Required("id"),
                Name = item.Phrase("name", required: true),
                Applies = applies,
                Factors = factors,
                Groups = groups,
                Note = item.Phrase("note"),
                Source = item.Citation(documents),
                Review = item.Review(),
                Survival = survival,
            });
            CheckOnce(item, "risk model", models[^1].Id, ids);
            foreach (var twice in factors.GroupBy(f => f.Id, StringComparer.Ordinal).Where(g => g.Count() > 1)) item.Problem("factors", $"the factor '{twice.Key}' stands twice");
            item.Done();
        }

        return [.. models.OrderBy(m => m.Id, StringComparer.Ordinal)];
    }

    private RiskFactor? LoadFactor(YamlItem item)
    {
        var id = item.Required("id");
        var when = Condition(item, "when");
        var label = item.Phrase("label", required: true);
        item.Citation(documents, required: false);
        item.Review(required: false);
        item.Node("note");
        item.Done();
        return when is null ? null : new(id, when, label, [.. References.Of(when).Select(f => facts.Facts[f].Id)]);
    }

    private static RiskGroup LoadGroup(YamlItem item, FactDefinition? labels)
    {
        var id = item.Required("id");
        var label = labels?.Values.FirstOrDefault(v => v.Code == id)?.Label ?? Phrase.Same(id);
        var group = new RiskGroup(id, label, item.Integer("min", required: true) ?? 0, item.Integer("max", required: true) ?? 0);
        item.Done();
        return group;
    }

    private SurvivalCohort LoadCohort(YamlItem item)
    {
        var figures = item.Items("figures").Select(f =>
        {
            var figure = new SurvivalFigure(f.Required("group"), f.Required("measure"), f.Decimal("value"), f.Required("unit"), f.Decimal("low"), f.Decimal("high"), f.Decimal("level"));
            f.Node("note");
            f.Done();
            if ((figure.Low is not null || figure.High is not null) && figure.Level is null) f.Problem("level", "an interval needs its level: not all are 95 %");
            if (figure.Low > figure.High) f.Problem("low", "an empty interval: low is above high");
            return figure;
        }).ToArray();
        var cohort = new SurvivalCohort(item.Phrase("cohort", required: true, plain: true), item.Phrase("era", required: true), item.Integer("n"), figures, item.Citation(documents), item.Review());
        item.Node("note");
        item.Done();
        return cohort;
    }

    private Edition[] LoadEditions(Treatment[] treatments)
    {
        var editions = new List<Edition>();
        foreach (var head in files.Where(f => f.Key.StartsWith("editions/", StringComparison.Ordinal) && f.Key.EndsWith("/edition.yaml", StringComparison.Ordinal)).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value))
            if (head.Item() is { } item && LoadEdition(item, treatments) is { } edition) editions.Add(edition);
        return [.. editions];
    }

    private Edition? LoadEdition(YamlItem item, Treatment[] treatments)
    {
        var folderPath = item.File.Path[..^"edition.yaml".Length];
        var symbols = new EditionSymbols(facts);
        var terms = new List<Define>();
        if (item.Item("define") is { } defines)
        {
            foreach (var member in defines.Members())
            {
                var (name, value) = (member.Key, member.Value);
                if (facts.Find(name) is not null) item.File.Problem(value, $"'{name}' is the name of a fact");
                else if (value.IsValue && Condition(defines, value, symbols) is { } node)
                {
                    symbols.Add(name, node);
                    terms.Add(new(name, node, $"{item.File.Path}:{value.Line}"));
                }
            }
        }

        var id = item.Required("id");
        if (!folderPath.EndsWith($"/{id}/", StringComparison.Ordinal)) item.Problem("id", $"the folder must be named {id}");
        var scope = Condition(item, "scope", symbols: symbols);
        Statement[] statements = [.. item.Items("statements").Select(s => LoadStatement(s, symbols, silent: false)), .. item.Items("silent").Select(s => LoadStatement(s, symbols, silent: true))];
        foreach (var twice in statements.GroupBy(s => s.Id, StringComparer.Ordinal).Where(g => g.Count() > 1)) item.Problem($"the statement '{twice.Key}' stands twice");
        var recommendations = Folder(folderPath).Where(f => f.Path != item.File.Path).SelectMany(f => f.Items()).Select(r => LoadRecommendation(r, treatments, symbols)).OfType<Recommendation>().ToArray();
        foreach (var twice in recommendations.GroupBy(r => r.Id, StringComparer.Ordinal).Where(g => g.Count() > 1)) item.Problem($"the recommendation '{twice.Key}' stands twice");
        item.Node("grades");
        item.Node("licence");
        var kind = item.Required("kind") switch
        {
            "clinical" => EditionKind.Clinical,
            "funding" => EditionKind.Funding,
            "historical" => EditionKind.Historical,
            var other => Refuse(item, other),
        };
        var edition = scope is null ? null : new Edition
        {
            Id = id,
            Title = item.Phrase("title", required: true),
            Publisher = item.Required("publisher"),
            Published = item.Required("published"),
            Country = item.Text("country") ?? "",
            Kind = kind,
            Status = item.Required("status"),
            Scope = scope,
            ReviewBy = ReviewBy(item),
            Note = item.Phrase("note"),
            Defines = [.. terms],
            Statements = statements,
            Recommendations = recommendations,
            Url = item.Text("url"),
        };
        item.Done();
        if (edition?.Status is not (null or "current" or "superseded" or "historical")) item.Problem("status", "must be current, superseded or historical");
        return edition;
    }

    private static DateOnly ReviewBy(YamlItem item)
    {
        if (item.Text("review-by") is not { } text) return DateOnly.MaxValue;
        if (Measures.PartialDate.TryParse(text, out var date) && date.IsComplete) return date.Earliest;
        item.Problem("review-by", $"'{text}' must be a day, YYYY-MM-DD");
        return DateOnly.MaxValue;
    }

    private static EditionKind Refuse(YamlItem item, string word)
    {
        item.Problem("kind", $"'{word}' must be clinical, funding or historical");
        return EditionKind.Clinical;
    }

    /// <summary>A statement; a silent one says for whom the edition offers nothing, so it needs its condition.</summary>
    private Statement LoadStatement(YamlItem item, ISymbols symbols, bool silent)
    {
        var statement = new Statement(item.Required("id"), item.Phrase("says", required: true), silent || item.Has("when") ? Condition(item, "when", symbols: symbols) : null, item.Has("unless") ? Condition(item, "unless", symbols: symbols) : null, item.Citation(documents), item.Review())
        {
            Silent = silent,
            On = silent ? Checked(item, "on", Kinds) : [],
            Place = item.Place,
        };
        item.Node("grade");
        item.Node("note");
        item.Node("because");
        if (item.Has("evidence")) trialNames.Add((item, "evidence"));
        told.Add(item);
        item.Done();
        return statement;
    }

    private Recommendation? LoadRecommendation(YamlItem item, Treatment[] treatments, ISymbols symbols)
    {
        var offer = item.Words("offer");
        var against = item.Words("against");
        if (offer.Length > 0 == against.Length > 0) item.Problem("a recommendation has either 'offer' or 'against'");
        foreach (var id in offer.Concat(against))
            if (!Array.Exists(treatments, t => t.Id == id)) item.Problem(offer.Length > 0 ? "offer" : "against", $"'{id}' is not a treatment of the catalogue{Spelling.Near(id, treatments.Select(t => t.Id))}");
        var when = Condition(item, "when", symbols: symbols);
        var strength = Standing.NotRecommended;
        if (offer.Length > 0)
        {
            var word = item.Required("strength");
            if (StandingWords.Parse(word) is { } found && found.IsOffered()) strength = found;
            else item.Problem("strength", $"'{word}' must be preferred, recommended, option or specialised-centre");
        }
        else if (item.Has("strength"))
        {
            item.Problem("strength", "a statement against has no strength");
        }

        told.Add(item);
        var says = item.Phrase("says", required: true);
        var recommendation = when is null ? null : new Recommendation
        {
            Id = item.Required("id"),
            Says = says,
            Treatments = [.. offer, .. against],
            Against = against.Length > 0,
            When = when,
            Strength = strength,
            Grade = item.Text("grade"),
            Because = item.Phrase("because"),
            Note = item.Phrase("note"),
            Evidence = item.Words("evidence"),
            Source = item.Citation(documents),
            Review = item.Review(),
            Place = item.Place,
        };
        if (recommendation is not null) item.Done();
        return recommendation;
    }

    private SafetyRule[] LoadSafety(Treatment[] treatments, Drug[] drugs, DrugClass[] classes)
    {
        var rules = new Dictionary<string, SafetyRule>(StringComparer.Ordinal);
        foreach (var item in Folder("safety/").Where(f => !f.Path.StartsWith("safety/medicines", StringComparison.Ordinal) && f.Path != "safety/urgent.yaml").SelectMany(f => f.Items()))
        {
            var each = item.Item("applies-to") is { } to ? Checked(to, "each", drugs.Select(d => d.Id)) : [];
            foreach (var drug in each.Length == 0 ? [null] : drugs.Where(d => each.Contains(d.Id)).Cast<Drug?>())
                if (LoadSafetyRule(item, treatments, drugs, classes, drug) is { } rule && !rules.TryAdd(rule.Id, rule)) item.Problem($"the safety rule '{rule.Id}' stands twice");
        }

        return [.. rules.Values.OrderBy(r => r.Id, StringComparer.Ordinal)];
    }

    private const string EachDrug = "{drug}";

    /// <summary>One rule; of an item that stands for several drugs, the rule of one of them: <c>{drug}</c> is its id, in what the rule says its name.</summary>
    private SafetyRule? LoadSafetyRule(YamlItem item, Treatment[] treatments, Drug[] drugs, DrugClass[] classes, Drug? drug)
    {
        var when = Condition(item, "when", drug: drug?.Id ?? "");
        var unless = item.Has("unless") ? Condition(item, "unless", drug: drug?.Id ?? "") : null;
        var severityWord = item.Required("severity");
        var severity = SafetyRule.ParseSeverity(severityWord);
        if (severity is null) item.Problem("severity", $"'{severityWord}' must be contraindicated, avoid, adjust-dose, caution or monitor");
        var to = item.Item("applies-to");
        if (to is null || when is null)
        {
            if (to is null) item.Problem("'applies-to' is missing");
            return null;
        }

        to.Node("each");
        var says = item.Phrase("says", required: true);
        var rule = new SafetyRule
        {
            Id = drug is null ? item.Required("id") : $"{item.Required("id")}-{drug.Id}",
            Drugs = drug is null ? Checked(to, "drugs", drugs.Select(d => d.Id)) : [drug.Id],
            Classes = Checked(to, "classes", classes.Select(c => c.Id)),
            Treatments = Checked(to, "treatments", treatments.Select(t => t.Id)),
            Kinds = Checked(to, "kinds", Kinds),
            Except = Checked(to, "except", treatments.Select(t => t.Id)),
            Starting = item.Has("starting") ? item.Boolean("starting") : null,
            Asks = item.Has("asks") && item.Boolean("asks"),
            Severity = severity ?? Severity.Caution,
            When = when,
            Unless = unless,
            Override = item.Phrase("override"),
            Says = drug is null ? says : new(says.En?.Replace(EachDrug, drug.Name.En, StringComparison.Ordinal), says.Fr?.Replace(EachDrug, drug.Name.Fr, StringComparison.Ordinal)),
            Source = item.Citation(documents),
            Review = item.Review(),
            Place = item.Place,
        };
        item.Node("note");
        to.Done();
        item.Done();
        if (rule.Drugs.Length + rule.Classes.Length + rule.Treatments.Length + rule.Kinds.Length == 0) item.Problem("applies-to", "names no drug, class, treatment or kind");
        return rule;
    }

    private static string[] Checked(YamlItem item, string key, IEnumerable<string> known)
    {
        var words = item.Words(key);
        foreach (var word in words.Except(known, StringComparer.Ordinal)) item.Problem(key, $"'{word}' is not known{Spelling.Near(word, known)}");
        return words;
    }

    private readonly HashSet<string> urgentIds = new(StringComparer.Ordinal);

    private UrgentRule[] LoadUrgent() => File("safety/urgent.yaml") is not { } file ? [] : [.. file.Items().Select(item =>
    {
        var when = Condition(item, "when");
        CheckOnce(item, "urgent rule", item.Text("id") ?? "", urgentIds);
        var rule = when is null ? null : new UrgentRule(item.Required("id"), when, item.Phrase("says", required: true), item.Citation(documents), item.Review(), item.Place);
        item.Node("note");
        if (rule is not null) item.Done();
        return rule;
    }).OfType<UrgentRule>()];

    /// <summary>Facts, and the terms that one edition defines.</summary>
    private sealed class EditionSymbols(FactDictionary facts) : ISymbols
    {
        private readonly Dictionary<string, TruthNode> defines = new(StringComparer.Ordinal);

        public IEnumerable<string> Names => facts.Names.Concat(defines.Keys);

        public void Add(string name, TruthNode node) => defines[name] = node;

        public Symbol? Find(string name) => facts.Find(name);

        public TruthNode? FindDefine(string name) => defines.GetValueOrDefault(name);
    }
}
