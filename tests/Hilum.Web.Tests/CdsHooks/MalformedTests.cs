using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Hilum.Web.Tests.Support;

namespace Hilum.Web.Tests.CdsHooks;

/// <summary>A thousand requests that no client should send: each gets an answer with a reason, none a fault of ours, none waits for ever.</summary>
public sealed class MalformedTests(RunningSite site)
{
    private const int Requests = 1000;
    private static readonly string[] Addresses = ["kidney-cancer-options", "kidney-cancer-order-select", "kidney-cancer-order-sign", "kidney-cancer-options/feedback"];

    private static readonly string[] Texts =
    [
        "", "{", "[]", "null", "1", "\"\"", "{}", "{\"hook\":", "\ud800", "{\"hook\":\"\\ud800\"}", "{\"a\":1,\"a\":2}", "\u0000", "<xml/>", "{\"hook\":\"patient-view\"} trailing", "NaN", "{\"hook\":1e999}", "// comment\n{}", "{\"prefetch\":{\"\\udfff\":{}}}",
    ];

    private static readonly JsonNode?[] Wrong =
    [
        null, JsonValue.Create(0), JsonValue.Create(-1e300), JsonValue.Create(true), JsonValue.Create(""), JsonValue.Create("\u0000"), JsonValue.Create("😀<img>"), new JsonArray(), new JsonObject(), new JsonArray(new JsonArray(new JsonObject())),
        new JsonObject { ["resourceType"] = "Bundle" }, new JsonObject { ["resourceType"] = "Patient" }, new JsonObject { ["resourceType"] = 7 }, JsonValue.Create(new string('x', 100_000)), JsonValue.Create("http://169.254.169.254/latest/meta-data"),
    ];

    [Fact]
    public async Task None_is_a_fault_and_none_hangs()
    {
        var seen = new List<(int Status, string Body)>();
        Gen.Int[0, int.MaxValue].Array[4].Sample(
            numbers =>
            {
                var (address, body) = Make(numbers);
                var answer = Send(address, body).GetAwaiter().GetResult();
                lock (seen) seen.Add(answer);
                return answer.Status is 200 or 400 or 404 or 412 or 413 or 415 or 422 && (answer.Status == 200 || IsReasoned(answer.Body));
            },
            iter: Requests,
            threads: 2);

        Assert.True(seen.Count >= Requests);
        Assert.Contains(seen, s => s.Status == 400);
        using var still = await site.Client.GetAsync("/healthz", TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)still.StatusCode);
    }

    [Fact]
    public async Task Every_member_of_a_request_taken_away_or_made_something_else_is_answered()
    {
        var whole = Ehr.Fire("order-select", Ehr.PrefetchOf("late-relapse"), Drafts());
        foreach (var path in new[] { "hook", "hookInstance", "context", "prefetch", "context/userId", "context/patientId", "context/selections", "context/draftOrders", "context/draftOrders/entry", "context/draftOrders/resourceType", "prefetch/patient", "prefetch/conditions", "prefetch/conditions/entry" })
            foreach (var wrong in Wrong.Append(new JsonArray(JsonValue.Create(1))).Select(w => w?.DeepClone()).Append(JsonValue.Create("remove it")))
            {
                var request = whole.DeepClone().AsObject();
                var parts = path.Split('/');
                var parent = parts.SkipLast(1).Aggregate(request, (o, p) => o[p]!.AsObject());
                if ((wrong as JsonValue)?.ToString() == "remove it") parent.Remove(parts[^1]);
                else parent[parts[^1]] = wrong;
                var (status, body) = await Send("kidney-cancer-order-select", Encoding.UTF8.GetBytes(request.ToJsonString()));
                Assert.True(status is 200 or 400 or 412 or 422 && (status == 200 || IsReasoned(body)), $"{path} = {wrong?.ToJsonString()[..Math.Min(60, wrong.ToJsonString().Length)]}: {status} {body[..Math.Min(300, body.Length)]}");
            }
    }

    [Fact]
    public async Task What_is_too_large_or_too_deep_or_of_another_kind_is_refused_early()
    {
        Assert.Equal(413, (await Send(Addresses[0], new byte[17 * 1024 * 1024])).Status);
        Assert.Equal(400, (await Send(Addresses[0], Encoding.UTF8.GetBytes(new string('[', 100_000)))).Status);
        Assert.Equal(415, (await Send(Addresses[0], "{}"u8.ToArray(), "text/plain")).Status);
        Assert.Equal(404, (await Send("no-such-service", "{}"u8.ToArray())).Status);
    }

    /// <summary>A sender that sends a byte now and then loses its connection, and costs nobody else anything.</summary>
    [Fact]
    public async Task Who_sends_too_slowly_is_cut_off()
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync("127.0.0.1", new Uri(site.Url).Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /cds-services/{Addresses[0]} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{{"), TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        var ended = false;
        while (!ended && clock.Elapsed < TimeSpan.FromSeconds(60))
        {
            try
            {
                await stream.WriteAsync(" "u8.ToArray(), TestContext.Current.CancellationToken);
                using var soon = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
                soon.CancelAfter(TimeSpan.FromMilliseconds(500));
                var answer = new byte[1024];
                ended = await stream.ReadAsync(answer, soon.Token) >= 0;
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                // still waiting for us
            }
            catch (IOException)
            {
                ended = true;
            }
        }

        Assert.True(ended);
    }

    private static (string Address, byte[] Body) Make(int[] numbers)
    {
        var address = Addresses[numbers[0] % Addresses.Length];
        if (numbers[1] % 4 == 0) return (address, Encoding.UTF8.GetBytes(Texts[numbers[2] % Texts.Length]));
        var whole = address.EndsWith("feedback", StringComparison.Ordinal)
            ? new JsonObject { ["feedback"] = new JsonArray(new JsonObject { ["card"] = Guid.Empty.ToString(), ["outcome"] = "overridden", ["overrideReason"] = new JsonObject { ["reason"] = new JsonObject { ["code"] = "x" } } }) }
            : Ehr.Fire(address.EndsWith("options", StringComparison.Ordinal) ? "patient-view" : address["kidney-cancer-".Length..], Ehr.PrefetchOf("late-relapse"), address.Contains("order", StringComparison.Ordinal) ? Drafts() : null);
        for (var change = 0; change <= numbers[3] % 3; change++) Spoil(whole, numbers[2] + (change * 7919), Wrong[(numbers[3] / 3 + change) % Wrong.Length]);
        var bytes = Encoding.UTF8.GetBytes(whole.ToJsonString());
        if (numbers[1] % 4 == 1) return (address, bytes[..(numbers[2] % bytes.Length)]);
        if (numbers[1] % 4 == 2) bytes[numbers[2] % bytes.Length] = (byte)numbers[3];
        return (address, bytes);
    }

    /// <summary>Puts something else in one place of a tree.</summary>
    private static void Spoil(JsonNode tree, int which, JsonNode? wrong)
    {
        var places = new List<Action>();
        Walk(tree);
        if (places.Count > 0) places[(int)((uint)which % places.Count)]();

        void Walk(JsonNode? node)
        {
            if (node is JsonObject o)
                foreach (var (name, value) in o.ToList())
                {
                    places.Add(() => o[name] = wrong?.DeepClone());
                    places.Add(() => o.Remove(name));
                    Walk(value);
                }
            else if (node is JsonArray a)
                for (var i = 0; i < a.Count; i++)
                {
                    var at = i;
                    places.Add(() => a[at] = wrong?.DeepClone());
                    Walk(a[i]);
                }
        }
    }

    private static JsonObject Drafts()
    {
        var drafts = Ehr.Drafts(Ehr.Named("cabozantinib"), Ehr.Named("clarithromycin"));
        drafts["selections"] = new JsonArray("MedicationRequest/draft1");
        return drafts;
    }

    private async Task<(int Status, string Body)> Send(string address, byte[] body, string type = "application/json")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bounded.CancelAfter(TimeSpan.FromSeconds(60));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/cds-services/{address}") { Content = content };
        request.Headers.ExpectContinue = body.Length > 1_000_000; // else the refusal of a large body can be lost while it is still being sent
        using var answer = await site.Client.SendAsync(request, bounded.Token);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(bounded.Token));
    }

    private static bool IsReasoned(string body)
    {
        using var outcome = JsonDocument.Parse(body);
        return outcome.RootElement.GetProperty("issue").EnumerateArray().All(i => i.GetProperty("diagnostics").GetString()!.Length > 0);
    }
}
