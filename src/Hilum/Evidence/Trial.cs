using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Evidence;

/// <summary>One arm of a trial.</summary>
/// <param name="Id">Its id within the trial.</param>
/// <param name="Name">Its name.</param>
/// <param name="Treatment">The treatment of the catalogue that it gave; null when it is none of them.</param>
/// <param name="N">How many people were in it.</param>
public sealed record TrialArm(string Id, Phrase Name, string? Treatment, int? N);

/// <summary>Patients whom a trial left out, as far as facts can say it.</summary>
public sealed record TrialExclusion(TruthNode When, Phrase Says);

/// <summary>One figure of one data cut.</summary>
public sealed record TrialResult
{
    /// <summary>all, favourable, intermediate-poor, sarcomatoid ...</summary>
    public required string Subgroup { get; init; }

    /// <summary>overall-survival, progression-free-survival, response-rate ...</summary>
    public required string Endpoint { get; init; }

    /// <summary>Which data cut.</summary>
    public required string Cut { get; init; }

    /// <summary>Median follow-up in months.</summary>
    public decimal? FollowUpMonths { get; init; }

    /// <summary>hazard-ratio, median or rate.</summary>
    public required string Measure { get; init; }

    /// <summary>months or percent; null for a ratio.</summary>
    public string? Unit { get; init; }

    /// <summary>The time of a rate.</summary>
    public decimal? AtMonths { get; init; }

    /// <summary>Whose figure; for a ratio, the first-named arm.</summary>
    public string? Arm { get; init; }

    /// <summary>The other arm of a ratio.</summary>
    public string? Versus { get; init; }

    /// <summary>The figure; null when it was not reached.</summary>
    public decimal? Value { get; init; }

    /// <summary>Lower end of the interval.</summary>
    public decimal? Low { get; init; }

    /// <summary>Upper end of the interval.</summary>
    public decimal? High { get; init; }

    /// <summary>Level of the interval in percent: not always 95.</summary>
    public decimal? Level { get; init; }

    /// <summary>Whether the median was not reached.</summary>
    public bool NotReached { get; init; }

    /// <summary>Set to false only where the publication says that it is not significant.</summary>
    public bool? Significant { get; init; }

    /// <summary>A remark.</summary>
    public Phrase Note { get; init; }

    /// <summary>The data cut that replaces this figure; null for a live one.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>Where it was published.</summary>
    public Citation Source { get; init; }

    /// <summary>Its review state.</summary>
    public Review Review { get; init; }

    /// <summary>Whether nothing replaces it.</summary>
    public bool IsLive => SupersededBy is null;
}

/// <summary>A trial: who was studied, what was compared, what came out. Figures of two trials are never comparable as they stand.</summary>
public sealed record Trial
{
    /// <summary>Its id: checkmate-214.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public Phrase Name { get; init; }

    /// <summary>Registry number, where confirmed.</summary>
    public string? Registry { get; init; }

    /// <summary>Its design in words.</summary>
    public Phrase Design { get; init; }

    /// <summary>Its phase.</summary>
    public string? Phase { get; init; }

    /// <summary>How many people.</summary>
    public int? N { get; init; }

    /// <summary>Its arms.</summary>
    public TrialArm[] Arms { get; init; } = [];

    /// <summary>Who was studied, in words.</summary>
    public Phrase Population { get; init; }

    /// <summary>Who was studied, as a condition; null when facts cannot say it.</summary>
    public TruthNode? Studied { get; init; }

    /// <summary>Who was left out.</summary>
    public TrialExclusion[] Excluded { get; init; } = [];

    /// <summary>What came out.</summary>
    public TrialResult[] Results { get; init; } = [];

    /// <summary>What a reader must know before using a figure.</summary>
    public Phrase[] Cautions { get; init; } = [];

    /// <summary>Where it was published.</summary>
    public Citation Source { get; init; }

    /// <summary>Its review state.</summary>
    public Review Review { get; init; }

    /// <summary>Whether this patient is like those studied: False as soon as one criterion is known not to fit.</summary>
    public Truth Resembles(Case patient)
    {
        var truth = Studied?.Evaluate(patient.Possible) ?? Truth.Undecided;
        foreach (var exclusion in Excluded) truth = truth.And(exclusion.When.Evaluate(patient.Possible).Not());
        return truth;
    }
}

/// <summary>Where guidelines or experts differ, and why, for the patients whom it concerns.</summary>
/// <param name="Id">Its id.</param>
/// <param name="When">Whom it concerns.</param>
/// <param name="Question">The open question.</param>
/// <param name="Sides">What each side holds, and on what ground.</param>
/// <param name="Reason">Why they differ: subgroup, date, funding, no comparison.</param>
/// <param name="Source">Where this is described.</param>
/// <param name="Review">Its review state.</param>
public sealed record OpenQuestion(string Id, TruthNode When, Phrase Question, Phrase[] Sides, Phrase Reason, Citation Source, Review Review);
