using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Risk;

/// <summary>One adverse factor of a prognostic model.</summary>
public sealed record RiskFactor(string Id, TruthNode When, Phrase Label, string[] Shows);

/// <summary>A group and the number of factors that lead to it.</summary>
public sealed record RiskGroup(string Id, Phrase Label, int Min, int Max);

/// <summary>One published survival figure of a group.</summary>
/// <param name="Group">The group, or several as the publication joins them.</param>
/// <param name="Measure">What it is: median overall survival, two-year survival ...</param>
/// <param name="Value">The figure; null when it was not reached.</param>
/// <param name="Unit">months or percent.</param>
/// <param name="Low">Lower end of its confidence interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Level">Confidence level in percent; null when the publication gives none.</param>
public sealed record SurvivalFigure(string Group, string Measure, decimal? Value, string Unit, decimal? Low, decimal? High, decimal? Level);

/// <summary>The survival that one cohort of one era showed, by group: population information and no forecast.</summary>
public sealed record SurvivalCohort(Phrase Cohort, Phrase Era, int? N, SurvivalFigure[] Figures, Citation Source, Review Review);

/// <summary>A prognostic model that counts adverse factors: IMDC, MSKCC.</summary>
public sealed record RiskModel
{
    /// <summary>Its id: imdc, mskcc-2002.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public Phrase Name { get; init; }

    /// <summary>For whom it was made; elsewhere it is not reported.</summary>
    public required TruthNode Applies { get; init; }

    /// <summary>The factors, one point each.</summary>
    public required RiskFactor[] Factors { get; init; }

    /// <summary>The groups, best first.</summary>
    public required RiskGroup[] Groups { get; init; }

    /// <summary>What a reader must know of it.</summary>
    public Phrase Note { get; init; }

    /// <summary>Where it was published.</summary>
    public Citation Source { get; init; }

    /// <summary>Its review state.</summary>
    public Review Review { get; init; }

    /// <summary>Survival by group, each with its era and cohort.</summary>
    public SurvivalCohort[] Survival { get; init; } = [];

    /// <summary>Judges the model for a case.</summary>
    public RiskAssessment Assess(Case patient)
    {
        var factors = new Truth[Factors.Length];
        int min = 0, max = 0;
        for (var i = 0; i < Factors.Length; i++)
        {
            factors[i] = Factors[i].When.Evaluate(patient.Possible);
            if (factors[i] is Truth.True) min++;
            if (factors[i] is not Truth.False) max++;
        }

        var applies = Applies.Evaluate(patient.Possible);
        return new(this, applies, applies is Truth.False ? [] : [.. Groups.Where(g => g.Min <= max && g.Max >= min)], min, max, factors);
    }
}

/// <summary>What a model says of a case: every group that the missing facts still allow.</summary>
/// <param name="Model">The model.</param>
/// <param name="Applies">Whether it is meant for this patient; the groups are withheld where it is not.</param>
/// <param name="Groups">The groups still possible.</param>
/// <param name="Min">Factors known to be present.</param>
/// <param name="Max">Factors present or unknown.</param>
/// <param name="Factors">The truth of each factor, in the order of the model.</param>
public sealed record RiskAssessment(RiskModel Model, Truth Applies, IReadOnlyList<RiskGroup> Groups, int Min, int Max, IReadOnlyList<Truth> Factors);
