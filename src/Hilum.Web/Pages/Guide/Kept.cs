using Hilum.Guidance;
using Hilum.Plans;

namespace Hilum.Web.Pages.Guide;

/// <summary>A result of a command, read from the cache and checked: it is about this very content, and has the shape that the command writes.</summary>
/// <param name="Result">What was read; null when nothing is kept, or it is refused.</param>
/// <param name="On">When it was kept; null when nothing is.</param>
internal sealed record Kept<T>(T? Result, DateTimeOffset? On)
    where T : class
{
    /// <summary>Whether something is kept that does not hold.</summary>
    public bool IsRefused => Result is null && On is not null;

    /// <summary>Looks for a result and reads it.</summary>
    public static Kept<T> Find(KeptResults? results, GuidanceContent content, string name, Func<JsonFields, T> read)
    {
        if (results?.Find(content, name) is not var (json, on)) return new(null, null);
        return new(JsonFields.Read(json, [], fields =>
        {
            fields.Item("content", c =>
            {
                c.Text("version", 100, required: true);
                if (c.Text("sha256", 64, required: true) != content.Sha256) c.Fault("sha256", "this is a result for other content");
                return "";
            }, required: true);
            return read(fields);
        }), on);
    }
}
