using System.Globalization;

namespace Hilum.Measures;

/// <summary>A number with its unit, as reported.</summary>
public readonly record struct Quantity(decimal Value, Unit Unit)
{
    /// <summary>The largest magnitude that is read as a number at all; beyond it the input is refused.</summary>
    public const decimal Largest = 1_000_000_000_000m;

    /// <summary>Reads a decimal without exponent tricks and without overflow: digits, one point, an optional sign or a modest exponent. What is too small for a decimal is refused, never zero.</summary>
    public static bool TryParseDecimal(string? text, out decimal value)
    {
        value = 0;
        return text is { Length: > 0 and <= 40 }
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
            && Math.Abs(value) <= Largest
            && (value != 0 || !HasDigits(text));
    }

    /// <summary>Whether a digit other than zero stands before the exponent.</summary>
    private static bool HasDigits(ReadOnlySpan<char> text)
    {
        var exponent = text.IndexOfAny('e', 'E');
        return (exponent < 0 ? text : text[..exponent]).ContainsAnyInRange('1', '9');
    }

    /// <summary>Reads "98 g/L", "120 10*9/L" or a bare number (then the unit is null).</summary>
    public static bool TryParse(string text, out decimal value, out string? unit)
    {
        var t = text.Trim();
        var space = t.IndexOf(' ');
        unit = null;
        if (space < 0)
        {
            var end = 0;
            while (end < t.Length && (char.IsAsciiDigit(t[end]) || t[end] is '.' or '-' or '+')) end++;
            if (end < t.Length && end > 0 && t[end] is not ('e' or 'E'))
            {
                unit = t[end..];
                return TryParseDecimal(t[..end], out value);
            }

            return TryParseDecimal(t, out value);
        }

        unit = t[(space + 1)..].Trim();
        return TryParseDecimal(t[..space], out value);
    }

    /// <summary>A number as all outputs write it: invariant, at most six decimals, no trailing zeros.</summary>
    public static string Format(decimal value) => Math.Round(value, 6, MidpointRounding.AwayFromZero).ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>Value and unit code.</summary>
    public override string ToString() => Unit.Code == "1" ? Format(Value) : $"{Format(Value)} {Unit.Code}";
}
