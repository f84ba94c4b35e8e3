using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Proof.Model;

namespace Hilum.Proof.Diff;

/// <summary>Conditions over the facts of one content, as conditions over the facts of another: facts and codes are found by their ids.</summary>
internal sealed class Reindexed(FactDictionary before, FactDictionary after)
{
    /// <summary>An edition, without the rules that name a fact or a code that is no more; these are listed.</summary>
    public (Edition Edition, List<string> Lost) Edition(Edition edition)
    {
        var lost = new List<string>();
        var rules = new List<Recommendation>();
        foreach (var rule in edition.Recommendations)
            if (Try(rule.When, $"{edition.Id}/{rule.Id}", lost) is { } when) rules.Add(rule with { When = when });
        var scope = Try(edition.Scope, $"{edition.Id}: scope", lost) ?? new TruthConstant(true);
        return (edition with { Scope = scope, Recommendations = [.. rules], Statements = [] }, lost);
    }

    /// <summary>Safety rules, without those that name a fact or a code that is no more; these are listed.</summary>
    public (List<SafetyRule> Rules, List<string> Lost) Safety(IEnumerable<SafetyRule> rules)
    {
        var lost = new List<string>();
        var kept = new List<SafetyRule>();
        foreach (var rule in rules)
        {
            var when = Try(rule.When, $"safety/{rule.Id}", lost);
            var unless = rule.Unless is null ? null : Try(rule.Unless, $"safety/{rule.Id}", lost);
            if (when is not null && (rule.Unless is null || unless is not null)) kept.Add(rule with { When = when, Unless = unless });
        }

        return (kept, lost);
    }

    private TruthNode? Try(TruthNode node, string what, List<string> lost)
    {
        try
        {
            return Of(node);
        }
        catch (NotTranslatedException e)
        {
            lost.Add($"{what}: {e.Message}");
            return null;
        }
    }

    private int Fact(int index) => after.FindById(before.Facts[index].Id)?.Index ?? throw new NotTranslatedException($"the fact '{before.Facts[index].Id}' is no more");

    private int Bit(int fact, int bit) => before.Facts[fact].Type is FactType.Bool or FactType.List ? bit
        : after.Facts[Fact(fact)].BitOf(before.Facts[fact].Values[bit].Code) is var found and >= 0 ? found
        : throw new NotTranslatedException($"the value '{before.Facts[fact].Values[bit].Code}' of '{before.Facts[fact].Id}' is no more");

    private ulong Mask(int fact, ulong mask)
    {
        ulong moved = 0;
        for (var bit = 0; bit < before.Facts[fact].Values.Length; bit++)
            if ((mask & (1UL << bit)) != 0) moved |= 1UL << Bit(fact, bit);
        return moved;
    }

    private TruthNode Of(TruthNode node) => node switch
    {
        TruthConstant or TruthUnknown => node,
        IsTrue n => new IsTrue(Fact(n.Fact)),
        CodeIn { Operand: FactCode code } n => new CodeIn(new FactCode(Fact(code.Fact)), Mask(code.Fact, n.Mask)),
        Compare n => n with { Left = Of(n.Left), Right = Of(n.Right) },
        Contains n => new Contains(Fact(n.Fact), Bit(n.Fact, n.Bit)),
        IncludedIn n => new IncludedIn(Fact(n.Fact), Mask(n.Fact, n.Mask)),
        Exists n => new Exists(Fact(n.Fact)),
        Not n => new Not(Of(n.Operand)),
        And n => new And(Of(n.Left), Of(n.Right)),
        Or n => new Or(Of(n.Left), Of(n.Right)),
        Xor n => new Xor(Of(n.Left), Of(n.Right)),
        Implies n => new Implies(Of(n.Left), Of(n.Right)),
        IfTruth n => new IfTruth(Of(n.When), Of(n.Then), Of(n.Else)),
        Named n => new Named(n.Name, Of(n.Body)),
        _ => throw new NotTranslatedException($"a condition of the form {node.GetType().Name}"),
    };

    private NumberNode Of(NumberNode node) => node switch
    {
        FactNumber n => n with { Fact = Fact(n.Fact) },
        CountOf n => new CountOf(Fact(n.Fact)),
        Sum n => n with { Left = Of(n.Left), Right = Of(n.Right) },
        Product n => n with { Left = Of(n.Left), Right = Of(n.Right) },
        Scaled n => n with { Operand = Of(n.Operand) },
        Between n => n with { Start = Of(n.Start), End = Of(n.End) },
        Shifted n => n with { Date = Of(n.Date) },
        IfNumber n => new IfNumber(Of(n.When), Of(n.Then), Of(n.Else)),
        _ => node,
    };
}
