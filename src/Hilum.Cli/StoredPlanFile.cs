using Hilum.Answers;
using Hilum.Facts;

namespace Hilum.Cli;

/// <summary>Reads a stored plan from a file or from standard input.</summary>
internal static class StoredPlanFile
{
    /// <summary>The plan and its bytes; null, with the problems, when it cannot be read.</summary>
    public static (StoredPlan Plan, ReadOnlyMemory<byte> Bytes)? Read(string path, List<string> problems)
    {
        if (RecordFile.Read(path, problems) is not { } bytes) return null;
        var found = new List<ReadingProblem>();
        var plan = StoredPlan.Read(bytes, found);
        problems.AddRange(found.Select(p => $"{path}: {p}"));
        return plan is null ? null : (plan, bytes);
    }
}
