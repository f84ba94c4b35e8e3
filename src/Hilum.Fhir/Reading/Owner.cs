using System.Text.Json;
using Hilum.Facts;
using Hilum.Words;

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
    public static (Owner? Owner, ReadingProblem? Problem) Find(IReadOnlyList<Entry> entries, List<Phrase> warnings)
    {
        var patients = entries.Where(e => e.Type == "Patient" && e.Reasons.Count == 0).DistinctBy(e => e.Identity).ToList();
        if (patients.Count > 1) return (null, Two(patients.Select(p => p.Label)));
        if (patients.Count == 1) return (new(patients[0], null), null);
        var references = entries.Select(e => Reference(e.Json)).Where(r => r is not null && r[0] != '#').Select(r => WithoutVersion(r!)).DistinctBy(Tail).ToList();
        if (references.Count > 1) return (null, Two(references));
        warnings.Add(new("the record has no Patient resource: age and sex are not known from it", "le dossier n'a pas de ressource Patient : il ne donne ni l'âge ni le sexe"));
        return (new(null, references.FirstOrDefault()), null);
    }

    /// <summary>Why a resource is not about this patient; null when it is, or when it does not say (then with a warning).</summary>
    public Phrase? Objection(Entry entry, RecordDraft draft)
    {
        if (Subject(entry.Json) is not { } subject)
        {
            draft.Warn($"{entry.Label}: does not say whose it is; it was used", $"{entry.Label} : ne dit pas de qui il s'agit ; retenu");
            return null;
        }

        if (EntryList.Text(subject, "reference") is not { } reference) return ObjectionToIdentifier(entry, subject, draft);
        if (reference[0] == '#') return Contained(entry, reference, draft);
        var plain = WithoutVersion(reference);
        var same = patient is null ? loneReference is not null && Tail(plain) == Tail(loneReference) : IsPatient(plain);
        var own = patient is null ? loneReference : patient.Label;
        return same ? null : new($"it is about {plain}, not about {own}", $"elle porte sur {plain}, non sur {own}");
    }

    private bool IsPatient(string reference)
    {
        if (reference == patient!.FullUrl) return true;
        if (patient.Id is null) return false;
        if (reference == $"Patient/{patient.Id}" || reference == $"urn:uuid:{patient.Id}") return true;
        if (!reference.EndsWith($"/Patient/{patient.Id}", StringComparison.Ordinal)) return false;
        return patient.FullUrl is null || !patient.FullUrl.StartsWith("http", StringComparison.Ordinal) || patient.FullUrl == reference;
    }

    private Phrase? ObjectionToIdentifier(Entry entry, JsonElement subject, RecordDraft draft)
    {
        if (EntryList.Member(subject, "identifier") is { } wanted && patient is not null && EntryList.Text(wanted, "value") is { } value)
        {
            var system = EntryList.Text(wanted, "system");
            var own = Identifiers(patient.Json).Where(i => i.System == system).ToList();
            if (own.Exists(i => i.Value == value)) return null;
            if (own.Count > 0 && system is not null) return new($"it is about the patient with identifier {value}, not about {patient.Label}", $"elle porte sur la personne d'identifiant {value}, non sur {patient.Label}");
        }

        draft.Warn($"{entry.Label}: names its patient without a reference; it was used", $"{entry.Label} : nomme la personne sans référence ; retenu");
        return null;
    }

    private Phrase? Contained(Entry entry, string reference, RecordDraft draft)
    {
        if (patient is not null) return new($"its patient is described inside it ({reference}): whether that is {patient.Label} cannot be checked", $"la personne y est décrite à l'intérieur ({reference}) : on ne peut vérifier qu'il s'agit de {patient.Label}");
        draft.Warn($"{entry.Label}: its patient is described inside it ({reference}); it was used", $"{entry.Label} : la personne y est décrite à l'intérieur ({reference}) ; retenu");
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
