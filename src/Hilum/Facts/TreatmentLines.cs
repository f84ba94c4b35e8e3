using Hilum.Measures;

namespace Hilum.Facts;

/// <summary>
/// Which drugs make one line of treatment: those that begin within 28 days of the first, unless one was stopped for progression before the next began.
/// The same rule for records in FHIR, which name drugs, and for case files, which may name a combination by its parts. The window is ours and awaits a clinician's signature.
/// </summary>
public static class TreatmentLines
{
    /// <summary>Days after the start of the first drug within which another belongs to the same line.</summary>
    public const int SameLineDays = 28;

    /// <summary>Groups what was given, the earliest first.</summary>
    /// <param name="given">What was given, each with a stated start.</param>
    /// <param name="of">The span of one.</param>
    /// <param name="apart">What never belongs to one line: the same drug again, another setting.</param>
    public static List<List<T>> Group<T>(IEnumerable<T> given, Func<T, Span> of, Func<T, T, bool> apart)
    {
        var lines = new List<List<T>>();
        foreach (var one in given)
        {
            var line = lines.LastOrDefault();
            if (line is not null && Together(of(line[0]), of(one)) && !line.Exists(other => apart(other, one) || of(other).ProgressedBefore(of(one)))) line.Add(one);
            else lines.Add([one]);
        }

        return lines;
    }

    /// <summary>The courses of a case in lines: those with a start in order of it, then those without, each a line of its own.</summary>
    public static List<List<PriorTherapy>> Of(IEnumerable<PriorTherapy> courses)
    {
        var all = courses.ToList();
        var lines = Group(
            all.Where(c => c.Start.IsStated).OrderBy(c => c.Start.Earliest),
            c => new(c.Start, c.Stop, c.StoppedFor),
            (a, b) => (a.Setting != b.Setting && a.Setting is not TherapySetting.Unknown && b.Setting is not TherapySetting.Unknown) || (a.Line is { } line && b.Line is { } other && line != other) || a.Drugs.Count == 0 || b.Drugs.Count == 0 || a.Drugs.Intersect(b.Drugs).Any());
        lines.AddRange(all.Where(c => !c.Start.IsStated).Select(c => new List<PriorTherapy> { c }));
        return lines;
    }

    /// <summary>With days that are not known two are together only when they are dated alike.</summary>
    private static bool Together(Span first, Span next) =>
        first.Start.IsComplete && next.Start.IsComplete ? next.Start.Earliest.DayNumber - first.Start.Earliest.DayNumber <= SameLineDays
        : first.Start == next.Start && first.Stop == next.Stop;

    /// <summary>From when to when, and why it was stopped.</summary>
    public readonly record struct Span(PartialDate Start, PartialDate Stop, string? StoppedFor)
    {
        /// <summary>Whether it was stopped for progression before another began.</summary>
        public bool ProgressedBefore(Span next) => StoppedFor == "progression" && Stop.IsStated && Stop.Earliest <= next.Start.Latest && next.Start != Start;
    }
}
