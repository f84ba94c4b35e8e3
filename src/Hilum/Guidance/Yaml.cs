using System.Text;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Words;
using YamlDotNet.Core;

namespace Hilum.Guidance;

/// <summary>A YAML file of the guidance, and the problems found in it.</summary>
internal sealed class YamlFile
{
    private readonly byte[] bytes;
    private readonly Lazy<TextNode?> root;

    public YamlFile(string path, byte[] bytes)
    {
        Path = path;
        this.bytes = bytes;
        root = new(Parse);
    }

    public string Path { get; }

    /// <summary>What stands in it, read at the first call; null when that is nothing, or not YAML. May be asked for on several threads.</summary>
    public TextNode? Root => root.Value;

    /// <summary>Whether anything was made of it.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>Whether it could not be read at all, so that what refers to it cannot be judged.</summary>
    public bool IsUnreadable { get; private set; }

    /// <summary>What was found wrong in it so far.</summary>
    public List<ContentProblem> Problems { get; } = [];

    public void Problem(int line, int column, string message) => Problems.Add(new(Path, Math.Max(1, line), Math.Max(1, column), message));

    public void Problem(TextNode at, string message) => Problem(at.Line, at.Column, message);

    /// <summary>The items of a file that is a list of mappings.</summary>
    public IEnumerable<YamlItem> Items()
    {
        IsAsked = true;
        if (Root is null) yield break;
        if (Root.Items is { } items)
        {
            foreach (var node in items)
                if (AsItem(node) is { } item) yield return item;
        }
        else
        {
            Problem(Root, "a list (lines that begin with '- ') was expected");
        }
    }

    /// <summary>The text itself.</summary>
    public string Text()
    {
        IsAsked = true;
        return Encoding.UTF8.GetString(Written());
    }

    /// <summary>The bytes without the mark that some editors put before them.</summary>
    private ReadOnlySpan<byte> Written() => bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;

    /// <summary>The mapping of a file that is one.</summary>
    public YamlItem? Item()
    {
        IsAsked = true;
        if (Root is null) return null;
        return AsItem(Root);
    }

    public YamlItem? AsItem(TextNode node)
    {
        if (node.Members is { } members) return new(this, node, members);
        Problem(node, "a mapping (lines of 'name: value') was expected");
        return null;
    }

    /// <summary>Line and column of a character of a scalar, which YAML may have folded over lines.</summary>
    /// <remarks>Folding changes white space only, so the n-th other character of the value is the n-th other character of the text.</remarks>
    public (int Line, int Column) PlaceOf(TextNode scalar, int position)
    {
        var value = scalar.Text ?? "";
        var solid = value.AsSpan(0, Math.Min(position, value.Length)).ToString().Count(c => !char.IsWhiteSpace(c));
        var lines = Encoding.UTF8.GetString(Written()).Split('\n');
        var line = scalar.Line - 1;
        var column = scalar.Column - 1;
        if (scalar.Style is ScalarStyle.Folded or ScalarStyle.Literal)
        {
            line++;
            column = 0;
        }
        else if (scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted)
        {
            column++;
        }

        for (; line < lines.Length; line++, column = 0)
        {
            for (; column < lines[line].Length; column++)
            {
                if (char.IsWhiteSpace(lines[line][column])) continue;
                if (solid-- == 0) return (line + 1, column + 1);
            }
        }

        return (scalar.Line, scalar.Column);
    }

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private TextNode? Parse()
    {
        try
        {
            var node = TextNode.OfYaml(Strict.GetString(Written()));
            if (node is not null) CheckTwice(node);
            IsUnreadable = node is null;
            if (node is null) Problem(1, 1, "nothing stands in this file");
            return node;
        }
        catch (DecoderFallbackException e)
        {
            IsUnreadable = true;
            Problem(1 + bytes.AsSpan(0, Math.Min(e.Index, bytes.Length)).Count((byte)'\n'), 1, "this is not UTF-8: save the file again with that encoding");
            return null;
        }
        catch (Exception e) when (e is YamlException or ArgumentException or InvalidOperationException)
        {
            IsUnreadable = true;
            var start = (e as YamlException)?.Start ?? Mark.Empty;
            Problem((int)start.Line, (int)start.Column, $"this is not YAML: {(e.InnerException ?? e).Message}");
            return null;
        }
    }

    /// <summary>A name that stands twice in a mapping would hide what it says the second time.</summary>
    private void CheckTwice(TextNode node)
    {
        foreach (var again in node.Repeated) Problem(again.Line, again.Column, $"'{again.Key}' stands twice");
        foreach (var item in node.Items ?? []) CheckTwice(item);
        foreach (var member in node.Members ?? []) CheckTwice(member.Value);
    }
}

/// <summary>A mapping of a YAML file that knows which of its members were asked for.</summary>
internal sealed class YamlItem(YamlFile file, TextNode node, IReadOnlyList<TextMember> members)
{
    private readonly bool[] asked = new bool[members.Count];
    private List<string>? absent;

    public YamlFile File => file;

    /// <summary>The mapping itself.</summary>
    public TextNode Whole => node;

    public string Place => $"{file.Path}:{node.Line}";

    public void Problem(string message) => file.Problem(node, message);

    public void Problem(string key, string message) => file.Problem(Node(key) ?? node, message);

    public TextNode? Node(string key)
    {
        for (var i = 0; i < asked.Length; i++)
        {
            if (members[i].Key != key) continue;
            asked[i] = true;
            return members[i].Value;
        }

        (absent ??= []).Add(key);
        return null;
    }

    public bool Has(string key) => Node(key) is not null;

    public TextNode? Scalar(string key, bool required = false)
    {
        var value = Node(key);
        if (value is { IsValue: true }) return value;
        if (value is not null) file.Problem(value, $"'{key}' must be one value");
        else if (required) Problem($"'{key}' is missing");
        return null;
    }

    public string? Text(string key, bool required = false)
    {
        var text = Scalar(key, required) is { } scalar ? scalar.Text ?? "" : null;
        if (required && text is { Length: 0 }) Problem(key, $"'{key}' is empty");
        return text;
    }

    public string Required(string key) => Text(key, required: true) ?? "";

    public decimal? Decimal(string key)
    {
        if (Scalar(key) is not { } scalar) return null;
        if (Measures.Quantity.TryParseDecimal(scalar.Text, out var value)) return value;
        file.Problem(scalar, $"'{key}' must be a number");
        return null;
    }

    public int? Integer(string key, bool required = false)
    {
        if (Scalar(key, required) is not { } scalar) return null;
        if (int.TryParse(scalar.Text, out var value)) return value;
        file.Problem(scalar, $"'{key}' must be a whole number");
        return null;
    }

    public bool Boolean(string key)
    {
        if (Scalar(key) is not { } scalar) return false;
        if (scalar.Text is "true" or "false") return scalar.Text == "true";
        file.Problem(scalar, $"'{key}' must be true or false");
        return false;
    }

    /// <summary>A list of words; one word alone counts as a list of it.</summary>
    public string[] Words(string key)
    {
        switch (Node(key))
        {
            case null: return [];
            case { IsValue: true } scalar: return string.IsNullOrEmpty(scalar.Text) ? [] : [scalar.Text];
            case { Items: { } items } when items.All(n => n.IsValue):
                foreach (var blank in items.Where(n => string.IsNullOrWhiteSpace(n.Text))) file.Problem(blank, $"an empty word stands in '{key}'");
                return [.. items.Select(n => n.Text ?? "")];
            case var other:
                file.Problem(other, $"'{key}' must be a list of words");
                return [];
        }
    }

    public IEnumerable<YamlItem> Items(string key)
    {
        switch (Node(key))
        {
            case null: yield break;
            case { Items: { } items }:
                foreach (var child in items)
                    if (file.AsItem(child) is { } item) yield return item;
                break;
            case var other:
                file.Problem(other, $"'{key}' must be a list");
                break;
        }
    }

    public YamlItem? Item(string key, bool required = false)
    {
        if (Node(key) is { } child) return file.AsItem(child);
        if (required) Problem($"'{key}' is missing");
        return null;
    }

    /// <summary>All members, in order, for mappings whose names are free; of those that stand twice the first.</summary>
    public IEnumerable<TextMember> Members()
    {
        Array.Fill(asked, true);
        return members.Except(node.Repeated);
    }

    /// <summary>A text in both languages; where <paramref name="plain"/> is allowed, a single value stands for both.</summary>
    public Phrase Phrase(string key, bool required = false, bool plain = false)
    {
        switch (Node(key))
        {
            case null:
                if (required) Problem($"'{key}' is missing");
                return default;
            case { Text: { } value } scalar:
                if (!plain) file.Problem(scalar, $"'{key}' must say it in both languages: en and fr");
                return Words2(value, value);
            case { Members: { } parts } mapping:
                var item = new YamlItem(file, mapping, parts);
                var phrase = Words2(item.Required("en"), item.Required("fr"));
                item.Done();
                return phrase;
            case var other:
                file.Problem(other, $"'{key}' must be a text in en and fr");
                return default;
        }

        static Phrase Words2(string en, string fr) => new(en.Trim(), fr.Trim());
    }

    public Citation Citation(IReadOnlySet<string> documents, bool required = true)
    {
        if (Item("source") is not { } source)
        {
            if (required && !Has("source")) Problem("'source' is missing: name the document and the place in it");
            return default;
        }

        var document = source.Required("document");
        if (document.Length > 0 && !documents.Contains(document)) source.Problem("document", $"'{document}' is not a document of guidance/sources");
        var citation = new Citation(document, source.Required("locator"));
        source.Done();
        return citation;
    }

    public Review Review(bool required = true)
    {
        if (Item("review") is not { } review)
        {
            if (required && !Has("review")) Problem("'review' is missing: say whether the source was seen");
            return default;
        }

        var state = review.Required("source") switch
        {
            "seen" => SourceReview.Seen,
            "second-hand" => SourceReview.SecondHand,
            "unconfirmed" => SourceReview.Unconfirmed,
            var other => Refuse(review, other),
        };
        string? by = null, date = null;
        if (review.Node("clinical") is { IsValue: true, Text: var word })
        {
            if (word is not ("none" or "expired")) review.Problem("clinical", "'clinical' must be none, expired, or { by, date }");
            by = word == "expired" ? "expired" : null;
        }
        else if (review.Item("clinical") is { } signed)
        {
            (by, date) = (signed.Required("by"), signed.Required("date"));
            if (date.Length > 0 && (!Measures.PartialDate.TryParse(date, out var day) || !day.IsComplete)) signed.Problem("date", $"'{date}' must be a day, YYYY-MM-DD");
            signed.Done();
        }
        else
        {
            review.Problem("'clinical' is missing: none, until a clinician signs");
        }

        review.Done();
        return new(state, by, date);
    }

    private static SourceReview Refuse(YamlItem review, string word)
    {
        review.Problem("source", $"'{word}' must be seen, second-hand or unconfirmed");
        return SourceReview.Unconfirmed;
    }

    /// <summary>Reports members that nobody asked for: a misspelt name must not be lost in silence.</summary>
    public void Done()
    {
        for (var i = 0; i < asked.Length; i++)
            if (!asked[i]) file.Problem(members[i].Line, members[i].Column, $"'{members[i].Key}' is not known here{Spelling.Near(members[i].Key, absent ?? [])}");
    }
}
