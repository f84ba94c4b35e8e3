using System.Data.Common;
using Hilum.Plans;

namespace Hilum.Storage;

/// <summary>What a walk over the whole store found.</summary>
/// <param name="Entries">Entries of the audit.</param>
/// <param name="Rows">Rows that they added.</param>
/// <param name="Head">The hash of the newest entry: kept elsewhere, it shows later that nothing was cut off the end.</param>
/// <param name="Faults">What is wrong, the first hundred.</param>
public sealed record Verification(long Entries, long Rows, string Head, IReadOnlyList<string> Faults)
{
    private const int Most = 100;

    /// <summary>Walks over a store: the chain of the audit, entry by entry; each row against the entry that added it; each entry against its row; the database's own check.</summary>
    /// <param name="database">The store.</param>
    /// <param name="head">A hash that must be in the chain; null for none.</param>
    /// <exception cref="StoreException">There is no store that could be read at all.</exception>
    public static Verification Of(Database database, string? head = null)
    {
        if (!database.Exists()) throw new StoreException($"{database.Name}: there is no store here");
        try
        {
            using var session = new Session(database, write: false);
            session.Run(database.BeginRead);
            if (Migrations.Version(session) is not { } version) throw new StoreException($"{database.Name}: this is not a store of Hilum");
            if (version != Migrations.Current) throw new StoreException($"{database.Name}: the store is of version {version}, not {Migrations.Current}; start the service once to bring it up to date");
            return Of(session, head);
        }
        catch (DbException e)
        {
            return new(0, 0, "", [$"{database.Name}: the database cannot be read: {e.Message}"]);
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or InvalidDataException)
        {
            return new(0, 0, "", [$"{database.Name}: a row holds something of another kind: {e.Message}"]);
        }
    }

    internal static Verification Of(Session session, string? head = null)
    {
        var faults = new List<string>();
        foreach (var fault in session.Database.OwnFaults(session)) Add($"database: {fault}");
        var reader = new StoreReader(session);
        AuditEntry? last = null;
        var found = head is null;
        reader.Each(Table.Audit, row =>
        {
            var entry = row.Entry();
            if (entry.Seq != (last?.Seq ?? 0) + 1) Add($"audit {entry.Seq}: entry {(last?.Seq ?? 0) + 1} was expected here");
            if (entry.Previous != (last?.Hash ?? AuditEntry.Genesis)) Add($"audit {entry.Seq}: it does not follow from the entry before");
            if (entry.Hash != entry.Expected()) Add($"audit {entry.Seq}: it was changed");
            found |= entry.Hash == head;
            last = entry;
        });
        if (!found) Add($"audit: no entry has the hash {head}; entries were cut off or replaced");
        var rows = Table.Added.Sum(table => Walk(session, table, Add));
        return new(last?.Seq ?? 0, rows, last?.Hash ?? AuditEntry.Genesis, faults);

        void Add(string fault)
        {
            if (faults.Count < Most) faults.Add(fault);
        }
    }

    private static long Walk(Session session, Table table, Action<string> fault)
    {
        var count = 0L;
        var columns = table.Columns.Count;
        session.Each($"SELECT {string.Join(", ", table.Columns.Select(c => $"t.{c}"))}, a.action, a.output, a.at, a.who FROM {table.Name} t LEFT JOIN audit a ON a.seq = t.seq ORDER BY t.seq", r =>
        {
            count++;
            var row = table.Read(r);
            if (r.IsDBNull(columns) || r.GetString(columns) != table.Action) fault($"{table.Name} {row.Seq}: no entry of the audit added it");
            else if (r.IsDBNull(columns + 1) || r.GetString(columns + 1) != row.Sha256()) fault($"{table.Name} {row.Seq}: it is not what was added");
            else if (r.GetString(columns + 2) != row.Text("at") || r.GetString(columns + 3) != row.Text("who")) fault($"{table.Name} {row.Seq}: time or person differ from the audit");
        });
        foreach (var missing in session.Query($"SELECT a.seq FROM audit a LEFT JOIN {table.Name} t ON t.seq = a.seq WHERE a.action = @action AND t.seq IS NULL ORDER BY a.seq", r => r.GetInt64(0), ("@action", table.Action)))
            fault($"{table.Name} {missing}: the row that the audit speaks of is missing");
        return count;
    }
}
