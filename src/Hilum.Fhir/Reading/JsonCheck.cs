using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Hilum.Facts;
using Hilum.Words;

namespace Hilum.Fhir.Reading;

/// <summary>One pass over the bytes before anything else looks at them: RFC 8259, bounded size and depth, no name twice.</summary>
internal static class JsonCheck
{
    /// <summary>32 MB: a whole record with thousands of results has one tenth of it.</summary>
    public const int LargestInput = 32 * 1024 * 1024;

    /// <summary>Containers inside containers.</summary>
    public const int DeepestNesting = 64;

    private const int MostWarnings = 20;

    /// <summary>Strips a byte order mark; names what makes the whole input unreadable.</summary>
    public static ReadingProblem? Encoding(ref ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (bytes.Length > LargestInput) return new("", $"the input has {bytes.Length} bytes; at most {LargestInput} (32 MB) are read");
        if (span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return new("byte 1", "the text is UTF-16; FHIR JSON is UTF-8");
        if (bytes.Span.Trim(" \t\r\n"u8).IsEmpty) return new("", "the input is empty; expected a FHIR R4 Bundle");
        return Utf8.IsValid(bytes.Span) ? null : new(Place(bytes.Span, FirstInvalid(bytes.Span)), "not UTF-8; FHIR JSON is UTF-8");
    }

    /// <summary>Checks one JSON text; adds a warning for every member name that stands twice in one object.</summary>
    public static ReadingProblem? Syntax(ReadOnlySpan<byte> utf8, ICollection<Phrase> warnings, string before = "")
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 1000 });
        var names = new Stack<HashSet<string>>();
        var spare = new Stack<HashSet<string>>();
        var found = 0;
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray when reader.CurrentDepth >= DeepestNesting:
                        return new(before + Place(utf8, reader.TokenStartIndex), $"nested deeper than {DeepestNesting} levels");
                    case JsonTokenType.StartObject:
                        names.Push(spare.TryPop(out var set) ? set : new(StringComparer.Ordinal));
                        break;
                    case JsonTokenType.EndObject:
                        names.Peek().Clear();
                        spare.Push(names.Pop());
                        break;
                    case JsonTokenType.PropertyName when !names.Peek().Add(reader.GetString()!) && found++ < MostWarnings:
                        var (where, name) = (before + Place(utf8, reader.TokenStartIndex), reader.GetString());
                        warnings.Add(new($"{where}: '{name}' stands twice in one object", $"{where} : « {name} » figure deux fois dans un même objet"));
                        break;
                }
            }

            return null;
        }
        catch (JsonException fault)
        {
            return new($"{before}line {(fault.LineNumber ?? 0) + 1}, column {(fault.BytePositionInLine ?? 0) + 1}", $"not valid JSON: {Plain(fault.Message)}");
        }
        catch (InvalidOperationException fault)
        {
            return new(before + Place(utf8, reader.TokenStartIndex), $"not valid JSON: {fault.Message}");
        }
    }

    private static string Plain(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static string Place(ReadOnlySpan<byte> utf8, long offset)
    {
        var until = utf8[..(int)Math.Min(offset, utf8.Length)];
        return $"line {until.Count((byte)'\n') + 1}, column {until.Length - until.LastIndexOf((byte)'\n')}";
    }

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (at < utf8.Length && Rune.DecodeFromUtf8(utf8[at..], out _, out var length) is System.Buffers.OperationStatus.Done) at += length;
        return at;
    }
}
