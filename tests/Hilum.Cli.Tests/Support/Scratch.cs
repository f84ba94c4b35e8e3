namespace Hilum.Cli.Tests.Support;

/// <summary>Files that go away with the tests.</summary>
internal static class Scratch
{
    private static int files;

    static Scratch() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // the system clears its own temporary folder
        }
    };

    /// <summary>The folder of this run.</summary>
    public static string Folder { get; } = Directory.CreateTempSubdirectory("hilum-cli-tests-").FullName;

    /// <summary>A path that nothing has yet.</summary>
    public static string NewPath(string name) => Path.Combine(NewFolder(), name);

    /// <summary>An empty folder.</summary>
    public static string NewFolder() => Directory.CreateDirectory(Path.Combine(Folder, $"{Interlocked.Increment(ref files)}")).FullName;

    /// <summary>A file with this text.</summary>
    public static string Write(string text, string name = "case.yaml") => Write(System.Text.Encoding.UTF8.GetBytes(text), name);

    /// <summary>A file with these bytes.</summary>
    public static string Write(byte[] bytes, string name)
    {
        var path = NewPath(name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A copy of the guidance folder.</summary>
    public static string CopyOfGuidance()
    {
        var copy = NewFolder();
        foreach (var file in Directory.EnumerateFiles(Repository.Guidance, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(Repository.Guidance, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return copy;
    }
}
