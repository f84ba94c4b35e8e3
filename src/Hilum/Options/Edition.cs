using Hilum.Expressions;
using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Options;

/// <summary>What sort of publication an edition is.</summary>
public enum EditionKind : byte
{
    /// <summary>Clinical recommendations.</summary>
    Clinical,

    /// <summary>Decisions on funding; they rank nothing.</summary>
    Funding,

    /// <summary>What was said once; it speaks only when asked for.</summary>
    Historical,
}

/// <summary>One statement of a publication that offers treatments to some patients, or advises against them.</summary>
public sealed record Recommendation
{
    /// <summary>Its id, unique in its edition.</summary>
    public required string Id { get; init; }

    /// <summary>What it says, in our words.</summary>
    public Phrase Says { get; init; }

    /// <summary>The treatments it speaks of.</summary>
    public required string[] Treatments { get; init; }

    /// <summary>Whether it advises against them.</summary>
    public bool Against { get; init; }

    /// <summary>For whom.</summary>
    public required TruthNode When { get; init; }

    /// <summary>How strongly it offers; meaningless when against.</summary>
    public Standing Strength { get; init; }

    /// <summary>The publisher's own grade; null when none is known.</summary>
    public string? Grade { get; init; }

    /// <summary>The reason the publication gives.</summary>
    public Phrase Because { get; init; }

    /// <summary>A remark.</summary>
    public Phrase Note { get; init; }

    /// <summary>Ids of the trials behind it.</summary>
    public string[] Evidence { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public Citation Source { get; init; }

    /// <summary>Its review state.</summary>
    public Review Review { get; init; }

    /// <summary>File and line, for messages to those who write guidance.</summary>
    public string Place { get; init; } = "";
}

/// <summary>A statement that is information and not an option.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Says">What it says, in our words.</param>
/// <param name="When">Whom it concerns, shown once that is known; null for everyone of whom the edition speaks.</param>
/// <param name="Unless">Whom it no longer concerns, once that is known: so the unknown keeps it in sight.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Review">Its review state.</param>
public sealed record Statement(string Id, Phrase Says, TruthNode? When, TruthNode? Unless, Citation Source, Review Review)
{
    /// <summary>Whether it concerns a patient.</summary>
    public bool Concerns(ReadOnlySpan<Possible> facts) => (When is null || When.Evaluate(facts) is Truth.True) && Unless?.Evaluate(facts) is not Truth.True;

    /// <summary>Whether it says for whom the edition offers nothing.</summary>
    public bool Silent { get; init; }

    /// <summary>When silent: the kinds of treatment of which it offers none; empty for all.</summary>
    public string[] On { get; init; } = [];

    /// <summary>When silent: whether it is silent on a treatment.</summary>
    public bool IsSilentOn(Treatment treatment) => Silent && (On.Length == 0 || On.Contains(treatment.Kind));

    /// <summary>File and line.</summary>
    public string Place { get; init; } = "";
}

/// <summary>A term that the conditions of an edition may use.</summary>
public sealed record Define(string Name, TruthNode Condition, string Place);

/// <summary>One publication as rules.</summary>
public sealed record Edition
{
    /// <summary>Its id: ccs-2017, esmo-2024.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public Phrase Title { get; init; }

    /// <summary>Who publishes it.</summary>
    public string Publisher { get; init; } = "";

    /// <summary>When, as precisely as known.</summary>
    public string Published { get; init; } = "";

    /// <summary>Country or region; empty for international.</summary>
    public string Country { get; init; } = "";

    /// <summary>Clinical, funding or historical.</summary>
    public EditionKind Kind { get; init; }

    /// <summary>current, superseded or historical.</summary>
    public string Status { get; init; } = "current";

    /// <summary>The day by which it should be compared with its publication again; after that it is shown as expired. Default: never.</summary>
    public DateOnly ReviewBy { get; init; } = DateOnly.MaxValue;

    /// <summary>For which patients it speaks.</summary>
    public required TruthNode Scope { get; init; }

    /// <summary>A remark on the whole edition.</summary>
    public Phrase Note { get; init; }

    /// <summary>The terms it defines.</summary>
    public Define[] Defines { get; init; } = [];

    /// <summary>Its statements.</summary>
    public Statement[] Statements { get; init; } = [];

    /// <summary>Its recommendations, in file order.</summary>
    public Recommendation[] Recommendations { get; init; } = [];

    /// <summary>Where it can be found.</summary>
    public string? Url { get; init; }

    /// <summary>Whether its review is overdue on a day.</summary>
    public bool IsExpired(DateOnly day) => day > ReviewBy;

    /// <summary>Whether it takes part when no edition is named.</summary>
    public bool IsCurrent => Status == "current" && Kind is not EditionKind.Historical;
}
