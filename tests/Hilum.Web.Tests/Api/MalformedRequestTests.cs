using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Hilum.Web.Tests.Support;

namespace Hilum.Web.Tests.Api;

/// <summary>Requests made from good ones by spoiling them: refused in words or answered, never a fault of the service, never without an answer.</summary>
public sealed class MalformedRequestTests(RunningSite site)
{
    private const int Requests = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = 500 };
    private readonly Caller api = new(site.Client);

    [Fact]
    public async Task A_thousand_spoiled_requests_are_each_answered_without_a_fault()
    {
        var patient = await api.NewPatient();
        var plan = await api.NewPlan(patient);
        var record = await api.NewRecord(patient);
        var (id, bundle) = (plan.Text("id"), await File.ReadAllTextAsync(Path.Combine(RunningSite.Root, "patients", "late-relapse", "bundle.json"), TestContext.Current.CancellationToken));
        (string Method, string Path, string Body, string Media)[] good =
        [
            ("POST", "plan?lang=en", bundle, "application/fhir+json"),
            ("POST", "plan", """{"patient":{"id":"A"},"as-of":"2026-11-03","facts":{"age":59,"stage":"IV","haemoglobin":{"value":98,"unit":"g/L"},"medications":["apixaban"],"prior-therapies":[{"treatment":"sunitinib","start":"2025-01-10"}]}}""", "application/json"),
            ("POST", "plan", Caller.CaseFile, "application/yaml"),
            ("POST", "patients", """{"id":"X-1"}""", "application/json"),
            ("POST", $"patients/{patient}/records", bundle, "application/fhir+json"),
            ("POST", $"patients/{patient}/plans", $$"""{"record":"{{record}}","asOf":"2026-11-03","editions":["esmo-2024"],"goal":"g","steps":[{"treatment":"sunitinib","reason":"r","nextWhen":"w","start":"2026-12-01"}],"questions":["q"],"tasks":[{"what":"w","who":"o","by":"2026-12-01"}]}""", "application/json"),
            ("PUT", $"plans/{id}", plan.Body, "application/json"),
            ("POST", $"plans/{id}/state", """{"to":"proposed"}""", "application/json"),
            ("POST", $"plans/{id}/decisions", """{"treatment":"sunitinib","decision":"declined","reason":"other","note":"n"}""", "application/json"),
            ("POST", $"plans/{id}/notes", """{"question":"q","present":["urology"],"answer":"a","dissent":[{"discipline":"nursing","says":"s"}],"followUp":[{"what":"w","who":"o"}],"wishes":"w","setAside":"s","states":[{"state":"deferred","on":"2026-11-23","owner":"o","reason":"r"}],"owners":[{"fact":"age","owner":"o"}],"trial":{"offered":false,"whyNot":"w"},"loopBack":{"followed":false,"whyNot":"w","response":"PR","on":"2026-11-23","outcome":"o"}}""", "application/json"),
            ("POST", $"plans/{id}/sign-offs", """{"role":"patient"}""", "application/json"),
        ];
        var seed = $"{Gen.Int[0, int.MaxValue].Single()}";
        var random = new Random(int.Parse(seed));
        var statuses = new SortedDictionary<int, int>();
        for (var i = 0; i < Requests; i++)
        {
            var (method, path, body, media) = good[i % good.Length];
            var spoiled = Spoil(body, random, i / good.Length);
            using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            late.CancelAfter(Patience);
            using var request = new HttpRequestMessage(new(method), $"/api/v1/{path}") { Content = new ByteArrayContent(spoiled) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", random.Next(20) == 0 ? "text/;;" : media);
            if (path.StartsWith("plans/", StringComparison.Ordinal) && random.Next(4) > 0) request.Headers.TryAddWithoutValidation("If-Match", random.Next(3) == 0 ? "W/\"x\"" : plan.Tag);
            if (random.Next(10) == 0) request.Headers.TryAddWithoutValidation("Idempotency-Key", new string('k', random.Next(1, 600)));
            using var answer = await site.Client.SendAsync(request, late.Token);
            var status = (int)answer.StatusCode;
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            Assert.True(status < 500, $"seed {seed}, request {i}: {method} {path} gave {status}: {await answer.Content.ReadAsStringAsync(late.Token)}\n{Encoding.UTF8.GetString(spoiled[..Math.Min(500, spoiled.Length)])}");
            if (status >= 400) Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        }

        Assert.True(statuses.Where(s => s.Key >= 400).Sum(s => s.Value) > Requests / 2, string.Join(' ', statuses));
        (await api.Get($"plans/{id}")).Was(200);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        (await api.Send(HttpMethod.Post, "plan", new byte[9 * 1024 * 1024], "application/yaml")).Was(413);
        (await api.Post("patients", $"{{\"id\":\"{new string('x', 2 * 1024 * 1024)}\"}}")).Was(413);
    }

    [Theory]
    [InlineData("application/json", "{\"facts\":", "[", "]", "}")]
    [InlineData("application/fhir+json", "{\"resourceType\":\"Bundle\",\"entry\":", "[", "]", "}")]
    [InlineData("application/yaml", "facts: ", "[", "]", "")]
    public async Task A_hundred_thousand_deep_is_refused(string media, string before, string open, string close, string after)
    {
        var body = before + string.Concat(Enumerable.Repeat(open, 100_000)) + string.Concat(Enumerable.Repeat(close, 100_000)) + after;
        (await api.Send(HttpMethod.Post, "plan", Encoding.UTF8.GetBytes(body), media)).Was(400);
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("text/plain")]
    public async Task A_body_of_another_kind_is_refused(string media) => (await api.Send(HttpMethod.Post, "plan", Encoding.UTF8.GetBytes(Caller.CaseFile), media)).Was(415);

    [Fact]
    public async Task A_compressed_body_is_refused() => (await api.Send(HttpMethod.Post, "plan", [1, 2], "application/json", ("Content-Encoding", "gzip"))).Was(415);

    [Fact]
    public async Task A_body_that_never_ends_is_given_up()
    {
        using var client = new TcpClient();
        var url = new Uri(site.Url);
        await client.ConnectAsync(url.Host, url.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/plan HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/yaml\r\nContent-Length: 1000\r\n\r\nfacts:"), TestContext.Current.CancellationToken);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Patience);
        var answer = new byte[2000];
        var length = await stream.ReadAsync(answer, late.Token);

        Assert.StartsWith("HTTP/1.1 408", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("patients/%00")]
    [InlineData("plans/../../../etc/passwd")]
    [InlineData("plans/%F0%28%8C%28")]
    [InlineData("plans/x/versions/99999999999999999999")]
    [InlineData("plans/'%3B%20DROP%20TABLE%20plans%3B--")]
    [InlineData("nothing/at/all")]
    public async Task An_address_that_leads_nowhere_is_said_so(string path)
    {
        var answer = await api.Get(path);
        Assert.InRange(answer.Status, 400, 499);
    }

    /// <summary>Spoils a body: a member removed, of another kind, huge, deep, doubled; bytes changed, cut, put in.</summary>
    private static byte[] Spoil(string body, Random random, int round)
    {
        if (round == 0) return Encoding.UTF8.GetBytes(body);
        if (body.StartsWith('{') && round % 3 != 0)
        {
            var root = JsonNode.Parse(body)!;
            var all = Members(root).ToList();
            var (owner, name) = all[random.Next(all.Count)];
            if (round % 3 == 1) owner.Remove(name);
            else owner[name] = Other(random);
            return JsonSerializer.SerializeToUtf8Bytes(root, Deep);
        }

        var bytes = Encoding.UTF8.GetBytes(body).ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes.RemoveRange(at, Math.Min(random.Next(1, 200), bytes.Count - at)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.InsertRange(at, Enumerable.Repeat((byte)"[{\"\\&*!|"[random.Next(8)], random.Next(1, 2000))); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(0, Math.Min(500, bytes.Count))); break;
                default: bytes.InsertRange(at, Encoding.UTF8.GetBytes("\\ud800\u0000\uFEFF9e99999")); break;
            }

            if (bytes.Count == 0) break;
        }

        return [.. bytes];
    }

    private static IEnumerable<(JsonObject Owner, string Name)> Members(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(m => Members(m.Value).Prepend((o, m.Key))),
        JsonArray a => a.SelectMany(Members),
        _ => [],
    };

    private static JsonNode? Other(Random random) => random.Next(10) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => -1,
        3 => 1e300,
        4 => new string('A', 100_000),
        5 => "",
        6 => new JsonArray(),
        7 => new JsonObject { ["x"] = new JsonObject { ["y"] = new JsonArray(1, "two", null) } },
        8 => "9999-99-99",
        _ => Enumerable.Range(0, 60).Aggregate<int, JsonNode>(new JsonArray(), (inner, _) => new JsonArray(inner)),
    };
}
