using Hilum.Facts;
using Hilum.Options;
using Hilum.Web.Components;
using Hilum.Web.Form;
using Hilum.Web.Patients;
using Microsoft.AspNetCore.Mvc;

namespace Hilum.Web.Pages.Cases;

/// <summary>The planning screen: facts on one side, what follows from them on the other.</summary>
internal sealed class CaseModel : CasePage
{
    private const int LongestWish = 2000;

    /// <summary>The groups of fields.</summary>
    public IReadOnlyList<FactGroup> Groups => FactForm.Groups(Answer.Assessment);

    /// <summary>One field.</summary>
    public FieldView Field(FactDefinition fact) => new(fact, Shown.Of(Open, Answer.Case, fact), Answer.Case[fact.Index], Answer);

    /// <summary>How many fields of a group say something.</summary>
    public int Answered(FactGroup group) => group.Facts.Count(f => Answer.Case[f.Index].State is not (FactState.Unknown or FactState.Stale));

    /// <summary>Options of some statuses, in their order.</summary>
    public IReadOnlyList<Option> With(params Standing[] standings) => [.. Answer.Words.InOrder(Answer.Assessment.Options.Where(o => standings.Contains(o.Standing)))];

    /// <summary>Editions that can be asked for alone.</summary>
    public IEnumerable<Edition> Editions => Guidance.Catalogue.Editions.OrderBy(e => e.Kind is not EditionKind.Historical).ThenBy(e => e.Id, StringComparer.Ordinal);

    /// <summary>Takes what was sent, and shows the page anew.</summary>
    public IActionResult OnPost(string id)
    {
        if (Request.Form["do"] == "undo") Patients.Undo(id);
        else Patients.Change(id, Changed);
        var view = View.Length > 0 ? $"?view={View}" : "";
        return new RedirectResult(Url.Content($"~/cases/{id}{view}{(Request.Form["go"] == "answer" ? "#answer" : "")}")) { Permanent = false };
    }

    private OpenCase Changed(OpenCase current)
    {
        var form = Request.Form;
        var base1 = int.TryParse(form["version"], out var version) ? Patients.Find(current.Id, version) ?? current : current;
        var shown = CaseAnswer.For(base1, Guidance, T.Language, Today);
        var changed = new FormReader(Guidance).Apply(current, fact => Shown.Of(base1, shown.Case, fact), form);
        foreach (var accepted in form["accept"])
            if (accepted is not null && Guidance.Facts.FindById(accepted) is { StaleAfter: > 0 }) changed = changed with { AcceptedStale = changed.AcceptedStale.Add(accepted) };
        foreach (var limits in Guidance.FallbackLimits)
            if (form.ContainsKey("limits-shown") && form["limits"].Contains(limits.Id) != changed.AcceptedLimits.Contains(limits.Id))
                changed = changed with { AcceptedLimits = form["limits"].Contains(limits.Id) ? changed.AcceptedLimits.Add(limits.Id) : changed.AcceptedLimits.Remove(limits.Id) };
        if (form.ContainsKey("wishes") && form["wishes"].ToString() is var wishes && wishes != changed.Wishes && wishes.Length <= LongestWish) changed = changed with { Wishes = wishes };
        if (form.ContainsKey("as-of") && Measures.PartialDate.TryParse(form["as-of"], out var day) && day.IsComplete && day.Earliest != Answer.Settings.AsOf) changed = changed with { AsOf = day.Earliest };
        return changed;
    }
}
