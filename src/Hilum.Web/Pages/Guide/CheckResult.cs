using Hilum.Guidance;
using Hilum.Plans;

namespace Hilum.Web.Pages.Guide;

/// <summary>Something that a check found.</summary>
/// <param name="Kind">What is wrong, as the command names it.</param>
/// <param name="Subject">What it is about: <c>esmo-2024/first-line-sunitinib</c>.</param>
/// <param name="Place">File and line.</param>
/// <param name="Message">What is wrong and what to do, in English.</param>
/// <param name="Example">A patient for whom it is wrong; null where there can be none.</param>
internal sealed record CheckFinding(string Kind, string Subject, string Place, string Message, ExamplePatient? Example)
{
    /// <summary>The finding that nothing is proven: the solver came to no end.</summary>
    public const string NotProven = "not-proven";

    /// <summary>What can be found.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["unreachable", "dead-clause", "unanswered", "contradiction", "shadowed", "not-silent", "unused", NotProven];
}

/// <summary>What <c>guidance check</c> answered.</summary>
/// <param name="Editions">The editions that were asked about.</param>
/// <param name="Findings">What is wrong.</param>
/// <param name="Reached">What has an example patient: subjects.</param>
/// <param name="Cases">How many worked cases there are.</param>
/// <param name="CasesOf">How many of them each file has.</param>
/// <param name="Failed">Worked cases that did not come out, with their places.</param>
/// <param name="Questions">Questions that were put to the solver.</param>
internal sealed record CheckResult(IReadOnlyList<string> Editions, IReadOnlyList<CheckFinding> Findings, IReadOnlyList<string> Reached, int Cases, IReadOnlyList<(string File, int Count)> CasesOf, IReadOnlyList<string> Failed, int Questions)
{
    private const int Most = 20_000;
    private const int Longest = 4000;

    /// <summary>Whether nothing is wrong.</summary>
    public bool Passed => Findings.Count == 0 && Failed.Count == 0;

    /// <summary>Reads it.</summary>
    public static CheckResult Read(JsonFields fields, GuidanceContent content)
    {
        var editions = fields.Words("editions", [.. content.Catalogue.Editions.Select(e => e.Id)], required: true);
        var findings = fields.Items("findings", Most, f => new CheckFinding(
            f.Word("kind", CheckFinding.Kinds, required: true) ?? "", f.Text("subject", Longest, required: true) ?? "", f.Text("place", Longest, required: true) ?? "", f.Text("message", Longest, required: true) ?? "",
            f.Item("example", e => ExamplePatient.Read(e, content)!)), required: true);
        var reached = fields.Items("reached", Most, r =>
        {
            r.Ignore("example");
            return r.Text("subject", Longest, required: true) ?? "";
        }, required: true);
        var (count, files, failed) = (0, (IReadOnlyList<(string, int)>)[], (IReadOnlyList<string>)[]);
        fields.Item("workedCases", w =>
        {
            count = w.Count("count", required: true, least: 0) ?? 0;
            files = w.Items("files", Most, f => (f.Text("file", Longest, required: true) ?? "", f.Count("count", required: true) ?? 0), required: true);
            failed = w.Texts("failed", Most, Longest, required: true);
            return "";
        }, required: true);
        var result = new CheckResult(editions, findings, reached, count, files, failed, fields.Count("questions", required: true, least: 0) ?? 0);
        if (fields.Flag("passed", required: true) != result.Passed) fields.Fault("passed", "the result says otherwise");
        return result;
    }
}
