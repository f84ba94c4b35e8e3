using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Guidance;

/// <content>Facts, drugs and medicines.</content>
internal sealed partial class CompiledContent
{
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
}
