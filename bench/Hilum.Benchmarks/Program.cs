using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Hilum.Benchmarks;
using Perfolizer.Horology;

// bench/README.md says how each is called
switch (args)
{
    case ["worst", .. var rest]:
        return WorstCase.Run(rest);
    case ["load", .. var rest]:
        return FirstLoad.Run(rest);
    case ["cql", .. { Length: > 0 } rest]:
        return CqlPatients.Run(rest);
    default:
        var quick = args.Contains("--quick");
        var config = DefaultConfig.Instance
            // quick: few runs, within this process
            .AddJob((quick ? Job.ShortRun.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(10), logOutput: true)) : Job.Default).DontEnforcePowerPlan())
            .WithSummaryStyle(SummaryStyle.Default.WithTimeUnit(TimeUnit.Microsecond));
        BenchmarkRunner.Run<PlanBenchmarks>(config, [.. args.Where(a => a != "--quick")]);
        return 0;
}
