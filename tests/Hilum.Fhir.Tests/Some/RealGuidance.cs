using Hilum.Fhir.Reading;
using Hilum.Guidance;

namespace Hilum.Fhir.Tests.Some;

/// <summary>The real guidance, and where things lie.</summary>
internal static class RealGuidance
{
    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    private static readonly Lazy<GuidanceContent> Loaded = new(() => ContentLoader.Load(ContentFiles.Read(Path.Combine(Root, "guidance"))));

    /// <summary>The content; a guidance folder that does not load fails every test that needs it.</summary>
    public static GuidanceContent Content => Loaded.Value;

    /// <summary>A reader over the real dictionary.</summary>
    public static BundleReader Reader => field ??= new(Content.Facts, Content.Formulary);

    /// <summary>A folder of the shared example data; the test is skipped where it is not.</summary>
    public static string Examples(string folder)
    {
        var path = Path.Combine(Root, "..", "shared", "data", "fhir-examples", folder);
        Assert.SkipUnless(Directory.Exists(path), $"the example data are not here: {path}");
        return path;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hilum.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("Hilum.slnx is in no folder above the tests.");
    }
}
