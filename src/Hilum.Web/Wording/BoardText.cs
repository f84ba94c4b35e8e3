using Hilum.Facts;
using Hilum.Plans;

namespace Hilum.Web.Wording;

/// <summary>What a board noted, in the words of a request.</summary>
internal static class BoardText
{
    extension(PageText text)
    {
        /// <summary>The responses at 3 months, as the facts name them.</summary>
        public IReadOnlyList<FactValue> Responses => text.Content.Facts.FindById("response-to-current")?.Values ?? [];

        /// <summary>A response with its code.</summary>
        public string Response(string code) => text.Responses.FirstOrDefault(r => r.Code == code)?.Label is { } label ? $"{text.In(label)} ({code})" : code;

        /// <summary>Yes or no, and why.</summary>
        public string Says(bool yes, string? because) => text[yes ? "value.yes" : "value.no"] + (string.IsNullOrEmpty(because) ? "" : text.Guidance("list.colon") + because);

        /// <summary>A state with its day, who saw to it and why.</summary>
        public string Says(BoardStep step) => $"{text["board.state." + step.State.Id()]}, {text.Day(step.On)}, {step.Owner}" + (step.Reason is { } why ? text.Guidance("list.colon") + why : "");

        /// <summary>What became of the plan, in one line.</summary>
        public string Says(LoopBack back) => string.Join(". ", new[]
        {
            back.Followed is { } followed ? text["board.followed"] + text.Guidance("list.colon") + text.Says(followed, back.WhyNot) : "",
            back is { Response: null, Outcome: null } ? "" : text["board.outcome"] + text.Guidance("list.colon")
                + string.Join(", ", new[] { back.Response is { } code ? text.Response(code) : "", back.On is { } day ? text.Day(day) : "", back.Outcome ?? "" }.Where(t => t.Length > 0)),
        }.Where(t => t.Length > 0));
    }
}
