using System.Text.RegularExpressions;

namespace Hilum.Words;

/// <summary>How hard a text is to read.</summary>
/// <remarks>
/// English: the school grade of Flesch and Kincaid (Kincaid and others, 1975), with syllables estimated from groups of vowels. French: LIX
/// (Björnsson, 1968), words a sentence plus the share of words over six letters; it needs no syllables and is used across languages.
/// </remarks>
public static partial class ReadingLevel
{
    /// <summary>The highest school grade of a text for patients in English.</summary>
    public const double HighestGrade = 9;

    /// <summary>The highest LIX of a text for patients in French, where words are longer.</summary>
    public const double HighestLix = 45;

    /// <summary>Flesch-Kincaid grade of an English text. Names are left out.</summary>
    public static double Grade(string english, IReadOnlyCollection<string> names)
    {
        var (words, sentences) = Split(english, names);
        return words.Count == 0 ? 0 : (0.39 * words.Count / sentences) + (11.8 * words.Sum(Syllables) / words.Count) - 15.59;
    }

    /// <summary>LIX of a French text. Names are left out.</summary>
    public static double Lix(string french, IReadOnlyCollection<string> names)
    {
        var (words, sentences) = Split(french, names);
        return words.Count == 0 ? 0 : ((double)words.Count / sentences) + (100.0 * words.Count(w => w.Length > 6) / words.Count);
    }

    private static (List<string> Words, int Sentences) Split(string text, IReadOnlyCollection<string> names)
    {
        var words = Word().Matches(text).Select(m => m.Value).Where(w => !names.Contains(w.ToLowerInvariant())).ToList();
        return (words, Math.Max(1, Sentence().Count(text)));
    }

    private static int Syllables(string word)
    {
        var w = word.ToLowerInvariant();
        var groups = Vowels().Count(w);
        if (groups > 1 && w.EndsWith('e') && !w.EndsWith("le", StringComparison.Ordinal)) groups--;
        if (groups > 1 && w.EndsWith("ed", StringComparison.Ordinal) && !w.EndsWith("ted", StringComparison.Ordinal) && !w.EndsWith("ded", StringComparison.Ordinal)) groups--;
        return Math.Max(1, groups);
    }

    [GeneratedRegex(@"[\p{L}]+", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"[.!?]+(\s|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sentence();

    [GeneratedRegex("[aeiouy]+", RegexOptions.None, 1000)]
    private static partial Regex Vowels();
}
