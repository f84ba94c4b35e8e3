using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Proof.Check;
using Hilum.Proof.Model;

namespace Hilum.Proof.Diff;

/// <summary>Finds the patients for whom two editions answer differently, and puts them into few groups.</summary>
/// <remarks>
/// The facts that bear on many treatments are the axes: they part patients into cells. Within a cell each treatment either changes, or not, or
/// changes under a condition of its own. Cells that change alike are one group. That a cell holds patients, and that a change happens in it,
/// is found by the solver; the example of each group is judged by the engine.
/// </remarks>
public sealed class EditionDiff
{
    private const int MostCells = 2_000;
    private const int MostLeaves = 10;

    /// <summary>No groups are joined for the price of a condition that is longer than this.</summary>
    private const int ManyLeaves = 4;

    /// <summary>The facts that bear on the most treatments always part patients: what they are told by has to be familiar.</summary>
    private const int MainAxes = 2;

    /// <summary>What a group of its own costs the reader, in lines: who they are, the example and both answers.</summary>
    private const int OfGroup = 6;

    private readonly GuidanceContent content;
    private readonly Edition from;
    private readonly Edition to;
    private readonly List<string> notProven = [];
    private int questions;

    private EditionDiff(GuidanceContent content, Edition from, Edition to) => (this.content, this.from, this.to) = (content, from, to);

    /// <summary>Compares two editions of one content.</summary>
    /// <exception cref="ModelDisagreesException">The solver and the engine judge an example otherwise.</exception>
    public static DiffReport Run(GuidanceContent content, Edition from, Edition to) => new EditionDiff(content, from, to).Run([], []);

    /// <summary>Compares an edition of an earlier content with one of this content, and the safety rules of both. Facts mean what they mean now.</summary>
    /// <exception cref="ModelDisagreesException">The solver and the engine judge an example otherwise.</exception>
    public static DiffReport Run(GuidanceContent before, Edition from, GuidanceContent content, Edition to)
    {
        var translated = new Reindexed(before.Facts, content.Facts);
        var diff = Translated(translated, from, content, to);
        var (rules, lostRules) = translated.Safety(before.Catalogue.SafetyRules);
        diff.notProven.AddRange(lostRules);
        return diff.Run(rules, content.Catalogue.SafetyRules);
    }

    /// <summary>Whether an edition of an earlier content and one of this content answer differently for anybody; for whom is not worked out.</summary>
    public static bool Differs(GuidanceContent before, Edition from, GuidanceContent content, Edition to)
    {
        var diff = Translated(new(before.Facts, content.Facts), from, content, to);
        return Array.Exists(content.Catalogue.Treatments, t => diff.Compare(t) is not null);
    }

    private static EditionDiff Translated(Reindexed translated, Edition from, GuidanceContent content, Edition to)
    {
        var (edition, lost) = translated.Edition(from);
        var diff = new EditionDiff(content, edition, to);
        diff.notProven.AddRange(lost);
        return diff;
    }

    /// <summary>Compares the safety rules of two contents alone.</summary>
    public static IReadOnlyList<SafetyChange> Safety(GuidanceContent before, GuidanceContent content, string file)
    {
        var edition = content.Catalogue.Editions[0];
        var diff = new EditionDiff(content, edition, edition);
        var (rules, _) = new Reindexed(before.Facts, content.Facts).Safety([.. before.Catalogue.SafetyRules.Where(In)]);
        return diff.CompareSafety(rules, [.. content.Catalogue.SafetyRules.Where(In)]);

        bool In(SafetyRule rule) => rule.Place.StartsWith(file + ":", StringComparison.Ordinal);
    }

    private TruthNode Scope => content.Catalogue.Scope.Condition;

    private DiffReport Run(IReadOnlyList<SafetyRule> before, IReadOnlyList<SafetyRule> after)
    {
        var differing = content.Catalogue.Treatments.Select(t => Compare(t)).OfType<Compared>().ToList();
        var unspoken = differing.Where(c => from.Id != to.Id && !DiffReport.Speaks(to, c.Treatment) && Leaves([c]) <= MostLeaves).ToList();
        var spoken = differing.Except(unspoken).ToList();
        var main = Axes(spoken).Select(a => a.Fact.Index).ToHashSet();
        var apart = spoken.Where(c => StandsApart(c, main)).ToList();
        var together = spoken.Except(apart).ToList();
        var regions = new List<DiffRegion>();
        if (together.Count > 0) regions.AddRange(Group(together, Axes(together)));
        if (apart.Count > 0) regions.AddRange(Group(apart, []));
        if (unspoken.Count > 0) regions.AddRange(Group(unspoken, []));
        questions += differing.Sum(c => c.Patients.Asked);
        return new(from, to, regions, CompareSafety(before, after), notProven, questions);
    }

    // ---- one treatment ----

    /// <summary>A treatment on which the editions differ for someone.</summary>
    private sealed record Compared(Treatment Treatment, (TruthNode When, Standing Standing)[] From, (TruthNode When, Standing Standing)[] To, Patients Patients)
    {
        public IEnumerable<TruthNode> Conditions => From.Concat(To).Select(r => r.When);

        /// <summary>The changes within a cell; null where too many conditions meet.</summary>
        public Dictionary<string, IReadOnlyList<Change>?> ByCell { get; } = new(StringComparer.Ordinal);

        public HashSet<int> Facts { get; } = [.. From.Concat(To).SelectMany(r => References.Of(r.When))];
    }

    private Compared? Compare(Treatment treatment)
    {
        var (a, b) = (Rules(from, treatment), Rules(to, treatment));
        if (a.Length + b.Length == 0 || a.SequenceEqual(b)) return null;
        try
        {
            var patients = new Patients(content, GuidanceCheck.ExampleDay, [Scope, .. a.Concat(b).Select(r => r.When)]);
            var same = patients.Logic.Any(Standings(a, b).Select(s => patients.Logic.And(Is(patients, a, s), Is(patients, b, s))));
            var answer = patients.Exists(patients.Of(Scope), same.Not());
            if (answer is Answer.NotProven) notProven.Add($"{treatment.Id}: whether the editions differ");
            questions += patients.Asked;
            return answer is Answer.Found ? new(treatment, Simplified(patients, a), Simplified(patients, b), patients) : null;
        }
        catch (NotTranslatedException e)
        {
            notProven.Add($"{treatment.Id}: the solver's model does not hold {e.Message}");
            return null;
        }
    }

    private static (TruthNode When, Standing Standing)[] Rules(Edition edition, Treatment treatment) =>
        [.. edition.Recommendations.Where(r => r.Treatments.Contains(treatment.Id))
            .Select(r => ((TruthNode)new And(edition.Scope, r.When), r.Against ? Standing.NotRecommended : r.Strength))];

    private static IEnumerable<Standing> Standings(params (TruthNode When, Standing Standing)[][] rules) =>
        rules.SelectMany(r => r).Select(r => r.Standing).Append(Standing.NotApplicable).Distinct().Order();

    /// <summary>That a fully known patient has a status by some rules: advice against first, then the strongest offer.</summary>
    private static Google.OrTools.Sat.ILiteral Is(Patients patients, (TruthNode When, Standing Standing)[] rules, Standing standing)
    {
        var logic = patients.Logic;
        var against = Any(s => s is Standing.NotRecommended);
        if (standing is Standing.NotRecommended) return against;
        var stronger = Any(s => s < standing && s is not Standing.NotRecommended);
        var here = standing is Standing.NotApplicable ? logic.True : Any(s => s == standing);
        return logic.And(here, logic.And(against.Not(), stronger.Not()));

        Google.OrTools.Sat.ILiteral Any(Func<Standing, bool> which) => logic.Any(rules.Where(r => which(r.Standing)).Select(r => patients.Of(r.When)));
    }

    /// <summary>Takes out of the conditions what holds for everyone in scope, or for nobody.</summary>
    private (TruthNode When, Standing Standing)[] Simplified(Patients patients, (TruthNode When, Standing Standing)[] rules)
    {
        var known = new Dictionary<TruthNode, TruthNode>();
        return [.. rules.Select(r => (Simplify(r.When), r.Standing))];

        TruthNode Simplify(TruthNode node)
        {
            if (known.TryGetValue(node, out var before)) return before;
            if (patients.Exists(patients.Of(Scope), patients.Of(node).Not()) is Answer.None) return known[node] = new TruthConstant(true);
            return known[node] = node switch
            {
                Named n => Simplify(n.Body),
                And n => Joined(Simplify(n.Left), Simplify(n.Right)),
                _ => node,
            };
        }

        static TruthNode Joined(TruthNode left, TruthNode right) => left is TruthConstant { Value: true } ? right : right is TruthConstant { Value: true } ? left : new And(left, right);
    }

    // ---- groups of patients ----

    /// <summary>
    /// Whether a treatment is told of by itself, with its whole condition: what is no drug, and what hangs mostly on facts of its own. It would
    /// cut the groups of the others into many that differ in nothing else.
    /// </summary>
    private bool StandsApart(Compared compared, HashSet<int> main) =>
        (compared.Treatment.Parts.Length == 0 || compared.Facts.Count(f => !main.Contains(f) && content.Facts.Facts[f] is { GuardedBy: null, Type: not FactType.Codes }) > 1)
        && Leaves([compared]) <= MostLeaves;

    private static int Leaves(IEnumerable<Compared> compared) => compared.SelectMany(c => c.Conditions).SelectMany(References.Leaves).Distinct().Count();

    private List<DiffRegion> Group(List<Compared> compared, List<Axis> all)
    {
        var everyone = new Patients(content, GuidanceCheck.ExampleDay, [Scope, .. compared.SelectMany(c => c.Conditions)]);
        var feasible = new Dictionary<string, bool>(StringComparer.Ordinal);
        var (axes, shortest) = (all, all.Count <= MainAxes ? 0 : Length(all));
        for (var i = all.Count - 1; i >= MainAxes; i--)
        {
            // a fact that bears on few treatments is told with these, where that makes less to read
            var fewer = axes.Where(a => a != all[i]).ToList();
            if (Length(fewer) is var length && length < shortest) (axes, shortest) = (fewer, length);
        }

        var cells = Cells(axes) ?? [];
        foreach (var one in compared.Where(c => c.ByCell.ContainsValue(null) && Combinations(axes).Any(cell => Changes(c, axes, cell, MostLeaves) is null)))
            notProven.Add($"{one.Treatment.Id}: too many conditions at once");
        var keys = cells.ToDictionary(c => string.Join(',', c.Cell), c => c.Key, StringComparer.Ordinal);
        var regions = new List<DiffRegion>();
        foreach (var group in cells.Where(c => IsFeasible(axes, c.Cell)).GroupBy(c => c.Key, StringComparer.Ordinal))
        {
            var members = group.ToList();
            var changes = Within(everyone, everyone.Logic.Any(members.Select(m => everyone.Logic.All(Conditions(axes, m.Cell).Select(everyone.Of)))), members[0].Changes);
            if (changes.Count == 0) continue;
            var boxes = Boxes(axes, [.. members.Select(m => m.Cell)], cell => (keys.TryGetValue(string.Join(',', cell), out var key) && key == group.Key) || !IsFeasible(axes, cell));
            regions.Add(Region(everyone, compared, axes, boxes, members[0].Cell, changes));
        }

        questions += everyone.Asked;
        return regions;

        List<(int[] Cell, IReadOnlyList<Change> Changes, string Key)>? Cells(List<Axis> axes)
        {
            var found = new List<(int[] Cell, IReadOnlyList<Change> Changes, string Key)>();
            foreach (var cell in Combinations(axes))
            {
                var changes = new List<Change>();
                foreach (var one in compared)
                {
                    if (Changes(one, axes, cell, axes.Count < all.Count ? ManyLeaves : MostLeaves) is { } here) changes.AddRange(here);
                    else if (axes.Count < all.Count) return null;
                }

                if (changes.Count > 0) found.Add((cell, changes, string.Join('\n', changes.Select(Key))));
            }

            return found;
        }

        // how much there is to read: the groups, and what stands within each
        int Length(List<Axis> axes) => Cells(axes)?.Where(c => IsFeasible(axes, c.Cell)).GroupBy(c => c.Key, StringComparer.Ordinal)
            .Sum(g => OfGroup + g.First().Changes.GroupBy(c => (c.From, c.To, When: c.When?.ToString())).Sum(c => 1 + (c.First().When is { } when ? References.Leaves(when).Count() : 0))) ?? int.MaxValue;

        // someone is in a cell when someone is in one of its parts
        bool IsFeasible(List<Axis> axes, int[] cell)
        {
            var places = axes.Select(axis => all.IndexOf(axis)).ToArray();
            return Combinations(all, i => Array.IndexOf(places, i) is var at and >= 0 ? cell[at] : null).Any(IsInhabited);
        }

        bool IsInhabited(int[] cell)
        {
            var key = string.Join(',', cell);
            if (!feasible.TryGetValue(key, out var known))
                feasible.Add(key, known = everyone.Exists([everyone.Of(Scope), .. Conditions(all, cell).Select(everyone.Of)]) is not Answer.None);
            return known;
        }
    }

    /// <summary>The facts that bear on the most treatments, as long as their cells stay few.</summary>
    private List<Axis> Axes(List<Compared> compared)
    {
        var least = compared.Count > 3 ? Math.Max(3, compared.Count / 5) : 1;
        var candidates = compared.SelectMany(c => c.Facts.Select(f => (Fact: f, c.Treatment.Id))).GroupBy(p => p.Fact)
            .Select(g => (Fact: g.Key, Count: g.Count())).Where(g => g.Count >= least).OrderByDescending(g => g.Count).ThenBy(g => g.Fact);
        var axes = new List<Axis>();
        var count = 1;
        foreach (var (fact, _) in candidates)
        {
            var leaves = compared.SelectMany(c => c.Conditions).SelectMany(References.Leaves).Where(l => References.Of(l) is [var only] && only == fact).Distinct().ToList();
            if (content.Facts.Facts[fact].GuardedBy is not null) continue; // it means something for some patients only
            if (Axis.Of(content.Facts.Facts[fact], leaves) is not { } whole) continue;
            var someone = compared.First(c => c.Facts.Contains(fact)).Patients;
            Axis axis = new(whole.Fact, [.. whole.Cells.Where((_, i) => someone.Exists(someone.Of(Scope), someone.Of(whole.Condition([i])!)) is not Answer.None)]);
            if (axis.Cells.Count < 2 || count * axis.Cells.Count > MostCells) continue;
            axes.Add(axis);
            count *= axis.Cells.Count;
        }

        return axes;
    }

    private static IEnumerable<int[]> Combinations(List<Axis> axes, Func<int, int?>? only = null)
    {
        IEnumerable<int[]> all = [[]];
        foreach (var (axis, i) in axes.Select((axis, i) => (axis, i)))
        {
            int[] cells = only?.Invoke(i) is { } one ? [one] : [.. Enumerable.Range(0, axis.Cells.Count)];
            all = all.SelectMany(a => cells.Select(c => (int[])[.. a, c]));
        }

        return all;
    }

    private static IEnumerable<TruthNode> Conditions(List<Axis> axes, int[] cell) => axes.Select((axis, i) => axis.Condition([cell[i]])).OfType<TruthNode>();

    /// <summary>How a treatment changes within a cell: one change, or several under conditions of their own, or none; null where too many conditions meet.</summary>
    private IReadOnlyList<Change>? Changes(Compared compared, List<Axis> axes, int[] cell, int most)
    {
        var own = axes.Select((axis, i) => (Axis: axis, Cell: cell[i])).Where(a => compared.Facts.Contains(a.Axis.Fact.Index)).ToList();
        var key = string.Join(',', own.Select(a => $"{a.Axis.Fact.Index}={a.Cell}"));
        if (compared.ByCell.TryGetValue(key, out var known)) return known;
        var facts = content.Facts.Facts.Select(f => f.Symbol.Unknown).ToArray();
        foreach (var (axis, c) in own) facts[axis.Fact.Index] = axis.Cells[c];
        var (a, b) = (Left(compared.From, facts), Left(compared.To, facts));
        TruthNode[] here = [.. own.Select(o => o.Axis.Condition([o.Cell])).OfType<TruthNode>()];
        return compared.ByCell[key] = Changes(compared, here, a, b, most);
    }

    private static (TruthNode When, Standing Standing)[] Left((TruthNode When, Standing Standing)[] rules, Possible[] facts) =>
        [.. rules.Select(r => (Residual.Of(r.When, facts), r.Standing)).Where(r => r.Item1 is not TruthConstant { Value: false })];

    private List<Change>? Changes(Compared compared, TruthNode[] here, (TruthNode When, Standing Standing)[] a, (TruthNode When, Standing Standing)[] b, int most)
    {
        var leaves = a.Concat(b).SelectMany(r => References.Leaves(r.When)).Distinct().ToList();
        if (leaves.Count > most) return null;
        var changes = new List<Change>();
        var patients = compared.Patients;
        var combinations = new List<(bool[] Values, Standing From, Standing To)>();
        for (var n = 0; n < 1 << leaves.Count; n++)
        {
            var values = Enumerable.Range(0, leaves.Count).Select(i => (n >> i & 1) == 1).ToArray();
            var truths = leaves.Select((leaf, i) => (leaf, values[i])).ToDictionary(p => p.leaf, p => p.Item2);
            combinations.Add((values, StandingOf(a, truths), StandingOf(b, truths)));
        }

        var nobody = new bool?[combinations.Count];
        foreach (var pair in combinations.GroupBy(c => (c.From, c.To)).Where(g => g.Key.From != g.Key.To).OrderBy(g => g.Key))
        {
            Google.OrTools.Sat.ILiteral[] asked = [patients.Of(Scope), .. here.Select(patients.Of), Is(patients, compared.From, pair.Key.From), Is(patients, compared.To, pair.Key.To)];
            if (patients.Exists(asked) is Answer.None) continue;
            // where nobody is, a condition may say what it likes
            var cover = Residual.Cover([.. pair.Select(c => c.Values).Where(v => !Nobody(v))], values =>
                combinations[Number(values)] is var (_, x, y) && ((x, y) == pair.Key || Nobody(values)));
            if (cover.Count > 0) changes.Add(new(compared.Treatment, pair.Key.From, pair.Key.To, Node(cover, leaves)));
        }

        return changes;

        bool Nobody(bool[] values) => nobody[Number(values)] ??=
            patients.Exists([patients.Of(Scope), .. here.Select(patients.Of), .. leaves.Select((l, i) => values[i] ? patients.Of(l) : patients.Of(l).Not())]) is Answer.None;

        static int Number(bool[] values) => values.Select((v, i) => v ? 1 << i : 0).Sum();
    }

    private static Standing StandingOf((TruthNode When, Standing Standing)[] rules, Dictionary<TruthNode, bool> truths)
    {
        var holding = rules.Where(r => Residual.IsTrue(r.When, truths)).Select(r => r.Standing).ToList();
        return holding.Contains(Standing.NotRecommended) ? Standing.NotRecommended : holding.Count == 0 ? Standing.NotApplicable : holding.Min();
    }

    private static TruthNode? Node(List<bool?[]> cover, List<TruthNode> leaves)
    {
        TruthNode? any = null;
        foreach (var cube in cover)
        {
            TruthNode? all = null;
            for (var i = 0; i < cube.Length; i++)
            {
                if (cube[i] is not { } value) continue;
                TruthNode leaf = value ? leaves[i] : new Not(leaves[i]);
                all = all is null ? leaf : new And(all, leaf);
            }

            if (all is null) return null;
            any = any is null ? all : new Or(any, all);
        }

        return any;
    }

    /// <summary>The changes as a group sees them: without what holds for all of it (untreated: no drug given before), and without what holds for nobody in it.</summary>
    private List<Change> Within(Patients everyone, Google.OrTools.Sat.ILiteral group, IReadOnlyList<Change> changes)
    {
        var within = new List<Change>();
        foreach (var change in changes)
        {
            var when = change.When is null ? [[]] : (List<List<TruthNode>>)[.. Residual.Parts(change.When, any: true).Where(p => !Nobody(everyone.Of(p))).Select(Needed)];
            if (when.Count == 0) continue;
            within.Add(change with { When = when.Exists(w => w.Count == 0) ? null : when.Select(Residual.All).Aggregate((a, b) => new Or(a, b)) });
        }

        return within;

        bool Nobody(params IEnumerable<Google.OrTools.Sat.ILiteral> truths) => everyone.Exists([everyone.Of(Scope), group, .. truths]) is Answer.None;

        List<TruthNode> Needed(TruthNode all)
        {
            var parts = Residual.Parts(all, any: false).ToList();
            foreach (var part in parts.ToList())
                if (Nobody([.. parts.Where(p => p != part).Select(everyone.Of), everyone.Of(part).Not()])) parts.Remove(part);
            return parts;
        }
    }

    private static string Key(Change change) => $"{change.Treatment.Id} {change.From} {change.To} {change.When}";

    // ---- few boxes of cells ----

    /// <summary>Boxes of cells that cover some cells: each as wide as it can be.</summary>
    private static List<HashSet<int>[]> Boxes(List<Axis> axes, List<int[]> wanted, Func<int[], bool> allowed)
    {
        var boxes = new List<HashSet<int>[]>();
        foreach (var cell in wanted)
        {
            if (boxes.Exists(box => !box.Where((values, i) => !values.Contains(cell[i])).Any())) continue;
            HashSet<int>[] box = [.. cell.Select(c => new HashSet<int> { c })];
            // the facts that part the fewest treatments are given up first
            for (var i = axes.Count - 1; i >= 0; i--)
                for (var value = 0; value < axes[i].Cells.Count; value++)
                {
                    if (box[i].Contains(value)) continue;
                    var at = i;
                    if (Cells(box, at, value).All(allowed)) box[i].Add(value);
                }

            boxes.Add(box);
        }

        return boxes;
    }

    private static IEnumerable<int[]> Cells(HashSet<int>[] box, int axis, int value)
    {
        IEnumerable<int[]> all = [[]];
        for (var i = 0; i < box.Length; i++)
        {
            int[] values = i == axis ? [value] : [.. box[i].Order()];
            all = all.SelectMany(a => values.Select(v => (int[])[.. a, v]));
        }

        return all;
    }

    private DiffRegion Region(Patients everyone, List<Compared> compared, List<Axis> axes, List<HashSet<int>[]> boxes, int[] cell, IReadOnlyList<Change> changes)
    {
        // an example shows as many changes that have a condition as can be had at once
        var asked = new List<Google.OrTools.Sat.ILiteral> { everyone.Of(Scope) };
        asked.AddRange(Conditions(axes, cell).Select(everyone.Of));
        foreach (var change in changes.Where(c => c.When is not null).Concat(changes.Where(c => c.When is null)))
        {
            var rules = compared.Find(c => c.Treatment == change.Treatment)!;
            var happens = everyone.Logic.And(Is(everyone, rules.From, change.From), Is(everyone, rules.To, change.To));
            if (everyone.Exists([.. asked, happens]) is Answer.Found) asked.Add(happens);
        }

        var (answer, example) = everyone.Ask(asked);
        if (answer is not Answer.Found) throw new ModelDisagreesException("a group of patients has nobody in it");
        var (before, after) = (Answers(from, example!), Answers(to, example!));
        if (!changes.Any(c => Of(before, c.Treatment) == c.From && Of(after, c.Treatment) == c.To))
            throw new ModelDisagreesException($"none of the changes that the model finds between {from.Id} and {to.Id} shows in the engine, for {example}");
        TruthNode[] holds = [Scope, .. Conditions(axes, cell), .. changes.Where(c => c.When is { } when && when.Evaluate(example!.Case.Possible) is Truth.True).Select(c => c.When!)];
        var conditions = boxes.Select(box => (IReadOnlyList<TruthNode>)[.. axes.Select((axis, i) => axis.Condition(box[i])).OfType<TruthNode>()]).ToList();
        return new(conditions, changes, example!, example!.Because(content, holds), [.. before.Where(s => s.Standing is not (Standing.NotApplicable or Standing.NeedsInformation))], [.. after.Where(s => s.Standing is not (Standing.NotApplicable or Standing.NeedsInformation))]);

        static Standing Of(List<(Treatment Treatment, Standing Standing)> answers, Treatment treatment) => answers.Find(a => a.Treatment == treatment).Standing;
    }

    private List<(Treatment Treatment, Standing Standing)> Answers(Edition edition, Witness example) =>
        [.. content.Catalogue.Treatments.Select(t => (t, Assessor.Judge(example.Case, edition, t).Standing)).OrderBy(a => a.Standing).ThenBy(a => a.t.Id, StringComparer.Ordinal)];

    // ---- safety ----

    private List<SafetyChange> CompareSafety(IReadOnlyList<SafetyRule> before, IReadOnlyList<SafetyRule> after)
    {
        var changes = new List<SafetyChange>();
        var old = before.ToDictionary(r => r.Id, StringComparer.Ordinal);
        foreach (var rule in after.Where(r => !old.ContainsKey(r.Id))) changes.Add(new(rule.Id, "added", null, rule, ExampleOf(SafetyChange.ActsBy(rule))));
        foreach (var rule in before.Where(r => !after.Any(a => a.Id == r.Id))) changes.Add(new(rule.Id, "removed", rule, null, ExampleOf(SafetyChange.ActsBy(rule))));
        foreach (var rule in after)
        {
            if (!old.TryGetValue(rule.Id, out var was)) continue;
            if (was.Severity != rule.Severity) changes.Add(new(rule.Id, "severity", was, rule, null));
            if (!Concerns(was).SequenceEqual(Concerns(rule), StringComparer.Ordinal)) changes.Add(new(rule.Id, "concerns", was, rule, null));
            if (was.When.Equals(rule.When) && Equals(was.Unless, rule.Unless)) continue;
            if (ExampleOf(new Xor(SafetyChange.ActsBy(was), SafetyChange.ActsBy(rule))) is { } example) changes.Add(new(rule.Id, "condition", was, rule, example));
        }

        return [.. changes.OrderBy(c => c.Rule, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Concerns(SafetyRule rule) => [.. rule.Drugs, "|", .. rule.Classes, "|", .. rule.Treatments, "|", .. rule.Kinds, "|", .. rule.Except];

    private Witness? ExampleOf(TruthNode condition)
    {
        try
        {
            var patients = new Patients(content, GuidanceCheck.ExampleDay, [Scope, condition]);
            var (answer, example) = patients.Ask(patients.Of(Scope), patients.Of(condition));
            questions += patients.Asked;
            if (answer is Answer.NotProven) notProven.Add("a safety rule: whether it acts for someone else");
            return example;
        }
        catch (NotTranslatedException e)
        {
            notProven.Add($"a safety rule: the solver's model does not hold {e.Message}");
            return null;
        }
    }
}
