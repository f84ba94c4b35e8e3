using Hilum.Facts;
using Hilum.Measures;

namespace Hilum.Fhir.Tests.Some;

/// <summary>Questions that tests ask of a record.</summary>
internal static class RecordQuestions
{
    public static IReadOnlyList<GivenFact> All(this PatientRecord record, string fact) => [.. record.Facts.Where(f => f.Fact.Id == fact)];

    public static GivenFact One(this PatientRecord record, string fact) => Assert.Single(record.All(fact));

    public static bool Truth(this PatientRecord record, string fact) => record.One(fact).Value is GivenCode { Mask: var mask } && (mask is 1 or 2 ? mask == 2 : throw new InvalidOperationException("both"));

    public static Interval Number(this PatientRecord record, string fact) => ((GivenNumber)record.One(fact).Value).Value;

    public static IReadOnlyList<string> Codes(this PatientRecord record, string fact)
    {
        var given = record.One(fact);
        return [.. given.Fact.Values.Where((_, bit) => (((GivenCode)given.Value).Mask >> bit & 1) == 1).Select(v => v.Code)];
    }

    public static string Sites(this PatientRecord record, bool absent = false)
    {
        ulong mask = 0;
        foreach (var given in record.All("metastatic-sites")) mask |= absent ? ((GivenMembers)given.Value).Absent : ((GivenMembers)given.Value).Present;
        return string.Join(',', SmallDictionary.Facts["metastatic-sites"].Values.Where((_, bit) => (mask >> bit & 1) == 1).Select(v => v.Code));
    }

    public static IReadOnlyList<PriorTherapy> Therapies(this PatientRecord record) => ((GivenTherapies)record.One("prior-therapies").Value).Items;

    public static string Why(this PatientRecord record, string resource) => Assert.Single(record.NotUsed, n => n.Resource == resource).Why.En!;

    public static void NotUsed(this PatientRecord record, string resource, string why) => Assert.Contains(why, record.Why(resource), StringComparison.Ordinal);

    public static void Warns(this PatientRecord record, string words) =>
        Assert.True(record.Warnings.Any(w => w.En!.Contains(words, StringComparison.Ordinal)), $"no warning with '{words}' among:\n" + string.Join('\n', record.Warnings.Select(w => w.En)));
}
