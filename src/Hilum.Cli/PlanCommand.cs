using System.CommandLine;
using Hilum.Answers;

namespace Hilum.Cli;

/// <summary><c>hilum plan RECORD</c>: every treatment, judged for one patient.</summary>
internal static class PlanCommand
{
    public static Command Make()
    {
        var command = new Command("plan", "Every treatment judged for this patient: offered or not, why, what is unknown and what could harm.");
        var options = new RecordOptions(command);
        command.SetAction(parsed => options.Run(
            parsed,
            (assessment, words) => new PlanDocument(assessment, words).Write(),
            (assessment, words) =>
            {
                using var json = new AnswerJson(assessment, words);
                return json.Plan();
            }));
        return command;
    }
}
