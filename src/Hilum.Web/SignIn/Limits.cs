using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Hilum.Web.SignIn;

/// <summary>How much one caller may ask for, and how much is judged at a time.</summary>
internal static class Limits
{
    /// <summary>The name of the rule for what costs a judgement.</summary>
    public const string Judging = "judging";

    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(60);

    /// <summary>Adds the limits.</summary>
    public static void AddTo(IServiceCollection services, DoorSettings settings)
    {
        services.AddRequestTimeouts(o => o.DefaultPolicy = new() { Timeout = LongestRequest, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable });
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "10";
                if (!context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var _)) context.HttpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return ValueTask.CompletedTask;
            };
            if (settings.RequestsPerMinute is { } most)
                o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(c => RateLimitPartition.GetTokenBucketLimiter(Caller(c), _ => new()
                {
                    TokenLimit = most,
                    TokensPerPeriod = most,
                    ReplenishmentPeriod = TimeSpan.FromMinutes(1),
                    QueueLimit = 0,
                }));
            o.AddConcurrencyLimiter(Judging, c =>
            {
                c.PermitLimit = 2 * Environment.ProcessorCount;
                c.QueueLimit = 512;
                c.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
            });
        });
    }

    /// <summary>A user by name, else an address.</summary>
    private static string Caller(HttpContext context) => context.User.Identity is { IsAuthenticated: true } ? $"user {context.User.FindFirst("sub")?.Value ?? context.User.Identity.Name}" : $"address {context.Connection.RemoteIpAddress}";
}
