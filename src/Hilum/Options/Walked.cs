using Hilum.Expressions;
using Hilum.Measures;

namespace Hilum.Options;

/// <summary>A fact behind some cells, and the pairs of cells between which it alone can change (null: all pairs).</summary>
internal sealed record Root(int Fact, IReadOnlyCollection<(int A, int B)>? Pairs);

/// <summary>The truths that some leaves can have together, and the facts behind them.</summary>
internal sealed record RegionCells(List<Truth[]> Truths, Lazy<IReadOnlyList<Root>> FindRoots);

/// <summary>A derived fact by itself: the values that it can reach, and the facts behind them.</summary>
internal sealed record Module(List<Possible> Values, Lazy<IReadOnlyList<Root>> FindRoots);

/// <summary>One fact of a walk that was done.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Module">The module that stands for it, if one does.</param>
/// <param name="Ways">How many values it has that something tells apart; at least 1.</param>
/// <param name="IsFree">Whether some completion leaves it free.</param>
internal readonly record struct Digit(int Fact, Module? Module, int Ways, bool IsFree);

/// <summary>The completions of a region: which value each fact had, and the cell where that landed. It finds the facts behind the cells when somebody asks.</summary>
/// <param name="digits">The facts, in the order in which they were completed.</param>
/// <param name="choices">For each completion the number of the value of each fact.</param>
/// <param name="cells">For each completion its cell.</param>
internal sealed class Walked(Digit[] digits, ushort[] choices, int[] cells)
{
    /// <summary>How many numbers it holds.</summary>
    public int Size => choices.Length + cells.Length;

    /// <summary>The facts behind the cells, and for each the pairs of cells between which it alone can change.</summary>
    public IReadOnlyList<Root> Roots()
    {
        if (digits is [{ Module: null } only]) return [new(only.Fact, null)];
        var roots = new SortedDictionary<int, HashSet<(int A, int B)>>();
        var weights = Weights();
        var codes = Codes(weights);
        for (var at = 0; at < digits.Length; at++)
        {
            IReadOnlyList<Root> behind = digits[at].Module is { } module ? module.FindRoots.Value : digits[at].IsFree ? [new(digits[at].Fact, null)] : [];
            if (behind.Count > 0) AddRoots(at, behind, codes, weights[at], roots);
        }

        var found = new List<Root>(roots.Count);
        foreach (var (fact, pairs) in roots) found.Add(new(fact, pairs));
        return found;
    }

    /// <summary>Completions that are the same but for one fact show what that fact can change.</summary>
    private void AddRoots(int at, IReadOnlyList<Root> behind, ulong[] codes, ulong weight, SortedDictionary<int, HashSet<(int A, int B)>> roots)
    {
        var order = new int[cells.Length];
        var others = new ulong[cells.Length];
        for (var i = 0; i < others.Length; i++) (order[i], others[i]) = (i, codes[i] - (choices[(i * digits.Length) + at] * weight));
        Array.Sort(others, order);
        for (var first = 0; first < order.Length;)
        {
            var last = first + 1;
            while (last < order.Length && others[first] == others[last]) last++;
            for (var i = first; i < last; i++)
                for (var j = first; j < last; j++)
                    if (cells[order[i]] < cells[order[j]]) AddPair(order[i], order[j], at, behind, roots);
            first = last;
        }
    }

    /// <summary>Each completion as one number, of which each fact has its own digit.</summary>
    private ulong[] Codes(ulong[] weights)
    {
        var codes = new ulong[cells.Length];
        for (var i = 0; i < codes.Length; i++)
            for (var at = 0; at < digits.Length; at++) codes[i] += choices[(i * digits.Length) + at] * weights[at];
        return codes;
    }

    /// <summary>The weight of each digit. Digits beyond 64 bits wrap round: two completions might then be taken to be the same, which can only name more facts.</summary>
    private ulong[] Weights()
    {
        var weights = new ulong[digits.Length];
        var weight = 1UL;
        for (var at = 0; at < digits.Length; at++)
        {
            weights[at] = weight;
            weight *= (ulong)digits[at].Ways;
        }

        return weights;
    }

    private void AddPair(int one, int other, int at, IReadOnlyList<Root> behind, SortedDictionary<int, HashSet<(int A, int B)>> roots)
    {
        int a = choices[(one * digits.Length) + at], b = choices[(other * digits.Length) + at];
        foreach (var (root, pairs) in behind)
        {
            if (a != b && pairs is not null && !pairs.Contains((Math.Min(a, b), Math.Max(a, b)))) continue;
            if (!roots.TryGetValue(root, out var found)) roots.Add(root, found = []);
            found.Add((cells[one], cells[other]));
        }
    }
}
