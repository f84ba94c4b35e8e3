using System.CommandLine;
using Hilum.Answers;
using Hilum.Options;
using Option = Hilum.Options.Option;

namespace Hilum.Cli;

/// <summary><c>hilum why TREATMENT RECORD</c>: the proof of one option's status.</summary>
internal static class WhyCommand
{
    public static Command Make()
    {
        var command = new Command("why", "The proof of one option's status: every rule, clause by clause, with the patient's values and the source.");
        var treatment = new Argument<string>("TREATMENT") { Description = "Id of a treatment, such as nivolumab-ipilimumab." };
        command.Arguments.Add(treatment);
        var options = new RecordOptions(command);
        command.SetAction(parsed => options.Run(
            parsed,
            (assessment, words) =>
            {
                var (found, option) = Find(parsed.GetValue(treatment)!, assessment, words);
                return WhyDocument.Write(assessment, option, found, words);
            },
            (assessment, words) =>
            {
                var (found, option) = Find(parsed.GetValue(treatment)!, assessment, words);
                using var json = new AnswerJson(assessment, words);
                return json.Why(option, found);
            }));
        return command;
    }

    private static (Treatment Treatment, Option? Option) Find(string id, Assessment assessment, Sentences words)
    {
        var found = words.Content.Catalogue.Find(id)
            ?? throw new BadInputException($"{id}: this is not a treatment of the catalogue; there are {string.Join(", ", words.Content.Catalogue.Treatments.Select(t => t.Id))}");
        return (found, assessment.Options.FirstOrDefault(o => o.Treatment.Id == id));
    }
}
