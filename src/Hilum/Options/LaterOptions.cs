using Hilum.Facts;

namespace Hilum.Options;

/// <summary>What would be offered after a first-line treatment, should the cancer grow under it.</summary>
/// <param name="First">The treatment chosen now.</param>
/// <param name="Later">What would then be offered.</param>
/// <param name="Open">What another choice now would leave on offer then, and of which it is not known whether this one does.</param>
/// <param name="Closed">What another choice now would leave on offer then, and this one does not.</param>
public sealed record LaterOptions(Option First, IReadOnlyList<Option> Later, IReadOnlyList<Option> Open, IReadOnlyList<Treatment> Closed)
{
    private const string Supposed = "supposed";

    /// <summary>Works it out from the rules: the same patient, with the treatment given and stopped for progression.</summary>
    /// <param name="record">The record as read.</param>
    /// <param name="settings">What was added by hand.</param>
    /// <param name="assessment">The answer for today.</param>
    /// <param name="assessor">The judge.</param>
    /// <param name="formulary">Drugs and regimens.</param>
    /// <param name="named">Editions named by hand; null for the current ones.</param>
    public static IReadOnlyList<LaterOptions> After(PatientRecord record, CaseSettings settings, Assessment assessment, Assessor assessor, Formulary formulary, IReadOnlyList<Edition>? named)
    {
        var dictionary = assessment.Case.Dictionary;
        var then = assessment.Options.Where(o => o.Standing.IsOffered() && o.Treatment.Parts.Length > 0)
            .Select(first => (First: first, Then: Judge(first)))
            .ToList();
        var any = then.SelectMany(t => t.Then).Where(o => o.Standing.IsOffered()).Select(o => o.Treatment.Id).ToHashSet(StringComparer.Ordinal);
        return [.. then.Select(t => new LaterOptions(
            t.First,
            [.. t.Then.Where(o => o.Standing.IsOffered())],
            [.. t.Then.Where(o => o.Standing is Standing.NeedsInformation && any.Contains(o.Treatment.Id))],
            [.. t.Then.Where(o => !o.Standing.IsOffered() && o.Standing is not Standing.NeedsInformation && o.Treatment.Id != t.First.Treatment.Id && any.Contains(o.Treatment.Id)).Select(o => o.Treatment).OrderBy(c => c.Id, StringComparer.Ordinal)]))];

        List<Option> Judge(Option first)
        {
            var drugs = first.Treatment.Parts.Select(p => p.Drug).ToArray();
            var earlier = assessment.Case["prior-therapies"].Given.Select(g => g.Value).OfType<GivenTherapies>().SelectMany(t => t.Items);
            var course = new PriorTherapy
            {
                Treatment = first.Treatment.Id,
                Drugs = drugs,
                Groups = formulary.GroupsOf(drugs),
                Start = Measures.PartialDate.From(settings.AsOf),
                Stop = Measures.PartialDate.From(settings.AsOf),
                StoppedFor = "progression",
                Setting = TherapySetting.Metastatic,
                Origin = Supposed,
            };
            var follows = dictionary.Facts.Where(f => f.Derivations.OfType<ListDerivation>().Any(d => d.From == "prior-therapies"))
                .Select(f => new GivenFact(f, new GivenUnknown(), default, Supposed));
            var byHand = settings.ByHand.Where(g => g.Fact.Id != "prior-therapies" && !g.Fact.Derivations.OfType<ListDerivation>().Any())
                .Concat(follows).Append(new(dictionary["prior-therapies"], new GivenTherapies([.. earlier, course], Complete: true), default, Supposed));
            var later = new CaseBuilder(dictionary).Build(record, settings with { ByHand = [.. byHand] });
            return [.. assessor.Assess(later, named).Options.Where(o => o.Treatment.Parts.Length > 0)];
        }
    }
}
