using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Hilum.Facts;

/// <summary>A member of a mapping, with the line and column of its key.</summary>
internal sealed record TextMember(string Key, int Line, TextNode Value)
{
    /// <summary>The column of the key, from 1; 0 when it is not known.</summary>
    public int Column { get; init; }
}

/// <summary>A value, list or mapping of a text, with its line: the same for YAML and JSON.</summary>
/// <remarks>The representation model of the YAML library does the same; built of half as many objects, this takes a third of its time, and a start reads a megabyte of YAML.</remarks>
internal sealed record TextNode(int Line, string? Text, IReadOnlyList<TextNode>? Items, IReadOnlyList<TextMember>? Members)
{
    private const int LargestText = 1024 * 1024;
    private const int DeepestNesting = 64;
    private const int MostNodes = 100_000;
    private const int Few = 16; // below it, comparing all with all is faster than a set

    /// <summary>The column it begins at, from 1; 0 when it is not known.</summary>
    public int Column { get; init; }

    /// <summary>How a value is written; <see cref="ScalarStyle.Any"/> where nothing was.</summary>
    public ScalarStyle Style { get; init; }

    /// <summary>Whether it is one value, which may be nothing.</summary>
    public bool IsValue => Items is null && Members is null;

    /// <summary>Whether it says "unknown", or nothing.</summary>
    public bool IsUnknown => IsValue && Text is null or "unknown" or "" or "~" or "null";

    /// <summary>The members whose name already stands before them: what they say would be lost.</summary>
    public IEnumerable<TextMember> Repeated
    {
        get
        {
            if (Members is not { Count: > 1 }) yield break;
            var seen = Members.Count > Few ? new HashSet<string>(StringComparer.Ordinal) : null;
            for (var i = 0; i < Members.Count; i++)
                if (seen is null ? StandsBefore(i) : !seen.Add(Members[i].Key)) yield return Members[i];
        }
    }

    private bool StandsBefore(int index)
    {
        for (var i = 0; i < index; i++)
            if (Members![i].Key == Members[index].Key) return true;
        return false;
    }

    /// <summary>The same, as if it stood nowhere: what a person gives by hand has no line.</summary>
    public TextNode WithoutLines() => new(0, Text, Items is null ? null : [.. Items.Select(i => i.WithoutLines())], Members is null ? null : [.. Members.Select(m => new TextMember(m.Key, 0, m.Value.WithoutLines()))]);

    /// <summary>Reads a text; null and the problems when it cannot be read.</summary>
    public static TextNode? Read(ReadOnlyMemory<byte> bytes, List<ReadingProblem> problems)
    {
        if (bytes.Length > LargestText)
        {
            problems.Add(new("", $"a case file of {bytes.Length / 1024} kB; at most {LargestText / 1024} kB are read"));
            return null;
        }

        if (bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            problems.Add(new("", "the text is UTF-16; a case file is UTF-8"));
            return null;
        }

        return LooksLikeJson(bytes.Span) ? ReadJson(bytes.Span, problems) : ReadYaml(bytes, problems);
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF)) return b is (byte)'{' or (byte)'[';
        return false;
    }

    private static TextNode? ReadJson(ReadOnlySpan<byte> bytes, List<ReadingProblem> problems)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DeepestNesting });
        try
        {
            reader.Read();
            var lines = new LineCounter();
            var node = Json(ref reader, bytes, lines);
            if (reader.Read()) throw new JsonException("more text after the end of the object");
            return node;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            var line = e is JsonException { LineNumber: { } n } ? n + 1 : 1;
            problems.Add(new($"line {line}", "this is not JSON: " + (e.Message.Contains("maximum configured depth", StringComparison.Ordinal) ? $"nested deeper than {DeepestNesting}" : First(e.Message))));
            return null;
        }
    }

    private sealed class LineCounter
    {
        private int position;
        private int line = 1;

        public int At(ReadOnlySpan<byte> bytes, long offset)
        {
            for (; position < offset; position++)
                if (bytes[position] == '\n') line++;
            return line;
        }
    }

    private static TextNode Json(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, LineCounter lines)
    {
        var line = lines.At(bytes, reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<TextMember>();
                while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
                {
                    var key = reader.GetString()!;
                    var at = lines.At(bytes, reader.TokenStartIndex);
                    reader.Read();
                    members.Add(new(key, at, Json(ref reader, bytes, lines)));
                }

                return new(line, null, null, members);
            case JsonTokenType.StartArray:
                var items = new List<TextNode>();
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray) items.Add(Json(ref reader, bytes, lines));
                return new(line, null, items, null);
            case JsonTokenType.String: return new(line, reader.GetString(), null, null);
            case JsonTokenType.Null: return new(line, null, null, null);
            case var _: return new(line, Encoding.UTF8.GetString(reader.ValueSpan), null, null);
        }
    }

    private static TextNode? ReadYaml(ReadOnlyMemory<byte> bytes, List<ReadingProblem> problems)
    {
        try
        {
            return OfYaml(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.Span));
        }
        catch (Exception e) when (e is YamlException or DecoderFallbackException or ArgumentException or InvalidOperationException)
        {
            problems.Add(new(e is YamlException yaml ? $"line {Math.Max(1, yaml.Start.Line)}" : "", $"this is not a case file: {First((e.InnerException ?? e).Message)}"));
            return null;
        }
    }

    /// <summary>Reads a YAML text of one document; null when there is nothing in it.</summary>
    /// <exception cref="YamlException">It is not YAML, more than one document, or larger than is read.</exception>
    public static TextNode? OfYaml(string text)
    {
        // the parser takes it for the end of the text, and would lose what follows
        if (text.IndexOf('\0') is var end and >= 0)
        {
            var mark = new Mark(end, 1 + text.AsSpan(0, end).Count('\n'), end - text.LastIndexOf('\n', end));
            throw new YamlException(mark, mark, "a NUL character cannot stand in a text");
        }

        return new YamlEvents(new Parser(new StringReader(text))).Document();
    }

    private static string First(string message) => message.Split('\n', '.')[0].Trim();

    /// <summary>YAML events into nodes: aliases are allowed, what they expand to is bounded.</summary>
    private sealed class YamlEvents(Parser parser)
    {
        private readonly Dictionary<string, (TextNode Node, int Size)> anchors = new(StringComparer.Ordinal);
        private int nodes;

        public TextNode? Document()
        {
            parser.MoveNext();
            while (parser.Current is StreamStart or DocumentStart) parser.MoveNext();
            if (parser.Current is StreamEnd or null) return null;
            var node = Node(0);
            parser.MoveNext();
            if (parser.Current is DocumentStart start) throw new YamlException(start.Start, start.End, "one document was expected, this is a second one");
            return node;
        }

        private TextNode Node(int depth)
        {
            var current = parser.Current!;
            if (depth > DeepestNesting) throw new YamlException(current.Start, current.End, $"nested deeper than {DeepestNesting}");
            var before = nodes;
            Count(current, 1);
            var (line, column) = ((int)current.Start.Line, (int)current.Start.Column);
            TextNode node;
            switch (current)
            {
                case AnchorAlias alias:
                    if (!anchors.TryGetValue(alias.Value.Value, out var known)) throw new YamlException(alias.Start, alias.End, $"the alias *{alias.Value.Value} has no anchor");
                    Count(current, known.Size);
                    parser.MoveNext();
                    return known.Node;
                case Scalar scalar:
                    node = new(line, scalar.IsPlainImplicit && scalar.Value is "" or "~" or "null" ? null : scalar.Value, null, null) { Column = column, Style = scalar.Style };
                    parser.MoveNext();
                    Keep(scalar.Anchor, node, before);
                    return node;
                case SequenceStart sequence:
                    var items = new List<TextNode>();
                    parser.MoveNext();
                    while (parser.Current is not SequenceEnd) items.Add(Node(depth + 1));
                    parser.MoveNext();
                    node = new(line, null, items, null) { Column = column };
                    Keep(sequence.Anchor, node, before);
                    return node;
                case MappingStart mapping:
                    var members = new List<TextMember>();
                    parser.MoveNext();
                    while (parser.Current is not MappingEnd)
                    {
                        if (parser.Current is not Scalar key) throw new YamlException(parser.Current!.Start, parser.Current.End, "a name was expected");
                        parser.MoveNext();
                        members.Add(new(key.Value, (int)key.Start.Line, Node(depth + 1)) { Column = (int)key.Start.Column });
                    }

                    parser.MoveNext();
                    node = new(line, null, null, members) { Column = column };
                    Keep(mapping.Anchor, node, before);
                    return node;
                default:
                    throw new YamlException(current.Start, current.End, "this cannot stand here");
            }
        }

        private void Keep(AnchorName anchor, TextNode node, int before)
        {
            if (!anchor.IsEmpty) anchors[anchor.Value] = (node, nodes - before);
        }

        private void Count(ParsingEvent at, int more)
        {
            nodes += more;
            if (nodes > MostNodes) throw new YamlException(at.Start, at.End, $"more than {MostNodes} values, aliases counted as what they stand for");
        }
    }
}
