using Hilum.Evidence;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Plans;
using Hilum.Words;

namespace Hilum.Guidance;

/// <content>Treatments, editions, safety rules, and the words of plans.</content>
internal sealed partial class CompiledContent
{
    private Catalogue Catalogue(Catalogue? v)
    {
        var scope = PlanningScope(v?.Scope);
        var treatments = Many(v?.Treatments, Treatment);
        var editions = Many(v?.Editions, Edition);
        var rules = Many(v?.SafetyRules, SafetyRule);
        var urgent = Many(v?.UrgentRules, UrgentRule);
        var byTreatment = new SafetyRule[treatments.Length][];
        for (var i = 0; i < byTreatment.Length; i++) byTreatment[i] = Chosen(v?.SafetyByTreatment[i], rules, v?.SafetyRules);
        return new(scope, treatments, editions, rules, urgent, byTreatment);
    }

    /// <summary>Some of the rules, by their places among all.</summary>
    private SafetyRule[] Chosen(SafetyRule[]? v, SafetyRule[] rules, SafetyRule[]? all)
    {
        var chosen = new SafetyRule[Count(v?.Length)];
        for (var i = 0; i < chosen.Length; i++) chosen[i] = rules[Int(v is null ? null : Array.IndexOf(all!, v[i]))];
        return chosen;
    }

    private PlanningScope PlanningScope(PlanningScope? v) =>
        new(Truth(v?.Condition), Truth(v?.KidneyCancer), Phrase(v?.In), Phrase(v?.OutsideNotKidney), Phrase(v?.OutsideStage), Phrase(v?.Unknown))
        {
            EndedBy = Truth(v?.EndedBy),
            AgainstIt = Truth(v?.AgainstIt),
            Ended = Phrase(v?.Ended),
            EndedBut = Phrase(v?.EndedBut),
            PerhapsEnded = Phrase(v?.PerhapsEnded),
        };

    private Treatment Treatment(Treatment? v) => new()
    {
        Id = Text(v?.Id),
        Kind = Text(v?.Kind),
        Name = Phrase(v?.Name),
        Also = Texts(v?.Also),
        Parts = Many(v?.Parts, TreatmentPart),
        Plain = Phrase(v?.Plain),
        AsksOfLife = Phrase(v?.AsksOfLife),
        Monitoring = Many(v?.Monitoring, Monitoring),
        SideEffects = Many(v?.SideEffects, SideEffect),
        WarningSigns = Many(v?.WarningSigns, WarningSign),
        Availability = Many(v?.Availability, Availability),
        NeverOffered = Phrase(v?.NeverOffered),
        Source = Citation(v?.Source),
        Review = Review(v?.Review),
    };

    private TreatmentPart TreatmentPart(TreatmentPart? v) => new(Text(v?.Drug), Text(v?.Dose), Text(v?.Route), Phrase(v?.Schedule), Texts(v?.Levels), Citation(v?.Source), Review(v?.Review));

    private Monitoring Monitoring(Monitoring? v) => new(Phrase(v?.What), Phrase(v?.When), Citation(v?.Source), Review(v?.Review));

    private SideEffect SideEffect(SideEffect? v) => new(Phrase(v?.Effect), DecimalOrNull(v?.Any), DecimalOrNull(v?.Severe), TextOrNull(v?.Trial), Citation(v?.Source), Review(v?.Review));

    private WarningSign WarningSign(WarningSign? v) => new(Text(v?.Urgency), Phrase(v?.Sign), Citation(v?.Source), Review(v?.Review));

    private Availability Availability(Availability? v) => new(Text(v?.Country), Text(v?.Approved), Text(v?.Funded), TextOrNull(v?.Date), TextOrNull(v?.Source));

    private Edition Edition(Edition? v) => new()
    {
        Id = Text(v?.Id),
        Title = Phrase(v?.Title),
        Publisher = Text(v?.Publisher),
        Published = Text(v?.Published),
        Country = Text(v?.Country),
        Kind = (EditionKind)Byte((byte?)v?.Kind),
        Status = Text(v?.Status),
        ReviewBy = DateOnly.FromDayNumber(Int(v?.ReviewBy.DayNumber)),
        Scope = Truth(v?.Scope),
        Note = Phrase(v?.Note),
        Defines = Many(v?.Defines, Define),
        Statements = Many(v?.Statements, Statement),
        Recommendations = Many(v?.Recommendations, Recommendation),
        Url = TextOrNull(v?.Url),
    };

    private Statement Statement(Statement? v) => new(Text(v?.Id), Phrase(v?.Says), TruthOrNull(v?.When), TruthOrNull(v?.Unless), Citation(v?.Source), Review(v?.Review)) { Silent = Bool(v?.Silent), On = Texts(v?.On), Place = Text(v?.Place) };

    private Define Define(Define? v) => new(Text(v?.Name), Truth(v?.Condition), Text(v?.Place));

    private Consistency Consistency(Consistency? v) => new(Text(v?.Id), Truth(v?.Holds), Phrase(v?.Says), Citation(v?.Source), Review(v?.Review), Text(v?.Place)) { RecordOnly = Bool(v?.RecordOnly) };

    private Recommendation Recommendation(Recommendation? v) => new()
    {
        Id = Text(v?.Id),
        Says = Phrase(v?.Says),
        Treatments = Texts(v?.Treatments),
        Against = Bool(v?.Against),
        When = Truth(v?.When),
        Strength = (Standing)Byte((byte?)v?.Strength),
        Grade = TextOrNull(v?.Grade),
        Because = Phrase(v?.Because),
        Note = Phrase(v?.Note),
        Evidence = Texts(v?.Evidence),
        Source = Citation(v?.Source),
        Review = Review(v?.Review),
        Place = Text(v?.Place),
    };

    private SafetyRule SafetyRule(SafetyRule? v) => new()
    {
        Id = Text(v?.Id),
        Starting = BoolOrNull(v?.Starting),
        Asks = Bool(v?.Asks),
        Drugs = Texts(v?.Drugs),
        Classes = Texts(v?.Classes),
        Treatments = Texts(v?.Treatments),
        Kinds = Texts(v?.Kinds),
        Except = Texts(v?.Except),
        Severity = (Severity)Byte((byte?)v?.Severity),
        When = Truth(v?.When),
        Unless = TruthOrNull(v?.Unless),
        Override = Phrase(v?.Override),
        Says = Phrase(v?.Says),
        Source = Citation(v?.Source),
        Review = Review(v?.Review),
        Place = Text(v?.Place),
    };

    private UrgentRule UrgentRule(UrgentRule? v) => new(Text(v?.Id), Truth(v?.When), Phrase(v?.Says), Citation(v?.Source), Review(v?.Review), Text(v?.Place));

    private SourceDocument SourceDocument(SourceDocument? v) =>
        new(Text(v?.Id), Text(v?.Title), Text(v?.Publisher), Text(v?.Published), TextOrNull(v?.Url), TextOrNull(v?.Doi), TextOrNull(v?.Licence), TextOrNull(v?.Note));

    private Schedule Schedule(Schedule? v) => new(Text(v?.Says), ScheduleSteps(v?.Steps));

    private ScheduleStep[] ScheduleSteps(ScheduleStep[]? v)
    {
        var steps = new ScheduleStep[Count(v?.Length)];
        for (var i = 0; i < steps.Length; i++)
            steps[i] = new((ScheduleStepKind)Byte((byte?)v?[i].Kind), Span(v?[i].Shortest), Span(v?[i].Longest), Bool(v?[i].Until.HasValue) ? Span(v?[i].Until) : null);
        return steps;
    }

    private CalendarSpan Span(CalendarSpan? v) => new(Int(v?.Count), (CalendarUnit)Byte((byte?)v?.Unit));

    private PlanCode PlanCode(PlanCode? v) => new(Text(v?.Id), Phrase(v?.Label));
}
