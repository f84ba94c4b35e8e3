using System.Buffers;
using System.Numerics;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;

namespace Hilum.Options;

/// <summary>Judges one treatment by one edition: the set of statuses over all completions, and the facts that would narrow it.</summary>
/// <param name="patient">The patient.</param>
/// <param name="asking">Which facts a person is asked for.</param>
internal sealed class EditionJudge(Case patient, Asking asking)
{
    private const byte NotApplicable = (byte)Standing.NotApplicable;

    /// <summary>For how many parts of a condition that are not met one counts that asks for another kind of patient.</summary>
    private const int OfAnotherKind = 4;

    private readonly Dependencies dependencies = new(patient);

    /// <summary>Whether the treatment that is being judged is the one that is being given.</summary>
    private bool given;

    /// <summary>The status of a treatment within an edition.</summary>
    public EditionStanding Judge(Edition edition, Treatment treatment)
    {
        var rules = edition.Recommendations.Where(r => r.Treatments.Contains(treatment.Id)).ToArray();
        given = patient.CurrentTherapies.Any(t => t.Treatment == treatment.Id);
        var scope = edition.Scope.Evaluate(patient.Possible);
        if (rules.Length == 0 || scope is Truth.False)
            return new() { Edition = edition, Standing = Standing.NotApplicable, Silent = true };
        var truths = rules.Select(r => new JudgedRule(r, r.When.Evaluate(patient.Possible))).ToArray();
        var statuses = scope is Truth.True ? StatusesByParts(truths) : 0u;
        if (scope is Truth.True && uint.IsPow2(statuses))
            return Make(edition, truths, statuses, null, null);

        var completions = new Completions(dependencies, [edition.Scope, .. rules.Select(r => r.When)]);
        if (completions.Exceeded)
        {
            // too many completions to walk: nothing is promised, and the answer says so
            var roots = completions.Variables.SelectMany(v => v.Roots).Select(r => r.Fact).Distinct();
            return Make(edition, truths, statuses | StatusesByParts(truths) | (1u << NotApplicable), [.. asking.For(roots)], []) with { Standing = Standing.NeedsInformation, TooManyUnknowns = true };
        }

        var byCompletion = ArrayPool<byte>.Shared.Rent(completions.Count);
        try
        {
            statuses = 0;
            completions.Walk((n, values) =>
            {
                byCompletion[n] = StatusOf(rules, values);
                statuses |= 1u << byCompletion[n];
            });
            var (missing, alone) = uint.IsPow2(statuses) ? ([], []) : Missing(completions, byCompletion);
            return Make(edition, truths, statuses, missing, alone);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(byCompletion);
        }
    }

    /// <summary>Statuses that the truths of the single rules leave open, as bits; exact when there is one.</summary>
    private static uint StatusesByParts(JudgedRule[] rules)
    {
        uint statuses = 0;
        var sure = NotApplicable;
        foreach (var (rule, truth) in rules)
        {
            if (rule.Against && truth is Truth.True) return 1u << (byte)Standing.NotRecommended;
            if (rule.Against && truth is Truth.Undecided) statuses |= 1u << (byte)Standing.NotRecommended;
            if (!rule.Against && truth is Truth.True) sure = Math.Min(sure, (byte)rule.Strength);
        }

        statuses |= 1u << sure;
        foreach (var (rule, truth) in rules)
            if (!rule.Against && truth is Truth.Undecided && (byte)rule.Strength < sure) statuses |= 1u << (byte)rule.Strength;
        return statuses;
    }

    /// <summary>The status on a fully known patient; <c>values[0]</c> is the scope of the edition.</summary>
    private static byte StatusOf(Recommendation[] rules, Truth[] values)
    {
        var status = NotApplicable;
        if (values[0] is not Truth.True) return status;
        for (var i = 0; i < rules.Length; i++)
        {
            if (values[i + 1] is not Truth.True) continue;
            if (rules[i].Against) return (byte)Standing.NotRecommended;
            status = Math.Min(status, (byte)rules[i].Strength);
        }

        return status;
    }

    private EditionStanding Make(Edition edition, JudgedRule[] rules, uint statuses, IReadOnlyList<string>? missing, IReadOnlyList<string>? alone)
    {
        var possible = new Standing[BitOperations.PopCount(statuses)];
        for (var (bit, n) = (0, 0); n < possible.Length; bit++)
            if ((statuses & (1u << bit)) != 0) possible[n++] = (Standing)bit;
        var standing = Settle(possible, given);
        return new()
        {
            Edition = edition,
            Standing = standing,
            Possible = possible,
            Rules = rules,
            Recommendation = Decisive(rules, standing, patient),
            Missing = missing ?? [],
            SettledBy = alone ?? [],
        };
    }

    /// <summary>One status: that. Several, all offered: the weakest. None offered: not recommended if possible, else not applicable. Otherwise: needs information.</summary>
    /// <remarks>The treatment that is being given is not recommended only where that is certain: to be advised against it must have failed, not merely be in use.</remarks>
    internal static Standing Settle(IReadOnlyList<Standing> possible, bool given)
    {
        if (possible.Count == 1) return possible[0];
        if (possible.All(s => s.IsOffered())) return possible.Max();
        if (possible.Any(s => s.IsOffered())) return Standing.NeedsInformation;
        if (!possible.Contains(Standing.NotRecommended)) return Standing.NotApplicable;
        return given ? Standing.NeedsInformation : Standing.NotRecommended;
    }

    private static Recommendation? Decisive(JudgedRule[] rules, Standing standing, Case patient)
    {
        // rules that hold come before those left open; where information is needed, rules for come before rules against
        JudgedRule? best = null;
        foreach (var rule in rules)
            if (Fits(rule, standing) && (best is null || rule.Truth > best.Truth)) best = rule;
        if (standing is Standing.NotApplicable && best is { Truth: Truth.False }) best = Nearest(rules, patient);
        if (standing is Standing.NeedsInformation) best = Array.Find(rules, r => Fits(r, standing) && !r.Rule.Against) ?? best;
        return (best ?? rules[0]).Rule;
    }

    /// <summary>
    /// Of the rules that do not hold, the one that came nearest: the fewest parts of its condition not met, then the most met. A rule for
    /// another kind of patient, such as another histology, is further away than one for another time or another course of treatment.
    /// </summary>
    private static JudgedRule Nearest(JudgedRule[] rules, Case patient)
    {
        JudgedRule? nearest = null;
        int least = int.MaxValue, leastMet = int.MaxValue;
        foreach (var rule in rules)
        {
            if (!Fits(rule, Standing.NotApplicable)) continue;
            int met = 0, notMet = 0, ofKind = 0;
            Count(rule.Rule.When, patient, ref met, ref notMet, ref ofKind);
            var (far, without) = (notMet + (ofKind * (OfAnotherKind - 1)), ofKind > 0 ? 0 : -met);
            if (far < least || (far == least && without < leastMet)) (nearest, least, leastMet) = (rule, far, without);
        }

        return nearest!;
    }

    private static void Count(TruthNode part, Case patient, ref int met, ref int notMet, ref int ofKind)
    {
        if (part is And and)
        {
            Count(and.Left, patient, ref met, ref notMet, ref ofKind);
            Count(and.Right, patient, ref met, ref notMet, ref ofKind);
        }
        else if (part.Evaluate(patient.Possible) is Truth.True)
        {
            met++;
        }
        else
        {
            notMet++;
            if (IsOfKind(part, patient)) ofKind++;
        }
    }

    /// <summary>Whether a part asks what kind of patient this is: a code that follows from nothing else.</summary>
    private static bool IsOfKind(TruthNode part, Case patient) =>
        References.Leaves(part).OfType<CodeIn>().SelectMany(References.Of).Any(f => patient[f].Definition.Derivations.Length == 0);

    private static bool Fits(JudgedRule rule, Standing standing) => standing switch
    {
        Standing.NotRecommended => rule.Rule.Against && rule.Truth is not Truth.False,
        Standing.NotApplicable => !rule.Rule.Against,
        Standing.NeedsInformation => rule.Truth is Truth.Undecided,
        _ => !rule.Rule.Against && rule.Truth is not Truth.False && rule.Rule.Strength == standing,
    };

    /// <summary>A fact is missing if, for some values of the others, two of its values give different statuses.</summary>
    private (IReadOnlyList<string> Missing, IReadOnlyList<string> Alone) Missing(Completions completions, byte[] statuses)
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var alone = new SortedSet<string>(StringComparer.Ordinal);
        var stride = completions.Count;
        foreach (var variable in completions.Variables)
        {
            var cells = variable.Cells.Count;
            stride /= cells;
            foreach (var (fact, pairs) in variable.Roots)
            {
                if (!Matters(statuses, completions.Count, stride, cells, pairs)) continue;
                var asked = asking.For([fact]).ToArray();
                missing.UnionWith(asked);
                if (variable.Roots.Count == 1 && asked.Length == 1 && Decides(statuses, completions.Count, stride, cells)) alone.Add(asked[0]);
            }
        }

        return ([.. missing], [.. alone]);
    }

    private static bool Matters(byte[] statuses, int count, int stride, int cells, IReadOnlyCollection<(int A, int B)>? pairs)
    {
        for (var n = 0; n < count; n++)
        {
            var cell = n / stride % cells;
            if (pairs is null)
            {
                if (cell != 0 && statuses[n] != statuses[n - (cell * stride)]) return true;
                continue;
            }

            foreach (var (a, b) in pairs)
                if (a == cell && statuses[n] != statuses[n + ((b - a) * stride)]) return true;
        }

        return false;
    }

    /// <summary>Whether each value of the variable leaves statuses that settle to something other than "needs information".</summary>
    private static bool Decides(byte[] statuses, int count, int stride, int cells)
    {
        Span<uint> byCell = stackalloc uint[Math.Min(cells, 256)];
        if (cells > byCell.Length) return false;
        for (var n = 0; n < count; n++) byCell[n / stride % cells] |= 1u << statuses[n];
        foreach (var mask in byCell)
            if (!uint.IsPow2(mask)) return false;
        return true;
    }
}
