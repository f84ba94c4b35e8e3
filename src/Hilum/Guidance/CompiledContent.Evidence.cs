using Hilum.Evidence;
using Hilum.Options;
using Hilum.Risk;
using Hilum.Words;

namespace Hilum.Guidance;

/// <content>Risk models, trials and survival.</content>
internal sealed partial class CompiledContent
{
    private RiskModel RiskModel(RiskModel? v) => new()
    {
        Id = Text(v?.Id),
        Name = Phrase(v?.Name),
        Applies = Truth(v?.Applies),
        Factors = Many(v?.Factors, RiskFactor),
        Groups = Many(v?.Groups, RiskGroup),
        Note = Phrase(v?.Note),
        Source = Citation(v?.Source),
        Review = Review(v?.Review),
        Survival = Many(v?.Survival, SurvivalCohort),
    };

    private RiskFactor RiskFactor(RiskFactor? v) => new(Text(v?.Id), Truth(v?.When), Phrase(v?.Label), Texts(v?.Shows));

    private RiskGroup RiskGroup(RiskGroup? v) => new(Text(v?.Id), Phrase(v?.Label), Int(v?.Min), Int(v?.Max));

    private SurvivalCohort SurvivalCohort(SurvivalCohort? v) => new(Phrase(v?.Cohort), Phrase(v?.Era), IntOrNull(v?.N), Many(v?.Figures, SurvivalFigure), Citation(v?.Source), Review(v?.Review));

    private SurvivalFigure SurvivalFigure(SurvivalFigure? v) =>
        new(Text(v?.Group), Text(v?.Measure), DecimalOrNull(v?.Value), Text(v?.Unit), DecimalOrNull(v?.Low), DecimalOrNull(v?.High), DecimalOrNull(v?.Level));

    private Trial Trial(Trial? v) => new()
    {
        Id = Text(v?.Id),
        Name = Phrase(v?.Name),
        Registry = TextOrNull(v?.Registry),
        Design = Phrase(v?.Design),
        Phase = TextOrNull(v?.Phase),
        N = IntOrNull(v?.N),
        Arms = Many(v?.Arms, TrialArm),
        Population = Phrase(v?.Population),
        Studied = TruthOrNull(v?.Studied),
        Excluded = Many(v?.Excluded, TrialExclusion),
        Results = Many(v?.Results, TrialResult),
        Cautions = Phrases(v?.Cautions),
        Source = Citation(v?.Source),
        Review = Review(v?.Review),
    };

    private TrialArm TrialArm(TrialArm? v) => new(Text(v?.Id), Phrase(v?.Name), TextOrNull(v?.Treatment), IntOrNull(v?.N));

    private TrialExclusion TrialExclusion(TrialExclusion? v) => new(Truth(v?.When), Phrase(v?.Says));

    private TrialResult TrialResult(TrialResult? v) => new()
    {
        Subgroup = Text(v?.Subgroup),
        Endpoint = Text(v?.Endpoint),
        Cut = Text(v?.Cut),
        FollowUpMonths = DecimalOrNull(v?.FollowUpMonths),
        Measure = Text(v?.Measure),
        Unit = TextOrNull(v?.Unit),
        AtMonths = DecimalOrNull(v?.AtMonths),
        Arm = TextOrNull(v?.Arm),
        Versus = TextOrNull(v?.Versus),
        Value = DecimalOrNull(v?.Value),
        Low = DecimalOrNull(v?.Low),
        High = DecimalOrNull(v?.High),
        Level = DecimalOrNull(v?.Level),
        NotReached = Bool(v?.NotReached),
        Significant = BoolOrNull(v?.Significant),
        Note = Phrase(v?.Note),
        SupersededBy = TextOrNull(v?.SupersededBy),
        Source = Citation(v?.Source),
        Review = Review(v?.Review),
    };

    private OpenQuestion OpenQuestion(OpenQuestion? v) => new(Text(v?.Id), Truth(v?.When), Phrase(v?.Question), Phrases(v?.Sides), Phrase(v?.Reason), Citation(v?.Source), Review(v?.Review));

    private SurvivalRange SurvivalRange(SurvivalRange? v) =>
        new(Text(v?.Id), Phrase(v?.Name), Phrase(v?.Says), Texts(v?.Classes), Many(v?.Scenarios, SurvivalScenario), Many(v?.NotFor, SurvivalRangeException), Citation(v?.Source), Review(v?.Review));

    private SurvivalScenario SurvivalScenario(SurvivalScenario? v) => new(Text(v?.Id), Phrase(v?.Name), DecimalOrNull(v?.From), DecimalOrNull(v?.To), Phrase(v?.Says));

    private SurvivalRangeException SurvivalRangeException(SurvivalRangeException? v) => new(Texts(v?.Classes), Phrase(v?.Says), Citation(v?.Source), Review(v?.Review));
}
