using System.Text.Json.Nodes;
using Hilum.Fhir.Tests.Some;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>What began after a checkpoint inhibitor is pointed at, never concluded from.</summary>
public sealed class SideEffectTests
{
    private static JsonObject Event(string date) => Record.Subject(Record.Parse($$$"""
        {"resourceType":"AdverseEvent","id":"ae","actuality":"actual","date":"{{{date}}}","event":{"text":"colitis grade 3"}}
        """));

    [Theory]
    [InlineData("2026-06-01", true)]
    [InlineData("2025-06-01", false)] // before the treatment
    public void An_adverse_event_since_a_checkpoint_inhibitor_is_a_question(string date, bool asked)
    {
        var record = Record.Read(Record.Kidney(), Record.Statement("io", "nivolumab", "2026-02-01"), Event(date));

        Assert.Equal(asked, record.Warnings.Any(w => w.En!.Contains("AdverseEvent/ae; if one of them was an immune side effect", StringComparison.Ordinal)));
        Assert.Empty(record.All("prior-severe-immune-toxicity"));
        record.NotUsed("AdverseEvent/ae", "side effects are not read");
    }

    [Fact]
    public void An_illness_without_a_fact_that_began_since_is_a_question_too() =>
        Record.Read(Record.Kidney(), Record.Statement("io", "nivolumab", "2026-02-01"), Record.Condition("colitis", Record.Snomed, "64226004", "colitis", onset: "2026-05-01")).Warns("Condition/colitis");

    [Fact]
    public void Without_a_checkpoint_inhibitor_there_is_no_question() =>
        Assert.DoesNotContain(Record.Read(Record.Kidney(), Record.Statement("tki", "sunitinib", "2026-02-01"), Event("2026-06-01")).Warnings, w => w.En!.Contains("immune", StringComparison.Ordinal));
}
