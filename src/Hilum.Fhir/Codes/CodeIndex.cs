using Hilum.Facts;

namespace Hilum.Fhir.Codes;

/// <summary>What every code of the dictionary means, by place. Made once.</summary>
internal sealed class CodeIndex
{
    private readonly Dictionary<Code, List<FactDefinition>> observations = [];
    private readonly Dictionary<Code, List<FactDefinition>> components = [];
    private readonly Dictionary<Code, List<FactDefinition>> conditions = [];
    private readonly Dictionary<Code, List<FactDefinition>> events = [];
    private readonly Dictionary<Code, List<FactDefinition>> denials = [];
    private readonly Dictionary<Code, List<Meaning>> valueDenials = [];
    private readonly Dictionary<Code, List<FactDefinition>> procedures = [];
    private readonly Dictionary<Code, List<Meaning>> values = [];
    private readonly Dictionary<Code, List<Meaning>> sites = [];
    private readonly Dictionary<Code, FactDefinition> genes = [];
    private readonly HashSet<Code> kidneySites = [];

    public CodeIndex(FactDictionary facts)
    {
        foreach (var fact in facts.Facts)
        {
            foreach (var code in Codes(fact.Fhir.Observation.Concat(fact.Fhir.Component)).Where(c => c.System == CodeSystems.Hgnc)) genes[code] = fact;
            foreach (var code in Codes(fact.Fhir.Observation)) Add(observations, code, fact);
            foreach (var code in Codes(fact.Fhir.Component)) Add(components, code, fact);
            foreach (var code in Codes(fact.Fhir.Condition)) Add(conditions, code, fact);
            foreach (var code in Codes(fact.Fhir.Event)) Add(events, code, fact);
            foreach (var code in Codes(fact.Fhir.Denies)) Add(denials, code, fact);
            foreach (var code in Codes(fact.Fhir.Procedure)) Add(procedures, code, fact);
            for (var bit = 0; bit < fact.Values.Length; bit++)
            {
                foreach (var code in Codes(fact.Values[bit].Codes)) Add(values, code, new Meaning(fact, bit));
                foreach (var code in Codes(fact.Values[bit].Denies)) Add(valueDenials, code, new Meaning(fact, bit));
                foreach (var code in Codes(fact.Values[bit].Sites)) Add(sites, code, new Meaning(fact, bit));
            }

            if (fact.Id == FactIds.KidneyCancer) kidneySites.UnionWith(Codes(fact.Fhir.Site));
        }
    }

    /// <summary>The facts that an Observation with this code states.</summary>
    public IEnumerable<FactDefinition> ByObservation(Code code) => Find(observations, code);

    /// <summary>The facts that a component with this code states.</summary>
    public IEnumerable<FactDefinition> ByComponent(Code code) => Find(components, code);

    /// <summary>The Boolean facts that a Condition with this code makes true.</summary>
    public IEnumerable<FactDefinition> ByCondition(Code code) => Find(conditions, code).Distinct();

    /// <summary>The facts that a Condition with this code makes true by the day on which it happened.</summary>
    public IEnumerable<FactDefinition> ByEvent(Code code) => Find(events, code).Distinct();

    /// <summary>The Boolean facts that a Condition with exactly this code denies when it is denied: a code that only begins like it is narrower.</summary>
    public IEnumerable<FactDefinition> ByDenial(Code code) => denials.GetValueOrDefault(Normal(code)) ?? [];

    /// <summary>The values that are denied when exactly this code is.</summary>
    public IEnumerable<Meaning> ValuesByDenial(Code code) => valueDenials.GetValueOrDefault(Normal(code)) ?? [];

    /// <summary>The facts that a completed Procedure with this code makes true.</summary>
    public IEnumerable<FactDefinition> ByProcedure(Code code) => Find(procedures, code);

    /// <summary>The values that a code stands for; of one fact the most specific.</summary>
    public IEnumerable<Meaning> Values(Code code) => Find(values, code).DistinctBy(m => m.Fact.Id);

    /// <summary>For each fact the values of which a code leaves one open, as bits: an illness whose degree the code does not say.</summary>
    public IEnumerable<(FactDefinition Fact, ulong Mask)> ValueSets(Code code) =>
        Find(values, code).GroupBy(m => m.Fact).Select(g => (g.Key, g.Aggregate(0UL, (mask, m) => mask | (1UL << m.Bit))));

    /// <summary>The values that a body site stands for.</summary>
    public IEnumerable<Meaning> Sites(Code code) => Find(sites, code).DistinctBy(m => m.Fact.Id);

    /// <summary>Whether a body site is the kidney.</summary>
    public bool IsKidneySite(Code code) => kidneySites.Contains(Normal(code));

    /// <summary>The fact that a gene decides, or null.</summary>
    public FactDefinition? ByGene(Code code) => genes.GetValueOrDefault(Normal(code));

    private static Code Normal(Code code) => code with { Value = code.Key };

    private static IEnumerable<Code> Codes(IEnumerable<string> texts) => texts.Select(t => Normal(Code.Parse(t)));

    private static void Add<T>(Dictionary<Code, List<T>> index, Code code, T item)
    {
        if (!index.TryGetValue(code, out var list)) index[code] = list = [];
        list.Add(item);
    }

    /// <summary>ICD-10 codes are found by every part that they begin with, the longest first; all others as they are.</summary>
    private static IEnumerable<T> Find<T>(Dictionary<Code, List<T>> index, Code code)
    {
        var normal = Normal(code);
        if (code.System != CodeSystems.Icd10) return index.GetValueOrDefault(normal) ?? [];
        return Enumerable.Range(0, Math.Max(0, Math.Min(normal.Value.Length, 10) - 2))
            .SelectMany(cut => index.GetValueOrDefault(normal with { Value = normal.Value[..(Math.Min(normal.Value.Length, 10) - cut)] }) ?? []);
    }
}
