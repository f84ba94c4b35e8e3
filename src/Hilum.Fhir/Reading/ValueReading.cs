using System.Text.RegularExpressions;
using Hilum.Facts;
using Hilum.Fhir.Codes;
using Hilum.Measures;
using Hilum.Words;
using Hl7.Fhir.Model;
using Code = Hilum.Fhir.Codes.Code;

namespace Hilum.Fhir.Reading;

/// <summary>Reads the value of a result as its fact asks: a number with its unit, a code, yes or no, a date.</summary>
internal sealed partial class ValueReading(CodeIndex index, RecordDraft draft, Diagnosis diagnosis)
{
    private readonly DisplayCheck display = new(draft);

    /// <summary>The value, or null and why there is none.</summary>
    public GivenValue? Read(Seen seen, FactDefinition fact, Answer answer, out Phrase why)
    {
        why = answer.Value is null ? new("it states no value", "aucune valeur n'y figure") : new($"its value is {Kind(answer.Value).En}, which is not read for this fact", $"sa valeur est {Kind(answer.Value).Fr}, ce qui n'est pas lu pour ce fait");
        return fact.Type switch
        {
            FactType.Number => answer.Value is Hl7.Fhir.Model.Quantity quantity ? NumberValue.Read(fact, quantity, draft, seen.Entry, out why) : null,
            FactType.Integer => ReadInteger(seen, fact, answer, ref why),
            FactType.Bool => ReadBoolean(seen, fact, answer, ref why),
            FactType.Code => ReadCode(seen, fact, answer, ref why),
            FactType.Codes => ReadMembers(seen, fact, answer, ref why),
            FactType.Date => answer.Value is FhirDateTime && Moment.Of(answer.Value) is { Date.IsStated: true } moment ? new GivenDate(moment.Date) : null,
            _ => null,
        };
    }

    private GivenNumber? ReadInteger(Seen seen, FactDefinition fact, Answer answer, ref Phrase why)
    {
        if (fact.Id == FactIds.NuclearGrade && answer.Method is not null && Concept.Of(answer.Method, seen.Entry, draft) is { Codings.Count: > 0 } method
            && !method.Codes.SelectMany(index.ByObservation).Contains(fact))
        {
            why = new($"it was graded by another system ({method.En})", $"le grade vient d'un autre système ({method.Fr})");
            return null;
        }

        switch (answer.Value)
        {
            case Integer { Value: { } whole }:
                return NumberValue.Plausible(fact, Interval.Point(whole), whole.ToString(), out why);
            case Hl7.Fhir.Model.Quantity quantity:
                return NumberValue.ReadInteger(fact, quantity, draft, seen.Entry, out why);
        }

        var concepts = (answer.Value is CodeableConcept value ? [value] : answer.Value is null ? answer.Interpretation : []).ToList();
        foreach (var code in Concept.Of(concepts, seen.Entry, draft).Codes)
        {
            if (index.Values(code).FirstOrDefault(m => m.Fact == fact) is { Fact: not null } meaning && int.TryParse(meaning.Value.Code, out var answered))
                return NumberValue.Plausible(fact, Interval.Point(answered), $"{meaning.Value.Code} ({code})", out why);
        }

        if (fact.Id == FactIds.NuclearGrade && concepts.Select(c => Grade().Match(c.Text ?? "")).FirstOrDefault(m => m.Success) is { } grade)
            return NumberValue.Plausible(fact, Interval.Point(int.Parse(grade.Groups["grade"].Value)), grade.Value.Trim(), out why);
        if (concepts.Count > 0 && Concept.Of(concepts, seen.Entry, draft) is var unread) why = new($"the answer {unread.En} stands for no number that Hilum knows", $"la réponse {unread.Fr} ne correspond à aucun nombre connu de Hilum");
        return null;
    }

    private GivenCode? ReadBoolean(Seen seen, FactDefinition fact, Answer answer, ref Phrase why)
    {
        if (answer.Value is FhirBoolean { Value: { } yes }) return new(yes ? 2UL : 1UL);
        if (answer.Value is not CodeableConcept value) return null;
        var concept = Concept.Of(value, seen.Entry, draft);
        var truth = Qualifiers.Of(concept.Codes);
        // an answer that names the finding itself: "smokes tobacco daily"
        if (truth is Truth.Undecided && concept.Codes.SelectMany(index.ByCondition).Contains(fact)) truth = Truth.True;
        why = new($"{concept.En} is neither yes nor no", $"{concept.Fr} n'est ni oui ni non");
        return truth is Truth.Undecided ? null : new(truth is Truth.True ? 2UL : 1UL);
    }

    private GivenCode? ReadCode(Seen seen, FactDefinition fact, Answer answer, ref Phrase why)
    {
        if (answer.Value is not CodeableConcept value) return null;
        var concept = Concept.Of(value, seen.Entry, draft);
        ulong mask = 0;
        var foreign = false;
        foreach (var coded in concept.Codings)
        {
            var ofTheKidney = fact.Id != FactIds.Histology || diagnosis.Kidney.Count > 0 || IsOfTheKidney(coded.Code);
            if (fact.Id == FactIds.Histology && ofTheKidney && index.ByCondition(coded.Code).Any(f => f.Id == FactIds.Sarcomatoid))
                draft.Give(seen.Entry, draft.Fact(FactIds.Sarcomatoid), value: true, seen.Date, seen.Preliminary);
            var bit = StageValue.BitOf(index, fact, coded.Code);
            if (bit < 0) continue;
            if (!ofTheKidney)
            {
                foreign = true;
                continue;
            }

            display.Check(seen.Entry, coded, new(fact, bit));
            draft.NoteStage(fact, bit, seen.Date);
            mask |= 1UL << bit;
        }

        why = foreign ? Common.SharedMorphology(concept) : NoValue(concept);
        return mask == 0 ? null : new(mask);
    }

    private bool IsOfTheKidney(Code code) => code.System != CodeSystems.IcdO3 && index.ByCondition(code).Any(f => f.Id == FactIds.KidneyCancer);

    private GivenMembers? ReadMembers(Seen seen, FactDefinition fact, Answer answer, ref Phrase why)
    {
        if (answer.Value is not CodeableConcept value) return null;
        var concept = Concept.Of(value, seen.Entry, draft);
        var present = concept.Codes.SelectMany(c => index.Values(c).Concat(index.Sites(c))).Where(m => m.Fact == fact).Aggregate(0UL, (mask, m) => mask | (1UL << m.Bit));
        why = NoValue(concept);
        return present == 0 ? null : new(present, 0, Complete: false);
    }

    /// <summary>Of a list an Observation can only say that it is empty.</summary>
    public bool IsDenial(Seen seen, Answer answer) => answer.Value is FhirBoolean { Value: false }
        || (answer.Value is CodeableConcept value && Qualifiers.Of(Concept.Of(value, seen.Entry, draft).Codes) is Truth.False);

    private static Phrase NoValue(Concept concept) => new($"no value for {concept.En}", $"aucune valeur pour {concept.Fr}");

    private static Phrase Kind(DataType value) => value.TypeName switch
    {
        "string" => new("a text", "un texte"),
        "Quantity" => new("a quantity", "une quantité"),
        "CodeableConcept" => new("a code", "un code"),
        "boolean" => new("true or false", "vrai ou faux"),
        var other => new($"of type {other}", $"du type {other}"),
    };

    /// <summary>WHO/ISUP grades stand in texts, because mCODE has three grades and WHO/ISUP four.</summary>
    [GeneratedRegex(@"^\s*(?:WHO\s*/?\s*ISUP\s*|ISUP\s*|OMS\s*/?\s*ISUP\s*)?(?:grade\s*|G)?(?<grade>[1-4])\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Grade();
}
