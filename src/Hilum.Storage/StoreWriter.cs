using System.Security.Cryptography;
using Hilum.Plans;

namespace Hilum.Storage;

/// <summary>Writes to a store, inside one transaction; each row with its entry in the audit.</summary>
public sealed class StoreWriter : StoreReader
{
    private static readonly TimeSpan KeptRepeats = TimeSpan.FromDays(1);
    private readonly string who;
    private readonly DateTimeOffset now;

    internal StoreWriter(Session session, AuditEntry? last, string who, DateTimeOffset now)
        : base(session) => (Last, this.who, this.now) = (last, who, now);

    /// <summary>The newest entry of the audit.</summary>
    internal AuditEntry? Last { get; private set; }

    private string At => now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'");

    /// <summary>A new id: sorts by time.</summary>
    public string NewId() => Guid.CreateVersion7(now).ToString("N");

    /// <summary>Adds an entry to the audit that no row goes with: an evaluation, a reading.</summary>
    public AuditEntry Audit(string action, string subject, string? input = null, string? content = null, string? output = null)
    {
        var entry = AuditEntry.After(Last, At, who, action, subject, input, content, output);
        Session.Execute(Table.Audit.Insert, Row.Of(entry).Parameters());
        return Last = entry;
    }

    /// <summary>Adds a patient.</summary>
    /// <exception cref="ConflictException">There is one of this id.</exception>
    public StoredPatient AddPatient(string id, string? input = null)
    {
        if (Patient(id) is not null) throw new ConflictException($"there is a patient {id} already");
        var row = Add(Table.Patients, $"patients/{id}", input, null, id);
        return new(id, row.Seq, At, who);
    }

    /// <summary>Adds a record as received.</summary>
    public StoredRecord AddRecord(string patient, string media, byte[] body, string? content = null)
    {
        var id = NewId();
        var row = Add(Table.Records, $"patients/{patient}/records/{id}", Convert.ToHexStringLower(SHA256.HashData(body)), content, id, patient, media, body);
        return new(id, patient, media, row.Seq, At, who, body);
    }

    /// <summary>Adds a plan, or the next version of one.</summary>
    /// <param name="plan">The version to add.</param>
    /// <param name="input">The hash of what was sent.</param>
    /// <exception cref="ConflictException">This version is there already, or is not the next one: somebody else was first. Or the plan that it supersedes is not active.</exception>
    public Stored<Plan> AddPlan(Plan plan, string? input = null)
    {
        var current = Versions(plan.Id);
        var version = current.Count == 0 ? 0 : current[^1].Version;
        if (plan.Version != version + 1)
            throw new ConflictException(version >= plan.Version ? $"version {version} stands now, saved by {current[^1].Who} at {current[^1].At}: read it, and make your change to it" : $"version {plan.Version} cannot follow version {version}", version);
        if (plan.State is PlanState.Active && plan.Content.Supersedes is { } older) Supersede(older, plan);
        var body = PlanJson.Write(plan);
        var row = Add(Table.Plans, $"plans/{plan.Id}/versions/{plan.Version}", input, plan.Basis.ContentSha256, plan.Id, plan.Version, plan.Patient, plan.State.Id(), body);
        return new(plan, row.Seq, At, who, body);
    }

    /// <summary>Adds a decision.</summary>
    public Stored<Decision> AddDecision(Decision decision, string? input = null) =>
        Add(Table.Decisions, decision, decision.Id, decision.Plan, decision.PlanVersion, PlanJson.Write(decision), input, "decisions");

    /// <summary>Adds a board note.</summary>
    /// <exception cref="InvalidDataException">It could not be read back; nothing is stored.</exception>
    public Stored<BoardNote> AddNote(BoardNote note, string? input = null)
    {
        var body = PlanJson.Write(note);
        PlanJson.ReadNote(body);
        return Add(Table.Notes, note, note.Id, note.Plan, note.PlanVersion, body, input, "notes");
    }

    /// <summary>Adds a sign-off.</summary>
    public Stored<SignOff> AddSignOff(SignOff signOff, string? input = null) => Add(Table.SignOffs, signOff, signOff.Id, signOff.Plan, signOff.PlanVersion, PlanJson.Write(signOff), input, "sign-offs");

    /// <summary>Keeps an answer for a day, so that the same request is not done twice.</summary>
    public void Keep(string key, Repeat repeat)
    {
        Session.Execute("DELETE FROM repeats WHERE at < @old", ("@old", now.UtcDateTime.Subtract(KeptRepeats).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'")));
        Session.Execute("INSERT INTO repeats (id, request, at, status, place, tag, body) VALUES (@id, @request, @at, @status, @place, @tag, @body)",
            ("@id", key), ("@request", repeat.Request), ("@at", At), ("@status", repeat.Status), ("@place", repeat.Place), ("@tag", repeat.Tag), ("@body", repeat.Body));
    }

    /// <summary>Adds a row exactly as another store held it.</summary>
    internal void Copy(Row row) => Session.Execute(row.Table.Insert, row.Parameters());

    private void Supersede(string older, Plan plan)
    {
        var current = Plan(older)?.Value ?? throw new ConflictException($"there is no plan {older} to supersede");
        if (current.Patient != plan.Patient) throw new ConflictException($"plan {older} is another patient's");
        if (current.Move(PlanState.Superseded, out var ended).Count > 0) throw new ConflictException($"plan {older} is {current.State.Id()}; only an active plan is superseded", current.Version);
        AddPlan(ended);
    }

    private Stored<T> Add<T>(Table table, T value, string id, string plan, int version, byte[] body, string? input, string kind)
    {
        var row = Add(table, $"plans/{plan}/{kind}/{id}", input, null, id, plan, version, body);
        return new(value, row.Seq, At, who, body);
    }

    /// <summary>Adds a row whose other columns follow in their order: <c>seq</c>, <c>at</c> and <c>who</c> are filled in.</summary>
    private Row Add(Table table, string subject, string? input, string? content, params object[] others)
    {
        var next = new Queue<object>(others);
        var seq = (Last?.Seq ?? 0) + 1;
        var row = new Row(table, [.. table.Columns.Select(c => c switch { "seq" => seq, "at" => At, "who" => who, _ => next.Dequeue() is var value && value is int number ? (long)number : value })]);
        Audit(table.Action, subject, input, content, row.Sha256());
        Session.Execute(table.Insert, row.Parameters());
        return row;
    }
}
