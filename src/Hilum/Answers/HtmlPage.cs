using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Hilum.Words;

namespace Hilum.Answers;

/// <summary>An answer as one HTML page that needs nothing else: no script, no other file, no request; fit for paper, dark screens and screen readers.</summary>
public static class HtmlPage
{
    private const string Style = """
        :root { color-scheme: light dark; --text: #14201f; --back: #ffffff; --quiet: #4c5a59; --line: #b9c4c3; --alert: #8c1d18; --alert-back: #fdeceb }
        @media (prefers-color-scheme: dark) { :root { --text: #eaf1f0; --back: #101817; --quiet: #b4c2c0; --line: #41514f; --alert: #ffb4ab; --alert-back: #3b1512 } }
        html { font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--back) }
        body { max-width: 52rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere }
        h1 { font-size: 1.6rem; line-height: 1.25 } h2 { font-size: 1.25rem; margin-top: 2rem; border-bottom: 1px solid var(--line) } h3 { font-size: 1.05rem }
        ul { padding-left: 1.2rem; margin: .25rem 0 } li { margin: .2rem 0 }
        .quiet { color: var(--quiet) } .alert { border-left: .3rem solid var(--alert); background: var(--alert-back); padding: .4rem .7rem; font-weight: 600 }
        @media print { :root { --text: #000; --back: #fff; --quiet: #333; --alert: #000; --alert-back: #fff } body { max-width: none; padding: 0; font-size: 10pt } h2, h3 { break-after: avoid } li { break-inside: avoid-page } }
        @page { size: A4; margin: 16mm }
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Writes a document as a page, UTF-8 without a mark. Text of a record is escaped; control characters become blanks.</summary>
    /// <param name="document">The answer.</param>
    /// <param name="language">The language that it is written in.</param>
    public static ReadOnlyMemory<byte> Write(Document document, Language language)
    {
        var title = document.Blocks.OfType<Heading>().FirstOrDefault()?.Text ?? "Hilum";
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(language is Language.French ? "fr" : "en").Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>").Append(Text(title)).Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n<main>\n")
            .Append(Body(document)).Append("</main>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    /// <summary>The pieces of a document as HTML elements, for a page that has its own head.</summary>
    public static string Body(Document document)
    {
        var html = new StringBuilder();
        var open = 0;
        foreach (var block in document.Blocks)
        {
            if (block is not Entry) Close(html, ref open, 0);
            switch (block)
            {
                case Heading heading:
                    html.Append($"<h{heading.Level}>").Append(Text(heading.Text)).Append($"</h{heading.Level}>\n");
                    break;
                case Paragraph paragraph:
                    html.Append($"<p{Class(paragraph.Tone)}>").Append(Text(paragraph.Text)).Append("</p>\n");
                    break;
                case Entry entry:
                    Item(html, entry, document.Colon, ref open);
                    break;
            }
        }

        Close(html, ref open, 0);
        return html.ToString();
    }

    /// <summary>An item of a list; <paramref name="open"/> is how many lists, each within an item, are open.</summary>
    private static void Item(StringBuilder html, Entry entry, string colon, ref int open)
    {
        var depth = Math.Min(entry.Depth, open) + 1; // a level that was left out is not invented
        if (depth > open)
        {
            html.Append("<ul>\n");
            open = depth;
        }
        else
        {
            Close(html, ref open, depth);
            html.Append("</li>\n");
        }

        html.Append($"<li{Class(entry.Tone)}>");
        if (entry.Label.Length > 0) html.Append(entry.Tone is Tone.Strong or Tone.Alert ? $"<strong>{Text(entry.Label)}</strong>" : Text(entry.Label));
        if (entry.Label.Length > 0 && entry.Text.Length > 0) html.Append(Text(entry.Label.EndsWith(':') ? " " : colon));
        html.Append(Text(entry.Text));
    }

    private static void Close(StringBuilder html, ref int open, int depth)
    {
        for (; open > depth; open--) html.Append("</li>\n</ul>\n");
    }

    private static string Class(Tone tone) => tone switch { Tone.Quiet => " class=\"quiet\"", Tone.Alert => " class=\"alert\"", _ => "" };

    private static string Text(string text) => Encoder.Encode(PlainText.OneLine(text));
}
