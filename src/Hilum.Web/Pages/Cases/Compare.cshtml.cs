using Hilum.Web.Components;

namespace Hilum.Web.Pages.Cases;

/// <summary>Two or three options in equal space.</summary>
internal sealed class CompareModel : CasePage
{
    private const int Most = 3;

    /// <summary>Ids of the treatments asked for that the catalogue has.</summary>
    public IReadOnlyList<string> Chosen => [.. Request.Query["t"].OfType<string>().Distinct(StringComparer.Ordinal).Where(t => Answer.Assessment.Options.Any(o => o.Treatment.Id == t)).Take(Most)];

    /// <summary>Whether figures of survival are shown: on this page of the care team, unless they are put away.</summary>
    public bool WithSurvival => Request.Query["survival"] != "no";

    /// <summary>The columns.</summary>
    public IReadOnlyList<ComparedOption> Columns => [.. Chosen.Select(t => new ComparedOption(new(Answer, Answer.Assessment.Options.First(o => o.Treatment.Id == t), false), T, WithSurvival))];

    /// <summary>Whether one trial holds all of them, so that its figures may stand side by side.</summary>
    public static bool InOneTrial(IReadOnlyList<ComparedOption> columns) => columns.Count > 1 && columns[0].Trials.Any(t => columns.All(c => Array.Exists(t.Arms, a => a.Treatment == c.Treatment.Id)));
}
