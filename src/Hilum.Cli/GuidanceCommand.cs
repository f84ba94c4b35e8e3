using System.CommandLine;
using Hilum.Answers;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Words;

namespace Hilum.Cli;

/// <summary><c>hilum guidance</c>: what a clinician reads and signs, checked, compared and shown.</summary>
internal static class GuidanceCommand
{
    public static Command Make()
    {
        var command = new Command("guidance", "What a clinician reads and signs: check it, compare it, read it.");
        command.Subcommands.Add(GuidanceCheckCommand.Make());
        command.Subcommands.Add(GuidanceDiffCommand.Make());
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
