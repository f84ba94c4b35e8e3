using System.CommandLine;
using System.Runtime.CompilerServices;
using Hilum.Fhir.Writing;
using Hilum.Storage;
using Hilum.Web;

namespace Hilum.Cli;

/// <summary><c>hilum audit verify</c>, <c>backup</c>, <c>restore</c>, <c>export</c>, <c>import</c>: the service's store.</summary>
internal static class StoreCommands
{
    /// <summary><c>hilum audit ...</c>: all of them, for the contract's spelling.</summary>
    public static Command Audit() => new("audit", "The service's store: verify it, back it up, restore, export and import it.") { Verify(), Backup(), Restore(), Export(), Import() };

    public static Command Backup()
    {
        var file = new Argument<string>("FILE") { Description = "The file to write; it must not be there yet." };
        return Make("backup", "A verified copy of the store, as it stands now, in one file. The service may run meanwhile.", file, (store, path) =>
        {
            var found = Copying.Backup(store, path);
            return Told(found, $"{path}: ");
        });
    }

    public static Command Restore()
    {
        var file = new Argument<string>("FILE") { Description = "A backup." };
        return Make("restore", "Puts a backup into a store that holds nothing yet, and verifies it.", file, (store, path) => Told(Copying.Restore(path, store), $"{store.Name}: "));
    }

    public static Command Export()
    {
        var folder = new Option<string>("--output", "-o") { Description = "The folder to make.", Required = true };
        return Make("export", "Everything in the store as FHIR NDJSON, a file a kind of resource.", folder, ExportTo);
    }

    public static Command Import()
    {
        var folder = new Argument<string>("DIR") { Description = "A folder that 'export' made." };
        return Make("import", "Puts an export into a store that holds nothing yet, unchanged, and verifies it.", folder, ImportFrom);
    }

    private static Command Verify()
    {
        var head = new Option<string?>("--head") { Description = "The hash of an entry, noted earlier: it must still be in the chain." };
        var command = new Command("verify", "Walks over the whole store: the chain of the audit, and every row against the entry that added it.");
        var store = StoreOption();
        command.Options.Add(store);
        command.Options.Add(head);
        command.SetAction(parsed => Guarded(() => Told(Verification.Of(Chosen(parsed.GetValue(store)), parsed.GetValue(head)), "")));
        return command;
    }

    private static Option<string?> StoreOption() => new("--store") { Description = "The store: a file, or postgres:Host=...;Database=... Else HILUM_STORE, else the file that 'serve' uses." };

    private static Command Make(string name, string description, Symbol place, Func<Database, string, int> run)
    {
        var command = new Command(name, description);
        var store = StoreOption();
        if (place is Argument<string> argument) command.Arguments.Add(argument);
        else command.Options.Add((Option<string>)place);
        command.Options.Add(store);
        command.SetAction(parsed => Guarded(() => run(Chosen(parsed.GetValue(store)), place is Argument<string> a ? parsed.GetValue(a)! : parsed.GetValue((Option<string>)place)!)));
        return command;
    }

    private static Database Chosen(string? named)
    {
        var setting = named ?? (Environment.GetEnvironmentVariable("HILUM_STORE") is { Length: > 0 } variable ? variable : DefaultStore());
        return Database.From(setting, out var problem) ?? throw new BadInputException($"--store: {problem}");
    }

    /// <summary>Apart, so that the web is loaded only when its default is asked for.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string DefaultStore() => ServiceSettings.DefaultStore(Environment.GetEnvironmentVariable);

    private static int Guarded(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (StoreException e)
        {
            throw new BadInputException(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException(e.Message);
        }
    }

    private static int Told(Verification found, string place)
    {
        foreach (var fault in found.Faults) Console.Out.WriteLine(fault);
        Console.Out.WriteLine(found.Faults.Count == 0
            ? $"{place}{found.Entries} entries, {found.Rows} rows, nothing wrong. Head: {found.Head}"
            : $"{place}{found.Faults.Count} fault(s): the store is not what was written");
        return found.Faults.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static int ExportTo(Database store, string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())) throw new BadInputException($"-o {folder}: a folder that is not there yet was expected");
        var found = Verification.Of(store);
        if (found.Faults.Count > 0) return Told(found, "");
        Directory.CreateDirectory(folder);
        var files = new Dictionary<string, FileStream>(StringComparer.Ordinal);
        var lines = 0L;
        try
        {
            Copying.Each(store, row =>
            {
                var type = StoreLine.TypeOf(row.Table.Name);
                if (!files.TryGetValue(type, out var file)) files.Add(type, file = new(Path.Combine(folder, $"{type}.ndjson"), FileMode.CreateNew));
                file.Write(StoreLine.Write(row.Table.Name, row.Table.Columns, row.Values));
                file.WriteByte((byte)'\n');
                lines++;
            });
        }
        finally
        {
            foreach (var file in files.Values) file.Dispose();
        }

        Console.Out.WriteLine($"{folder}: {lines} resources in {files.Count} files");
        return ExitCode.Done;
    }

    private static int ImportFrom(Database store, string folder)
    {
        if (!Directory.Exists(folder)) throw new BadInputException($"{folder}: there is no such folder");
        if (!File.Exists(Path.Combine(folder, "AuditEvent.ndjson"))) throw new BadInputException($"{folder}: this is not an export of a store; it holds no AuditEvent.ndjson");
        return Told(Copying.Fill(store, add =>
        {
            foreach (var type in Table.All.Select(t => StoreLine.TypeOf(t.Name)).Distinct(StringComparer.Ordinal))
            {
                var path = Path.Combine(folder, $"{type}.ndjson");
                if (!File.Exists(path)) continue;
                foreach (var (number, line) in File.ReadLines(path).Index()) add(RowOf(line, $"{path}:{number + 1}"));
            }
        }), $"{store.Name}: ");
    }

    private static Row RowOf(string line, string place)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(line);
        if (StoreLine.Read(bytes, name => Table.All.FirstOrDefault(t => t.Name == name)?.Columns) is not var (name, values)) throw new BadInputException($"{place}: this line is no row of a store");
        var table = Table.All.First(t => t.Name == name);
        return Rewritten(table, values) is { } again && again.AsSpan().SequenceEqual(bytes) ? new Row(table, values) : throw new BadInputException($"{place}: this line was changed since it was exported");
    }

    private static byte[]? Rewritten(Table table, IReadOnlyList<object?> values)
    {
        try
        {
            return StoreLine.Write(table.Name, table.Columns, values);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidCastException or NullReferenceException or ArgumentException)
        {
            return null;
        }
    }
}
