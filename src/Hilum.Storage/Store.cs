using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using Hilum.Plans;

namespace Hilum.Storage;

/// <summary>Patients, records, plans, decisions, notes, sign-offs and the audit of all that was done, in a database.</summary>
/// <remarks>
/// One thread writes. It takes what is waiting into one transaction, so that many who wait share one wait for the disk;
/// each is told when that transaction is on the disk, and none sees the failure of another. For any number of threads.
/// </remarks>
public sealed class Store : IAsyncDisposable
{
    private const int MostInBatch = 200;
    private const int MostWaiting = 5000;
    private readonly Database database;
    private readonly TimeProvider time;
    private readonly BlockingCollection<Work> waiting = new(MostWaiting);
    private readonly ConcurrentBag<Session> readers = [];
    private readonly Thread writer;
    private bool closed;

    private Store(Database database, TimeProvider time)
    {
        (this.database, this.time) = (database, time);
        writer = new(WriteAll) { IsBackground = true, Name = "store writer" };
    }

    /// <summary>Where it lies.</summary>
    public Database Database => database;

    /// <summary>Opens a store, making or migrating its tables.</summary>
    /// <exception cref="StoreException">It cannot be opened, or is of a later version of Hilum.</exception>
    public static Store Open(Database database, TimeProvider time)
    {
        try
        {
            using (var session = new Session(database, write: true)) Migrations.Apply(session);
            var store = new Store(database, time);
            store.writer.Start();
            return store;
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or InvalidOperationException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw new StoreException($"{database.Name}: the store cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Writes: runs <paramref name="work"/> in a transaction, and answers when that is on the disk.</summary>
    /// <param name="who">Who asks for it.</param>
    /// <param name="work">What to write. What it throws undoes its own writing alone, and is thrown here.</param>
    public Task<T> Write<T>(string who, Func<StoreWriter, T> work)
    {
        var item = new Work<T>(who, work);
        Enqueue(item);
        return item.Task;
    }

    /// <summary>Adds an entry to the audit that no row goes with.</summary>
    public Task Audit(string who, string action, string subject, string? input = null, string? content = null, string? output = null)
    {
        var item = new Work<AuditEntry>(who, writer => writer.Audit(action, subject, input, content, output)) { Simple = true };
        Enqueue(item);
        return item.Task;
    }

    /// <summary>Reads.</summary>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public T Read<T>(Func<StoreReader, T> work)
    {
        if (!readers.TryTake(out var session)) session = Reader();
        try
        {
            var found = work(new(session));
            readers.Add(session);
            return found;
        }
        catch (DbException e)
        {
            session.Dispose();
            throw new StoreException($"{database.Name}: the store cannot be read: {e.Message}", e);
        }
        catch
        {
            readers.Add(session);
            throw;
        }
    }

    /// <summary>Ends writing what waits, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (closed) return;
        closed = true;
        waiting.CompleteAdding();
        await Task.Run(writer.Join);
        while (readers.TryTake(out var session)) session.Dispose();
        database.Release();
        waiting.Dispose();
    }

    private Session Reader()
    {
        try
        {
            return new(database, write: false);
        }
        catch (Exception e) when (e is DbException or IOException or TimeoutException)
        {
            throw new StoreException($"{database.Name}: the store cannot be read: {e.Message}", e);
        }
    }

    private void Enqueue(Work item)
    {
        try
        {
            if (!waiting.TryAdd(item)) item.Fail(new StoreException($"{database.Name}: too many writes are waiting; try again"));
        }
        catch (InvalidOperationException e)
        {
            item.Fail(new StoreException("the store is closed", e));
        }
    }

    private void WriteAll()
    {
        Session? session = null;
        var batch = new List<Work>(MostInBatch);
        foreach (var first in waiting.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < MostInBatch && waiting.TryTake(out var more)) batch.Add(more);
            try
            {
                session ??= new(database, write: true);
                Write(session, batch);
            }
#pragma warning disable CA1031 // whatever it was, those who wait are told, and the next batch begins afresh
            catch (Exception e)
#pragma warning restore CA1031
            {
                foreach (var item in batch) item.Fail(new StoreException($"{database.Name}: the store cannot be written: {e.Message}", e));
                session?.Dispose();
                session = null;
            }

            batch.Clear();
        }

        session?.Dispose();
    }

    private void Write(Session session, List<Work> batch)
    {
        session.Run(database.BeginWrite);
        var last = new StoreReader(session).LastEntry();
        foreach (var item in batch)
        {
            var to = new StoreWriter(session, last, item.Who, time.GetUtcNow());
            if (!item.Simple) session.Execute("SAVEPOINT one");
            try
            {
                item.Run(to);
            }
            catch (Exception e) when (!item.Simple)
            {
                session.Execute("ROLLBACK TO SAVEPOINT one");
                session.Execute("RELEASE SAVEPOINT one");
                item.Fail(e);
                continue;
            }

            if (!item.Simple) session.Execute("RELEASE SAVEPOINT one");
            last = to.Last;
        }

        session.Run("COMMIT");
        foreach (var item in batch) item.Done();
    }

    private abstract class Work(string who)
    {
        public string Who => who;

        /// <summary>Whether it is one row that nothing can be wrong with: it needs no savepoint of its own.</summary>
        public bool Simple { get; init; }

        public abstract void Run(StoreWriter writer);

        public abstract void Done();

        public abstract void Fail(Exception fault);
    }

    private sealed class Work<T>(string who, Func<StoreWriter, T> work) : Work(who)
    {
        private readonly TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T answer = default!;

        public Task<T> Task => result.Task;

        public override void Run(StoreWriter writer) => answer = work(writer);

        public override void Done() => result.TrySetResult(answer);

        public override void Fail(Exception fault) => result.TrySetException(fault);
    }
}
