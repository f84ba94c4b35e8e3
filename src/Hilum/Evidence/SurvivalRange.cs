using Hilum.Words;

namespace Hilum.Evidence;

/// <summary>A rule of thumb that turns a median of survival into a range: best, typical and worst case.</summary>
/// <param name="Id">Its id: multiples-of-the-median.</param>
/// <param name="Name">Its name.</param>
/// <param name="Says">What it is and how far it can be trusted, for a patient.</param>
/// <param name="Classes">It is used for treatments all of whose drugs are of these classes, and for no other.</param>
/// <param name="Scenarios">The cases, in the order in which they are shown.</param>
/// <param name="NotFor">Classes for which it is known not to hold.</param>
/// <param name="Source">Where it was published.</param>
/// <param name="Review">Its review state.</param>
public sealed record SurvivalRange(string Id, Phrase Name, Phrase Says, string[] Classes, SurvivalScenario[] Scenarios, SurvivalRangeException[] NotFor, Citation Source, Review Review)
{
    /// <summary>Whether it is used for a treatment with drugs of these classes. A treatment without drugs has none.</summary>
    public bool Covers(IReadOnlyCollection<string> classes) => classes.Count > 0 && classes.All(Classes.Contains);

    /// <summary>Why it does not hold for a treatment with drugs of these classes; null where nothing says so.</summary>
    public SurvivalRangeException? Exception(IReadOnlyCollection<string> classes) => Array.Find(NotFor, n => n.Classes.Any(classes.Contains));
}

/// <summary>One case of a range.</summary>
/// <param name="Id">best, typical or worst.</param>
/// <param name="Name">Its name.</param>
/// <param name="From">Its lower end as a multiple of the median; null when it has none.</param>
/// <param name="To">Its upper end as a multiple of the median; null when it has none.</param>
/// <param name="Says">The sentence, in which the ends that it has are filled in, in that order.</param>
public sealed record SurvivalScenario(string Id, Phrase Name, decimal? From, decimal? To, Phrase Says);

/// <summary>Drugs for which a range is known not to hold.</summary>
/// <param name="Classes">Their classes.</param>
/// <param name="Says">What stands there instead, for a patient.</param>
/// <param name="Source">Where this was published.</param>
/// <param name="Review">Its review state.</param>
public sealed record SurvivalRangeException(string[] Classes, Phrase Says, Citation Source, Review Review);
