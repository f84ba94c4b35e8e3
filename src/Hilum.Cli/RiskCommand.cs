using System.CommandLine;
using Hilum.Answers;

namespace Hilum.Cli;

/// <summary><c>hilum risk RECORD</c>: prognostic models alone.</summary>
internal static class RiskCommand
{
    public static Command Make()
    {
        var command = new Command("risk", "Prognostic models: the groups still possible, each factor with its value, and survival of past cohorts.");
        var options = new RecordOptions(command);
        command.SetAction(parsed => options.Run(parsed, RiskDocument.Write, (assessment, words) =>
        {
            using var json = new AnswerJson(assessment, words);
            return json.RiskOnly();
        }));
        return command;
    }
}
