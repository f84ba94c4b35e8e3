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

    /// <summary>What is said of an option behind its name: how strongly and by how many it is offered, who disagrees, and how many facts not known yet could forbid it or speak against it.</summary>
    public string Says(Option option)
    {
        var (card, words) = (new OptionCard(Answer, option, false), Answer.Words);
        var said = $"{T.Guidance("list.colon")}{words.StatusWord(option)} ({card.Offering})";
        if (option.Disagreement) said += "; " + T.Guidance("status.disagreement", words.All(option.AdvisedAgainst));
        if (option.PerhapsAgainstBy.Count > 0) said += "; " + T.Guidance("status.perhaps-disagreement", words.All(option.PerhapsAgainstBy));
        var (forbid, avoid) = (card.CheckFirst(Severity.Contraindicated), card.CheckFirst(Severity.Avoid));
        if (forbid + avoid > 0) said += "; " + T["board.check", forbid, avoid];
        return card.Applying(Severity.AdjustDose) > 0 ? said + "; " + T.Guidance("severity.adjust-dose") : said;
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
