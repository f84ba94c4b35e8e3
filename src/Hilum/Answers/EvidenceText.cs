using Hilum.Evidence;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Answers;

/// <summary>Puts trials into words: the figure with its interval and level, the cut it comes from, and whether this patient is like those studied.</summary>
/// <param name="patient">The patient.</param>
/// <param name="words">The words.</param>
public sealed class EvidenceText(Case patient, Sentences words)
{
    private const int MostFigures = 4;

    /// <summary>Trials behind the offers of an option, in ordinal order of id: those in which it was given, or else all that are named.</summary>
    public IReadOnlyList<Trial> Behind(Option option)
    {
        var named = Named(option).ToList();
        var given = named.Where(t => Array.Exists(t.Arms, a => a.Treatment == option.Treatment.Id)).ToList();
        return given.Count > 0 ? given : named;
    }

    private IEnumerable<Trial> Named(Option option) => option.Editions.Where(e => e.Standing.IsOffered() && !e.Silent)
        .SelectMany(e => e.Recommendation?.Evidence ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        .Select(words.Content.FindTrial).OfType<Trial>();

    /// <summary>Name, design and size.</summary>
    public string Title(Trial trial) => string.Join(", ", new[] { words.In(trial.Name), words.In(trial.Design), trial.N is { } n ? $"n = {n}" : "" }.Where(t => t.Length > 0));

    /// <summary>Live hazard ratios for overall and progression-free survival: of the whole trial, and of the risk group where the patient's is known and it was published.</summary>
    public IEnumerable<string> Headlines(Trial trial)
    {
        foreach (var endpoint in new[] { "overall-survival", "progression-free-survival" })
            foreach (var result in trial.Results.Where(r => r.IsLive && r.Endpoint == endpoint && r.Measure == "hazard-ratio" && Concerns(r)))
                yield return Figure(trial, result);
    }

    /// <summary>
    /// The headlines of a trial; of one that has none, such as a trial without a comparison, the first figures of the arm in which the option was given,
    /// each beside that of the arms it was compared with: one alone would say nothing. These hold no length of life, which is told only to those who ask, and none whose source nobody has read.
    /// </summary>
    public IEnumerable<string> Figures(Trial trial, Option option)
    {
        var headlines = Headlines(trial).ToList();
        if (headlines.Count > 0) return headlines;
        var given = trial.Arms.Where(a => a.Treatment == option.Treatment.Id).Select(a => a.Id).ToList();
        var figures = new List<string>();
        foreach (var compared in trial.Results.Where(r => r.IsLive && r.Review.Source is not SourceReview.Unconfirmed && (r.Measure == "hazard-ratio" || r.Endpoint is not ("overall-survival" or "cancer-specific-survival")) && IsOf(r))
            .GroupBy(r => $"{r.Subgroup} {r.Endpoint} {r.Measure} {r.AtMonths}", StringComparer.Ordinal))
        {
            if (given.Count > 0 && !compared.Any(r => given.Contains(r.Arm ?? "") || given.Contains(r.Versus ?? ""))) continue;
            if (figures.Count > 0 && figures.Count + compared.Count() > MostFigures) break;
            figures.AddRange(compared.Select(r => Figure(trial, r)));
        }

        return figures;
    }

    /// <summary>Whether a figure is of the whole trial, of the patient's risk group, or of the patient's type of cancer, which subgroups name by its code.</summary>
    private bool IsOf(TrialResult result) => Concerns(result)
        || (patient["histology"] is { Possible: Expressions.CodesPossible { IsKnown: true } known } histology && result.Subgroup == histology.Definition.Values[known.Code].Code);

    /// <summary>Whether a figure is of the whole trial, or of risk groups that include every one still possible for this patient.</summary>
    public bool Concerns(TrialResult result)
    {
        if (result.Subgroup == "all") return true;
        var groups = patient.Dictionary.FindById("imdc-risk") is { } risk && patient.Possible[risk.Index] is Expressions.CodesPossible { } codes && codes.Mask != risk.Symbol.AllCodes
            ? risk.Values.Where((_, bit) => (codes.Mask & (1UL << bit)) != 0).Select(v => v.Code).ToList() : [];
        return groups.Count > 0 && Covers(result.Subgroup, groups);
    }

    /// <summary>Whether a subgroup is all people, or made of risk groups.</summary>
    public bool IsRisk(string subgroup) => subgroup == "all" || subgroup.Split('-').All(p => patient.Dictionary.FindById("imdc-risk")?.BitOf(p) >= 0);

    /// <summary>Whether a subgroup is made of risk groups that include every one still possible.</summary>
    private bool Covers(string subgroup, List<string> groups)
    {
        var parts = subgroup.Split('-');
        return groups.TrueForAll(parts.Contains) && parts.All(p => patient.Dictionary["imdc-risk"].BitOf(p) >= 0);
    }

    /// <summary>One figure: "overall survival: hazard ratio 0.72 (95 % CI 0.62–0.83), nivolumab + ipilimumab against sunitinib; cut ...".</summary>
    public string Figure(Trial trial, TrialResult result)
    {
        var value = result.NotReached ? words.Say("risk.not-reached") : $"{Exact(result.Value ?? 0)}{(result.Unit == "percent" ? " %" : result.Unit is null ? "" : " " + words.Say($"unit.{result.Unit}"))}";
        var interval = result is { Low: { } low, High: { } high } ? $" ({words.Say("risk.interval", words.Number(result.Level ?? 0), Exact(low), Exact(high))})" : "";
        var who = result.Versus is { } versus ? words.Say("evidence.against", Arm(trial, result.Arm), Arm(trial, versus)) : Arm(trial, result.Arm);
        var at = result.AtMonths is { } months ? words.Say("evidence.at", words.Number(months)) : "";
        var subgroup = result.Subgroup == "all" ? "" : $" ({words.Say($"subgroup.{result.Subgroup}")})";
        var significance = result.Significant == false ? ", " + words.Say("evidence.not-significant") : "";
        return $"{words.Say($"endpoint.{result.Endpoint}")}{subgroup}{at}{words.Say("list.colon")}{words.Say($"result.{result.Measure}")} {value}{interval}{significance}{(who.Length > 0 ? ", " + who : "")}; {words.Cut(result.Cut)}{words.Bracketed(result.Review)}";
    }

    /// <summary>Whether this patient is like those studied, and on which criterion not.</summary>
    public (Truth Truth, IReadOnlyList<string> Differs) Resemblance(Trial trial)
    {
        var truth = trial.Resembles(patient);
        var differs = new List<string>();
        if (trial.Studied is { } studied && studied.Evaluate(patient.Possible) is Truth.False)
            differs.AddRange(words.Decisive(studied).Where(c => c.Truth is Truth.False).Select(c => $"{c.Text} ({c.Value})"));
        differs.AddRange(trial.Excluded.Where(e => e.When.Evaluate(patient.Possible) is Truth.True).Select(e => words.In(e.Says)));
        return (truth, differs);
    }

    /// <summary>The resemblance as a sentence.</summary>
    public string ResemblanceText(Trial trial)
    {
        var (truth, differs) = Resemblance(trial);
        return truth switch
        {
            Truth.True => words.Say("evidence.resembles"),
            Truth.False => words.Say("evidence.differs", string.Join("; ", differs)),
            _ => words.Say("evidence.resembles-unknown"),
        };
    }

    /// <summary>A figure with the decimals that the publication gives.</summary>
    private string Exact(decimal value)
    {
        var text = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return words.Language is Language.French ? text.Replace('.', ',') : text;
    }

    private string Arm(Trial trial, string? id) => Array.Find(trial.Arms, a => a.Id == id) is { } arm ? words.In(arm.Name) : "";

    /// <summary>Approval and funding; a funding edition in use says whether it pays for this patient.</summary>
    public IReadOnlyList<Availability> Availability(Option option)
    {
        var found = option.Treatment.Availability.ToDictionary(a => a.Country, StringComparer.Ordinal);
        foreach (var edition in option.Editions.Where(e => e.Edition.Kind is EditionKind.Funding && !e.Silent))
        {
            var funded = edition.Standing switch
            {
                Standing.NeedsInformation => "unknown",
                // whether the edition speaks of this patient is open: it may be that nobody has decided
                not (Standing.Preferred or Standing.Recommended) when edition.Edition.Scope.Evaluate(patient.Possible) is Truth.Undecided => "unknown",
                Standing.NotRecommended or Standing.NotApplicable => "no",
                Standing.Preferred or Standing.Recommended => "yes",
                _ => "with-conditions",
            };
            var before = found.GetValueOrDefault(edition.Edition.Country);
            found[edition.Edition.Country] = new(edition.Edition.Country, before?.Approved ?? "unknown", funded, edition.Edition.Published, edition.Recommendation?.Source.Document);
        }

        return [.. found.Values.OrderBy(a => a.Country, StringComparer.Ordinal)];
    }
}
