using Hilum.Expressions;
using Hilum.Words;

namespace Hilum.Facts;

/// <summary>Something that holds for every patient who can exist, beyond what facts follow from. It bounds the patients that a proof looks at; a record that breaks it is used, with a warning.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Holds">What holds.</param>
/// <param name="Says">In words.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Review">Its review state.</param>
/// <param name="Place">File and line.</param>
public sealed record Consistency(string Id, TruthNode Holds, Phrase Says, Citation Source, Review Review, string Place)
{
    /// <summary>Whether it asks a record alone, and bounds no proof: it may be broken by statements of different days.</summary>
    public bool RecordOnly { get; init; }
}
