using Hilum.Expressions;

namespace Hilum.Facts;

/// <summary>Every fact that Hilum knows, in index order.</summary>
public sealed class FactDictionary : ISymbols
{
    /// <summary>The id of the as-of date, which is a fact of every case.</summary>
    public const string TodayId = "today";

    private readonly Dictionary<string, FactDefinition> byId;
    private readonly Dictionary<string, FactDefinition> byName;

    /// <summary>Made when guidance is loaded.</summary>
    /// <param name="facts">Every fact; each at its own index.</param>
    /// <param name="order">Indexes such that each derived fact comes after what it follows from.</param>
    public FactDictionary(FactDefinition[] facts, int[] order)
    {
        Facts = facts;
        Order = order;
        byId = facts.ToDictionary(f => f.Id, StringComparer.Ordinal);
        byName = facts.ToDictionary(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>All facts; each at its own index.</summary>
    public FactDefinition[] Facts { get; }

    /// <summary>The order in which derived facts are worked out.</summary>
    public int[] Order { get; }

    /// <summary>A fact by id; throws when there is none (for ids that content has been checked to hold).</summary>
    public FactDefinition this[string id] => byId[id];

    /// <summary>A fact by id, or null.</summary>
    public FactDefinition? FindById(string id) => byId.GetValueOrDefault(id);

    /// <inheritdoc/>
    public Symbol? Find(string name) => byName.GetValueOrDefault(name)?.Symbol;

    /// <inheritdoc/>
    public TruthNode? FindDefine(string name) => null;

    /// <inheritdoc/>
    public IEnumerable<string> Names => byName.Keys;
}
