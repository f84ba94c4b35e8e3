using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Measures;
using Hilum.Words;
using Hl7.Fhir.Model;
using Code = Hilum.Fhir.Codes.Code;

namespace Hilum.Fhir.Reading;

/// <summary>Reads Conditions: the kidney cancer, other cancers, metastases and other illness.</summary>
internal sealed class ConditionReading(CodeIndex index, RecordDraft draft, References references)
{
    private readonly DisplayCheck display = new(draft);

    /// <summary>Reads all Conditions.</summary>
    public Diagnosis Read(IEnumerable<Entry> entries)
    {
        var findings = new List<Finding>();
        foreach (var entry in entries)
            draft.Attempt(entry, () => { if (Look(entry, (Condition)entry.Resource!) is { } finding) findings.Add(finding); });
        var diagnosis = new Diagnosis(findings, references);
        foreach (var finding in findings) draft.Attempt(finding.Entry, () => State(finding, diagnosis));
        new KidneyCancerReading(index, draft, display).CompareAll(diagnosis.Kidney);
        StateMetastaticDate(findings, diagnosis);
        return diagnosis;
    }

    private Finding? Look(Entry entry, Condition condition)
    {
        var verification = StatusOf(condition.VerificationStatus, "condition-ver-status");
        if (verification == "entered-in-error")
        {
            entry.Refuse(Common.EnteredInError);
            return null;
        }

        var moment = Moment.Of(condition.GetExtension(Structure.AssertedDate)?.Value).Or(() => Moment.Of(condition.Onset)).Or(() => Moment.Of(condition.RecordedDate));
        if (moment.Fault is { } fault) draft.Warn($"{entry.Label}: {fault.En}; its date is not known", $"{entry.Label} : {fault.Fr} ; sa date n'est pas connue");
        if (draft.IsFuture(moment.Date))
        {
            entry.Refuse(Common.Future(moment.Date, draft.AsOf));
            return null;
        }

        var code = Concept.Of(condition.Code, entry, draft);
        var morphology = Concept.Of(condition.GetExtension(Structure.Histology)?.Value as CodeableConcept, entry, draft);
        var sites = Concept.Of(condition.BodySite, entry, draft);
        return new()
        {
            Entry = entry,
            Condition = condition,
            Code = code,
            Morphology = morphology,
            Sites = sites,
            Date = moment.Date,
            Noted = Noted(condition, moment.Date),
            Verification = verification,
            Clinical = StatusOf(condition.ClinicalStatus, "condition-clinical") ?? (condition.Abatement is null ? null : "not stated, and it has abated"),
            Kind = KindOf(condition, code, morphology, sites),
        };
    }

    /// <summary>The day on which it was stated, when the record says it: the onset is when an illness began, and not when somebody knew of it.</summary>
    private static PartialDate Noted(Condition condition, PartialDate began)
    {
        var recorded = Moment.Of(condition.RecordedDate).Date;
        if (recorded.IsStated && (!began.IsStated || recorded.Earliest >= began.Earliest)) return recorded;
        return condition.GetExtension(Structure.AssertedDate) is null ? default : began;
    }

    private CancerKind KindOf(Condition condition, Concept code, Concept morphology, Concept sites)
    {
        var profiles = condition.Meta?.Profile?.Select(p => p?.Split('|')[0]).ToList() ?? [];
        var kidneyCode = code.Codes.Any(c => c.System != CodeSystems.IcdO3 && index.ByCondition(c).Any(f => f.Id == FactIds.KidneyCancer));
        if (kidneyCode) return CancerKind.Kidney;
        if (IsSecondary(code) || profiles.Contains(Structure.SecondaryProfile)) return CancerKind.Secondary;
        var named = code.Codes.Concat(morphology.Codes).Any(IsKidneyMorphology);
        if (named && sites.Codes.Any(index.IsKidneySite)) return CancerKind.Kidney;
        return profiles.Contains(Structure.PrimaryProfile) || code.Codes.Any(Icd10Chapter.IsPrimary) ? CancerKind.OtherPrimary : CancerKind.None;
    }

    private bool IsKidneyMorphology(Code code) =>
        index.ByCondition(code).Any(f => f.Id == FactIds.KidneyCancer) || index.Values(code).Any(m => m.Fact.Id == FactIds.Histology);

    private bool IsSecondary(Concept code) => code.Codes.Any(c => Icd10Chapter.IsSecondary(c)
        || index.Values(c).Any(m => m.Fact.Id == FactIds.MetastaticSites) || index.ByCondition(c).Any(f => f.Id == FactIds.Metastatic));

    private void State(Finding finding, Diagnosis diagnosis)
    {
        if (finding.IsDoubtful) draft.Warn($"{finding.Entry.Label} ({finding.Code.Text ?? finding.Code.En}): its verification status is {finding.Verification}; it was used", $"{finding.Entry.Label} ({finding.Code.Text ?? finding.Code.Fr}) : son statut de vérification est « {finding.Verification} » ; retenu");
        if (finding.IsRefuted)
        {
            Deny(finding.Entry, finding.Code, finding.Stated, finding.Lasts);
            if (!finding.Entry.Used && finding.Entry.Reasons.Count == 0) finding.Entry.Refuse(Common.Refuted);
            return;
        }

        if (finding.IsActive) finding.Entry.Present = new(finding.Code.En, finding.Code.Fr);
        switch (finding.Kind)
        {
            case CancerKind.Kidney:
                new KidneyCancerReading(index, draft, display).State(finding);
                break;
            case CancerKind.Secondary:
                StateSecondary(finding, diagnosis);
                return;
            case CancerKind.OtherPrimary:
                finding.Entry.Refuse($"another cancer: {finding.Code.En}", $"un autre cancer : {finding.Code.Fr}");
                break;
        }

        StateIllness(finding);
        if (!finding.Entry.Used && finding.Entry.Reasons.Count == 0) finding.Entry.Refuse(MorphologyAlone(finding) ? Common.SharedMorphology(finding.Code) : Common.NoFact(finding.Code));
    }

    private static Phrase NotPresent(Phrase what, Finding finding) =>
        new($"{what.En}: its clinical status is {finding.Clinical}; it does not count as present", $"{what.Fr} : son statut clinique est « {finding.Clinical} » ; ne compte pas comme présent");

    private bool MorphologyAlone(Finding finding) => finding.Kind is CancerKind.None && finding.Code.Codes.Any(IsKidneyMorphology);

    private void StateIllness(Finding finding)
    {
        foreach (var fact in finding.Code.Codes.SelectMany(index.ByCondition).Distinct().Where(f => f.Type is FactType.Bool && f.Id is not (FactIds.KidneyCancer or FactIds.Sarcomatoid or FactIds.Metastatic)))
        {
            if (finding.IsActive) draft.Give(finding.Entry, fact, new GivenCode(2), finding.Stated, lasts: finding.Lasts);
            else finding.Entry.Refuse(NotPresent(fact.Label, finding));
        }

        foreach (var (fact, mask) in finding.Code.Codes.SelectMany(index.ValueSets).DistinctBy(v => v.Fact.Id).Where(v => v.Fact.Type is FactType.Code && v.Fact.Id != FactIds.Histology))
        {
            if (finding.IsActive) draft.Give(finding.Entry, fact, new GivenCode(mask), finding.Stated, lasts: finding.Lasts);
            else finding.Entry.Refuse(NotPresent(fact.Label, finding));
        }

        foreach (var fact in finding.Code.Codes.SelectMany(index.ByEvent).Distinct()) StateEvent(finding, fact);
    }

    /// <summary>An event counts by the day on which it happened, whether or not it is over; without a day nobody knows whether it was recent.</summary>
    private void StateEvent(Finding finding, FactDefinition fact)
    {
        var happened = Moment.Of(finding.Condition.Onset).Date is { IsStated: true } onset ? onset : finding.Date;
        if (draft.IsFuture(happened)) return;
        if (happened.IsStated)
        {
            draft.Give(finding.Entry, fact, new GivenCode(2), happened);
            return;
        }

        var why = new Phrase($"{fact.Label.En}: it has no date; it may have been recent", $"{fact.Label.Fr} : sans date ; l'événement peut être récent");
        finding.Entry.Refuse(why);
        draft.Warn($"{finding.Entry.Label} ({finding.Code.En}): {why.En}", $"{finding.Entry.Label} ({finding.Code.Fr}) : {why.Fr}");
    }

    private void StateSecondary(Finding finding, Diagnosis diagnosis)
    {
        var related = Related(finding);
        if (diagnosis.Objection(related, out var doubt) is { } objection)
        {
            finding.Entry.Refuse(objection);
            return;
        }

        if (doubt is not null) draft.Warn($"{finding.Entry.Label}: {doubt.Value.En}", $"{finding.Entry.Label} : {doubt.Value.Fr}");
        draft.HasHint = true;
        var sites = SitesOf(finding);
        if (IsDistant(finding, sites) && finding.Date.IsStated) draft.MetastasisEvidence.Add(finding.Date);
        foreach (var metastatic in finding.Code.Codes.SelectMany(index.ByCondition).Where(f => f.Id == FactIds.Metastatic).Distinct())
            draft.Give(finding.Entry, metastatic, new GivenCode(2), finding.Date, lasts: true); // "now or since the first diagnosis": a resolved one counts
        foreach (var meaning in sites)
        {
            if (finding.IsActive) draft.Give(finding.Entry, meaning.Fact, new GivenMembers(1UL << meaning.Bit, 0, Complete: false), finding.Date);
            else finding.Entry.Refuse($"{meaning.Value.Label.En}: its clinical status is {finding.Clinical}; it does not count as a site of today", $"{meaning.Value.Label.Fr} : son statut clinique est « {finding.Clinical} » ; ne compte pas comme un site actuel");
        }

        StateIllness(finding);
        if (!finding.Entry.Used && finding.Entry.Reasons.Count == 0) finding.Entry.Refuse($"a secondary cancer in a place that is not known: {finding.Code.En}", $"un cancer secondaire dans un lieu qui n'est pas connu : {finding.Code.Fr}");
    }

    /// <summary>The sites that the code names, else those of the body site.</summary>
    private List<Meaning> SitesOf(Finding finding)
    {
        var byCode = finding.Code.Codings.SelectMany(c => index.Values(c.Code).Where(m => m.Fact.Id == FactIds.MetastaticSites).Select(m => (Coded: c, Meaning: m))).ToList();
        foreach (var (coded, meaning) in byCode) display.Check(finding.Entry, coded, meaning);
        if (byCode.Count > 0) return [.. byCode.Select(x => x.Meaning).Distinct()];
        return [.. finding.Sites.Codes.SelectMany(index.Sites).Where(m => m.Fact.Id == FactIds.MetastaticSites).Distinct()];
    }

    private bool IsDistant(Finding finding, List<Meaning> sites) =>
        sites.Exists(s => s.Value.Code is not ("lymph-node" or "local-recurrence")) || finding.Code.Codes.SelectMany(index.ByCondition).Any(f => f.Id == FactIds.Metastatic);

    /// <summary>What a refuted Condition, or a comorbidity stated as absent, denies: what is at least as broad as the fact. Of a narrower one it says so.</summary>
    public void Deny(Entry entry, Concept code, PartialDate date, bool lasts = false)
    {
        foreach (var fact in Named(code, index.ByCondition, index.ByDenial).Where(f => f.Type is FactType.Bool && f.Id is not (FactIds.KidneyCancer or FactIds.Metastatic)))
        {
            if (Covers(code, index.ByCondition, index.ByDenial, fact)) draft.Give(entry, fact, new GivenCode(1), date, lasts: lasts);
            else entry.Refuse(Common.NarrowDenial(code, fact.Label));
        }

        foreach (var meaning in Named(code, index.Values, index.ValuesByDenial).Where(m => m.Fact.Type is FactType.Codes))
        {
            if (Covers(code, index.Values, index.ValuesByDenial, meaning)) draft.Give(entry, meaning.Fact, new GivenMembers(0, 1UL << meaning.Bit, Complete: false), date);
            else entry.Refuse(Common.NarrowDenial(code, meaning.Value.Label));
        }
    }

    private static IEnumerable<T> Named<T>(Concept code, Func<Code, IEnumerable<T>> stated, Func<Code, IEnumerable<T>> denied) =>
        code.Codes.SelectMany(c => stated(c).Concat(denied(c))).Distinct();

    /// <summary>One of the codes is as broad as what is denied, and none of them, which all mean the same, is narrower.</summary>
    private static bool Covers<T>(Concept code, Func<Code, IEnumerable<T>> stated, Func<Code, IEnumerable<T>> denied, T what) =>
        code.Codes.Any(c => denied(c).Contains(what)) && code.Codes.All(c => denied(c).Contains(what) || !stated(c).Contains(what));

    /// <summary>What a comorbidity that is stated as present makes true.</summary>
    public void Affirm(Entry entry, Concept code, PartialDate date, bool preliminary)
    {
        foreach (var fact in code.Codes.SelectMany(index.ByCondition).Distinct().Where(f => f.Type is FactType.Bool && f.Id is not (FactIds.KidneyCancer or FactIds.Metastatic)))
            draft.Give(entry, fact, value: true, date, preliminary);
    }

    private void StateMetastaticDate(List<Finding> findings, Diagnosis diagnosis)
    {
        if (draft.Fact(FactIds.MetastaticDate) is not { } fact) return;
        var distant = findings.Where(f => f is { Kind: CancerKind.Secondary, IsRefuted: false } && IsDistant(f, SitesOf(f)) && diagnosis.Objection(Related(f), out _) is null).ToList();
        if (distant.Count == 0) return;
        if (distant.Find(f => !f.Date.IsStated) is { } undated)
        {
            draft.Warn($"the date of the first metastasis is not known: {undated.Entry.Label} has no date", $"la date de la première métastase n'est pas connue : {undated.Entry.Label} n'a pas de date");
            return;
        }

        var first = distant.MinBy(f => f.Date.Earliest)!;
        draft.Give(first.Entry, fact, new GivenDate(first.Date), first.Date);
    }

    private static IEnumerable<ResourceReference?> Related(Finding finding) =>
        finding.Condition.Extension.Where(e => e.Url is Structure.RelatedPrimary or Structure.RelatedPrimaryOld).Select(e => e.Value as ResourceReference);

    private static string? StatusOf(CodeableConcept? status, string system) => status?.Coding.Find(c => Structure.IsStatusSystem(c.System, system))?.Code;
}
