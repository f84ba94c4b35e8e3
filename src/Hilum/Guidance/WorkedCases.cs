using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;

namespace Hilum.Guidance;

/// <summary>A worked case that did not come out as its author wrote.</summary>
/// <param name="File">The file, relative to the guidance folder.</param>
/// <param name="Line">The line of the case.</param>
/// <param name="Name">The sentence that names it.</param>
/// <param name="Message">What was expected and what came out.</param>
public sealed record FailedCase(string File, int Line, string Name, string Message)
{
    /// <summary>As compilers write it.</summary>
    public override string ToString() => $"{File}:{Line}: {Name}: {Message}";
}

/// <summary>The worked cases that stand beside the rules: written from the source, run against the rules.</summary>
public sealed class WorkedCases
{
    private readonly GuidanceContent content;
    private readonly string[] treatments;
    private readonly List<FailedCase> failures = [];
    private readonly HashSet<Recommendation> reached = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Path, TextNode Case)> cases = [];
    private Assessment? assessment;

    private WorkedCases(GuidanceContent content)
    {
        this.content = content;
        treatments = [.. content.Catalogue.Treatments.Select(t => t.Id)];
    }

    /// <summary>Runs every case of a folder; how many there were, and those that fail.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="content">Its content.</param>
    /// <param name="judged">Called with the file, the line and the answer of each case, for whoever traces which rules it reaches.</param>
    /// <param name="edition">Only the cases beside the rules of this edition; null for every case there is.</param>
    public static (int Count, IReadOnlyList<FailedCase> Failures) Run(ContentFiles folder, GuidanceContent content, Action<string, int, Assessment>? judged = null, Edition? edition = null)
    {
        var run = new WorkedCases(content);
        var beside = edition is null ? "" : $"editions/{edition.Id}/";
        foreach (var (path, bytes) in folder.Files.Where(f => f.Path.StartsWith(beside, StringComparison.Ordinal) && f.Path.EndsWith(".cases.yaml", StringComparison.Ordinal))) run.RunFile(path, bytes);
        run.RunCases(judged);
        foreach (var rule in content.Catalogue.Editions.Where(e => edition is null || e == edition).SelectMany(e => e.Recommendations).Where(r => !run.reached.Contains(r)))
        {
            var place = rule.Place.Split(':');
            run.failures.Add(new(place[0], int.Parse(place[1], System.Globalization.CultureInfo.InvariantCulture), rule.Id, "no worked case reaches this recommendation and expects something of its treatment"));
        }

        return (run.cases.Count, run.failures);
    }

    /// <summary>Runs only the cases beside one file of rules; the failures, with the recommendations of the file that none of them reaches.</summary>
    public static IReadOnlyList<FailedCase> RunBeside(ContentFiles folder, GuidanceContent content, string path)
    {
        var run = new WorkedCases(content);
        var beside = path.Replace(".yaml", ".cases.yaml", StringComparison.Ordinal);
        foreach (var (file, bytes) in folder.Files.Where(f => f.Path == beside)) run.RunFile(file, bytes);
        run.RunCases(null);
        foreach (var rule in content.Catalogue.Editions.SelectMany(e => e.Recommendations).Where(r => r.Place.StartsWith(path + ":", StringComparison.Ordinal) && !run.reached.Contains(r)))
            run.failures.Add(new(path, 1, rule.Id, "no worked case reaches this recommendation and expects something of its treatment"));
        return run.failures;
    }

    private void RunFile(string path, byte[] bytes)
    {
        var problems = new List<ReadingProblem>();
        var root = TextNode.Read(bytes, problems);
        foreach (var problem in problems) failures.Add(new(path, 1, "the file", problem.ToString()));
        if (problems.Count > 0) return;
        if (root?.Items is not { Count: > 0 } items)
        {
            failures.Add(new(path, root?.Line ?? 1, "the file", "a list of cases was expected"));
            return;
        }

        foreach (var item in items) cases.Add((path, item));
    }

    /// <summary>Judges the cases some at a time, on every core; what came out is told in their order.</summary>
    private void RunCases(Action<string, int, Assessment>? judged)
    {
        foreach (var some in cases.Chunk(16))
        {
            var runs = new WorkedCases[some.Length];
            Parallel.For(0, some.Length, i => (runs[i] = new(content)).RunCase(some[i].Path, some[i].Case));
            foreach (var (run, (path, item)) in runs.Zip(some))
            {
                failures.AddRange(run.failures);
                reached.UnionWith(run.reached);
                if (run.assessment is { } answer) judged?.Invoke(path, item.Line, answer);
            }
        }
    }

    private void RunCase(string path, TextNode item)
    {
        var members = (item.Members ?? []).ToLookup(m => m.Key, m => m.Value, StringComparer.Ordinal);
        var name = members["name"].FirstOrDefault()?.Text ?? "(no name)";
        var failure = (string message) => failures.Add(new(path, item.Line, name, message));
        if (string.IsNullOrWhiteSpace(members["name"].FirstOrDefault()?.Text)) failure("a case needs a name: a sentence that a doctor would say");
        foreach (var again in item.Repeated.Concat(members["expect"].FirstOrDefault()?.Repeated ?? [])) failure($"'{again.Key}' stands twice (line {again.Line})");
        foreach (var unknown in members.Select(m => m.Key).Except(["name", "as-of", "facts", "expect", "accept-limits"], StringComparer.Ordinal)) failure($"'{unknown}' is not known here");
        if (members["facts"].FirstOrDefault() is not { } facts || members["expect"].FirstOrDefault()?.Members is not { Count: > 0 } expect)
        {
            failure("a case needs facts and expect");
            return;
        }

        var asOf = new DateOnly(2026, 11, 3);
        if (members["as-of"].FirstOrDefault() is { } day)
        {
            if (PartialDate.TryParse(day.Text, out var date) && date.IsComplete) asOf = date.Earliest;
            else failure($"as-of: '{day.Text}' is not a day, YYYY-MM-DD");
        }

        var reading = CaseFileReader.ReadFacts(facts, asOf, content.Facts, content.Formulary, treatments);
        if (reading.Record is null)
        {
            foreach (var problem in reading.Problems) failure(problem.ToString());
            return;
        }

        var accepted = members["accept-limits"].SelectMany(Words).ToArray();
        foreach (var unknown in accepted.Except(content.FallbackLimits.Select(l => l.Id), StringComparer.Ordinal)) failure($"accept-limits: '{unknown}' is not a set of limits");
        var limits = content.FallbackLimits.Where(l => accepted.Contains(l.Id)).ToArray();
        var patient = new CaseBuilder(content.Facts).Build(reading.Record, new() { AsOf = asOf, AcceptedLimits = limits });
        var parts = path.Split('/');
        var edition = parts is ["editions", var id, ..] ? content.Catalogue.FindEdition(id) : null;
        assessment = content.Assessor.Assess(patient, edition is null ? null : [edition]);
        // a case that says nothing of the treatment would pass whatever the recommendation said
        if (edition is not null) reached.UnionWith(edition.Recommendations.Where(r => r.Treatments.Any(t => expect.Any(e => e.Key == t)) && r.When.Evaluate(patient.Possible) is Truth.True));
        foreach (var (key, _, value) in expect) Check(key, value, assessment, path, failure);
    }

    private void Check(string key, TextNode value, Assessment assessment, string path, Action<string> failure)
    {
        switch (key)
        {
            case "missing" or "not-missing" when Words(value).FirstOrDefault(f => content.Facts.FindById(f) is null) is { } unknown:
                failure($"{key}: '{unknown}' is not a fact");
                break;
            case "missing":
                var missing = assessment.Missing.Select(m => m.Fact).ToHashSet(StringComparer.Ordinal);
                // the inputs of a prognostic model are missing too, whether or not an option hangs on them
                foreach (var factor in assessment.Risk.SelectMany(r => r.Model.Factors.Where((_, i) => r.Factors[i] is Truth.Undecided))) missing.UnionWith(assessment.AsksFor(factor.When));
                foreach (var fact in Words(value).Where(f => !missing.Contains(f))) failure($"'{fact}' was expected among what is missing ({string.Join(", ", missing)})");
                break;
            case "not-missing":
                foreach (var fact in Words(value).Where(f => assessment.Missing.Any(m => m.Fact == f))) failure($"'{fact}' is missing, and was expected not to matter");
                break;
            case "statements" or "no-statements":
                KnownOnly(key, value, content.Catalogue.Editions.SelectMany(e => e.Statements).Select(s => s.Id), failure);
                var said = assessment.Statements.Select(s => s.Statement.Id).ToHashSet(StringComparer.Ordinal);
                foreach (var id in Words(value).Where(id => said.Contains(id) == (key == "no-statements"))) failure($"the statement '{id}' {(key == "statements" ? "was expected and is not shown" : "is shown and was not expected")}");
                break;
            case "questions" or "no-questions":
                KnownOnly(key, value, content.Questions.Select(q => q.Id), failure);
                var shown = content.QuestionsFor(assessment.Case).Select(q => q.Id).ToHashSet(StringComparer.Ordinal);
                foreach (var id in Words(value).Where(id => shown.Contains(id) == (key == "no-questions"))) failure($"the question '{id}' {(key == "questions" ? "was expected and is not shown" : "is shown and was not expected")}");
                break;
            case "scope":
                // in an edition's file: whether that edition speaks of the patient
                var truth = path.StartsWith("editions/", StringComparison.Ordinal) ? assessment.Editions[0].Scope.Evaluate(assessment.Case.Possible).And(assessment.Scope) : assessment.Scope;
                var scope = truth switch { Truth.True => "in-scope", Truth.False => "outside-scope", _ => "unknown" };
                if (value.Text != scope) failure($"scope: expected {value.Text}, came out {scope}");
                break;
            case "imdc-risk" or "mskcc-risk":
                CheckRisk(key, value, assessment, failure);
                break;
            case "points":
                var model = Path.GetFileName(path).Replace(".cases.yaml", "", StringComparison.Ordinal);
                var risk = assessment.Risk.FirstOrDefault(r => r.Model.Id == model);
                if (risk is null || !Words(value).SequenceEqual([$"{risk.Min}", $"{risk.Max}"])) failure($"points: expected {string.Join(" to ", Words(value))}, came out {risk?.Min} to {risk?.Max}");
                break;
            case "applies":
                var applies = assessment.Risk.FirstOrDefault(r => path.Contains(r.Model.Id, StringComparison.Ordinal))?.Applies switch { Truth.True => "yes", Truth.False => "no", _ => "unknown" };
                if (value.Text != applies) failure($"applies: expected {value.Text}, came out {applies}");
                break;
            case "urgent":
                KnownOnly(key, value, content.Catalogue.UrgentRules.Select(u => u.Id), failure);
                var urgent = assessment.Urgent.Select(u => u.Id).Order(StringComparer.Ordinal).ToList();
                if (!Words(value).Order(StringComparer.Ordinal).SequenceEqual(urgent)) failure($"urgent: expected {string.Join(", ", Words(value))}, came out {string.Join(", ", urgent)}");
                break;
            case "safety" or "undecided":
                if (value.Members is null) failure($"{key}: a treatment and its rules were expected, as in {key}: {{ pazopanib: [rule-id] }}");
                foreach (var again in value.Repeated) failure($"'{again.Key}' stands twice (line {again.Line})");
                foreach (var (treatment, _, rules) in value.Members ?? []) CheckSafety(treatment, [.. Words(rules)], key == "safety" ? Truth.True : Truth.Undecided, assessment, path, failure);
                break;
            default:
                CheckStatus(key, value.Text ?? "", assessment, failure);
                break;
        }
    }

    private static void CheckRisk(string fact, TextNode value, Assessment assessment, Action<string> failure)
    {
        var risk = assessment.Risk.First(r => r.Model.Id.StartsWith(fact.Split('-')[0], StringComparison.Ordinal));
        var groups = risk.Groups.Select(g => g.Id).ToList();
        if (!Words(value).Order(StringComparer.Ordinal).SequenceEqual(groups.Order(StringComparer.Ordinal))) failure($"{fact}: expected {string.Join(" or ", Words(value))}, came out {string.Join(" or ", groups)}");
    }

    /// <summary>Of the rules in the same file, exactly these must be in this state.</summary>
    private void CheckSafety(string treatment, HashSet<string> expected, Truth state, Assessment assessment, string path, Action<string> failure)
    {
        if (assessment.Options.FirstOrDefault(o => o.Treatment.Id == treatment) is not { } option)
        {
            failure(NotJudged(treatment));
            return;
        }

        foreach (var unknown in expected.Except(content.Catalogue.SafetyRules.Select(r => r.Id), StringComparer.Ordinal)) failure($"{treatment}: '{unknown}' is not a safety rule");
        var rules = path.Replace(".cases.yaml", ".yaml", StringComparison.Ordinal);
        var found = option.Safety.Where(f => f.State == state && (expected.Contains(f.Rule.Id) || f.Rule.Place.StartsWith(rules, StringComparison.Ordinal))).Select(f => f.Rule.Id).ToHashSet(StringComparer.Ordinal);
        if (!found.SetEquals(expected)) failure($"{treatment}: expected {(state is Truth.True ? "to apply" : "to be open")} [{string.Join(", ", expected.Order(StringComparer.Ordinal))}], came out [{string.Join(", ", found.Order(StringComparer.Ordinal))}]");
    }

    private void CheckStatus(string treatment, string expected, Assessment assessment, Action<string> failure)
    {
        if (!treatments.Contains(treatment))
        {
            failure(NotJudged(treatment));
            return;
        }

        if (StandingWords.Parse(expected) is null)
        {
            failure($"{treatment}: '{expected}' is not a status: {string.Join(", ", StandingWords.All)}");
            return;
        }

        var option = assessment.Options.FirstOrDefault(o => o.Treatment.Id == treatment);
        if (option is null) failure(NotJudged(treatment));
        else if (option.Editions.Count == 1 && expected != "contraindicated")
        {
            if (option.Editions[0].Standing.Id() != expected) failure($"{treatment}: expected {expected}, came out {option.Editions[0].Standing.Id()}");
        }
        else if (option.Standing.Id() != expected) failure($"{treatment}: expected {expected}, came out {option.Standing.Id()}");
    }

    private string NotJudged(string treatment) => treatments.Contains(treatment)
        ? $"'{treatment}' is not judged: the patient is outside scope"
        : $"'{treatment}' is not a treatment, nor another thing that a case can expect{Spelling.Near(treatment, treatments)}";

    private static void KnownOnly(string key, TextNode value, IEnumerable<string> known, Action<string> failure)
    {
        foreach (var unknown in Words(value).Except(known, StringComparer.Ordinal)) failure($"{key}: there is none of the name '{unknown}'{Spelling.Near(unknown, known)}");
    }

    private static IEnumerable<string> Words(TextNode node) => node.Items is { } items ? items.Select(i => i.Text ?? "") : node.Text is { } text ? [text] : [];
}
