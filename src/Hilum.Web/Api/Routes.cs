using System.Diagnostics;
using Hilum.Guidance;
using Hilum.Plans;
using Hilum.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hilum.Web.Api;

/// <summary>The API: its addresses, and what every answer has in common.</summary>
internal static partial class Routes
{
    /// <summary>Where it begins.</summary>
    public const string Root = "/api/v1";

    private const int MostJudging = 512;
    private static readonly SemaphoreSlim Judging = new(2 * Environment.ProcessorCount);
    private static int waiting;

    /// <summary>Maps all addresses.</summary>
    public static void Map(IEndpointRouteBuilder site)
    {
        On("POST", "/plan", Judge, new("Judge a record", "Answers the bytes of `hilum plan --format json`. The body is a FHIR bundle, a bulk export of one patient, or a case file; it is not stored.", typeof(object), ["edition", "asOf", "lang"]) { Kinds = PlanCalls.RecordKinds });
        On("GET", "/codes", OverviewCalls.Codes, new("The codes that requests may use", "Reasons of decisions, disciplines, treatments, editions.", Parameters: ["lang"]));
        On("POST", "/patients", PlanCalls.AddPatient, new("Add a patient", "By a local id: no name.", typeof(NewPatient), Saves: true));
        On("GET", "/patients", PlanCalls.Patients, new("Patients", "", Pages: true));
        On("GET", "/patients/{id}", PlanCalls.Patient, new("One patient", ""));
        On("POST", "/patients/{id}/records", PlanCalls.AddRecord, new("Add a record", "It is stored as it was received; a record that cannot be read is refused with every reason.", typeof(object), Saves: true) { Kinds = PlanCalls.RecordKinds });
        On("GET", "/patients/{id}/records", PlanCalls.Records, new("Records of a patient", "", Pages: true));
        On("GET", "/patients/{id}/records/{record}", PlanCalls.Record, new("A record as received", ""));
        On("GET", "/patients/{id}/records/{record}/plan", PlanCalls.JudgeRecord, new("A stored record judged by the guidance of now", "", Parameters: ["edition", "asOf", "lang", "format"]));
        On("POST", "/patients/{id}/plans", PlanCalls.AddPlan, new("Begin a plan", "The record is judged, and the plan keeps what it rests on. The new plan is a draft.", typeof(NewPlan), Saves: true));
        On("GET", "/patients/{id}/plans", PlanCalls.PlansOfPatient, new("Plans of a patient, each as it stands now", "", Pages: true));
        On("GET", "/plans", PlanCalls.Plans, new("All plans, each as it stands now", "", Pages: true));
        On("GET", "/plans/{id}", PlanCalls.Plan, new("A plan as it stands now", "As JSON, FHIR, HTML or text: by `format`, or by Accept.", Parameters: ["format", "lang"]));
        On("PUT", "/plans/{id}", PlanCalls.EditPlan, new("Change a draft", "Makes the next version. What GET gave may be sent back; what is computed is ignored.", typeof(PlanDraft), Saves: true, Matches: true));
        On("POST", "/plans/{id}/state", PlanCalls.MovePlan, new("Move a plan to another state", "draft, proposed, discussed, agreed, active; withdrawn at any time. A plan that becomes active ends the one that it supersedes.", typeof(NewState), Saves: true, Matches: true));
        On("GET", "/plans/{id}/versions", PlanCalls.Versions, new("Versions of a plan", ""));
        On("GET", "/plans/{id}/versions/{version}", PlanCalls.PlanVersion, new("One version of a plan", "It never changes.", Parameters: ["format", "lang"]));
        On("POST", "/plans/{id}/decisions", PlanCalls.AddDecision, new("Decide on a treatment", "Accepted, changed or declined, with a coded reason.", typeof(NewDecision), Saves: true));
        On("GET", "/plans/{id}/decisions", PlanCalls.Decisions, new("Decisions on a plan", "", Pages: true));
        On("POST", "/plans/{id}/notes", PlanCalls.AddNote, new("Add a board note", "Question, disciplines present, answer, dissent, follow-up; wishes, states, owners of missing facts, trial, what became of the plan.", typeof(NewNote), Saves: true));
        On("GET", "/plans/{id}/notes", PlanCalls.Notes, new("Board notes on a plan", "", Pages: true));
        On("POST", "/plans/{id}/sign-offs", PlanCalls.AddSignOff, new("Sign a version", "The signature holds the hash of the version.", typeof(NewSignOff), Saves: true, Matches: true));
        On("GET", "/plans/{id}/sign-offs", PlanCalls.SignOffs, new("Sign-offs of a plan", "", Pages: true));
        On("GET", "/recall", OverviewCalls.Recall, new("Plans that a change of the guidance touches", "Of the plans on this page that have not ended: those whose options differ now, and who saved them last.", Pages: true));
        On("GET", "/reports/decisions", OverviewCalls.Decisions, new("What was decided, by rule and reason", ""));
        On("GET", "/audit", OverviewCalls.Audit, new("The audit", "Who did what when, with hashes; no data of patients beyond local ids.", Pages: true));
        site.MapFallback("/api/{**rest}", http => Send(http, new Reply(404, Bodies.Problem(404, "There is nothing at this address, or it does not take this method.", []))));

        void On(string method, string path, Func<Call, Task<Reply>> work, Operation operation) =>
            site.MapMethods(Root + path, [method], (RequestDelegate)(http => Answer(http, work))).WithMetadata(operation, Operation.Method);
    }

    /// <summary><c>POST /api/v1/plan</c>.</summary>
    private static async Task<Reply> Judge(Call call)
    {
        call.Expect("edition", "asOf", "lang");
        var (language, asOf) = (call.Language(), call.One("asOf"));
        await call.ReadBody(PlanCalls.LargestRecord, PlanCalls.RecordKinds);
        var answer = await Judge(call, asOf, language);
        await call.Store.Audit(call.Who, "evaluate", "plan", call.BodySha256, call.Content.Sha256, Call.Sha256(answer));
        return new(200, answer);
    }

    private static async Task<byte[]> Judge(Call call, string? asOf, Words.Language language)
    {
        if (Interlocked.Increment(ref waiting) > MostJudging)
        {
            Interlocked.Decrement(ref waiting);
            throw new Refusal(503, "Too many records are being judged; try again in a moment.");
        }

        await Judging.WaitAsync(call.Http.RequestAborted);
        try
        {
            using var trace = Telemetry.Traces.StartActivity("judge");
            var clock = Stopwatch.GetTimestamp();
            var judged = Judgement.Of(call.Body, call.Content, call.Http.Request.Query["edition"].OfType<string>(), asOf, call.Today, call.Problems);
            call.Check();
            var answer = judged!.Json(call.Content, language).ToArray();
            Telemetry.Judged(Stopwatch.GetElapsedTime(clock));
            return answer;
        }
        finally
        {
            Judging.Release();
            Interlocked.Decrement(ref waiting);
        }
    }

    private static async Task Answer(HttpContext http, Func<Call, Task<Reply>> work)
    {
        var services = http.RequestServices;
        Reply reply;
        try
        {
            reply = await work(new(http, services.GetRequiredService<GuidanceContent>(), services.GetRequiredService<Store>(), services.GetRequiredService<TimeProvider>()));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Refusal e)
        {
            reply = new(e.Status, Bodies.Problem(e.Status, e.Message, e.Problems, e.Facts));
        }
        catch (ConflictException e)
        {
            reply = new(409, Bodies.Problem(409, e.Message, [], e.Current is { } current ? new Dictionary<string, int> { ["current"] = current } : null));
        }
        catch (BadHttpRequestException e)
        {
            reply = new(e.StatusCode, Bodies.Problem(e.StatusCode, e.StatusCode == 408 ? "The body came too slowly." : e.StatusCode == 413 ? "The body is too large." : "The body could not be read.", []));
        }
        catch (StoreException e)
        {
            LogStore(services.GetRequiredService<ILoggerFactory>().CreateLogger("Hilum"), e.Message);
            reply = new(503, Bodies.Problem(503, "The store does not answer; nothing was saved.", []));
        }
#pragma warning disable CA1031 // the last guard: a fault of ours is an answer too, and its message may hold words of a record, so it is not logged
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFault(services.GetRequiredService<ILoggerFactory>().CreateLogger("Hilum"), e.GetType().Name, e.StackTrace);
            reply = new(500, Bodies.Problem(500, "This is a fault of Hilum.", []));
        }

        await Send(http, reply);
    }

    private static async Task Send(HttpContext http, Reply reply)
    {
        var (response, failed) = (http.Response, reply.Status >= 400);
        if (response.HasStarted) return;
        if (failed) Telemetry.Refused(reply.Status);
        if (reply.Status is 503 or 429) response.Headers.RetryAfter = "2";
        if (reply.Place is not null) response.Headers.Location = reply.Place;
        if (reply.Next is not null) response.Headers.Link = $"<{reply.Next}>; rel=\"next\"";
        if (reply.Again) response.Headers["Idempotency-Replayed"] = "true";
        if (reply.SaveAs is not null) response.Headers.ContentDisposition = $"attachment; filename=\"{reply.SaveAs}\"";
        response.Headers.Vary = "Accept";
        if (reply.Media.StartsWith("text/html", StringComparison.Ordinal)) response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
        if (reply.Tag is not null)
        {
            response.Headers.ETag = reply.Tag;
            if (reply.Status == 200 && HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.IfNoneMatch.ToString().Split(',').Any(t => t.Trim() == reply.Tag))
            {
                response.StatusCode = 304;
                return;
            }
        }

        response.StatusCode = reply.Status;
        response.ContentType = failed ? "application/problem+json" : reply.Media;
        response.ContentLength = reply.Body.Length;
        await response.Body.WriteAsync(reply.Body, http.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The store failed: {Why}")]
    private static partial void LogStore(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "A fault of Hilum: {Kind}{Stack}")]
    private static partial void LogFault(ILogger logger, string kind, string? stack);
}
