namespace Hilum.Fhir.Codes;

/// <summary>The blocks of ICD-10 chapter II (neoplasms) as the classification itself names them. Which of them is a kidney cancer, the dictionary says.</summary>
internal static class Icd10Chapter
{
    /// <summary>A code without dot, blanks and the marks of ICD-10-GM (dagger, asterisk, exclamation mark).</summary>
    public static string Plain(string code) => code.Replace(".", "", StringComparison.Ordinal).Trim().TrimEnd('+', '*', '!', '-').ToUpperInvariant();

    /// <summary>C00-C75 stated or presumed primary, C7A neuroendocrine, C76 ill-defined, C81-C96 blood and lymph.</summary>
    public static bool IsPrimary(Code code) => Malignant(code) is { } number && (number is <= 76 or (>= 81 and <= 96) || Letter(code) == 'A');

    /// <summary>C77-C79 secondary, C7B secondary neuroendocrine.</summary>
    public static bool IsSecondary(Code code) => (Malignant(code) is >= 77 and <= 79) || Letter(code) == 'B';

    private static int? Malignant(Code code)
    {
        if (code.System != CodeSystems.Icd10 || Plain(code.Value) is not { Length: >= 3 } plain || plain[0] != 'C') return null;
        if (Letter(code) is 'A') return 70;
        return char.IsAsciiDigit(plain[1]) && char.IsAsciiDigit(plain[2]) ? ((plain[1] - '0') * 10) + plain[2] - '0' : null;
    }

    private static char? Letter(Code code) =>
        code.System == CodeSystems.Icd10 && Plain(code.Value) is { Length: >= 3 } plain && plain[0] == 'C' && plain[1] == '7' && char.IsAsciiLetter(plain[2]) ? plain[2] : null;
}
