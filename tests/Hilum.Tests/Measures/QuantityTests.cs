using CsCheck;
using Hilum.Measures;

namespace Hilum.Tests.Measures;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("98 g/L", "98", "g/L")]
    [InlineData("98g/L", "98", "g/L")]
    [InlineData("  9.8   g/dL ", "9.8", "g/dL")]
    [InlineData("120 10*9/L", "120", "10*9/L")]
    [InlineData("5 x 10^9/L", "5", "x 10^9/L")]
    [InlineData("-3 months", "-3", "months")]
    [InlineData("+3 months", "3", "months")]
    [InlineData("90%", "90", "%")]
    [InlineData("1e3 ms", "1000", "ms")]
    [InlineData("1.5E-2 g/L", "0.015", "g/L")]
    [InlineData("45 mL/min/1.73 m2", "45", "mL/min/1.73 m2")]
    [InlineData("9,8 g/dL", "9.8", "g/dL")]
    [InlineData("9,8g/dL", "9.8", "g/dL")]
    [InlineData("9,8\u00a0g/dL", "9.8", "g/dL")]
    [InlineData("0,125 g/L", "0.125", "g/L")]
    [InlineData("4 200 /mm3", "4200", "/mm3")]
    [InlineData("4\u202f200/mm3", "4200", "/mm3")]
    [InlineData("1 234 567 /uL", "1234567", "/uL")]
    [InlineData("5 100*10^3", "5", "100*10^3")]
    [InlineData("7", "7", null)]
    [InlineData("0.40", "0.40", null)]
    [InlineData("1e3", "1000", null)]
    [InlineData(".5", "0.5", null)]
    public void A_number_is_read_with_its_unit(string text, string number, string? unit)
    {
        Assert.True(Quantity.TryParse(text, out var value, out var read));

        Assert.Equal(decimal.Parse(number), value);
        Assert.Equal(unit, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("g/L")]
    [InlineData("about 98 g/L")]
    [InlineData("4,200 /mm3")]
    [InlineData("1,000")]
    [InlineData("1,000.5")]
    [InlineData("9,8,1 g/dL")]
    [InlineData("9.8.1 g/dL")]
    [InlineData("--3 g/L")]
    [InlineData("1e400")]
    [InlineData("1e400 g/L")]
    [InlineData("-1e400")]
    [InlineData("1e29")]
    [InlineData("1e13")]
    [InlineData("1000000000001")]
    [InlineData("1e-400")]
    [InlineData("1e-40 g/L")]
    [InlineData("1e99999999999")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e")]
    [InlineData("$5")]
    [InlineData("(5)")]
    [InlineData("00000000000000000000000000000000000000001")]
    [InlineData("٩٨ g/L")]
    public void A_number_without_a_plain_meaning_is_refused(string text) => Assert.False(Quantity.TryParse(text, out _, out _));

    [Theory]
    [InlineData("0x10")]
    [InlineData("12 furlongs")]
    [InlineData("98 g/L fasting")]
    public void What_follows_the_number_must_be_a_unit(string text)
    {
        Assert.True(Quantity.TryParse(text, out _, out var unit));
        Assert.False(Unit.TryParse(unit, out _));
    }

    [Fact]
    public void Nothing_is_not_a_number() => Assert.False(Quantity.TryParseDecimal(null, out _));

    [Fact]
    public void The_largest_number_that_is_read_is_a_million_million()
    {
        Assert.True(Quantity.TryParseDecimal("1000000000000", out var value));
        Assert.Equal(Quantity.Largest, value);
    }

    [Fact]
    public void Any_text_at_all_is_read_or_refused_without_an_exception() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123456789.eE+-g/L "], 0, 45]).Sample(text =>
            !Quantity.TryParse(text, out var value, out _) || Math.Abs(value) <= Quantity.Largest);

    [Fact]
    public void A_number_is_read_back_as_it_is_written() =>
        Gen.Select(Gen.Int, Gen.Int[0, 6]).Sample((digits, scale) =>
        {
            var value = digits / (decimal)Math.Pow(10, scale);
            return Quantity.TryParse($"{Quantity.Format(value)} g/L", out var read, out var unit) && read == value && unit == "g/L";
        });

    [Theory]
    [InlineData("12.500", "12.5")]
    [InlineData("0.1234567", "0.123457")]
    [InlineData("1000000", "1000000")]
    [InlineData("-0.0000001", "0")]
    [InlineData("0.0", "0")]
    public void A_number_is_written_with_at_most_six_decimals_and_no_trailing_zeros(string value, string written) =>
        Assert.Equal(written, Quantity.Format(decimal.Parse(value)));

    [Fact]
    public void A_quantity_is_written_with_its_code_and_a_pure_number_without()
    {
        Assert.Equal("9.8 g/dL", new Quantity(9.80m, Unit.Parse("g/dL")).ToString());
        Assert.Equal("1.1", new Quantity(1.10m, Unit.One).ToString());
    }
}
