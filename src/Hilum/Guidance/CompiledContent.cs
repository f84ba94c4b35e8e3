using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Hilum.Evidence;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Plans;
using Hilum.Risk;
using Hilum.Words;

namespace Hilum.Guidance;

/// <summary>Checked content as bytes, and back.</summary>
/// <remarks>
/// One method a type serves both directions: given a value it writes it, given null it reads one; so the two cannot disagree.
/// Written by hand, because a start reads this once and a general serializer takes longer to get ready than to read.
/// A member that is forgotten here is found by the test that compares content read from text with content read back.
/// </remarks>
internal sealed class CompiledContent
{
    private readonly BinaryWriter? output;
    private readonly byte[] input = [];
    private int at;

    private CompiledContent(BinaryWriter output) => this.output = output;

    private CompiledContent(byte[] input) => this.input = input;

    /// <summary>Content as bytes, and last the SHA-256 of all before: a bit that turned on the disk must not change what is advised.</summary>
    public static byte[] Write(GuidanceContent content)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        new CompiledContent(writer).Content(content);
        writer.Write(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        return bytes.ToArray();
    }

    /// <summary>Content from bytes; null when they are not the content of this hash, or are damaged.</summary>
    public static GuidanceContent? Read(byte[] bytes, string sha256)
    {
        try
        {
            var end = bytes.Length - SHA256.HashSizeInBytes;
            if (end < 0 || !SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end))) return null;
            var reader = new CompiledContent(bytes);
            if (reader.Text(null) != sha256) return null;
            reader.at = 0;
            var content = reader.Content(null);
            return reader.at == end ? content : null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException or OverflowException)
        {
            return null;
        }
    }

    private GuidanceContent Content(GuidanceContent? v)
    {
        var sha256 = Text(v?.Sha256);
        var facts = new FactDictionary(Many(v?.Facts.Facts, Fact), Ints(v?.Facts.Order));
        var formulary = new Formulary(Many(v?.Formulary.Drugs, Drug), Many(v?.Formulary.Classes, DrugClass), Many(v?.Formulary.Medicines, Medicine), Many(v?.Formulary.Regimens, Regimen));
        return new()
        {
            Sha256 = sha256,
            Facts = facts,
            Formulary = formulary,
            Version = Text(v?.Version),
            IntendedUse = Phrase(v?.IntendedUse),
            NotFor = Phrase(v?.NotFor),
            Limits = Phrases(v?.Limits),
            RiskModels = Many(v?.RiskModels, RiskModel),
            Catalogue = Catalogue(v?.Catalogue),
            Consistency = Many(v?.Consistency, Consistency),
            Example = Text(v?.Example),
            FallbackLimits = Many(v?.FallbackLimits, FallbackLimits),
            Trials = Many(v?.Trials, Trial),
            Questions = Many(v?.Questions, OpenQuestion),
            SurvivalRanges = Many(v?.SurvivalRanges, SurvivalRange),
            Plans = new(Many(v?.Plans.Schedules, Schedule), Many(v?.Plans.Reasons, PlanCode), Many(v?.Plans.Disciplines, PlanCode)),
            Sources = Many(v?.Sources, SourceDocument),
            Wording = Wording(v?.Wording),
        };
    }

    // ---- facts ----

    private FactDefinition Fact(FactDefinition? v) => new()
    {
        Id = Text(v?.Id),
        Index = Int(v?.Index),
        Name = Text(v?.Name),
        Type = (FactType)Byte((byte?)v?.Type),
        Label = Phrase(v?.Label),
        Question = Phrase(v?.Question),
        Values = Many(v?.Values, FactValue),
        Units = Texts(v?.Units),
        MolarMass = Decimal(v?.MolarMass),
        Charge = Int(v?.Charge),
        PlausibleMin = DecimalOrNull(v?.PlausibleMin),
        PlausibleMax = DecimalOrNull(v?.PlausibleMax),
        StaleAfter = Int(v?.StaleAfter),
        Thresholds = Thresholds(v?.Thresholds),
        LimitLow = TextOrNull(v?.LimitLow),
        LimitHigh = TextOrNull(v?.LimitHigh),
        FlagLow = TextOrNull(v?.FlagLow),
        FlagHigh = TextOrNull(v?.FlagHigh),
        Tolerance = Decimal(v?.Tolerance),
        MayBePlanned = Bool(v?.MayBePlanned),
        GivesWayTo = TextOrNull(v?.GivesWayTo),
        MustAgree = Bool(v?.MustAgree),
        Step = Int(v?.Step),
        Ask = Texts(v?.Ask),
        Rare = Bool(v?.Rare),
        GuardedBy = TextOrNull(v?.GuardedBy),
        Derived = Bool(v?.Derived),
        Fhir = new(Texts(v?.Fhir.Observation), Texts(v?.Fhir.Component), Texts(v?.Fhir.Condition), Texts(v?.Fhir.Procedure)) { Site = Texts(v?.Fhir.Site), Denies = Texts(v?.Fhir.Denies), Event = Texts(v?.Fhir.Event) },
        Derivations = Many(v?.Derivations, Derivation),
        Source = Citation(v?.Source),
    };

    private FactValue FactValue(FactValue? v) => new(Text(v?.Code), Phrase(v?.Label), Texts(v?.Codes), Texts(v?.Sites)) { Denies = Texts(v?.Denies) };

    private ThresholdPair[] Thresholds(ThresholdPair[]? v)
    {
        var items = new ThresholdPair[Count(v?.Length)];
        for (var i = 0; i < items.Length; i++) items[i] = new(Decimal(v?[i].First), Decimal(v?[i].Second));
        return items;
    }

    private Derivation Derivation(Derivation? v)
    {
        var tag = Byte(v switch { TruthDerivation => 0, CodeDerivation => 1, NumberDerivation => 2, ListDerivation => 3, PointsDerivation => 4, _ => null });
        var (because, source, inputs, assumed) = (Phrase(v?.Because), Citation(v?.Source), Ints(v?.Inputs), Bool(v?.Assumed));
        return tag switch
        {
            0 => new TruthDerivation(Truth((v as TruthDerivation)?.Node)) { Because = because, Source = source, Inputs = inputs, Assumed = assumed },
            1 => new CodeDerivation(Code((v as CodeDerivation)?.Node)) { Because = because, Source = source, Inputs = inputs, Assumed = assumed },
            2 => new NumberDerivation(Number((v as NumberDerivation)?.Node), Byte((v as NumberDerivation)?.System)) { Because = because, Source = source, Inputs = inputs, Assumed = assumed },
            3 => List(v as ListDerivation) with { Because = because, Source = source, Inputs = inputs, Assumed = assumed },
            4 => Points(v as PointsDerivation) with { Because = because, Source = source, Inputs = inputs, Assumed = assumed },
            _ => throw Damaged(),
        };
    }

    private ListDerivation List(ListDerivation? v) => new(Text(v?.From), Text(v?.Rule), TextOrNull(v?.Argument)) { Until = IntOrNull(v?.Until), Kinds = Many(v?.Kinds, ToxicityKind) };

    private ToxicityKind ToxicityKind(ToxicityKind? v) => new(Texts(v?.Words), IntOrNull(v?.StopsFrom));

    private PointsDerivation Points(PointsDerivation? v)
    {
        var factors = Many<TruthNode>(v?.Factors, Truth);
        var groups = new PointsGroup[Count(v?.Groups.Length)];
        for (var i = 0; i < groups.Length; i++) groups[i] = new(Int(v?.Groups[i].Bit), Int(v?.Groups[i].Min), Int(v?.Groups[i].Max));
        return new(factors, groups);
    }

    private FallbackLimits FallbackLimits(FallbackLimits? v) => new(Text(v?.Id), Phrase(v?.Label), Many(v?.Limits, FallbackLimit), Citation(v?.Source), Review(v?.Review));

    private FallbackLimit FallbackLimit(FallbackLimit? v) => new(Int(v?.Fact), TruthOrNull(v?.When), Decimal(v?.Value), Text(v?.Written));

    private Drug Drug(Drug? v) => new()
    {
        Id = Text(v?.Id),
        Name = Phrase(v?.Name),
        Brands = Texts(v?.Brands),
        Spellings = Texts(v?.Spellings),
        Class = Text(v?.Class),
        Groups = Texts(v?.Groups),
        Adjuvant = Bool(v?.Adjuvant),
        Targets = Texts(v?.Targets),
        Route = Text(v?.Route),
        Plain = Phrase(v?.Plain),
        Note = Phrase(v?.Note),
        RxNorm = Texts(v?.RxNorm),
        Atc = Texts(v?.Atc),
        Source = Citation(v?.Source),
        Review = Review(v?.Review),
    };

    private DrugClass DrugClass(DrugClass? v) => new(Text(v?.Id), Phrase(v?.Name), Phrase(v?.Plain), Citation(v?.Source), Review(v?.Review));

    private Medicine Medicine(Medicine? v) => new(Text(v?.Id), Texts(v?.Names), Texts(v?.RxNorm), Texts(v?.Atc), Texts(v?.Classes), Citation(v?.Source), Review(v?.Review));

    private Regimen Regimen(Regimen? v) => new(Text(v?.Treatment), Texts(v?.Drugs));

    // ---- risk and evidence ----

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

    // ---- plans ----

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

    // ---- options ----

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

    // ---- conditions ----

    private TruthNode? TruthOrNull(TruthNode? v) => Has(v) ? Truth(v) : null;

    private TruthNode Truth(TruthNode? v)
    {
        var tag = Byte(v switch
        {
            TruthConstant => 0,
            IsTrue => 1,
            CodeIn => 2,
            Compare => 3,
            Contains => 4,
            IncludedIn => 5,
            Exists => 6,
            Not => 7,
            And => 8,
            Or => 9,
            Xor => 10,
            Implies => 11,
            IfTruth => 12,
            Named => 13,
            TruthUnknown => 14,
            _ => null,
        });
        switch (tag)
        {
            case 0: return new TruthConstant(Bool((v as TruthConstant)?.Value));
            case 1: return new IsTrue(Int((v as IsTrue)?.Fact));
            case 2: var codeIn = v as CodeIn; return new CodeIn(Code(codeIn?.Operand), Mask(codeIn?.Mask));
            case 3: var compare = v as Compare; return new Compare(Number(compare?.Left), (Comparison)Byte((byte?)compare?.Operator), Number(compare?.Right), Decimal(compare?.ToFirst));
            case 4: var contains = v as Contains; return new Contains(Int(contains?.Fact), Int(contains?.Bit));
            case 5: var included = v as IncludedIn; return new IncludedIn(Int(included?.Fact), Mask(included?.Mask));
            case 6: return new Exists(Int((v as Exists)?.Fact));
            case 7: return new Not(Truth((v as Not)?.Operand));
            case 8: var and = v as And; return new And(Truth(and?.Left), Truth(and?.Right));
            case 9: var or = v as Or; return new Or(Truth(or?.Left), Truth(or?.Right));
            case 10: var xor = v as Xor; return new Xor(Truth(xor?.Left), Truth(xor?.Right));
            case 11: var implies = v as Implies; return new Implies(Truth(implies?.Left), Truth(implies?.Right));
            case 12: var choice = v as IfTruth; return new IfTruth(Truth(choice?.When), Truth(choice?.Then), Truth(choice?.Else));
            case 13: var named = v as Named; return new Named(Text(named?.Name), Truth(named?.Body));
            case 14: return new TruthUnknown();
            default: throw Damaged();
        }
    }

    private CodeNode Code(CodeNode? v)
    {
        switch (Byte(v switch { FactCode => 0, CodeConstant => 1, IfCode => 2, _ => null }))
        {
            case 0: return new FactCode(Int((v as FactCode)?.Fact));
            case 1: return new CodeConstant(Mask((v as CodeConstant)?.Mask));
            case 2: var choice = v as IfCode; return new IfCode(Truth(choice?.When), Code(choice?.Then), Code(choice?.Else));
            default: throw Damaged();
        }
    }

    private NumberNode Number(NumberNode? v)
    {
        var tag = Byte(v switch
        {
            FactNumber => 0,
            NumberConstant => 1,
            CountOf => 2,
            Sum => 3,
            Product => 4,
            Scaled => 5,
            Between => 6,
            Shifted => 7,
            IfNumber => 8,
            NumberUnknown => 9,
            _ => null,
        });
        switch (tag)
        {
            case 0: var fact = v as FactNumber; return new FactNumber(Int(fact?.Fact), Byte(fact?.OnlySystem));
            case 1: var constant = v as NumberConstant; return new NumberConstant(Decimal(constant?.First), Decimal(constant?.Second));
            case 2: return new CountOf(Int((v as CountOf)?.Fact));
            case 3: var sum = v as Sum; return new Sum(Number(sum?.Left), Number(sum?.Right), Bool(sum?.Minus), Decimal(sum?.ToFirst));
            case 4: var product = v as Product; return new Product(Number(product?.Left), Number(product?.Right), Bool(product?.Divide));
            case 5: var scaled = v as Scaled; return new Scaled(Number(scaled?.Operand), Decimal(scaled?.Factor));
            case 6: var between = v as Between; return new Between(Number(between?.Start), Number(between?.End), Bool(between?.Years));
            case 7: var shifted = v as Shifted; return new Shifted(Number(shifted?.Date), Int(shifted?.Months), Int(shifted?.Days));
            case 8: var choice = v as IfNumber; return new IfNumber(Truth(choice?.When), Number(choice?.Then), Number(choice?.Else));
            case 9: return new NumberUnknown();
            default: throw Damaged();
        }
    }

    // ---- words ----

    private Phrase Phrase(Phrase? v) => new(TextOrNull(v?.En), TextOrNull(v?.Fr));

    private Citation Citation(Citation? v) => new(TextOrNull(v?.Document)!, TextOrNull(v?.Locator)!);

    private Review Review(Review? v) => new((SourceReview)Byte((byte?)v?.Source), TextOrNull(v?.ClinicalBy), TextOrNull(v?.ClinicalDate));

    private Phrase[] Phrases(Phrase[]? v)
    {
        var items = new Phrase[Count(v?.Length)];
        for (var i = 0; i < items.Length; i++) items[i] = Phrase(v?[i]);
        return items;
    }

    private Dictionary<string, Phrase> Wording(Dictionary<string, Phrase>? v)
    {
        string[] keys = Texts(v is null ? null : [.. v.Keys]);
        var wording = new Dictionary<string, Phrase>(keys.Length, StringComparer.Ordinal);
        foreach (var key in keys) wording.Add(key, Phrase(v?[key]));
        return wording;
    }

    // ---- values ----

    private T[] Many<T>(T[]? v, Func<T?, T> one)
        where T : class
    {
        var items = new T[Count(v?.Length)];
        for (var i = 0; i < items.Length; i++) items[i] = one(v?[i]);
        return items;
    }

    /// <summary>How many follow; never more than there are bytes left.</summary>
    private int Count(int? v) => Int(v) is var count && (output is not null || (count >= 0 && count <= input.Length - at)) ? count : throw Damaged();

    private string[] Texts(string[]? v) => Many(v, Text);

    private int[] Ints(int[]? v)
    {
        var items = new int[Count(v?.Length)];
        for (var i = 0; i < items.Length; i++) items[i] = Int(v?[i]);
        return items;
    }

    private string Text(string? v) => TextOrNull(v) ?? throw Damaged();

    /// <summary>Length in bytes plus one (0: null), then UTF-8.</summary>
    private string? TextOrNull(string? v)
    {
        if (output is not null)
        {
            Int(v is null ? 0 : Encoding.UTF8.GetByteCount(v) + 1);
            if (v is not null) output.Write(Encoding.UTF8.GetBytes(v));
            return v;
        }

        var length = Int(null) - 1;
        return length < 0 ? null : length == 0 ? "" : Encoding.UTF8.GetString(Take(length));
    }

    private bool Has(object? v) => Bool(output is null ? null : v is not null);

    private bool Bool(bool? v) => Byte(v is { } known ? (byte)(known ? 1 : 0) : null) != 0;

    private bool? BoolOrNull(bool? v) => Has(v) ? Bool(v) : null;

    private byte Byte(byte? v)
    {
        if (output is null) return Take(1)[0];
        output.Write(v ?? throw new InvalidOperationException("A part of the content has no form in the compiled file."));
        return v.Value;
    }

    private int? IntOrNull(int? v) => Has(v) ? Int(v) : null;

    private int Int(int? v)
    {
        if (output is null) return BinaryPrimitives.ReadInt32LittleEndian(Take(4));
        output.Write(v ?? throw new InvalidOperationException("A part of the content has no form in the compiled file."));
        return v.Value;
    }

    private ulong Mask(ulong? v)
    {
        if (output is null) return BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
        output.Write(v!.Value);
        return v.Value;
    }

    private decimal? DecimalOrNull(decimal? v) => Has(v) ? Decimal(v) : null;

    private decimal Decimal(decimal? v)
    {
        if (output is null) return new(Int(null), Int(null), Int(null), Bool(null), Byte(null));
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(v!.Value, bits);
        for (var i = 0; i < 3; i++) output.Write(bits[i]);
        output.Write(decimal.IsNegative(v.Value));
        output.Write(v.Value.Scale);
        return v.Value;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > input.Length - at) throw Damaged();
        at += length;
        return input.AsSpan(at - length, length);
    }

    private static InvalidDataException Damaged() => new("The compiled content is damaged.");
}
