using System.Globalization;
using Hilum.Answers;
using Hilum.Evidence;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Web.Patients;
using Hilum.Web.Wording;

namespace Hilum.Web.Components;

/// <summary>One column of a comparison.</summary>
/// <param name="Card">The option.</param>
/// <param name="T">The words.</param>
/// <param name="WithSurvival">Whether figures of survival are shown.</param>
internal sealed record ComparedOption(OptionCard Card, PageText T, bool WithSurvival)
{
    private static readonly string[] Helps = ["overall-survival", "progression-free-survival", "response-rate", "complete-response", "local-control"];

    private const int MostHarms = 4;

    // of these a figure says how often the cancer shrank, never how long anybody lived
    private static readonly string[] HowOften = ["response-rate", "complete-response", "local-control"];

    private readonly EvidenceText evidence = new(Card.Answer.Case, Card.Answer.Words);

    /// <summary>The treatment.</summary>
    public Treatment Treatment => Card.Option.Treatment;

    /// <summary>The trials in which it was given and that are named for it.</summary>
    public IReadOnlyList<Trial> Trials => Card.Trials;

    /// <summary>Published rates of the arm in which it was given: of the patient's risk group where there are any, else of all; the best known endpoint first.</summary>
    public IEnumerable<TrialResult> Rates(Trial trial)
    {
        var arms = trial.Arms.Where(a => a.Treatment == Treatment.Id).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        return Live(trial).Where(r => arms.Contains(r.Arm ?? ""))
            .GroupBy(r => (r.Endpoint, r.AtMonths, r.Arm)).Select(g => g.OrderBy(r => r.Subgroup == "all").First())
            .OrderBy(r => Array.IndexOf(Helps, r.Endpoint)).ThenBy(r => r.AtMonths);
    }

    /// <summary>The same figure for the other arms of the same trial: the only comparison that a trial allows.</summary>
    public IEnumerable<TrialResult> Beside(Trial trial, TrialResult rate) =>
        Live(trial).Where(r => r.Arm != rate.Arm && (r.Endpoint, r.AtMonths, r.Subgroup, r.Cut) == (rate.Endpoint, rate.AtMonths, rate.Subgroup, rate.Cut));

    /// <summary>How often it helped, in the first trial that says so: that the cancer shrank, and that it could not be seen any more.</summary>
    public IReadOnlyList<(Trial Trial, TrialResult Rate)> MainBenefits => [.. Trials
        .Select(t => Rates(t).Where(r => HowOften.Contains(r.Endpoint)).Select(r => (t, r)).Take(2)).FirstOrDefault(r => r.Any()) ?? []];

    /// <summary>The most frequent severe side effects.</summary>
    public IReadOnlyList<SideEffect> MainHarms => [.. Severe.Take(MostHarms)];

    /// <summary>A rate as a picture of a hundred people, with both sides in words.</summary>
    public Hundred Picture(TrialResult rate) => new(rate.Value ?? 0, Sentence(rate));

    /// <summary>Both sides of a rate: "41 of 100 people were alive after 60 months; 59 had died".</summary>
    public string Sentence(TrialResult rate)
    {
        var people = Hundred.WholeOf(rate.Value ?? 0);
        return T[$"frame.{(PageWords.All.ContainsKey($"frame.{rate.Endpoint}") ? rate.Endpoint : "other")}", people, 100 - people, rate.AtMonths is { } at ? T["frame.after", T.Number(at)] : T["frame.whole"], T.Guidance($"endpoint.{rate.Endpoint}")];
    }

    /// <summary>A figure as the answer words it, with source and review state.</summary>
    public string Figure(Trial trial, TrialResult rate) => evidence.Figure(trial, rate);

    /// <summary>Hazard ratios and medians, for those who read them.</summary>
    public IEnumerable<string> Technical(Trial trial) => evidence.Headlines(trial).Concat(trial.Results
        .Where(r => r is { IsLive: true, Measure: "median" } && evidence.Concerns(r) && (WithSurvival || r.Endpoint != "overall-survival") && trial.Arms.Any(a => a.Id == r.Arm && a.Treatment == Treatment.Id))
        .Select(r => evidence.Figure(trial, r)));

    /// <summary>Published medians of overall survival of the arm in which it was given, reached or not: of the patient's risk group where there is one, else of all.</summary>
    public IEnumerable<TrialResult> Medians(Trial trial)
    {
        var arms = trial.Arms.Where(a => a.Treatment == Treatment.Id).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        return !WithSurvival ? [] : trial.Results.Where(r => r is { IsLive: true, Endpoint: "overall-survival", Measure: "median" } && evidence.Concerns(r) && arms.Contains(r.Arm ?? ""))
            .GroupBy(r => r.Arm).Select(g => g.OrderBy(r => r.Subgroup == "all").First());
    }

    /// <summary>The rule that makes a range of such a median; null when none is used for these drugs.</summary>
    public SurvivalRange? Range => Array.Find(T.Content.SurvivalRanges, r => r.Covers(Classes));

    /// <summary>Why no range is made; null when nothing says so.</summary>
    public SurvivalRangeException? NoRange => T.Content.SurvivalRanges.Select(r => r.Exception(Classes)).FirstOrDefault(e => e is not null);

    /// <summary>One case of a range, in the months or years that come out of a median.</summary>
    public string Case(SurvivalScenario scenario, decimal median) =>
        string.Format(CultureInfo.InvariantCulture, T.In(scenario.Says), [.. new[] { scenario.From, scenario.To }.OfType<decimal>().Select(m => Time(m * median))]);

    private string[] Classes => [.. Treatment.Parts.Select(p => T.Content.Formulary.FindDrug(p.Drug)?.Class ?? "").Distinct(StringComparer.Ordinal)];

    /// <summary>Whole months below two years, then half years: a rule of thumb is no finer.</summary>
    private string Time(decimal months) => Math.Round(months, MidpointRounding.AwayFromZero) switch
    {
        <= 1 => T["patient.range.month"],
        < 24 and var whole => T["patient.range.months", whole],
        _ => T["patient.range.years", T.Number(Math.Round(months / 6, MidpointRounding.AwayFromZero) / 2)],
    };

    /// <summary>Whether the patient is like those studied.</summary>
    public string Resembles(Trial trial) => evidence.ResemblanceText(trial);

    /// <summary>Whether the patient is certainly not like those studied: a patient is then shown no figure of theirs.</summary>
    public bool Differs(Trial trial) => evidence.Resemblance(trial).Truth is Truth.False;

    /// <summary>Whether the patient is like those studied in everything that the trial asked for.</summary>
    public bool IsLike(Trial trial) => evidence.Resemblance(trial).Truth is Truth.True;

    /// <summary>Whether the trial parts the people of this arm into groups other than of risk, each with a median of its own: which is the patient's is not known here.</summary>
    public bool Splits(Trial trial) => trial.Results.Any(r => r is { IsLive: true, Endpoint: "overall-survival", Measure: "median" } && !evidence.IsRisk(r.Subgroup) && trial.Arms.Any(a => a.Id == r.Arm && a.Treatment == Treatment.Id));

    /// <summary>Name, design and size.</summary>
    public string Title(Trial trial) => evidence.Title(trial);

    /// <summary>Rates at times, of every arm of a trial, for a chart; fewer than two make none.</summary>
    public Landmarks? Chart(Trial trial)
    {
        var all = Live(trial).Where(r => r is { Endpoint: "overall-survival", AtMonths: not null }).ToList();
        if (all.Count == 0) return null;
        var group = all.Find(r => r.Subgroup != "all")?.Subgroup ?? "all";
        var points = all.Where(r => r.Subgroup == group && Array.Exists(trial.Arms, a => a.Id == r.Arm))
            .Select(r => new Landmark(Card.Answer.Words.In(Array.Find(trial.Arms, a => a.Id == r.Arm)!.Name), r.AtMonths!.Value, r.Value!.Value, r.Low, r.High)).ToList();
        return points.Count < 2 ? null : new(T["chart.title", T.In(trial.Name), T.Guidance("endpoint.overall-survival")], T["chart.months"], points);
    }

    /// <summary>Severe side effects, the most frequent first.</summary>
    public IEnumerable<SideEffect> Severe => Treatment.SideEffects.Where(s => s.Severe is not null).OrderByDescending(s => s.Severe);

    /// <summary>Side effects of any grade, the most frequent first.</summary>
    public IEnumerable<SideEffect> Any => Treatment.SideEffects.Where(s => s.Any is not null).OrderByDescending(s => s.Any);

    private IEnumerable<TrialResult> Live(Trial trial) => trial.Results
        .Where(r => r is { IsLive: true, Measure: "rate", Unit: "percent", Value: not null } && Helps.Contains(r.Endpoint) && evidence.Concerns(r) && (WithSurvival || r.Endpoint != "overall-survival"));
}
