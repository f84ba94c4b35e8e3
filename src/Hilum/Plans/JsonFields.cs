using System.Text.Json;
using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Plans;

/// <summary>Reads a JSON object from outside: every problem is collected with its place, and a member that was not asked for is one.</summary>
public sealed class JsonFields
{
    private readonly JsonElement element;
    private readonly string path;
    private readonly List<Problem> problems;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    private JsonFields(JsonElement element, string path, List<Problem> problems) => (this.element, this.path, this.problems) = (element, path, problems);

    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 16;

    /// <summary>Reads a whole text; null when something in it is wrong.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="problems">Where to list what is wrong.</param>
    /// <param name="read">What to make of it.</param>
    public static T? Read<T>(ReadOnlyMemory<byte> json, List<Problem> problems, Func<JsonFields, T> read)
        where T : class
    {
        if (!System.Text.Unicode.Utf8.IsValid(json.Span))
        {
            problems.Add(new("", "this is not text in UTF-8"));
            return null;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
        }
        catch (InvalidOperationException)
        {
            problems.Add(new("", "the name of a member holds half a character"));
            return null;
        }
        catch (JsonException e)
        {
            problems.Add(new("", json.Length == 0 ? "the body is empty; a JSON object was expected" : $"this is not JSON that can be read (line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}); a JSON object, nested at most {MaxDepth} deep and no member twice, was expected"));
            return null;
        }

        using (document)
        {
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                problems.Add(new("", "a JSON object was expected"));
                return null;
            }

            var before = problems.Count;
            var fields = new JsonFields(document.RootElement, "", problems);
            var value = read(fields);
            fields.Done();
            return problems.Count == before ? value : null;
        }
    }

    /// <summary>Adds a problem with a member.</summary>
    public void Fault(string name, string says) => problems.Add(new(path + name, says));

    /// <summary>Text that is not blank, without control characters but line ends; null when absent.</summary>
    /// <param name="name">The member.</param>
    /// <param name="longest">Most characters.</param>
    /// <param name="required">Whether it must be there.</param>
    /// <param name="blank">Whether it may be empty.</param>
    public string? Text(string name, int longest, bool required = false, bool blank = false)
    {
        if (Member(name, required) is not { } value) return null;
        if (blank && value.ValueKind is JsonValueKind.String && value.ValueEquals("")) return "";
        if (Fault(value, longest, out var text) is { } fault) Fault(name, fault);
        return text;
    }

    /// <summary>A word of a list.</summary>
    public string? Word(string name, IEnumerable<string> allowed, bool required = false)
    {
        if (Text(name, 200, required) is not { } word) return null;
        var list = allowed as ICollection<string> ?? [.. allowed];
        if (list.Contains(word)) return word;
        Fault(name, $"'{word}' is not known; expected was one of {string.Join(", ", list)}");
        return null;
    }

    /// <summary>A day that exists.</summary>
    public DateOnly? Day(string name, bool required = false)
    {
        if (Text(name, 40, required) is not { } text) return null;
        if (PartialDate.TryParse(text, out var date) && date.IsComplete && text.Length == 10) return date.Earliest;
        Fault(name, "a day that exists was expected, written YYYY-MM-DD");
        return null;
    }

    /// <summary>A whole number of at least 1, or of at least another.</summary>
    public int? Count(string name, bool required = false, int least = 1)
    {
        if (Member(name, required) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var count) && count >= least) return count;
        Fault(name, $"a whole number of at least {least} was expected");
        return null;
    }

    /// <summary>True or false.</summary>
    public bool? Flag(string name, bool required = false)
    {
        if (Member(name, required) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.ValueKind is JsonValueKind.True;
        Fault(name, "true or false was expected");
        return null;
    }

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name, int most, int longest, bool required = false)
    {
        var texts = new List<string>();
        foreach (var (item, at) in Elements(name, most, required))
        {
            if (Fault(item, longest, out var text) is { } fault) Fault(at, fault);
            else texts.Add(text!);
        }

        return texts;
    }

    /// <summary>A list of lists of texts.</summary>
    public IReadOnlyList<IReadOnlyList<string>> TextLists(string name, int most, int longest, bool required = false)
    {
        var lists = new List<IReadOnlyList<string>>();
        foreach (var (item, at) in Elements(name, most, required))
        {
            var texts = new List<string>();
            if (item.ValueKind is not JsonValueKind.Array) Fault(at, "a list was expected");
            else if (item.GetArrayLength() > most) Fault(at, $"{item.GetArrayLength()} entries are too many; at most {most} were expected");
            else
                foreach (var (n, part) in item.EnumerateArray().Index())
                {
                    if (Fault(part, longest, out var text) is { } fault) Fault($"{at}/{n}", fault);
                    else texts.Add(text!);
                }

            lists.Add(texts);
        }

        return lists;
    }

    /// <summary>A list of words, each of a list.</summary>
    public IReadOnlyList<string> Words(string name, ICollection<string> allowed, bool required = false)
    {
        var words = Texts(name, allowed.Count, 200, required);
        foreach (var (i, word) in words.Index())
            if (!allowed.Contains(word)) Fault($"{name}/{i}", $"'{word}' is not known; expected was one of {string.Join(", ", allowed)}");
        return words;
    }

    /// <summary>A list of objects.</summary>
    public IReadOnlyList<T> Items<T>(string name, int most, Func<JsonFields, T> read, bool required = false)
    {
        var items = new List<T>();
        foreach (var (item, at) in Elements(name, most, required))
        {
            if (item.ValueKind is not JsonValueKind.Object)
            {
                Fault(at, "an object was expected");
                continue;
            }

            var fields = new JsonFields(item, $"{path}{at}/", problems);
            items.Add(read(fields));
            fields.Done();
        }

        return items;
    }

    /// <summary>An object; the default when absent.</summary>
    public T? Item<T>(string name, Func<JsonFields, T> read, bool required = false)
        where T : class
    {
        if (Member(name, required) is not { } value) return null;
        if (value.ValueKind is not JsonValueKind.Object)
        {
            Fault(name, "an object was expected");
            return null;
        }

        var fields = new JsonFields(value, $"{path}{name}/", problems);
        var item = read(fields);
        fields.Done();
        return item;
    }

    /// <summary>A member that is read elsewhere, or computed here and sent back: it is not a problem that it stands there.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) asked.Add(name);
    }

    private IEnumerable<(JsonElement Item, string At)> Elements(string name, int most, bool required)
    {
        if (Member(name, required) is not { } value) yield break;
        if (value.ValueKind is not JsonValueKind.Array) Fault(name, "a list was expected");
        else if (value.GetArrayLength() > most) Fault(name, $"{value.GetArrayLength()} entries are too many; at most {most} were expected");
        else
            foreach (var (at, item) in value.EnumerateArray().Index()) yield return (item, $"{name}/{at}");
    }

    private JsonElement? Member(string name, bool required)
    {
        asked.Add(name);
        if (element.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null) return value;
        if (required) Fault(name, "this is missing");
        return null;
    }

    private void Done()
    {
        foreach (var member in element.EnumerateObject())
            if (!asked.Contains(member.Name)) problems.Add(new(path + PlainText.Excerpt(member.Name), "this member is not known"));
    }

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    private static string? Fault(JsonElement value, int longest, out string? text)
    {
        text = null;
        if (value.ValueKind is not JsonValueKind.String) return "text was expected";
        string found;
        try
        {
            found = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "text was expected; this one holds half a character";
        }

        if (string.IsNullOrWhiteSpace(found)) return "text that is not blank was expected";
        if (found.Length > longest) return $"{found.Length} characters are too many; at most {longest} were expected";
        if (found.Replace("\r\n", "\n", StringComparison.Ordinal).Any(c => char.IsControl(c) && c is not ('\n' or '\t'))) return "text without control characters was expected";
        text = found;
        return null;
    }
}
