
namespace Hilum.Words;

/// <summary>The languages that Hilum speaks.</summary>
public enum Language : byte
{
    /// <summary>English.</summary>
    English,

    /// <summary>French.</summary>
    French,
}

/// <summary>A text for people, in both languages. The default is empty.</summary>
public readonly record struct Phrase(string? En, string? Fr)
{
    /// <summary>Whether there is anything to say.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(En);

    /// <summary>The text in one language.</summary>
    public string In(Language language) => (language is Language.French ? Fr : En) ?? "";

    /// <summary>The same words in both languages: names of drugs, ids, figures.</summary>
    public static Phrase Same(string text) => new(text, text);

    /// <summary>Several texts with something between them.</summary>
    public static Phrase Join(string between, IEnumerable<Phrase> parts)
    {
        var all = parts.ToList();
        return new(string.Join(between, all.Select(p => p.En)), string.Join(between, all.Select(p => p.Fr)));
    }
}

/// <summary>Where a statement comes from: a document of <c>guidance/sources</c> and the place in it.</summary>
public readonly record struct Citation(string Document, string Locator)
{
    /// <summary>Document and place, as lists print them.</summary>
    public override string ToString() => string.IsNullOrEmpty(Locator) ? Document : $"{Document}, {Locator}";
}

/// <summary>How far the source of a statement was looked at.</summary>
public enum SourceReview : byte
{
    /// <summary>Remembered or inferred; nobody found it in the publication yet.</summary>
    Unconfirmed,

    /// <summary>Seen in a text about the publication.</summary>
    SecondHand,

    /// <summary>Seen in the publication itself.</summary>
    Seen,
}

/// <summary>The review state of a statement: its source, and the clinician who signed it (nobody, until one does).</summary>
/// <param name="Source">How far the source was looked at.</param>
/// <param name="ClinicalBy">Who signed; null for nobody.</param>
/// <param name="ClinicalDate">When, as YYYY-MM-DD; null for nobody.</param>
public readonly record struct Review(SourceReview Source, string? ClinicalBy, string? ClinicalDate)
{
    /// <summary>The word of <c>contract/cli.md</c> for the source state.</summary>
    public string SourceWord => Source switch { SourceReview.Seen => "seen", SourceReview.SecondHand => "second-hand", _ => "unconfirmed" };
}

/// <summary>A document that the guidance cites.</summary>
public sealed record SourceDocument(string Id, string Title, string Publisher, string Published, string? Url, string? Doi, string? Licence, string? Note);
