using Hilum.Fhir.Reading;
using Hilum.Guidance;

namespace Hilum.Fhir.Tests.Some;

/// <summary>The real guidance, and where things lie.</summary>
internal static class RealGuidance
{
    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    private static readonly Lazy<(GuidanceContent? Content, string Why)> Loaded = new(() =>
    {
        try
        {
            return (ContentLoader.Load(ContentFiles.Read(Path.Combine(Root, "guidance"))), "");
        }
        catch (Exception fault) when (fault is ContentException or IOException)
        {
            return (null, fault.Message);
        }
    });

    /// <summary>The content; the test is skipped while the guidance folder does not load.</summary>
    public static GuidanceContent Content
    {
        get
        {
            Assert.SkipWhen(Loaded.Value.Content is null, "guidance/ does not load: " + Loaded.Value.Why.Split('\n')[0]);
            return Loaded.Value.Content!;
        }
    }

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
