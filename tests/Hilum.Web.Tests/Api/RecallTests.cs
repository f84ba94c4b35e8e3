using Hilum.Guidance;
using Hilum.Web.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Hilum.Web.Tests.Api;

/// <summary>When the guidance changes: exactly the plans whose options differ now are named.</summary>
public sealed class RecallTests
{
    [Fact]
    public async Task A_changed_rule_names_exactly_the_plans_that_it_touches()
    {
        var folder = Directory.CreateTempSubdirectory("hilum-recall-").FullName;
        var store = new Storage.SqliteDatabase(Path.Combine(folder, "hilum.db"));
        string touched, spared, ended;
        await using (var site = Site.Build(new() { Content = RunningSite.Content, Urls = "http://127.0.0.1:0", Store = store }))
        {
            await site.StartAsync(TestContext.Current.CancellationToken);
            using var client = new HttpClient { BaseAddress = new(site.Urls.First()) };
            var api = new Caller(client);
            touched = (await Plan(api, Caller.CaseFile)).Text("id");
            spared = (await Plan(api, "as-of: 2026-11-03\nfacts: { histology: clear-cell, stage: I, metastatic: false }")).Text("id");
            ended = (await api.Move(await Plan(api, Caller.CaseFile), "withdrawn")).Text("id");
            Assert.Equal(0, (await api.Get("recall")).Was(200).Json.GetProperty("items").GetArrayLength());
        }

        await using (var site = Site.Build(new() { Content = Changed(folder), Urls = "http://127.0.0.1:0", Store = store }))
        {
            await site.StartAsync(TestContext.Current.CancellationToken);
            using var client = new HttpClient { BaseAddress = new(site.Urls.First()) };
            var items = (await new Caller(client).Get("recall")).Was(200).Json.GetProperty("items");

            Assert.Equal([touched], items.EnumerateArray().Select(i => i.GetProperty("plan").GetString()));
            Assert.DoesNotContain(spared, items.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(ended, items.ToString(), StringComparison.Ordinal);
            var change = Assert.Single(items[0].GetProperty("changes").EnumerateArray());
            Assert.Equal("supportive-care", change.GetProperty("treatment").GetString());
            Assert.True(change.GetProperty("chosen").GetBoolean());
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<Answered> Plan(Caller api, string record)
    {
        var patient = await api.NewPatient();
        return (await api.Post($"patients/{patient}/plans", $$"""{"record":"{{await api.NewRecord(patient, record)}}","goal":"g","steps":[{"treatment":"supportive-care"}]}""")).Was(201);
    }

    /// <summary>The guidance with a stronger statement on palliative care for advanced disease.</summary>
    private static GuidanceContent Changed(string folder)
    {
        var copy = Path.Combine(folder, "guidance");
        var source = Path.Combine(RunningSite.Root, "guidance");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            var text = File.ReadAllText(file);
            if (file.EndsWith(Path.Combine("asco-palliative-2024", "palliative-care.yaml"), StringComparison.Ordinal)) text = text.Replace("strength: recommended", "strength: preferred", StringComparison.Ordinal);
            File.WriteAllText(to, text);
        }

        return ContentLoader.Load(ContentFiles.Read(copy));
    }
}
