using Hilum.Expressions;
using Hilum.Words;

namespace Hilum.Facts;

/// <summary>Something that holds for every patient who can exist, beyond what facts follow from. It bounds the patients that a proof looks at; a record is never refused for it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Holds">What holds.</param>
/// <param name="Says">In words.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Review">Its review state.</param>
/// <param name="Place">File and line.</param>
public sealed record Consistency(string Id, TruthNode Holds, Phrase Says, Citation Source, Review Review, string Place);
