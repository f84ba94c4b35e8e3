using System.Text.Encodings.Web;
using Hilum.Answers;
using Microsoft.AspNetCore.Html;

namespace Hilum.Web.Components;

/// <summary>Shows a document of the answers: the same blocks that the command line prints, as nested lists. Everything is escaped.</summary>
internal sealed class Answer(Document document, int headingShift = 0) : IHtmlContent
{
    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var depth = -1;
        writer.Write("<div class=\"h-answer\">");
        foreach (var block in document.Blocks)
        {
            if (block is not Entry) Close(writer, ref depth, -1);
            switch (block)
            {
                case Heading heading:
                    var level = Math.Clamp(heading.Level + headingShift, 1, 6);
                    writer.Write($"<h{level}>");
                    encoder.Encode(writer, heading.Text);
                    writer.Write($"</h{level}>");
                    break;
                case Paragraph paragraph:
                    writer.Write($"<p class=\"tone-{paragraph.Tone.ToString().ToLowerInvariant()}\">");
                    encoder.Encode(writer, paragraph.Text);
                    writer.Write("</p>");
                    break;
                case Entry entry:
                    Write(entry, writer, encoder, ref depth);
                    break;
            }
        }

        Close(writer, ref depth, -1);
        writer.Write("</div>");
    }

    private void Write(Entry entry, TextWriter writer, HtmlEncoder encoder, ref int depth)
    {
        if (entry.Depth <= depth)
        {
            Close(writer, ref depth, entry.Depth);
            writer.Write("</li>");
        }

        while (depth < entry.Depth)
        {
            writer.Write(depth < entry.Depth - 1 ? "<ul><li>" : "<ul>");
            depth++;
        }

        writer.Write($"<li class=\"tone-{entry.Tone.ToString().ToLowerInvariant()}\">");
        if (entry.Label.Length > 0)
        {
            writer.Write("<span class=\"label\">");
            encoder.Encode(writer, entry.Label);
            writer.Write("</span>");
            if (entry.Text.Length > 0) encoder.Encode(writer, entry.Label.EndsWith(':') ? " " : document.Colon);
        }

        encoder.Encode(writer, entry.Text);
    }

    /// <summary>Closes lists down to a depth; the item of that depth stays open.</summary>
    private static void Close(TextWriter writer, ref int depth, int to)
    {
        for (; depth > to; depth--) writer.Write("</li></ul>");
    }
}
