using Hilum.Plans;

namespace Hilum.Web.Api;

/// <summary>Why a request is not done: the status of HTTP, a title, and every fault. It holds no data of patients beyond ids that were sent.</summary>
/// <param name="status">The status.</param>
/// <param name="title">What is wrong, in a sentence.</param>
/// <param name="problems">Every fault with its place.</param>
internal sealed class Refusal(int status, string title, params IReadOnlyList<Problem> problems) : Exception(title)
{
    public int Status => status;

    public IReadOnlyList<Problem> Problems => problems;

    /// <summary>Further members of the answer, such as the version that stands now.</summary>
    public IReadOnlyDictionary<string, int> Facts { get; init; } = new Dictionary<string, int>();

    public static Refusal Bad(params IReadOnlyList<Problem> problems) => new(400, "The request cannot be read.", problems);

    public static Refusal Bad(string at, string says) => Bad(new Problem(at, says));

    public static Refusal Missing(string what) => new(404, $"There is no {what}.");
}
