using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Hilum.Answers;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Web.Patients;

/// <summary>A case judged: the same public functions that the command line calls, and the same sentences.</summary>
/// <param name="Open">The version of the case.</param>
/// <param name="Settings">What the person added to the record.</param>
/// <param name="Assessment">The answer.</param>
/// <param name="Words">Its words.</param>
/// <param name="Named">The editions asked for; null for every current one.</param>
internal sealed record CaseAnswer(OpenCase Open, CaseSettings Settings, Assessment Assessment, Sentences Words, IReadOnlyList<Edition>? Named)
{
    // an answer lives as long as the version of the case that it belongs to
    private static readonly ConditionalWeakTable<OpenCase, ConcurrentDictionary<(string Editions, DateOnly AsOf), (CaseSettings Settings, Assessment Assessment)>> Known = [];

    /// <summary>Judges a case.</summary>
    public static CaseAnswer For(OpenCase open, GuidanceContent content, Language language, DateOnly today, IReadOnlyList<Edition>? editions = null)
    {
        var asOf = open.AsOf ?? open.Record.AsOf ?? today;
        var (settings, assessment) = Known.GetOrCreateValue(open).GetOrAdd((string.Join(' ', editions?.Select(e => e.Id) ?? []), asOf), key => Judge(open, content, key.AsOf, editions));
        return new(open, settings, assessment, new(content, assessment.Case, language), editions);
    }

    /// <summary>The patient.</summary>
    public Case Case => Assessment.Case;

    private static (CaseSettings, Assessment) Judge(OpenCase open, GuidanceContent content, DateOnly asOf, IReadOnlyList<Edition>? editions)
    {
        var reader = new CaseFileReader(content.Facts, content.Formulary, content.Catalogue.Treatments.Select(t => t.Id).ToHashSet(StringComparer.Ordinal));
        var settings = new CaseSettings
        {
            AsOf = asOf,
            ByHand = [.. open.ByHand.SelectMany(h => reader.ReadByHand(h.Key, h.Value, []) ?? []).DistinctBy(g => g.Fact.Id)],
            AcceptedStale = open.AcceptedStale,
            AcceptedLimits = [.. content.FallbackLimits.Where(l => open.AcceptedLimits.Contains(l.Id))],
        };
        return (settings, content.Assessor.Assess(new CaseBuilder(content.Facts).Build(open.Record, settings), editions));
    }
}
