using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Hilum.Answers;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Guidance;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Benchmarks;

/// <summary>The way of one record, step by step, beside the least that any reader of the same bytes must do.</summary>
[MemoryDiagnoser]
public class PlanBenchmarks
{
    private readonly byte[] bundle = Bench.Bundle();
    private readonly byte[] caseFile = Bench.CaseFile("well-known");
    private readonly string cache = Path.Combine(Path.GetTempPath(), "hilum-bench-" + Environment.ProcessId);
    private BundleReader reader = null!;
    private Case known = null!;
    private Case sparse = null!;
    private Edition[] two = null!;
    private TruthNode[] conditions = null!;
    private Possible[] everything = null!;

    /// <summary>Reads what is not measured.</summary>
    [GlobalSetup]
    public void Setup()
    {
        reader = new(Bench.Content.Facts, Bench.Content.Formulary);
        known = Bench.Read(caseFile);
        sparse = Bench.Read(Bench.CaseFile("sparse"));
        two = [Bench.Content.Catalogue.FindEdition("ccs-2017")!, Bench.Content.Catalogue.FindEdition("esmo-2024")!];
        conditions = [.. EveryCondition.Of(Bench.Content)];
        everything = [.. Bench.Content.Facts.Facts.Select(f => FullyKnown.Of(f, known.Possible[f.Index]))];
        ContentCache.Load(Bench.GuidanceFolder, cache);
    }

    /// <summary>Removes the compiled file.</summary>
    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(cache, recursive: true);

    /// <summary>The yardstick: every token of the bundle once, and nothing done with it.</summary>
    [Benchmark(Baseline = true, Description = "Utf8JsonReader over the bundle")]
    public long Yardstick()
    {
        var tokens = new Utf8JsonReader(bundle);
        long count = 0;
        while (tokens.Read()) count++;
        return count;
    }

    /// <summary>Bundle bytes to facts.</summary>
    [Benchmark(Description = "bundle bytes -> facts")]
    public Case BundleToFacts() => Bench.Read(bundle, reader);

    /// <summary>Case-file bytes to facts.</summary>
    [Benchmark(Description = "case-file bytes -> facts")]
    public Case CaseFileToFacts() => Bench.Read(caseFile);

    /// <summary>A well-known patient, all current editions.</summary>
    [Benchmark(Description = "facts -> options, well known, current editions")]
    public Assessment KnownByCurrent() => Bench.Judge(known);

    /// <summary>A well-known patient, two editions.</summary>
    [Benchmark(Description = "facts -> options, well known, ccs-2017 + esmo-2024")]
    public Assessment KnownByTwo() => Bench.Judge(known, two);

    /// <summary>A patient of whom three facts are known, all current editions.</summary>
    [Benchmark(Description = "facts -> options, sparse, current editions")]
    public Assessment SparseByCurrent() => Bench.Judge(sparse);

    /// <summary>A patient of whom three facts are known, two editions.</summary>
    [Benchmark(Description = "facts -> options, sparse, ccs-2017 + esmo-2024")]
    public Assessment SparseByTwo() => Bench.Judge(sparse, two);

    /// <summary>The same patient once more, as a service or a planning screen asks: what hangs together is completed already.</summary>
    [Benchmark(Description = "facts -> options, sparse, current editions, asked again")]
    public Assessment SparseAgain() => Bench.Content.Assessor.Assess(sparse);

    /// <summary>The whole way.</summary>
    [Benchmark(Description = "bundle bytes -> plan JSON")]
    public int BundleToJson()
    {
        var patient = Bench.Read(bundle, reader);
        using var json = new AnswerJson(Bench.Judge(patient), new Sentences(Bench.Content, patient, Language.English));
        return json.Plan().Length;
    }

    /// <summary>Every condition of every rule, once, over a patient of whom everything is known.</summary>
    [Benchmark(Description = "all conditions, fully known patient")]
    public int Conditions()
    {
        var sum = 0;
        foreach (var condition in conditions) sum += (int)condition.Evaluate(everything);
        return sum;
    }

    /// <summary>Content from the compiled file; the hash of the folder is in it.</summary>
    [Benchmark(Description = "content from the compiled file")]
    public GuidanceContent FromCompiled() => ContentCache.Load(Bench.GuidanceFolder, cache);

    /// <summary>Content from text.</summary>
    [Benchmark(Description = "content from text")]
    public GuidanceContent FromText() => ContentLoader.Load(ContentFiles.Read(Bench.GuidanceFolder));
}
