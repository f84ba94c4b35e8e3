using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Hilum.Cli.Tests.Support;

/// <summary>What people see is kept as approved files. UPDATE_APPROVED=1 rewrites them; read what changed before you commit it.</summary>
internal static class Approved
{
    private const int Around = 2;

    private static bool Update => Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1";

    /// <summary>Compares a text with the approved one.</summary>
    public static void Check(string path, string actual)
    {
        if (Update)
        {
            File.WriteAllText(path, actual);
            return;
        }

        var name = Path.GetRelativePath(Repository.Root, path);
        Assert.True(File.Exists(path), $"{name} is missing: run the tests with UPDATE_APPROVED=1, read the file as a kidney cancer doctor would, and commit it");
        var approved = File.ReadAllText(path).ReplaceLineEndings("\n");
        if (approved != actual) Assert.Fail($"{name} is not what was approved (- approved, + now); UPDATE_APPROVED=1 rewrites it:\n{Difference(approved, actual)}");
    }

    private static string Difference(string approved, string actual)
    {
        var lines = InlineDiffBuilder.Diff(approved, actual, ignoreWhiteSpace: false).Lines;
        var text = new StringBuilder();
        var shown = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            if (!lines.Skip(Math.Max(0, i - Around)).Take(1 + (2 * Around)).Any(l => l.Type is not ChangeType.Unchanged)) continue;
            if (shown >= 0 && shown < i - 1) text.AppendLine("  ...");
            text.Append(lines[i].Type switch { ChangeType.Inserted => "+ ", ChangeType.Deleted => "- ", _ => "  " }).AppendLine(lines[i].Text);
            shown = i;
        }

        return text.ToString();
    }
}
