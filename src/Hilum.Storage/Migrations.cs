using System.Reflection;

namespace Hilum.Storage;

/// <summary>Brings the tables of a store to the version of this program. A step once released never changes; a change is a further step.</summary>
internal static class Migrations
{
    /// <summary>The version of this program: <c>Sql/1.*.sql</c> to <c>Sql/N.*.sql</c>.</summary>
    public const int Current = 1;

    /// <summary>Applies the steps that are missing, all or none.</summary>
    /// <exception cref="StoreException">The store is of a later version, or is something else.</exception>
    public static void Apply(Session session)
    {
        session.Run(session.Database.BeginWrite);
        var version = Version(session);
        if (version is null)
        {
            if (session.Number(session.Database.HasTable, ("@name", "audit")) > 0) throw new StoreException($"{session.Database.Name}: this holds tables that are not a store of Hilum");
            session.Run("CREATE TABLE store_version (version INTEGER NOT NULL)");
            session.Run("INSERT INTO store_version VALUES (0)");
            version = 0;
        }

        if (version > Current) throw new StoreException($"{session.Database.Name}: the store is of version {version}; this program knows versions up to {Current}. Use the newer program");
        for (var step = version.Value + 1; step <= Current; step++) session.Run(Text((int)step, session.Database.Dialect));
        if (version < Current) session.Execute("UPDATE store_version SET version = @version", ("@version", Current));
        session.Run("COMMIT");
    }

    /// <summary>The version of a store; null where there is none.</summary>
    public static long? Version(Session session) =>
        session.Number(session.Database.HasTable, ("@name", "store_version")) == 0 ? null : session.Number("SELECT MAX(version) FROM store_version");

    private static string Text(int step, string dialect)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{step}.{dialect}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
