using System.Globalization;
using System.Text.RegularExpressions;

namespace Hilum.Guidance;

/// <summary>Finds figures of outcome in prose: shares of people, times and ratios.</summary>
internal static partial class Figures
{
    /// <summary>Shares (12 %, 5 of 100) and times in months or years, as a text for patients must not hold them.</summary>
    public static IEnumerable<(int Index, string Value)> OfOutcome(string text) => HasDigit(text) ? Outcome().Matches(text).Select(m => (m.Index, m.Value.Trim())) : [];

    /// <summary>Numbers with a decimal part, and whole numbers of percent or months, with their value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="french">Whether a comma is the decimal sign, not the mark of thousands.</param>
    public static IEnumerable<(int Index, string Written, decimal Value)> Told(string text, bool french)
    {
        if (!HasDigit(text)) yield break;
        foreach (Match match in Number().Matches(text))
        {
            var plain = french ? match.Value.Replace(',', '.') : match.Value.Replace(",", "", StringComparison.Ordinal);
            if (!plain.Contains('.', StringComparison.Ordinal) && !OfUnit().IsMatch(text.AsSpan(match.Index + match.Length))) continue;
            if (plain is ['1' or '2', '0' or '9', _, _]) continue; // a year
            if (decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) yield return (match.Index, match.Value, value);
        }
    }

    /// <summary>Most texts hold none, and a start reads all of them.</summary>
    private static bool HasDigit(string text) => text.AsSpan().ContainsAnyInRange('0', '9');

    [GeneratedRegex(@"\d[\d.,]*\s*(%|per ?cent\b|pour cent\b)|\b\d+\s+(of|in|out of|(personnes |patients )?sur)\s+\d+|\b\d[\d.,]*\s*(months?|years?|mois|ans|années?)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Outcome();

    [GeneratedRegex(@"(?<![\w.,])\d+([.,]\d+)?(?![\w]|[.,]\d)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^\s*((to|and|or|à|et|ou)\s+\d+([.,]\d+)?\s*)?(%|per ?cent\b|pour cent\b|months?\b|mois\b)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OfUnit();
}
