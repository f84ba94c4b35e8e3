using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Hilum.Expressions;
using Hilum.Facts;

namespace Hilum.Options;

/// <summary>Regions that were completed already, for this patient or for another: what is not known of one is mostly not known of the next.</summary>
/// <remarks>
/// A region follows from its key alone, so that what was asked before changes no answer. Of a patient nothing is held but the values in the
/// keys, and those no longer than until the next <see cref="MostKept"/> numbers are kept.
/// </remarks>
internal sealed class Completed
{
    /// <summary>Numbers kept at most (about 30 MB), after which everything is forgotten.</summary>
    private const int MostKept = 8_000_000;

    /// <summary>What a key counts beside the walk.</summary>
    private const int SizeOfKey = 600;

    private static readonly ConditionalWeakTable<FactDictionary, Completed> All = [];
    private int kept;

    /// <summary>The truths that leaves can have together; null where there are too many completions.</summary>
    public ConcurrentDictionary<RegionKey, RegionCells?> Regions { get; } = [];

    /// <summary>Derived facts by themselves; null where there are too many completions.</summary>
    public ConcurrentDictionary<RegionKey, Module?> Modules { get; } = [];

    /// <summary>What was completed by the facts and derivations of a dictionary.</summary>
    public static Completed By(FactDictionary dictionary) => All.GetOrCreateValue(dictionary);

    /// <summary>Keeps a region and returns it.</summary>
    public RegionCells? Keep(RegionKey key, RegionCells? cells, Walked? walk)
    {
        Count(walk);
        return Regions[key] = cells;
    }

    /// <summary>Keeps a module and returns it.</summary>
    public Module? Keep(RegionKey key, Module? module, Walked? walk)
    {
        Count(walk);
        return Modules[key] = module;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Regions.Clear();
        Modules.Clear();
        Interlocked.Exchange(ref kept, 0);
    }

    private void Count(Walked? walk)
    {
        if (Interlocked.Add(ref kept, SizeOfKey + (walk?.Size ?? 0)) > MostKept) Clear();
    }
}

/// <summary>What is completed together, and everything that this depends on: the facts, the leaves about them, the facts of which something needs the value, and what is known around them.</summary>
internal sealed class RegionKey : IEquatable<RegionKey>
{
    private readonly IReadOnlyList<int> facts;
    private readonly TruthNode[] leaves;
    private readonly int[] raw;
    private readonly Surroundings[] around;
    private readonly int hash;

    /// <summary>The key for a patient.</summary>
    public RegionKey(IReadOnlyList<int> facts, TruthNode[] leaves, int[] raw, Dependencies dependencies)
    {
        this.facts = facts;
        this.leaves = leaves;
        this.raw = raw;
        around = new Surroundings[facts.Count];
        var code = default(HashCode);
        for (var i = 0; i < around.Length; i++)
        {
            around[i] = dependencies.Around(facts[i]);
            code.Add(around[i].GetHashCode());
        }

        foreach (var leaf in leaves) code.Add(leaf);
        hash = code.ToHashCode();
    }

    /// <inheritdoc/>
    public bool Equals(RegionKey? other) =>
        other is not null && hash == other.hash && facts.SequenceEqual(other.facts) && raw.AsSpan().SequenceEqual(other.raw)
        && leaves.AsSpan().SequenceEqual(other.leaves) && around.AsSpan().SequenceEqual(other.around);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RegionKey);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;
}

/// <summary>What completing a fact looks at: what is possible of everything behind it, known or not, and what of that was given.</summary>
internal sealed class Surroundings : IEquatable<Surroundings>
{
    private readonly int[] facts;
    private readonly bool[] given;
    private readonly Possible[] values;
    private readonly int hash;

    /// <summary>The surroundings of a fact.</summary>
    /// <param name="dependencies">What follows from what, for the patient.</param>
    /// <param name="fact">The fact.</param>
    public Surroundings(Dependencies dependencies, int fact)
    {
        var (patient, seen) = (dependencies.Patient, new HashSet<int>());
        foreach (var behind in dependencies.Closure(fact))
        {
            seen.Add(behind);
            foreach (var derivation in patient.Dictionary.Facts[behind].Derivations)
                if (derivation.FromFacts) seen.UnionWith(derivation.Inputs);
        }

        facts = new int[seen.Count];
        seen.CopyTo(facts);
        Array.Sort(facts);
        given = new bool[facts.Length];
        values = new Possible[facts.Length];
        var code = default(HashCode);
        for (var at = 0; at < facts.Length; at++)
        {
            given[at] = dependencies.IsGiven(facts[at]);
            values[at] = patient.Possible[facts[at]];
            code.Add(facts[at]);
            code.Add(values[at]);
        }

        hash = code.ToHashCode();
    }

    /// <inheritdoc/>
    public bool Equals(Surroundings? other) => ReferenceEquals(this, other) ||
        (other is not null && hash == other.hash && facts.AsSpan().SequenceEqual(other.facts) && given.AsSpan().SequenceEqual(other.given) && values.AsSpan().SequenceEqual(other.values));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Surroundings);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;
}
