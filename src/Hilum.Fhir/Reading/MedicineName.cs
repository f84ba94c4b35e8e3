using System.Text.RegularExpressions;
using Hilum.Facts;
using Hilum.Fhir.Codes;

namespace Hilum.Fhir.Reading;

/// <summary>Recognises what a medication concept names: RxNorm and ATC code first, then the words.</summary>
internal sealed partial class MedicineName(Formulary formulary, RecordDraft draft)
{
    private const int TherapeuticSubgroup = 3;

    /// <summary>What a record calls a medicine, and what that was recognised as.</summary>
    internal sealed record Named(string Text, Recognised What);

    /// <summary>All that the concept names; one unrecognised entry when nothing is known of it.</summary>
    public IReadOnlyList<Named> Recognise(Entry entry, Concept concept, string? otherText)
    {
        var text = concept.Text ?? otherText ?? concept.Codes.Select(c => c.ToString()).FirstOrDefault() ?? "";
        var byCode = concept.Codes.Select(ByCode).FirstOrDefault(r => r.Any) ?? Recognised.Nothing;
        var byText = ByText(concept.Text ?? otherText);
        if (byCode.Drug is not null && byText.FirstOrDefault(r => r.Medicine is not null) is { Medicine: not null } other)
        {
            draft.Warn($"{entry.Label}: its code is {byCode.Drug.Id}, its words are another medicine ('{text}'); it was read as that medicine, not as cancer treatment", $"{entry.Label} : son code est {byCode.Drug.Id}, son texte est un autre médicament (« {text} ») ; lu comme ce médicament, non comme un traitement du cancer");
            return [new(text, other)];
        }

        if (byCode.Any) return [new(text, OtherUse(entry, concept, byCode, text))];
        var found = byText.Where(r => r.Any).Select(r => new Named(text, OtherUse(entry, concept, r, text))).ToList();
        return found.Count > 0 ? found : text.Length == 0 ? [] : [new(text, Recognised.Nothing)];
    }

    private Recognised ByCode(Code code) => code.System switch
    {
        CodeSystems.RxNorm => formulary.ByRxNorm(code.Value),
        CodeSystems.Atc => formulary.ByAtc(code.Value),
        _ => Recognised.Nothing,
    };

    /// <summary>A substance under an ATC code of another therapeutic subgroup (everolimus after a transplant) is another medicine.</summary>
    private Recognised OtherUse(Entry entry, Concept concept, Recognised what, string text)
    {
        if (what.Drug is not { Atc.Length: > 0 } drug) return what;
        var codes = concept.Codes.Where(c => c.System == CodeSystems.Atc && c.Value.Length > TherapeuticSubgroup).Select(c => c.Value[..TherapeuticSubgroup]).ToList();
        if (codes.Count == 0 || drug.Atc.Any(a => codes.Contains(a[..TherapeuticSubgroup]))) return what;
        draft.Warn($"{entry.Label}: {text} stands under an ATC code that is not that of the cancer drug {drug.Id}; it was read as another medicine", $"{entry.Label} : {text} figure sous un code ATC qui n'est pas celui du médicament anticancéreux {drug.Id} ; lu comme un autre médicament");
        return Recognised.Nothing;
    }

    /// <summary>RxNorm writes strengths before names ("10 ML nivolumab 10 MG/ML Injection") and joins ingredients with " / ".</summary>
    private List<Recognised> ByText(string? text) =>
        string.IsNullOrWhiteSpace(text) ? [] : [.. text.Split(" / ").Select(part => formulary.Recognise(Strength().Replace(part.Trim(), ""))).Where(r => r.Any).Distinct()];

    [GeneratedRegex(@"^(?:\d[\d.,]*\s*(?:ML|MG|MCG|HR|ACTUAT|UNT|%)\s+)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Strength();
}
