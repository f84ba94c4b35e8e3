using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;

namespace Hilum.Options;

/// <summary>Completes facts that hang together, with everything behind them.</summary>
/// <param name="dependencies">What follows from what, for the patient.</param>
/// <param name="views">How the facts are looked at.</param>
internal sealed class Regions(Dependencies dependencies, Views views)
{
    private readonly Dependencies dependencies = dependencies;
    /// <summary>More completions than this of facts that hang together are not walked.</summary>
    private const int MostTogether = 16_384;

    private readonly Case patient = dependencies.Patient;
    private readonly Views views = views;
    private readonly Completed completed = Completed.By(dependencies.Patient.Dictionary);
    private readonly Possible[] scratch = dependencies.Patient.Possible.ToArray();

    /// <summary>The truths that some leaves about some facts can have together; null when there are too many completions.</summary>
    public RegionCells? Together(IReadOnlyList<int> facts, TruthNode[] leaves)
    {
        var key = new RegionKey(facts, leaves, Raw(facts), dependencies);
        if (completed.Regions.TryGetValue(key, out var known)) return known;
        var landing = new Landing(leaves, scratch);
        var walk = Complete(facts, -1, landing.Now);
        return completed.Keep(key, walk is null ? null : new RegionCells(landing.Cells, new(walk.Roots)), walk);
    }

    /// <summary>The truths that some leaves about one fact can have together, whatever it follows from.</summary>
    public RegionCells Alone(int fact, TruthNode[] leaves)
    {
        var landing = new Landing(leaves, scratch);
        foreach (var value in views.CellsOf(fact, patient.Possible[fact]))
        {
            scratch[fact] = value;
            landing.Now();
        }

        scratch[fact] = patient.Possible[fact];
        return new(landing.Cells, new([new Root(fact, null)]));
    }

    private Module? ModuleOf(int fact)
    {
        var key = new RegionKey([fact], [.. views.Leaves(fact)], Raw([fact]), dependencies);
        if (completed.Modules.TryGetValue(key, out var known)) return known;
        var numbering = new Numbering(views, scratch, fact);
        var one = new int[1];
        var walk = Complete([fact], fact, () =>
        {
            one[0] = numbering.Of(scratch[fact]);
            return one;
        });
        return completed.Keep(key, walk is null ? null : new Module(numbering.Values, new(walk.Roots)), walk);
    }

    /// <summary>The facts of a region that something needs the value of.</summary>
    private int[] Raw(IReadOnlyList<int> facts)
    {
        var raw = new HashSet<int>();
        foreach (var fact in facts)
            foreach (var behind in dependencies.Closure(fact))
                if (views.IsRaw(behind)) raw.Add(behind);
        var sorted = new int[raw.Count];
        raw.CopyTo(sorted);
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>The derived facts of a region that alone stand between what they follow from and the rest, outermost ones only.</summary>
    private List<int> Heads(HashSet<int> region, IReadOnlyList<int> targets, int within)
    {
        var heads = new List<int>();
        var hidden = new HashSet<int>();
        var order = patient.Dictionary.Order;
        for (var at = order.Length - 1; at >= 0; at--)
        {
            var fact = order[at];
            if (fact == within || !region.Contains(fact)) continue;
            if (hidden.Contains(fact) || dependencies.Closure(fact).Count == 1) continue;
            var behind = new HashSet<int>(dependencies.Closure(fact));
            behind.Remove(fact);
            if (IsSeen(behind, fact, region, targets)) continue;
            heads.Add(fact);
            hidden.UnionWith(behind);
        }

        return heads;
    }

    /// <summary>Whether something besides a derived fact looks at what stands behind it.</summary>
    private bool IsSeen(HashSet<int> behind, int fact, HashSet<int> region, IReadOnlyList<int> targets)
    {
        foreach (var target in targets)
            if (behind.Contains(target)) return true;
        foreach (var other in region)
            if (other != fact && !behind.Contains(other) && Array.Exists(dependencies.Inputs(other), behind.Contains)) return true;
        return false;
    }

    /// <summary>Walks the completions of some facts and everything behind them; null when there are too many. The result finds the roots.</summary>
    private Walked? Complete(IReadOnlyList<int> targets, int within, Func<ReadOnlyMemory<int>> land)
    {
        var region = new HashSet<int>();
        foreach (var target in targets) region.UnionWith(dependencies.Closure(target));
        var heads = Heads(region, targets, within);
        var hidden = new HashSet<int>();
        foreach (var head in heads) hidden.UnionWith(dependencies.Closure(head));
        hidden.ExceptWith(heads);
        var order = Array.FindAll(patient.Dictionary.Order, f => region.Contains(f) && !hidden.Contains(f));
        var steps = new Step[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            var module = heads.Contains(order[i]) ? ModuleOf(order[i]) : null;
            if (module is null && heads.Contains(order[i])) return null;
            steps[i] = new(order[i], module, new Numbering(views, scratch, order[i]), Derives: module is null && dependencies.Inputs(order[i]).Length > 0);
        }

        var walk = new Walk(this, steps, land);
        return walk.Complete() ? walk.Done() : null;
    }

    /// <summary>What is left of a fact once the facts it follows from are completed.</summary>
    private Possible Follows(int fact)
    {
        var definition = patient.Dictionary.Facts[fact];
        var before = patient.Possible[fact];
        if (dependencies.IsGiven(fact)) return before;
        foreach (var derivation in definition.Derivations)
        {
            if (!derivation.FromFacts || (derivation.Assumed && !before.Equals(definition.Symbol.Unknown))) continue;
            if (derivation.Derive(scratch, definition) is not { } derived || before.Intersect(derived) is not { } left) continue;
            if (derived.IsKnown) return left;
            before = left;
        }

        return before;
    }

    /// <summary>One fact of a walk: a module, a fact that follows from earlier ones, or a fact by itself.</summary>
    private sealed record Step(int Fact, Module? Module, Numbering Numbering, bool Derives)
    {
        /// <summary>The values that it may take, one for each number, by what is left of it: many completions leave the same.</summary>
        public Dictionary<Possible, (Possible Value, int Cell)[]> Ways { get; } = [];

        /// <summary>Whether some completion leaves it free.</summary>
        public bool IsFree { get; set; }

        /// <summary>Whether it follows in some completion.</summary>
        public bool IsDecided { get; set; }
    }

    /// <summary>Numbers the values of a fact: values that no leaf tells apart have one number.</summary>
    private sealed class Numbering(Views views, Possible[] scratch, int fact)
    {
        private readonly IReadOnlyList<TruthNode> leaves = views.Leaves(fact);
        private readonly bool raw = views.IsRaw(fact);
        private readonly List<Truth[]> signatures = [];

        /// <summary>The first value of each number.</summary>
        public List<Possible> Values { get; } = [];

        /// <summary>The number of a value.</summary>
        public int Of(Possible value)
        {
            int number;
            if (raw)
            {
                number = Values.IndexOf(value);
                if (number < 0) number = Values.Count;
            }
            else
            {
                var before = scratch[fact];
                scratch[fact] = value;
                var signature = new Truth[leaves.Count];
                for (var i = 0; i < signature.Length; i++) signature[i] = leaves[i].Evaluate(scratch);
                scratch[fact] = before;
                number = Landing.IndexOf(signatures, signature);
            }

            if (number == Values.Count) Values.Add(value);
            return number;
        }
    }

    /// <summary>Collects the truths of some leaves, completion by completion.</summary>
    private sealed class Landing(TruthNode[] leaves, Possible[] scratch)
    {
        private readonly Truth[] truths = new Truth[leaves.Length];
        private readonly int[] one = new int[1];

        /// <summary>Each combination once.</summary>
        public List<Truth[]> Cells { get; } = [];

        /// <summary>The cells of what the leaves say now: one, or one for each way in which open leaves may turn out.</summary>
        public ReadOnlyMemory<int> Now()
        {
            var open = 0;
            for (var i = 0; i < truths.Length; i++)
                if ((truths[i] = leaves[i].Evaluate(scratch)) is Truth.Undecided) open++;
            if (open > 0) return Opened();
            one[0] = IndexOf(Cells, truths);
            return one;
        }

        /// <summary>The place of a combination in a list, to which it is added when it is new.</summary>
        public static int IndexOf(List<Truth[]> cells, Truth[] truths)
        {
            for (var i = 0; i < cells.Count; i++)
                if (cells[i].AsSpan().SequenceEqual(truths)) return i;
            cells.Add([.. truths]);
            return cells.Count - 1;
        }

        private int[] Opened()
        {
            List<Truth[]> landed = [[.. truths]];
            for (var i = 0; i < truths.Length; i++)
            {
                if (truths[i] is not Truth.Undecided) continue;
                var at = i;
                landed = [.. landed.SelectMany(t => new[] { With(t, at, Truth.False), With(t, at, Truth.True) })];
            }

            return [.. landed.Select(t => IndexOf(Cells, t))];
        }

        private static Truth[] With(Truth[] truths, int at, Truth truth)
        {
            Truth[] copy = [.. truths];
            copy[at] = truth;
            return copy;
        }
    }

    /// <summary>One walk over the completions of a region.</summary>
    private sealed class Walk(Regions owner, Step[] steps, Func<ReadOnlyMemory<int>> land)
    {
        private readonly List<ushort> choices = owner.dependencies.Choices;
        private readonly List<int> cells = owner.dependencies.Cells;
        private readonly ushort[] current = new ushort[steps.Length];
        private bool tooMany;

        /// <summary>
        /// Whether there were not too many. A fact that follows from others in some completions and is free in the rest keeps, where it
        /// follows, every choice it would have: so a change of what it follows from can be seen with everything else the same.
        /// </summary>
        public bool Complete()
        {
            choices.Clear();
            cells.Clear();
            Complete(0, again: false);
            if (!tooMany && Array.Exists(steps, s => s.IsFree && s.IsDecided))
            {
                choices.Clear();
                cells.Clear();
                Complete(0, again: true);
            }

            return !tooMany;
        }

        private void Complete(int at, bool again)
        {
            if (tooMany) return;
            if (at == steps.Length)
            {
                foreach (var cell in land().Span)
                {
                    choices.AddRange(current);
                    cells.Add(cell);
                }

                tooMany = cells.Count > MostTogether;
                return;
            }

            var step = steps[at];
            var before = owner.scratch[step.Fact];
            if (step.Module is { } module)
            {
                for (var cell = 0; cell < module.Values.Count; cell++) Choose(module.Values[cell], cell);
            }
            else
            {
                var left = step.Derives ? owner.Follows(step.Fact) : before;
                if (left.IsKnown)
                {
                    step.IsDecided = true;
                    var ways = again && step.IsFree ? step.Numbering.Values.Count : 1;
                    for (var cell = 0; cell < ways; cell++) Choose(left, cell);
                }
                else
                {
                    step.IsFree = true;
                    foreach (var (value, cell) in Ways(step, left)) Choose(value, cell);
                }
            }

            owner.scratch[step.Fact] = before;

            void Choose(Possible value, int cell)
            {
                owner.scratch[step.Fact] = value;
                current[at] = (ushort)cell;
                Complete(at + 1, again);
            }
        }

        private (Possible Value, int Cell)[] Ways(Step step, Possible left)
        {
            if (step.Ways.TryGetValue(left, out var known)) return known;
            var ways = new List<(Possible, int)>();
            foreach (var value in owner.views.CellsOf(step.Fact, left))
                if (step.Numbering.Of(value) is var cell && ways.TrueForAll(w => w.Item2 != cell)) ways.Add((value, cell));
            return step.Ways[left] = [.. ways];
        }

        /// <summary>What was walked, without the patient.</summary>
        public Walked Done()
        {
            var digits = new Digit[steps.Length];
            for (var at = 0; at < digits.Length; at++)
            {
                var step = steps[at];
                digits[at] = new(step.Fact, step.Module, Math.Max(1, step.Module?.Values.Count ?? step.Numbering.Values.Count), step.IsFree);
            }

            return new(digits, choices.ToArray(), cells.ToArray());
        }
    }
}
