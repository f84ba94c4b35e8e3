using Hilum.Facts;

namespace Hilum.Options;

/// <summary>Which unknown facts of a patient follow from which other unknown facts.</summary>
/// <param name="patient">The patient.</param>
internal sealed class Dependencies(Case patient)
{
    private readonly Dictionary<int, int[]> inputs = [];
    private readonly Dictionary<int, HashSet<int>> closures = [];
    private readonly Dictionary<int, Surroundings> around = [];

    /// <summary>The patient.</summary>
    public Case Patient { get; } = patient;

    /// <summary>Room for the choices of one walk at a time (they do not nest), kept so that each walk need not grow its own.</summary>
    public List<ushort> Choices { get; } = [];

    /// <summary>Room for the cells of one walk at a time.</summary>
    public List<int> Cells { get; } = [];

    /// <summary>Whether something that counts is stated of a fact: what is given in part is not worked out again.</summary>
    public bool IsGiven(int fact) => Patient[fact] is { Given.Count: > 0, State: not FactState.Stale };

    /// <summary>The unknown facts that a fact follows from, each once.</summary>
    public int[] Inputs(int fact)
    {
        if (inputs.TryGetValue(fact, out var known)) return known;
        var open = new List<int>();
        foreach (var derivation in IsGiven(fact) ? [] : Patient.Dictionary.Facts[fact].Derivations)
            foreach (var input in derivation.FromFacts ? derivation.Inputs : [])
                if (!Patient.Possible[input].IsKnown && !open.Contains(input)) open.Add(input);
        return inputs[fact] = [.. open];
    }

    /// <summary>A fact and every unknown fact behind it.</summary>
    public HashSet<int> Closure(int fact)
    {
        if (closures.TryGetValue(fact, out var known)) return known;
        var closure = new HashSet<int> { fact };
        foreach (var input in Inputs(fact)) closure.UnionWith(Closure(input));
        return closures[fact] = closure;
    }

    /// <summary>What completing a fact looks at.</summary>
    public Surroundings Around(int fact) => around.TryGetValue(fact, out var known) ? known : around[fact] = new(this, fact);
}
