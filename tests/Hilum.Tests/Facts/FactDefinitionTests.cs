using CsCheck;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using static Hilum.Tests.Facts.Clinic;

namespace Hilum.Tests.Facts;

public sealed class FactDefinitionTests
{
    [Theory]
    [InlineData("prior-vegf", "PriorVegf")]
    [InlineData("karnofsky", "Karnofsky")]
    [InlineData("t-category", "TCategory")]
    [InlineData("fev1-litres", "Fev1Litres")]
    [InlineData("corrected-calcium-above-10", "CorrectedCalciumAbove10")]
    [InlineData("strong-cyp3a4-inhibitor", "StrongCyp3a4Inhibitor")]
    public void A_fact_has_one_name_in_files_and_one_in_conditions(string id, string name) => Assert.Equal(name, FactDefinition.NameOf(id));

    [Fact]
    public void A_fact_with_mass_and_molar_units_has_two_unit_systems()
    {
        var calcium = Dictionary["calcium"];

        Assert.Equal(0, calcium.SystemOf(Unit.Parse("mg/dL")));
        Assert.Equal(1, calcium.SystemOf(Unit.Parse("umol/L")));
        Assert.Equal(255, calcium.SystemOf(Unit.Parse("U/L")));
        Assert.Equal("mmol/L", calcium.CanonicalUnit(1)!.Code);
        Assert.Equal(10.02m, calcium.InFirstSystem(2.5m, 1)); // 2.5 mmol/L of 40.08 g/mol
        Assert.Equal(16.114m, Math.Round(Dictionary["haemoglobin"].InFirstSystem(10m, 1), 6)); // 10 mmol/L of the monomer
    }

    [Fact]
    public void A_fact_with_one_unit_system_has_no_second()
    {
        Assert.Null(Dictionary["albumin"].Symbol.SecondSystem);
        Assert.Equal(255, Dictionary["karnofsky"].SystemOf(Unit.Parse("%")));
        Assert.Null(Dictionary["karnofsky"].CanonicalUnit(0));
    }

    [Fact]
    public void A_quantity_goes_to_the_other_unit_system_and_back() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Bool).Sample((thousandths, open) =>
        {
            var calcium = Dictionary["calcium"];
            var interval = Interval.From(thousandths / 1000m, open);
            var back = calcium.InSystem(calcium.InSystem(interval, 1), 0);
            return Math.Abs(back.Low - interval.Low) < 0.0000001m && back.LowOpen == open && back.System == 0 && calcium.InSystem(interval, 0) == interval;
        });

    [Fact]
    public void A_case_is_never_asked_for_a_fact_that_there_is_not()
    {
        Assert.Null(Dictionary.FindById("weather"));
        Assert.Null(Dictionary.Find("Weather"));
        Assert.Throws<KeyNotFoundException>(() => Dictionary["weather"]);
    }

    /// <summary>Calcium carries two charges: 5 meq/L are 2.5 mmol/L. Albumin has 66.5 kg a mole: 600 umol/L are 39.9 g/L.</summary>
    [Theory]
    [InlineData("calcium", 5, "meq/L", 2.5, 1)]
    [InlineData("calcium", 96, "mg/L", 9.6, 0)]
    [InlineData("albumin", 600, "umol/L", 3.99, 0)]
    [InlineData("albumin", 0.6, "mmol/L", 3.99, 0)]
    [InlineData("haemoglobin", 6, "mmol/L", 6, 1)]
    public void A_quantity_is_brought_to_the_canonical_unit_of_its_system(string fact, double value, string unit, double expected, byte system)
    {
        Assert.Equal((decimal)expected, Dictionary[fact].InCanonical((decimal)value, Unit.Parse(unit), out var read));
        Assert.Equal(system, read);
    }

    [Theory]
    [InlineData("haemoglobin", "meq/L")] // no charge is stated of it
    [InlineData("platelets", "umol/L")]
    [InlineData("albumin", "U/L")]
    public void A_unit_that_says_nothing_of_a_fact_is_refused(string fact, string unit) => Assert.Null(Dictionary[fact].InCanonical(1, Unit.Parse(unit), out _));
}
