using Hilum.Fhir.Reading;
using Hilum.Web.Patients;
using Hilum.Web.SignIn;
using Hilum.Web.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages.Plans;

/// <summary>A plan of the store, and the way back to its case.</summary>
internal sealed class StoredPlanModel(PlanShelf shelf, PatientList patients, PageText text, Gate gate) : PageModel
{
    /// <summary>The plan.</summary>
    public Hilum.Plans.Plan Plan { get; private set; } = null!;

    /// <summary>Who signed which version.</summary>
    public IReadOnlyList<(int Version, string Role, string At)> Signatures => shelf.Signatures(Plan.Id);

    /// <summary>What the board noted last; null when it noted nothing.</summary>
    public Hilum.Plans.BoardNote? Note => shelf.LastNote(Plan.Id);

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync([FromRoute] string id)
    {
        if (!Find(id)) return new RedirectResult(Url.Content("~/plans"));
        await shelf.Looked(gate.IdOf(User) ?? "local", Plan, text.Content.Sha256);
        return Page();
    }

    /// <summary>Opens its record and its content again, as a case to go on with.</summary>
    public IActionResult OnPost([FromRoute] string id)
    {
        if (!Find(id) || shelf.RecordOf(Plan) is not { } body || RecordReader.Read(body, text.Content, Plan.Basis.AsOf).Record is not { } record) return new RedirectResult(Url.Content("~/plans"));
        var open = patients.Open(Plan.Patient, record);
        var plan = new CasePlan { Draft = Plan.Content, Reasons = [.. Plan.Content.Steps.Select(_ => "")] };
        var note = shelf.LastNote(id);
        patients.Change(open.Id, c => c with { StoredPlan = Plan.Id, Plan = note is null ? plan : plan.With(note), Wishes = note?.Wishes ?? "" });
        return new RedirectResult(Url.Content($"~/cases/{open.Id}"));
    }

    private bool Find(string id)
    {
        if (shelf.Find(id) is not { } found) return false;
        Plan = found;
        return true;
    }
}
