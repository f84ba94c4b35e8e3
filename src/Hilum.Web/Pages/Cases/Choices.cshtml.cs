using Hilum.Options;
using Hilum.Web.Components;

namespace Hilum.Web.Pages.Cases;

/// <summary>The decision sheet: two or three choices side by side, what matters, whom to call. No figure of survival.</summary>
internal sealed class ChoicesModel : TakeHomePage
{
    /// <summary>As many columns as can be read on paper.</summary>
    public const int Most = 3;

    // beside drugs there is always a choice without: watching, or care for how one feels (IPDAS: all options, no active treatment among them)
    private static readonly string[] WithoutDrugs = ["surveillance", "supportive"];

    /// <summary>The choices marked in the address; without a mark the first planned one, the first other, and one without drugs against the cancer.</summary>
    public IReadOnlyList<ComparedOption> Columns
    {
        get
        {
            var marked = Request.Query["t"].ToHashSet(StringComparer.Ordinal);
            var planned = Planned.Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
            var chosen = Offered.Where(o => marked.Contains(o.Treatment.Id)).ToList();
            if (chosen.Count == 0)
            {
                var without = Offered.Where(o => WithoutDrugs.Contains(o.Treatment.Kind)).Take(1).ToList();
                chosen = [.. Offered.OrderByDescending(o => planned.Contains(o.Treatment.Id)).Except(without).Take(Most - without.Count), .. without];
            }

            return [.. chosen.Take(Most).Select(o => new ComparedOption(new(Answer, o, false), T, WithSurvival: false))];
        }
    }

    /// <summary>Signs of these choices that ask for help at once.</summary>
    public IReadOnlyList<WarningSign> Signs => [.. Columns.SelectMany(c => c.Treatment.WarningSigns).Where(s => s.Urgency == "now").DistinctBy(s => T.In(s.Sign))];
}
