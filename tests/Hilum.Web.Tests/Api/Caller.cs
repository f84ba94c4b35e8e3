using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Hilum.Web.Tests.Api;

/// <summary>An answer of the API, read to its end.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Body">Its text.</param>
/// <param name="Headers">Its headers.</param>
internal sealed record Answered(int Status, string Body, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Text(string member) => Json.GetProperty(member).GetString()!;

    public string Tag => Headers.ETag!.ToString();

    public string[] Faults => [.. Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("at").GetString()!).Order(StringComparer.Ordinal)];

    public Answered Was(int status)
    {
        Assert.True(Status == status, $"{status} was expected, not {Status}: {Body}");
        return this;
    }
}

/// <summary>Calls the API as a program would.</summary>
internal sealed class Caller(HttpClient client)
{
    private static int patients;

    public const string CaseFile = "as-of: 2026-11-03\nfacts:\n  age: 59\n  sex: male\n  histology: clear-cell\n  stage: IV\n  metastatic-sites: [lung]\n  karnofsky: 90\n";

    public Task<Answered> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, "", headers);

    public Task<Answered> Post(string path, string json, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, Encoding.UTF8.GetBytes(json), "application/json", headers);

    public Task<Answered> Put(string path, string json, params (string Name, string Value)[] headers) => Send(HttpMethod.Put, path, Encoding.UTF8.GetBytes(json), "application/json", headers);

    public async Task<Answered> Send(HttpMethod method, string path, byte[]? body, string media, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/api/v1/{path}");
        if (body is not null) request.Content = new ByteArrayContent(body);
        if (body is not null && media.Length > 0) request.Content!.Headers.TryAddWithoutValidation("Content-Type", media);
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers);
    }

    /// <summary>A patient that nobody else uses.</summary>
    public async Task<string> NewPatient()
    {
        var id = $"T-{Interlocked.Increment(ref patients)}";
        (await Post("patients", $"{{\"id\":\"{id}\"}}")).Was(201);
        return id;
    }

    public async Task<string> NewRecord(string patient, string text = CaseFile) =>
        (await Send(HttpMethod.Post, $"patients/{patient}/records", Encoding.UTF8.GetBytes(text), "application/yaml")).Was(201).Text("id");

    /// <summary>A draft with a goal and a choice.</summary>
    public async Task<Answered> NewPlan(string? patient = null, string more = "")
    {
        patient ??= await NewPatient();
        return (await Post($"patients/{patient}/plans", $$"""{"record":"{{await NewRecord(patient)}}","goal":"Live well","steps":[{"treatment":"active-surveillance"}]{{more}}}""")).Was(201);
    }

    public async Task<Answered> Move(Answered plan, params string[] states)
    {
        foreach (var to in states) plan = (await Post($"plans/{plan.Text("id")}/state", $"{{\"to\":\"{to}\"}}", ("If-Match", plan.Tag))).Was(200);
        return plan;
    }
}
