using System.Text;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;

namespace Hilum.Proof;

/// <summary>An example patient: the text of a case file, and the case that comes of reading it.</summary>
/// <param name="Facts">Each fact and its value, as a case file writes them.</param>
/// <param name="AsOf">The day on which the patient is judged.</param>
/// <param name="Case">The case as read.</param>
public sealed record Witness(IReadOnlyList<(string Fact, string Value)> Facts, DateOnly AsOf, Case Case)
{
    /// <summary>The case file.</summary>
    /// <param name="id">The local id of the patient.</param>
    /// <param name="about">A first line that says what it is an example of.</param>
    public string ToCaseFile(string id, string about) => Text(Facts, AsOf, id, about);

    /// <summary>On one line.</summary>
    public override string ToString() => string.Join("; ", Facts.Select(f => $"{f.Fact}: {f.Value}"));

    /// <summary>Reads the facts as a case file and builds the case.</summary>
    /// <exception cref="ModelDisagreesException">The file is refused.</exception>
    internal static Witness Read(GuidanceContent content, IReadOnlyList<(string Fact, string Value)> facts, DateOnly asOf) => new(facts, asOf, Build(content, facts, asOf));

    /// <summary>The facts without any one of which some conditions would no longer surely hold.</summary>
    internal IReadOnlyList<(string Fact, string Value)> Because(GuidanceContent content, IReadOnlyList<TruthNode> all)
    {
        var kept = Facts.ToList();
        for (var i = kept.Count - 1; i >= 0; i--)
        {
            var without = kept.ToList();
            without.RemoveAt(i);
            var patient = Build(content, without, AsOf);
            if (all.All(node => node.Evaluate(patient.Possible) is Truth.True)) kept = without;
        }

        return kept;
    }

    /// <summary>The same patient under other content, for instance that of an earlier release; facts that it does not know are left out.</summary>
    /// <exception cref="ModelDisagreesException">The file is refused.</exception>
    internal Case Under(GuidanceContent other) => Build(other, [.. Facts.Where(f => other.Facts.FindById(f.Fact) is not null)], AsOf);

    /// <summary>The invented patient of the guidance; null when there is none.</summary>
    internal static Case? ReadUsual(GuidanceContent content, DateOnly asOf) =>
        CaseFileReader.Read(Encoding.UTF8.GetBytes(content.Example), content.Facts, content.Formulary, [.. content.Catalogue.Treatments.Select(t => t.Id)]).Record is { } record
            ? new CaseBuilder(content.Facts).Build(record, new() { AsOf = asOf }) : null;

    private static Case Build(GuidanceContent content, IReadOnlyList<(string Fact, string Value)> facts, DateOnly asOf)
    {
        var reading = CaseFileReader.Read(Encoding.UTF8.GetBytes(Text(facts, asOf, "example", "")), content.Facts, content.Formulary, [.. content.Catalogue.Treatments.Select(t => t.Id)]);
        if (reading.Record is null) throw new ModelDisagreesException($"the example is refused: {string.Join("; ", reading.Problems)}");
        return new CaseBuilder(content.Facts).Build(reading.Record, new() { AsOf = asOf });
    }

    private static string Text(IReadOnlyList<(string Fact, string Value)> facts, DateOnly asOf, string id, string about)
    {
        var text = new StringBuilder();
        if (about.Length > 0) text.Append("# ").Append(about.ReplaceLineEndings(" ")).Append('\n');
        text.Append($"patient: {{ id: {id} }}\nas-of: {asOf:yyyy-MM-dd}\nfacts:{(facts.Count == 0 ? " {}" : "")}\n");
        foreach (var (fact, value) in facts) text.Append($"  {fact}: {value}\n");
        return text.ToString();
    }
}
