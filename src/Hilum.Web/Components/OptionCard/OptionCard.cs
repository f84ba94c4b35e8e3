using Hilum.Answers;
using Hilum.Evidence;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Web.Patients;

namespace Hilum.Web.Components;

/// <summary>One option as a card: short on top, everything that the answer says of it underneath.</summary>
/// <param name="Answer">The answer that it belongs to.</param>
/// <param name="Option">The option.</param>
/// <param name="HasChoice">Whether it can be marked for comparison.</param>
internal sealed record OptionCard(CaseAnswer Answer, Option Option, bool HasChoice)
{
    private readonly EvidenceText evidence = new(Answer.Case, Answer.Words);

    /// <summary>The country whose approval and funding are shown; null for none.</summary>
    public string? Country { get; init; }

    /// <summary>Approval and funding there: of a medicine of which nothing is recorded both are unknown. Null without a country, and for what needs no approval and has no record.</summary>
    public Availability? Available => Country is null ? null
        : evidence.Availability(Option).FirstOrDefault(a => a.Country == Country) ?? (Option.Treatment.Parts.Length > 0 ? new(Country, "unknown", "unknown", null, null) : null);

    /// <summary>What the strongest edition says, or why it is not offered: one line.</summary>
    public IReadOnlyList<EditionStanding> Speaking { get; } = [.. Option.Editions.Where(e => !e.Silent && e.Recommendation is not null).OrderBy(e => e.Standing)];

    /// <summary>The edition on which the status rests.</summary>
    public EditionStanding? Leading => Speaking.FirstOrDefault(e => e.Standing == Option.Standing) ?? (Speaking.Count > 0 ? Speaking[0] : null);

    /// <summary>How many editions offer it.</summary>
    public int Offering => Speaking.Count(e => e.Standing.IsOffered());

    /// <summary>Rules that forbid it for this patient.</summary>
    public IEnumerable<SafetyRule> Forbidding => Option.Safety.Where(s => s.State is Truth.True && s.Rule.Severity is Severity.Contraindicated).Select(s => s.Rule);

    /// <summary>How many safety rules of a severity apply.</summary>
    public int Applying(Severity severity) => Option.Safety.Count(s => s.State is Truth.True && s.Rule.Severity == severity);

    /// <summary>How many facts must be known before a rule that could forbid it, or speak against it, is decided.</summary>
    public int CheckFirst(Severity severity) => Option.Safety.Where(s => s.State is Truth.Undecided && s.Rule.Severity == severity).SelectMany(s => s.Missing).Distinct(StringComparer.Ordinal).Count();

    /// <summary>The trials behind it; of an option that nobody offers here, those in which it was given.</summary>
    public IReadOnlyList<Trial> Trials => evidence.Behind(Option) is { Count: > 0 } behind ? behind : [.. Answer.Words.Content.Trials.Where(t => Array.Exists(t.Arms, a => a.Treatment == Option.Treatment.Id))];

    /// <summary>Whether the patient is like those of the trials in which it was given: true as soon as one fits, false when none does.</summary>
    public Truth Resembles => Trials.Select(t => t.Resembles(Answer.Case)).Aggregate(Truth.False, (a, b) => a.Or(b));

    /// <summary>A part of the answer, in its own words.</summary>
    public Answer Part(OptionPart part) => new(new PlanDocument(Answer.Assessment, Answer.Words).Of(Option, part));
}
