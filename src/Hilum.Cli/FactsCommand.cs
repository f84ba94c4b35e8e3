using System.CommandLine;
using Hilum.Answers;

namespace Hilum.Cli;

/// <summary><c>hilum facts RECORD</c>: what was read, from where, and what was not understood.</summary>
internal static class FactsCommand
{
    public static Command Make()
    {
        var command = new Command("facts", "What was read of the record, from where, and what was not understood.");
        var options = new RecordOptions(command);
        command.SetAction(parsed => options.Run(parsed, FactsDocument.Write, (assessment, words) =>
        {
            using var json = new AnswerJson(assessment, words);
            return json.FactsOnly();
        }));
        return command;
    }
}
