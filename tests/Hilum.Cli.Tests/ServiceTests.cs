using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CsCheck;
using Hilum.Cli.Tests.Support;
using Hilum.Storage;

namespace Hilum.Cli.Tests;

/// <summary>The service as a process: what it acknowledged stays, whatever happens to it.</summary>
public sealed class ServiceTests
{
    private const int Writes = 200;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_any_moment_it_loses_no_acknowledged_write_and_its_audit_holds()
    {
        var store = Scratch.NewPath("killed.db");
        var seed = Gen.Int[0, int.MaxValue].Single();
        var random = new Random(seed);
        var kept = new ConcurrentBag<(string Path, string Text)>();
        var kills = 0;
        for (var patient = 0; kept.Count < Writes; kills++)
        {
            Assert.True(kills < 60, $"seed {seed}: only {kept.Count} writes were acknowledged in {kills} rounds");
            using var service = await RunningService.Start(store, Stop);
            var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => WriteUntilKilled(service, kept, () => $"K-{Interlocked.Increment(ref patient)}"), Stop)).ToArray();
            for (var enough = kept.Count + random.Next(1, 40); kept.Count < enough && kept.Count < Writes;) await Task.Delay(5, Stop);
            await Task.Delay(random.Next(20), Stop);
            service.Kill();
            await Task.WhenAll(writers);
        }

        using (var service = await RunningService.Start(store, Stop))
        {
            foreach (var (path, text) in kept)
                Assert.True((await service.Client.GetStringAsync(path, Stop)).Contains(text, StringComparison.Ordinal), $"seed {seed}: {path} was acknowledged and is not there");
            Assert.Equal(0, await service.Stop(Stop));
        }

        Assert.Contains("nothing wrong", (await Command.Run("audit", "verify", "--store", store)).Done().Output, StringComparison.Ordinal);
        await AChangedByteIsFound(store);
    }

    [Fact]
    public async Task Its_log_holds_nothing_of_a_patient()
    {
        using var service = await RunningService.Start(Scratch.NewPath("log.db"), Stop);
        foreach (var (path, body) in new[] { ("patients", "{\"id\":\"ZQX-1\"}"), ("patients", "{\"id\":\"ZQX-1\"}"), ("patients", "{\"id\":\"ZQX-1\",\"name\":\"ZQX Doe\"}"), ("patients/ZQX-1/records", "{\"facts\":{\"ZQX\":1}}"), ("patients/ZQX-9/plans", "{ZQX"), ("plan?edition=ZQX", "{\"facts\":\"ZQX\"}") })
            await service.Client.PostAsync($"/api/v1/{path}", new StringContent(body, Encoding.UTF8, "application/json"), Stop);
        await service.Client.GetAsync("/api/v1/patients/ZQX-1", Stop);
        await service.Stop(Stop);

        Assert.DoesNotContain("ZQX", service.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_answers_is_what_the_command_line_prints()
    {
        using var service = await RunningService.Start(Scratch.NewPath("same.db"), Stop);
        foreach (var patient in Repository.Patients.Take(4))
        {
            var path = Repository.RecordOf(patient);
            using var body = new ByteArrayContent(await File.ReadAllBytesAsync(path, Stop));
            body.Headers.ContentType = new(path.EndsWith(".json", StringComparison.Ordinal) ? "application/fhir+json" : "application/yaml");
            using var answer = await service.Client.PostAsync("/api/v1/plan?asOf=2026-11-03", body, Stop);
            Assert.Equal((await Command.Run("plan", path, "--as-of", "2026-11-03", "--format", "json")).Done().Bytes, await answer.Content.ReadAsByteArrayAsync(Stop));
        }
    }

    [Fact]
    public async Task Every_wrong_setting_is_named_at_once()
    {
        (await Command.Run("serve", "--urls", "http://0.0.0.0:80", "--store", Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n") + ".db"))).Refused("http://0.0.0.0:80", "nobody has to sign in", "https");
        (await Command.Run("serve", "--urls", "ftp://127.0.0.1:80;http://127.0.0.1:0/path;banana", "--store", "postgres:Nonsense=1")).Refused("ftp://127.0.0.1:80", "http or https", "without a path", "banana", "--store");
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_is_said_so()
    {
        var file = Scratch.Write("this is a text, and certainly no database, though it is long enough to be one", "notes.txt");
        (await Command.Run("serve", "--urls", "http://127.0.0.1:0", "--store", file)).Refused(file);
        (await Command.Run("audit", "verify", "--store", Scratch.NewPath("none.db"))).Refused("there is no store here");
    }

    [Fact]
    public void Export_and_import_give_the_same_store() => Hilum.Storage.Tests.Some.Entry.List[0, 3].Sample(history =>
    {
        var (one, two, folder) = (Scratch.NewPath("one.db"), Scratch.NewPath("two.db"), Scratch.NewPath("export"));
        Task.Run(async () =>
        {
            await using var store = Store.Open(new SqliteDatabase(one), TimeProvider.System);
            await Hilum.Storage.Tests.Some.Fill(store, history);
        }).GetAwaiter().GetResult();

        Assert.Equal(0, StoreCommands.Export().Parse(["-o", folder, "--store", one]).Invoke());
        if (history.Count == 0) return; // an empty store has nothing to import
        Assert.Equal(0, StoreCommands.Import().Parse([folder, "--store", two]).Invoke());
        Assert.Equal(Rows(one), Rows(two));
    }, iter: 10, threads: 1);

    [Fact]
    public async Task A_changed_line_of_an_export_is_refused_with_its_place()
    {
        var (one, folder) = (Scratch.NewPath("one.db"), Scratch.NewPath("export"));
        await using (var store = Store.Open(new SqliteDatabase(one), TimeProvider.System)) await store.Write("ann", w => w.AddPatient("A-017"));
        (await Command.Run("export", "-o", folder, "--store", one)).Done();
        (await Command.Run("export", "-o", folder, "--store", one)).Refused("not there yet");
        var patients = Path.Combine(folder, "Patient.ndjson");
        var text = await File.ReadAllTextAsync(patients, Stop);
        await File.WriteAllTextAsync(patients, text.Replace("\"value\":\"A-017\"", "\"value\":\"A-018\"", StringComparison.Ordinal), Stop);

        (await Command.Run("audit", "import", folder, "--store", Scratch.NewPath("two.db"))).Refused("Patient.ndjson:1", "changed since");
        await File.WriteAllTextAsync(patients, text.Replace("A-017", "A-018", StringComparison.Ordinal), Stop);
        var found = await Command.Run("import", folder, "--store", Scratch.NewPath("three.db"));
        Assert.Equal(ExitCode.Failed, found.Code);
        Assert.Contains("not what was added", found.Output, StringComparison.Ordinal);
    }

    private static async Task WriteUntilKilled(RunningService service, ConcurrentBag<(string Path, string Text)> kept, Func<string> newPatient)
    {
        try
        {
            while (true)
            {
                var patient = newPatient();
                if (!await Saved(service, "/api/v1/patients", $"{{\"id\":\"{patient}\"}}", "application/json")) continue;
                kept.Add(($"/api/v1/patients/{patient}", patient));
                if (await Saved(service, $"/api/v1/patients/{patient}/records", $"as-of: 2026-11-03\nfacts: {{ stage: IV }} # {patient}\n", "application/yaml")) kept.Add(($"/api/v1/patients/{patient}/records", "\"bytes\""));
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // killed
        }
    }

    private static async Task<bool> Saved(RunningService service, string path, string body, string media)
    {
        using var content = new StringContent(body, Encoding.UTF8, media);
        using var answer = await service.Client.PostAsync(path, content);
        await answer.Content.ReadAsStringAsync();
        return answer.StatusCode == HttpStatusCode.Created;
    }

    private static async Task AChangedByteIsFound(string store)
    {
        // what a page held before it was written anew may still stand in its unused part: a change there changes nothing that is stored
        var (bytes, rows, found) = (await File.ReadAllBytesAsync(store, Stop), Rows(store), 0);
        for (var at = bytes.AsSpan().IndexOf("stage: IV"u8); at >= 0 && found < 5; at = bytes.AsSpan(at + 1).IndexOf("stage: IV"u8) is >= 0 and var next ? at + 1 + next : -1)
        {
            var changed = bytes.ToArray();
            changed[at + 7] ^= 1;
            var path = Scratch.Write(changed, "changed.db");
            if (Rows(path).SequenceEqual(rows)) continue;
            found++;
            var told = await Command.Run("audit", "verify", "--store", path);
            Assert.Equal(ExitCode.Failed, told.Code);
            Assert.Contains("it is not what was added", told.Output, StringComparison.Ordinal);
        }

        Assert.True(found > 0, "no byte of a record was found to change");
    }

    private static List<string> Rows(string store)
    {
        var rows = new List<string>();
        Copying.Each(new SqliteDatabase(store), row => rows.Add($"{row.Table.Name} {row.Seq} {row.Sha256()}"));
        return rows;
    }
}
