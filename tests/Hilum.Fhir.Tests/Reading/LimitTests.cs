using Hilum.Facts;
using Hilum.Fhir.Tests.Some;
using Hilum.Measures;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>A limit of normal comes only from the same Observation as its value.</summary>
public sealed class LimitTests
{
    private const string V3 = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

    private static PatientRecord Read(string members, decimal hb = 11.2m, string unit = "g/dL") => Record.Read(Record.With(Record.Lab("hb", "718-7", hb, unit), members));

    private static string Flag(string code, string system = V3) => $$"""{"interpretation":[{"coding":[{"system":"{{system}}","code":"{{code}}"}]}]}""";

    [Theory]
    [InlineData("""{"low":{"value":13.5,"unit":"g/dL"},"high":{"value":17.5,"unit":"g/dL"}}""", 13.5)]
    [InlineData("""{"low":{"value":135,"unit":"g/L"}}""", 13.5)]
    [InlineData("""{"low":{"value":13.5,"unit":"g/dL"},"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/referencerange-meaning","code":"normal"}]}}""", 13.5)]
    [InlineData("""{"low":{"value":13.5,"unit":"g/dL"},"appliesTo":[{"coding":[{"system":"http://snomed.info/sct","code":"248153007"}]}]}""", 13.5)]
    [InlineData("""{"low":{"value":13.5,"unit":"g/dL"},"appliesTo":[{"coding":[{"system":"http://hl7.org/fhir/administrative-gender","code":"male"}]}]}""", 13.5)]
    [InlineData("""{"low":{"value":13.5,"unit":"g/dL"},"age":{"low":{"value":18,"code":"a"}}}""", 13.5)]
    public void A_range_that_fits_is_the_limit_of_this_result(string range, double limit)
    {
        var record = Read($$"""{"referenceRange":[{{range}}]}""");
        Assert.Equal((decimal)limit, record.Number("haemoglobin-lln").Low);
        Assert.Equal("Observation/hb", record.One("haemoglobin-lln").WithResult);
        Assert.Empty(record.All("haemoglobin-low"));
    }

    [Theory]
    [InlineData("""{"low":{"value":13.5,"unit":"g/dL"},"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/referencerange-meaning","code":"treatment"}]}}""")]
    [InlineData("""{"low":{"value":13.5,"unit":"g/dL"},"appliesTo":[{"coding":[{"system":"http://snomed.info/sct","code":"248152002"}]}]}""")]
    [InlineData("""{"low":{"value":13.5,"unit":"g/dL"},"appliesTo":[{"text":"pregnant"}]}""")]
    [InlineData("""{"low":{"value":13.5,"unit":"g/dL"},"age":{"high":{"value":17,"code":"a"}}}""")]
    [InlineData("""{"low":{"value":13.5}}""")]
    [InlineData("""{"low":{"value":8.4,"unit":"mmol/L"}}""")]
    [InlineData("""{"low":{"value":135,"unit":"g/dL"}}""")]
    [InlineData("""{"text":"13.5-17.5 g/dL"}""")]
    [InlineData("""{"low":{"value":13.5,"unit":"g/dL"}},{"low":{"value":12.0,"unit":"g/dL"}}""")]
    public void A_range_that_does_not_fit_is_none(string range)
    {
        var record = Read($$"""{"referenceRange":[{{range}}]}""");
        Assert.Empty(record.All("haemoglobin-lln"));
        Assert.Equal(11.2m, record.Number("haemoglobin").Low);
    }

    [Fact]
    public void Of_two_ranges_the_one_for_this_sex_counts()
    {
        var record = Read("""
            {"referenceRange":[{"low":{"value":12.0,"unit":"g/dL"},"appliesTo":[{"coding":[{"system":"http://snomed.info/sct","code":"248152002"}]}]},
             {"low":{"value":13.5,"unit":"g/dL"},"appliesTo":[{"coding":[{"system":"http://snomed.info/sct","code":"248153007"}]}]}]}
            """);
        Assert.Equal(13.5m, record.Number("haemoglobin-lln").Low);
    }

    [Fact]
    public void A_molar_result_has_a_molar_limit()
    {
        var record = Read("""{"referenceRange":[{"low":{"value":8.4,"unit":"mmol/L"}}]}""", 7, "mmol/L");
        Assert.Equal(Interval.Point(8.4m, 1), record.Number("haemoglobin-lln"));
    }

    [Theory]
    [InlineData("L", true)]
    [InlineData("LL", true)]
    [InlineData("N", false)]
    [InlineData("H", false)]
    [InlineData("HH", false)]
    public void Without_a_range_the_laboratorys_own_flag_says_whether_it_is_low(string code, bool low)
    {
        var record = Read(Flag(code));
        Assert.Equal(low, record.Truth("haemoglobin-low"));
        Assert.Equal("Observation/hb", record.One("haemoglobin-low").WithResult);
    }

    [Theory]
    [InlineData("H", true)]
    [InlineData("N", false)]
    [InlineData("L", false)]
    public void And_whether_it_is_high(string code, bool high) =>
        Assert.Equal(high, Record.Read(Record.With(Record.Lab("plt", "777-3", 500, "10*9/L"), Flag(code))).Truth("platelets-high"));

    [Theory]
    [InlineData("A", V3)]
    [InlineData("L", "http://example.org/flags")]
    [InlineData("l", V3)]
    public void Another_flag_says_nothing(string code, string system) => Assert.Empty(Read(Flag(code, system)).All("haemoglobin-low"));

    [Fact]
    public void Contrary_flags_say_nothing() =>
        Assert.Empty(Read($$"""{"interpretation":[{"coding":[{"system":"{{V3}}","code":"L"},{"system":"{{V3}}","code":"N"}]}]}""").All("haemoglobin-low"));

    [Fact]
    public void A_flag_never_decides_calcium_or_ldh()
    {
        var record = Record.Read(Record.With(Record.Lab("ca", "17861-6", 11, "mg/dL"), Flag("H")), Record.With(Record.Lab("ldh", "2532-0", 500, "U/L"), Flag("H")));
        Assert.Equal(["calcium", "ldh"], record.Facts.Select(f => f.Fact.Id).Where(id => id.StartsWith("calcium", StringComparison.Ordinal) || id.StartsWith("ldh", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_range_beats_the_flag()
    {
        var record = Read("""{"referenceRange":[{"low":{"value":13.5,"unit":"g/dL"}}],"interpretation":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"N"}]}]}""");
        Assert.Equal(13.5m, record.Number("haemoglobin-lln").Low);
        Assert.Empty(record.All("haemoglobin-low"));
    }

    [Fact]
    public void Limits_the_wrong_way_round_are_none()
    {
        var record = Record.Read(Record.With(Record.Lab("plt", "777-3", 500, "10*9/L"), """{"referenceRange":[{"low":{"value":13.5,"unit":"g/dL"},"high":{"value":400,"unit":"10*9/L"}}]}"""));
        Assert.Equal(400, record.Number("platelets-uln").Low);
    }

    [Fact]
    public void Preliminary_results_have_preliminary_limits()
    {
        var record = Read("""{"status":"preliminary","referenceRange":[{"low":{"value":13.5,"unit":"g/dL"}}]}""");
        Assert.True(record.One("haemoglobin-lln").Preliminary);
    }
}
