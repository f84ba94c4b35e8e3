using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hilum.Plans;

namespace Hilum.Storage;

/// <summary>A table of the store: its rows are added and never changed, and each row names the entry of the audit that speaks of it.</summary>
public sealed class Table
{
    private Table(string name, string action, params string[] columns)
    {
        (Name, Action, Columns) = (name, action, columns);
        Select = $"SELECT {string.Join(", ", columns)} FROM {name}";
        Insert = $"INSERT INTO {name} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(c => $"@{c}"))})";
    }

    /// <summary>The audit itself.</summary>
    public static Table Audit { get; } = new("audit", "", "seq", "at", "who", "action", "subject", "input", "content", "output", "previous", "hash");

    /// <summary>Patients, by local id.</summary>
    public static Table Patients { get; } = new("patients", "add-patient", "seq", "id", "at", "who");

    /// <summary>Records, as received.</summary>
    public static Table Records { get; } = new("records", "add-record", "seq", "id", "patient", "at", "who", "media", "body");

    /// <summary>Plans, a row a version.</summary>
    public static Table Plans { get; } = new("plans", "add-plan-version", "seq", "id", "version", "patient", "state", "at", "who", "body");

    /// <summary>Decisions.</summary>
    public static Table Decisions { get; } = new("decisions", "add-decision", "seq", "id", "plan", "version", "at", "who", "body");

    /// <summary>Board notes.</summary>
    public static Table Notes { get; } = new("notes", "add-note", "seq", "id", "plan", "version", "at", "who", "body");

    /// <summary>Sign-offs.</summary>
    public static Table SignOffs { get; } = new("signoffs", "add-sign-off", "seq", "id", "plan", "version", "at", "who", "body");

    /// <summary>What people added, in an order in which no row refers to a later table.</summary>
    public static IReadOnlyList<Table> Added { get; } = [Patients, Records, Plans, Decisions, Notes, SignOffs];

    /// <summary>Everything, in an order in which no row refers to a later table.</summary>
    public static IReadOnlyList<Table> All { get; } = [Audit, .. Added];

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What the audit calls the adding of a row.</summary>
    public string Action { get; }

    /// <summary>Its columns, <c>seq</c> first.</summary>
    public IReadOnlyList<string> Columns { get; }

    internal string Select { get; }

    internal string Insert { get; }

    internal Row Read(DbDataReader reader)
    {
        var values = new object?[Columns.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
        return new(this, values);
    }
}

/// <summary>A row of the store, column by column: a whole number (Int64), text, bytes, or null.</summary>
public sealed class Row(Table table, IReadOnlyList<object?> values)
{
    /// <summary>Its table.</summary>
    public Table Table => table;

    /// <summary>Its values, in the order of <see cref="Table.Columns"/>.</summary>
    public IReadOnlyList<object?> Values => values;

    /// <summary>The entry of the audit that speaks of it.</summary>
    public long Seq => (long)values[0]!;

    /// <summary>Its text of one column.</summary>
    public string Text(string column) => (string)values[At(column)]!;

    /// <summary>Its number of one column.</summary>
    public long Number(string column) => (long)values[At(column)]!;

    /// <summary>Its body.</summary>
    public byte[] Body => (byte[])values[At("body")]!;

    /// <summary>SHA-256 over the name of the table and every value, each with its length before it: the output hash of the audit entry that added it.</summary>
    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AuditEntry.Append(hash, Encoding.UTF8.GetBytes(table.Name));
        foreach (var value in values)
            AuditEntry.Append(hash, value switch { null => null, byte[] bytes => bytes, long number => Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)), var text => Encoding.UTF8.GetBytes((string)text) });
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The audit entry that a row of the audit is.</summary>
    public AuditEntry Entry() => new((long)values[0]!, Text("at"), Text("who"), Text("action"), Text("subject"), (string?)values[5], (string?)values[6], (string?)values[7], Text("previous"), Text("hash"));

    /// <summary>A row of the audit.</summary>
    public static Row Of(AuditEntry entry) => new(Table.Audit, [entry.Seq, entry.At, entry.Who, entry.Action, entry.Subject, entry.InputSha256, entry.ContentSha256, entry.OutputSha256, entry.Previous, entry.Hash]);

    internal (string, object?)[] Parameters() => [.. table.Columns.Select((c, i) => ($"@{c}", values[i]))];

    private int At(string column)
    {
        for (var i = 0; i < table.Columns.Count; i++)
            if (table.Columns[i] == column) return i;
        throw new ArgumentException($"{table.Name} has no column {column}", nameof(column));
    }
}
