using System.Text;
using Hilum.Answers;
using Hilum.Words;
using Paragraph = Hilum.Answers.Paragraph;
using Spectre.Console;

namespace Hilum.Cli;

/// <summary>Prints a finished answer: to a file, as Markdown when piped, with colour on a terminal. Nothing is printed by halves.</summary>
internal sealed class Printer(string? file)
{
    /// <summary>Prints bytes as they are.</summary>
    public void Bytes(ReadOnlyMemory<byte> bytes)
    {
        if (file is null)
        {
            using var output = Console.OpenStandardOutput();
            output.Write(bytes.Span);
            return;
        }

        try
        {
            var part = $"{file}.{Environment.ProcessId}.part";
            File.WriteAllBytes(part, bytes.ToArray());
            File.Move(part, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"-o {file}: {e.Message}");
        }
    }

    /// <summary>Prints lines, each of them one line whatever it holds.</summary>
    public void Lines(IEnumerable<string> lines) => Bytes(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => PlainText.OneLine(l) + "\n"))));

    /// <summary>Prints a document.</summary>
    public void Text(Document document)
    {
        if (file is null && !Console.IsOutputRedirected && !Console.IsErrorRedirected) Terminal(document);
        else Bytes(Encoding.UTF8.GetBytes(document.ToMarkdown()));
    }

    private static void Terminal(Document document)
    {
        foreach (var block in document.Blocks)
        {
            switch (block)
            {
                case Heading { Level: 1 } heading:
                    AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(PlainText.OneLine(heading.Text))}[/]") { Justification = Justify.Left });
                    break;
                case Heading heading:
                    AnsiConsole.WriteLine();
                    AnsiConsole.MarkupLine($"[bold underline]{Markup.Escape(PlainText.OneLine(heading.Text))}[/]");
                    break;
                case Paragraph paragraph:
                    AnsiConsole.MarkupLine(Toned(PlainText.OneLine(paragraph.Text), paragraph.Tone));
                    break;
                case Entry entry:
                    var label = entry.Label.Length == 0 ? "" : Toned(PlainText.OneLine(entry.Label), entry.Tone is Tone.Quiet ? Tone.Quiet : entry.Tone is Tone.Plain ? Tone.Plain : Tone.Strong);
                    var colon = entry.Label.Length > 0 && entry.Text.Length > 0 ? document.Colon : "";
                    // a grid, so that what is wrapped stays under its bullet
                    AnsiConsole.Write(new Grid().AddColumn(new GridColumn().NoWrap().Padding(entry.Depth * 2, 0, 1, 0)).AddColumn(new GridColumn().Padding(0, 0, 0, 0))
                        .AddRow("•", $"{label}{colon}{Toned(PlainText.OneLine(entry.Text), entry.Tone is Tone.Quiet ? Tone.Quiet : Tone.Plain)}"));
                    break;
            }
        }
    }

    private static string Toned(string text, Tone tone)
    {
        var escaped = Markup.Escape(text);
        return escaped.Length == 0 ? "" : tone switch
        {
            Tone.Alert => $"[bold yellow]{escaped}[/]",
            Tone.Quiet => $"[grey]{escaped}[/]",
            Tone.Strong => $"[bold]{escaped}[/]",
            _ => escaped,
        };
    }
}
