using Hilum.Answers;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Web.Patients;
using Hilum.Web.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages.Guide;

/// <summary>An edition, a treatment, a trial or one rule, in sentences with sources and review state; a rule can be tried on an example patient.</summary>
internal sealed class ShowModel(PageText text, PatientList patients, SiteSettings settings) : PageModel
{
    /// <summary>What is shown.</summary>
    public Document Document { get; private set; } = null!;

    /// <summary>Whether it is a rule, which can be tried.</summary>
    public bool IsRule { get; private set; }

    /// <summary>The example patients, by the names that people know them by.</summary>
    public IEnumerable<(string Id, string Name)> Examples => patients.Examples.Select(e => (e.Id, text.ExampleName(e.Id)));

    /// <summary>The example patient it was tried on; null when none was named.</summary>
    public OpenCase? Tried { get; private set; }

    /// <summary>What came of it, clause by clause.</summary>
    public Document? Trial { get; private set; }

    /// <summary>Shows it.</summary>
    public IActionResult OnGet([FromRoute] string id)
    {
        var nobody = new CaseBuilder(text.Content.Facts).Build(new(), new() { AsOf = DateOnly.MinValue });
        if (new GuidanceDocument(text.Content, nobody, new Sentences(text.Content, nobody, text.Language)).Show(id) is not { } document) return new RedirectResult(Url.Content("~/guidance"));
        Document = document;
        var catalogue = text.Content.Catalogue;
        var named = catalogue.FindEdition(id) is null && catalogue.Find(id) is null && text.Content.FindTrial(id) is null;
        var rules = catalogue.Editions.SelectMany(e => e.Recommendations.Where(r => r.Id == id).Select(r => (e.Id + text.Guidance("list.colon") + text.In(r.Says), r.When))).ToList();
        rules.AddRange(catalogue.SafetyRules.Where(r => r.Id == id).Select(r => (text.In(r.Says), r.When)));
        IsRule = named && rules.Count > 0;
        Tried = IsRule ? patients.Example(Request.Query["patient"].ToString()) : null;
        if (Tried is not null) Trial = Try(rules, Tried);
        return Page();
    }

    private Document Try(IEnumerable<(string Says, TruthNode When)> rules, OpenCase example)
    {
        var answer = CaseAnswer.For(example, text.Content, text.Language, DateOnly.FromDateTime(settings.Time.GetLocalNow().DateTime));
        var words = answer.Words;
        var document = new Document(words.Say("list.colon"));
        foreach (var (says, when) in rules)
        {
            document.Entry(0, says.TrimEnd('.'), words.Word(when.Evaluate(answer.Case.Possible)), Tone.Strong);
            foreach (var clause in words.Decisive(when)) document.Entry(1, "", words.Full(clause));
        }

        return document;
    }
}
