using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;

namespace Hilum.Options;

/// <summary>Turns facts that are not known into what a person can be asked for: not "anaemia" but the haemoglobin and its limit.</summary>
internal sealed class Asking(Case patient)
{
    private readonly Dictionary<int, string[]> cache = [];
    private readonly Dictionary<int, bool> exists = [];

    /// <summary>Ids of the facts to ask for, each once, in ordinal order.</summary>
    public IEnumerable<string> For(IEnumerable<int> facts) => facts.Where(f => exists.TryGetValue(f, out var known) ? known : exists[f] = Exists(f)).SelectMany(Asked).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Whether there is something to ask: how a treatment works is no question before it is known that one is given. What guards it is asked instead.</summary>
    private bool Exists(int fact)
    {
        if (patient.Dictionary.Facts[fact].GuardedBy is not { } guard) return true;
        if (patient.Dictionary.FindById(guard) is { } flag) return new IsTrue(flag.Index).Evaluate(patient.Possible) is Truth.True;
        var compiler = new ConditionCompiler(patient.Dictionary, patient.Dictionary[FactDictionary.TodayId].Symbol);
        return compiler.Condition(guard, []) is not { } condition || condition.Evaluate(patient.Possible) is Truth.True;
    }

    /// <summary>What would settle a conflict: the fact itself, where somebody gave it, and what people are asked for it; else what was given of all that it follows from.</summary>
    public IReadOnlyList<string> Settling(CaseFact conflict)
    {
        var definition = conflict.Definition;
        string[] asked = [.. conflict.Given.Count > 0 && !definition.Derived ? [definition.Id] : Array.Empty<string>(), .. definition.Ask];
        var given = definition.Derivations.SelectMany(d => d.Inputs).Select(i => patient[i]).Where(f => f.Given.Count > 0).Select(f => f.Definition.Id);
        return [.. (conflict.Given.Count > 0 && asked.Length > 0 ? asked : asked.Concat(given)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private string[] Asked(int fact)
    {
        if (cache.TryGetValue(fact, out var known)) return known;
        var definition = patient.Dictionary.Facts[fact];
        if (patient[fact].State is FactState.Conflict && Settling(patient[fact]) is { Count: > 0 } settling) return cache[fact] = [.. settling];
        var reached = new HashSet<string>(StringComparer.Ordinal);
        Reach(definition, reached);
        string[] asked = [.. (definition.Ask.Length == 0 ? [definition.Id] : definition.Ask).Where(id => reached.Contains(id) && Exists(patient.Dictionary[id].Index)), .. reached.Where(InConflict)];
        if (asked.Length == 0) asked = [.. reached.Where(id => patient.Dictionary[id].Derivations.Length == 0 && id != definition.Id)];
        if (asked.Length == 0) asked = [definition.Id];
        return cache[fact] = asked;
    }

    private bool InConflict(string id) => patient[id] is { State: FactState.Conflict, Given.Count: > 0, Definition.Derived: false };

    /// <summary>Facts that are not known, from this one down through what it follows from.</summary>
    private void Reach(FactDefinition definition, HashSet<string> reached)
    {
        if (InConflict(definition.Id)) reached.UnionWith(Settling(patient[definition.Index]));
        if (!reached.Add(definition.Id)) return;
        foreach (var derivation in definition.Derivations)
        {
            if (derivation is ListDerivation list) reached.Add(list.From);
            foreach (var input in derivation.Inputs)
                if (!patient.Possible[input].IsKnown) Reach(patient.Dictionary.Facts[input], reached);
        }
    }
}
