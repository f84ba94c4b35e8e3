namespace Hilum.Expressions;

/// <summary>The facts that an expression looks at.</summary>
public static class References
{
    /// <summary>Fact indexes of a condition, each once, in order of appearance.</summary>
    public static IReadOnlyList<int> Of(TruthNode node)
    {
        var found = new List<int>();
        Add(node, found);
        return found;
    }

    /// <summary>Fact indexes of a code expression.</summary>
    public static IReadOnlyList<int> Of(CodeNode node)
    {
        var found = new List<int>();
        Add(node, found);
        return found;
    }

    /// <summary>Fact indexes of a number expression.</summary>
    public static IReadOnlyList<int> Of(NumberNode node)
    {
        var found = new List<int>();
        Add(node, found);
        return found;
    }

    /// <summary>Every leaf of a condition, with the truth-valued nodes above it left out.</summary>
    public static IEnumerable<TruthNode> Leaves(TruthNode node) => node switch
    {
        Not n => Leaves(n.Operand),
        And n => Leaves(n.Left).Concat(Leaves(n.Right)),
        Or n => Leaves(n.Left).Concat(Leaves(n.Right)),
        Xor n => Leaves(n.Left).Concat(Leaves(n.Right)),
        Implies n => Leaves(n.Left).Concat(Leaves(n.Right)),
        IfTruth n => Leaves(n.When).Concat(Leaves(n.Then)).Concat(Leaves(n.Else)),
        Named n => Leaves(n.Body),
        TruthConstant or TruthUnknown => [],
        _ => [node],
    };

    /// <summary>Leaves that stand inside the conditions of a code or number expression too.</summary>
    public static IEnumerable<TruthNode> Leaves(CodeNode node) => node is IfCode choice ? Leaves(choice.When).Concat(Leaves(choice.Then)).Concat(Leaves(choice.Else)) : [];

    /// <summary>Leaves that stand inside the conditions of a number expression.</summary>
    public static IEnumerable<TruthNode> Leaves(NumberNode node) => node switch
    {
        IfNumber n => Leaves(n.When).Concat(Leaves(n.Then)).Concat(Leaves(n.Else)),
        Sum n => Leaves(n.Left).Concat(Leaves(n.Right)),
        Product n => Leaves(n.Left).Concat(Leaves(n.Right)),
        Scaled n => Leaves(n.Operand),
        Between n => Leaves(n.Start).Concat(Leaves(n.End)),
        Shifted n => Leaves(n.Date),
        _ => [],
    };

    private static void Add(TruthNode node, List<int> found)
    {
        switch (node)
        {
            case IsTrue n: Add(n.Fact, found); break;
            case CodeIn n: Add(n.Operand, found); break;
            case Compare n: Add(n.Left, found); Add(n.Right, found); break;
            case Contains n: Add(n.Fact, found); break;
            case IncludedIn n: Add(n.Fact, found); break;
            case Exists n: Add(n.Fact, found); break;
            case Not n: Add(n.Operand, found); break;
            case And n: Add(n.Left, found); Add(n.Right, found); break;
            case Or n: Add(n.Left, found); Add(n.Right, found); break;
            case Xor n: Add(n.Left, found); Add(n.Right, found); break;
            case Implies n: Add(n.Left, found); Add(n.Right, found); break;
            case IfTruth n: Add(n.When, found); Add(n.Then, found); Add(n.Else, found); break;
            case Named n: Add(n.Body, found); break;
        }
    }

    private static void Add(CodeNode node, List<int> found)
    {
        if (node is FactCode fact) Add(fact.Fact, found);
        if (node is not IfCode choice) return;
        Add(choice.When, found);
        Add(choice.Then, found);
        Add(choice.Else, found);
    }

    private static void Add(NumberNode node, List<int> found)
    {
        switch (node)
        {
            case FactNumber n: Add(n.Fact, found); break;
            case CountOf n: Add(n.Fact, found); break;
            case Sum n: Add(n.Left, found); Add(n.Right, found); break;
            case Product n: Add(n.Left, found); Add(n.Right, found); break;
            case Scaled n: Add(n.Operand, found); break;
            case Between n: Add(n.Start, found); Add(n.End, found); break;
            case Shifted n: Add(n.Date, found); break;
            case IfNumber n: Add(n.When, found); Add(n.Then, found); Add(n.Else, found); break;
        }
    }

    private static void Add(int fact, List<int> found)
    {
        if (!found.Contains(fact)) found.Add(fact);
    }
}
