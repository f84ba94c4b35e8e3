namespace Hilum.Web;

/// <summary>An invented patient of the examples folder.</summary>
/// <param name="Id">The name of its folder.</param>
/// <param name="File">Its record.</param>
public sealed record ExamplePatient(string Id, string File);

/// <summary>The patients that the pages know.</summary>
/// <param name="settings">Where examples lie.</param>
public sealed class PatientList(SiteSettings settings)
{
    /// <summary>The examples, by name.</summary>
    public IReadOnlyList<ExamplePatient> Examples { get; } = [.. Find(settings.Examples)];

    private static IEnumerable<ExamplePatient> Find(string? folder) => folder is null || !Directory.Exists(folder) ? [] : Directory.GetDirectories(folder)
        .SelectMany(f => new[] { "case.yaml", "bundle.json" }.Select(n => Path.Combine(f, n)).Where(File.Exists).Take(1).Select(r => new ExamplePatient(Path.GetFileName(f), r)))
        .OrderBy(p => p.Id, StringComparer.Ordinal);
}
