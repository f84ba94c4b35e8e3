using Hilum.Cli.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Hilum.Cli.Tests.Safety;

/// <summary>A list of docs/safety as written by hand.</summary>
internal sealed class SafetyList(YamlMappingNode node)
{
    /// <summary>The entries of a file.</summary>
    public static IReadOnlyList<SafetyList> Read(string name)
    {
        using var text = File.OpenText(Path.Combine(Repository.Root, "docs", "safety", name));
        var stream = new YamlStream();
        stream.Load(text);
        return [.. ((YamlSequenceNode)stream.Documents[0].RootNode).Select(n => new SafetyList((YamlMappingNode)n))];
    }

    /// <summary>Names of what stands in the entry.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.Select(k => ((YamlScalarNode)k).Value!);

    /// <summary>A text; empty when there is none.</summary>
    public string this[string key] => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? ((YamlScalarNode)value).Value ?? "" : "";

    /// <summary>A list of words; empty when there is none.</summary>
    public IReadOnlyList<string> List(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? [.. ((YamlSequenceNode)value).Select(n => ((YamlScalarNode)n).Value!)] : [];
}
