using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;

namespace Hilum.Tests.Guidance;

/// <summary>Of one finding, a patient must not read "give another dose" beside "do not give it".</summary>
public sealed class ContradictionTests
{
    private const int Patients = 1000;

    /// <summary>Pairs that may stand side by side, and why.</summary>
    private static readonly Dictionary<string, string> Explained = new(StringComparer.Ordinal)
    {
        ["everolimus-moderate-inhibitor everolimus-live-vaccine"] = "the vaccine is another medicine than the inhibitor",
        ["everolimus-strong-inducer everolimus-live-vaccine"] = "the vaccine is another medicine than the inducer",
        ["temsirolimus-blood-counts supportive-care-only"] = "low neutrophils lower the dose, high ones count for the IMDC risk",
    };

    [Fact]
    public void No_rule_adjusts_the_dose_for_the_reason_for_which_another_speaks_against_the_drug()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var rules in Content.Loaded.Catalogue.SafetyByTreatment)
            foreach (var adjust in rules.Where(r => r.Severity is Severity.AdjustDose))
                foreach (var harder in rules.Where(r => r.Severity is Severity.Contraindicated or Severity.Avoid && Share(r, adjust)))
                    if (!Explained.ContainsKey($"{adjust.Id} {harder.Id}") && BothHold(adjust, harder)) found.Add($"{adjust.Id} {harder.Id}");
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public void Every_pair_that_is_explained_still_stands()
    {
        var rules = Content.Loaded.Catalogue.SafetyRules.ToDictionary(r => r.Id, StringComparer.Ordinal);
        Assert.All(Explained.Keys.Select(k => k.Split(' ')), pair => Assert.True(BothHold(rules[pair[0]], rules[pair[1]])));
    }

    /// <summary>Whether both ask about one fact and one drug: a regimen may need another dose of one part and lose the other. A drug is either started or being given.</summary>
    private static bool Share(SafetyRule a, SafetyRule b) => (a.Starting is null || b.Starting is null || a.Starting == b.Starting) && Asked(a).Overlaps(Asked(b)) && (DrugsOf(a), DrugsOf(b)) is var (x, y) && (x.Count == 0 || y.Count == 0 || x.Overlaps(y));

    /// <summary>The drugs that a rule names, itself or by their class; none for a rule about treatments or kinds.</summary>
    private static HashSet<string> DrugsOf(SafetyRule rule) =>
        [.. rule.Drugs, .. Content.Loaded.Formulary.Drugs.Where(d => rule.Classes.Contains(d.Class)).Select(d => d.Id)];

    /// <summary>The facts that a rule asks about, down to those that follow from nothing.</summary>
    private static HashSet<int> Asked(SafetyRule rule)
    {
        var open = new Stack<int>(References.Of(rule.When));
        var roots = new HashSet<int>();
        while (open.TryPop(out var fact))
        {
            var inputs = Content.Loaded.Facts.Facts[fact].Derivations.Where(d => d.FromFacts).SelectMany(d => d.Inputs).ToList();
            if (inputs.Count == 0) roots.Add(fact);
            else inputs.ForEach(open.Push);
        }

        return roots;
    }

    private static bool BothHold(SafetyRule a, SafetyRule b)
    {
        var facts = Content.Loaded.Facts;
        var asked = Asked(a).Union(Asked(b)).Select(i => facts.Facts[i]).ToList();
        var roots = asked.Where(f => f.Type is not (FactType.List or FactType.Date)).ToList();
        // on treatment, with medicines: the lists about which rules ask hold something
        var lists = asked.Where(f => f.Type is FactType.List).Select(f => new GivenFact(f, new GivenTexts(["something"], Complete: false), default, "test")).ToList();
        var random = new Random(17);
        for (var i = 0; i < Patients; i++)
        {
            var given = roots.Select(f => new GivenFact(f, Value(f, random), default, "test")).Concat(lists);
            var patient = new CaseBuilder(facts).Build(new() { Facts = [.. given] }, new() { AsOf = Sample.AsOf });
            if (a.State(patient.Possible) is Truth.True && b.State(patient.Possible) is Truth.True) return true;
        }

        return false;
    }

    private static GivenValue Value(FactDefinition fact, Random random)
    {
        switch (fact.Type)
        {
            case FactType.Bool: return new GivenCode(1UL << random.Next(2));
            case FactType.Code: return new GivenCode(1UL << random.Next(fact.Values.Length));
            case FactType.Codes when fact.Id == "medication-classes":
                // of one and the same medicine
                var medicine = Content.Loaded.Formulary.Medicines[random.Next(Content.Loaded.Formulary.Medicines.Length)];
                return new GivenMembers(medicine.Classes.Aggregate(0UL, (all, c) => all | (1UL << fact.BitOf(c))), 0, Complete: true);
            case FactType.Codes:
                var bits = (1UL << random.Next(fact.Values.Length)) | (1UL << random.Next(fact.Values.Length));
                return new GivenMembers(bits, 0, Complete: true);
            default:
                var (min, max) = (fact.PlausibleMin ?? 0, fact.PlausibleMax ?? 100);
                // most thresholds lie low in the plausible range
                var part = (decimal)Math.Pow(random.NextDouble(), 3);
                var value = min + ((max - min) * part);
                return new GivenNumber(Interval.Point(fact.Type is FactType.Integer ? Math.Round(value) : value), "");
        }
    }
}
