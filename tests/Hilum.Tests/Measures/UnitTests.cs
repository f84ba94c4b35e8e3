using Fhir.Metrics;
using Hilum.Measures;
using Unit = Hilum.Measures.Unit;

namespace Hilum.Tests.Measures;

public sealed class UnitTests
{
    private const string Ucum = "http://unitsofmeasure.org";

    /// <summary>What the oracle cannot do, or gets wrong (an analyst's reading of Fhir.Metrics 1.4.1): spellings of the table that are no UCUM, or another unit in UCUM.</summary>
    private static readonly string[] NotForTheOracle =
    [
        "K/uL", "K/ul", "K/µL", "K/mm3", // kelvin
        "G/L", "G/l", // gauss
        "u/L", "uU/mL", "mu/L", "µU/mL", // atomic mass units
        "in", "lb", "lbs", "ans", "an", "d", "pct",
    ];

    public static TheoryData<string, string> Spellings()
    {
        var rows = new TheoryData<string, string>();
        foreach (var (unit, spellings) in Unit.All)
        {
            rows.Add(unit.Code, unit.Code);
            foreach (var spelling in spellings) rows.Add(spelling, unit.Code);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Every_spelling_is_read_as_its_unit(string spelling, string code)
    {
        Assert.True(Unit.TryParse(spelling, out var unit));
        Assert.Equal(code, unit.Code);
        Assert.True(Unit.TryParse($" {spelling} ", out unit));
        Assert.Equal(code, unit.Code);
    }

    [Fact]
    public void No_spelling_stands_for_two_units()
    {
        var twice = Unit.All.SelectMany(row => row.Spellings.Append(row.Unit.Code)).GroupBy(s => s, StringComparer.Ordinal).Where(g => g.Count() > 1);

        Assert.Empty(twice);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("furlong")]
    [InlineData("mol")]
    [InlineData("kelvin")]
    [InlineData("g/l or so")]
    [InlineData("MEQ")]
    public void A_unit_outside_the_table_is_not_guessed(string? text) => Assert.False(Unit.TryParse(text, out _));

    [Fact]
    public void Asking_for_a_code_that_is_no_unit_throws() => Assert.Throws<ArgumentException>(() => Unit.Parse("furlong"));

    [Fact]
    public void Case_matters_because_cells_are_not_weighed()
    {
        Assert.NotEqual(Unit.Parse("G/L").Dimension, Unit.Parse("g/L").Dimension);
        Assert.Equal("10*9/L", Unit.Parse("G/L").Code);
    }

    /// <summary>As laboratories in Canada, France, the United Kingdom and the United States print them.</summary>
    [Theory]
    [InlineData("MG/DL", "mg/dL")]
    [InlineData("G/DL", "g/dL")]
    [InlineData("g/dl", "g/dL")]
    [InlineData("g/100 mL", "g/dL")]
    [InlineData("k/uL", "10*9/L")]
    [InlineData("10³/µL", "10*9/L")]
    [InlineData("×10⁹/L", "10*9/L")]
    [InlineData("x 10^9 / L", "10*9/L")]
    [InlineData("giga/l", "10*9/L")]
    [InlineData("G/l", "10*9/L")]
    [InlineData("/mm³", "/uL")]
    [InlineData("µmol/l", "umol/L")]
    [InlineData("μmol/L", "umol/L")]
    [InlineData("mEq/L", "meq/L")]
    [InlineData("µkat/l", "ukat/L")]
    [InlineData("UI/l", "U/L")]
    [InlineData("µUI/ml", "mU/L")]
    [InlineData("mL/min/1,73 m²", "mL/min/{1.73_m2}")]
    [InlineData("mm\u00a0Hg", "mm[Hg]")]
    public void Common_spellings_are_read(string spelling, string code)
    {
        Assert.True(Unit.TryParse(spelling, out var unit));
        Assert.Equal(code, unit.Code);
    }

    /// <summary>Worked by hand from the definitions of the units (fhir-mcode, "Units").</summary>
    [Theory]
    [InlineData(98, "g/L", 9.8, "g/dL")]
    [InlineData(7500, "/uL", 7.5, "10*9/L")]
    [InlineData(7.5, "K/uL", 7.5, "10*9/L")]
    [InlineData(250, "10*3/uL", 250, "10*9/L")]
    [InlineData(4, "ukat/L", 240, "U/L")]
    [InlineData(4000, "nkat/L", 240, "U/L")]
    [InlineData(2.5, "u[IU]/mL", 2.5, "mU/L")]
    [InlineData(0.45, "s", 450, "ms")]
    [InlineData(3500, "mg/24h", 3.5, "g/24h")]
    [InlineData(1500, "mg/d", 1.5, "g/24h")]
    [InlineData(2, "years", 24, "months")]
    [InlineData(10, "kPa", 75.006, "mm[Hg]")]
    [InlineData(100, "[lb_av]", 45.359237, "kg")]
    [InlineData(70, "[in_i]", 177.8, "cm")]
    [InlineData(0.25, "mmol/L", 250, "umol/L")]
    public void A_quantity_keeps_its_size_when_its_unit_changes(double value, string from, double expected, string to)
    {
        var (a, b) = (Unit.Parse(from), Unit.Parse(to));

        Assert.Equal(a.Dimension, b.Dimension);
        Assert.Equal((decimal)expected, (decimal)value * a.Factor / b.Factor, 10);
    }

    [Fact]
    public void A_calendar_month_has_no_fixed_length_in_days() => Assert.NotEqual(Unit.Months.Dimension, Unit.Days.Dimension);

    [Fact]
    public void A_percentage_is_not_a_pure_number() => Assert.NotEqual(Unit.One.Dimension, Unit.Parse("%").Dimension);

    [Fact]
    public void Every_code_that_the_oracle_understands_converts_to_the_same_number()
    {
        // given
        var codes = Unit.All.SelectMany(row => row.Spellings.Append(row.Unit.Code)).Except(NotForTheOracle, StringComparer.Ordinal).ToList();
        var wrong = new List<string>();
        var agreed = 0;

        // when: into and out of the canonical spelling of each unit of the same kind
        foreach (var from in codes)
        {
            var ours = Unit.Parse(from);
            foreach (var to in Unit.All.Select(row => row.Unit).Where(u => u.Dimension == ours.Dimension))
            {
                if (Converted(from, to.Code) is not { } oracle) continue;
                var expected = ours.Factor / to.Factor;
                if (Math.Abs((oracle / expected) - 1) > 0.00002m) wrong.Add($"1 {from} is {expected} {to.Code}; the oracle says {oracle}");
                else agreed++;
            }
        }

        // then
        Assert.Empty(wrong);
        Assert.True(agreed > 60, $"the oracle understood only {agreed} conversions");
    }

    /// <summary>What Fhir.Metrics makes of one of a unit; null when it cannot.</summary>
    private static decimal? Converted(string from, string to)
    {
        try
        {
            return FhirMetricService.Instance.Value.TryConvertTo(("1", from, Ucum), to, out var result) ? decimal.Parse(result!.Value.value, System.Globalization.NumberStyles.Float) : null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidCastException or NotImplementedException or FormatException)
        {
            return null;
        }
    }
}
