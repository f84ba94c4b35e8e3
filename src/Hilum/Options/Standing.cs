namespace Hilum.Options;

/// <summary>The status of a treatment, in the words and the order of <c>contract/cli.md</c>; contraindicated options are listed apart, last.</summary>
public enum Standing : byte
{
    /// <summary>Offered before others.</summary>
    Preferred,

    /// <summary>Offered.</summary>
    Recommended,

    /// <summary>May be offered.</summary>
    Option,

    /// <summary>Offered in centres with experience only.</summary>
    SpecialisedCentre,

    /// <summary>What is missing decides whether it is offered.</summary>
    NeedsInformation,

    /// <summary>A statement advises against it.</summary>
    NotRecommended,

    /// <summary>Not meant for this patient.</summary>
    NotApplicable,

    /// <summary>A safety rule forbids it, whatever is recommended.</summary>
    Contraindicated,
}

/// <summary>Words for <see cref="Standing"/>.</summary>
public static class StandingWords
{
    private static readonly string[] Ids =
        ["preferred", "recommended", "option", "specialised-centre", "needs-information", "not-recommended", "not-applicable", "contraindicated"];

    /// <summary>The words of the contract, in order of strength.</summary>
    public static IReadOnlyList<string> All => Ids;

    /// <summary>Whether it is an offer, of any strength.</summary>
    public static bool IsOffered(this Standing standing) => standing <= Standing.SpecialisedCentre;

    /// <summary>The word of the contract.</summary>
    public static string Id(this Standing standing) => Ids[(int)standing];

    /// <summary>Reads the word of the contract.</summary>
    public static Standing? Parse(string word) => Array.IndexOf(Ids, word) is var i and >= 0 ? (Standing)i : null;
}
