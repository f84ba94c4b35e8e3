using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Measures;
using Hl7.Fhir.Model;
using Genomics = Hilum.Fhir.Codes.Structure.Genomics;
using Code = Hilum.Fhir.Codes.Code;

namespace Hilum.Fhir.Reading;

/// <summary>Reads variants, regions studied and what they were found to mean (genomics reporting, mCODE), for the genes that the dictionary names.</summary>
internal sealed class GeneReading(CodeIndex index, RecordDraft draft, References references)
{
    private readonly List<Variant> variants = [];
    private readonly List<Region> regions = [];
    private readonly Dictionary<Entry, List<Code>> meanings = [];

    private sealed record Variant(Seen Seen, List<FactDefinition> Facts, Truth Present, List<Code> Significance, bool Germline);

    private sealed record Region(Seen Seen, List<FactDefinition> Facts, bool OnlyMutations);

    /// <summary>Takes an Observation about genes; false when it is not one.</summary>
    public bool Take(Seen seen)
    {
        if (seen.Code.Codes.Contains(Genomics.Variant)) TakeVariant(seen);
        else if (seen.Code.Codes.Contains(Genomics.RegionStudied)) TakeRegion(seen);
        else return TakeMeaning(seen);
        return true;
    }

    /// <summary>States what all of them together say.</summary>
    public void Conclude()
    {
        foreach (var variant in variants) draft.Attempt(variant.Seen.Entry, () => State(variant));
        foreach (var region in regions)
        {
            foreach (var fact in region.Facts)
            {
                if (variants.Exists(v => v.Present is not Truth.False && v.Facts.Contains(fact))) region.Seen.Entry.Refuse($"{fact.Label.En}: a variant was found; it decides", $"{fact.Label.Fr} : un variant a été trouvé ; c'est lui qui compte");
                else if (region.OnlyMutations) region.Seen.Entry.Refuse($"{fact.Label.En}: only some mutations of the gene were tested for", $"{fact.Label.Fr} : seules certaines mutations du gène ont été cherchées");
                else draft.Give(region.Seen.Entry, fact, value: false, region.Seen.Date, region.Seen.Preliminary);
            }
        }
    }

    private void State(Variant variant)
    {
        var (seen, facts) = (variant.Seen, variant.Facts);
        var significance = variant.Significance.Concat(meanings.GetValueOrDefault(seen.Entry) ?? []).ToList();
        foreach (var fact in facts)
        {
            if (variant.Present is Truth.False)
            {
                if (variants.Exists(v => v != variant && v.Present is not Truth.False && v.Facts.Contains(fact))) seen.Entry.Refuse($"{fact.Label.En}: another variant was found; it decides", $"{fact.Label.Fr} : un autre variant a été trouvé ; c'est lui qui compte");
                else draft.Give(seen.Entry, fact, value: false, seen.Date, seen.Preliminary);
            }
            else if (variant.Present is Truth.Undecided)
            {
                seen.Entry.Refuse($"{fact.Label.En}: it does not say whether the variant is present", $"{fact.Label.Fr} : rien ne dit si le variant est présent");
            }
            else if (!significance.Exists(s => s == Genomics.Pathogenic || s == Genomics.LikelyPathogenic))
            {
                seen.Entry.Refuse($"{fact.Label.En}: the variant is not stated to be pathogenic or likely pathogenic", $"{fact.Label.Fr} : rien ne dit que le variant est pathogène ou probablement pathogène");
            }
            else if (fact.Id == FactIds.VhlDisease && !variant.Germline)
            {
                seen.Entry.Refuse($"{fact.Label.En}: the variant is not stated to be a germline one", $"{fact.Label.Fr} : rien ne dit que le variant est constitutionnel");
            }
            else
            {
                draft.Give(seen.Entry, fact, value: true, seen.Date, seen.Preliminary);
            }
        }
    }

    private void TakeVariant(Seen seen)
    {
        var facts = FactsOf(seen);
        if (facts.Count == 0) return;
        var present = Qualifiers.Of(Concept.Of(seen.Observation.Value as CodeableConcept, seen.Entry, draft).Codes);
        if (seen.Observation.Value is FhirBoolean { Value: { } yes }) present = yes.ToTruth();
        variants.Add(new(seen, facts, present, [.. CodesOf(seen, Genomics.Significance)], CodesOf(seen, Genomics.SourceClass).Contains(Genomics.Germline)));
    }

    private void TakeRegion(Seen seen)
    {
        var facts = FactsOf(seen);
        if (facts.Count > 0) regions.Add(new(seen, facts, CodesIn(seen, Genomics.Mutations).Any()));
    }

    /// <summary>A separate Observation of the clinical significance, derived from the variant.</summary>
    private bool TakeMeaning(Seen seen)
    {
        var codes = CodesOf(seen, Genomics.Significance).ToList();
        if (seen.Code.Codes.Contains(Genomics.Significance)) codes.AddRange(Concept.Of(seen.Observation.Value as CodeableConcept, seen.Entry, draft).Codes);
        if (codes.Count == 0 || seen.Observation.DerivedFrom.Count == 0) return false;
        foreach (var variant in seen.Observation.DerivedFrom.Select(r => references.Find(r)).OfType<Entry>())
        {
            if (!meanings.TryGetValue(variant, out var list)) meanings[variant] = list = [];
            list.AddRange(codes);
        }

        seen.Entry.Refuse("read together with the variant that it is derived from", "lue avec le variant dont elle découle");
        return true;
    }

    private List<FactDefinition> FactsOf(Seen seen)
    {
        var genes = CodesOf(seen, Genomics.Gene).Where(c => c.System == CodeSystems.Hgnc).ToList();
        var facts = genes.Select(index.ByGene).OfType<FactDefinition>().Distinct().ToList();
        if (facts.Count == 0) seen.Entry.Refuse(genes.Count == 0 ? new("it names no gene by an HGNC id", "elle ne nomme aucun gène par un identifiant HGNC") : Common.NoFact(string.Join(", ", genes.Take(3))));
        return facts;
    }

    private IEnumerable<Code> CodesOf(Seen seen, Code component) =>
        CodesIn(seen, component).SelectMany(c => Concept.Of(c.Value as CodeableConcept, seen.Entry, draft).Codes);

    private IEnumerable<Observation.ComponentComponent> CodesIn(Seen seen, Code component) =>
        seen.Observation.Component.Where(c => Concept.Of(c.Code, seen.Entry, draft).Codes.Contains(component));
}
