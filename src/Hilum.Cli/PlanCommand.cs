using System.CommandLine;
using Hilum.Answers;
using Hilum.Fhir.Writing;

namespace Hilum.Cli;

/// <summary><c>hilum plan RECORD</c>: every treatment, judged for one patient.</summary>
internal static class PlanCommand
{
    public static Command Make()
    {
        var command = new Command("plan", "Every treatment judged for this patient: offered or not, why, what is unknown and what could harm.");
        var options = new RecordOptions(command, fhir: true);
        command.SetAction(parsed => options.Run(
            parsed,
            judged => new PlanDocument(judged.Assessment, judged.Words).Write(),
            judged =>
            {
                using var json = new AnswerJson(judged.Assessment, judged.Words);
                return json.Plan();
            },
            judged => PlanBundle.Write(judged.Assessment, judged.Words)));
        return command;
    }
}
