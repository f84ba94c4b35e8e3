using System.Data;
using System.Data.Common;

namespace Hilum.Storage;

/// <summary>An open connection that keeps its prepared commands. Not for two threads at once.</summary>
internal sealed class Session(Database database, bool write) : IDisposable
{
    private readonly DbConnection connection = database.Open(write);
    private readonly Dictionary<string, DbCommand> commands = new(StringComparer.Ordinal);

    public Database Database => database;

    public void Dispose()
    {
        foreach (var command in commands.Values) command.Dispose();
        connection.Dispose();
    }

    /// <summary>Runs text that answers nothing; several statements are allowed.</summary>
    public void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs one statement.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Command(sql, values).ExecuteNonQuery();

    /// <summary>Runs one query and reads all its rows.</summary>
    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var reader = Command(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    /// <summary>Runs one query and hands its rows over one by one.</summary>
    public void Each(string sql, Action<DbDataReader> row)
    {
        using var reader = Command(sql, []).ExecuteReader();
        while (reader.Read()) row(reader);
    }

    /// <summary>A query that answers one row or none.</summary>
    public T? One<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
        where T : class
    {
        using var reader = Command(sql, values).ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    /// <summary>A query that answers one number.</summary>
    public long Number(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Convert.ToInt64(Command(sql, values).ExecuteScalar() ?? 0L);

    private DbCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in values)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.DbType = value switch { long or int => DbType.Int64, byte[] => DbType.Binary, _ => DbType.String };
                command.Parameters.Add(parameter);
            }

            if (values.Length > 0) command.Prepare();
            commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i].Value is int number ? (long)number : values[i].Value ?? DBNull.Value;
        return command;
    }
}
