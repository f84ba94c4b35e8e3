namespace Hilum.Proof;

/// <summary>What came of a question to the solver.</summary>
public enum Answer
{
    /// <summary>It did not come to an end within its limit: nothing is proven either way.</summary>
    NotProven,

    /// <summary>There is such a patient.</summary>
    Found,

    /// <summary>There is no such patient.</summary>
    None,
}

/// <summary>The solver's patient, read and judged as any record is, came out otherwise: a fault of Hilum, never of the content.</summary>
/// <param name="what">What differs.</param>
public sealed class ModelDisagreesException(string what) : Exception($"the model and the engine disagree: {what}");
