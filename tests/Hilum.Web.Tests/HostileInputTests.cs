using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Hilum.Web.Tests.Support;

namespace Hilum.Web.Tests;

/// <summary>Outside input is hostile: it is refused with reasons, or shown as text.</summary>
public sealed partial class HostileInputTests(RunningSite site)
{
    private const string Markup = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Markup_in_a_record_stays_text_on_every_page()
    {
        var record = $$"""
            patient: { id: "<script>alert(0)</script>" }
            as-of: 2026-11-03
            facts:
              stage: IV
              histology: clear-cell
              medications: ["<img src=x onerror=alert(1)> clarithromycin"]
              allergies: ["\"><script>alert(3)</script>"]
              prior-therapies:
                - { treatment: other, name: "<svg onload=alert(4)>", classes: [vegf], start: 2025-01-10, setting: metastatic }
            """;
        using var opened = await Upload(record);
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        var home = opened.Headers.Location!.ToString().Replace("/record", "", StringComparison.Ordinal);
        using var wishes = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["wishes"] = Markup, ["f.allergies"] = Markup, ["f.haemoglobin"] = Markup, ["f.haemoglobin.unit"] = Markup, ["f.histology"] = Markup });
        using var sent = await site.Client.PostAsync(home, wishes, Stop);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        foreach (var page in new[] { "", "/record", "/why/sunitinib", "/then-and-now", "/compare?t=sunitinib&t=nivolumab", "/plan", "/board", "/patient", "/sheet" })
        {
            var html = await site.Client.GetStringAsync(home + page, Stop);
            Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<svg onload", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch(InlineScript(), html);
            Assert.DoesNotMatch(Handler(), html);
        }

        var list = await site.Client.GetStringAsync("/", Stop);
        Assert.DoesNotContain("<script>alert", list, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/plan")]
    [InlineData("/board")]
    [InlineData("/patient")]
    public async Task What_is_no_form_that_can_be_read_is_refused_and_changes_nothing(string page)
    {
        var path = "/cases/kidney-transplant" + page;
        var many = string.Join('&', Enumerable.Range(0, 1100).Select(n => $"x{n}=1"));
        foreach (var (body, type) in new[] { ("question=a%00b&decision=a%00b", "application/x-www-form-urlencoded"), (many, "application/x-www-form-urlencoded"), ("{}", "application/json"), ("x", "multipart/form-data; boundary=y"), ("", "text/plain") })
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            using var answer = await site.Client.PostAsync(path, content, Stop);
            Assert.True((int)answer.StatusCode is >= 200 and < 500, $"{path} {type}: {answer.StatusCode}");
            if (type != "application/x-www-form-urlencoded") Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        using var bare = await site.Client.PostAsync(path, null, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
    }

    [Theory]
    [InlineData("", "wishes")]
    [InlineData("/plan", "goal")]
    [InlineData("/board", "decision")]
    public async Task A_field_of_the_form_never_names_another_case(string page, string field)
    {
        await site.Client.GetStringAsync("/cases/pregnant" + page, Stop);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("id", "brain-only"), KeyValuePair.Create(field, "meant for pregnant"), KeyValuePair.Create("do", "save")]);
        using var sent = await site.Client.PostAsync("/cases/pregnant" + page, form, Stop);

        Assert.Contains("meant for pregnant", await site.Client.GetStringAsync("/cases/pregnant" + page, Stop), StringComparison.Ordinal);
        Assert.DoesNotContain("meant for pregnant", await site.Client.GetStringAsync("/cases/brain-only" + page, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_can_see_or_turns_text_round_is_not_kept_and_nothing_is_cut_unsaid()
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("question", "sur\u202egery \u200bfirst?"), KeyValuePair.Create("decision", new string('x', 5000))]);
        using var sent = await site.Client.PostAsync("/cases/unfit-for-everything/board", form, Stop);
        var html = WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync(Stop));

        Assert.Equal(HttpStatusCode.BadRequest, sent.StatusCode);
        Assert.Contains("5000 characters", html, StringComparison.Ordinal);
        Assert.Contains("surgery first?", WebUtility.HtmlDecode(await site.Client.GetStringAsync("/cases/unfit-for-everything/board", Stop)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_of_a_record_is_told_at_once_with_its_line()
    {
        using var answer = await Upload("as-of: 2026-11-03\nfacts:\n  karnofski: 90\n  histology: clearcell\n  haemoglobin: 98\n");
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        foreach (var expected in new[] { "line 3", "karnofsky", "line 4", "clear-cell", "line 5", "state the unit" }) Assert.Contains(expected, html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"resourceType\":\"Bundle\"")]
    [InlineData("\0\u0001\u0002")]
    [InlineData("- - - - - - -")]
    public async Task What_is_no_record_is_refused_with_a_reason(string text)
    {
        using var answer = await Upload(text);
        var html = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("govuk-error-summary", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/cases/no-such-case")]
    [InlineData("/cases/..%2f..%2fetc%2fpasswd")]
    [InlineData("/cases/after-sunitinib/why/%3Cscript%3E")]
    [InlineData("/learn/%3Cscript%3E")]
    [InlineData("/guidance/nothing")]
    public async Task An_address_that_names_nothing_leads_back(string path)
    {
        using var answer = await site.Client.GetAsync(path, Stop);

        Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.NotFound, $"{answer.StatusCode}");
    }

    [Fact]
    public async Task The_policy_allows_no_inline_script_and_no_other_host()
    {
        using var answer = await site.Client.GetAsync("/", Stop);
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> Upload(string text)
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "record", "<b>name.yaml");
        return await site.Client.PostAsync("/?handler=Open", form, Stop);
    }

    [GeneratedRegex(@"<script(?![^>]*\ssrc=""/assets/)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex InlineScript();

    [GeneratedRegex(@"<[a-z][^>""]*(""[^""]*""[^>""]*)*\son\w+\s*=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Handler();
}
