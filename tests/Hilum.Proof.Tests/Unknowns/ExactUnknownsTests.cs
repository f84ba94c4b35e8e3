using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Proof.Tests.Support;
using Hilum.Proof.Unknowns;

namespace Hilum.Proof.Tests.Unknowns;

/// <summary>
/// What a plan says is missing, against the solver: the statuses are those that some completion of the record gives, each fact that is asked
/// for has two values that lead to different statuses, and each fact that has them is asked for, or what it follows with is.
/// </summary>
public sealed class ExactUnknownsTests(ITestOutputHelper output)
{
    private const int Seed = 20261123;
    private const int RandomRecords = 40;

    /// <summary>A partly known patient, and an edition that leaves the status of a treatment open.</summary>
    private sealed record Open(string Name, Case Patient, Edition Edition, EditionStanding Standing, Treatment Treatment)
    {
        public override string ToString() => $"{Treatment.Id} by {Edition.Id}, {Name} with {string.Join("; ", Patient.Facts.Where(f => f.Given.Count > 0).Select(f => f.Definition.Id))}";
    }

    [Fact]
    public void The_missing_facts_of_the_invented_patients_are_those_that_can_change_a_status() =>
        Agree([.. Records.Patients().SelectMany((r, n) => Real.Content.Catalogue.Editions.Where((_, i) => (i + n) % 2 == 0).SelectMany(e => OpenOnes(r.Name, Records.Whole(r.Given, r.AsOf), e).Take(1)))]);

    [Fact]
    public void The_missing_facts_of_records_with_gaps_are_those_that_can_change_a_status()
    {
        var random = new Random(Seed);
        var records = Records.WorkedCases();
        var editions = Real.Content.Catalogue.Editions;
        var open = new List<Open>();
        while (open.Count < RandomRecords)
        {
            var (name, given, asOf) = records[random.Next(records.Count)];
            var ones = OpenOnes(name, Records.Partly(given, asOf, random), editions[random.Next(editions.Length)]).ToList();
            if (ones.Count > 0) open.Add(ones[random.Next(ones.Count)]);
        }

        Agree(open);
    }

    private static IEnumerable<Open> OpenOnes(string name, Case patient, Edition edition) => Real.Content.Catalogue.Treatments
        .Select(t => new Open(name, patient, edition, Assessor.Judge(patient, edition, t), t)).Where(o => !o.Standing.Silent && o.Standing.Possible.Count > 1);

    private void Agree(IReadOnlyList<Open> all)
    {
        var faults = new List<string>();
        foreach (var one in all)
        {
            var exact = ExactUnknowns.Of(Real.Content, one.Patient, one.Edition, one.Treatment);
            if (exact is null || exact.NotProven.Count > 0) faults.Add($"{one}: not proven");
            else if (!exact.Statuses.SequenceEqual(one.Standing.Possible)) faults.Add($"{one}: the statuses are {string.Join(", ", one.Standing.Possible)}, by the solver {string.Join(", ", exact.Statuses)}");
            else
            {
                faults.AddRange(one.Standing.Missing.Where(f => !exact.Deciding.Contains(f) && !IsAskedForScope(one, f)).Select(f => $"{one}: '{f}' is asked for and changes nothing"));
                faults.AddRange(exact.Deciding.Where(f => !IsAsked(one, f)).Select(f => $"{one}: '{f}' changes the status and is not asked for"));
            }
        }

        output.WriteLine($"{all.Count} open statuses compared with the solver");
        Assert.True(all.Count >= 20);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>While nobody knows whether the patient is one of those whom an edition is for, what decides that is asked whatever the rest may be.</summary>
    private static bool IsAskedForScope(Open one, string fact) => one.Edition.Scope.Evaluate(one.Patient.Possible) is Truth.Undecided
        && References.Of(one.Edition.Scope).Any(f => Behind(one.Patient.Dictionary.Facts[f], []).Contains(fact));

    /// <summary>
    /// Whether it is asked for; or what a person is asked in its stead (not "anaemia" but the haemoglobin); or what has to be known first, for
    /// without that there is nothing to ask.
    /// </summary>
    private static bool IsAsked(Open one, string fact)
    {
        var missing = one.Standing.Missing;
        if (missing.Contains(fact)) return true;
        var dictionary = one.Patient.Dictionary;
        if (dictionary[fact].GuardedBy is { } guard) return !IsTrue(one.Patient, guard);
        return dictionary.Facts.Any(f => f.Ask.Length > 0 && !f.Ask.Contains(fact) && f.Ask.Any(missing.Contains) && Behind(f, []).Contains(fact));
    }

    private static bool IsTrue(Case patient, string guard)
    {
        var text = patient.Dictionary.FindById(guard)?.Name ?? guard;
        return new ConditionCompiler(patient.Dictionary, patient.Dictionary[FactDictionary.TodayId].Symbol).Condition(text, [])!.Evaluate(patient.Possible) is Truth.True;
    }

    /// <summary>A fact and everything that it follows from.</summary>
    private static HashSet<string> Behind(FactDefinition definition, HashSet<string> found)
    {
        if (!found.Add(definition.Id)) return found;
        foreach (var derivation in definition.Derivations)
        {
            if (derivation is ListDerivation list) found.Add(list.From);
            foreach (var input in derivation.Inputs) Behind(Real.Content.Facts.Facts[input], found);
        }

        return found;
    }
}
