using System.Text;
using Hilum.Words;

namespace Hilum.Answers;

/// <summary>How a line is meant, for renderers that can show it.</summary>
public enum Tone : byte
{
    /// <summary>As any text.</summary>
    Plain,

    /// <summary>Needs attention first.</summary>
    Alert,

    /// <summary>Less important.</summary>
    Quiet,

    /// <summary>The name of something.</summary>
    Strong,
}

/// <summary>A piece of an answer in words.</summary>
public abstract record Block;

/// <summary>A heading; level 1 is the title.</summary>
public sealed record Heading(int Level, string Text) : Block;

/// <summary>A paragraph.</summary>
public sealed record Paragraph(string Text, Tone Tone = Tone.Plain) : Block;

/// <summary>An entry of a list. <c>Label</c> stands before the text; <c>Depth</c> 0 is the outermost.</summary>
public sealed record Entry(int Depth, string Label, string Text, Tone Tone = Tone.Plain) : Block;

/// <summary>An answer in words, independent of where it is shown.</summary>
/// <param name="colon">What parts a label from its text: languages differ.</param>
public sealed class Document(string colon = ": ")
{
    /// <summary>What parts a label from its text.</summary>
    public string Colon => colon;

    private readonly List<Block> blocks = [];

    /// <summary>The pieces in order.</summary>
    public IReadOnlyList<Block> Blocks => blocks;

    /// <summary>Adds a heading.</summary>
    public Document Heading(int level, string text) => Add(new Heading(level, text));

    /// <summary>Adds a paragraph.</summary>
    public Document Paragraph(string text, Tone tone = Tone.Plain) => Add(new Paragraph(text, tone));

    /// <summary>Adds an entry of a list.</summary>
    public Document Entry(int depth, string label, string text = "", Tone tone = Tone.Plain) => Add(new Entry(depth, label, text, tone));

    private Document Add(Block block)
    {
        blocks.Add(block);
        return this;
    }

    /// <summary>As Markdown, which reads well as plain text; lines are not wrapped.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        Block? before = null;
        foreach (var block in blocks)
        {
            switch (block)
            {
                case Heading heading:
                    if (before is not null) text.Append('\n');
                    text.Append('#', heading.Level).Append(' ').Append(PlainText.OneLine(heading.Text)).Append("\n\n");
                    break;
                case Paragraph paragraph:
                    if (before is Answers.Entry or Answers.Paragraph) text.Append('\n');
                    text.Append(paragraph.Tone is Tone.Alert ? "**" : "").Append(PlainText.OneLine(paragraph.Text)).Append(paragraph.Tone is Tone.Alert ? "**" : "").Append('\n');
                    break;
                case Entry entry:
                    if (before is Answers.Paragraph) text.Append('\n');
                    text.Append(' ', entry.Depth * 2).Append("- ");
                    if (entry.Label.Length > 0) text.Append(entry.Tone is Tone.Strong or Tone.Alert ? $"**{PlainText.OneLine(entry.Label)}**" : PlainText.OneLine(entry.Label));
                    if (entry.Label.Length > 0 && entry.Text.Length > 0) text.Append(entry.Label.EndsWith(':') ? " " : colon);
                    text.Append(PlainText.OneLine(entry.Text)).Append('\n');
                    break;
            }

            before = block is Heading ? null : block;
        }

        return text.ToString();
    }
}
