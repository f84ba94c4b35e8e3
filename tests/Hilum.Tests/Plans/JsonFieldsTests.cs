using System.Text;
using CsCheck;
using Hilum.Plans;

namespace Hilum.Tests.Plans;

/// <summary>What comes from outside as JSON: every fault with its place, all at once, and never an exception.</summary>
public sealed class JsonFieldsTests
{
    [Fact]
    public void Every_fault_is_listed_with_its_place()
    {
        var problems = Problems("""{ "goal": 3, "steps": [ { "start": "2026-02-30" }, 7 ], "questions": "one", "tasks": [ { "what": " ", "who": "nurse", "by": "soon" } ], "gaol": "x" }""");
        Assert.Equal(["gaol", "goal", "questions", "steps/0/start", "steps/0/treatment", "steps/1", "tasks/0/by", "tasks/0/what"], problems.Select(p => p.At).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"goal\":\"a\",\"goal\":\"b\"}")]
    [InlineData("{\"goal\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"goal\":\"a\\u0000b\"}")]
    [InlineData("{\"goal\":\"\"}")]
    public void It_is_refused(string json) => Assert.NotEmpty(Problems(json));

    [Fact]
    public void Bytes_that_are_no_text_are_refused_wherever_they_stand()
    {
        var good = Encoding.UTF8.GetBytes("{\"goal\":\"live\",\"questions\":[\"q\"]}");
        for (var i = 0; i < good.Length; i++)
        {
            var bytes = good.ToArray();
            bytes[i] = 0xC3;
            var problems = new List<Problem>();
            Assert.Null(JsonFields.Read(bytes, problems, PlanJson.Draft));
            Assert.NotEmpty(problems);
        }
    }

    [Theory]
    [InlineData("{\"\\udc00\":1,\"goal\":\"a\"}")]
    [InlineData("{\"steps\":[{\"\\udc00\":1}]}")]
    public void Half_a_character_in_a_name_is_refused(string json) => Assert.NotEmpty(Problems(json));

    [Fact]
    public void Ten_thousand_deep_is_refused() => Assert.NotEmpty(Problems($"{{\"goal\":{new string('[', 10_000)}{new string(']', 10_000)}}}"));

    [Fact]
    public void Whatever_the_bytes_there_is_a_draft_or_a_problem() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        var problems = new List<Problem>();
        var draft = JsonFields.Read(bytes, problems, PlanJson.Draft);
        Assert.Equal(draft is null, problems.Count > 0);
    });

    [Fact]
    public void A_good_draft_with_anything_put_in_its_place_never_throws() => Gen.Select(Gen.Int[0, 9], OneOf("null", "1", "1e999", "true", "\"\"", "[]", "{}", "[[]]", "\"\\udc00\"", "-0")).Sample((at, value) =>
    {
        string[] parts = ["\"g\"", "[{\"treatment\":", "\"t\"", "}]", "[", "\"q\"", "]", "[", "{\"what\":\"w\",\"who\":\"v\"}", "]"];
        parts[at] = value;
        var json = $"{{\"goal\":{parts[0]},\"steps\":{parts[1]}{parts[2]}{parts[3]},\"questions\":{parts[4]}{parts[5]}{parts[6]},\"tasks\":{parts[7]}{parts[8]}{parts[9]}}}";
        var problems = new List<Problem>();
        var draft = JsonFields.Read(Encoding.UTF8.GetBytes(json), problems, PlanJson.Draft);
        Assert.Equal(draft is null, problems.Count > 0);
    });

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static List<Problem> Problems(string json)
    {
        var problems = new List<Problem>();
        Assert.Null(JsonFields.Read(Encoding.UTF8.GetBytes(json), problems, PlanJson.Draft));
        return problems;
    }
}
