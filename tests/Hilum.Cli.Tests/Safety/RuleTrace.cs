using Hilum.Cli.Tests.Support;
using Hilum.Expressions;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Cli.Tests.Safety;

/// <summary>One rule of the guidance: where it stands, where it comes from, and the worked cases in which it acts.</summary>
internal sealed record TracedRule(string Kind, string Group, string Id, string Place, Citation Source, Review Review, bool HasReview, int Cases, int Failed);

/// <summary>Runs every worked case and notes which rules act in it.</summary>
internal sealed class RuleTrace
{
    private readonly Dictionary<(string Group, string Id), HashSet<(string File, int Line)>> reached = [];
    private readonly HashSet<(string File, int Line)> failed;
    private readonly List<TracedRule> rules = [];

    public RuleTrace()
    {
        var content = Repository.Content;
        var (count, failures) = WorkedCases.Run(ContentFiles.Read(Repository.Guidance), content, Note);
        failed = [.. failures.Select(f => (f.File, f.Line))];
        Cases = count;
        foreach (var edition in content.Catalogue.Editions)
            foreach (var rule in edition.Recommendations) Add(edition.Kind is EditionKind.Funding ? "funding" : "editions", edition.Id, rule.Id, rule.Place, rule.Source, rule.Review);
        foreach (var rule in content.Catalogue.SafetyRules) Add("safety", "safety", rule.Id, rule.Place, rule.Source, rule.Review);
        foreach (var rule in content.Catalogue.UrgentRules) Add("urgent", "urgent", rule.Id, rule.Place, rule.Source, rule.Review);
        foreach (var question in content.Questions) Add("questions", "questions", question.Id, "questions.yaml", question.Source, question.Review);
        foreach (var model in content.RiskModels)
            foreach (var factor in model.Factors) Add("risk", model.Id, factor.Id, $"risk/{model.Id}.yaml", model.Source, model.Review);
        foreach (var fact in content.Facts.Facts)
            foreach (var derivation in fact.Derivations.Where(d => !string.IsNullOrEmpty(d.Source.Document)).DistinctBy(d => d.Source))
                rules.Add(new("facts", "derived facts", fact.Id, "facts", derivation.Source, default, HasReview: false, CasesOf("facts", fact.Id).Count, 0));
    }

    /// <summary>How many worked cases there are.</summary>
    public int Cases { get; }

    /// <summary>How many of them fail.</summary>
    public int Failed => failed.Count;

    /// <summary>Every rule, in the order of the guidance.</summary>
    public IReadOnlyList<TracedRule> Rules => rules;

    private HashSet<(string File, int Line)> CasesOf(string group, string id) => reached.TryGetValue((group, id), out var cases) ? cases : [];

    private void Add(string kind, string group, string id, string place, Citation source, Review review)
    {
        var cases = CasesOf(group, id);
        rules.Add(new(kind, group, id, place.Split(':')[0], source, review, HasReview: true, cases.Count, cases.Count(failed.Contains)));
    }

    private void Note(string file, int line, Assessment assessment)
    {
        var facts = assessment.Case.Possible;
        var edition = file.StartsWith("editions/", StringComparison.Ordinal) ? assessment.Editions[0] : null;
        foreach (var rule in edition?.Recommendations ?? [])
            if (rule.When.Evaluate(facts) is Truth.True) Reach(edition!.Id, rule.Id, file, line);
        foreach (var rule in Repository.Content.Catalogue.SafetyRules)
            if (rule.State(facts) is Truth.True) Reach("safety", rule.Id, file, line);
        foreach (var rule in assessment.Urgent) Reach("urgent", rule.Id, file, line);
        foreach (var question in Repository.Content.QuestionsFor(assessment.Case)) Reach("questions", question.Id, file, line);
        foreach (var risk in assessment.Risk)
            for (var i = 0; i < risk.Factors.Count; i++)
                if (risk.Factors[i] is Truth.True) Reach(risk.Model.Id, risk.Model.Factors[i].Id, file, line);
        foreach (var fact in assessment.Case.Facts)
            if (fact is { IsDerived: true, Possible.IsKnown: true }) Reach("facts", fact.Definition.Id, file, line);
    }

    private void Reach(string group, string id, string file, int line)
    {
        if (!reached.TryGetValue((group, id), out var cases)) reached.Add((group, id), cases = []);
        cases.Add((file, line));
    }
}
