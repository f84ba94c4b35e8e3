using System.Numerics;
using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Measures;
using Hilum.Words;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>Reads a Condition that is the kidney cancer: diagnosis, histology, sarcomatoid features, stage.</summary>
internal sealed class KidneyCancerReading(CodeIndex index, RecordDraft draft, DisplayCheck display)
{
    /// <summary>States what one Condition says.</summary>
    public void State(Finding finding)
    {
        var entry = finding.Entry;
        draft.Give(entry, draft.Fact(FactIds.KidneyCancer), value: true, finding.Date);
        if (!finding.IsActive) draft.Warn($"{entry.Label}: the kidney cancer is recorded as {finding.Clinical}; it still counts as the diagnosis", $"{entry.Label} : le cancer du rein est noté « {finding.Clinical} » ; il compte toujours comme le diagnostic");
        foreach (var coded in finding.Code.Codings.Where(c => index.ByCondition(c.Code).Any(f => f.Id == FactIds.KidneyCancer)))
            display.CheckKidney(entry, coded, index.Values(coded.Code).Where(m => m.Fact.Id == FactIds.Histology));
        finding.Histology = HistologyOf(finding);
        if (finding.Code.Codes.Concat(finding.Morphology.Codes).SelectMany(index.ByCondition).Any(f => f.Id == FactIds.Sarcomatoid))
            draft.Give(entry, draft.Fact(FactIds.Sarcomatoid), value: true, finding.Date);
        foreach (var stage in finding.Condition.Stage) StateStage(finding, stage);
    }

    /// <summary>States histology and date of diagnosis, and names the Conditions that disagree about them.</summary>
    public void CompareAll(IReadOnlyList<Finding> findings)
    {
        var histology = findings.Where(f => f.Histology != 0).ToList();
        var dated = findings.Where(f => f.Date.IsStated).ToList();
        var types = Disagree(histology, f => f.Histology, new("histology", "histologie"));
        var dates = Disagree(dated, f => f.Date, new("date", "date"));
        foreach (var finding in histology) draft.Give(finding.Entry, draft.Fact(FactIds.Histology), new GivenCode(finding.Histology), types ? default : finding.Date);
        foreach (var finding in dated) draft.Give(finding.Entry, draft.Fact(FactIds.DiagnosisDate), new GivenDate(finding.Date), dates ? default : finding.Date);
    }

    /// <summary>The histology of some codes as bits; 0 when they name none.</summary>
    public ulong HistologyOf(Entry entry, IEnumerable<Coded> codings)
    {
        ulong mask = 0;
        foreach (var coded in codings)
        {
            foreach (var meaning in index.Values(coded.Code).Where(m => m.Fact.Id == FactIds.Histology))
            {
                display.Check(entry, coded, meaning);
                mask |= 1UL << meaning.Bit;
            }
        }

        return mask;
    }

    private ulong HistologyOf(Finding finding)
    {
        var mask = HistologyOf(finding.Entry, finding.Code.Codings.Concat(finding.Morphology.Codings));
        if (BitOperations.PopCount(mask) > 1) draft.Warn($"{finding.Entry.Label}: its codes name more than one histology ({finding.Code.En}; {finding.Morphology.En}); all stay possible", $"{finding.Entry.Label} : ses codes nomment plus d'une histologie ({finding.Code.Fr} ; {finding.Morphology.Fr}) ; toutes restent possibles");
        foreach (var coded in finding.Morphology.Codings.Where(c => !index.Values(c.Code).Any() && !index.ByCondition(c.Code).Any()))
            draft.Warn($"{finding.Entry.Label}: the morphology {coded.Code} names no histology that Hilum knows", $"{finding.Entry.Label} : la morphologie {coded.Code} ne nomme aucune histologie connue de Hilum");
        return mask;
    }

    private void StateStage(Finding finding, Condition.StageComponent stage)
    {
        if (stage.Summary is null) return;
        var summary = Concept.Of(stage.Summary, finding.Entry, draft);
        foreach (var id in new[] { FactIds.Stage, FactIds.TCategory, FactIds.NCategory, FactIds.MCategory })
        {
            if (draft.Fact(id) is not { } fact) continue;
            var bits = summary.Codes.Select(c => StageValue.BitOf(index, fact, c)).Where(b => b >= 0).Distinct().ToList();
            foreach (var bit in bits) draft.NoteStage(fact, bit, finding.Date);
            if (bits.Count > 0) draft.Give(finding.Entry, fact, new GivenCode(bits.Aggregate(0UL, (mask, bit) => mask | (1UL << bit))), finding.Date);
        }
    }

    private bool Disagree<T>(List<Finding> findings, Func<Finding, T> of, Phrase what)
    {
        if (findings.Select(of).Distinct().Count() < 2) return false;
        if (findings.Count(f => f.IsActive) > 1)
            draft.Warn($"the kidney cancer stands more than once with a different {what.En}: {string.Join(" and ", findings.Select(f => f.Entry.Label))}; say which one is right", $"le cancer du rein figure plus d'une fois avec une {what.Fr} différente : {string.Join(" et ", findings.Select(f => f.Entry.Label))} ; dire laquelle est la bonne");
        return findings.Where(f => f.IsActive).Select(of).Distinct().Count() > 1;
    }
}
