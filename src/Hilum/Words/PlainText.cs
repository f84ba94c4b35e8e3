namespace Hilum.Words;

/// <summary>Text that came from outside, made fit to stand in a line of an answer, a page, a terminal or a message.</summary>
public static class PlainText
{
    /// <summary>The text in one line: each character that could break out of the line, steer a terminal or reorder what is shown becomes a blank.</summary>
    /// <returns>The same string when it holds no such character.</returns>
    public static string OneLine(string text)
    {
        var first = 0;
        while (first < text.Length && !Steers(text[first])) first++;
        if (first == text.Length) return text;
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = Steers(source[i]) ? ' ' : source[i];
        });
    }

    /// <summary>The text in lines: line ends as JSON has them, tabs stay, and nothing is left that steers, reorders or cannot be seen (joiners between letters stay).</summary>
    public static string Lines(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !(Steers(c) || c is '\u00ad' or '\u200b' or '\u2060' or '\ufeff')));

    /// <summary>At most the first 60 characters (Unicode scalar values) in one line, for a message that repeats what was sent; half a surrogate pair becomes U+FFFD.</summary>
    public static string Excerpt(string text) => OneLine(string.Concat(text.EnumerateRunes().Take(60)));

    /// <summary>C0 and C1 controls, the line and paragraph separators, and the marks of the Unicode bidirectional algorithm (UAX #9), which reorder what is shown.</summary>
    private static bool Steers(char c) => c < ' ' || (c >= '\u007f' && c is <= '\u009f' or '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069'));
}
