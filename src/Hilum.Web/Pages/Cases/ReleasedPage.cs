using Hilum.Options;
using Hilum.Web.Patients;

namespace Hilum.Web.Pages.Cases;

/// <summary>A page or sheet for the patient: it says nothing before a clinician released a plan.</summary>
internal abstract class ReleasedPage : CasePage
{
    private static readonly string[] Asked = ["patient.question.aim", "patient.question.life", "patient.question.wait", "patient.question.call", "patient.question.trial"];

    /// <summary>The released plan; null when there is none.</summary>
    public SignedPlan? Released => Open.Plan.Released;

    /// <summary>Its treatments.</summary>
    public IReadOnlyList<Treatment> Planned => [.. (Released?.Plan.Draft.Steps ?? []).Select(s => Guidance.Catalogue.Find(s.Treatment)).OfType<Treatment>()];

    /// <summary>The options that the clinician sees on offer: these and no others.</summary>
    public IReadOnlyList<Option> Offered => [.. Answer.Words.InOrder(Answer.Assessment.Options.Where(o => o.Standing.IsOffered()))];

    /// <summary>What stage 4 means.</summary>
    public string Stage => Answer.Words.Say("patient.stage");

    /// <summary>Questions to take along: always the five, then those that the unknown facts raise.</summary>
    public IEnumerable<string> Questions => Asked.Select(k => T.Guidance(k)).Concat(Answer.Assessment.Missing.Take(2).Select(m => T["patient.question.missing", Answer.Words.Label(m.Fact)]));
}
