using Hilum.Evidence;
using Hilum.Options;
using Hilum.Web.Components;
using Hilum.Web.Patients;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages.Cases;

/// <summary>The page for the patient and family: only after a clinician released a plan; the same options as the clinician's; no figure of survival before it is asked for.</summary>
internal sealed class PatientModel : CasePage
{
    private static readonly string[] Asked = ["patient.question.aim", "patient.question.life", "patient.question.wait", "patient.question.call", "patient.question.trial"];

    /// <summary>The released plan; null when there is none.</summary>
    public SignedPlan? Released => Open.Plan.Released;

    /// <summary>What stage 4 means.</summary>
    public string Stage => Answer.Words.Say("patient.stage");

    /// <summary>What was chosen about survival: empty until something was. It is sent, never kept, and never in an address.</summary>
    public string Survival { get; private set; } = "";

    /// <summary>The options that the clinician sees on offer: these and no others.</summary>
    public IReadOnlyList<Option> Offered => [.. Answer.Words.InOrder(Answer.Assessment.Options.Where(o => o.Standing.IsOffered()))];

    /// <summary>Questions to take along: always the five, then those that the unknown facts raise.</summary>
    public IEnumerable<string> Questions => Asked.Select(k => T.Guidance(k)).Concat(Answer.Assessment.Missing.Take(2).Select(m => T["patient.question.missing", Answer.Words.Label(m.Fact)]));

    /// <summary>Signs to act on, of what was planned, or else of all that is on offer.</summary>
    public IReadOnlyList<WarningSign> Signs => [.. Planned.SelectMany(t => t.WarningSigns)];

    /// <summary>Treatments of the released plan.</summary>
    public IEnumerable<Treatment> Planned => (Released?.Plan.Draft.Steps ?? []).Select(s => Guidance.Catalogue.Find(s.Treatment)).OfType<Treatment>();

    /// <summary>Rates of survival at named times of the trials behind the planned treatments.</summary>
    public IEnumerable<(ComparedOption Option, Trial Trial, TrialResult Rate)> Numbers => Planned
        .Select(t => Answer.Assessment.Options.FirstOrDefault(o => o.Treatment.Id == t.Id)).OfType<Option>()
        .Select(o => new ComparedOption(new(Answer, o, false), T, WithSurvival: true))
        .SelectMany(c => c.Trials.SelectMany(trial => c.Rates(trial).Where(r => r is { Endpoint: "overall-survival", AtMonths: not null }).Select(rate => (c, trial, rate))));

    /// <summary>The keys of the general idea in words.</summary>
    public static IReadOnlyList<string> InWords { get; } = ["patient.survival.words.1", "patient.survival.words.2", "patient.survival.words.3"];

    /// <summary>Shows what was asked for; nothing is kept.</summary>
    public PageResult OnPost()
    {
        Survival = Request.Form["survival"].ToString() is "none" or "words" or "numbers" or "later" ? Request.Form["survival"].ToString() : "";
        return Page();
    }
}
