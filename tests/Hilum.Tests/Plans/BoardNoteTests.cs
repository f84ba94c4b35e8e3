using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Hilum.Plans;

namespace Hilum.Tests.Plans;

/// <summary>What a board noted is read as it was written; a note from before there were states has the members that it always had.</summary>
public sealed class BoardNoteTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char["abc é\"\\\n漢<&"], 1, 20].Where(t => !string.IsNullOrWhiteSpace(t));

    private static readonly Gen<string?> Maybe = Gen.OneOf(Gen.Const((string?)null), Text.Select(t => (string?)t));

    private static readonly Gen<DateOnly> Day = Gen.Int[0, 4000].Select(d => new DateOnly(2024, 1, 1).AddDays(d));

    private static readonly Gen<TrialOffer> Trial = Gen.Select(Gen.Bool, Text, Maybe, (offered, why, perhaps) => new TrialOffer(offered, offered ? perhaps : why));

    private static readonly Gen<LoopBack> LoopBack = Gen.Select(Gen.Int[0, 2], Text, Some.Of("CR", "PR", "SD", "PD", null), Gen.Bool, Day, Maybe, (followed, why, response, dated, day, outcome) =>
        new LoopBack(followed == 2 ? null : followed == 1, followed == 0 ? why : null, response, dated ? day : null, followed == 2 && response is null ? why : outcome));

    private static readonly Gen<BoardNote> Note = Gen.Select(Text, Maybe, Gen.Select(Gen.Enum<BoardState>(), Day, Text, Text, (state, on, owner, why) => new BoardStep(state, on, owner, why)).List[0, 4],
        Gen.Select(Text, Text, (fact, owner) => new FactOwner(fact, owner)).List[0, 3], Trial.Null(), LoopBack.Null(), Maybe, Gen.Bool, (question, text, states, owners, trial, back, wishes, asked) =>
            new BoardNote("n", "p", 1, asked || states.Exists(s => s.State.NeedsQuestion()) ? question : "", ["urology"], text, [], [new(question, "", null)])
            {
                Wishes = wishes,
                SetAside = text,
                States = states,
                Owners = owners,
                Trial = trial,
                LoopBack = back ?? (states.Exists(s => s.State.NeedsLoopBack()) ? new(true, null, null, null, null) : null),
            });

    [Fact]
    public void Every_note_is_read_as_it_was_written() => Note.Sample(note =>
    {
        var bytes = PlanJson.Write(note);
        var back = PlanJson.ReadNote(bytes);

        Assert.Equal(bytes, PlanJson.Write(back));
        Assert.Equal((note.Question, note.Wishes, note.SetAside, note.Trial, note.LoopBack), (back.Question, back.Wishes, back.SetAside, back.Trial, back.LoopBack));
        Assert.Equal(note.States, back.States);
        Assert.Equal(note.Owners, back.Owners);
    });

    [Theory]
    [InlineData("""{"id":"n","plan":"p","planVersion":1,"question":"Which first?","present":["urology"],"answer":"No","dissent":[{"discipline":"nursing","says":"wait"}],"followUp":[{"what":"scan","who":"radiology","by":"2026-12-01"}]}""")]
    [InlineData("""{"id":"n","plan":"p","planVersion":1,"question":"?","present":[],"dissent":[],"followUp":[{"what":"call, then visit","who":""}]}""")]
    [InlineData("""{"id":"n","plan":"p","planVersion":1,"question":"?","present":[],"answer":"one\r\ntwo","dissent":[],"followUp":[]}""")]
    public void A_note_of_earlier_days_is_read_and_keeps_its_members(string json)
    {
        var note = PlanJson.ReadNote(Encoding.UTF8.GetBytes(json));

        Assert.Null(note.Trial); // what nobody said is not "no"
        Assert.Null(note.LoopBack);
        Assert.Empty(note.States);
        Assert.Equal(json, JsonNode.Parse(PlanJson.Write(note))!.ToJsonString());
    }

    [Theory]
    [InlineData("\"states\":[{\"state\":\"deferred\",\"on\":\"2026-11-23\",\"owner\":\"o\"}]", "states/0/reason")]
    [InlineData("\"states\":[{\"state\":\"ready\",\"on\":\"2026-11-23\",\"owner\":\"o\"}]", "question")]
    [InlineData("\"question\":\"?\",\"states\":[{\"state\":\"followed-up\",\"on\":\"2026-11-23\",\"owner\":\"o\"}]", "loopBack")]
    [InlineData("\"trial\":{\"offered\":false}", "trial/whyNot")]
    [InlineData("\"trial\":{}", "trial/offered")]
    [InlineData("\"loopBack\":{\"followed\":false}", "loopBack/whyNot")]
    [InlineData("\"loopBack\":{}", "loopBack/followed")]
    public void What_a_state_needs_is_asked_where_it_lacks(string member, string place)
    {
        var problems = new List<Problem>();
        JsonFields.Read(Encoding.UTF8.GetBytes($"{{{member}}}"), problems, f => PlanJson.Course(f, new("", "", 1, f.Text("question", 10) ?? "", [], null, [], []), facts: []));

        Assert.Equal([place], problems.Select(p => p.At));
    }
}
