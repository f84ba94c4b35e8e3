using System.Collections.Concurrent;
using NJsonSchema;

namespace Hilum.Cli.Tests.Support;

/// <summary>The JSON Schemas of <c>schema/</c>.</summary>
internal static class Schema
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<JsonSchema>>> Read = new(StringComparer.Ordinal);

    /// <summary>Fails where the text is not valid against <c>schema/NAME.schema.json</c>.</summary>
    public static async Task Holds(string name, string json)
    {
        var schema = await Read.GetOrAdd(name, n => new(() => JsonSchema.FromFileAsync(Path.Combine(Repository.Root, "schema", $"{n}.schema.json")))).Value;
        var errors = schema.Validate(json);
        Assert.True(errors.Count == 0, string.Join('\n', errors.Take(10).Select(e => $"{e.Path}: {e.Kind} (line {e.LineNumber})")));
    }
}
