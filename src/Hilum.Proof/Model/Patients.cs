using Google.OrTools.Sat;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;

namespace Hilum.Proof.Model;

/// <summary>Asks whether a patient exists for whom some conditions hold and others do not. Every patient found is read and judged by the engine too.</summary>
internal sealed class Patients
{
    /// <summary>The limit of one question, in the solver's own measure of work (about seconds): the same on every machine.</summary>
    public const double Limit = 2;

    /// <summary>The limit of looking for a patient who reads better; the first one found will do.</summary>
    private const double ExampleLimit = 0.1;

    /// <summary>The most earlier courses that a bound is tried for.</summary>
    private const int LongHistory = 4;

    private readonly GuidanceContent content;
    private readonly TruthNode[] conditions;
    private readonly PatientModel model;
    private readonly Lazy<Case?> usual;
    private readonly List<ILiteral> atMost = [];
    private LinearExpr? distance;

    /// <summary>Every patient, as seen by some conditions.</summary>
    public Patients(GuidanceContent content, DateOnly asOf, IEnumerable<TruthNode> conditions)
    {
        this.content = content;
        this.conditions = [.. conditions.Distinct()];
        model = new(content, asOf, this.conditions);
        usual = new(() => Witness.ReadUsual(content, asOf));
        foreach (var condition in this.conditions) model.Translation.Of(condition);
    }

    /// <summary>Questions asked so far.</summary>
    public int Asked { get; private set; }

    /// <summary>How conditions become truths that can be asked about.</summary>
    public ILiteral Of(TruthNode condition) => model.Translation.Of(condition);

    /// <summary>That something follows to be true, and that it follows to be false.</summary>
    public (ILiteral IsTrue, ILiteral IsFalse) Follows(TruthNode derivation) => model.Translation.Truth(derivation) is var truth ? (truth.IsTrue, truth.IsFalse) : default;

    /// <summary>The logic of the model.</summary>
    public Logic Logic => model.Logic;

    /// <summary>Whether a patient exists for whom all of these hold, and an example.</summary>
    /// <exception cref="ModelDisagreesException">The engine judges the example otherwise.</exception>
    public (Answer Answer, Witness? Example) Ask(params IReadOnlyList<ILiteral> truths)
    {
        Asked++;
        var (answer, solution) = Solve(model.Logic, truths);
        if (solution is null) return (answer, null);
        if (distance is null && usual.Value is { } like) distance = Likeness.Distance(model, like, content);
        if (distance is not null && Solve(model.Logic, WithShortHistory(truths), distance).Solution is { } better)
        {
            solution.Dispose();
            solution = better;
        }

        using (solution)
        {
            var example = Witness.Read(content, new CaseText(content, model, solution).Facts(), model.AsOf);
            foreach (var condition in conditions)
            {
                var expected = solution.BooleanValue(model.Translation.Of(condition)).ToTruth();
                var judged = condition.Evaluate(example.Case.Possible);
                if (judged != expected) throw new ModelDisagreesException($"{condition} is {expected} in the model and {judged} in the engine, for {example}");
            }

            return (answer, example);
        }
    }

    /// <summary>The same question of patients with as few earlier courses of treatment as can be: a bound leaves much less to look through.</summary>
    private IReadOnlyList<ILiteral> WithShortHistory(IReadOnlyList<ILiteral> truths)
    {
        if (model.Therapies is not { } therapies) return truths;
        for (var lines = 0; lines <= LongHistory; lines++)
        {
            if (atMost.Count == lines) atMost.Add(model.Logic.Compare(therapies.Lines, Comparison.LessOrEqual, Amount.Of(lines)));
            IReadOnlyList<ILiteral> bounded = [.. truths, atMost[lines]];
            var (answer, solution) = Solve(model.Logic, bounded);
            solution?.Dispose();
            if (answer is Answer.Found) return bounded;
        }

        return truths;
    }

    /// <summary>Whether a patient exists, without an example.</summary>
    public Answer Exists(params IReadOnlyList<ILiteral> truths)
    {
        Asked++;
        var (answer, solution) = Solve(model.Logic, truths);
        solution?.Dispose();
        return answer;
    }

    /// <summary>Solves with some truths added for this once, and with something to be kept small, as far as its own limit allows.</summary>
    public static (Answer Answer, CpSolver? Solution) Solve(Logic logic, IReadOnlyList<ILiteral> truths, LinearExpr? small = null)
    {
        if (truths.Any(logic.IsFalse)) return (Answer.None, null);
        var constraints = logic.Model.Model.Constraints;
        var before = constraints.Count;
        logic.Model.AddBoolAnd(truths);
        var solver = new CpSolver { StringParameters = FormattableString.Invariant($"num_workers:1 random_seed:1 max_deterministic_time:{(small is null ? Limit : ExampleLimit)} cp_model_probing_level:0") };
        if (small is not null) logic.Model.Minimize(small);
        var status = solver.Solve(logic.Model);
        logic.Model.Model.Objective = null;
        while (constraints.Count > before) constraints.RemoveAt(constraints.Count - 1);
        if (status is CpSolverStatus.Optimal or CpSolverStatus.Feasible) return (Answer.Found, solver);
        solver.Dispose();
        return status switch
        {
            CpSolverStatus.Infeasible => (Answer.None, null),
            CpSolverStatus.ModelInvalid => throw new ModelDisagreesException("the model is not valid"),
            _ => (Answer.NotProven, null),
        };
    }
}
