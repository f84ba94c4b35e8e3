using Hilum.Facts;

namespace Hilum.Options;

/// <summary>Turns facts that are not known into what a person can be asked for: not "anaemia" but the haemoglobin and its limit.</summary>
internal sealed class Asking(Case patient)
{
    private readonly Dictionary<int, string[]> cache = [];

    /// <summary>Ids of the facts to ask for, each once, in ordinal order.</summary>
    public IEnumerable<string> For(IEnumerable<int> facts) => facts.SelectMany(Asked).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private string[] Asked(int fact)
    {
        if (cache.TryGetValue(fact, out var known)) return known;
        var definition = patient.Dictionary.Facts[fact];
        var reached = new HashSet<string>(StringComparer.Ordinal);
        Reach(definition, reached);
        string[] asked = [.. (definition.Ask.Length == 0 ? [definition.Id] : definition.Ask).Where(reached.Contains)];
        if (asked.Length == 0) asked = [.. reached.Where(id => patient.Dictionary[id].Derivations.Length == 0 && id != definition.Id)];
        if (asked.Length == 0) asked = [definition.Id];
        return cache[fact] = asked;
    }

    /// <summary>Facts that are not known, from this one down through what it follows from.</summary>
    private void Reach(FactDefinition definition, HashSet<string> reached)
    {
        if (!reached.Add(definition.Id)) return;
        foreach (var derivation in definition.Derivations)
        {
            if (derivation is ListDerivation list) reached.Add(list.From);
            foreach (var input in derivation.Inputs)
                if (!patient.Possible[input].IsKnown) Reach(patient.Dictionary.Facts[input], reached);
        }
    }
}
