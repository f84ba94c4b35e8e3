using Hilum.Evidence;
using Hilum.Options;
using Hilum.Web.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages.Cases;

/// <summary>The page for the patient and family: only after a clinician released a plan; the same options as the clinician's; no figure of survival before it is asked for.</summary>
internal sealed class PatientModel : ReleasedPage
{
    /// <summary>What was chosen about survival: empty until something was. It is sent, never kept, and never in an address.</summary>
    public string Survival { get; private set; } = "";

    /// <summary>Whether a relative or friend reads: other words, and the numbers are the patient's to ask for first.</summary>
    public bool ForCarer => Request.Query["reader"] == "carer";

    /// <summary>The words for whoever reads. Both keys stand whole on the page, where tests find them.</summary>
    public string ToReader(string patient, string carer) => ForCarer ? carer : patient;

    /// <summary>This page for the one who reads it now.</summary>
    public string Here => Link("patient", ForCarer ? "?reader=carer" : "");

    /// <summary>Signs to act on, of what was planned.</summary>
    public IReadOnlyList<WarningSign> Signs => [.. Planned.SelectMany(t => t.WarningSigns)];

    /// <summary>The planned treatments with their figures of survival: for someone who asked for numbers.</summary>
    public IReadOnlyList<ComparedOption> Columns => [.. Planned
        .Select(t => Answer.Assessment.Options.FirstOrDefault(o => o.Treatment.Id == t.Id)).OfType<Option>()
        .Select(o => new ComparedOption(new(Answer, o, false), T, WithSurvival: true))];

    /// <summary>Rates of survival at named times of the trials behind the planned treatments.</summary>
    public IEnumerable<(ComparedOption Option, Trial Trial, TrialResult Rate)> Numbers => Columns
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
