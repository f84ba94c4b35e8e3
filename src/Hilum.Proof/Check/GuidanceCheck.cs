using Hilum.Answers;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Proof.Model;
using Hilum.Words;

namespace Hilum.Proof.Check;

/// <summary>
/// Proves of guidance that every rule can act, that every patient in scope is answered, that no edition contradicts itself, and that no rule
/// is there in vain; or shows a patient for whom it is not so.
/// </summary>
public sealed partial class GuidanceCheck
{
    private readonly GuidanceContent content;
    private readonly DateOnly asOf;
    private readonly Sentences words;
    private readonly List<Finding> findings = [];
    private readonly List<Reached> reached = [];
    private int questions;

    private GuidanceCheck(GuidanceContent content, DateOnly asOf)
    {
        this.content = content;
        this.asOf = asOf;
        words = new(content, new CaseBuilder(content.Facts).Build(new(), new() { AsOf = asOf }), Language.English);
    }

    /// <summary>The day on which example patients are judged, when none is named. Nothing but dates in examples hangs on it.</summary>
    public static DateOnly ExampleDay { get; } = new(2026, 11, 3);

    /// <summary>Checks some editions and, when no edition is left out, everything beside them.</summary>
    /// <param name="content">The guidance.</param>
    /// <param name="editions">The editions; null for everything.</param>
    /// <exception cref="ModelDisagreesException">The solver and the engine judge an example otherwise.</exception>
    public static CheckReport Run(GuidanceContent content, IReadOnlyList<Edition>? editions = null)
    {
        var check = new GuidanceCheck(content, ExampleDay);
        foreach (var edition in editions ?? content.Catalogue.Editions) check.Check(edition);
        if (editions is null) check.CheckShared();
        return check.Report();
    }

    /// <summary>Checks only what stands in one file, and what stands beside it on the same treatments.</summary>
    /// <param name="content">The guidance.</param>
    /// <param name="file">The file, relative to the guidance folder.</param>
    public static CheckReport RunFile(GuidanceContent content, string file)
    {
        var check = new GuidanceCheck(content, ExampleDay);
        if (file.Split('/') is ["editions", var id, ..] && content.Catalogue.FindEdition(id) is { } edition) check.Check(edition);
        else if (file.StartsWith("safety/", StringComparison.Ordinal)) check.CheckSafety(rule => rule.Place.StartsWith(file + ":", StringComparison.Ordinal));
        else check.CheckShared();
        return check.Report();
    }

    private CheckReport Report() => new(
        [.. findings.DistinctBy(f => (f.Kind, f.Subject, f.Message)).OrderBy(f => f.Place, PlaceOrder.Instance).ThenBy(f => f.Kind).ThenBy(f => f.Message, StringComparer.Ordinal)],
        [.. reached.DistinctBy(r => r.Subject).OrderBy(r => r.Subject, StringComparer.Ordinal)], questions);

    private TruthNode Scope => content.Catalogue.Scope.Condition;

    /// <summary>Does something with the patients that some conditions can see; what cannot be translated is not proven.</summary>
    private void With(string subject, string place, IEnumerable<TruthNode> conditions, Action<Patients> ask)
    {
        try
        {
            var patients = new Patients(content, asOf, conditions);
            ask(patients);
            questions += patients.Asked;
        }
        catch (NotTranslatedException e)
        {
            findings.Add(new(FindingKind.NotProven, subject, place, $"not proven: the solver's model does not hold {e.Message}"));
        }
    }

    private Witness? Expect(Patients patients, IReadOnlyList<TruthNode> all, string subject, string place, FindingKind kind, Func<string> message)
    {
        var (answer, example) = patients.Ask([.. all.Select(patients.Of)]);
        if (answer is Answer.None) findings.Add(new(kind, subject, place, message()));
        else if (answer is Answer.NotProven) findings.Add(NotProven(subject, place, message()));
        else return example;
        return null;
    }

    /// <summary>Whether no patient meets all of these. One found is passed on; no answer is a finding.</summary>
    private bool Refute(Patients patients, IReadOnlyList<TruthNode> all, string subject, string place, string question, Func<Witness, Finding> found)
    {
        var (answer, example) = patients.Ask([.. all.Select(patients.Of)]);
        if (answer is Answer.Found) findings.Add(found(example!) with { Because = example!.Because(content, all) });
        else if (answer is Answer.NotProven) findings.Add(NotProven(subject, place, question));
        return answer is Answer.None;
    }

    private static Finding NotProven(string subject, string place, string question) => new(FindingKind.NotProven, subject, place, $"not proven, the solver reached its limit: {question}");

    private string In(TruthNode node) => words.Whole(node);

    /// <summary>File, then line as a number.</summary>
    private sealed class PlaceOrder : IComparer<string>
    {
        public static PlaceOrder Instance { get; } = new();

        public int Compare(string? x, string? y)
        {
            var (a, b) = (Parts(x!), Parts(y!));
            var byFile = string.CompareOrdinal(a.File, b.File);
            return byFile != 0 ? byFile : a.Line.CompareTo(b.Line);
        }

        private static (string File, int Line) Parts(string place) =>
            place.LastIndexOf(':') is var colon and > 0 && int.TryParse(place.AsSpan(colon + 1), out var line) ? (place[..colon], line) : (place, 0);
    }
}
