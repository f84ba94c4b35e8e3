using System.Text.RegularExpressions;
using Hilum.Answers;
using Hilum.Cli.Tests.Support;
using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Cli.Tests;

/// <summary>With <c>--lang fr</c> nothing is left in English but names, titles of publications and what a record says itself.</summary>
public sealed partial class FrenchTests
{
    /// <summary>Every invented patient.</summary>
    public static TheoryData<string> Patients => [.. Repository.Patients];

    [Theory]
    [MemberData(nameof(Patients))]
    public void What_is_said_of_a_patient_in_French_is_French(string patient)
    {
        var assessment = Judge.File(Repository.RecordOf(patient));
        var words = new Sentences(Repository.Content, assessment.Case, Language.French);

        IsFrench(new PlanDocument(assessment, words).Write());
        IsFrench(RiskDocument.Write(assessment, words));
        IsFrench(FactsDocument.Write(assessment, words));
        foreach (var option in assessment.Options) IsFrench(WhyDocument.Write(assessment, option, option.Treatment, words));
    }

    private static readonly Case Nobody = new CaseBuilder(Repository.Content.Facts).Build(Repository.Read("as-of: 2026-11-03\nfacts: {}\n"), new() { AsOf = new(2026, 11, 3) });

    /// <summary>What can be shown of the guidance: the list of all, and every edition, treatment, trial and rule.</summary>
    public static TheoryData<string> Shown => ["", .. Repository.Content.Catalogue.Editions.Select(e => e.Id), .. Repository.Treatments, .. Repository.Content.Trials.Select(t => t.Id), .. Repository.Content.Catalogue.SafetyRules.Select(r => r.Id).Distinct()];

    [Theory]
    [MemberData(nameof(Shown))]
    public void What_is_shown_of_the_guidance_in_French_is_French(string id)
    {
        var show = new GuidanceDocument(Repository.Content, Nobody, new(Repository.Content, Nobody, Language.French));

        IsFrench(id.Length == 0 ? show.List() : show.Show(id)!);
    }

    [Theory]
    [InlineData("first-line-in-conventional-units")]
    [InlineData("untreated-clear-cell-favourable")]
    [InlineData("after-sunitinib")]
    public void What_each_choice_opens_and_closes_is_said_in_French(string patient)
    {
        var content = Repository.Content;
        var record = RecordReader.Read(File.ReadAllBytes(Repository.RecordOf(patient)), content, null).Record!;
        var assessment = Judge.Assess(record);
        var later = LaterOptions.After(record, new() { AsOf = assessment.Case.AsOf }, assessment, content.Assessor, content.Formulary, null);

        IsFrench(SequenceDocument.Write(assessment, later, new(content, assessment.Case, Language.French)));
    }

    [Theory]
    [InlineData("Heng 2013, external validation")]
    [InlineData("Kroeger 2013, non-clear cell")]
    [InlineData("Belzutifan, pooled safety (2024)")]
    [InlineData("recommandée: pembrolizumab")]
    public void English_that_no_short_word_betrays_would_be_noticed(string english) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => IsFrench(new Document(" : ").Entry(0, "Survie", english)));

    [Fact]
    public void An_English_sentence_would_be_noticed() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => IsFrench(new Document(" : ").Entry(0, "Hémoglobine", "98 g/L (the value is older than 90 days)")));

    private static void IsFrench(Document document)
    {
        var text = Sources().Replace(document.ToMarkdown(), "");
        var english = text.Split('\n').Where(line => English().Matches(Ids().Replace(Quoted().Replace(line, ""), "")).DistinctBy(m => m.Value, StringComparer.OrdinalIgnoreCase).Count() > 1).ToList();
        english.AddRange(text.Split('\n').Where(line => OfTheField().IsMatch(Ids().Replace(Quoted().Replace(line, ""), "")) || Colon().IsMatch(line)));
        Assert.True(english.Count == 0, string.Join('\n', english.Take(10)));
    }

    /// <summary>Words that no French sentence holds; one alone may be part of a name.</summary>
    [GeneratedRegex(@"\b(the|is|was|were|are|not|its|it|this|that|and|which|another|of|to|with|from|has|been|only|line|years|months|known|case|file|by|hand|derived|older|reported|after|before)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex English();

    /// <summary>English words of the field, one of which is enough.</summary>
    [GeneratedRegex(@"\b(external validation|first cohort|targeted|therapy|registry|second line|cell|other than|clear cell|pooled|against|surgery|kidney|removal|cohort|metastases of|radiotherapy|side effects?|trials?|months|years|days|weeks)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex OfTheField();

    /// <summary>Ids, files and publishers are names.</summary>
    [GeneratedRegex(@"^\s*- [\w -]+ : [a-z0-9-]+ : |guidance/\S+|\b[a-z0-9]+(-[a-z0-9]+)+\b|\b\w[\w ]*(Society|Network|Institute|Association)\b[\w ]*", RegexOptions.ExplicitCapture)]
    private static partial Regex Ids();

    /// <summary>A colon as English writes it: without a space before it. Times, keys, files and ratios have none behind it.</summary>
    [GeneratedRegex(@"[a-zé]: ")]
    private static partial Regex Colon();

    /// <summary>Titles of publications stand in the language in which they were published, the names by which a treatment is recognised in both.</summary>
    [GeneratedRegex(@"^\s*- (?:Source|Autres noms) : .*$|^\s*- .*\((?:ASCO|EAU|ESMO|NICE|[^()]*Society|[^()]*Network)[^()]*\).*$|^#+ .*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Sources();

    [GeneratedRegex(@"«[^»]*»|\b[A-Za-z]+/[A-Za-z0-9-]+")]
    private static partial Regex Quoted();
}
