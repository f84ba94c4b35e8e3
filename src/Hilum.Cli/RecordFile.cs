using Hilum.Fhir.Reading;

namespace Hilum.Cli;

/// <summary>Reads the bytes of a record from a file or from standard input.</summary>
internal static class RecordFile
{
    /// <summary>The bytes; null, with a problem added, when they cannot be had.</summary>
    public static ReadOnlyMemory<byte>? Read(string path, List<string> problems)
    {
        try
        {
            using var stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            using var bytes = new MemoryStream();
            var part = new byte[64 * 1024];
            for (int n; (n = stream.Read(part)) > 0;)
            {
                bytes.Write(part, 0, n);
                if (bytes.Length <= RecordReader.Largest) continue;
                problems.Add($"{path}: larger than {RecordReader.Largest / 1024 / 1024} MB; the record of one patient was expected");
                return null;
            }

            if (bytes.Length > 0) return bytes.ToArray();
            problems.Add($"{path}: the file is empty; a FHIR bundle or a case file was expected");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problems.Add($"{path}: {(e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e is UnauthorizedAccessException ? "this is not a file that can be read" : e.Message)}");
        }

        return null;
    }
}
