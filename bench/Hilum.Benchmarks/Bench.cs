using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Guidance;
using Hilum.Options;

namespace Hilum.Benchmarks;

/// <summary>What every measurement needs: the guidance of this checkout, and the records.</summary>
internal static class Bench
{
    /// <summary>The day on which every record is judged.</summary>
    public static readonly DateOnly AsOf = new(2026, 11, 3);

    private static readonly Lazy<GuidanceContent> Loaded = new(() => ContentLoader.Load(ContentFiles.Read(GuidanceFolder)));

    /// <summary>The checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Its guidance.</summary>
    public static string GuidanceFolder => Path.Combine(Root, "guidance");

    /// <summary>The guidance, loaded once.</summary>
    public static GuidanceContent Content => Loaded.Value;

    /// <summary>A FHIR bundle of one patient, of usual size.</summary>
    public static byte[] Bundle() => File.ReadAllBytes(Path.Combine(Root, "patients", "untreated-clear-cell-favourable", "bundle.json"));

    /// <summary>A case file of bench/records.</summary>
    public static byte[] CaseFile(string name) => File.ReadAllBytes(Path.Combine(Root, "bench", "records", name + ".yaml"));

    /// <summary>The facts of a case file.</summary>
    public static Case Read(byte[] caseFile) => Facts(CaseFileReader.Read(caseFile, Content.Facts, Content.Formulary, TreatmentIds));

    /// <summary>The facts of a bundle.</summary>
    public static Case Read(byte[] bundle, BundleReader reader) => Facts(reader.Read(bundle, AsOf));

    /// <summary>The options of a patient, as if nobody had been judged before.</summary>
    public static Assessment Judge(Case patient, Edition[]? editions = null)
    {
        Completed.By(Content.Facts).Clear();
        return Content.Assessor.Assess(patient, editions);
    }

    private static string[] TreatmentIds => [.. Content.Catalogue.Treatments.Select(t => t.Id)];

    private static Case Facts(Reading reading) =>
        new CaseBuilder(Content.Facts).Build(reading.Record ?? throw new InvalidDataException(string.Join("; ", reading.Problems)), new() { AsOf = AsOf });

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Hilum.slnx"))) return at.FullName;
        throw new DirectoryNotFoundException("The benchmarks run inside a checkout of Hilum.");
    }
}
