using Hilum.Facts;
using Hilum.Guidance;

namespace Hilum.Cli.Tests.Support;

/// <summary>Where things lie in this checkout, and its guidance, read once.</summary>
internal static class Repository
{
    private static readonly Lazy<GuidanceContent> Loaded = new(() => ContentLoader.Load(ContentFiles.Read(Guidance)));

    /// <summary>The root of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The guidance that a clinician reads and signs.</summary>
    public static string Guidance => Path.Combine(Root, "guidance");

    /// <summary>That guidance, checked.</summary>
    public static GuidanceContent Content => Loaded.Value;

    /// <summary>Ids of the catalogue.</summary>
    public static HashSet<string> Treatments => field ??= Content.Catalogue.Treatments.Select(t => t.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Names of the invented patients, in ordinal order.</summary>
    public static IEnumerable<string> Patients => Directory.GetDirectories(Path.Combine(Root, "patients")).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal);

    /// <summary>The record of an invented patient: a case file or a FHIR bundle.</summary>
    public static string RecordOf(string patient) =>
        new[] { "case.yaml", "bundle.json" }.Select(f => Path.Combine(Root, "patients", patient, f)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"patients/{patient} holds neither case.yaml nor bundle.json");

    /// <summary>The drawn vignettes that several projects share; null where they are not.</summary>
    public static string? Vignettes => Path.Combine(Root, "..", "shared", "data", "vignettes") is var path && Directory.Exists(path) ? path : null;

    /// <summary>Reads a case file that must be readable.</summary>
    public static PatientRecord Read(string caseFile)
    {
        var reading = CaseFileReader.Read(System.Text.Encoding.UTF8.GetBytes(caseFile), Content.Facts, Content.Formulary, Treatments);
        return reading.Record ?? throw new InvalidOperationException($"{string.Join('\n', reading.Problems)}\n{caseFile}");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Hilum.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException("Hilum.slnx stands in no folder above the tests");
    }
}
