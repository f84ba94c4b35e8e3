using Hilum.Guidance;

namespace Hilum.Proof.Tests.Support;

/// <summary>The guidance of this repository, and the same with something changed.</summary>
internal static class Real
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The files.</summary>
    public static ContentFiles Files { get; } = ContentFiles.Read(Path.Combine(Root, "guidance"));

    /// <summary>The content.</summary>
    public static GuidanceContent Content { get; } = ContentLoader.Load(Files);

    /// <summary>The files with one text replaced in one of them; the text must be there.</summary>
    public static ContentFiles Edited(string path, string text, string replacement)
    {
        var before = Files.Text(path);
        var at = before.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{path} does not hold: {text}");
        return Files.With(path, string.Concat(before.AsSpan(0, at), replacement, before.AsSpan(at + text.Length)));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Hilum.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }
}
