using System.Text;

namespace Hilum.Web.CdsHooks;

/// <summary>The Markdown of a card. Every text that is put in is escaped: none of it can become markup.</summary>
internal sealed class CardText
{
    private const int Longest = 20_000;
    private readonly StringBuilder text = new();
    private bool full;

    /// <summary>Adds a heading.</summary>
    public void Heading(string words) => Add($"\n### {MarkdownText.Escape(words)}\n\n");

    /// <summary>Adds a paragraph.</summary>
    public void Paragraph(string words) => Add($"\n{MarkdownText.Escape(words)}\n");

    /// <summary>Adds an entry of a list.</summary>
    public void Item(int depth, string words) => Add($"{new string(' ', depth * 2)}- {MarkdownText.Escape(words)}\n");

    /// <summary>Adds an entry that begins with bold words.</summary>
    public void Strong(int depth, string strong, string rest) => Add($"{new string(' ', depth * 2)}- **{MarkdownText.Escape(strong)}**{(rest.Length == 0 ? "" : " – " + MarkdownText.Escape(rest))}\n");

    /// <summary>The Markdown.</summary>
    public override string ToString() => text.ToString().TrimStart('\n');

    private void Add(string line)
    {
        if (full) return;
        full = text.Length + line.Length > Longest;
        text.Append(full ? "\n…\n" : line);
    }
}
