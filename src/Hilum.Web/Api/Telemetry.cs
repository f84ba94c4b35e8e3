using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Hilum.Web.Api;

/// <summary>What the service measures about itself. No measure and no trace holds an id or a word of a record.</summary>
internal static class Telemetry
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string Name = "Hilum";

    public static readonly ActivitySource Traces = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Judging = Meter.CreateHistogram<double>("hilum.judge.duration", "s", "Reading and judging one record.");
    private static readonly Histogram<double> Saving = Meter.CreateHistogram<double>("hilum.save.duration", "s", "Saving, until it is on the disk.");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("hilum.refusals", "{request}", "Requests that were refused, by status.");

    public static void Judged(TimeSpan time) => Judging.Record(time.TotalSeconds);

    public static void Saved(TimeSpan time) => Saving.Record(time.TotalSeconds);

    public static void Refused(int status) => Refusals.Add(1, new KeyValuePair<string, object?>("status", status));
}
