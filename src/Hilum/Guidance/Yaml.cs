using System.Text;
using Hilum.Words;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Hilum.Guidance;

/// <summary>A YAML file of the guidance, and the problems found in it.</summary>
internal sealed class YamlFile
{
    private readonly string[] lines;

    public YamlFile(string path, byte[] bytes, List<ContentProblem> problems)
    {
        Path = path;
        Problems = problems;
        var text = Encoding.UTF8.GetString(bytes);
        lines = text.Split('\n');
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            Root = stream.Documents.Count == 1 ? stream.Documents[0].RootNode : null;
            if (stream.Documents.Count > 1) Problem(new Mark(), "one document a file was expected");
        }
        catch (YamlException e)
        {
            Problem(e.Start, $"this is not YAML: {(e.InnerException ?? e).Message}");
        }
    }

    public string Path { get; }

    public YamlNode? Root { get; }

    public List<ContentProblem> Problems { get; }

    public void Problem(Mark mark, string message) => Problems.Add(new(Path, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column), message));

    /// <summary>The items of a file that is a list of mappings.</summary>
    public IEnumerable<YamlItem> Items()
    {
        if (Root is null) yield break;
        if (Root is YamlSequenceNode sequence)
        {
            foreach (var node in sequence)
                if (AsItem(node) is { } item) yield return item;
        }
        else
        {
            Problem(Root.Start, "a list (lines that begin with '- ') was expected");
        }
    }

    /// <summary>The mapping of a file that is one.</summary>
    public YamlItem? Item()
    {
        if (Root is null) return null;
        return AsItem(Root);
    }

    public YamlItem? AsItem(YamlNode node)
    {
        if (node is YamlMappingNode mapping) return new(this, mapping);
        Problem(node.Start, "a mapping (lines of 'name: value') was expected");
        return null;
    }

    /// <summary>Line and column of a character of a scalar, which YAML may have folded over lines.</summary>
    /// <remarks>Folding changes white space only, so the n-th other character of the value is the n-th other character of the text.</remarks>
    public Mark MarkOf(YamlScalarNode scalar, int position)
    {
        var value = scalar.Value ?? "";
        var solid = value.AsSpan(0, Math.Min(position, value.Length)).ToString().Count(c => !char.IsWhiteSpace(c));
        var line = (int)scalar.Start.Line - 1;
        var column = (int)scalar.Start.Column - 1;
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
                if (solid-- == 0) return new Mark(0, line + 1, column + 1);
            }
        }

        return scalar.Start;
    }
}

/// <summary>A mapping of a YAML file that knows which of its members were asked for.</summary>
internal sealed class YamlItem(YamlFile file, YamlMappingNode node)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public YamlFile File => file;

    public Mark Mark => node.Start;

    public string Place => $"{file.Path}:{node.Start.Line}";

    public void Problem(string message) => file.Problem(node.Start, message);

    public void Problem(string key, string message) => file.Problem(Node(key)?.Start ?? node.Start, message);

    public YamlNode? Node(string key)
    {
        asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    public bool Has(string key) => Node(key) is not null;

    public YamlScalarNode? Scalar(string key, bool required = false)
    {
        var value = Node(key);
        if (value is YamlScalarNode scalar) return scalar;
        if (value is not null) file.Problem(value.Start, $"'{key}' must be one value");
        else if (required) Problem($"'{key}' is missing");
        return null;
    }

    public string? Text(string key, bool required = false)
    {
        var text = Scalar(key, required)?.Value;
        if (required && text is { Length: 0 }) Problem(key, $"'{key}' is empty");
        return text;
    }

    public string Required(string key) => Text(key, required: true) ?? "";

    public decimal? Decimal(string key)
    {
        if (Scalar(key) is not { } scalar) return null;
        if (Measures.Quantity.TryParseDecimal(scalar.Value, out var value)) return value;
        file.Problem(scalar.Start, $"'{key}' must be a number");
        return null;
    }

    public int? Integer(string key, bool required = false)
    {
        if (Scalar(key, required) is not { } scalar) return null;
        if (int.TryParse(scalar.Value, out var value)) return value;
        file.Problem(scalar.Start, $"'{key}' must be a whole number");
        return null;
    }

    public bool Boolean(string key)
    {
        if (Scalar(key) is not { } scalar) return false;
        if (scalar.Value is "true" or "false") return scalar.Value == "true";
        file.Problem(scalar.Start, $"'{key}' must be true or false");
        return false;
    }

    /// <summary>A list of words; one word alone counts as a list of it.</summary>
    public string[] Words(string key)
    {
        switch (Node(key))
        {
            case null: return [];
            case YamlScalarNode scalar: return string.IsNullOrEmpty(scalar.Value) ? [] : [scalar.Value];
            case YamlSequenceNode sequence when sequence.All(n => n is YamlScalarNode): return [.. sequence.Cast<YamlScalarNode>().Select(n => n.Value ?? "")];
            case var other:
                file.Problem(other.Start, $"'{key}' must be a list of words");
                return [];
        }
    }

    public IEnumerable<YamlItem> Items(string key)
    {
        switch (Node(key))
        {
            case null: yield break;
            case YamlSequenceNode sequence:
                foreach (var child in sequence)
                    if (file.AsItem(child) is { } item) yield return item;
                break;
            case var other:
                file.Problem(other.Start, $"'{key}' must be a list");
                break;
        }
    }

    public YamlItem? Item(string key) => Node(key) is { } child ? file.AsItem(child) : null;

    /// <summary>All members, in order, for mappings whose names are free.</summary>
    public IEnumerable<(string Key, YamlNode Value)> Members()
    {
        foreach (var (key, value) in node.Children)
        {
            if (key is not YamlScalarNode { Value: { } name }) continue;
            asked.Add(name);
            yield return (name, value);
        }
    }

    /// <summary>A text in both languages; where <paramref name="plain"/> is allowed, a single value stands for both.</summary>
    public Phrase Phrase(string key, bool required = false, bool plain = false)
    {
        switch (Node(key))
        {
            case null:
                if (required) Problem($"'{key}' is missing");
                return default;
            case YamlScalarNode { Value: { } value } scalar:
                if (!plain) file.Problem(scalar.Start, $"'{key}' must say it in both languages: en and fr");
                return Words2(value, value);
            case YamlMappingNode mapping:
                var item = new YamlItem(file, mapping);
                var phrase = Words2(item.Required("en"), item.Required("fr"));
                item.Done();
                return phrase;
            case var other:
                file.Problem(other.Start, $"'{key}' must be a text in en and fr");
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
        var citation = new Citation(document, source.Text("locator") ?? "");
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
        if (review.Node("clinical") is YamlScalarNode { Value: var word })
        {
            if (word is not ("none" or "expired")) review.Problem("clinical", "'clinical' must be none, expired, or { by, date }");
            by = word == "expired" ? "expired" : null;
        }
        else if (review.Item("clinical") is { } signed)
        {
            (by, date) = (signed.Required("by"), signed.Required("date"));
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
        foreach (var (key, _) in node.Children)
            if (key is YamlScalarNode { Value: { } name } && !asked.Contains(name)) file.Problem(key.Start, $"'{name}' is not known here");
    }
}
