using System.Text;
using Hilum.Words;

namespace Hilum.Web.CdsHooks;

/// <summary>Text inside Markdown that a client renders with raw HTML allowed: nothing of it may become markup.</summary>
/// <remarks>
/// GitHub Flavored Markdown 0.29: any ASCII punctuation may be escaped by a backslash; <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> become entities,
/// so that no tag, no entity and no autolink survives. Line breaks become spaces: a text cannot begin a new block.
/// </remarks>
internal static class MarkdownText
{
    private const int Longest = 600;

    /// <summary>Escapes a text, and cuts it when it is longer than a card can bear.</summary>
    public static string Escape(string text)
    {
        var plain = PlainText.OneLine(text.Length > Longest ? text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)] + " …" : text);
        var escaped = new StringBuilder(plain.Length + 16);
        for (var i = 0; i < plain.Length; i++)
        {
            var c = plain[i];
            switch (c)
            {
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '{':
                    escaped.Append("&#123;"); // some dialects read attributes here, whatever stands before
                    break;
                case '}':
                    escaped.Append("&#125;");
                    break;
                case '\\' or '`' or '*' or '_' or '[' or ']' or '#' or '|' or '~' or '!' or '@' or '$' or '^':
                    escaped.Append('\\').Append(c);
                    break;
                case ':' when i + 1 < plain.Length && !char.IsWhiteSpace(plain[i + 1]):
                    escaped.Append("\\:"); // http://, mailto:, tel:
                    break;
                case '.' when IsWww(plain, i) || IsNumberAtStart(plain, i):
                    escaped.Append("\\.");
                    break;
                case '+' or '-' or '=' when i == 0:
                    escaped.Append('\\').Append(c);
                    break;
                case ')' when IsNumberAtStart(plain, i):
                    escaped.Append("\\)");
                    break;
                default:
                    escaped.Append(c);
                    break;
            }
        }

        return escaped.ToString().Trim();
    }

    private static bool IsWww(string text, int dot) => dot >= 3 && text.AsSpan(dot - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase);

    private static bool IsNumberAtStart(string text, int end) => end is > 0 and < 10 && text.AsSpan(0, end).TrimStart().IndexOfAnyExceptInRange('0', '9') < 0;
}
