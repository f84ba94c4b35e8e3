using System.CommandLine;
using Hilum.Answers;

namespace Hilum.Cli;

/// <summary><c>hilum sequence RECORD</c>: what each choice now opens and closes later.</summary>
internal static class SequenceCommand
{
    public static Command Make()
    {
        var command = new Command("sequence", "For each treatment on offer now: what would be offered after it, should the cancer grow, and what it closes.");
        var options = new RecordOptions(command);
        command.SetAction(parsed => options.Run(
            parsed,
            judged => SequenceDocument.Write(judged.Assessment, judged.Later(), judged.Words),
            judged =>
            {
                using var json = new AnswerJson(judged.Assessment, judged.Words);
                return json.Sequence(judged.Later());
            }));
        return command;
    }
}
