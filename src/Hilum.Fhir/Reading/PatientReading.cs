using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>Reads the Patient: date of birth and administrative sex.</summary>
internal sealed class PatientReading(RecordDraft draft)
{
    /// <summary>Reads the one patient.</summary>
    public void Read(Entry entry) => draft.Attempt(entry, () => ReadOne(entry, (Patient)entry.Resource!));

    private void ReadOne(Entry entry, Patient patient)
    {
        var born = Moment.Of(patient.BirthDate);
        if (born.Fault is not null) draft.Warn($"{entry.Label}: the date of birth cannot be read: {born.Fault.Value.En}", $"{entry.Label} : la date de naissance ne peut être lue : {born.Fault.Value.Fr}");
        else if (draft.IsFuture(born.Date)) draft.Warn($"{entry.Label}: the date of birth {born.Date} lies after {draft.AsOf:yyyy-MM-dd}; it was not used", $"{entry.Label} : la date de naissance {born.Date} est postérieure au {draft.AsOf:yyyy-MM-dd} ; non retenue");
        else if (born.Date.IsStated) StateBirth(entry, born);
        StateSex(entry, patient.Gender);
        StateDeath(entry, patient.Deceased);
        if (patient.Deceased is FhirDateTime or FhirBoolean { Value: true }) draft.Warn($"{entry.Label}: the record says that the patient has died", $"{entry.Label} : le dossier dit que la personne est décédée");
        if (patient.Active is false) draft.Warn($"{entry.Label}: the record of the patient is not active", $"{entry.Label} : le dossier de la personne n'est pas actif");
        if (patient.Link.Exists(l => l.Type is Patient.LinkType.ReplacedBy)) draft.Warn($"{entry.Label}: the record of the patient was replaced by another one", $"{entry.Label} : le dossier de la personne a été remplacé par un autre");
        if (!entry.Used) entry.Refuse("it states neither date of birth nor sex", "elle ne donne ni date de naissance ni sexe");
    }

    private void StateBirth(Entry entry, Moment born)
    {
        draft.BirthDate = born.Date;
        draft.Give(entry, draft.Fact(FactIds.BirthDate), new GivenDate(born.Date), default);
    }

    /// <summary>A death counts from its day on; a time that cannot be read leaves a death without a day.</summary>
    private void StateDeath(Entry entry, DataType? deceased)
    {
        if (deceased is null || draft.Fact(FactIds.Deceased) is not { } fact) return;
        var died = deceased is not FhirBoolean { Value: false };
        draft.Give(entry, fact, new GivenCode(died ? 2UL : 1UL), deceased is FhirDateTime { Value: { } at } && Moment.Of(at) is { Fault: null } day ? day.Date : default);
    }

    private void StateSex(Entry entry, AdministrativeGender? gender)
    {
        var code = gender switch { AdministrativeGender.Female => "female", AdministrativeGender.Male => "male", _ => null };
        if (code is null)
        {
            draft.Warn($"{entry.Label}: gender is {gender?.ToString().ToLowerInvariant() ?? "not stated"}; limits and rules that depend on sex stay open", $"{entry.Label} : le sexe administratif est {gender?.ToString().ToLowerInvariant() ?? "absent"} ; les limites et règles qui en dépendent restent ouvertes");
            return;
        }

        if (draft.Fact(FactIds.Sex) is not { } fact || fact.BitOf(code) is not (>= 0 and var bit)) return;
        draft.Sex = bit;
        draft.Give(entry, fact, new GivenCode(1UL << bit), default);
    }
}
