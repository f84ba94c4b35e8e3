using CsCheck;
using Hilum.Answers;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Tests.Options;

/// <summary>The laws on the guidance of this repository, with random patients.</summary>
public sealed class RealContentTests
{
    private static readonly Lazy<GuidanceContent> Content = new(() => ContentLoader.Load(ContentFiles.Read(Path.Combine(Sample.Root, "guidance"))));

    /// <summary>Facts that follow from nothing: their values can be chosen freely. Not the ECOG, of which the mapping gives way to a Karnofsky (design, "Facts from records").</summary>
    private static readonly Lazy<FactDefinition[]> Free = new(() =>
        [.. Content.Value.Facts.Facts.Where(f => f.Derivations.Length == 0 && !f.Derived && f.Type is not (FactType.List or FactType.Date) && f.Id is not ("kidney-cancer" or "t-category" or "n-category" or "m-category" or "ecog"))]);

    /// <summary>What is given of each free fact: nothing (mostly), or a value chosen by a number.</summary>
    private static readonly Gen<int[]> Choices = Gen.Frequency((2, Gen.Const(-1)), (1, Gen.Int[0, 1_000_000])).Array[200];

    private static Case CaseOf(IEnumerable<GivenFact> given) => new CaseBuilder(Content.Value.Facts).Build(
        new() { Facts = [.. given, new(Content.Value.Facts["kidney-cancer"], new GivenCode(2), default, "test"), new(Content.Value.Facts["stage"], new GivenCode(8), default, "test")] },
        new() { AsOf = Sample.AsOf });

    private static GivenValue? ValueOf(FactDefinition fact, int choice)
    {
        if (choice < 0) return null;
        switch (fact.Type)
        {
            case FactType.Bool: return new GivenCode(1UL << (choice % 2));
            case FactType.Code: return new GivenCode(1UL << (choice % fact.Values.Length));
            case FactType.Codes:
                var all = fact.Symbol.AllCodes;
                return new GivenMembers((ulong)(choice % 65_521) & all, 0, Complete: true);
            default:
                var (min, max) = (fact.PlausibleMin ?? 0, fact.PlausibleMax ?? 100);
                var value = min + ((max - min) * (choice % 101) / 100);
                return new GivenNumber(Interval.Point(fact.Type is FactType.Integer ? Math.Round(value) : value), "");
        }
    }

    private static IEnumerable<GivenFact> Given(int[] choices) => Free.Value
        .Select((fact, i) => (fact, value: ValueOf(fact, choices[i % choices.Length])))
        .Where(g => g.value is not null)
        .Select(g => new GivenFact(g.fact, g.value!, default, "test"));

    [Fact]
    public void Learning_facts_never_changes_a_decided_status_and_never_widens_an_open_one()
    {
        var law = Gen.Select(Choices, Choices);
        law.Sample(
            (known, more) =>
            {
                // given
                var before = Content.Value.Assessor.Assess(CaseOf(Given(known)));
                var learned = known.Select((k, i) => k < 0 ? more[i] : k).ToArray();

                // when
                var patient = CaseOf(Given(learned));
                var after = Content.Value.Assessor.Assess(patient);

                // then, unless what was learned contradicts what was given: a conflict opens what was decided
                if (patient.Facts.Any(f => f.State is FactState.Conflict)) return;
                foreach (var (was, now) in before.Options.OrderBy(o => o.Treatment.Id, StringComparer.Ordinal).Zip(after.Options.OrderBy(o => o.Treatment.Id, StringComparer.Ordinal)))
                {
                    foreach (var (a, b) in was.Editions.Zip(now.Editions))
                    {
                        if (a.Silent && !b.Silent) Assert.Fail($"{was.Treatment.Id}: {a.Edition.Id} was silent");
                        if (b.Silent || a.TooManyUnknowns) continue;
                        var widened = b.Possible.Except(a.Possible).ToList();
                        if (!b.TooManyUnknowns && widened.Count > 0)
                            Assert.Fail($"{was.Treatment.Id} by {a.Edition.Id}: was {string.Join(",", a.Possible)}, is {string.Join(",", b.Possible)}; learned {Learned(known, learned)}");
                    }

                    var applied = was.Safety.Where(s => s.State is Truth.True && s.Rule.Unless is null).Select(s => s.Rule.Id);
                    var applies = now.Safety.Where(s => s.State is Truth.True).Select(s => s.Rule.Id).ToHashSet(StringComparer.Ordinal);
                    foreach (var rule in applied)
                        if (!applies.Contains(rule)) Assert.Fail($"{was.Treatment.Id}: {rule} no longer applies; learned {Learned(known, learned)}");
                }
            },
            iter: 40);
    }

    [Fact]
    public void Every_combination_of_IMDC_factors_gives_the_groups_of_the_bounds_table()
    {
        string[] factors = ["karnofsky-below-80", "treated-within-one-year", "haemoglobin-low", "corrected-calcium-high", "neutrophils-high", "platelets-high"];
        string[] groups = ["favourable", "intermediate", "poor"];
        var imdc = Content.Value.RiskModels.Single(m => m.Id == "imdc");
        for (var n = 0; n < 729; n++)
        {
            // given
            var given = new List<GivenFact> { new(Content.Value.Facts["metastatic"], new GivenCode(2), default, "test") };
            int present = 0, unknown = 0;
            for (int i = 0, rest = n; i < 6; i++, rest /= 3)
            {
                if (rest % 3 == 2) unknown++;
                else given.Add(new(Content.Value.Facts[factors[i]], new GivenCode(1UL << (rest % 3)), default, "test"));
                if (rest % 3 == 1) present++;
            }

            // when
            var risk = imdc.Assess(CaseOf(given));

            // then
            static int Group(int points) => points == 0 ? 0 : points <= 2 ? 1 : 2;
            Assert.Equal(groups[Group(present)..(Group(present + unknown) + 1)], risk.Groups.Select(g => g.Id));
            Assert.Equal((present, present + unknown), (risk.Min, risk.Max));
        }
    }

    [Fact]
    public void Nobody_is_judged_by_more_completions_than_can_be_walked_when_nothing_is_known()
    {

        var assessment = Content.Value.Assessor.Assess(CaseOf([]));

        Assert.Empty(assessment.Options.SelectMany(o => o.Editions.Where(e => e.TooManyUnknowns)).Select(e => e.Edition.Id));
        Assert.Equal(Content.Value.Catalogue.Treatments.Length, assessment.Options.Count);
    }

    [Fact]
    public void What_was_judged_before_changes_no_byte_of_an_answer()
    {
        // given every worked case, judged one after the other
        var files = ContentFiles.Read(Path.Combine(Sample.Root, "guidance"));
        var judged = new List<(string Name, Edition[]? Editions, Assessment Answer)>();
        WorkedCases.Run(files, Content.Value, (file, line, answer) => judged.Add(($"{file}:{line}", file.Split('/') is ["editions", var edition, ..] ? [Content.Value.Catalogue.FindEdition(edition)!] : null, answer)));

        // when some are judged as if nobody had come before them
        var different = judged.Where((_, n) => n % 7 == 0).Where(one =>
        {
            Completed.By(Content.Value.Facts).Clear();
            return !Bytes(one.Answer).SequenceEqual(Bytes(Content.Value.Assessor.Assess(one.Answer.Case, one.Editions)));
        });

        Assert.True(judged.Count > 500);
        Assert.Empty(different.Select(one => one.Name));
    }

    private static byte[] Bytes(Assessment answer)
    {
        using var json = new AnswerJson(answer, new(Content.Value, answer.Case, Language.English));
        return json.Plan().ToArray();
    }

    private static string Learned(int[] known, int[] learned) => string.Join("; ", Free.Value
        .Select((f, i) => (f, i: i % known.Length)).Where(x => known[x.i] != learned[x.i]).Select(x => $"{x.f.Id} {ValueOf(x.f, learned[x.i])}"));
}
