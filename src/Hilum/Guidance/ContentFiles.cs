using System.Security.Cryptography;
using System.Text;

namespace Hilum.Guidance;

/// <summary>A file of a guidance folder.</summary>
/// <param name="Path">Its path in the folder, with forward slashes.</param>
/// <param name="Bytes">Its bytes.</param>
public sealed record GuidanceFile(string Path, byte[] Bytes);

/// <summary>The files of a guidance folder, as read once, and the hash that names them.</summary>
/// <remarks>Read at every start: without value types in collections, whose code would have to be compiled first each time.</remarks>
public sealed class ContentFiles
{
    private const long LargestFolder = 64 * 1024 * 1024;
    private const long LargestFile = 4 * 1024 * 1024;

    private ContentFiles(string root, IReadOnlyList<GuidanceFile> files, string sha256)
    {
        Root = root;
        Files = files;
        Sha256 = sha256;
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>Every file, in ordinal order of path.</summary>
    public IReadOnlyList<GuidanceFile> Files { get; }

    /// <summary>SHA-256, in lower-case hexadecimal, over relative path and LF-normalised bytes of every file, in ordinal path order.</summary>
    public string Sha256 { get; }

    /// <summary>Reads a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">It holds more than 64 MB, or a file of more than 4 MB.</exception>
    public static ContentFiles Read(string root)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        if (!Directory.Exists(full)) throw new DirectoryNotFoundException($"There is no guidance folder at {root}.");
        var files = new List<GuidanceFile>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long total = 0;
        foreach (var path in RelativePaths(full))
        {
            using var file = File.OpenHandle(Path.Combine(full, path));
            var length = RandomAccess.GetLength(file);
            total += length;
            if (length > LargestFile) throw new ContentException([new(path, 1, 1, $"a file of {length / 1024} kB; at most {LargestFile / 1024} kB are read")]);
            if (total > LargestFolder) throw new ContentException([new(path, 1, 1, $"with it the folder holds more than {LargestFolder / 1024 / 1024} MB")]);
            var bytes = new byte[length];
            for (int at = 0, read = 1; read > 0 && at < bytes.Length; at += read) read = RandomAccess.Read(file, bytes.AsSpan(at), at);
            files.Add(new(path, bytes));
            hash.AppendData(Encoding.UTF8.GetBytes(path));
            AppendNormalised(hash, bytes);
        }

        return new(full, files, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>The same folder with another text in one file: what a change would come to, before it is made.</summary>
    public ContentFiles With(string path, string text)
    {
        GuidanceFile[] changed = [.. Files.Where(f => f.Path != path).Append(new(path, Encoding.UTF8.GetBytes(text))).OrderBy(f => f.Path, StringComparer.Ordinal)];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in changed)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file.Path));
            AppendNormalised(hash, file.Bytes);
        }

        return new(Root, changed, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>The text of a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public string Text(string path) => Encoding.UTF8.GetString((Files.FirstOrDefault(f => f.Path == path) ?? throw new FileNotFoundException($"There is no file {path} in the guidance.", path)).Bytes);

    /// <summary>Paths of the files, hidden ones left out, in ordinal order.</summary>
    private static List<string> RelativePaths(string full)
    {
        var paths = new List<string>();
        foreach (var path in Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(full, path).Replace('\\', '/');
            if (!relative.StartsWith('.') && !relative.Contains("/.", StringComparison.Ordinal)) paths.Add(relative);
        }

        paths.Sort(StringComparer.Ordinal);
        return paths;
    }

    private static void AppendNormalised(IncrementalHash hash, byte[] bytes)
    {
        if (!bytes.AsSpan().Contains((byte)'\r'))
        {
            hash.AppendData(bytes);
            return;
        }

        var normalised = new byte[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
            if (bytes[i] != '\r' || i + 1 >= bytes.Length || bytes[i + 1] != '\n') normalised[length++] = bytes[i];
        hash.AppendData(normalised.AsSpan(0, length));
    }
}
