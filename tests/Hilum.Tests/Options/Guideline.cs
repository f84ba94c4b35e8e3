using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Risk;
using Hilum.Words;

namespace Hilum.Tests.Options;

/// <summary>Small invented editions over a small dictionary, written as their files would say it.</summary>
/// <param name="dictionary">The facts.</param>
internal sealed class Guideline(FactDictionary dictionary)
{
    private readonly List<Treatment> treatments = [];
    private readonly List<Drug> drugs = [];
    private readonly List<SafetyRule> safety = [];
    private readonly List<Edition> editions = [];
    private readonly List<UrgentRule> urgent = [];
    private string scope = "true";
    private string kidney = "true";

    /// <summary>For whom plans are made.</summary>
    public Guideline For(string condition, string kidneyCancer = "true")
    {
        (scope, kidney) = (condition, kidneyCancer);
        return this;
    }

    /// <summary>A treatment of the catalogue, with the drugs and classes of its parts (<c>drug:class</c>).</summary>
    public Guideline Treatment(string id, string kind = "targeted", params string[] parts)
    {
        foreach (var part in parts)
        {
            var words = part.Split(':');
            drugs.Add(new() { Id = words[0], Class = words.Length > 1 ? words[1] : "" });
        }

        treatments.Add(new() { Id = id, Kind = kind, Parts = [.. parts.Select(p => new TreatmentPart(p.Split(':')[0], "", "", default, [], default, default))] });
        return this;
    }

    /// <summary>An edition: each rule says <c>preferred tea when Fever</c> or <c>against tea when Cough</c>.</summary>
    public Guideline Edition(string id, params string[] rules) => Edition(id, e => e, rules);

    /// <summary>An edition, changed.</summary>
    public Guideline Edition(string id, Func<Edition, Edition> change, params string[] rules)
    {
        editions.Add(change(new() { Id = id, Scope = Sample.Condition(dictionary, "true"), Recommendations = [.. rules.Select((r, i) => Rule($"{id}-{i + 1}", r))] }));
        return this;
    }

    /// <summary>A safety rule.</summary>
    public Guideline Safety(string id, Severity severity, string when, string? unless = null, Func<SafetyRule, SafetyRule>? about = null)
    {
        var rule = new SafetyRule
        {
            Id = id,
            Severity = severity,
            When = Sample.Condition(dictionary, when),
            Unless = unless is null ? null : Sample.Condition(dictionary, unless),
            Override = new("only after a team decision", "seulement après décision d'équipe"),
        };
        safety.Add(about is null ? rule with { Treatments = [.. treatments.Select(t => t.Id)] } : about(rule));
        return this;
    }

    /// <summary>An emergency.</summary>
    public Guideline Urgent(string id, string when)
    {
        urgent.Add(new(id, Sample.Condition(dictionary, when), Phrase.Same(id), default, default, ""));
        return this;
    }

    /// <summary>The catalogue.</summary>
    public Catalogue Catalogue()
    {
        Treatment[] all = [.. treatments.OrderBy(t => t.Id, StringComparer.Ordinal)];
        var planning = new PlanningScope(
            Sample.Condition(dictionary, scope), Sample.Condition(dictionary, kidney), Phrase.Same("in"), Phrase.Same("outside: not kidney"), Phrase.Same("outside: stage"), Phrase.Same("unknown"))
        {
            EndedBy = new TruthConstant(false),
            AgainstIt = new TruthConstant(false),
        };
        return new(planning, all, [.. editions], [.. safety], [.. urgent], Hilum.Options.Catalogue.MatchSafety(all, [.. safety], new([.. drugs.DistinctBy(d => d.Id)], [], [], [])));
    }

    /// <summary>The assessment of a case by every current edition, or by the named ones.</summary>
    public Assessment Assess(Case patient, params string[] named)
    {
        var catalogue = Catalogue();
        return new Assessor(catalogue, Array.Empty<RiskModel>()).Assess(patient, named.Length == 0 ? null : [.. named.Select(n => catalogue.FindEdition(n)!)]);
    }

    private Recommendation Rule(string id, string text)
    {
        var words = text.Split(' ', 4);
        return new()
        {
            Id = id,
            Treatments = words[1].Split('+'),
            Against = words[0] == "against",
            Strength = words[0] == "against" ? default : StandingWords.Parse(words[0]) ?? throw new InvalidOperationException(words[0]),
            When = Sample.Condition(dictionary, words[3]),
        };
    }
}
