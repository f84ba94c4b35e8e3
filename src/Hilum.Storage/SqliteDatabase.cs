using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Hilum.Storage;

/// <summary>A store in one file: the default, with nothing to configure.</summary>
/// <param name="path">The file; it is made, with its folder, when it is not there.</param>
public sealed class SqliteDatabase(string path) : Database
{
    private readonly string full = Path.GetFullPath(path);

    /// <inheritdoc/>
    public override string Name => full;

    internal override string Dialect => "sqlite";

    internal override string BeginWrite => "BEGIN IMMEDIATE";

    internal override string BeginRead => "BEGIN";

    internal override string HasTable => "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = @name";

    /// <inheritdoc/>
    public override bool Exists() => File.Exists(full) && new FileInfo(full).Length > 0;

    internal override DbConnection Open(bool write)
    {
        if (write) Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = full,
            Mode = write ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = 20,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        // FULL: what was acknowledged is on the disk, also after the power went
        command.CommandText = write ? "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON" : "PRAGMA query_only = ON; PRAGMA cell_size_check = ON";
        command.ExecuteNonQuery();
        if (write && !OperatingSystem.IsWindows()) File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return connection;
    }

    internal override IEnumerable<string> OwnFaults(Session session) =>
        session.Query("PRAGMA integrity_check(20)", r => r.GetString(0)).Where(line => line != "ok")
            .Concat(session.Query("PRAGMA foreign_key_check", r => $"{r.GetString(0)} {r.GetValue(1)}: the row that it refers to is missing"));

    internal override void Release()
    {
    }
}
