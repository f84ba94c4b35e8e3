using System.Data.Common;

namespace Hilum.Storage;

/// <summary>A database that can hold a store: what differs between one and another.</summary>
public abstract class Database
{
    /// <summary>The word before a PostgreSQL connection text in the one setting that chooses the database.</summary>
    public const string PostgresPrefix = "postgres:";

    /// <summary>What the setting names, without any password.</summary>
    public abstract string Name { get; }

    internal abstract string Dialect { get; }

    internal abstract string BeginWrite { get; }

    internal abstract string BeginRead { get; }

    internal abstract string HasTable { get; }

    /// <summary>Chooses a database by its setting: a path is a SQLite file, <c>postgres:Host=...;Database=...</c> is PostgreSQL.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="problem">What is wrong with it; null when nothing is.</param>
    public static Database? From(string setting, out string? problem)
    {
        problem = null;
        if (!setting.StartsWith(PostgresPrefix, StringComparison.Ordinal)) return new SqliteDatabase(setting);
        try
        {
            return new PostgresDatabase(setting[PostgresPrefix.Length..]);
        }
        catch (ArgumentException e)
        {
            problem = $"this is not a PostgreSQL connection ({e.Message}); {PostgresPrefix}Host=...;Database=...;Username=... was expected";
            return null;
        }
    }

    /// <summary>Whether there is a store already.</summary>
    public abstract bool Exists();

    internal abstract DbConnection Open(bool write);

    /// <summary>Faults that the database finds in its own files.</summary>
    internal virtual IEnumerable<string> OwnFaults(Session session) => [];

    /// <summary>Lets go of pooled connections.</summary>
    internal abstract void Release();
}
