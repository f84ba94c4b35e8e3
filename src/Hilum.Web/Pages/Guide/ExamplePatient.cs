using System.Text;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Plans;

namespace Hilum.Web.Pages.Guide;

/// <summary>The example patient of a result: its facts, read as a case file is read.</summary>
/// <param name="Case">The case.</param>
/// <param name="Given">The facts that the example states.</param>
internal sealed record ExamplePatient(Case Case, IReadOnlyList<string> Given)
{
    private const int LongestValue = 4000;

    /// <summary>Reads it; a fact that this content does not know, or a value that a case file may not have, is a fault of the result.</summary>
    public static ExamplePatient? Read(JsonFields fields, GuidanceContent content)
    {
        var day = fields.Day("asOf");
        var facts = fields.Item("facts", f => content.Facts.Facts.Select(d => (d.Id, Value: f.Text(d.Id, LongestValue))).Where(v => v.Value is not null).ToList(), required: true) ?? [];
        if (day is null || facts.Exists(f => f.Value!.Contains('\n', StringComparison.Ordinal)))
        {
            fields.Fault("facts", "a day, and values of one line each, were expected");
            return null;
        }

        var text = new StringBuilder($"patient: {{ id: example }}\nas-of: {day:yyyy-MM-dd}\nfacts:{(facts.Count == 0 ? " {}" : "")}\n");
        foreach (var (id, value) in facts) text.Append($"  {id}: {value}\n");
        var reading = CaseFileReader.Read(Encoding.UTF8.GetBytes(text.ToString()), content.Facts, content.Formulary, [.. content.Catalogue.Treatments.Select(t => t.Id)]);
        if (reading.Record is not null) return new(new CaseBuilder(content.Facts).Build(reading.Record, new() { AsOf = day.Value }), [.. facts.Select(f => f.Id)]);
        fields.Fault("facts", "values of a case file were expected");
        return null;
    }
}
