using Hilum.Expressions;
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

    /// <summary>The countries of which approval and funding are recorded.</summary>
    public IEnumerable<string> Countries => Guidance.Catalogue.Treatments.SelectMany(t => t.Availability).Select(a => a.Country).Distinct(StringComparer.Ordinal).OrderBy(c => Answers.Sentences.Alphabetical(T.Country(c)), StringComparer.Ordinal);

    /// <summary>The country of the patient, as far as it is known.</summary>
    public string? OwnCountry => Answer.Case["country"] is { Possible: CodesPossible { IsKnown: true } known } fact ? fact.Definition.Values[known.Code].Code : null;

    /// <summary>The country that was asked for by <c>?country=</c>; empty for the patient's own.</summary>
    public string AskedCountry => Request.Query["country"].ToString() is var asked && Countries.Contains(asked) ? asked : "";

    /// <summary>The country whose approval and funding are shown; null when none was asked for and nothing is recorded of the patient's. The facts are not touched.</summary>
    public string? Country => AskedCountry is { Length: > 0 } asked ? asked : OwnCountry is { } own && Countries.Contains(own) ? own : null;

    /// <summary>What is asked for beside the facts, as it stands in the address.</summary>
    public string Asked => string.Join('&', new[] { View.Length > 0 ? $"view={View}" : "", AskedCountry.Length > 0 ? $"country={AskedCountry}" : "" }.Where(p => p.Length > 0)) is { Length: > 0 } query ? "?" + query : "";

    /// <summary>One option.</summary>
    public OptionCard Card(Option option, bool hasChoice) => new(Answer, option, hasChoice) { Country = Country };

    /// <summary>Takes what was sent, and shows the page anew.</summary>
    public IActionResult OnPost()
    {
        if (Request.Form["do"] == "undo") Patients.Undo(Open.Id);
        else Patients.Change(Open.Id, Changed);
        return new RedirectResult(Url.Content($"~/cases/{Open.Id}{Asked}{(Request.Form["go"] == "answer" ? "#answer" : "")}")) { Permanent = false };
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
        changed = Taken(changed, base1, "wishes", base1.Wishes, typed => typed.Length > LongestWish ? T["board.too-long", typed.Length, LongestWish] : null, typed => changed with { Wishes = typed });
        return Taken(changed, base1, "as-of", Written(shown.Case.AsOf), typed => typed.Length == 0 || Typed.Day(typed) is not null ? null : T["plan.bad-day", typed], typed => changed with { AsOf = Typed.Day(typed) });
    }

    /// <summary>What stands in a field that is no fact: what is kept, or what could not be taken.</summary>
    public string Value(string field) => Value(Open, field, field == "wishes" ? Open.Wishes : Written(Answer.Case.AsOf));

    /// <summary>Why what stands in a field that is no fact could not be taken; null when it was.</summary>
    public string? Wrong(string field) => Open.Rejected.GetValueOrDefault(field)?.Why;

    private static string Value(OpenCase open, string field, string kept) => open.Rejected.TryGetValue(field, out var rejected) ? rejected.Input.Text : kept;

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd");

    /// <summary>A field that is no fact, if a person changed it. What cannot be taken stays in its field with the reason; what was kept before counts on.</summary>
    private OpenCase Taken(OpenCase changed, OpenCase base1, string field, string kept, Func<string, string?> why, Func<string, OpenCase> take)
    {
        var typed = Typed.Text(Request.Form[field].ToString(), int.MaxValue);
        if (!Request.Form.ContainsKey(field) || typed == Typed.Text(Value(base1, field, kept), int.MaxValue)) return changed;
        if (why(typed) is { } wrong) return changed with { Rejected = changed.Rejected.SetItem(field, new(new() { Text = typed }, wrong)) };
        var taken = take(typed);
        return taken with { Rejected = taken.Rejected.Remove(field) };
    }
}
