using Hilum.Answers;
using Hilum.Facts;
using Hilum.Tests.Guidance;
using Hilum.Words;

namespace Hilum.Tests.Answers;

/// <summary>A treatment as a clinician reads it before signing: every part is there, and what is not known is said.</summary>
public sealed class GuidanceDocumentTests
{
    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.French)]
    public void A_treatment_shows_each_of_its_parts_or_says_that_it_is_not_known(Language language)
    {
        foreach (var treatment in Content.Loaded.Catalogue.Treatments)
        {
            var (text, words) = Shown(treatment.Id, language);

            Assert.Contains(words.In(treatment.Plain), text, StringComparison.Ordinal);
            Assert.Contains(words.In(treatment.AsksOfLife), text, StringComparison.Ordinal);
            foreach (var (heading, count) in new[] { ("show.monitoring", treatment.Monitoring.Length), ("show.side-effects", treatment.SideEffects.Length), ("show.signs", treatment.WarningSigns.Length) })
            {
                var section = text.Split($"## {words.Say(heading)}\n")[1].Split("\n## ")[0];
                Assert.Equal(count == 0, section.Contains(words.Say("show.none"), StringComparison.Ordinal));
                Assert.Equal(count, section.Split('\n').Count(l => l.StartsWith("- ", StringComparison.Ordinal)));
            }

            var countries = Content.Loaded.Facts["country"].Values.Where(v => v.Code != "OTHER").Select(v => words.In(v.Label));
            Assert.All(countries, c => Assert.Contains($"- {c}", text, StringComparison.Ordinal));
            foreach (var part in treatment.Parts)
            {
                var drug = Content.Loaded.Formulary.FindDrug(part.Drug)!;
                Assert.Contains(words.Dose(part.Dose), text, StringComparison.Ordinal);
                Assert.Contains(words.In(drug.Plain), text, StringComparison.Ordinal);
                Assert.Contains(words.In(Content.Loaded.Formulary.Classes.Single(c => c.Id == drug.Class).Name), text, StringComparison.Ordinal);
                Assert.All(drug.Brands.Concat(drug.Targets).Concat(drug.RxNorm).Concat(drug.Atc), word => Assert.Contains(word, text, StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("cabozantinib", "60 mg")]
    [InlineData("nivolumab-cabozantinib", "40 mg")]
    [InlineData("lenvatinib-everolimus", "18 mg", "5 mg")]
    [InlineData("pembrolizumab-lenvatinib", "20 mg")]
    [InlineData("everolimus", "10 mg")]
    [InlineData("tivozanib", "1.34 mg", "0.89 mg")]
    public void The_dose_is_that_of_the_regimen(string treatment, params string[] doses)
    {
        var (text, words) = Shown(treatment, Language.English);

        Assert.All(doses, dose => Assert.Contains(text.Split('\n'), line => line.StartsWith("- **", StringComparison.Ordinal) && line.Contains(words.Dose(dose), StringComparison.Ordinal)));
    }

    [Fact]
    public void A_statement_of_an_edition_stands_with_its_condition_and_its_source()
    {
        var edition = Content.Loaded.Catalogue.FindEdition("esmo-2024")!;
        var (text, words) = Shown(edition.Id, Language.English);

        foreach (var statement in edition.Statements)
        {
            Assert.Contains(words.SourceOf(statement.Source), text, StringComparison.Ordinal);
            if (statement.When is { } when) Assert.Contains(words.Whole(when), text, StringComparison.Ordinal);
        }
    }

    private static (string Text, Sentences Words) Shown(string id, Language language)
    {
        var nobody = new CaseBuilder(Content.Loaded.Facts).Build(new(), new() { AsOf = DateOnly.MinValue });
        var words = new Sentences(Content.Loaded, nobody, language);
        return (new GuidanceDocument(Content.Loaded, nobody, words).Show(id)!.ToMarkdown(), words);
    }
}
