using System.Text.RegularExpressions;
using Hilum.Answers;
using Hilum.Cli.Tests.Support;
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

    [Fact]
    public void An_English_sentence_would_be_noticed() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => IsFrench(new Document(" : ").Entry(0, "Hémoglobine", "98 g/L (the value is older than 90 days)")));

    private static void IsFrench(Document document)
    {
        var text = Sources().Replace(document.ToMarkdown(), "");
        var english = text.Split('\n').Where(line => English().Matches(Quoted().Replace(line, "")).DistinctBy(m => m.Value, StringComparer.OrdinalIgnoreCase).Count() > 1).ToList();
        Assert.True(english.Count == 0, string.Join('\n', english.Take(10)));
    }

    /// <summary>Words that no French sentence holds; one alone may be part of a name.</summary>
    [GeneratedRegex(@"\b(the|is|was|were|are|not|its|it|this|that|and|which|another|of|to|with|from|has|been|only|line|years|months|known|case|file|by|hand|derived|older|reported|after|before)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex English();

    /// <summary>Titles of publications stand in the language in which they were published.</summary>
    [GeneratedRegex(@"^\s*- Source : .*$|^\s*- .*\((?:ASCO|EAU|ESMO|NICE|[^()]*Society|[^()]*Network)[^()]*\).*$|^#+ .*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Sources();

    [GeneratedRegex(@"«[^»]*»|\b[A-Za-z]+/[A-Za-z0-9-]+")]
    private static partial Regex Quoted();
}
