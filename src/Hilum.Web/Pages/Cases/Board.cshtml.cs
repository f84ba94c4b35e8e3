using System.Collections.Immutable;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Web.Components;
using Hilum.Web.Patients;
using Microsoft.AspNetCore.Mvc;

namespace Hilum.Web.Pages.Cases;

/// <summary>The tumour board: one screen, one printed page. With <c>?presenter=1</c> nothing that names the case.</summary>
internal sealed class BoardModel : CasePage
{
    private const int LongestText = 2000;

    private static readonly string[] Headline = ["age", "sex", "histology", "sarcomatoid", "metastatic-sites", "primary-in-place", "line", "karnofsky", "ecog"];

    /// <summary>Whether nothing that names the case is shown.</summary>
    public bool Presenter => Request.Query["presenter"] == "1";

    /// <summary>The facts that a board asks for first; those not known say so.</summary>
    public IEnumerable<CaseFact> Facts => Headline.Where(id => Guidance.Facts.FindById(id) is not null).Select(id => Answer.Case[id]);

    /// <summary>Options on offer, in their order.</summary>
    public IReadOnlyList<Option> Offered => [.. Answer.Words.InOrder(Answer.Assessment.Options.Where(o => o.Standing.IsOffered()))];

    /// <summary>Options that must not be given, or that need facts first.</summary>
    public IReadOnlyList<Option> With(Standing standing) => [.. Answer.Words.InOrder(Answer.Assessment.Options.Where(o => o.Standing == standing))];

    /// <summary>How many facts that are not known could still forbid an option or speak against it; nothing when none could.</summary>
    public string ToCheck(OptionCard card)
    {
        var counts = new List<string>();
        if (card.CheckFirst(Severity.Contraindicated) is > 0 and var forbid) counts.Add(T["board.could-forbid", forbid]);
        if (card.CheckFirst(Severity.Avoid) is > 0 and var avoid) counts.Add(T["board.could-avoid", avoid]);
        return counts.Count == 0 ? "" : "; " + T["board.check", string.Join(", ", counts)];
    }

    /// <summary>Keeps what the board noted.</summary>
    public IActionResult OnPost(string id)
    {
        Patients.Change(id, open => open with
        {
            Plan = open.Plan with
            {
                Question = Text("question"),
                Decision = Text("decision"),
                SetAside = Text("set-aside"),
                Dissent = Text("dissent"),
                Next = Text("next"),
                Present = [.. Request.Form["present"].OfType<string>().Where(p => Array.Exists(Guidance.Plans.Disciplines, d => d.Id == p))],
            },
        });
        return new RedirectResult(Url.Content($"~/cases/{id}/board{(Presenter ? "?presenter=1" : "")}"));
    }

    private string Text(string name) => Request.Form[name].ToString().Trim() is var text && text.Length > LongestText ? text[..LongestText] : Request.Form[name].ToString().Trim();
}
