using Hilum.Facts;
using Hilum.Words;

namespace Hilum.Tests.Facts;

public sealed class FormularyTests
{
    private static readonly Formulary Formulary = new(
        [
            new Drug { Id = "interferon-alfa", Name = new("interferon alfa", "interféron alfa"), Brands = ["Intron-A"], Spellings = ["interferon alfa-2b"], Groups = ["cytokine"], RxNorm = ["5880"], Atc = ["L03AB05", "L03AB04"] },
            new Drug { Id = "nivolumab", Name = Phrase.Same("nivolumab"), Brands = ["Opdivo"], Groups = ["immunotherapy"], Atc = ["L01FF01", "L01XC17"] },
            new Drug { Id = "ipilimumab", Name = Phrase.Same("ipilimumab"), Groups = ["immunotherapy", "ctla4"] },
        ],
        [],
        [
            new Medicine("acetylsalicylic-acid", ["aspirin", "acide acétylsalicylique"], ["1191"], ["B01AC06"], ["antiplatelet"], default, default),
            new Medicine("st-johns-wort", ["St. John's wort", "millepertuis"], [], [], ["inducer"], default, default),
            new Medicine("statins", ["a statin"], [], ["C10AA"], [], default, default),
        ],
        [new("nivolumab-ipilimumab", ["nivolumab", "ipilimumab"]), new("nivolumab", ["nivolumab"])]);

    [Theory]
    [InlineData("aspirin", "acetylsalicylic-acid")]
    [InlineData("Aspirin 100 mg daily", "acetylsalicylic-acid")]
    [InlineData("ASPIRIN, 100 mg", "acetylsalicylic-acid")]
    [InlineData("acide acétylsalicylique 80 mg", "acetylsalicylic-acid")]
    [InlineData("Acide acetylsalicylique", "acetylsalicylic-acid")]
    [InlineData("St. John’s wort", "st-johns-wort")]
    [InlineData("1191", "acetylsalicylic-acid")]
    [InlineData("rxnorm:1191", "acetylsalicylic-acid")]
    [InlineData("RxNorm: 1191", "acetylsalicylic-acid")]
    [InlineData("B01AC06", "acetylsalicylic-acid")]
    [InlineData("atc:B01AC06", "acetylsalicylic-acid")]
    [InlineData("C10AA05", "statins")]
    [InlineData("Opdivo", "nivolumab")]
    [InlineData("Nivolumab 480 mg every 4 weeks", "nivolumab")]
    [InlineData("L01XC17", "nivolumab")]
    [InlineData("interferon alfa-2b", "interferon-alfa")]
    [InlineData("Interféron alfa", "interferon-alfa")]
    [InlineData("intron a", "interferon-alfa")]
    public void A_medicine_is_found_by_name_brand_spelling_or_code(string text, string id)
    {
        var found = Formulary.Recognise(text);

        Assert.True(found.Any);
        Assert.Equal(id, found.Drug?.Id ?? found.Medicine!.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("paracetamol")]
    [InlineData("no aspirin")] // the name stands first; what is denied is not taken
    [InlineData("aspirinase")]
    [InlineData("999999999")]
    [InlineData("rxnorm:")]
    [InlineData("atc:Z99ZZ99")]
    [InlineData("B01AC99")]
    public void What_is_not_known_is_not_guessed(string text) => Assert.False(Formulary.Recognise(text).Any);

    [Fact]
    public void A_regimen_is_found_by_exactly_its_drugs()
    {
        Assert.Equal("nivolumab-ipilimumab", Formulary.FindRegimenOf(["ipilimumab", "nivolumab"])!.Treatment);
        Assert.Equal("nivolumab", Formulary.FindRegimenOf(["nivolumab"])!.Treatment);
        Assert.Null(Formulary.FindRegimenOf(["ipilimumab"]));
        Assert.Null(Formulary.FindRegimenOf([]));
    }

    [Fact]
    public void The_groups_of_some_drugs_stand_once_in_order() => Assert.Equal(["ctla4", "immunotherapy"], Formulary.GroupsOf(["nivolumab", "ipilimumab", "nobody"]));
}
