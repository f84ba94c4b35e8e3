using System.CommandLine;
using System.Text;
using Hilum.Guidance;

namespace Hilum.Cli;

/// <summary><c>hilum guidance export EDITION --format cql</c>: an edition for other engines.</summary>
internal static class GuidanceExport
{
    public static Command Make()
    {
        var command = new Command("export", "An edition, a prognostic model or the safety rules as a library of HL7 CQL.");
        var id = new Argument<string>("EDITION") { Description = "Id of an edition or of a prognostic model, or 'safety'." };
        var format = new Option<string>("--format") { Description = "cql.", Required = true };
        var output = new Option<string?>("--output", "-o") { Description = "Write to this file." };
        var folder = new Option<string?>("--guidance") { Description = "Use the guidance of this folder." };
        command.Arguments.Add(id);
        foreach (var option in new Option[] { format, output, folder }) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(format) != "cql") throw new BadInputException($"--format {parsed.GetValue(format)}: not available; cql is");
            var content = ContentCache.Load(RecordOptions.GuidanceFolder(parsed.GetValue(folder)), RecordOptions.CacheFolder());
            try
            {
                var library = CqlLibrary.Of(content, parsed.GetValue(id)!)
                    ?? throw new BadInputException($"{parsed.GetValue(id)}: there is none of this name; there are {string.Join(", ", CqlLibrary.Names(content))}");
                new Printer(parsed.GetValue(output)).Bytes(Encoding.UTF8.GetBytes(library.ToString()));
                return ExitCode.Done;
            }
            catch (CqlException e)
            {
                throw new BadInputException(e.Message);
            }
        });
        return command;
    }
}
