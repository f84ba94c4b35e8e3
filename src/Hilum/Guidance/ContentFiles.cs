using System.Security.Cryptography;
using System.Text;

namespace Hilum.Guidance;

/// <summary>The files of a guidance folder, as read once, and the hash that names them.</summary>
public sealed class ContentFiles
{
    private const long LargestFolder = 64 * 1024 * 1024;

    private ContentFiles(string root, IReadOnlyList<(string Path, byte[] Bytes)> files, string sha256)
    {
        Root = root;
        Files = files;
        Sha256 = sha256;
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>Relative path (with forward slashes) and bytes of every file, in ordinal order of path.</summary>
    public IReadOnlyList<(string Path, byte[] Bytes)> Files { get; }

    /// <summary>SHA-256, in lower-case hexadecimal, over relative path and LF-normalised bytes of every file, in ordinal path order.</summary>
    public string Sha256 { get; }

    /// <summary>Reads a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds more than 64 MB.</exception>
    public static ContentFiles Read(string root)
    {
        var full = Path.GetFullPath(root);
        if (!Directory.Exists(full)) throw new DirectoryNotFoundException($"There is no guidance folder at {root}.");
        var paths = Directory.GetFiles(full, "*", SearchOption.AllDirectories)
            .Select(p => (Full: p, Relative: Path.GetRelativePath(full, p).Replace('\\', '/')))
            .Where(p => !p.Relative.Split('/').Any(part => part.StartsWith('.')))
            .OrderBy(p => p.Relative, StringComparer.Ordinal).ToArray();
        var files = new (string, byte[])[paths.Length];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long total = 0;
        for (var i = 0; i < paths.Length; i++)
        {
            var bytes = File.ReadAllBytes(paths[i].Full);
            total += bytes.Length;
            if (total > LargestFolder) throw new InvalidDataException($"The guidance folder holds more than {LargestFolder / 1024 / 1024} MB.");
            files[i] = (paths[i].Relative, bytes);
            hash.AppendData(Encoding.UTF8.GetBytes(paths[i].Relative));
            AppendNormalised(hash, bytes);
        }

        return new(full, files, Convert.ToHexStringLower(hash.GetHashAndReset()));
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
