using CsCheck;
using Hilum.Plans;

namespace Hilum.Storage.Tests;

/// <summary>What a store promises, the same over SQLite and over PostgreSQL.</summary>
public abstract class StoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hilum-store-").FullName;
    private int files;

    protected abstract string NewSetting();

    protected string NewPath() => Path.Combine(folder, $"{Interlocked.Increment(ref files)}.db");

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Directory.Delete(folder, recursive: true);
    }

    private Database New() => Database.From(NewSetting(), out _)!;

    private static Store Open(Database database) => Store.Open(database, TimeProvider.System);

    private static async Task<Plan> OnePlan(Store store, string patient = "A-017") => await store.Write("ann", w =>
    {
        w.AddPatient(patient);
        return w.AddPlan(Some.Plan(w.NewId(), patient, w.AddRecord(patient, "application/yaml", [1, 2, 3]).Id)).Value;
    });

    [Fact]
    public async Task What_was_written_is_read_back_and_stays_after_closing()
    {
        var database = New();
        Plan plan;
        await using (var store = Open(database)) plan = await OnePlan(store);
        await using var again = Open(database);

        Assert.Equal("A-017", again.Read(r => r.Patient("A-017"))!.Id);
        Assert.Equal(PlanJson.Write(plan), again.Read(r => r.Plan(plan.Id))!.Body);
        Assert.Equal([1, 2, 3], again.Read(r => r.Record("A-017", plan.Basis.Record))!.Body);
        Assert.Equal("ann", again.Read(r => r.Plan(plan.Id))!.Who);
        Assert.Empty(Verification.Of(database).Faults);
    }

    [Fact]
    public async Task A_version_never_changes_and_all_of_them_stay()
    {
        await using var store = Open(New());
        var plan = await OnePlan(store);
        plan.Move(PlanState.Proposed, out var proposed);
        await store.Write("ann", w => w.AddPlan(proposed));

        Assert.Equal(PlanState.Draft, store.Read(r => r.Plan(plan.Id, 1))!.Value.State);
        Assert.Equal(PlanState.Proposed, store.Read(r => r.Plan(plan.Id))!.Value.State);
        Assert.Equal([1, 2], store.Read(r => r.Versions(plan.Id)).Select(v => v.Version));
    }

    [Fact]
    public async Task Of_two_who_edit_at_once_the_second_is_told_and_nothing_is_lost()
    {
        await using var store = Open(New());
        var plan = await OnePlan(store);
        plan.Edit(plan.Content with { Goal = "hers" }, plan.Calendar, out var hers);
        plan.Edit(plan.Content with { Goal = "his" }, plan.Calendar, out var his);
        await store.Write("her", w => w.AddPlan(hers));

        var conflict = await Assert.ThrowsAsync<ConflictException>(() => store.Write("him", w => w.AddPlan(his)));
        Assert.Equal(2, conflict.Current);
        Assert.Contains("saved by her", conflict.Message, StringComparison.Ordinal);
        Assert.Equal("hers", store.Read(r => r.Plan(plan.Id))!.Value.Content.Goal);
    }

    [Fact]
    public async Task Of_many_who_edit_one_version_at_once_exactly_one_wins()
    {
        await using var store = Open(New());
        var plan = await OnePlan(store);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            plan.Edit(plan.Content with { Goal = $"{i}" }, plan.Calendar, out var mine);
            try
            {
                await store.Write($"user-{i}", w => w.AddPlan(mine));
                return true;
            }
            catch (ConflictException)
            {
                return false;
            }
        }));

        Assert.Single(outcomes, won => won);
        Assert.Empty(Verification.Of(store.Database).Faults);
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing_behind_and_harms_no_other()
    {
        await using var store = Open(New());
        var failing = Enumerable.Range(0, 30).Select(i => store.Write("ann", w =>
        {
            w.AddPatient($"P-{i}");
            return i % 3 == 0 ? throw new InvalidOperationException("no") : i;
        })).ToList();
        foreach (var (task, i) in failing.Select((t, i) => (t, i)))
            if (i % 3 == 0) await Assert.ThrowsAsync<InvalidOperationException>(() => task);
            else await task;

        Assert.Equal(Enumerable.Range(0, 30).Where(i => i % 3 != 0).Select(i => $"P-{i}"), store.Read(r => r.Patients(0, 100)).Items.Select(p => p.Id));
        var found = Verification.Of(store.Database);
        Assert.Empty(found.Faults);
        Assert.Equal(20, found.Entries);
    }

    [Fact]
    public async Task A_plan_that_becomes_active_ends_the_one_that_it_supersedes()
    {
        await using var store = Open(New());
        var old = await Walk(store, await OnePlan(store), PlanState.Active);
        var next = await store.Write("ann", w => w.AddPlan(Some.Plan(w.NewId(), "A-017", old.Basis.Record) with { Content = old.Content with { Supersedes = old.Id } }).Value);
        await Walk(store, next, PlanState.Active);

        Assert.Equal(PlanState.Superseded, store.Read(r => r.Plan(old.Id))!.Value.State);
        var third = await store.Write("ann", w => w.AddPlan(Some.Plan(w.NewId(), "A-017", old.Basis.Record) with { Content = old.Content with { Supersedes = old.Id } }).Value);
        var conflict = await Assert.ThrowsAsync<ConflictException>(() => Walk(store, third, PlanState.Active));
        Assert.Contains("only an active plan is superseded", conflict.Message, StringComparison.Ordinal);
        Assert.Equal(PlanState.Agreed, store.Read(r => r.Plan(third.Id))!.Value.State);
    }

    [Fact]
    public async Task A_row_of_the_store_can_be_neither_changed_nor_deleted()
    {
        await using var store = Open(New());
        await Some.Fill(store, [(new(), new(default, [], []), [1], 5)]);
        using var session = new Session(store.Database, write: true);
        foreach (var table in Table.All)
        {
            Assert.Contains("append-only", Assert.ThrowsAny<System.Data.Common.DbException>(() => session.Run($"UPDATE {table.Name} SET at = 'x'")).Message, StringComparison.Ordinal);
            Assert.Contains("append-only", Assert.ThrowsAny<System.Data.Common.DbException>(() => session.Run($"DELETE FROM {table.Name}")).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pages_hold_everything_once_and_in_order()
    {
        await using var store = Open(New());
        await Task.WhenAll(Enumerable.Range(0, 23).Select(i => store.Write("ann", w => w.AddPatient($"P-{i:D2}"))));
        var seen = new List<string>();
        long? after = 0;
        while (after is { } from)
        {
            var page = store.Read(r => r.Patients(from, 5));
            Assert.True(page.Items.Count <= 5);
            seen.AddRange(page.Items.Select(p => p.Id));
            after = page.Next;
        }

        Assert.Equal(23, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(23, seen.Count);
    }

    [Fact]
    public void Every_history_is_the_same_after_backup_and_restore() => Some.Entry.List[0, 4].Sample(history =>
    {
        var (one, two, backup) = (New(), New(), NewPath());
        Task.Run(async () =>
        {
            await using var store = Open(one);
            await Some.Fill(store, history);
        }).GetAwaiter().GetResult();

        Assert.Empty(Copying.Backup(one, backup).Faults);
        Assert.Empty(Copying.Restore(backup, two).Faults);
        Assert.Equal(Rows(one), Rows(two));
    }, iter: IsQuick ? 15 : 4, threads: 1);

    [Fact]
    public async Task A_store_that_holds_something_is_not_restored_over()
    {
        var (one, backup) = (New(), NewPath());
        await using (var store = Open(one)) await OnePlan(store);
        Copying.Backup(one, backup);

        Assert.Contains("not empty", Assert.Throws<StoreException>(() => Copying.Restore(backup, one)).Message, StringComparison.Ordinal);
        Assert.Contains("already", Assert.Throws<StoreException>(() => Copying.Backup(one, backup)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_changed_value_is_found()
    {
        foreach (var table in Table.All)
        {
            foreach (var column in table.Columns.Skip(1))
            {
                var rows = new List<Row>();
                var from = New();
                await using (var store = Open(from)) await Some.Fill(store, [(new(), new(default, [], []), [1, 2], 7)]);
                var at = table.Columns.ToList().IndexOf(column);
                Copying.Each(from, rows.Add);
                var changed = rows.FindLastIndex(r => r.Table == table && r.Values[at] is not null);
                rows[changed] = new(table, [.. rows[changed].Values.Select((v, i) => i != at ? v : v switch { long n => n + 1, byte[] b => (byte[])[.. b[..^1], (byte)(b[^1] ^ 1)], _ => $"{v}x" })]);

                Assert.True(IsNoticed(rows), $"{table.Name}.{column} was changed and nobody noticed");
                if (!IsQuick) break;
            }
        }
    }

    /// <summary>By the walk, or by the database itself: a key that refers to nothing.</summary>
    private bool IsNoticed(List<Row> rows)
    {
        try
        {
            return Copying.Fill(New(), add => rows.ForEach(add)).Faults.Count > 0;
        }
        catch (StoreException)
        {
            return true;
        }
    }

    /// <summary>Whether databases are made in no time.</summary>
    protected abstract bool IsQuick { get; }

    [Fact]
    public async Task A_missing_row_and_a_cut_end_are_found()
    {
        var from = New();
        await using (var store = Open(from)) await Some.Fill(store, [(new(), new(default, [], []), [1, 2], 7)]);
        var rows = new List<Row>();
        Copying.Each(from, rows.Add);
        var head = Verification.Of(from).Head;

        Assert.Contains(Copying.Fill(New(), add => rows.FindAll(r => r.Table != Table.Notes).ForEach(add)).Faults, f => f.Contains("missing", StringComparison.Ordinal));
        var cut = New();
        var last = rows.Where(r => r.Table == Table.Audit).Max(r => r.Seq);
        Assert.Empty(Copying.Fill(cut, add => rows.FindAll(r => r.Seq < last).ForEach(add)).Faults);
        Assert.Contains(Verification.Of(cut, head).Faults, f => f.Contains("cut off", StringComparison.Ordinal));
        Assert.Empty(Verification.Of(from, head).Faults);
    }

    [Fact]
    public async Task A_request_kept_is_answered_again()
    {
        await using var store = Open(New());
        await store.Write("ann", w =>
        {
            w.Keep("key", new("hash", 201, "/place", "\"1\"", [1, 2]));
            return 0;
        });
        var repeat = store.Read(r => r.Repeat("key"))!;
        Assert.Equal(("hash", 201, "/place", "\"1\""), (repeat.Request, repeat.Status, repeat.Place, repeat.Tag));
        Assert.Equal([1, 2], repeat.Body);
        Assert.Null(store.Read(r => r.Repeat("other")));
    }

    [Fact]
    public async Task A_store_of_a_later_version_is_left_alone()
    {
        var database = New();
        await using (Open(database))
        {
        }

        using (var session = new Session(database, write: true)) session.Run("UPDATE store_version SET version = 99");
        Assert.Contains("version 99", Assert.Throws<StoreException>(() => Open(database)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_share_one_chain()
    {
        var database = New();
        await using var one = Open(database);
        await using var two = Open(database);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? one : two).Write("ann", w => w.AddPatient($"P-{i}"))));

        var found = Verification.Of(database);
        Assert.Empty(found.Faults);
        Assert.Equal(40, found.Rows);
    }

    private static async Task<Plan> Walk(Store store, Plan plan, PlanState to)
    {
        while (plan.State != to)
        {
            Assert.Empty(plan.Move(plan.State + 1, out var moved));
            plan = await store.Write("ann", w => w.AddPlan(moved).Value);
        }

        return plan;
    }

    private static List<string> Rows(Database database)
    {
        var rows = new List<string>();
        Copying.Each(database, row => rows.Add($"{row.Table.Name} {row.Seq} {row.Sha256()}"));
        return rows;
    }
}

public sealed class SqliteStoreTests : StoreTests
{
    protected override bool IsQuick => true;

    protected override string NewSetting() => NewPath();

    [Fact]
    public async Task Every_changed_byte_of_a_body_in_the_file_is_found()
    {
        var path = NewPath();
        await using (var store = Store.Open(new SqliteDatabase(path), TimeProvider.System))
            await store.Write("ann", w => w.AddPatient("A-1") is { } p ? w.AddRecord(p.Id, "application/yaml", "as-of: 2026-11-03 # the quick brown fox"u8.ToArray()) : null);
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf("quick brown"u8);
        Assert.True(at > 0);
        for (var i = at; i < at + 11; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 4;
            var other = NewPath();
            File.WriteAllBytes(other, changed);
            Assert.Contains(Verification.Of(new SqliteDatabase(other)).Faults, f => f.Contains("records", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_file_with_any_changed_byte_never_breaks_the_walk()
    {
        var path = NewPath();
        await using (var store = Store.Open(new SqliteDatabase(path), TimeProvider.System)) await Some.Fill(store, [(new(), new(default, [], []), [1], 5)]);
        var bytes = File.ReadAllBytes(path);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte[1, 255]).Sample((at, by) =>
        {
            var changed = bytes.ToArray();
            changed[at] ^= by;
            var other = NewPath();
            File.WriteAllBytes(other, changed);
            try
            {
                Verification.Of(new SqliteDatabase(other));
            }
            catch (StoreException)
            {
                // said so: this is no store
            }
        }, iter: 300, threads: 1);
    }

    [Fact]
    public void A_file_that_is_something_else_is_refused_in_words()
    {
        var path = NewPath();
        File.WriteAllText(path, "not a database, but long enough to be looked at as one: " + new string('x', 5000));
        Assert.Contains(path, Assert.Throws<StoreException>(() => Store.Open(new SqliteDatabase(path), TimeProvider.System)).Message, StringComparison.Ordinal);
        Assert.NotEmpty(Verification.Of(new SqliteDatabase(path)).Faults);
    }

    [Fact]
    public async Task Two_thousand_writes_at_once_are_all_there()
    {
        await using var store = Store.Open(new SqliteDatabase(NewPath()), TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => store.Write("ann", w => w.AddPatient($"P-{i}"))));
        Assert.Equal(2000, store.Read(r => r.Count(Table.Patients)));
    }
}

public sealed class PostgresStoreTests(PostgresServer server) : StoreTests, IClassFixture<PostgresServer>
{
    protected override bool IsQuick => false;

    protected override string NewSetting() => server.NewDatabase();
}
