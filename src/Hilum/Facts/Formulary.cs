using System.Text;
using System.Text.RegularExpressions;
using Hilum.Words;

namespace Hilum.Facts;

/// <summary>An active substance against kidney cancer.</summary>
public sealed record Drug
{
    /// <summary>Kebab-case id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public Phrase Name { get; init; }

    /// <summary>Brand names.</summary>
    public string[] Brands { get; init; } = [];

    /// <summary>Other spellings and salts.</summary>
    public string[] Spellings { get; init; } = [];

    /// <summary>Id of its class.</summary>
    public string Class { get; init; } = "";

    /// <summary>Groups that "prior" facts and prior therapies speak of: vegf, immunotherapy, ctla4, mtor, cytokine, hif2a, chemotherapy.</summary>
    public string[] Groups { get; init; } = [];

    /// <summary>Whether it acts against the cancer in the whole body, so that a course of it is a treatment: a drug for the bones is none.</summary>
    public bool IsSystemic => Groups.Length > 0;

    /// <summary>Whether it is also given after surgery, so that an undated course may have been adjuvant.</summary>
    public bool Adjuvant { get; init; }

    /// <summary>Molecular targets.</summary>
    public string[] Targets { get; init; } = [];

    /// <summary>Route of administration.</summary>
    public string Route { get; init; } = "";

    /// <summary>What it does, for a patient.</summary>
    public Phrase Plain { get; init; }

    /// <summary>A remark for those who use the content.</summary>
    public Phrase Note { get; init; }

    /// <summary>RxNorm ingredient and product concept ids.</summary>
    public string[] RxNorm { get; init; } = [];

    /// <summary>ATC codes, past ones too.</summary>
    public string[] Atc { get; init; } = [];

    /// <summary>Where this comes from.</summary>
    public Citation Source { get; init; }

    /// <summary>Its review state.</summary>
    public Review Review { get; init; }
}

/// <summary>A class of drugs, explained.</summary>
public sealed record DrugClass(string Id, Phrase Name, Phrase Plain, Citation Source, Review Review);

/// <summary>A medicine that a patient may take for another reason, and the classes by which it interacts.</summary>
public sealed record Medicine(string Id, string[] Names, string[] RxNorm, string[] Atc, string[] Classes, Citation Source, Review Review);

/// <summary>A treatment of the catalogue and the drugs that it consists of.</summary>
public sealed record Regimen(string Treatment, string[] Drugs);

/// <summary>What a line of a medication list was recognised as.</summary>
public sealed record Recognised(Drug? Drug, Medicine? Medicine)
{
    /// <summary>Nothing was recognised.</summary>
    public static Recognised Nothing { get; } = new(null, null);

    /// <summary>Other medicines named in the same line; null for none.</summary>
    public IReadOnlyList<Medicine>? More { get; init; }

    /// <summary>Other drugs against kidney cancer named in the same line.</summary>
    public IReadOnlyList<Drug> MoreDrugs { get; init; } = [];

    /// <summary>Whether the line may name something else that was not recognised.</summary>
    public bool HasRest { get; init; }

    /// <summary>Whether anything was recognised.</summary>
    public bool Any => Drug is not null || Medicine is not null;

    /// <summary>Whether all of the line was recognised.</summary>
    public bool Whole => Any && !HasRest;

    /// <summary>Ids of the drugs and medicines that were recognised.</summary>
    public IEnumerable<string> Ids => new[] { Drug?.Id, Medicine?.Id }.OfType<string>().Concat(MoreDrugs.Select(d => d.Id)).Concat((More ?? []).Select(m => m.Id));

    /// <summary>The classes by which it interacts.</summary>
    public IEnumerable<string> Classes => (Medicine?.Classes ?? []).Concat((More ?? []).SelectMany(m => m.Classes));
}

/// <summary>All drugs and medicines, found by name, brand, spelling, RxNorm or ATC code.</summary>
public sealed partial class Formulary
{
    private readonly Dictionary<string, Recognised> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Recognised> rxNorm = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Recognised> atc = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Drug> drugsById;
    private readonly int longestName = 1;

    /// <summary>Made when guidance is loaded.</summary>
    public Formulary(Drug[] drugs, DrugClass[] classes, Medicine[] medicines, Regimen[] regimens)
    {
        Regimens = regimens;
        Drugs = drugs;
        Classes = classes;
        Medicines = medicines;
        drugsById = drugs.ToDictionary(d => d.Id, StringComparer.Ordinal);
        foreach (var medicine in medicines) Add(new(null, medicine), medicine.Names.Append(medicine.Id), medicine.RxNorm, medicine.Atc);
        foreach (var drug in drugs) Add(new(drug, null), [drug.Id, drug.Name.En ?? "", drug.Name.Fr ?? "", .. drug.Brands, .. drug.Spellings], drug.RxNorm, drug.Atc);
        foreach (var name in names.Keys) longestName = Math.Max(longestName, name.Split(' ').Length);
    }

    /// <summary>Substances against kidney cancer.</summary>
    public Drug[] Drugs { get; }

    /// <summary>Their classes.</summary>
    public DrugClass[] Classes { get; }

    /// <summary>Other medicines.</summary>
    public Medicine[] Medicines { get; }

    /// <summary>Treatments that consist of drugs.</summary>
    public Regimen[] Regimens { get; }

    /// <summary>The regimen of a treatment, or null.</summary>
    public Regimen? FindRegimen(string treatment) => Array.Find(Regimens, r => r.Treatment == treatment);

    /// <summary>The treatment that consists of exactly these drugs, or null.</summary>
    public Regimen? FindRegimenOf(IReadOnlyCollection<string> drugs) => Array.Find(Regimens, r => r.Drugs.Length == drugs.Count && r.Drugs.All(drugs.Contains));

    /// <summary>The groups of some drugs, each once, in ordinal order.</summary>
    public IReadOnlyList<string> GroupsOf(IEnumerable<string> drugs) =>
        [.. drugs.SelectMany(d => FindDrug(d)?.Groups ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>A drug by id, or null.</summary>
    public Drug? FindDrug(string id) => drugsById.GetValueOrDefault(id);

    /// <summary>A medicine by id, or null.</summary>
    public Medicine? FindMedicine(string id) => Array.Find(Medicines, m => m.Id == id);

    /// <summary>Recognises "apixaban 5 mg twice a day", "rxnorm:6135", "6135", "atc:J01FA09" or "J01FA09". Text after the name is a dose note.</summary>
    public Recognised Recognise(string text)
    {
        var t = text.Trim();
        var lower = t.ToLowerInvariant();
        if (lower.StartsWith("rxnorm:", StringComparison.Ordinal)) return ByRxNorm(t[7..].Trim());
        if (lower.StartsWith("atc:", StringComparison.Ordinal)) return ByAtc(t[4..].Trim());
        if (t.Length > 0 && t.All(char.IsAsciiDigit)) return ByRxNorm(t);
        if (t.Length is 5 or 7 && char.IsAsciiLetterUpper(t[0]) && char.IsAsciiDigit(t[1]) && char.IsAsciiDigit(t[2]) && ByAtc(t) is { Any: true } byAtc) return byAtc;
        if (!MayNameSeveral(t)) return ByName(t);
        var parts = Separators().Split(t).Where(p => p.Any(char.IsLetter)).ToArray();
        return parts.Length > 1 && !names.ContainsKey(Fold(t)) ? Several(parts) : ByName(t);
    }

    /// <summary>Recognises an entry of a list of allergies: "Sutent", "allergy to sunitinib"; a name among other words counts too, and the rest is said to be unread.</summary>
    public Recognised RecogniseAllergy(string text)
    {
        if (Recognise(AllergyTo().Replace(text.Trim(), "")) is { Any: true } found) return found;
        var words = Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 1; i < words.Length; i++)
            if (ByName(string.Join(' ', words[i..])) is { Any: true } within) return within with { HasRest = true };
        return Recognised.Nothing;
    }

    [GeneratedRegex(@"^(?:(?:allergy|allergic|hypersensitivity|intolerance)\s+to\s+|(?:allergie|allergique|hypersensibilité|intolérance)\s+(?:à\s+la\s+|à\s+l['’]\s*|à\s+|aux?\s+))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 100)]
    private static partial Regex AllergyTo();

    /// <summary>A line that may name several medicines: what follows a separator and is no medicine may be a dose note, and is said to be unread.</summary>
    private Recognised Several(string[] parts)
    {
        var found = parts.Select(ByName).ToList();
        var first = found.Find(f => f.Any);
        return first is null ? Recognised.Nothing : first with
        {
            More = [.. found.Select(f => f.Medicine).OfType<Medicine>().Where(m => m != first.Medicine)],
            MoreDrugs = [.. found.Select(f => f.Drug).OfType<Drug>().Where(d => d != first.Drug)],
            HasRest = found.Exists(f => !f.Any),
        };
    }

    /// <summary>Whether a separator may stand in a line: most name one medicine, and getting the expression ready takes longer than all of them.</summary>
    private static bool MayNameSeveral(string t) =>
        t.AsSpan().IndexOfAny("+;,&/") >= 0 || Array.Exists(Joining, word => t.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] Joining = ["and", "et", "with", "avec", "plus"];

    [GeneratedRegex(@"[+;,&]|\s/\s|\s(?:and|et|with|avec|plus)\s", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Separators();

    private Recognised ByName(string t)
    {
        var words = Fold(t).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var n = Math.Min(words.Length, longestName); n > 0; n--)
            if (names.TryGetValue(string.Join(' ', words, 0, n), out var found)) return found;
        return Recognised.Nothing;
    }

    /// <summary>Finds an RxNorm concept id.</summary>
    public Recognised ByRxNorm(string code) => rxNorm.GetValueOrDefault(code) ?? Recognised.Nothing;

    /// <summary>Finds an ATC code, or the longest entry that it starts with.</summary>
    public Recognised ByAtc(string code)
    {
        for (var n = code.Length; n >= 4; n--)
            if (atc.TryGetValue(code[..n], out var found)) return found;
        return Recognised.Nothing;
    }

    /// <summary>Lower case, without accents, hyphens as spaces: the form in which names are compared.</summary>
    internal static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var lower = char.ToLowerInvariant(c);
            var plain = lower switch
            {
                'à' or 'â' or 'ä' or 'á' => "a",
                'é' or 'è' or 'ê' or 'ë' => "e",
                'î' or 'ï' or 'í' => "i",
                'ô' or 'ö' or 'ó' => "o",
                'ù' or 'û' or 'ü' or 'ú' => "u",
                'ç' => "c",
                'œ' => "oe",
                '’' or '\'' or '-' or ',' or '/' or '(' or ')' or '®' or '™' or '\t' or '\u00a0' => " ",
                _ => null,
            };
            if (plain is null) folded.Append(lower);
            else folded.Append(plain);
        }

        return string.Join(' ', folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private void Add(Recognised what, IEnumerable<string> spellings, string[] rx, string[] atcCodes)
    {
        foreach (var spelling in spellings)
            if (Fold(spelling) is { Length: > 0 } folded) names[folded] = what;
        foreach (var code in rx) rxNorm[code] = what;
        foreach (var code in atcCodes) atc[code] = what;
    }
}
