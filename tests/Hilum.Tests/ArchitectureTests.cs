using System.Text.RegularExpressions;
using Xunit;

namespace Hilum.Tests;

/// <summary>Who may call whom, as ARCHITECTURE.md says it.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Folders = ["Words", "Measures", "Expressions", "Facts", "Evidence", "Risk", "Options", "Plans", "Guidance", "Answers"];

    [Fact]
    public void A_folder_of_the_library_uses_only_the_folders_above_it()
    {
        var source = Path.Combine(Root(), "src", "Hilum");
        var wrong = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Using().Matches(File.ReadAllText(file)).Select(m => (File: Path.GetRelativePath(source, file).Replace('\\', '/'), Used: m.Groups["folder"].Value)))
            .Where(u => Array.IndexOf(Folders, u.Used) > Array.IndexOf(Folders, u.File.Split('/')[0]))
            .Select(u => $"{u.File} uses {u.Used}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_page_on_architecture_names_every_folder_in_this_order()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "ARCHITECTURE.md"));
        var named = Folders.Select(f => page.IndexOf($"| `{f}` |", StringComparison.Ordinal)).ToArray();

        Assert.DoesNotContain(-1, named);
        Assert.Equal(named.Order(), named);
        Assert.Equal(Folders.Order(StringComparer.Ordinal), Directory.GetDirectories(Path.Combine(Root(), "src", "Hilum")).Select(d => Path.GetFileName(d)!).Where(d => d is not ("obj" or "bin")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_drug_of_the_catalogue_is_named_in_the_code()
    {
        var drugs = Directory.GetFiles(Path.Combine(Root(), "guidance", "drugs"), "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Where(d => d != "classes").ToArray();
        var code = Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories);
        var named = code.SelectMany(file => File.ReadLines(file)
            .Where(line => !line.TrimStart().StartsWith("///", StringComparison.Ordinal) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => drugs.Where(d => line.Contains($"\"{d}\"", StringComparison.OrdinalIgnoreCase)).Select(d => $"{Path.GetFileName(file)}: {d}")));

        Assert.Empty(named);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Hilum.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex(@"^using Hilum\.(?<folder>\w+)", RegexOptions.Multiline, 1000)]
    private static partial Regex Using();
}
