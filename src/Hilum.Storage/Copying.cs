using System.Data.Common;

namespace Hilum.Storage;

/// <summary>Moves whole stores: backup to a file, restore from one, and from rows of any origin. What was copied is verified before it counts.</summary>
public static class Copying
{
    /// <summary>Writes a copy of a store, as it stands at this moment, to a new SQLite file. The store may be in use.</summary>
    /// <returns>What the walk over the copy found; no faults, or nothing was kept.</returns>
    /// <exception cref="StoreException">The file is there already, or cannot be written.</exception>
    public static Verification Backup(Database from, string file)
    {
        if (File.Exists(file)) throw new StoreException($"{file}: there is a file of this name already");
        if (!from.Exists()) throw new StoreException($"{from.Name}: there is no store here");
        var part = $"{file}.{Environment.ProcessId}.part";
        try
        {
            var made = Copy(from, new SqliteDatabase(part));
            if (made.Faults.Count == 0) File.Move(part, file);
            return made;
        }
        finally
        {
            foreach (var left in new[] { part, $"{part}-wal", $"{part}-shm" }) File.Delete(left);
        }
    }

    /// <summary>Puts a backup into a store that holds nothing yet.</summary>
    /// <exception cref="StoreException">The store is not empty, or the file is not a backup.</exception>
    public static Verification Restore(string file, Database to)
    {
        var from = new SqliteDatabase(file);
        if (!from.Exists()) throw new StoreException($"{file}: there is no such file");
        var checkedFile = Verification.Of(from);
        return checkedFile.Faults.Count > 0 ? checkedFile : Copy(from, to);
    }

    /// <summary>Fills an empty store with rows, all or none.</summary>
    /// <param name="to">The store.</param>
    /// <param name="rows">Calls back for each row: the audit first, then <see cref="Table.Added"/> in order, each table by <c>seq</c>.</param>
    /// <exception cref="StoreException">The store is not empty, or a row does not fit.</exception>
    public static Verification Fill(Database to, Action<Action<Row>> rows)
    {
        try
        {
            using var session = new Session(to, write: true);
            Migrations.Apply(session);
            session.Run(to.BeginWrite);
            var writer = new StoreWriter(session, null, "", DateTimeOffset.UnixEpoch);
            if (Table.All.Any(t => writer.Count(t) > 0)) throw new StoreException($"{to.Name}: this store is not empty; name one that is not there yet");
            rows(writer.Copy);
            var found = Verification.Of(session);
            session.Run(found.Faults.Count == 0 ? "COMMIT" : "ROLLBACK");
            if (found.Faults.Count == 0 && to is SqliteDatabase) session.Run("PRAGMA wal_checkpoint(TRUNCATE)");
            return found;
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{to.Name}: the store cannot be filled: {e.Message}", e);
        }
    }

    /// <summary>Hands over every row of a store, as it stands at this moment, in the order of <see cref="Table.All"/>.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static void Each(Database from, Action<Row> row)
    {
        if (!from.Exists()) throw new StoreException($"{from.Name}: there is no store here");
        try
        {
            using var session = new Session(from, write: false);
            session.Run(from.BeginRead);
            if (Migrations.Version(session) != Migrations.Current) throw new StoreException($"{from.Name}: this is not a store of version {Migrations.Current}");
            var reader = new StoreReader(session);
            foreach (var table in Table.All) reader.Each(table, row);
        }
        catch (DbException e)
        {
            throw new StoreException($"{from.Name}: the store cannot be read: {e.Message}", e);
        }
    }

    private static Verification Copy(Database from, Database to) => Fill(to, add => Each(from, add));
}
