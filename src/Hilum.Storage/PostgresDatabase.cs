using System.Data.Common;
using Npgsql;

namespace Hilum.Storage;

/// <summary>A store in a PostgreSQL database, which must be there and be empty or hold a store.</summary>
public sealed class PostgresDatabase : Database
{
    /// <summary>Taken by whoever writes, so that the audit is one chain also when several processes write.</summary>
    private const long WriterLock = 0x48494C554D;

    private readonly NpgsqlConnectionStringBuilder settings;

    /// <summary>Takes a connection text.</summary>
    /// <exception cref="ArgumentException">It is not one.</exception>
    public PostgresDatabase(string connection)
    {
        settings = new(connection) { ApplicationName = "Hilum", IncludeErrorDetail = false };
        if (string.IsNullOrEmpty(settings.Host) || string.IsNullOrEmpty(settings.Database)) throw new ArgumentException("Host and Database are needed", nameof(connection));
    }

    /// <inheritdoc/>
    public override string Name => $"{PostgresPrefix}{settings.Host}:{settings.Port}/{settings.Database}";

    internal override string Dialect => "postgres";

    internal override string BeginWrite => $"BEGIN; SELECT pg_advisory_xact_lock({WriterLock})";

    internal override string BeginRead => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    internal override string HasTable => "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = @name";

    /// <inheritdoc/>
    public override bool Exists() => true;

    internal override DbConnection Open(bool write)
    {
        var connection = new NpgsqlConnection(settings.ToString());
        connection.Open();
        return connection;
    }

    internal override void Release()
    {
        using var connection = new NpgsqlConnection(settings.ToString());
        NpgsqlConnection.ClearPool(connection);
    }
}
