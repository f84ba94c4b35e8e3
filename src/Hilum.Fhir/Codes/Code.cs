using Hilum.Words;

namespace Hilum.Fhir.Codes;

/// <summary>A code of a terminology, as the fact dictionary writes it: <c>sct:94222008</c>.</summary>
/// <param name="System">Short name of the terminology.</param>
/// <param name="Value">The code, as sent.</param>
internal sealed record Code(string System, string Value)
{
    /// <summary>Reads <c>system:code</c>.</summary>
    public static Code Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new("", text) : new(text[..colon], text[(colon + 1)..]);
    }

    /// <summary>The form in which two spellings of one code are the same: ICD-10 with and without its dot, HGNC with and without its prefix.</summary>
    public string Key => System switch
    {
        CodeSystems.Icd10 => Icd10Chapter.Plain(Value),
        CodeSystems.Hgnc => Value.StartsWith("HGNC:", StringComparison.OrdinalIgnoreCase) ? Value[5..] : Value,
        _ => Value,
    };

    /// <summary>Why this cannot be a code of its terminology; null when it can.</summary>
    public Phrase? Fault => System switch
    {
        CodeSystems.Snomed when !CheckDigits.IsSnomed(Value) => new($"'{Value}' is not a SNOMED CT id (digits or check digit are wrong)", $"« {Value} » n'est pas un identifiant SNOMED CT (chiffres ou clé de contrôle faux)"),
        CodeSystems.Loinc when !CheckDigits.IsLoinc(Value) => new Phrase($"'{Value}' is not a LOINC code (digits or check digit are wrong)", $"« {Value} » n'est pas un code LOINC (chiffres ou clé de contrôle faux)"),
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{System}:{Value}";
}
