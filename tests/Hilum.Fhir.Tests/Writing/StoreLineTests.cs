using System.Text;
using Hilum.Fhir.Writing;
using Hilum.Options;
using Hilum.Plans;
using Hilum.Words;
using Hl7.Fhir.Serialization;

namespace Hilum.Fhir.Tests.Writing;

/// <summary>Lines of an export: FHIR that a stranger's strict parser reads, and the row back as it was.</summary>
public sealed class StoreLineTests
{
    private static readonly Plan Plan = new()
    {
        Id = "01a207b0376a7f61a64d7ca4bfc55cd6",
        Patient = "A-017",
        Version = 2,
        State = PlanState.Active,
        Content = new() { Goal = "Live <well>", Steps = [new("sunitinib", "chosen", null, new(2026, 12, 1))], Supersedes = "01a207b0376a7f61a64d7ca4bfc55cd7", Questions = ["?"], Tasks = [new("call", "nurse", new(2026, 12, 2))] },
        Basis = new("r1", "x", new(2026, 11, 3), [], "1", "2", "3", []),
        Calendar = new(new(2027, 12, 1), [new(new(2026, 12, 1), new(2026, 12, 8), "sunitinib", new(Phrase.Same("blood"), Phrase.Same("weekly"), new("label", ""), default))], []),
    };

    public static TheoryData<string, string[], object?[]> Rows => new()
    {
        { "audit", ["seq", "at", "who", "action", "subject", "input", "content", "output", "previous", "hash"], [7L, "2026-11-03T10:00:00.0000000Z", "ann", "read", "plans/1", null, null, "ab", "00", "cd"] },
        { "patients", ["seq", "id", "at", "who"], [1L, "A-017", "2026-11-03T10:00:00.0000000Z", "ann"] },
        { "records", ["seq", "id", "patient", "at", "who", "media", "body"], [2L, "r1", "A-017", "2026-11-03T10:00:00.0000000Z", "ann", "application/yaml", new byte[] { 0, 255, 10 }] },
        { "plans", ["seq", "id", "version", "patient", "state", "at", "who", "body"], [5_000_000_000L, Plan.Id, 2L, "A-017", "active", "2026-11-03T10:00:00.0000000Z", "ann", PlanJson.Write(Plan)] },
        { "decisions", ["seq", "id", "plan", "version", "at", "who", "body"], [4L, "d1", Plan.Id, 2L, "2026-11-03T10:00:00.0000000Z", "ann", PlanJson.Write(new Decision("d1", Plan.Id, 2, "sunitinib", DecisionKind.Declined, "other", "é\n<b>"))] },
        { "notes", ["seq", "id", "plan", "version", "at", "who", "body"], [5L, "n1", Plan.Id, 2L, "2026-11-03T10:00:00.0000000Z", "ann", PlanJson.Write(new BoardNote("n1", Plan.Id, 2, "q", ["urology"], null, [], []) { States = [new(BoardState.Deferred, new(2026, 11, 23), "chair", "no scan")], Owners = [new("age", "nurse")], Trial = new(false, "none"), LoopBack = new(false, "too weak", "PD", null, null) })] },
        { "signoffs", ["seq", "id", "plan", "version", "at", "who", "body"], [6L, "s1", Plan.Id, 2L, "2026-11-03T10:00:00.0000000Z", "ann", PlanJson.Write(new SignOff("s1", Plan.Id, 2, "ab", "patient"))] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_is_strict_FHIR_and_comes_back(string table, string[] columns, object?[] values)
    {
        var line = StoreLine.Write(table, columns, values);

        Assert.True(FhirJsonDeserializer.STRICT.TryDeserializeResource(Encoding.UTF8.GetString(line), out _, out var issues), string.Join('\n', issues.Select(i => i.Message)));
        var back = StoreLine.Read(line, name => name == table ? columns : null);
        Assert.Equal(values, back!.Value.Values);
        Assert.Equal(line, StoreLine.Write(table, columns, back.Value.Values));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"extension\":[{\"extension\":[{\"url\":\"table\",\"valueString\":\"patients\"},{\"url\":\"table\",\"valueString\":\"patients\"}]}]}")]
    [InlineData("{\"extension\":[{\"extension\":[{\"url\":\"table\",\"valueString\":\"nothing\"}]}]}")]
    [InlineData("{\"extension\":[{\"extension\":[{\"url\":\"table\",\"valueDecimal\":1.5}]}]}")]
    public void What_is_no_row_is_none(string line) => Assert.Null(StoreLine.Read(Encoding.UTF8.GetBytes(line), _ => null));

    [Fact]
    public void A_plan_of_the_team_is_strict_FHIR_and_the_same_each_time()
    {
        var content = Some.RealGuidance.Content;
        var bundle = CarePlanBundle.Write(Plan, "2026-11-03T10:00:00.0000000Z", content, Language.French);

        Assert.True(FhirJsonDeserializer.STRICT.TryDeserializeResource(Encoding.UTF8.GetString(bundle.Span), out _, out var issues), string.Join('\n', issues.Select(i => i.Message)));
        Assert.Equal(bundle.ToArray(), CarePlanBundle.Write(Plan, "2026-11-03T10:00:00.0000000Z", content, Language.French).ToArray());
    }
}
