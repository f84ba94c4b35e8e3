using Hilum.Guidance;

namespace Hilum.Tests.Guidance;

/// <summary>The guidance of this repository, read once.</summary>
internal static class Content
{
    /// <summary>The files.</summary>
    public static ContentFiles Files { get; } = ContentFiles.Read(Path.Combine(Root(), "guidance"));

    /// <summary>The content.</summary>
    public static GuidanceContent Loaded { get; } = ContentLoader.Load(Files);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Hilum.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }
}
