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

    /// <summary>
    /// Reads "98 g/L", "120 10*9/L" or a bare number (then the unit is null). A decimal comma is a point ("9,8 g/dL") and spaces may part
    /// thousands ("4 200 /mm3"), except where a comma could part either: "4,200" is refused.
    /// </summary>
    public static bool TryParse(string text, out decimal value, out string? unit)
    {
        value = 0;
        unit = null;
        var t = text.Trim();
        var end = EndOfNumber(t);
        if (end == 0) return false;
        var rest = t[end..];
        if (rest.Length > 0 && !char.IsWhiteSpace(rest[0]) && (char.IsAsciiDigit(rest[0]) || rest[0] is '.' or ',' or '+' or '-' or 'e' or 'E')) return false;
        var number = string.Concat(t[..end].Where(c => !char.IsWhiteSpace(c)));
        if (IsAmbiguous(number)) return false;
        unit = rest.Trim() is { Length: > 0 } stated ? stated : null;
        return TryParseDecimal(number.Replace(',', '.'), out value);
    }

    /// <summary>Whether the comma of a number may be a decimal point as well as a separator of thousands: "4,200", but not "0,200" nor "9,8".</summary>
    public static bool IsAmbiguous(string number) =>
        number.IndexOf(',', StringComparison.Ordinal) is var comma and > 0 && Digits(number, comma + 1) == 3 && number.AsSpan(0, comma).ContainsAnyInRange('1', '9');

    /// <summary>Where the number at the beginning of a text ends: sign, digits (thousands perhaps parted by spaces), point or comma, exponent; 0 when there is none.</summary>
    private static int EndOfNumber(string t)
    {
        var at = t.Length > 0 && t[0] is '+' or '-' ? 1 : 0;
        var whole = Digits(t, at);
        at += whole;
        for (var group = whole; group is > 0 and <= 3 && at < t.Length && IsSpace(t[at]) && Digits(t, at + 1) == 3 && (at + 4 == t.Length || t[at + 4] is not ('*' or '^')); at += 4) group = 3;
        var fraction = at < t.Length && t[at] is '.' or ',' ? Digits(t, at + 1) : 0;
        if (whole + fraction == 0) return 0;
        if (fraction > 0) at += fraction + 1;
        if (at >= t.Length || t[at] is not ('e' or 'E')) return at;
        var sign = at + 1 < t.Length && t[at + 1] is '+' or '-' ? 1 : 0;
        var exponent = Digits(t, at + 1 + sign);
        var after = at + 1 + sign + exponent;
        return exponent > 0 && (after == t.Length || char.IsWhiteSpace(t[after])) ? after : at;
    }

    private static int Digits(string t, int from)
    {
        var at = from;
        while (at < t.Length && char.IsAsciiDigit(t[at])) at++;
        return at - from;
    }

    private static bool IsSpace(char c) => c is ' ' or '\u00a0' or '\u2009' or '\u202f';

    /// <summary>A number as all outputs write it: invariant, at most six decimals, no trailing zeros.</summary>
    public static string Format(decimal value) => Math.Round(value, 6, MidpointRounding.AwayFromZero).ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>Value and unit code.</summary>
    public override string ToString() => Unit.Code == "1" ? Format(Value) : $"{Format(Value)} {Unit.Code}";
}
