using System.Globalization;
using System.Text.RegularExpressions;
using Hilum.Options;

namespace Hilum.Web.CdsHooks;

/// <summary>The fixed doses that the text of a regimen names.</summary>
internal static partial class DoseText
{
    /// <summary>Every amount in milligrams that dose, schedule and lower levels name; none when the dose depends on weight or surface.</summary>
    public static IReadOnlyList<decimal> Milligrams(TreatmentPart part, string schedule)
    {
        var all = string.Join("; ", [part.Dose, schedule, .. part.Levels]);
        if (PerSomething().IsMatch(all)) return [];
        return [.. Amount().Matches(all).Select(m => decimal.Parse(m.Groups["n"].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex(@"(?<n>\d[\d,]*(?:\.\d+)?)\s*mg\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Amount();

    [GeneratedRegex(@"/\s*(kg|m2|m²)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 100)]
    private static partial Regex PerSomething();
}
