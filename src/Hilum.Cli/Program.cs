using System.CommandLine;
using Hilum.Cli;
using Hilum.Guidance;

var root = new RootCommand("Hilum: which treatments the guidelines offer one patient with stage 4 kidney cancer, and why. It supports a decision and does not take one.")
{
    PlanCommand.Make(),
    WhyCommand.Make(),
    RiskCommand.Make(),
    FactsCommand.Make(),
    SequenceCommand.Make(),
    GuidanceCommand.Make(),
    StoreCommands.Audit(),
    StoreCommands.Backup(),
    StoreCommands.Restore(),
    StoreCommands.Export(),
    StoreCommands.Import(),
    ServeCommand.Make(),
    ReplayCommand.Make(),
    RecallCommand.Make(),
};
try
{
    var parsed = root.Parse(args);
    if (parsed.Errors.Count == 0) return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("hilum --help tells what can be asked.");
    return ExitCode.BadInput;
}
catch (BadInputException e)
{
    foreach (var line in e.Lines) Console.Error.WriteLine(line);
    return ExitCode.BadInput;
}
catch (ContentException e)
{
    Console.Error.WriteLine($"The guidance does not hold together: {e.Problems.Count} problem(s).{(e.Unreadable.Count > 0 && e.Unreadable.Count < e.Problems.Count ? $" Begin with {string.Join(", ", e.Unreadable)}: what cannot be read seems missing elsewhere." : "")}");
    foreach (var problem in e.Problems) Console.Error.WriteLine($"guidance/{problem}");
    return ExitCode.BadInput;
}
#pragma warning disable CA1031 // the last guard: an internal error must have its own exit code and no stack trace
catch (Exception e)
#pragma warning restore CA1031
{
    Console.Error.WriteLine($"Internal error ({e.GetType().Name}): this is a fault of Hilum. Set HILUM_TRACE=1 to see where.");
    if (Environment.GetEnvironmentVariable("HILUM_TRACE") == "1") Console.Error.WriteLine(e);
    return ExitCode.Internal;
}
