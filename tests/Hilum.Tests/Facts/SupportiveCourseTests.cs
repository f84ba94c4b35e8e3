using System.Text;
using Hilum.Facts;
using Hilum.Tests.Guidance;

namespace Hilum.Tests.Facts;

/// <summary>What is given beside the treatment of the cancer is no line of treatment.</summary>
public sealed class SupportiveCourseTests
{
    [Theory]
    [InlineData("bone-modifying-agent", "1")]
    [InlineData("sunitinib", "2")]
    public void A_drug_that_protects_the_bones_is_no_line_of_treatment(string treatment, string line)
    {
        var file = $"as-of: 2026-11-03\nfacts:\n  prior-therapies:\n    - {{ treatment: {treatment}, start: 2026-01-10, stop: 2026-06-10, stopped-for: completed, setting: metastatic }}\n";
        var reading = CaseFileReader.Read(Encoding.UTF8.GetBytes(file), Content.Loaded.Facts, Content.Loaded.Formulary, [.. Content.Loaded.Catalogue.Treatments.Select(t => t.Id)]);
        var patient = new CaseBuilder(Content.Loaded.Facts).Build(reading.Record!, new() { AsOf = new(2026, 11, 3) });

        var possible = Assert.IsType<Hilum.Expressions.NumbersPossible>(patient["line"].Possible);
        Assert.Equal(line, possible.Intervals.Single().Low.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(possible.IsKnown);
    }
}
