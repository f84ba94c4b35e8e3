using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Guidance;

namespace Hilum.Web.Patients;

/// <summary>The cases that are open, in memory alone, with their last versions; and the invented patients, opened when asked for.</summary>
/// <param name="settings">Where the invented patients lie.</param>
/// <param name="content">The guidance, against which records are read.</param>
internal sealed class PatientList(SiteSettings settings, GuidanceContent content)
{
    private const int MostCases = 300;
    private const int MostVersions = 60;

    private readonly Lock gate = new();
    private readonly Dictionary<string, List<OpenCase>> open = new(StringComparer.Ordinal);
    private readonly List<string> order = [];

    /// <summary>The invented patients: id and file.</summary>
    public IReadOnlyList<(string Id, string File)> Examples { get; } = [.. Under(settings.Examples)];

    /// <summary>Cases that a person opened, newest first.</summary>
    public IReadOnlyList<OpenCase> Own
    {
        get
        {
            lock (gate) return [.. order.Select(id => open[id][^1]).Where(c => !c.IsExample).Reverse()];
        }
    }

    /// <summary>The newest version of a case; null when there is none.</summary>
    public OpenCase? Find(string id)
    {
        lock (gate)
            if (open.TryGetValue(id, out var versions)) return versions[^1];
        return Example(id) is { } example ? Add(example) : null;
    }

    /// <summary>An invented patient as the file has it, whatever anybody changed since; null when there is none.</summary>
    public OpenCase? Example(string id)
    {
        var example = Examples.FirstOrDefault(e => e.Id == id);
        if (example.File is null) return null;
        var record = RecordReader.Read(File.ReadAllBytes(example.File), content, null).Record;
        return record is null ? null : new() { Id = id, Name = id, IsExample = true, Record = record };
    }

    /// <summary>A version of a case; the newest when it is no longer kept.</summary>
    public OpenCase? Find(string id, int version)
    {
        lock (gate) return open.TryGetValue(id, out var versions) ? versions.Find(v => v.Version == version) ?? versions[^1] : null;
    }

    /// <summary>Opens a record under a new id.</summary>
    public OpenCase Open(string name, PatientRecord record) => Add(new() { Id = Guid.NewGuid().ToString("n")[..12], Name = name, Record = record });

    /// <summary>Makes a new version. Nothing is changed when the result is the same.</summary>
    public OpenCase? Change(string id, Func<OpenCase, OpenCase> change)
    {
        lock (gate)
        {
            if (!open.TryGetValue(id, out var versions)) return null;
            var changed = change(versions[^1]);
            if (ReferenceEquals(changed, versions[^1])) return changed;
            changed = changed with { Version = versions[^1].Version + 1 };
            versions.Add(changed);
            if (versions.Count > MostVersions) versions.RemoveAt(0);
            return changed;
        }
    }

    /// <summary>Takes the last change of what is known back, as a new version. What the team wrote and signed stays.</summary>
    public void Undo(string id)
    {
        lock (gate)
        {
            if (!open.TryGetValue(id, out var versions)) return;
            var last = versions[^1];
            var before = versions.FindLastIndex(v => v.With(last) != last);
            if (before < 0) return;
            var undone = versions[before].With(last) with { Version = last.Version + 1 };
            versions.RemoveRange(before, versions.Count - before);
            versions.Add(undone);
        }
    }

    /// <summary>Forgets a case.</summary>
    public void Close(string id)
    {
        lock (gate)
        {
            open.Remove(id);
            order.Remove(id);
        }
    }

    private OpenCase Add(OpenCase one)
    {
        lock (gate)
        {
            if (open.TryGetValue(one.Id, out var already)) return already[^1];
            if (order.Count >= MostCases)
            {
                open.Remove(order[0]);
                order.RemoveAt(0);
            }

            open[one.Id] = [one];
            order.Add(one.Id);
            return one;
        }
    }

    private static IEnumerable<(string, string)> Under(string? folder) => folder is null || !Directory.Exists(folder) ? [] : Directory.GetDirectories(folder)
        .SelectMany(f => new[] { "case.yaml", "bundle.json" }.Select(n => Path.Combine(f, n)).Where(File.Exists).Take(1).Select(r => (Path.GetFileName(f), r)))
        .OrderBy(p => p.Item1, StringComparer.Ordinal);
}
