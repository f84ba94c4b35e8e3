namespace Hilum.Guidance;

/// <summary>
/// What <c>guidance check</c> and <c>guidance diff</c> answered, kept beside the compiled content under the hash of the content that was asked about and the build
/// that asked, so that pages can show it without the solver.
/// </summary>
/// <remarks>Whoever reads it back checks it: anybody may write into a cache.</remarks>
/// <param name="cache">The folder for compiled content.</param>
public sealed class KeptResults(string cache)
{
    /// <summary>The largest result that is kept or read, in bytes.</summary>
    public const int Largest = 8 * 1024 * 1024;

    /// <summary>How many are kept, of every content together; the oldest go first.</summary>
    public const int Most = 400;

    private readonly string folder = Path.Combine(cache, "results");

    /// <summary>The name of a check: of everything, or of one edition.</summary>
    public static string Check(string? edition = null) => edition is null ? "check" : $"check.{edition}";

    /// <summary>The name of a comparison: its conditions are sentences, and so in a language.</summary>
    /// <param name="from">The first edition.</param>
    /// <param name="to">The second.</param>
    /// <param name="language"><c>en</c> or <c>fr</c>.</param>
    public static string Diff(string from, string to, string language) => $"diff.{from}.{to}.{language}";

    /// <summary>Keeps a result, in place of the one of before; written beside and renamed, so that no half is ever read. Null when it is kept, else why not.</summary>
    /// <param name="content">The content that it is about.</param>
    /// <param name="name">A name made by <see cref="Check"/> or <see cref="Diff"/>.</param>
    /// <param name="json">The result, as the command prints it.</param>
    public string? Keep(GuidanceContent content, string name, ReadOnlySpan<byte> json)
    {
        if (json.Length > Largest) return $"{json.Length} bytes are more than the {Largest} that are kept";
        try
        {
            Directory.CreateDirectory(folder);
            var path = PathOf(content, name);
            var part = $"{path}.{Environment.ProcessId}.part";
            File.WriteAllBytes(part, json);
            File.Move(part, path, overwrite: true);
            foreach (var old in new DirectoryInfo(folder).GetFiles().OrderByDescending(f => f.LastWriteTimeUtc).Skip(Most)) old.Delete();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>Whether something is kept under this name for this content.</summary>
    public bool Has(GuidanceContent content, string name) => File.Exists(PathOf(content, name));

    /// <summary>A result for this content, and when it was kept; null when there is none that can be read.</summary>
    public (byte[] Json, DateTimeOffset On)? Find(GuidanceContent content, string name)
    {
        try
        {
            var file = new FileInfo(PathOf(content, name));
            if (!file.Exists || file.Length > Largest) return null;
            using var stream = file.OpenRead();
            var json = new byte[file.Length];
            stream.ReadExactly(json);
            return (json, new DateTimeOffset(file.LastWriteTimeUtc));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string PathOf(GuidanceContent content, string name) => Path.Combine(folder, $"{content.Sha256[..32]}-{typeof(KeptResults).Module.ModuleVersionId:N}.{name}.json");
}
