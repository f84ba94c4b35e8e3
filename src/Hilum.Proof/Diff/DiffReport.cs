using Hilum.Expressions;
using Hilum.Options;

namespace Hilum.Proof.Diff;

/// <summary>A treatment on which two editions answer differently, within a group of patients.</summary>
/// <param name="Treatment">The treatment.</param>
/// <param name="From">What the first edition says.</param>
/// <param name="To">What the second edition says.</param>
/// <param name="When">For whom within the group; null for everyone. Undecided alternatives are joined by "or".</param>
public sealed record Change(Treatment Treatment, Standing From, Standing To, TruthNode? When)
{
    /// <summary>What <see cref="When"/> joins by "or"; empty for everyone.</summary>
    public IReadOnlyList<TruthNode> Alternatives => When is null ? [] : [.. Residual.Parts(When, any: true)];
}

/// <summary>A group of patients for whom two editions differ in the same way.</summary>
/// <param name="Conditions">Who they are; empty for everyone. Several groups that are alike stand together.</param>
/// <param name="Changes">What differs.</param>
/// <param name="Example">A patient of the group, read and judged by the engine.</param>
/// <param name="Because">The facts of the example that make it one of the group.</param>
/// <param name="From">What the first edition answers this patient: offers and advice against.</param>
/// <param name="To">What the second edition answers.</param>
public sealed record DiffRegion(
    IReadOnlyList<IReadOnlyList<TruthNode>> Conditions, IReadOnlyList<Change> Changes, Witness Example, IReadOnlyList<(string Fact, string Value)> Because,
    IReadOnlyList<(Treatment Treatment, Standing Standing)> From, IReadOnlyList<(Treatment Treatment, Standing Standing)> To);

/// <summary>A safety rule that acts for other patients than before, or in another way.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Change">added, removed, severity, concerns or condition.</param>
/// <param name="Before">As it was; null when added.</param>
/// <param name="After">As it is; null when removed.</param>
/// <param name="Example">A patient for whom it acts now and did not, or the other way round; null when only its severity or treatments changed.</param>
public sealed record SafetyChange(string Rule, string Change, SafetyRule? Before, SafetyRule? After, Witness? Example)
{
    /// <summary>That the rule acts: for one content and not for the other, where both have it.</summary>
    public TruthNode Acts => Before is null ? ActsBy(After!) : After is null ? ActsBy(Before) : new Xor(ActsBy(Before), ActsBy(After));

    /// <summary>That a rule acts on a fully known patient.</summary>
    internal static TruthNode ActsBy(SafetyRule rule) => rule.Unless is { } unless ? new And(rule.When, new Not(unless)) : rule.When;
}

/// <summary>For which patients two editions differ.</summary>
/// <param name="From">The first edition.</param>
/// <param name="To">The second edition.</param>
/// <param name="Regions">Groups of patients, in the order of the facts that part them.</param>
/// <param name="Safety">Changes of safety rules, when two contents are compared.</param>
/// <param name="NotProven">What could not be compared, and why.</param>
/// <param name="Questions">Questions that were put to the solver.</param>
public sealed record DiffReport(Edition From, Edition To, IReadOnlyList<DiffRegion> Regions, IReadOnlyList<SafetyChange> Safety, IReadOnlyList<string> NotProven, int Questions)
{
    /// <summary>Whether the second edition has no word on the treatment of a change: then nothing is taken back, it is only not spoken of.</summary>
    public bool IsUnspoken(Change change) => From.Id != To.Id && !Speaks(To, change.Treatment);

    /// <summary>Whether an edition offers a treatment to anyone, or advises anyone against it.</summary>
    internal static bool Speaks(Edition edition, Treatment treatment) => edition.Recommendations.Any(r => r.Treatments.Contains(treatment.Id));
}
