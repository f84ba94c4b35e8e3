using Hilum.Expressions;
using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Options;

/// <summary>How hard a safety rule is, in the words of <c>contract/cli.md</c>.</summary>
public enum Severity : byte
{
    /// <summary>Forbidden.</summary>
    Contraindicated,

    /// <summary>Possible with a reason and with care.</summary>
    Avoid,

    /// <summary>Another dose.</summary>
    AdjustDose,

    /// <summary>A label warning without such a word.</summary>
    Caution,

    /// <summary>Something to watch.</summary>
    Monitor,
}

/// <summary>A reason not to give a treatment, or to give it with care.</summary>
public sealed record SafetyRule
{
    private static readonly string[] SeverityIds = ["contraindicated", "avoid", "adjust-dose", "caution", "monitor"];

    /// <summary>Its id, unique among all safety rules.</summary>
    public required string Id { get; init; }

    /// <summary>Drugs, drug classes, treatments and kinds that it concerns, and treatments that it leaves out.</summary>
    public string[] Drugs { get; init; } = [];

    /// <summary>Drug classes that it concerns.</summary>
    public string[] Classes { get; init; } = [];

    /// <summary>Treatments that it concerns.</summary>
    public string[] Treatments { get; init; } = [];

    /// <summary>Kinds of treatment that it concerns.</summary>
    public string[] Kinds { get; init; } = [];

    /// <summary>Treatments that it leaves out.</summary>
    public string[] Except { get; init; } = [];

    /// <summary>True: about starting a treatment, not the one that is being given. False: only about the one that is being given. Null: about both.</summary>
    public bool? Starting { get; init; }

    /// <summary>Whether what leaves it open is asked for where it bears on an offer, although it changes no status: a care that decides whether a treatment is due at all.</summary>
    public bool Asks { get; init; }

    /// <summary>How hard it is.</summary>
    public required Severity Severity { get; init; }

    /// <summary>When it acts.</summary>
    public required TruthNode When { get; init; }

    /// <summary>An exception that counts only when it is known to hold.</summary>
    public TruthNode? Unless { get; init; }

    /// <summary>What would justify the treatment all the same.</summary>
    public Phrase Override { get; init; }

    /// <summary>What it says.</summary>
    public Phrase Says { get; init; }

    /// <summary>Where it comes from.</summary>
    public Citation Source { get; init; }

    /// <summary>Its review state.</summary>
    public Review Review { get; init; }

    /// <summary>File and line.</summary>
    public string Place { get; init; } = "";

    /// <summary>The word of the contract for the severity.</summary>
    public string SeverityId => SeverityIds[(int)Severity];

    /// <summary>Reads the word of the contract.</summary>
    public static Severity? ParseSeverity(string word) => Array.IndexOf(SeverityIds, word) is var i and >= 0 ? (Severity)i : null;

    /// <summary>True: it applies. Undecided: check first. False: it does not concern this patient.</summary>
    public Truth State(ReadOnlySpan<Possible> facts)
    {
        var when = When.Evaluate(facts);
        return when is not Truth.False && Unless?.Evaluate(facts) is Truth.True ? Truth.False : when;
    }
}

/// <summary>An emergency: urgent care first, never a treatment option.</summary>
public sealed record UrgentRule(string Id, TruthNode When, Phrase Says, Citation Source, Review Review, string Place);
