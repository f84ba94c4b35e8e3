using System.Collections.Frozen;
using Hilum.Words;
using YamlDotNet.RepresentationModel;

namespace Hilum.Web.Wording;

/// <summary>The words of the pages themselves, in both languages, from one set of keys. What is clinical is said by the guidance and never here.</summary>
internal static class PageWords
{
    /// <summary>All of them.</summary>
    public static FrozenDictionary<string, Phrase> All { get; } = Read();

    /// <summary>A sentence by its key; a key that is not there is a fault of the page, and fails.</summary>
    public static string Say(Language language, string key, params ReadOnlySpan<object?> parts)
    {
        var text = All.TryGetValue(key, out var phrase) ? phrase.In(language) : throw new KeyNotFoundException($"pages.yaml has no '{key}'");
        return parts.Length == 0 ? text : string.Format(System.Globalization.CultureInfo.InvariantCulture, text, parts);
    }

    private static FrozenDictionary<string, Phrase> Read()
    {
        using var stream = typeof(PageWords).Assembly.GetManifestResourceStream("pages.yaml")!;
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return ((YamlMappingNode)yaml.Documents[0].RootNode).ToFrozenDictionary(e => ((YamlScalarNode)e.Key).Value!, e => new Phrase(In(e.Value, "en"), In(e.Value, "fr")), StringComparer.Ordinal);
    }

    private static string In(YamlNode node, string language) => ((YamlScalarNode)node[language]).Value!;
}
