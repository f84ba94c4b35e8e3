using System.Text.Json;
using Hilum.Facts;

namespace Hilum.Fhir.Reading;

/// <summary>The one patient that a record is about, and whether a resource is about that patient.</summary>
internal sealed class Owner
{
    private readonly Entry? patient;
    private readonly string? loneReference;

    private Owner(Entry? patient, string? loneReference) => (this.patient, this.loneReference) = (patient, loneReference);

    /// <summary>The local id; empty when there is none.</summary>
    public string Id => patient is not null ? patient.Id ?? patient.FullUrl ?? "" : loneReference is null ? "" : Tail(loneReference);

    /// <summary>The Patient resource, or null.</summary>
    public Entry? Patient => patient;

    /// <summary>Finds the patient; a record about two is a problem.</summary>
    public static (Owner? Owner, ReadingProblem? Problem) Find(IReadOnlyList<Entry> entries, List<string> warnings)
    {
        var patients = entries.Where(e => e.Type == "Patient" && e.Reasons.Count == 0).DistinctBy(e => e.Identity).ToList();
        if (patients.Count > 1) return (null, Two(patients.Select(p => p.Label)));
        if (patients.Count == 1) return (new(patients[0], null), null);
        var references = entries.Select(e => Reference(e.Json)).Where(r => r is not null && r[0] != '#').Select(r => WithoutVersion(r!)).DistinctBy(Tail).ToList();
        if (references.Count > 1) return (null, Two(references));
        warnings.Add("the record has no Patient resource: age and sex are not known from it");
        return (new(null, references.FirstOrDefault()), null);
    }

    /// <summary>Why a resource is not about this patient; null when it is, or when it does not say (then with a warning).</summary>
    public string? Objection(Entry entry, RecordDraft draft)
    {
        if (Subject(entry.Json) is not { } subject)
        {
            draft.Warn($"{entry.Label}: does not say whose it is; it was used");
            return null;
        }

        if (EntryList.Text(subject, "reference") is not { } reference) return ObjectionToIdentifier(entry, subject, draft);
        if (reference[0] == '#') return Contained(entry, reference, draft);
        var plain = WithoutVersion(reference);
        var same = patient is null ? loneReference is not null && Tail(plain) == Tail(loneReference) : IsPatient(plain);
        return same ? null : $"it is about {plain}, not about {(patient is null ? loneReference : patient.Label)}";
    }

    private bool IsPatient(string reference)
    {
        if (reference == patient!.FullUrl) return true;
        if (patient.Id is null) return false;
        if (reference == $"Patient/{patient.Id}" || reference == $"urn:uuid:{patient.Id}") return true;
        if (!reference.EndsWith($"/Patient/{patient.Id}", StringComparison.Ordinal)) return false;
        return patient.FullUrl is null || !patient.FullUrl.StartsWith("http", StringComparison.Ordinal) || patient.FullUrl == reference;
    }

    private string? ObjectionToIdentifier(Entry entry, JsonElement subject, RecordDraft draft)
    {
        if (EntryList.Member(subject, "identifier") is { } wanted && patient is not null && EntryList.Text(wanted, "value") is { } value)
        {
            var system = EntryList.Text(wanted, "system");
            var own = Identifiers(patient.Json).Where(i => i.System == system).ToList();
            if (own.Exists(i => i.Value == value)) return null;
            if (own.Count > 0 && system is not null) return $"it is about the patient with identifier {value}, not about {patient.Label}";
        }

        draft.Warn($"{entry.Label}: names its patient without a reference; it was used");
        return null;
    }

    private string? Contained(Entry entry, string reference, RecordDraft draft)
    {
        if (patient is not null) return $"its patient is described inside it ({reference}): whether that is {patient.Label} cannot be checked";
        draft.Warn($"{entry.Label}: its patient is described inside it ({reference}); it was used");
        return null;
    }

    private static IEnumerable<(string? System, string? Value)> Identifiers(JsonElement json) =>
        json.TryGetProperty("identifier", out var all) && all.ValueKind is JsonValueKind.Array
            ? all.EnumerateArray().Select(i => (EntryList.Text(i, "system"), EntryList.Text(i, "value"))) : [];

    private static JsonElement? Subject(JsonElement json) => EntryList.Member(json, "subject") ?? EntryList.Member(json, "patient");

    private static string? Reference(JsonElement json) => Subject(json) is { } subject ? EntryList.Text(subject, "reference") : null;

    private static string WithoutVersion(string reference)
    {
        var version = reference.IndexOf("/_history/", StringComparison.Ordinal);
        return version < 0 ? reference : reference[..version];
    }

    private static string Tail(string reference)
    {
        var at = reference.LastIndexOfAny(['/', ':']);
        return at < 0 ? reference : reference[(at + 1)..];
    }

    private static ReadingProblem Two(IEnumerable<string> labels) => Two([.. labels]);

    private static ReadingProblem Two(List<string> labels) => labels.Count == 2
        ? new("", $"two patients: {labels[0]} and {labels[1]}; a plan is for one")
        : new("", $"{labels.Count} patients: {string.Join(", ", labels.Take(5))}{(labels.Count > 5 ? " ..." : "")}; a plan is for one");
}
