using System.Data.Common;
using Hilum.Plans;

namespace Hilum.Storage;

/// <summary>Something stored: what it is, who added it when, and its bytes.</summary>
/// <typeparam name="T">A plan, a decision, a note, a sign-off.</typeparam>
public sealed record Stored<T>(T Value, long Seq, string At, string Who, byte[] Body);

/// <summary>A patient: a local id and nothing else.</summary>
public sealed record StoredPatient(string Id, long Seq, string At, string Who);

/// <summary>A record, as received.</summary>
public sealed record StoredRecord(string Id, string Patient, string Media, long Seq, string At, string Who, byte[] Body);

/// <summary>Where a plan stands now, without its content.</summary>
public sealed record PlanHead(string Id, string Patient, int Version, PlanState State, long Seq, string At, string Who);

/// <summary>A page of a list; <paramref name="Next"/> is where the next one begins, null at the end.</summary>
public sealed record StorePage<T>(IReadOnlyList<T> Items, long? Next);

/// <summary>An answer given earlier to the same request.</summary>
public sealed record Repeat(string Request, int Status, string? Place, string? Tag, byte[] Body);

/// <summary>Reads a store. Lists are in the order in which things were added.</summary>
public class StoreReader
{
    private const string OnPage = " ORDER BY seq LIMIT @limit";

    private readonly Session session;

    internal StoreReader(Session session) => this.session = session;

    /// <summary>A patient, or null.</summary>
    public StoredPatient? Patient(string id) => session.One($"{Table.Patients.Select} WHERE id = @id", Patient, ("@id", id));

    /// <summary>Patients after an entry.</summary>
    public StorePage<StoredPatient> Patients(long after, int limit) =>
        Page(session.Query($"{Table.Patients.Select} WHERE seq > @after{OnPage}", Patient, ("@after", after), ("@limit", limit + 1)), limit, p => p.Seq);

    /// <summary>A record of a patient, or null.</summary>
    public StoredRecord? Record(string patient, string id) => session.One($"{Table.Records.Select} WHERE id = @id AND patient = @patient", Record, ("@id", id), ("@patient", patient));

    /// <summary>Records of a patient, with their bytes.</summary>
    public StorePage<StoredRecord> Records(string patient, long after, int limit) =>
        Page(session.Query($"{Table.Records.Select} WHERE patient = @patient AND seq > @after{OnPage}", Record, ("@patient", patient), ("@after", after), ("@limit", limit + 1)), limit, r => r.Seq);

    /// <summary>The current version of a plan, or null.</summary>
    public Stored<Plan>? Plan(string id) => session.One($"{Table.Plans.Select} WHERE id = @id ORDER BY version DESC LIMIT 1", Plan, ("@id", id));

    /// <summary>One version of a plan, or null.</summary>
    public Stored<Plan>? Plan(string id, int version) => session.One($"{Table.Plans.Select} WHERE id = @id AND version = @version", Plan, ("@id", id), ("@version", version));

    /// <summary>All versions of a plan.</summary>
    public IReadOnlyList<PlanHead> Versions(string id) => session.Query($"{HeadColumns} FROM plans WHERE id = @id ORDER BY version", Head, ("@id", id));

    /// <summary>The plans of a patient, each as it stands now; of all patients for null.</summary>
    public StorePage<PlanHead> Plans(string? patient, long after, int limit)
    {
        const string Current = " FROM plans p WHERE seq > @after AND version = (SELECT MAX(version) FROM plans q WHERE q.id = p.id)";
        return Page(patient is null
            ? session.Query($"{HeadColumns}{Current}{OnPage}", Head, ("@after", after), ("@limit", limit + 1))
            : session.Query($"{HeadColumns}{Current} AND patient = @patient{OnPage}", Head, ("@after", after), ("@patient", patient), ("@limit", limit + 1)), limit, h => h.Seq);
    }

    /// <summary>Decisions on a plan; on all plans for null.</summary>
    public StorePage<Stored<Decision>> Decisions(string? plan, long after, int limit) => OfPlan(Table.Decisions, plan, after, limit, PlanJson.ReadDecision);

    /// <summary>Board notes on a plan.</summary>
    public StorePage<Stored<BoardNote>> Notes(string plan, long after, int limit) => OfPlan(Table.Notes, plan, after, limit, PlanJson.ReadNote);

    /// <summary>The newest board note on a plan; null when there is none.</summary>
    public Stored<BoardNote>? LastNote(string plan) => session.One($"{Table.Notes.Select} WHERE plan = @plan ORDER BY seq DESC LIMIT 1", r => Item(Table.Notes.Read(r), PlanJson.ReadNote), ("@plan", plan));

    /// <summary>Sign-offs of a plan.</summary>
    public StorePage<Stored<SignOff>> SignOffs(string plan, long after, int limit) => OfPlan(Table.SignOffs, plan, after, limit, PlanJson.ReadSignOff);

    /// <summary>Entries of the audit.</summary>
    public StorePage<AuditEntry> Audit(long after, int limit) =>
        Page(session.Query($"{Table.Audit.Select} WHERE seq > @after{OnPage}", r => Table.Audit.Read(r).Entry(), ("@after", after), ("@limit", limit + 1)), limit, e => e.Seq);

    /// <summary>The newest entry of the audit; null while there is none.</summary>
    public AuditEntry? LastEntry() => session.One($"{Table.Audit.Select} ORDER BY seq DESC LIMIT 1", r => Table.Audit.Read(r).Entry());

    /// <summary>The answer given earlier under a key, or null.</summary>
    public Repeat? Repeat(string key) => session.One("SELECT request, status, place, tag, body FROM repeats WHERE id = @id",
        r => new Repeat(r.GetString(0), (int)r.GetInt64(1), r.IsDBNull(2) ? null : r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3), (byte[])r.GetValue(4)), ("@id", key));

    /// <summary>How many rows a table holds.</summary>
    public long Count(Table table) => session.Number($"SELECT COUNT(*) FROM {table.Name}");

    /// <summary>Hands over every row of a table, in order.</summary>
    public void Each(Table table, Action<Row> row) => session.Each($"{table.Select} ORDER BY seq", r => row(table.Read(r)));

    private const string HeadColumns = "SELECT id, patient, version, state, seq, at, who";

    private protected Session Session => session;

    private StorePage<Stored<T>> OfPlan<T>(Table table, string? plan, long after, int limit, Func<ReadOnlyMemory<byte>, T> read) => Page(plan is null
        ? session.Query($"{table.Select} WHERE seq > @after{OnPage}", r => Item(table.Read(r), read), ("@after", after), ("@limit", limit + 1))
        : session.Query($"{table.Select} WHERE plan = @plan AND seq > @after{OnPage}", r => Item(table.Read(r), read), ("@plan", plan), ("@after", after), ("@limit", limit + 1)), limit, s => s.Seq);

    private static Stored<T> Item<T>(Row row, Func<ReadOnlyMemory<byte>, T> read) => new(read(row.Body), row.Seq, row.Text("at"), row.Text("who"), row.Body);

    private static StorePage<T> Page<T>(List<T> found, int limit, Func<T, long> seq)
    {
        if (found.Count <= limit) return new(found, null);
        found.RemoveAt(limit);
        return new(found, seq(found[^1]));
    }

    private static StoredPatient Patient(DbDataReader reader)
    {
        var row = Table.Patients.Read(reader);
        return new(row.Text("id"), row.Seq, row.Text("at"), row.Text("who"));
    }

    private static StoredRecord Record(DbDataReader reader)
    {
        var row = Table.Records.Read(reader);
        return new(row.Text("id"), row.Text("patient"), row.Text("media"), row.Seq, row.Text("at"), row.Text("who"), row.Body);
    }

    private static Stored<Plan> Plan(DbDataReader reader) => Item(Table.Plans.Read(reader), PlanJson.ReadPlan);

    private static PlanHead Head(DbDataReader r) =>
        new(r.GetString(0), r.GetString(1), (int)r.GetInt64(2), LifeCycle.TryParse(r.GetString(3), out var state) ? state : default, r.GetInt64(4), r.GetString(5), r.GetString(6));
}
