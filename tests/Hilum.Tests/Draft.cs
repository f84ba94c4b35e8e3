using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Words;

namespace Hilum.Tests;

/// <summary>A fact of a small dictionary, before its derivations are compiled.</summary>
internal sealed record Draft(FactDefinition Definition)
{
    private readonly List<Func<FactDictionary, ConditionCompiler, FactDefinition, Derivation>> derivations = [];

    /// <summary>A fact that is true or false.</summary>
    public static Draft Bool(string id) => Of(id, FactType.Bool) with { Definition = Of(id, FactType.Bool).Definition with { Values = ValuesOf(["false", "true"]) } };

    /// <summary>A fact that is one of some codes.</summary>
    public static Draft Code(string id, params string[] values) => Of(id, FactType.Code).Having(d => d with { Values = ValuesOf(values) });

    /// <summary>A fact that is a list of codes.</summary>
    public static Draft Codes(string id, params string[] values) => Of(id, FactType.Codes).Having(d => d with { Values = ValuesOf(values) });

    /// <summary>A number in one of some units; the first is canonical.</summary>
    public static Draft Number(string id, params string[] units) => Of(id, FactType.Number).Having(d => d with { Units = units });

    /// <summary>A whole number.</summary>
    public static Draft Whole(string id) => Of(id, FactType.Integer);

    /// <summary>A date.</summary>
    public static Draft Date(string id) => Of(id, FactType.Date);

    /// <summary>A list whose items have a shape of their own.</summary>
    public static Draft List(string id) => Of(id, FactType.List);

    /// <summary>The definition changed.</summary>
    public Draft Having(Func<FactDefinition, FactDefinition> change) => this with { Definition = change(Definition) };

    /// <summary>What a person is asked for when it is missing.</summary>
    public Draft Asking(params string[] ids) => Having(d => d with { Ask = ids });

    /// <summary>The fact follows from a text in the condition language; <paramref name="system"/> is the unit system of the result.</summary>
    public Draft From(string text, byte system = 255)
    {
        derivations.Add((_, compiler, fact) =>
        {
            var errors = new List<ConditionError>();
            Derivation? made = fact.Type switch
            {
                FactType.Bool => compiler.Truth(text, errors) is { } node ? new TruthDerivation(node) { Inputs = [.. References.Of(node)] } : null,
                FactType.Code => compiler.Code(text, fact.Symbol, errors) is { } node ? new CodeDerivation(node) { Inputs = [.. References.Of(node)] } : null,
                FactType.Date => compiler.Date(text, errors) is { } node ? new NumberDerivation(node, 255) { Inputs = [.. References.Of(node)] } : null,
                _ => compiler.Number(text, fact.Symbol, errors, system) is { } node ? new NumberDerivation(node, system) { Inputs = [.. References.Of(node)] } : null,
            };
            return made ?? throw new InvalidOperationException($"{fact.Id}: '{text}': {string.Join("; ", errors)}");
        });
        return this;
    }

    /// <summary>The last derivation is an assumption: it gives way to anything that is known.</summary>
    public Draft Assumed()
    {
        var last = derivations[^1];
        derivations[^1] = (dictionary, compiler, fact) => last(dictionary, compiler, fact) with { Assumed = true };
        return this;
    }

    /// <summary>The fact is read from a list by a rule of the library.</summary>
    public Draft FromList(string list, string rule, string? argument = null, string? until = null, params ToxicityKind[] kinds)
    {
        derivations.Add((dictionary, _, _) => new ListDerivation(list, rule, argument) { Inputs = [dictionary[list].Index], Until = until is null ? null : dictionary[until].Index, Kinds = kinds });
        return this;
    }

    /// <summary>The fact is the number of factors that hold or, with groups, the group that they lead to.</summary>
    public Draft FromPoints(string[] factors, params (string Group, int Min, int Max)[] groups)
    {
        derivations.Add((_, compiler, fact) =>
        {
            var nodes = factors.Select(f => compiler.Condition(f, []) ?? throw new InvalidOperationException(f)).ToArray();
            return new PointsDerivation(nodes, [.. groups.Select(g => new PointsGroup(fact.BitOf(g.Group), g.Min, g.Max))])
            {
                Inputs = [.. nodes.SelectMany(References.Of).Distinct()],
            };
        });
        return this;
    }

    /// <summary>The derivations, compiled in a dictionary that holds every fact.</summary>
    public Derivation[] Compile(FactDictionary dictionary, ConditionCompiler compiler, FactDefinition fact) => [.. derivations.Select(d => d(dictionary, compiler, fact))];

    private static Draft Of(string id, FactType type) => new(new FactDefinition
    {
        Id = id,
        Index = 0,
        Name = FactDefinition.NameOf(id),
        Type = type,
        Label = Phrase.Same(id),
    });

    private static FactValue[] ValuesOf(string[] codes) => [.. codes.Select(c => new FactValue(c, Phrase.Same(c), [], []))];
}
