using System.Text;
using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Words;

namespace Hilum.Fhir.Reading;

/// <summary>Notices a display that plainly says something else than its code. The code is used all the same.</summary>
internal sealed class DisplayCheck(RecordDraft draft)
{
    /// <summary>Checks a code that decides a coded value: the display should name the value, and no other one.</summary>
    public void Check(Entry entry, Coded coded, Meaning meaning)
    {
        if (string.IsNullOrWhiteSpace(coded.Display)) return;
        var shown = Fold(coded.Display);
        if (Names(meaning.Value).Any(n => Holds(shown, n))) return;
        var other = meaning.Fact.Values.FirstOrDefault(v => v != meaning.Value && Names(v).Any(n => Holds(shown, n)));
        if (other is not null || meaning.Fact.Id == FactIds.Histology) Warn(entry, coded, meaning.Value.Label);
    }

    /// <summary>Checks a SNOMED CT code of kidney cancer: the display should share a word with what the dictionary calls it.</summary>
    public void CheckKidney(Entry entry, Coded coded, IEnumerable<Meaning> histology)
    {
        if (coded.Code.System != CodeSystems.Snomed || string.IsNullOrWhiteSpace(coded.Display) || draft.Fact(FactIds.KidneyCancer) is not { } fact || histology.Any()) return;
        var words = Words($"{fact.Label.En} {fact.Label.Fr}");
        if (!Words(coded.Display).Any(shown => words.Any(w => w.Length > 4 && shown.Length > 4 && w[..5] == shown[..5]))) Warn(entry, coded, fact.Label);
    }

    private void Warn(Entry entry, Coded coded, Phrase meaning) =>
        draft.Warn($"{entry.Label}: {coded.Code} means '{meaning.En}', but the record shows it as '{coded.Display}'; the code was used, check it", $"{entry.Label} : {coded.Code} signifie « {meaning.Fr} », mais le dossier l'affiche comme « {coded.Display} » ; le code a été retenu, à vérifier");

    /// <summary>What a value may be called: its code, and its labels up to the first explanation.</summary>
    private static IEnumerable<string> Names(FactValue value) =>
        new[] { value.Code, Short(value.Label.En), Short(value.Label.Fr) }.Select(Fold).Where(n => n.Length > 0);

    private static string Short(string? label) => label?.Split(['(', ','])[0] ?? "";

    /// <summary>Whether the name stands there as words; a long one may go on (node, nodes), a short one not (I, IV).</summary>
    private static bool Holds(string shown, string name) => $" {shown} ".Contains(name.Length > 3 ? $" {name}" : $" {name} ", StringComparison.Ordinal);

    private static List<string> Words(string text) => [.. Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Lower case, letters and digits only.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text) folded.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        return string.Join(' ', folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
