using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Hilum.Web.Api;

/// <summary>What the description of the API says of one address.</summary>
/// <param name="Summary">In a few words.</param>
/// <param name="Description">In sentences; may be empty.</param>
/// <param name="Body">The shape of the body; null for none, object for a record.</param>
/// <param name="Parameters">Parameters of the query.</param>
/// <param name="Pages">Whether it answers a page of a list.</param>
/// <param name="Saves">Whether it saves: it takes an Idempotency-Key.</param>
/// <param name="Matches">Whether it needs If-Match.</param>
internal sealed record Operation(string Summary, string Description, Type? Body = null, string[]? Parameters = null, bool Pages = false, bool Saves = false, bool Matches = false)
{
    /// <summary>The description of the API looks only at addresses that name a method.</summary>
    public static readonly MethodInfo Method = typeof(Operation).GetMethod(nameof(Described), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The kinds of body that are read.</summary>
    public string[] Kinds { get; init; } = ["application/json"];

    /// <summary>All parameters of the query.</summary>
    public IEnumerable<string> Query => (Parameters ?? []).Concat(Pages ? ["after", "limit"] : []);

    private static Task Described(HttpContext http) => Task.CompletedTask;
}
