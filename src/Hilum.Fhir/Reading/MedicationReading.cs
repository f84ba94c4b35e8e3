using System.Text.RegularExpressions;
using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Measures;
using Hilum.Words;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>Reads requests, administrations, statements and dispensings: medicines taken now, and treatment of the cancer.</summary>
internal sealed partial class MedicationReading(CodeIndex index, Formulary formulary, RecordDraft draft, References references, Diagnosis diagnosis)
{
    private readonly MedicineName names = new(formulary, draft);
    private readonly TreatmentReason reason = new(index, draft, references, diagnosis);
    private readonly HashSet<string> cancerSubgroups =
        [.. formulary.Drugs.Where(d => d.Groups.Length > 0).SelectMany(d => d.Atc).Where(a => a.Length > 3).Select(a => a[..3])];

    /// <summary>What the resources say of medicines.</summary>
    public IReadOnlyList<MedicationUse> Read(IEnumerable<Entry> entries)
    {
        var uses = new List<MedicationUse>();
        foreach (var entry in entries) draft.Attempt(entry, () => uses.AddRange(ReadOne(entry)));
        return uses;
    }

    /// <summary>Whether a medicine is treatment of the cancer, and so part of a course.</summary>
    public bool IsCancerTreatment(MedicationUse use) => use.Recognised.Drug is { Groups.Length: > 0 }
        || (!use.Recognised.Any && use is { ForCancer: true, Atc.Length: > 3 } && cancerSubgroups.Contains(use.Atc[..3]));

    private List<MedicationUse> ReadOne(Entry entry)
    {
        var use = entry.Resource switch
        {
            MedicationRequest request => Of(entry, request),
            MedicationStatement statement => Of(entry, statement),
            MedicationAdministration administration => Of(entry, administration),
            MedicationDispense dispense => Of(entry, dispense),
            _ => null,
        };
        if (use is null) return [];
        if (draft.IsFuture(use.Start))
        {
            entry.Refuse($"it starts on {use.Start}, after {draft.AsOf:yyyy-MM-dd}", $"il commence le {use.Start}, après le {draft.AsOf:yyyy-MM-dd}");
            return [];
        }

        if (use is { State: UseState.Ongoing, End.IsStated: true }) use = draft.AsOf is { } day && use.End.Latest >= day ? use with { End = default } : use with { State = UseState.Ended };
        var named = Named(entry, use).ToList();
        if (use.ForOtherCancer is null || !named.Exists(IsCancerTreatment)) return named;
        entry.Refuse($"treatment of another cancer: {use.ForOtherCancer}", $"traitement d'un autre cancer : {use.ForOtherCancer}");
        return [];
    }

    private MedicationUse? Of(Entry entry, MedicationRequest request)
    {
        if (request.DoNotPerform is true) return Refuse(entry, new("it says that the medicine must not be taken (doNotPerform)", "il y est dit que le médicament ne doit pas être pris (doNotPerform)"));
        if (request.Intent is MedicationRequest.MedicationRequestIntent.Proposal or MedicationRequest.MedicationRequestIntent.Plan or MedicationRequest.MedicationRequestIntent.Option or null)
            return Refuse(entry, new($"not being taken: its intent is {request.Intent?.ToString().ToLowerInvariant() ?? "not stated"}", $"n'est pas pris : son intention (intent) est {request.Intent?.ToString().ToLowerInvariant() ?? "absente"}"));
        UseState state;
        switch (request.Status)
        {
            case MedicationRequest.MedicationrequestStatus.Active or MedicationRequest.MedicationrequestStatus.OnHold or MedicationRequest.MedicationrequestStatus.Unknown:
                state = UseState.Ongoing;
                break;
            case MedicationRequest.MedicationrequestStatus.Completed or MedicationRequest.MedicationrequestStatus.Stopped:
                state = UseState.Ended;
                break;
            default:
                return Refuse(entry, NotTaken(Word(request.Status)));
        }

        var bounds = request.DosageInstruction.Select(d => d.Timing?.Repeat?.Bounds).OfType<Period>().FirstOrDefault();
        return Use(entry, state, request.Status is MedicationRequest.MedicationrequestStatus.OnHold, request.Status is MedicationRequest.MedicationrequestStatus.Unknown) with
        {
            Start = Moment.Of(bounds?.Start).Date is { IsStated: true } start ? start : Moment.Of(request.AuthoredOn).Date,
            End = Moment.Of(bounds?.End).Date,
            StoppedFor = CourseCodes.ReasonOf(Concept.Of(request.StatusReason, entry, draft).Codes),
            Adjuvant = IsAdjuvant(request, request.Category),
            ForCancer = reason.IsForTheCancer(request, request.ReasonCode, request.ReasonReference),
            ForOtherCancer = reason.OtherCancer(entry, request.ReasonCode, request.ReasonReference),
        };
    }

    private MedicationUse? Of(Entry entry, MedicationStatement statement)
    {
        if (IsNoneKnown(entry, statement.Medication as CodeableConcept)) return null;
        UseState state;
        switch (statement.Status)
        {
            case MedicationStatement.MedicationStatusCodes.Active or MedicationStatement.MedicationStatusCodes.OnHold or MedicationStatement.MedicationStatusCodes.Unknown:
                state = UseState.Ongoing;
                break;
            case MedicationStatement.MedicationStatusCodes.Completed or MedicationStatement.MedicationStatusCodes.Stopped:
                state = UseState.Ended;
                break;
            default:
                return Refuse(entry, NotTaken(Word(statement.Status)));
        }

        var (start, end) = Span(statement.Effective);
        return Use(entry, state, statement.Status is MedicationStatement.MedicationStatusCodes.OnHold, statement.Status is MedicationStatement.MedicationStatusCodes.Unknown) with
        {
            Start = start,
            End = end,
            StoppedFor = CourseCodes.ReasonOf(Concept.Of(statement.StatusReason, entry, draft).Codes),
            Adjuvant = IsAdjuvant(statement, statement.Category is null ? [] : [statement.Category]),
            ForCancer = reason.IsForTheCancer(statement, statement.ReasonCode, statement.ReasonReference),
            ForOtherCancer = reason.OtherCancer(entry, statement.ReasonCode, statement.ReasonReference),
        };
    }

    private MedicationUse? Of(Entry entry, MedicationAdministration administration)
    {
        UseState state;
        switch (administration.Status)
        {
            case MedicationAdministration.MedicationAdministrationStatusCodes.InProgress or MedicationAdministration.MedicationAdministrationStatusCodes.OnHold:
                state = UseState.Ongoing;
                break;
            case MedicationAdministration.MedicationAdministrationStatusCodes.Completed:
                state = UseState.Given;
                break;
            case MedicationAdministration.MedicationAdministrationStatusCodes.Stopped:
                state = UseState.Ended;
                break;
            default:
                return Refuse(entry, new($"not given: its status is {Word(administration.Status).En}", $"non donné : son statut est {Word(administration.Status).Fr}"));
        }

        var (start, end) = Span(administration.Effective);
        return Use(entry, state, administration.Status is MedicationAdministration.MedicationAdministrationStatusCodes.OnHold, unknown: false) with
        {
            Start = start,
            End = state is UseState.Ongoing ? default : end.IsStated ? end : start,
            StoppedFor = CourseCodes.ReasonOf(Concept.Of(administration.StatusReason, entry, draft).Codes),
            Adjuvant = IsAdjuvant(administration, administration.Category is null ? [] : [administration.Category]),
            ForCancer = reason.IsForTheCancer(administration, administration.ReasonCode, administration.ReasonReference),
            ForOtherCancer = reason.OtherCancer(entry, administration.ReasonCode, administration.ReasonReference),
        };
    }

    private MedicationUse? Of(Entry entry, MedicationDispense dispense)
    {
        if (dispense.Status is not MedicationDispense.MedicationDispenseStatusCodes.Completed) return Refuse(entry, new($"not handed over: its status is {Word(dispense.Status).En}", $"non remis : son statut est {Word(dispense.Status).Fr}"));
        var day = Moment.Of(dispense.WhenHandedOver).Date is { IsStated: true } handed ? handed : Moment.Of(dispense.WhenPrepared).Date;
        return Use(entry, UseState.Given, hold: false, unknown: false) with { Start = day, End = day };
    }

    private MedicationUse Use(Entry entry, UseState state, bool hold, bool unknown)
    {
        if (hold) draft.Warn($"{entry.Label}: the medicine is on hold", $"{entry.Label} : le médicament est en suspens");
        if (unknown) draft.Warn($"{entry.Label}: it is not known whether the medicine is being taken; it was read as taken", $"{entry.Label} : on ne sait pas si le médicament est pris ; lu comme pris");
        return new() { Entry = entry, Text = "", Recognised = Recognised.Nothing, State = state, OnHold = hold };
    }

    /// <summary>One use for each medicine that the concept, the referenced Medication or its ingredients name.</summary>
    private IEnumerable<MedicationUse> Named(Entry entry, MedicationUse use)
    {
        var element = entry.Resource switch
        {
            MedicationRequest r => r.Medication,
            MedicationStatement s => s.Medication,
            MedicationAdministration a => a.Medication,
            _ => ((MedicationDispense)entry.Resource!).Medication,
        };
        var reference = element as ResourceReference;
        var medication = references.Find<Medication>(reference, (DomainResource)entry.Resource);
        if (reference is not null && references.Find(reference) is { Type: "Medication" } stored) stored.Used = true;
        var concept = Concept.Of(element as CodeableConcept ?? medication?.Code, entry, draft);
        var found = names.Recognise(entry, concept, reference?.Display);
        if (found.All(f => !f.What.Any) && medication is { Ingredient.Count: > 0 })
        {
            var parts = medication.Ingredient.Select(i => i.Item).OfType<CodeableConcept>().SelectMany(c => names.Recognise(entry, Concept.Of(c, entry, draft), null)).ToList();
            if (parts.Count > 0) found = parts;
        }

        if (found.Count == 0) entry.Refuse(reference is not null && medication is null
            ? new($"its Medication ({reference.Reference}) is not in the record", $"sa ressource Medication ({reference.Reference}) n'est pas dans le dossier") : new("it names no medicine", "elle ne nomme aucun médicament"));
        var atc = concept.Codes.FirstOrDefault(c => c.System == CodeSystems.Atc)?.Value;
        return found.Select(f => use with { Text = f.Text, Recognised = f.What, Atc = atc });
    }

    private bool IsNoneKnown(Entry entry, CodeableConcept? concept)
    {
        if (concept?.Coding.Find(c => c.System == Structure.IpsAbsent) is not { } absent) return false;
        if (absent.Code == "no-known-medications") draft.Deny(FactIds.Medications, entry);
        else entry.Refuse($"it says only '{absent.Code}'", $"elle dit seulement « {absent.Code} »");
        return true;
    }

    private static MedicationUse? Refuse(Entry entry, Phrase why)
    {
        entry.Refuse(why);
        return null;
    }

    private static (PartialDate Start, PartialDate End) Span(DataType? effective) => effective is Period period
        ? (Moment.Of(period.Start).Date, Moment.Of(period.End).Date)
        : (Moment.Of(effective).Date, default);

    private static bool IsAdjuvant(DomainResource resource, IEnumerable<CodeableConcept> categories)
    {
        var concepts = resource.Extension.Where(e => e.Url == Structure.ProcedureIntent).Select(e => e.Value).OfType<CodeableConcept>().Concat(categories).ToList();
        return concepts.SelectMany(c => c.Coding).Any(c => CodeSystems.ShortName(c.System) == CourseCodes.Adjuvant.System && c.Code == CourseCodes.Adjuvant.Value)
            || concepts.SelectMany(c => c.Coding.Select(x => x.Display).Append(c.Text)).Any(text => text is not null && Adjuvant().IsMatch(text));
    }

    private static Phrase NotTaken(Phrase status) => new($"not being taken: its status is {status.En}", $"n'est pas pris : son statut est {status.Fr}");

    private static Phrase Word<T>(T? status)
        where T : struct, Enum => status is { } stated ? Phrase.Same(stated.ToString().ToLowerInvariant()) : new("not stated", "absent");

    /// <summary>"Adjuvant", but not "neoadjuvant" or "neo-adjuvant".</summary>
    [GeneratedRegex(@"(?<!n[ée]o[- ]?)\badjuvante?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Adjuvant();
}
