using Hilum.Fhir.Codes;

namespace Hilum.Fhir.Tests.Codes;

public sealed class CheckDigitsTests
{
    [Theory]
    [InlineData("94222008", true)]
    [InlineData("254915003", true)]
    [InlineData("1222837003", true)]
    [InlineData("731000124108", true)]
    [InlineData("94222009", false)]
    [InlineData("6.7811E+13", false)]
    [InlineData("0254915003", false)]
    [InlineData("12345", false)]
    [InlineData("", false)]
    public void A_snomed_id_is_checked_by_its_last_digit(string id, bool valid) => Assert.Equal(valid, CheckDigits.IsSnomed(id));

    [Theory]
    [InlineData("718-7", true)]
    [InlineData("89247-1", true)]
    [InlineData("98979-8", true)]
    [InlineData("10160-0", true)]
    [InlineData("LA9633-4", true)]
    [InlineData("718-8", false)]
    [InlineData("178-7", false)]
    [InlineData("7187", false)]
    [InlineData("haemoglobin", false)]
    [InlineData("-7", false)]
    public void A_loinc_code_is_checked_by_its_last_digit(string code, bool valid) => Assert.Equal(valid, CheckDigits.IsLoinc(code));
}
