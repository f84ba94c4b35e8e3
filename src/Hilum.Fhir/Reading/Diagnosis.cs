using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Words;

namespace Hilum.Fhir.Reading;

/// <summary>The cancers that a record describes, and which of them an Observation is about.</summary>
internal sealed class Diagnosis(IReadOnlyList<Finding> findings, References references)
{
    private readonly IReadOnlyList<Finding> kidney = [.. findings.Where(f => f is { Kind: CancerKind.Kidney, IsRefuted: false })];
    private readonly IReadOnlyList<Finding> others = [.. findings.Where(f => f is { Kind: CancerKind.OtherPrimary, IsRefuted: false })];

    /// <summary>The Conditions that are the kidney cancer.</summary>
    public IReadOnlyList<Finding> Kidney => kidney;

    /// <summary>Primary cancers other than of the kidney.</summary>
    public IReadOnlyList<Finding> Others => others;

    /// <summary>Why something that names these Conditions (or none) is not about the kidney cancer; null when it may be.</summary>
    /// <param name="named">The Conditions that it names.</param>
    /// <param name="doubt">Set when it may be about another cancer that is no longer active.</param>
    public Phrase? Objection(IEnumerable<Hl7.Fhir.Model.ResourceReference?> named, out Phrase? doubt)
    {
        doubt = null;
        var found = named.Select(r => references.Find(r)).OfType<Entry>().Select(e => findings.FirstOrDefault(f => f.Entry == e)).OfType<Finding>().ToList();
        if (found.Exists(f => f.Kind is CancerKind.Kidney)) return null;
        if (found.Find(f => f.Kind is CancerKind.OtherPrimary or CancerKind.None) is { } other) return new($"it is about {other.Entry.Label} ({other.Code.Text ?? "another illness"}), not about a kidney cancer", $"elle porte sur {other.Entry.Label} ({other.Code.Text ?? "une autre maladie"}), non sur un cancer du rein");
        if (others.Count == 0 || found.Count > 0) return null;
        if (kidney.Count == 0 || others.Any(o => o.IsActive)) return new($"the record holds another cancer ({others[0].Entry.Label}), and this does not say which one it is about", $"le dossier contient un autre cancer ({others[0].Entry.Label}), et rien ne dit duquel il s'agit ici");
        doubt = new($"does not say which cancer it is about; {others[0].Entry.Label} is no longer active, so it was taken for the kidney cancer", $"ne dit pas de quel cancer il s'agit ; {others[0].Entry.Label} n'est plus actif, on a donc compris le cancer du rein");
        return null;
    }

    /// <summary>States whether this is a kidney cancer when no Condition says that it is: not, or unknown.</summary>
    public void Conclude(RecordDraft draft)
    {
        if (kidney.Count > 0 || draft.Fact(FactIds.KidneyCancer) is not { } fact) return;
        var no = new GivenCode(1);
        if (others.Count > 0)
        {
            var names = string.Join(", ", others.Select(o => $"{o.Code.Text ?? o.Code.En} ({o.Entry.Label})"));
            foreach (var other in others) other.Entry.Used = true;
            draft.Give(fact.Id, no, Origins.OtherCancer + names);
        }
        else if (findings.FirstOrDefault(f => f is { Kind: CancerKind.Kidney, IsRefuted: true }) is { } refuted)
        {
            draft.Give(refuted.Entry, fact, no, refuted.Date);
        }
        else if (!draft.HasHint)
        {
            draft.Give(fact.Id, no, Origins.NoKidneyCancer);
        }
        else
        {
            draft.Warn("the record speaks of a stage, a metastasis, a histology or a treatment, but no Condition says which cancer it is: whether it is a kidney cancer is not known", "le dossier parle d'un stade, d'une métastase, d'une histologie ou d'un traitement, mais aucune Condition ne dit de quel cancer : on ne sait pas s'il s'agit d'un cancer du rein");
        }
    }
}
