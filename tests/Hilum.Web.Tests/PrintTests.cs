using System.Globalization;
using System.Text;
using Hilum.Web.Tests.Support;
using Microsoft.Playwright;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Graphics.Colors;

namespace Hilum.Web.Tests;

/// <summary>What is printed, read back from the paper: how many pages, in which order, in black and white.</summary>
public sealed class PrintTests(RunningSite site, Browser browser)
{
    private const string Case = $"/cases/{Sites.Signed}";

    [Theory]
    [InlineData("/choices", 2, "My choices, side by side|My name:|My cancer|The decision now|People ask|What is it?|How might it help?|What serious problems|What would my days|How sure is it?|What matters to me|Call for help now|About this sheet|check before adding any medicine|Content version")]
    [InlineData("/sheet", 2, "My medicines and warning signs|My name:|Call for help now|Call your team today|My treatment|nivolumab 240 mg|Checks|For my pharmacist and family doctor|Not a prescription|Content version")]
    [InlineData("/questions", 1, "My questions for the visit|My name:|What is the aim of this treatment for me?|What could happen if I wait|clinical trial|What happens next, and when|Not a prescription")]
    [InlineData("/board", 1, "Tumour board|Question to the board|Facts|Prognosis|Options offered|Not offered|What was decided|Views that differed|Present")]
    public Task Paper_has_its_parts_in_their_order(string sheet, int most, string parts) => Prints(Case + sheet, most, parts);

    [Theory]
    [InlineData("/choices", 2, "Mes choix, côte à côte|Mon nom|Mon cancer|La décision à prendre|On se demande|Comment peut-il aider|Quels problèmes graves|Ce qui compte pour moi|Appelez à l'aide maintenant|Au sujet de cette feuille|Version du contenu")]
    [InlineData("/sheet", 2, "Mes médicaments et les signes d'alerte|Mon nom|Appelez à l'aide maintenant|Appelez votre équipe aujourd'hui|Mon traitement|Pour mon pharmacien|Version du contenu")]
    [InlineData("/questions", 1, "Mes questions pour la visite|Mon nom|essai clinique|La suite, et quand")]
    [InlineData("/board", 1, "Comité des tumeurs|Question au comité|Faits|Pronostic|Options proposées|Non proposées|Ce qui a été décidé|Avis divergents|Présents")]
    public Task In_French_it_is_a_sheet_of_its_own(string sheet, int most, string parts) => Prints("/fr" + Case + sheet, most, parts);

    [Fact]
    public async Task Large_print_is_larger_on_paper()
    {
        var (usual, _) = await Paper(Case + "/questions", "Letter");
        var (large, _) = await Paper(Case + "/questions?print=large", "Letter");
        Assert.InRange(Size(usual), 11.5, 12.5);
        Assert.InRange(Size(large), 13.5, 14.5);

        // the size of most letters
        static double Size(PdfDocument paper) => paper.GetPages().SelectMany(p => p.Letters).GroupBy(l => Math.Round(l.PointSize, 1)).MaxBy(g => g.Count())!.Key;
    }

    private async Task Prints(string path, int most, string parts)
    {
        foreach (var format in new[] { "A4", "Letter" })
        {
            var (paper, text) = await Paper(path, format);
            Assert.InRange(paper.NumberOfPages, 1, most);
            Assert.Equal(format == "A4" ? 842 : 792, paper.GetPage(1).Height, 1.0);
            var at = 0;
            foreach (var part in parts.Split('|'))
            {
                var found = text.IndexOf(Plain(part), at, StringComparison.Ordinal);
                Assert.True(found >= 0, $"{path} on {format}: '{part}' is not there, or stands too early (pages of {string.Join(", ", paper.GetPages().Select(p => p.Letters.Count))} letters):\n{text[Math.Max(0, at - 100)..]}");
                at = found;
            }

            for (var page = 1; page <= paper.NumberOfPages; page++)
            {
                Assert.Contains(Plain(string.Create(CultureInfo.InvariantCulture, $"{page} / {paper.NumberOfPages}")), Plain(paper.GetPage(page).Text), StringComparison.Ordinal);
                // a fax and a photocopier know no colour: every letter is near black on the white of the paper
                Assert.All(paper.GetPage(page).Letters.Where(l => !string.IsNullOrWhiteSpace(l.Value)), l => Assert.True(Darkness(l.Color) < 0.4, $"{path}: '{l.Value}' is too pale for a photocopy"));
            }
        }
    }

    private async Task<(PdfDocument Paper, string Text)> Paper(string path, string format)
    {
        var page = await browser.Page(site);
        await page.GotoAsync(path);
        var paper = PdfDocument.Open(await page.PdfAsync(new() { Format = format, PrintBackground = false }));
        await page.Context.CloseAsync();
        return (paper, Plain(string.Concat(paper.GetPages().Select(p => p.Text))));
    }

    private static double Darkness(IColor? color) => color?.ToRGBValues() is { } rgb ? Math.Max(rgb.r, Math.Max(rgb.g, rgb.b)) : 0;

    // how much room stands between words, and whether f and i are one letter, is no matter of the order of reading
    private static string Plain(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c))).Replace('’', '\'');
}
