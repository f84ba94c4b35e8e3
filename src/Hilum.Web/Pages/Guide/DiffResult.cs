using Hilum.Guidance;
using Hilum.Options;
using Hilum.Plans;

namespace Hilum.Web.Pages.Guide;

/// <summary>A treatment on which two editions answer differently.</summary>
/// <param name="Treatment">The treatment.</param>
/// <param name="From">What the first says.</param>
/// <param name="To">What the second says.</param>
/// <param name="When">For whom of the group: one of these sentences holds. Empty for everyone.</param>
internal sealed record DiffChange(string Treatment, Standing From, Standing To, IReadOnlyList<string> When);

/// <summary>A group of patients for whom two editions differ in the same way.</summary>
/// <param name="Conditions">Who they are: one of these lists holds in full. An empty list is everyone.</param>
/// <param name="Changes">What differs.</param>
/// <param name="Example">A patient of the group.</param>
/// <param name="From">What the first edition answers for the example.</param>
/// <param name="To">What the second answers.</param>
internal sealed record DiffGroup(IReadOnlyList<IReadOnlyList<string>> Conditions, IReadOnlyList<DiffChange> Changes, ExamplePatient Example, IReadOnlyList<(string Treatment, Standing Standing)> From, IReadOnlyList<(string Treatment, Standing Standing)> To);

/// <summary>What <c>guidance diff</c> answered for two editions of one content.</summary>
/// <param name="Groups">For whom they differ.</param>
/// <param name="NotProven">What could not be compared, and why.</param>
/// <param name="Questions">Questions that were put to the solver.</param>
internal sealed record DiffResult(IReadOnlyList<DiffGroup> Groups, IReadOnlyList<string> NotProven, int Questions)
{
    private const int Most = 2000;
    private const int Longest = 20_000;

    private static readonly string[] Decided = [.. new[] { Standing.Preferred, Standing.Recommended, Standing.Option, Standing.SpecialisedCentre, Standing.NotRecommended, Standing.NotApplicable }.Select(s => s.Id())];

    /// <summary>Reads it.</summary>
    public static DiffResult Read(JsonFields fields, GuidanceContent content, Edition from, Edition to)
    {
        string[] treatments = [.. content.Catalogue.Treatments.Select(t => t.Id)];
        if (fields.Text("from", 200, required: true) != from.Id || fields.Text("to", 200, required: true) != to.Id) fields.Fault("from", "this is a result for other editions");
        fields.Items("safety", 0, _ => "", required: true);
        return new(
            fields.Items("regions", Most, Group, required: true),
            fields.Texts("notProven", Most, Longest, required: true),
            fields.Count("questions", required: true, least: 0) ?? 0);

        DiffGroup Group(JsonFields f) => new(
            f.TextLists("conditions", Most, Longest, required: true),
            f.Items("changes", Most, Change, required: true),
            f.Item("example", e => ExamplePatient.Read(e, content)!, required: true)!,
            f.Items("fromAnswers", Most, Answer, required: true),
            f.Items("toAnswers", Most, Answer, required: true));

        DiffChange Change(JsonFields f)
        {
            f.Ignore("unspoken"); // the page asks the edition itself
            var when = f.Text("when", Longest);
            var any = f.Texts("whenAny", Most, Longest);
            return new(f.Word("treatment", treatments, required: true) ?? "", Status(f, "from"), Status(f, "to"), any.Count > 0 ? any : when is null ? [] : [when]);
        }

        (string, Standing) Answer(JsonFields f) => (f.Word("treatment", treatments, required: true) ?? "", Status(f, "status"));
    }

    private static Standing Status(JsonFields fields, string name) => fields.Word(name, Decided, required: true) is { } word ? StandingWords.Parse(word) ?? default : default;
}
