using Hilum.Evidence;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Guidance;

/// <content>Trials and open questions.</content>
public sealed partial class ContentLoader
{
    private Trial[] LoadTrials(Treatment[] treatments)
    {
        var trials = new Dictionary<string, Trial>(StringComparer.Ordinal);
        foreach (var item in Folder("evidence/").Select(f => f.Item()).OfType<YamlItem>())
        {
            var trial = LoadTrial(item, treatments);
            if (!item.File.Path.EndsWith($"/{trial.Id}.yaml", StringComparison.Ordinal)) item.Problem("id", $"the file must be named {trial.Id}.yaml");
            if (!trials.TryAdd(trial.Id, trial)) item.Problem($"the trial '{trial.Id}' stands twice");
            Contradictions(item, trial);
        }

        return [.. trials.Values.OrderBy(t => t.Id, StringComparer.Ordinal)];
    }

    private Trial LoadTrial(YamlItem item, Treatment[] treatments)
    {
        var trial = new Trial
        {
            Id = item.Required("id"),
            Name = item.Phrase("name", required: true, plain: true),
            Registry = item.Text("registry"),
            Design = item.Phrase("design", required: true),
            Phase = item.Text("phase"),
            N = item.Integer("n"),
            Arms = [.. item.Items("arms").Select(a => LoadArm(a, treatments))],
            Population = item.Phrase("population", required: true),
            Studied = item.Has("studied") ? Condition(item, "studied") : null,
            Excluded = [.. item.Items("excluded").Select(LoadExclusion).OfType<TrialExclusion>()],
            Results = [.. item.Items("results").Select(LoadResult)],
            Cautions = [.. item.Items("cautions").Select(i => new Phrase(i.Required("en").Trim(), i.Required("fr").Trim()))],
            Source = item.Citation(documents),
            Review = item.Review(),
        };
        item.Node("note");
        item.Done();
        foreach (var result in trial.Results)
            foreach (var arm in new[] { result.Arm, result.Versus })
                if (arm is not null && !Array.Exists(trial.Arms, a => a.Id == arm)) item.Problem("results", $"'{arm}' is not an arm of this trial");
        foreach (var result in trial.Results.Where(r => r.SupersededBy is { } newer && !Array.Exists(trial.Results, n => n.Cut == newer && n != r)))
            item.Problem("results", $"'{result.SupersededBy}' is not the cut of another result of this trial");
        return trial;
    }

    private static TrialArm LoadArm(YamlItem item, Treatment[] treatments)
    {
        var arm = new TrialArm(item.Required("id"), item.Phrase("name", required: true), item.Text("treatment"), item.Integer("n"));
        if (arm.Treatment is { } id && !Array.Exists(treatments, t => t.Id == id)) item.Problem("treatment", $"'{id}' is not a treatment of the catalogue");
        item.Node("note");
        item.Done();
        return arm;
    }

    private TrialExclusion? LoadExclusion(YamlItem item)
    {
        var when = Condition(item, "when");
        var says = item.Phrase("says", required: true);
        item.Done();
        return when is null ? null : new(when, says);
    }

    private TrialResult LoadResult(YamlItem item)
    {
        var result = new TrialResult
        {
            Subgroup = item.Required("subgroup"),
            Endpoint = item.Required("endpoint"),
            Cut = item.Required("cut"),
            FollowUpMonths = item.Decimal("follow-up-months"),
            Measure = item.Required("measure"),
            Unit = item.Text("unit"),
            AtMonths = item.Decimal("at-months"),
            Arm = item.Text("arm"),
            Versus = item.Text("versus"),
            Value = item.Decimal("value"),
            Low = item.Decimal("low"),
            High = item.Decimal("high"),
            Level = item.Decimal("level"),
            NotReached = item.Boolean("not-reached"),
            Significant = item.Has("significant") ? item.Boolean("significant") : null,
            Note = item.Phrase("note"),
            SupersededBy = item.Text("superseded-by"),
            Source = item.Citation(documents),
            Review = item.Review(),
        };
        item.Done();
        if (result.Measure is not ("hazard-ratio" or "median" or "rate")) item.Problem("measure", "must be hazard-ratio, median or rate");
        if (result.Value is null && !result.NotReached) item.Problem("a result needs a value, or not-reached: true");
        if (result is { Low: { } low, High: { } high } && low > high) item.Problem("low", "an empty interval: low is above high");
        if ((result.Low is not null || result.High is not null) && result.Level is null) item.Problem("level", "an interval needs its level: not all are 95 %");
        if (result.Measure == "hazard-ratio" && (result.Arm is null || result.Versus is null)) item.Problem("a hazard ratio needs 'arm' (first named) and 'versus'");
        return result;
    }

    /// <summary>Two live figures for one trial, subgroup, endpoint and arm may not differ.</summary>
    private static void Contradictions(YamlItem item, Trial trial)
    {
        foreach (var same in trial.Results.Where(r => r.IsLive).GroupBy(r => (r.Subgroup, r.Endpoint, r.Measure, r.Arm, r.Versus, r.AtMonths)))
            if (same.Select(r => (r.Value, r.Low, r.High)).Distinct().Skip(1).Any())
                item.Problem($"two live figures differ: {same.Key.Endpoint}, {same.Key.Subgroup}, {same.Key.Measure} {same.Key.Arm}; mark the older one superseded-by");
    }

    private OpenQuestion[] LoadQuestions() => File("questions.yaml") is not { } file ? [] : [.. file.Items().Select(item =>
    {
        told.Add(item);
        CheckOnce(item, "question", item.Text("id") ?? "", questionIds);
        var when = Condition(item, "when");
        var question = when is null ? null : new OpenQuestion(item.Required("id"), when, item.Phrase("question", required: true),
            [.. item.Items("sides").Select(s => new Phrase(s.Required("en").Trim(), s.Required("fr").Trim()))], item.Phrase("reason", required: true), item.Citation(documents), item.Review());
        if (question is not null) item.Done();
        return question;
    }).OfType<OpenQuestion>()];

    private readonly HashSet<string> questionIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> rangeIds = new(StringComparer.Ordinal);

    private SurvivalRange[] LoadSurvivalRanges(DrugClass[] classes) => File("survival.yaml") is not { } file ? [] : [.. file.Items().Select(item =>
    {
        var range = new SurvivalRange(item.Required("id"), item.Phrase("name", required: true), ForPatients(item, "says", required: true), Classes(item, classes),
            [.. item.Items("scenarios").Select(LoadScenario)], [.. item.Items("not-for").Select(i => LoadRangeException(i, classes))], item.Citation(documents), item.Review());
        if (range.Scenarios.Length == 0) item.Problem("'scenarios' must list at least one case");
        if (range.Classes.Intersect(range.NotFor.SelectMany(n => n.Classes), StringComparer.Ordinal).Any()) item.Problem("not-for", "a class cannot be both among 'classes' and here");
        CheckOnce(item, "range", range.Id, rangeIds);
        item.Done();
        return range;
    })];

    private static SurvivalScenario LoadScenario(YamlItem item)
    {
        var scenario = new SurvivalScenario(item.Required("id"), item.Phrase("name", required: true), item.Decimal("from"), item.Decimal("to"), item.Phrase("says", required: true));
        item.Done();
        if (scenario is { From: null, To: null } or { From: <= 0 } or { To: <= 0 } || scenario.From >= scenario.To) item.Problem("a case needs 'from', 'to' or both: multiples of the median above 0, 'from' below 'to'");
        var parts = scenario is { From: not null, To: not null } ? 2 : 1;
        foreach (var text in new[] { scenario.Says.En, scenario.Says.Fr })
            if (text is not null && (text.Contains("{0}", StringComparison.Ordinal), text.Contains("{1}", StringComparison.Ordinal)) != (true, parts == 2)) item.Problem("says", parts == 2 ? "must fill in {0} and {1}" : "must fill in {0} alone");
        return scenario;
    }

    private SurvivalRangeException LoadRangeException(YamlItem item, DrugClass[] classes)
    {
        var exception = new SurvivalRangeException(Classes(item, classes), ForPatients(item, "says", required: true), item.Citation(documents), item.Review());
        item.Done();
        return exception;
    }

    private static string[] Classes(YamlItem item, DrugClass[] known)
    {
        var classes = item.Words("classes");
        if (classes.Length == 0) item.Problem("'classes' must name at least one class of drugs/classes.yaml");
        foreach (var id in classes.Where(id => !Array.Exists(known, c => c.Id == id))) item.Problem("classes", $"'{id}' is not a class of drugs/classes.yaml");
        return classes;
    }

    /// <summary>Every trial that a recommendation, a statement or a side effect names must be there.</summary>
    private void CheckEvidence(Edition[] editions, Trial[] trials)
    {
        var known = trials.Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in editions.SelectMany(e => e.Recommendations))
            foreach (var id in rule.Evidence.Where(id => !known.Contains(id)))
                problems.Add(new(rule.Place.Split(':')[0], int.Parse(rule.Place.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture), 1, $"'{id}' is not a trial of evidence/"));
        foreach (var (item, key) in trialNames)
            foreach (var id in item.Words(key).Where(id => !known.Contains(id))) item.Problem(key, $"'{id}' is not a trial of evidence/");
    }
}
