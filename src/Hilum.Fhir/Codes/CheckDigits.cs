namespace Hilum.Fhir.Codes;

/// <summary>The check digits of SNOMED CT ids (Verhoeff 1969; SNOMED CT Release File Specifications 6.3) and LOINC codes (modulus 10; LOINC Users' Guide, appendix C).</summary>
internal static class CheckDigits
{
    private static readonly string[] Multiply =
        ["0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"];

    private static readonly string[] Permute =
        ["0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"];

    /// <summary>6 to 18 digits of which the last one checks the others.</summary>
    public static bool IsSnomed(string id)
    {
        if (id.Length is < 6 or > 18 || id[0] == '0' || !id.All(char.IsAsciiDigit)) return false;
        var check = 0;
        for (var i = 0; i < id.Length; i++)
            check = Multiply[check][Permute[i % 8][id[id.Length - 1 - i] - '0'] - '0'] - '0';
        return check == 0;
    }

    /// <summary>Digits, a hyphen and a check digit. Answer codes (LA...) follow another scheme and are only looked at for their shape.</summary>
    public static bool IsLoinc(string code)
    {
        var hyphen = code.IndexOf('-', StringComparison.Ordinal);
        if (hyphen < 1 || hyphen != code.Length - 2 || !char.IsAsciiDigit(code[^1])) return false;
        var number = code[..hyphen];
        if (number.StartsWith("LA", StringComparison.Ordinal) || number.StartsWith("LP", StringComparison.Ordinal) || number.StartsWith("LL", StringComparison.Ordinal))
            return number.Length > 2 && number.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0;
        if (number.Length > 7 || !number.All(char.IsAsciiDigit)) return false;
        var sum = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var digit = number[number.Length - 1 - i] - '0';
            if (i % 2 == 0) digit = (digit * 2 / 10) + (digit * 2 % 10);
            sum += digit;
        }

        return (10 - (sum % 10)) % 10 == code[^1] - '0';
    }
}
