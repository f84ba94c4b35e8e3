using Google.OrTools.Sat;
using Hilum.Facts;
using Hilum.Guidance;

namespace Hilum.Proof.Model;

/// <summary>Every history of treatment that a patient can have: how often each treatment was given, how the last one ended, and treatment after surgery.</summary>
internal sealed class Therapies
{
    /// <summary>A treatment is given at most so often: once more than any condition has to tell apart.</summary>
    private const int MostOften = 3;

    private readonly Logic logic;

    /// <summary>A treatment that can have been given.</summary>
    /// <param name="Treatment">Its id, or <c>other</c>.</param>
    /// <param name="Drugs">Its drugs.</param>
    /// <param name="Groups">The groups of its drugs.</param>
    /// <param name="Times">How often.</param>
    /// <param name="Given">Whether at all.</param>
    public sealed record Course(string Treatment, IReadOnlyList<string> Drugs, IReadOnlyList<string> Groups, IntVar Times, ILiteral Given);

    public Therapies(Logic logic, GuidanceContent content)
    {
        this.logic = logic;
        var rules = content.Facts.Facts.SelectMany(f => f.Derivations).OfType<ListDerivation>().Where(d => d.From == "prior-therapies").ToList();
        var groups = rules.Where(d => d.Rule.EndsWith("of-group", StringComparison.Ordinal)).Select(d => d.Argument!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var regimen in content.Formulary.Regimens.Where(r => r.Drugs.Any(d => content.Formulary.FindDrug(d)?.IsSystemic == true))) courses.Add(Add(regimen.Treatment, regimen.Drugs, content.Formulary.GroupsOf(regimen.Drugs)));
        courses.Add(Add("other", [], []));
        foreach (var group in groups) courses.Add(Add("other", [], [group]));
        Lines = Amount.Of(LinearExpr.Sum(courses.Select(c => c.Times)), 1, 0, courses.Count * MostOften);
        Any = logic.Compare(Lines, Expressions.Comparison.Greater, Amount.Of(0));
        ProgressedOnLast = logic.New("progressed-on-last");
        Ongoing = logic.New("ongoing");
        logic.Model.AddImplication(ProgressedOnLast, Any);
        // of a treatment that goes on it is known whether the cancer grew only when it did
        logic.Model.AddImplication(Ongoing, ProgressedOnLast);
        Adjuvant = rules.Exists(d => d.Rule == "adjuvant-of-group") ? logic.New("adjuvant") : logic.False;
        var drug = rules.Find(d => d.Rule == "months-since-adjuvant")?.Argument ?? content.Formulary.Drugs.FirstOrDefault(d => d.Adjuvant)?.Id;
        AdjuvantTreatment = drug is null ? null : content.Formulary.FindRegimenOf([drug])?.Treatment;
        AdjuvantGroups = drug is null ? [] : content.Formulary.GroupsOf([drug]);
        if (AdjuvantTreatment is null) logic.Model.AddBoolAnd([Adjuvant.Not()]);
    }

    private readonly List<Course> courses = [];

    /// <summary>What can have been given for metastatic disease.</summary>
    public IReadOnlyList<Course> Courses => courses;

    /// <summary>How many courses there were.</summary>
    public Amount Lines { get; }

    /// <summary>Whether there was any course.</summary>
    public ILiteral Any { get; }

    /// <summary>Whether the cancer grew on the last course.</summary>
    public ILiteral ProgressedOnLast { get; }

    /// <summary>Whether the last course goes on.</summary>
    public ILiteral Ongoing { get; }

    /// <summary>Whether there was treatment after surgery.</summary>
    public ILiteral Adjuvant { get; }

    /// <summary>The treatment that is given after surgery; null when there is none.</summary>
    public string? AdjuvantTreatment { get; }

    /// <summary>Its groups.</summary>
    public IReadOnlyList<string> AdjuvantGroups { get; }

    /// <summary>Whether any course belongs to a group.</summary>
    public ILiteral AnyOf(string group) => logic.Any(courses.Where(c => c.Groups.Contains(group)).Select(c => c.Given));

    /// <summary>How many courses belong to a group.</summary>
    public Amount CountOf(string group)
    {
        var members = courses.Where(c => c.Groups.Contains(group)).ToList();
        return members.Count == 0 ? Amount.Of(0) : Amount.Of(LinearExpr.Sum(members.Select(c => c.Times)), 1, 0, members.Count * MostOften);
    }

    /// <summary>Whether a drug was given; <c>other</c> stands for what the catalogue does not hold.</summary>
    public ILiteral Had(string drug) => logic.Any(courses.Where(c => drug == "other" ? c.Treatment == "other" : c.Drugs.Contains(drug)).Select(c => c.Given));

    private Course Add(string treatment, IReadOnlyList<string> drugs, IReadOnlyList<string> groups)
    {
        var times = logic.Model.NewIntVar(0, MostOften, treatment);
        var given = logic.New("");
        logic.Model.Add(times >= 1).OnlyEnforceIf(given);
        logic.Model.Add(times == 0).OnlyEnforceIf(given.Not());
        return new(treatment, drugs, groups, times, given);
    }
}

/// <summary>Every list of medicines that a patient can take, as far as their classes tell them apart.</summary>
internal sealed class Medicines
{
    private readonly Logic logic;

    public Medicines(Logic logic, GuidanceContent content)
    {
        this.logic = logic;
        Taken = [.. content.Formulary.Medicines
            .GroupBy(m => string.Join(' ', m.Classes.Order(StringComparer.Ordinal)), StringComparer.Ordinal)
            .Select(g => g.FirstOrDefault(m => content.Formulary.Recognise(m.Names[0]) is { Whole: true } found && found.Classes.ToHashSet(StringComparer.Ordinal).SetEquals(m.Classes)))
            .OfType<Medicine>().Select(m => (m, logic.New(m.Id)))];
    }

    /// <summary>Medicines, one for each combination of classes.</summary>
    public IReadOnlyList<(Medicine Medicine, ILiteral IsTaken)> Taken { get; }

    /// <summary>Whether any medicine is taken.</summary>
    public ILiteral Any => logic.Any(Taken.Select(t => t.IsTaken));

    /// <summary>Whether a medicine of a class is taken.</summary>
    public ILiteral AnyOf(string type) => logic.Any(Taken.Where(t => t.Medicine.Classes.Contains(type)).Select(t => t.IsTaken));
}
