using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Hilum.Web.SignIn;
using Hilum.Web.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hilum.Web.Tests.SignIn;

/// <summary>Who may do what, tried at every address with every role, signed in by a real OpenID Connect server.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private readonly Authority authority = new();
    private readonly OwnSite site = new();

    public async ValueTask InitializeAsync()
    {
        await authority.Start();
        await site.Start(new() { SignIn = new() { Authority = authority.Url, ClientId = Authority.ClientId } });
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await authority.DisposeAsync();
    }

    [Fact]
    public async Task Every_address_stands_in_the_table_and_the_table_names_no_other()
    {
        var mapped = await Mapped();
        Assert.Empty(mapped.Where(m => Access.Find(m.Method, m.Pattern) is null).Select(m => $"{m.Method} {m.Pattern}: say in Access.Table who may call it"));
        Assert.Empty(Access.Table.Where(r => !mapped.Exists(m => Access.Find(m.Method, m.Pattern) == r)).Select(r => $"{r.Method} {r.Pattern} is not mapped"));
    }

    [Fact]
    public async Task Nobody_gets_in_without_signing_in()
    {
        foreach (var rule in Access.Table.Where(r => r.Roles is not null))
        {
            using var answer = await Call(rule, null);
            var page = !rule.Pattern.StartsWith("/api", StringComparison.Ordinal) && !rule.Pattern.StartsWith("/fhir", StringComparison.Ordinal) && rule.Method == "GET";
            Assert.True(page ? answer.StatusCode is HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.StartsWith(authority.Url, StringComparison.Ordinal) : answer.StatusCode is HttpStatusCode.Unauthorized, $"{rule.Method} {rule.Pattern}: {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("clinician")]
    [InlineData("pharmacist")]
    [InlineData("board-secretary")]
    [InlineData("patient")]
    [InlineData("guidance-editor")]
    [InlineData("auditor")]
    [InlineData("administrator")]
    [InlineData("")]
    public async Task A_role_may_do_what_the_table_says_and_nothing_else(string role)
    {
        var token = await authority.Token(role);
        var forbidden = 0;
        foreach (var rule in Access.Table.Where(r => r.Roles is not null))
        {
            using var answer = await Call(rule, token);
            if (rule.Allows(Roles.Parse(role))) Assert.True(answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized or HttpStatusCode.Redirect) || answer.Headers.Location?.OriginalString.StartsWith(authority.Url, StringComparison.Ordinal) is not true, $"{role} was refused {rule.Method} {rule.Pattern}: {answer.StatusCode}");
            else Assert.True(answer.StatusCode is HttpStatusCode.Forbidden && ++forbidden > 0, $"{role} was let in to {rule.Method} {rule.Pattern}: {answer.StatusCode}");
        }

        Assert.True(forbidden > 0);
    }

    /// <summary>The lines that matter most, written out: not by the table.</summary>
    [Theory]
    [InlineData("patient", "GET", "/")]
    [InlineData("patient", "POST", "/fhir/PlanDefinition/current/$apply")]
    [InlineData("administrator", "GET", "/cases/late-relapse")]
    [InlineData("auditor", "GET", "/cases/late-relapse")]
    [InlineData("guidance-editor", "GET", "/cases/late-relapse")]
    [InlineData("guidance-editor", "POST", "/fhir/PlanDefinition/current/$apply")]
    [InlineData("board-secretary", "POST", "/cases/late-relapse")]
    [InlineData("pharmacist", "POST", "/cases/late-relapse/board")]
    [InlineData("patient", "GET", "/cases/late-relapse/board")]
    [InlineData("clinician", "GET", "/api/v1/cds-feedback")]
    public async Task Nobody_does_what_is_not_his_to_do(string role, string method, string path)
    {
        using var answer = await Send(method, path, await authority.Token(role));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_patient_sees_the_own_plan_once_it_is_released_and_nobody_elses()
    {
        const string page = "/cases/late-relapse/patient";
        var clinician = await authority.Token("clinician");
        using var record = await Send("GET", "/cases/late-relapse", clinician);
        var id = Hilum.Web.Tests.CdsHooks.Ehr.IdOf(Hilum.Web.Tests.CdsHooks.Ehr.PrefetchOf("late-relapse"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(page, $"patient:{id}"));
        Assert.Equal(HttpStatusCode.Redirect, await Plan(("goal", "More time at home"), ("treatment", "nivolumab-cabozantinib"), ("do", "add")));
        Assert.Equal(HttpStatusCode.Redirect, await Plan(("goal", "More time at home"), ("reason.0", "as agreed"), ("start.0", "2026-12-01"), ("do", "sign"), ("role", "medical-oncology"), ("release", "yes")));

        Assert.Equal(HttpStatusCode.OK, await Status(page, $"patient:{id}"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(page, "patient:someone-else"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(page, "patient"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status("/cases/late-relapse/plan", $"patient:{id}"));

        async Task<HttpStatusCode> Status(string path, string role)
        {
            using var answer = await Send("GET", path, await authority.Token(role));
            return answer.StatusCode;
        }

        async Task<HttpStatusCode> Plan(params (string Name, string Value)[] fields)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/cases/late-relapse/plan") { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", clinician);
            using var answer = await site.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_token_of_another_authority_or_for_another_service_opens_nothing()
    {
        await using var other = new Authority();
        await other.Start();
        using var foreign = await Send("GET", "/fhir/PlanDefinition", await other.Token("clinician"));
        using var broken = await Send("GET", "/fhir/PlanDefinition", (await authority.Token("clinician"))[..^4] + "AAAA");

        Assert.Equal(HttpStatusCode.Unauthorized, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, broken.StatusCode);
    }

    private async Task<List<(string Method, string Pattern)>> Mapped()
    {
        var all = new List<(string, string)>();
        foreach (var endpoint in site.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
        {
            var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>();
            IEnumerable<string> methods = page is not null ? await MethodsOf(page) : endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } named ? named : ["GET", "POST"];
            all.AddRange(methods.Where(m => m is not ("OPTIONS" or "HEAD")).Select(m => (m, endpoint.RoutePattern.RawText ?? "")));
        }

        return all;
    }

    /// <summary>A page answers GET, and POST when it has a handler for it.</summary>
    private async Task<IReadOnlyList<string>> MethodsOf(PageActionDescriptor page)
    {
        var compiled = await site.Services.GetRequiredService<PageLoader>().LoadAsync(page, EndpointMetadataCollection.Empty);
        return compiled.HandlerMethods.Any(h => h.HttpMethod.Equals("POST", StringComparison.OrdinalIgnoreCase)) ? ["GET", "POST"] : ["GET"];
    }

    private Task<HttpResponseMessage> Call(AccessRule rule, string? token)
    {
        var path = System.Text.RegularExpressions.Regex.Replace(rule.Pattern, @"\{[^}]*\}", "x", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        return Send(rule.Method, path, token);
    }

    private async Task<HttpResponseMessage> Send(string method, string path, string? token)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (method != "GET") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        return await site.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
