using System.CommandLine;
using Hilum.Answers;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Words;

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
        command.Subcommands.Add(Show());
        command.Subcommands.Add(GuidanceExport.Make());
        return command;
    }

    private static Command Show()
    {
        var show = new Command("show", "An edition, a treatment or one rule, in sentences that a clinician can sign.");
        var what = new Argument<string?>("EDITION|TREATMENT|TRIAL|RULE") { Description = "Its id; without one, what there is.", Arity = ArgumentArity.ZeroOrOne };
        var language = new Option<string>("--lang") { Description = "en or fr.", DefaultValueFactory = _ => "en" };
        var folder = new Option<string?>("--guidance") { Description = "Use the guidance of this folder." };
        language.AcceptOnlyFromAmong("en", "fr");
        show.Arguments.Add(what);
        show.Options.Add(language);
        show.Options.Add(folder);
        show.SetAction(parsed =>
        {
            var content = ContentCache.Load(RecordOptions.GuidanceFolder(parsed.GetValue(folder)), RecordOptions.CacheFolder());
            var nobody = new CaseBuilder(content.Facts).Build(new(), new() { AsOf = DateOnly.MinValue });
            var guidance = new GuidanceDocument(content, nobody, new Sentences(content, nobody, parsed.GetValue(language) == "fr" ? Language.French : Language.English));
            var id = parsed.GetValue(what);
            var document = id is null ? guidance.List() : guidance.Show(id) ?? throw new BadInputException($"{id}: there is no edition, treatment or rule of this name; 'hilum guidance show' lists them");
            new Printer(null).Text(document);
            return ExitCode.Done;
        });
        return show;
    }
}
