using System.CommandLine;
using Hilum.Guidance;

namespace Hilum.Cli;

/// <summary><c>hilum guidance check</c>: the content is valid and its worked cases pass.</summary>
internal static class GuidanceCommand
{
    public static Command Make()
    {
        var command = new Command("guidance", "What a clinician reads and signs: check it.");
        var check = new Command("check", "The content is valid and every worked case passes.");
        var folder = new Option<string?>("--guidance") { Description = "Use the guidance of this folder." };
        check.Options.Add(folder);
        check.SetAction(parsed =>
        {
            var files = ContentFiles.Read(RecordOptions.GuidanceFolder(parsed.GetValue(folder)));
            var content = ContentLoader.Load(files);
            var (count, failures) = WorkedCases.Run(files, content);
            foreach (var failure in failures) Console.Out.WriteLine($"guidance/{failure}");
            Console.Out.WriteLine($"{content.Facts.Facts.Length - 1} facts, {content.Catalogue.Treatments.Length} treatments, {content.Catalogue.Editions.Length} editions with {content.Catalogue.Editions.Sum(e => e.Recommendations.Length)} recommendations, {content.Catalogue.SafetyRules.Length} safety rules; {count} worked cases, {failures.Select(f => (f.File, f.Line)).Distinct().Count()} failed");
            return failures.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        command.Subcommands.Add(check);
        return command;
    }
}
