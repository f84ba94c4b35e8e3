using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hilum.Answers;
using Hilum.Facts;
using Hilum.Words;

namespace Hilum.Benchmarks;

/// <summary>
/// The slowest of many random partial records, as <c>worst [COUNT] [SEED]</c>: each made as a case file, read, judged by every current
/// edition and written as JSON. Ends with 1 when one takes over a second.
/// </summary>
internal static class WorstCase
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public static int Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
        var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
        var random = new Random(seed);
        var times = new List<(TimeSpan Time, string Record)>();
        for (var warm = 0; warm < 60; warm++) Judge(Encoding.UTF8.GetBytes(RandomRecord.Make(new Random(warm))));
        times.Add((Judge(Bench.CaseFile("nothing")), "(nothing known)"));
        for (var n = 0; n < count; n++)
        {
            var record = RandomRecord.Make(random);
            times.Add((Judge(Encoding.UTF8.GetBytes(record)), record));
        }

        var ordered = times.OrderByDescending(t => t.Time).ToList();
        Console.WriteLine($"{times.Count} records (seed {seed}): median {Show(ordered[ordered.Count / 2].Time)}, 99 in 100 under {Show(ordered[ordered.Count / 100].Time)}, slowest {Show(ordered[0].Time)}; nothing known {Show(times[0].Time)}");
        foreach (var (time, record) in ordered.Take(3))
        {
            Console.WriteLine($"--- {Show(time)}");
            Console.WriteLine(record);
        }

        return ordered[0].Time > Limit ? 1 : 0;
    }

    private static string Show(TimeSpan time) => time.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture) + " ms";

    private static TimeSpan Judge(byte[] record)
    {
        var started = Stopwatch.GetTimestamp();
        var patient = Bench.Read(record);
        using var json = new AnswerJson(Bench.Judge(patient), new Sentences(Bench.Content, patient, Language.English));
        _ = json.Plan();
        return Stopwatch.GetElapsedTime(started);
    }
}
