using Hilum.Evidence;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Plans;
using Hilum.Risk;
using Hilum.Words;

namespace Hilum.Guidance;

/// <summary>Everything clinical, as the guidance folder says it, checked and ready to judge with.</summary>
public sealed class GuidanceContent
{
    /// <summary>The release of the content.</summary>
    public required string Version { get; init; }

    /// <summary>The hash of the folder (<see cref="ContentFiles.Sha256"/>).</summary>
    public required string Sha256 { get; init; }

    /// <summary>What it is for.</summary>
    public Phrase IntendedUse { get; init; }

    /// <summary>What it is not for.</summary>
    public Phrase NotFor { get; init; }

    /// <summary>Its limits.</summary>
    public Phrase[] Limits { get; init; } = [];

    /// <summary>The data dictionary.</summary>
    public required FactDictionary Facts { get; init; }

    /// <summary>Drugs and medicines.</summary>
    public required Formulary Formulary { get; init; }

    /// <summary>Prognostic models.</summary>
    public required RiskModel[] RiskModels { get; init; }

    /// <summary>Treatments, editions, safety rules.</summary>
    public required Catalogue Catalogue { get; init; }

    /// <summary>What holds for every patient who can exist.</summary>
    public Consistency[] Consistency { get; init; } = [];

    /// <summary>The case file of an invented patient, whom other invented patients are made like; empty when there is none. Nothing is judged by it.</summary>
    public string Example { get; init; } = "";

    /// <summary>Limits of normal that count only when accepted.</summary>
    public FallbackLimits[] FallbackLimits { get; init; } = [];

    /// <summary>Trials, in ordinal order of id.</summary>
    public Trial[] Trials { get; init; } = [];

    /// <summary>Where guidelines or experts differ.</summary>
    public OpenQuestion[] Questions { get; init; } = [];

    /// <summary>How a median of survival becomes a range, the first that covers a treatment first.</summary>
    public SurvivalRange[] SurvivalRanges { get; init; } = [];

    /// <summary>The words of plans.</summary>
    public PlanWords Plans { get; init; } = PlanWords.None;

    /// <summary>The open questions that concern a patient.</summary>
    public IEnumerable<OpenQuestion> QuestionsFor(Case patient) => Questions.Where(q => q.When.Evaluate(patient.Possible) is Measures.Truth.True);

    /// <summary>A trial by id, or null.</summary>
    public Trial? FindTrial(string id) => Array.Find(Trials, t => t.Id == id);

    /// <summary>Documents that are cited.</summary>
    public SourceDocument[] Sources { get; init; } = [];

    /// <summary>Sentences in both languages, by key.</summary>
    public Dictionary<string, Phrase> Wording { get; init; } = [];

    /// <summary>A sentence by key, with its parts filled in: <c>{0}</c>, <c>{1}</c>. A missing key shows itself.</summary>
    public string Say(Language language, string key, params ReadOnlySpan<object?> parts)
    {
        var text = Wording.TryGetValue(key, out var phrase) ? phrase.In(language) : key;
        return parts.Length == 0 ? text : string.Format(System.Globalization.CultureInfo.InvariantCulture, text, parts);
    }

    /// <summary>A document by id, or null.</summary>
    public SourceDocument? FindSource(string id) => Array.Find(Sources, s => s.Id == id);

    /// <summary>Judges cases by this content.</summary>
    public Assessor Assessor => assessor ??= new(Catalogue, RiskModels);

    private Assessor? assessor;
}
