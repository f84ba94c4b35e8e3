using Google.OrTools.Sat;
using Hilum.Facts;
using Hilum.Guidance;

namespace Hilum.Proof.Model;

/// <summary>How a course of treatment ended.</summary>
internal enum CourseEnd
{
    /// <summary>In some way that nothing asks about.</summary>
    Any,

    /// <summary>The cancer grew.</summary>
    Progression,

    /// <summary>A side effect of grade 3 or more.</summary>
    SevereToxicity,

    /// <summary>A lesser side effect.</summary>
    Toxicity,

    /// <summary>As planned.</summary>
    Completed,
}

/// <summary>Every history of treatment that a patient can have: how often each treatment was given, how its courses ended, and treatment after surgery.</summary>
internal sealed class Therapies
{
    /// <summary>A treatment is given at most so often: once more than any condition has to tell apart.</summary>
    private const int MostOften = 3;

    private readonly Logic logic;
    private readonly List<Course> courses = [];

    /// <summary>A treatment that can have been given, and how it ended.</summary>
    /// <param name="Treatment">Its id, or <c>other</c>.</param>
    /// <param name="Drugs">Its drugs.</param>
    /// <param name="Groups">The groups of its drugs.</param>
    /// <param name="End">How it ended.</param>
    /// <param name="Times">How often.</param>
    /// <param name="Given">Whether at all.</param>
    public sealed record Course(string Treatment, IReadOnlyList<string> Drugs, IReadOnlyList<string> Groups, CourseEnd End, IntVar Times, ILiteral Given);

    /// <summary>Makes the variables.</summary>
    /// <param name="logic">The solver's model.</param>
    /// <param name="content">The guidance.</param>
    /// <param name="withEnds">Whether something asks how courses ended, beyond the last one.</param>
    public Therapies(Logic logic, GuidanceContent content, bool withEnds)
    {
        this.logic = logic;
        var rules = content.Facts.Facts.SelectMany(f => f.Derivations).OfType<ListDerivation>().Where(d => d.From == "prior-therapies").ToList();
        CourseEnd[] ends = withEnds ? [CourseEnd.Progression, CourseEnd.SevereToxicity, CourseEnd.Toxicity, CourseEnd.Completed] : [CourseEnd.Any];
        foreach (var (treatment, drugs, groups) in Treatments(content, rules))
            foreach (var end in ends) courses.Add(Add(treatment, drugs, groups, end));
        Lines = Amount.Of(LinearExpr.Sum(courses.Select(c => c.Times)), 1, 0, courses.Count * MostOften);
        Any = logic.Compare(Lines, Expressions.Comparison.Greater, Amount.Of(0));
        ProgressedOnLast = logic.New("progressed-on-last");
        Ongoing = logic.New("ongoing");
        LeftForToxicity = withEnds ? logic.New("left-for-toxicity") : logic.False;
        logic.Model.AddImplication(ProgressedOnLast, Any);
        logic.Model.AddImplication(Ongoing, Any);
        if (withEnds)
        {
            // of a treatment that goes on it is known whether the cancer grew only when it did
            logic.Model.AddImplication(Ongoing, ProgressedOnLast);
            logic.Model.AddImplication(ProgressedOnLast, Ended(c => c.End is CourseEnd.Progression));
            logic.Model.AddImplication(LeftForToxicity, Any);
            logic.Model.AddImplication(LeftForToxicity, ProgressedOnLast.Not());
            logic.Model.AddImplication(LeftForToxicity, Ended(c => c.End is CourseEnd.SevereToxicity or CourseEnd.Toxicity));
            logic.Model.AddBoolOr([ProgressedOnLast, LeftForToxicity, Any.Not(), Ended(c => c.End is CourseEnd.Completed)]);
        }

        Adjuvant = rules.Exists(d => d.Rule == "adjuvant-of-group") ? logic.New("adjuvant") : logic.False;
        var group = rules.Find(d => d.Rule == "months-since-adjuvant")?.Argument;
        var drug = (content.Formulary.Drugs.FirstOrDefault(d => d.Adjuvant) ?? content.Formulary.Drugs.FirstOrDefault(d => group is not null && d.Groups.Contains(group)))?.Id;
        AdjuvantTreatment = drug is null ? null : content.Formulary.FindRegimenOf([drug])?.Treatment;
        AdjuvantGroups = drug is null ? [] : content.Formulary.GroupsOf([drug]);
        AdjuvantDrugs = drug is null ? [] : [drug];
        if (AdjuvantTreatment is null) logic.Model.AddBoolAnd([Adjuvant.Not()]);
        AdjuvantFailed = withEnds ? logic.And(Adjuvant, logic.New("adjuvant-failed")) : logic.False;
    }

    /// <summary>Whether a rule asks how courses ended.</summary>
    public static bool AsksForEnds(string rule) => rule is "drugs-progressed-on" or "drugs-stopped-for-toxicity" or "drugs-with-severe-toxicity" or "progressed-on-group" or "severe-toxicity-of-group";

    /// <summary>What can have been given for metastatic disease.</summary>
    public IReadOnlyList<Course> Courses => courses;

    /// <summary>How many courses there were.</summary>
    public Amount Lines { get; }

    /// <summary>Whether there was any course.</summary>
    public ILiteral Any { get; }

    /// <summary>Whether the cancer grew on the last course; of one that goes on without growth the list does not say it.</summary>
    public ILiteral ProgressedOnLast { get; }

    /// <summary>Whether a side effect ended the last course.</summary>
    public ILiteral LeftForToxicity { get; }

    /// <summary>Whether the last course goes on.</summary>
    public ILiteral Ongoing { get; }

    /// <summary>Whether there was treatment after surgery.</summary>
    public ILiteral Adjuvant { get; }

    /// <summary>Whether the cancer grew under it; else it ended as planned.</summary>
    public ILiteral AdjuvantFailed { get; }

    /// <summary>The drugs given after surgery.</summary>
    public IReadOnlyList<string> AdjuvantDrugs { get; }

    /// <summary>The treatment that is given after surgery; null when there is none.</summary>
    public string? AdjuvantTreatment { get; }

    /// <summary>Its groups.</summary>
    public IReadOnlyList<string> AdjuvantGroups { get; }

    /// <summary>What follows for a Boolean or a coded list by a rule; null when the rule is not one of these.</summary>
    public (ILiteral[] Values, ILiteral Known)? Derive(FactDefinition fact, ListDerivation list)
    {
        var groups = list.Argument?.Split(' ') ?? [];
        switch (list.Rule)
        {
            case "any-of-group": return Sure(AnyOf(groups));
            case "progressed-on-last": return (Both(ProgressedOnLast), logic.Or(Ongoing.Not(), ProgressedOnLast));
            case "change-due":
                var due = logic.Or(ProgressedOnLast, LeftForToxicity);
                return (Both(due), due);
            case "response-of-current": return ([.. fact.Values.Select(_ => logic.False)], logic.False);
            case "stopping-toxicity-of-group": return (Both(logic.False), logic.Or(AnyOf(groups), AdjuvantOf(groups)).Not());
            case "adjuvant-of-group": return Sure(AdjuvantOf(groups));
            case "ever-of-group": return Sure(logic.Or(AnyOf(groups), AdjuvantOf(groups)));
            case "progressed-on-group": return Sure(logic.Or(Ended(c => c.End is CourseEnd.Progression && c.Groups.Intersect(groups).Any()), AdjuvantGroups.Intersect(groups).Any() ? AdjuvantFailed : logic.False));
            case "severe-toxicity-of-group":
                var severe = Ended(c => c.End is CourseEnd.SevereToxicity && c.Groups.Count > 0 && c.Groups.All(groups.Contains));
                return (Both(severe), logic.Or(severe, logic.Or(AnyOf(groups), AdjuvantOf(groups)).Not()));
            case "drugs": return ([.. fact.Values.Select(v => Ended(c => v.Code == "other" ? c.Treatment == "other" : c.Drugs.Contains(v.Code)))], logic.True);
            case "drugs-progressed-on": return Drugs(fact, CourseEnd.Progression);
            case "drugs-with-severe-toxicity": return Drugs(fact, CourseEnd.SevereToxicity);
            case "drugs-stopped-for-toxicity": return Drugs(fact, CourseEnd.SevereToxicity, CourseEnd.Toxicity);
            default: return null;
        }
    }

    /// <summary>How many courses belong to a group.</summary>
    public Amount CountOf(string group)
    {
        var members = courses.Where(c => c.Groups.Contains(group)).ToList();
        return members.Count == 0 ? Amount.Of(0) : Amount.Of(LinearExpr.Sum(members.Select(c => c.Times)), 1, 0, members.Count * MostOften);
    }

    private (ILiteral[] Values, ILiteral Known) Drugs(FactDefinition fact, params CourseEnd[] ends) =>
        ([.. fact.Values.Select(v => logic.Or(
            Ended(c => ends.Contains(c.End) && c.Drugs.Contains(v.Code)),
            ends.Contains(CourseEnd.Progression) && AdjuvantDrugs.Contains(v.Code) ? AdjuvantFailed : logic.False))], logic.True);

    private ILiteral AnyOf(string[] groups) => Ended(c => c.Groups.Intersect(groups).Any());

    private ILiteral AdjuvantOf(string[] groups) => AdjuvantGroups.Intersect(groups).Any() ? Adjuvant : logic.False;

    private ILiteral Ended(Func<Course, bool> which) => logic.Any(courses.Where(which).Select(c => c.Given));

    private (ILiteral[] Values, ILiteral Known) Sure(ILiteral truth) => (Both(truth), logic.True);

    private static ILiteral[] Both(ILiteral truth) => [truth.Not(), truth];

    /// <summary>The catalogue, and treatments outside it: of no group, and of each group that a rule asks for.</summary>
    private static IEnumerable<(string Treatment, IReadOnlyList<string> Drugs, IReadOnlyList<string> Groups)> Treatments(GuidanceContent content, List<ListDerivation> rules)
    {
        foreach (var regimen in content.Formulary.Regimens.Where(r => r.Drugs.Any(d => content.Formulary.FindDrug(d)?.IsSystemic == true)))
            yield return (regimen.Treatment, regimen.Drugs, content.Formulary.GroupsOf(regimen.Drugs));
        yield return ("other", [], []);
        foreach (var group in rules.Where(d => d.Rule is "any-of-group" or "count-of-group").SelectMany(d => d.Argument!.Split(' ')).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            yield return ("other", [], [group]);
    }

    private Course Add(string treatment, IReadOnlyList<string> drugs, IReadOnlyList<string> groups, CourseEnd end)
    {
        var times = logic.Model.NewIntVar(0, MostOften, treatment);
        var given = logic.New("");
        logic.Model.Add(times >= 1).OnlyEnforceIf(given);
        logic.Model.Add(times == 0).OnlyEnforceIf(given.Not());
        return new(treatment, drugs, groups, end, times, given);
    }
}
