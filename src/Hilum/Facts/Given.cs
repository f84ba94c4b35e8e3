using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Facts;

/// <summary>A value as a record states it.</summary>
public abstract record GivenValue;

/// <summary>A Boolean or a code; more than one bit when the record leaves several possible.</summary>
public sealed record GivenCode(ulong Mask) : GivenValue;

/// <summary>A number in the canonical unit of its unit system; a range when it was reported with a comparator.</summary>
/// <param name="Value">The number.</param>
/// <param name="Reported">As the record wrote it, with its unit.</param>
public sealed record GivenNumber(Interval Value, string Reported) : GivenValue;

/// <summary>A date.</summary>
public sealed record GivenDate(PartialDate Date) : GivenValue;

/// <summary>Members of a coded list that are in it, or known not to be, and whether that is all.</summary>
public sealed record GivenMembers(ulong Present, ulong Absent, bool Complete) : GivenValue;

/// <summary>Earlier treatments, and whether these are all.</summary>
public sealed record GivenTherapies(IReadOnlyList<PriorTherapy> Items, bool Complete) : GivenValue;

/// <summary>Medicines taken now, and whether these are all.</summary>
public sealed record GivenMedicines(IReadOnlyList<MedicineTaken> Items, bool Complete) : GivenValue;

/// <summary>A free list: allergies.</summary>
public sealed record GivenTexts(IReadOnlyList<string> Items, bool Complete) : GivenValue
{
    /// <summary>What each item was recognised as; an item beyond the end was not recognised.</summary>
    public IReadOnlyList<Recognised> Known { get; init; } = [];

    /// <summary>Whether every item was recognised wholly.</summary>
    public bool AllKnown => Known.Count == Items.Count && Known.All(k => k.Whole);
}

/// <summary>The record says that it is not known.</summary>
public sealed record GivenUnknown : GivenValue;

/// <summary>A medicine taken now.</summary>
/// <param name="Text">As written.</param>
/// <param name="Recognised">What it was recognised as.</param>
/// <param name="Origin">Where it stands.</param>
public sealed record MedicineTaken(string Text, Recognised Recognised, string Origin);

/// <summary>The setting of an earlier treatment.</summary>
public enum TherapySetting : byte
{
    /// <summary>Not stated and not derivable.</summary>
    Unknown,

    /// <summary>For metastatic or advanced disease: it counts as a line.</summary>
    Metastatic,

    /// <summary>After surgery, to prevent relapse: no line.</summary>
    Adjuvant,
}

/// <summary>One earlier or current course of treatment.</summary>
public sealed record PriorTherapy
{
    /// <summary>Id of the catalogue, or <c>other</c>.</summary>
    public required string Treatment { get; init; }

    /// <summary>The name, when it is not in the catalogue.</summary>
    public string? Name { get; init; }

    /// <summary>Ids of its drugs.</summary>
    public IReadOnlyList<string> Drugs { get; init; } = [];

    /// <summary>Groups of its drugs (vegf, immunotherapy, ...).</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Whether <see cref="Groups"/> says all: not so for a treatment that nobody could name.</summary>
    public bool GroupsKnown { get; init; } = true;

    /// <summary>Whether it is a drug treatment of the whole body: only that counts as a line.</summary>
    public bool IsSystemic { get; init; } = true;

    /// <summary>First dose; not stated when default.</summary>
    public PartialDate Start { get; init; }

    /// <summary>Last dose; not stated when default.</summary>
    public PartialDate Stop { get; init; }

    /// <summary>progression, toxicity, completed, choice; null when not stated.</summary>
    public string? StoppedFor { get; init; }

    /// <summary>Metastatic or adjuvant.</summary>
    public TherapySetting Setting { get; init; }

    /// <summary>The line that the record states; null when it states none.</summary>
    public int? Line { get; init; }

    /// <summary>Parts that were stopped while the rest went on.</summary>
    public IReadOnlyList<string> StoppedParts { get; init; } = [];

    /// <summary>CR, PR, SD or PD.</summary>
    public string? BestResponse { get; init; }

    /// <summary>The side effect that mattered.</summary>
    public string? Toxicity { get; init; }

    /// <summary>Its CTCAE grade.</summary>
    public int? Grade { get; init; }

    /// <summary>Where it stands.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Whether the record says that it ended, perhaps without saying when or why.</summary>
    public bool Ended { get; init; }

    /// <summary>No end, no stop and no reason for one: it goes on.</summary>
    public bool IsOngoing => !Ended && !Stop.IsStated && StoppedFor is null;
}

/// <summary>Origins that are no id of a resource: outputs for people say them in their own language.</summary>
public static class Origins
{
    /// <summary>What a person gives by hand.</summary>
    public const string ByHand = "given by hand";

    /// <summary>Something that a case file says by being one.</summary>
    public const string CaseFile = "case file";

    /// <summary>A line of a case file; its number follows.</summary>
    public const string Line = CaseFile + ", line ";

    /// <summary>A record in which no kidney cancer was found.</summary>
    public const string NoKidneyCancer = "no kidney cancer was found in this record";

    /// <summary>A record of another cancer; its name follows.</summary>
    public const string OtherCancer = "the record's cancer is ";
}

/// <summary>A fact as one place of the record states it.</summary>
/// <param name="Fact">Which fact.</param>
/// <param name="Value">The value.</param>
/// <param name="Date">When it was so; not stated when default.</param>
/// <param name="Origin">Where it stands: <c>Observation/hb1</c>, or the line of a case file.</param>
public sealed record GivenFact(FactDefinition Fact, GivenValue Value, PartialDate Date, string Origin)
{
    /// <summary>The origin of the result to which this limit or flag belongs: it counts only together with that result.</summary>
    public string? WithResult { get; init; }

    /// <summary>Whether the result is preliminary.</summary>
    public bool Preliminary { get; init; }

    /// <summary>Whether it was so from its date on, and nobody knows until when: the onset of an illness that is there, when nothing says on what day it was noted.</summary>
    public bool Lasts { get; init; }
}

/// <summary>Something in a record that was not used, and why.</summary>
public sealed record NotUsed(string Resource, Phrase Why)
{
    /// <summary>What it says of the patient now, in its own words, though no fact reads it: an illness that is there; null for everything else.</summary>
    public Phrase? Present { get; init; }

    private const int MostNamed = 6;

    /// <summary>How many illnesses of a record no fact reads, and the first of them; null when there is none.</summary>
    public static Phrase? Unread(IEnumerable<NotUsed> all)
    {
        var present = all.Where(n => n.Present is not null).OrderBy(n => n.Resource, StringComparer.Ordinal).Select(n => n.Present!.Value).Distinct().ToList();
        if (present.Count == 0) return null;
        var more = present.Count > MostNamed ? " …" : "";
        return new(
            $"Illnesses of the record that are not read here, so that nothing was checked for them ({present.Count}): {string.Join("; ", present.Take(MostNamed).Select(p => p.En))}{more}",
            $"Maladies du dossier qui ne sont pas lues ici, de sorte que rien n'a été vérifié à leur sujet ({present.Count}) : {string.Join(" ; ", present.Take(MostNamed).Select(p => p.Fr))}{more}");
    }
}

/// <summary>A record as read: what it states, and what was not understood.</summary>
public sealed record PatientRecord
{
    /// <summary>The local id of the patient; empty when there is none.</summary>
    public string PatientId { get; init; } = "";

    /// <summary>SHA-256, in lower-case hexadecimal, of the bytes that were read; null when nobody took it.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The date that the record itself names as its own, when it does.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>What it states.</summary>
    public IReadOnlyList<GivenFact> Facts { get; init; } = [];

    /// <summary>What was not used.</summary>
    public IReadOnlyList<NotUsed> NotUsed { get; init; } = [];

    /// <summary>What a reader should know.</summary>
    public IReadOnlyList<Phrase> Warnings { get; init; } = [];

    /// <summary>Whether values without a date are of the as-of date: so in case files and forms, not in FHIR.</summary>
    public bool UndatedIsCurrent { get; init; } = true;
}
