namespace Hilum.Guidance;

/// <summary>Checked content, kept beside the program under the hash of its files, so that a start does not read YAML.</summary>
/// <remarks>The hash is taken over the files at every start: a changed file is never missed. A cache that cannot be read or written is done without.</remarks>
public static class ContentCache
{
    /// <summary>Loads a folder, from the cache when it holds this very content and was made by this very build.</summary>
    /// <param name="guidance">The guidance folder.</param>
    /// <param name="cache">The folder for compiled content; null for none.</param>
    public static GuidanceContent Load(string guidance, string? cache)
    {
        var files = ContentFiles.Read(guidance);
        if (cache is null) return ContentLoader.Load(files);
        var path = Path.Combine(cache, $"{files.Sha256[..32]}-{typeof(ContentCache).Module.ModuleVersionId:N}.guidance");
        if (TryRead(path, files.Sha256) is { } kept) return kept;
        var content = ContentLoader.Load(files);
        TryWrite(path, content);
        return content;
    }

    private static GuidanceContent? TryRead(string path, string sha256)
    {
        try
        {
            if (!File.Exists(path)) return null;
            return CompiledContent.Read(File.ReadAllBytes(path), sha256);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes beside and renames, so that no half-written file is ever read.</summary>
    private static void TryWrite(string path, GuidanceContent content)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var part = $"{path}.{Environment.ProcessId}.part";
            File.WriteAllBytes(part, CompiledContent.Write(content));
            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the next start reads the text again
        }
    }
}
