using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Risk;
using Hilum.Words;

namespace Hilum.Options;

/// <summary>What one edition says of one treatment for one patient.</summary>
public sealed record EditionStanding
{
    /// <summary>The edition.</summary>
    public required Edition Edition { get; init; }

    /// <summary>The status within the edition.</summary>
    public required Standing Standing { get; init; }

    /// <summary>Whether the edition says nothing: no statement on the treatment, or the patient is outside its scope.</summary>
    public bool Silent { get; init; }

    /// <summary>Every status that the missing facts still allow, strongest first.</summary>
    public IReadOnlyList<Standing> Possible { get; init; } = [];

    /// <summary>The recommendation that the status rests on; null when silent.</summary>
    public Recommendation? Recommendation { get; init; }

    /// <summary>All recommendations of the edition on the treatment, with their truth.</summary>
    public IReadOnlyList<JudgedRule> Rules { get; init; } = [];

    /// <summary>Facts that could change the status, as a person can answer them; ordinal.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Those of <see cref="Missing"/> that would decide the status alone.</summary>
    public IReadOnlyList<string> SettledBy { get; init; } = [];

    /// <summary>Whether too much is unknown to look at every completion.</summary>
    public bool TooManyUnknowns { get; init; }

    /// <summary>The strongest first.</summary>
    internal static Comparer<EditionStanding> ByStanding { get; } = Comparer<EditionStanding>.Create(static (a, b) => (int)a.Standing - (int)b.Standing);
}

/// <summary>A recommendation and whether its condition holds for the patient.</summary>
/// <param name="Rule">The recommendation.</param>
/// <param name="Truth">Whether it holds.</param>
public sealed record JudgedRule(Recommendation Rule, Truth Truth);

/// <summary>A statement that is information, and the edition that makes it.</summary>
/// <param name="Edition">The edition.</param>
/// <param name="Statement">The statement.</param>
public sealed record EditionStatement(Edition Edition, Statement Statement);

/// <summary>A safety rule for one patient.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="State">True: applies. Undecided: check first.</param>
/// <param name="Missing">Facts that would decide it; ordinal.</param>
public sealed record SafetyFinding(SafetyRule Rule, Truth State, IReadOnlyList<string> Missing);

/// <summary>One treatment judged for one patient.</summary>
public sealed record Option
{
    /// <summary>The treatment.</summary>
    public required Treatment Treatment { get; init; }

    /// <summary>Its status over all editions.</summary>
    public required Standing Standing { get; init; }

    /// <summary>What each edition says.</summary>
    public required IReadOnlyList<EditionStanding> Editions { get; init; }

    /// <summary>One edition offers it and another advises against it, for this patient.</summary>
    public bool Disagreement { get; init; }

    /// <summary>Ids of the editions that advise against it, whatever the unknown facts turn out to be; ordinal.</summary>
    public IReadOnlyList<string> AdvisedAgainst { get; init; } = [];

    /// <summary>Ids of the editions that would advise against it for some values of what is not known, and not for others; ordinal.</summary>
    public IReadOnlyList<string> PerhapsAgainstBy { get; init; } = [];

    /// <summary>Nobody offers it, and whether anybody advises against it hangs on what is not known: "not recommended" is then what may be, not what is.</summary>
    public bool PerhapsAgainst => Standing is Standing.NotRecommended && AdvisedAgainst.Count == 0;

    /// <summary>Safety rules that apply or that must be checked first; hardest first.</summary>
    public IReadOnlyList<SafetyFinding> Safety { get; init; } = [];

    /// <summary>Facts that could change the status; ordinal.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Offered, but a rule says to avoid it: last in its tier.</summary>
    public bool WithCare => Standing.IsOffered() && Safety.Any(s => s.State is Truth.True && s.Rule.Severity is Severity.Avoid);
}

/// <summary>A missing fact and the options that it bears on.</summary>
/// <param name="Fact">Its id.</param>
/// <param name="Settles">Ids of the options concerned; ordinal.</param>
/// <param name="Alone">How many of them it settles by itself.</param>
public sealed record MissingFact(string Fact, IReadOnlyList<string> Settles, int Alone);

/// <summary>Everything that Hilum answers for one patient.</summary>
public sealed record Assessment
{
    /// <summary>The patient.</summary>
    public required Case Case { get; init; }

    /// <summary>Whether the patient is one that Hilum plans for.</summary>
    public required Truth Scope { get; init; }

    /// <summary>Why.</summary>
    public Phrase ScopeBecause { get; init; }

    /// <summary>The editions in use.</summary>
    public required IReadOnlyList<Edition> Editions { get; init; }

    /// <summary>Whether a person named the editions; else they are every current one of the content.</summary>
    public bool EditionsNamed { get; init; }

    /// <summary>Prognostic models.</summary>
    public required IReadOnlyList<RiskAssessment> Risk { get; init; }

    /// <summary>Every treatment, offered ones first; empty outside scope.</summary>
    public required IReadOnlyList<Option> Options { get; init; }

    /// <summary>What to ask next.</summary>
    public required IReadOnlyList<MissingFact> Missing { get; init; }

    /// <summary>Emergencies that are known to hold.</summary>
    public IReadOnlyList<UrgentRule> Urgent { get; init; } = [];

    /// <summary>The facts that a person would be asked for to decide a condition; empty when it is decided.</summary>
    public IReadOnlyList<string> AsksFor(TruthNode condition) => condition.Evaluate(Case.Possible) is not Truth.Undecided
        ? []
        : [.. new Asking(Case).For(References.Leaves(condition).Where(l => l.Evaluate(Case.Possible) is Truth.Undecided).SelectMany(References.Of).Where(f => !Case.Possible[f].IsKnown))];

    /// <summary>Statements that are information.</summary>
    public IReadOnlyList<EditionStatement> Statements { get; init; } = [];
}
