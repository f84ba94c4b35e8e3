using Hilum.Plans;
using Hilum.Storage;
using Hilum.Web.Api;

namespace Hilum.Web.Patients;

/// <summary>Puts what is signed in the pages into the store that the API keeps: record, plan, reasons, board note and signature, in one transaction.</summary>
/// <param name="store">The store; null for a site that keeps nothing.</param>
/// <param name="patients">The open cases: each says which plan its versions are added to.</param>
internal sealed class PlanShelf(Store? store, PatientList patients)
{
    /// <summary>Whether there is a store.</summary>
    public bool IsOpen => store is not null;

    /// <summary>The plans that are kept, newest first.</summary>
    public IReadOnlyList<PlanHead> Plans => store is null ? [] : [.. store.Read(r => r.Plans(null, 0, 1000)).Items.Reverse()];

    /// <summary>A plan as it stands now; null when there is none.</summary>
    public Plan? Find(string id) => store?.Read(r => r.Plan(id))?.Value;

    /// <summary>Who signed a plan: version, role and time.</summary>
    public IReadOnlyList<(int Version, string Role, string At)> Signatures(string id) => store is null ? [] : [.. store.Read(r => r.SignOffs(id, 0, 200)).Items.Select(s => (s.Value.PlanVersion, s.Value.Role, s.At))];

    /// <summary>The record that a plan was made of, as received.</summary>
    public byte[]? RecordOf(Plan plan) => store?.Read(r => r.Record(plan.Patient, plan.Basis.Record))?.Body;

    /// <summary>Writes down that a plan was looked at, as the API does.</summary>
    public Task Looked(string who, Plan plan, string content) => store is null ? Task.CompletedTask : store.Audit(who, "read", $"plans/{plan.Id}", null, content, null);

    /// <summary>Keeps a signed version, and names its plan in the open case.</summary>
    /// <param name="who">Who signs: the account, or this machine.</param>
    /// <param name="answer">The answer that it rests on.</param>
    /// <param name="signed">What was signed.</param>
    /// <param name="calendar">The checks that it asks for.</param>
    /// <exception cref="StoreException">The store cannot be written now.</exception>
    public Task Keep(string who, CaseAnswer answer, SignedPlan signed, MonitoringCalendar calendar) => store is null ? Task.CompletedTask : store.Write(who, to =>
    {
        var content = answer.Words.Content;
        var patient = $"case-{answer.Open.Id}";
        if (to.Patient(patient) is null) to.AddPatient(patient);
        var body = CaseFile.Write(answer);
        var record = to.AddRecord(patient, "application/yaml", body, content.Sha256);
        var basis = new Judgement(answer.Open.Record, answer.Case.AsOf, [.. answer.Named?.Select(e => e.Id) ?? []], answer.Assessment).Basis(record.Id, Call.Sha256(body), content);
        var draft = signed.Plan.Draft;
        // back to draft while that is allowed; a plan that is agreed on or over stays as it is, and a new one is begun
        var plan = (patients.Find(answer.Open.Id) ?? answer.Open).StoredPlan is { } id && to.Plan(id)?.Value is { } known ? Reopened(to, known) : null;
        if (plan is null) to.AddPlan(plan = new() { Id = to.NewId(), Patient = patient, Version = 1, State = PlanState.Draft, Content = draft, Basis = basis, Calendar = calendar });
        else to.AddPlan(plan = plan with { Version = plan.Version + 1, Content = draft, Basis = basis, Calendar = calendar });
        plan.Move(PlanState.Proposed, out plan);
        var stored = to.AddPlan(plan);
        foreach (var (step, reason) in draft.Steps.Zip(signed.Plan.Reasons))
            if (reason.Length > 0) to.AddDecision(new(to.NewId(), plan.Id, plan.Version, step.Treatment, DecisionKind.Accepted, reason, step.Reason));
        var note = BoardNotes.Of(signed.Plan, answer.Open.Wishes) with { Id = to.NewId(), Plan = plan.Id, PlanVersion = plan.Version };
        if (note.IsSaid()) to.AddNote(note);
        to.AddSignOff(new(to.NewId(), plan.Id, plan.Version, Call.Sha256(stored.Body), signed.Role));
        patients.Change(answer.Open.Id, open => open with { StoredPlan = plan.Id }); // here, where one writes after the other
        return plan.Id;
    });

    /// <summary>Keeps what the board noted since a plan was signed; nothing when it is what was kept last.</summary>
    /// <param name="who">Who notes: the account, or this machine.</param>
    /// <param name="plan">The id of the plan.</param>
    /// <param name="note">What the board notes.</param>
    /// <exception cref="StoreException">The store cannot be written now.</exception>
    public async Task Keep(string who, string plan, BoardNote note)
    {
        if (store is null || (LastNote(plan) is { } last && BoardNotes.IsSame(last, note))) return;
        await store.Write(who, to => to.Plan(plan) is { } stored ? to.AddNote(note with { Id = to.NewId(), Plan = plan, PlanVersion = stored.Value.Version }) : null);
    }

    /// <summary>What the board noted last on a plan; null when it noted nothing.</summary>
    public BoardNote? LastNote(string plan) => store?.Read(r => r.LastNote(plan))?.Value;

    private static Plan? Reopened(StoreWriter to, Plan plan)
    {
        if (plan.State is PlanState.Draft) return plan;
        if (plan.Move(PlanState.Draft, out var draft).Count > 0) return null;
        to.AddPlan(draft);
        return draft;
    }
}
