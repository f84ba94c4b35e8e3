using System.Buffers;

namespace Hilum.Words;

/// <summary>Text that came from outside, made fit to stand in a line of an answer, a page, a terminal or a message.</summary>
public static class PlainText
{
    /// <summary>C0 and C1 controls, the line and paragraph separators, and the marks of the Unicode bidirectional algorithm (UAX #9), which reorder what is shown.</summary>
    private static readonly SearchValues<char> Steering = SearchValues.Create(string.Concat(
        Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Select(c => (char)c)) + "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069");

    /// <summary>The text in one line: each character that could break out of the line, steer a terminal or reorder what is shown becomes a blank.</summary>
    /// <returns>The same string when it holds no such character.</returns>
    public static string OneLine(string text)
    {
        if (!text.AsSpan().ContainsAny(Steering)) return text;
        return string.Create(text.Length, text, static (span, source) =>
        {
            source.CopyTo(span);
            span.ReplaceAny(Steering, ' ');
        });
    }

    /// <summary>At most the first 60 characters (Unicode scalar values) in one line, for a message that repeats what was sent; half a surrogate pair becomes U+FFFD.</summary>
    public static string Excerpt(string text) => OneLine(string.Concat(text.EnumerateRunes().Take(60)));
}
