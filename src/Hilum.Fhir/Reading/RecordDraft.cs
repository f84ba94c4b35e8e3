using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Fhir.Reading;

/// <summary>A record in the making: what was understood so far, and from where.</summary>
/// <param name="facts">The facts that there can be.</param>
/// <param name="asOf">The day of the plan; null when only the caller knows it.</param>
/// <param name="warnings">What a reader should know.</param>
internal sealed class RecordDraft(FactDictionary facts, DateOnly? asOf, List<Phrase> warnings)
{
    private const int MostWarnings = 500;
    private readonly List<GivenFact> given = [];

    /// <summary>The day of the plan.</summary>
    public DateOnly? AsOf => asOf;

    /// <summary>What was understood.</summary>
    public IReadOnlyList<GivenFact> Given => given;

    /// <summary>What a reader should know.</summary>
    public List<Phrase> Warnings => warnings;

    /// <summary>The facts that there can be.</summary>
    public FactDictionary Dictionary => facts;

    /// <summary>Dates on which the cancer was found to have grown.</summary>
    public List<PartialDate> Worsened { get; } = [];

    /// <summary>Dates of evidence of metastasis: stage IV, M1, a secondary cancer.</summary>
    public List<PartialDate> MetastasisEvidence { get; } = [];

    /// <summary>Dates of nephrectomies.</summary>
    public List<PartialDate> Nephrectomies { get; } = [];

    /// <summary>Lists of which something in the record says that there is nothing on them, and what says so.</summary>
    public Dictionary<string, string> Denied { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether something other than a Condition speaks of a kidney cancer or of its treatment.</summary>
    public bool HasHint { get; set; }

    /// <summary>The patient's sex as a bit of the fact; null when unknown.</summary>
    public int? Sex { get; set; }

    /// <summary>The patient's date of birth.</summary>
    public PartialDate BirthDate { get; set; }

    /// <summary>Notes something that a reader should know, once.</summary>
    public void Warn(string en, string fr) => Warn(new Phrase(en, fr));

    /// <summary>Notes something that a reader should know, once.</summary>
    public void Warn(Phrase warning)
    {
        if (warnings.Count < MostWarnings && !warnings.Contains(warning)) warnings.Add(warning);
    }

    /// <summary>States a fact, when the dictionary has it.</summary>
    public void Give(Entry entry, FactDefinition? fact, GivenValue value, PartialDate date, bool preliminary = false, bool withResult = false, bool lasts = false)
    {
        if (fact is null) return;
        entry.Used = true;
        given.Add(new(fact, value, date, entry.Label) { Preliminary = preliminary, WithResult = withResult ? entry.Label : null, Lasts = lasts });
    }

    /// <summary>States a Boolean.</summary>
    public void Give(Entry entry, FactDefinition? fact, bool value, PartialDate date, bool preliminary = false, bool withResult = false) =>
        Give(entry, fact, new GivenCode(value ? 2UL : 1UL), date, preliminary, withResult);

    /// <summary>States something that rests on several entries.</summary>
    public void Give(string factId, GivenValue value, string origin)
    {
        if (facts.FindById(factId) is { } fact) given.Add(new(fact, value, default, origin));
    }

    /// <summary>Notes that an entry says that a list is empty.</summary>
    public void Deny(string factId, Entry entry)
    {
        entry.Used = true;
        Denied.TryAdd(factId, entry.Label);
    }

    /// <summary>Whether a date lies after the day of the plan, whatever its unknown parts are.</summary>
    public bool IsFuture(PartialDate date) => asOf is { } day && date.IsStated && date.Earliest > day;

    /// <summary>Reads one resource; whatever goes wrong with it concerns it alone.</summary>
    public void Attempt(Entry entry, Action read)
    {
        var before = given.Count;
        try
        {
            read();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            given.RemoveRange(before, given.Count - before);
            entry.Used = false;
            entry.Refuse(Common.Unreadable(fault.Message));
        }
    }

    /// <summary>A fact of the vocabulary, when the dictionary has it.</summary>
    public FactDefinition? Fact(string id) => facts.FindById(id);

    /// <summary>Notes evidence of metastasis from a coded fact.</summary>
    public void NoteStage(FactDefinition fact, int bit, PartialDate date)
    {
        HasHint = true;
        var code = fact.Values[bit].Code;
        if (date.IsStated && ((fact.Id == FactIds.Stage && code == "IV") || (fact.Id == FactIds.MCategory && code == "M1"))) MetastasisEvidence.Add(date);
    }
}
