using Hilum.Expressions;
using Hilum.Facts;

namespace Hilum.Proof.Model;

/// <summary>Which facts a model must hold, so that conditions see only patients who can exist.</summary>
/// <param name="dictionary">What follows from what.</param>
/// <param name="record">A record whose known and given facts are not worked out again; null for none.</param>
internal sealed class Reach(FactDictionary dictionary, Case? record)
{
    private readonly Dictionary<int, HashSet<int>> closures = [];

    /// <summary>The facts that the conditions name and everything that these follow from, but for what stands only behind one fact that can be given.</summary>
    public IReadOnlyCollection<int> Of(IEnumerable<TruthNode> conditions)
    {
        var named = conditions.SelectMany(References.Of).ToHashSet();
        var reached = named.SelectMany(Closure).ToHashSet();
        if (record is not null) return reached;
        foreach (var fact in dictionary.Order.Reverse().Where(f => reached.Contains(f) && !dictionary.Facts[f].Derived).ToList())
        {
            if (!reached.Contains(fact) || Inputs(fact).Length == 0) continue;
            var behind = Closure(fact).Where(f => f != fact && reached.Contains(f)).ToHashSet();
            var seen = behind.Overlaps(named) || reached.Any(other => other != fact && !behind.Contains(other) && Inputs(other).Any(behind.Contains));
            if (!seen) reached.ExceptWith(behind);
        }

        return reached;
    }

    private HashSet<int> Closure(int fact)
    {
        if (closures.TryGetValue(fact, out var known)) return known;
        var closure = new HashSet<int> { fact };
        foreach (var input in Inputs(fact)) closure.UnionWith(Closure(input));
        return closures[fact] = closure;
    }

    private int[] Inputs(int fact)
    {
        if (record is not null && (record.Possible[fact].IsKnown || record[fact] is { Given.Count: > 0, State: not FactState.Stale })) return [];
        return [.. dictionary.Facts[fact].Derivations.SelectMany(d => d is ListDerivation list ? [dictionary[list.From].Index] : d.Inputs).Distinct()];
    }
}
