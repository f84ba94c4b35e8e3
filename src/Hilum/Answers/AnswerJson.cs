using System.Buffers;
using System.Text.Json;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Risk;
using Hilum.Words;

namespace Hilum.Answers;

/// <summary>Writes answers as the JSON of <c>contract/cli.md</c>: fixed order, invariant numbers, the same bytes for the same case and content.</summary>
public sealed class AnswerJson : IDisposable
{
    private readonly Assessment assessment;
    private readonly Sentences words;
    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);
    private readonly Utf8JsonWriter json;
    private readonly EvidenceText evidence;

    /// <summary>One writer writes one answer.</summary>
    public AnswerJson(Assessment assessment, Sentences words)
    {
        (this.assessment, this.words) = (assessment, words);
        json = new(buffer, JsonText.Indented);
        evidence = new(assessment.Case, words);
    }

    /// <inheritdoc/>
    public void Dispose() => json.Dispose();

    /// <summary>The answer of <c>plan</c>.</summary>
    public ReadOnlyMemory<byte> Plan() => Write(() =>
    {
        Head();
        Content();
        json.WriteStartArray("editions");
        foreach (var edition in assessment.Editions) Edition(edition);
        json.WriteEndArray();
        Urgent();
        Strings("current", assessment.Case.CurrentTherapies.Select(t => t.Name ?? t.Treatment));
        json.WriteStartArray("statements");
        foreach (var (edition, statement) in assessment.Statements) Statement(edition, statement);
        json.WriteEndArray();
        Basis();
        Risk();
        json.WriteStartArray("options");
        foreach (var option in words.InOrder(assessment.Options)) OptionObject(option, proof: false);
        json.WriteEndArray();
        Missing();
        if (assessment.Scope is not Truth.False) Questions();
        Tail();
        StoredRecord.Write(json, assessment, words.Language);
    });

    /// <summary>The answer of <c>why</c>: one option with the proof of every rule.</summary>
    public ReadOnlyMemory<byte> Why(Option? option, Treatment treatment) => Write(() =>
    {
        Head();
        Content();
        json.WriteString("treatment", treatment.Id);
        json.WritePropertyName("option");
        if (option is null) json.WriteNullValue();
        else OptionObject(option, proof: true);
        Strings("warnings", assessment.Case.Warnings.Select(words.In));
    });

    /// <summary>The answer of <c>sequence</c>.</summary>
    public ReadOnlyMemory<byte> Sequence(IReadOnlyList<LaterOptions> sequences) => Write(() =>
    {
        Head();
        Content();
        json.WriteStartArray("sequences");
        foreach (var sequence in sequences)
        {
            json.WriteStartObject();
            json.WriteString("first", sequence.First.Treatment.Id);
            json.WriteStartArray("opens");
            foreach (var later in sequence.Later)
            {
                json.WriteStartObject();
                json.WriteString("treatment", later.Treatment.Id);
                json.WriteString("status", later.Standing.Id());
                Strings("editions", later.Editions.Where(e => !e.Silent && e.Standing.IsOffered()).Select(e => e.Edition.Id));
                if (evidence.Availability(later) is { Count: > 0 } available) Availability(available);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Strings("open", sequence.Open.Select(o => o.Treatment.Id).Order(StringComparer.Ordinal));
            Strings("closes", sequence.Closed.Select(t => t.Id));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>The answer of <c>risk</c>.</summary>
    public ReadOnlyMemory<byte> RiskOnly() => Write(() =>
    {
        Patient();
        json.WriteString("asOf", assessment.Case.AsOf.ToString("yyyy-MM-dd"));
        Risk();
        Strings("warnings", assessment.Case.Warnings.Select(words.In));
    });

    /// <summary>The answer of <c>facts</c>.</summary>
    public ReadOnlyMemory<byte> FactsOnly() => Write(() =>
    {
        Head();
        json.WriteStartArray("facts");
        foreach (var fact in Listed(assessment.Case)) Fact(fact);
        json.WriteEndArray();
        Tail();
    });

    /// <summary>Facts of which something is known, in ordinal order of id.</summary>
    public static IEnumerable<CaseFact> Listed(Case patient) => patient.Facts
        .Where(f => f.Definition.Id != FactDictionary.TodayId && (f.State is not FactState.Unknown || f.Given.Any(g => g.Value is not GivenUnknown)) && !SaysNothing(f))
        .OrderBy(f => f.Definition.Id, StringComparer.Ordinal);

    /// <summary>A derived number that may still be anything there is to count.</summary>
    private static bool SaysNothing(CaseFact fact) => fact.Given.Count == 0 && fact.State is FactState.Partial && fact.Possible is NumbersPossible numbers
        && (!numbers.Hull.HasHigh || (fact.Derivation is PointsDerivation points && numbers.Hull is { Low: 0 } hull && hull.High == points.Factors.Length));

    private ReadOnlyMemory<byte> Write(Action body)
    {
        json.WriteStartObject();
        body();
        json.WriteEndObject();
        json.Flush();
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private void Patient()
    {
        json.WriteStartObject("patient");
        json.WriteString("id", assessment.Case.PatientId);
        json.WriteEndObject();
    }

    private void Head()
    {
        Patient();
        json.WriteString("asOf", assessment.Case.AsOf.ToString("yyyy-MM-dd"));
        json.WriteString("scope", assessment.Scope switch { Truth.True => "in-scope", Truth.False => "outside-scope", _ => "unknown" });
        json.WriteString("scopeBecause", words.In(assessment.ScopeBecause));
    }

    private void Content()
    {
        json.WriteStartObject("content");
        json.WriteString("version", words.Content.Version);
        json.WriteString("sha256", words.Content.Sha256);
        json.WriteEndObject();
    }

    private void Edition(Edition edition)
    {
        json.WriteStartObject();
        json.WriteString("id", edition.Id);
        json.WriteString("title", words.In(edition.Title));
        json.WriteString("publisher", edition.Publisher);
        json.WriteString("published", edition.Published);
        json.WriteString("kind", edition.Kind.ToString().ToLowerInvariant());
        json.WriteString("status", edition.Status);
        if (edition.IsExpired(assessment.Case.AsOf)) json.WriteBoolean("expired", true);
        json.WriteEndObject();
    }

    private void Urgent()
    {
        json.WriteStartArray("urgent");
        foreach (var rule in assessment.Urgent)
        {
            json.WriteStartObject();
            json.WriteString("rule", rule.Id);
            json.WriteString("because", words.In(rule.Says));
            json.WriteString("source", words.SourceOf(rule.Source));
            Review(rule.Review);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Statement(Edition edition, Statement statement)
    {
        json.WriteStartObject();
        json.WriteString("id", statement.Id);
        json.WriteString("edition", edition.Id);
        json.WriteString("says", words.In(statement.Says));
        json.WriteString("source", words.SourceOf(statement.Source));
        Review(statement.Review);
        json.WriteEndObject();
    }

    private void Basis()
    {
        json.WriteStartObject("basis");
        json.WriteString("intendedUse", words.In(words.Content.IntendedUse));
        json.WriteString("notFor", words.In(words.Content.NotFor));
        Strings("limits", words.Content.Limits.Select(words.In).Concat(assessment.Case.AcceptedLimits.Select(l => words.Say("basis.accepted-limits", l))));
        json.WriteEndObject();
    }

    private void Risk()
    {
        json.WriteStartArray("risk");
        foreach (var risk in assessment.Risk)
        {
            json.WriteStartObject();
            json.WriteString("model", risk.Model.Id);
            json.WriteString("applies", risk.Applies switch { Truth.True => "yes", Truth.False => "no", _ => "unknown" });
            Strings("groups", risk.Groups.Select(g => g.Id));
            json.WriteStartObject("points");
            json.WriteNumber("min", risk.Min);
            json.WriteNumber("max", risk.Max);
            json.WriteEndObject();
            json.WriteStartArray("factors");
            for (var i = 0; i < risk.Factors.Count; i++)
            {
                var factor = risk.Model.Factors[i];
                json.WriteStartObject();
                json.WriteString("id", factor.Id);
                json.WriteString("value", TruthWord(risk.Factors[i]));
                json.WriteString("because", $"{words.In(factor.Label)}{words.Say("list.colon")}{RiskDocument.Inputs(assessment, factor, words)}");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (risk.Applies is not Truth.False) Survival(risk);
            json.WriteString("note", words.Say("risk.population"));
            json.WriteString("source", words.SourceOf(risk.Model.Source));
            Review(risk.Model.Review);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Survival(RiskAssessment risk)
    {
        var groups = risk.Groups.Select(g => g.Id).ToHashSet(StringComparer.Ordinal);
        json.WriteStartArray("survival");
        foreach (var cohort in risk.Model.Survival)
        {
            json.WriteStartObject();
            json.WriteString("cohort", words.In(cohort.Cohort));
            json.WriteString("era", words.In(cohort.Era));
            if (cohort.N is { } n) json.WriteNumber("n", n);
            json.WriteStartArray("figures");
            foreach (var figure in cohort.Figures.Where(f => groups.Contains(f.Group) || !risk.Model.Groups.Any(g => g.Id == f.Group)))
            {
                json.WriteStartObject();
                json.WriteString("group", figure.Group);
                json.WriteString("measure", figure.Measure);
                Number("value", figure.Value);
                json.WriteString("unit", figure.Unit);
                Number("low", figure.Low);
                Number("high", figure.High);
                Number("level", figure.Level);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("source", words.SourceOf(cohort.Source));
            Review(cohort.Review);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void OptionObject(Option option, bool proof)
    {
        json.WriteStartObject();
        json.WriteString("treatment", option.Treatment.Id);
        json.WriteString("name", words.In(option.Treatment.Name));
        json.WriteString("kind", option.Treatment.Kind);
        json.WriteString("status", option.Standing.Id());
        json.WriteStartArray("editions");
        foreach (var edition in option.Editions) EditionStanding(edition, proof);
        json.WriteEndArray();
        json.WriteBoolean("disagreement", option.Disagreement);
        Strings("advisedAgainst", option.AdvisedAgainst);
        Strings("perhapsAgainst", option.PerhapsAgainstBy);
        Strings("because", words.Because(option));
        json.WriteStartArray("safety");
        foreach (var finding in option.Safety) Safety(finding, proof);
        json.WriteEndArray();
        Strings("missing", option.Missing);
        Strings("evidence", option.Editions.Where(e => e.Standing.IsOffered() && !e.Silent).SelectMany(e => e.Recommendation?.Evidence ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Studied(option);
        json.WriteString("approval", option.Treatment.ApprovalFor(assessment.Case).Id());
        if (evidence.Availability(option) is { Count: > 0 } available) Availability(available);
        json.WriteEndObject();
    }

    private void Studied(Option option)
    {
        json.WriteStartArray("studied");
        foreach (var trial in evidence.Behind(option))
        {
            var (truth, differs) = evidence.Resemblance(trial);
            json.WriteStartObject();
            json.WriteString("trial", trial.Id);
            json.WriteString("name", evidence.Title(trial));
            json.WriteString("resembles", truth switch { Truth.True => "yes", Truth.False => "no", _ => "unknown" });
            Strings("differs", differs);
            Strings("figures", evidence.Headlines(trial));
            Strings("cautions", trial.Cautions.Select(words.In));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Questions()
    {
        json.WriteStartArray("openQuestions");
        foreach (var question in words.Content.QuestionsFor(assessment.Case))
        {
            json.WriteStartObject();
            json.WriteString("id", question.Id);
            json.WriteString("question", words.In(question.Question));
            Strings("sides", question.Sides.Select(words.In));
            json.WriteString("reason", words.In(question.Reason));
            json.WriteString("source", words.SourceOf(question.Source));
            Review(question.Review);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Availability(IReadOnlyList<Availability> availability)
    {
        json.WriteStartArray("availability");
        foreach (var a in availability)
        {
            json.WriteStartObject();
            json.WriteString("country", a.Country);
            json.WriteString("approved", a.Approved);
            json.WriteString("funded", a.Funded);
            if (a.Date is not null) json.WriteString("date", a.Date);
            if (a.Source is not null) json.WriteString("source", words.SourceOf(new(a.Source, "")));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void EditionStanding(EditionStanding standing, bool proof)
    {
        json.WriteStartObject();
        json.WriteString("edition", standing.Edition.Id);
        json.WriteString("status", standing.Standing.Id());
        json.WriteBoolean("silent", standing.Silent);
        if (standing.Recommendation is { } rule && !standing.Silent)
        {
            if (rule.Grade is not null) json.WriteString("grade", rule.Grade);
            json.WriteString("recommendation", rule.Id);
            json.WriteString("says", words.In(rule.Says));
            json.WriteString("source", words.SourceOf(rule.Source));
            Review(rule.Review);
            json.WriteBoolean("checked", rule.Review.Source is SourceReview.Seen);
            Strings("possible", standing.Possible.Select(p => p.Id()));
            if (standing.TooManyUnknowns) json.WriteBoolean("tooManyUnknowns", true);
        }

        if (proof && !standing.Silent)
        {
            json.WriteStartArray("rules");
            foreach (var (each, truth) in standing.Rules)
            {
                json.WriteStartObject();
                json.WriteString("recommendation", each.Id);
                json.WriteString("says", words.In(each.Says));
                json.WriteString("gives", each.Against ? "not-recommended" : each.Strength.Id());
                json.WriteString("value", TruthWord(truth));
                Clauses(each.When);
                json.WriteString("source", words.SourceOf(each.Source));
                Review(each.Review);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void Clauses(TruthNode condition)
    {
        json.WriteStartArray("clauses");
        foreach (var clause in words.Decisive(condition))
        {
            json.WriteStartObject();
            json.WriteString("says", clause.Text);
            json.WriteString("value", TruthWord(clause.Truth));
            json.WriteString("because", clause.Value);
            Strings("facts", clause.Facts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Safety(SafetyFinding finding, bool proof)
    {
        json.WriteStartObject();
        json.WriteString("severity", finding.Rule.SeverityId);
        json.WriteString("state", finding.State is Truth.True ? "applies" : "undecided");
        Strings("missing", finding.Missing);
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("because", words.Says(finding));
        if (!finding.Rule.Override.IsEmpty) json.WriteString("override", words.In(finding.Rule.Override));
        json.WriteString("source", words.SourceOf(finding.Rule.Source));
        Review(finding.Rule.Review);
        if (proof) Clauses(finding.Rule.When);
        json.WriteEndObject();
    }

    private void Missing()
    {
        json.WriteStartArray("missing");
        foreach (var missing in assessment.Missing)
        {
            json.WriteStartObject();
            json.WriteString("fact", missing.Fact);
            Strings("settles", missing.Settles);
            json.WriteNumber("settlesAlone", missing.Alone);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Tail()
    {
        json.WriteStartArray("notUsed");
        foreach (var item in assessment.Case.NotUsed)
        {
            json.WriteStartObject();
            json.WriteString("resource", item.Resource);
            json.WriteString("why", words.In(item.Why));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Strings("warnings", assessment.Case.Warnings.Select(words.In).Concat(words.Expired(assessment)));
    }

    private void Fact(CaseFact fact)
    {
        json.WriteStartObject();
        json.WriteString("id", fact.Definition.Id);
        if (fact.Definition.Type is FactType.List) FreeList(fact);
        else Value(fact);
        json.WriteString("state", fact.State switch { FactState.Known => "known", FactState.Conflict => "conflict", FactState.Stale => "stale", _ => "partial" });
        if (fact.Given.Count > 0 && fact.Given[0].Date.IsStated) json.WriteString("date", fact.Given[0].Date.ToString());
        if (Sentences.OriginOf(fact) is { Length: > 0 } origin) json.WriteString("origin", origin);
        json.WriteBoolean("derived", fact.IsDerived);
        var because = Because(fact);
        if (because.Length > 0) json.WriteString("because", because);
        json.WriteEndObject();
    }

    private string Because(CaseFact fact)
    {
        var parts = new List<string>();
        if (fact.IsDerived && fact.Derivation is { Because.IsEmpty: false } derivation) parts.Add(words.In(derivation.Because));
        foreach (var number in fact.Given.Select(g => g.Value).OfType<GivenNumber>())
            if (number.Reported != $"{Quantity.Format(number.Value.Low)}{(fact.Definition.CanonicalUnit(0) is { Code: not "1" } unit ? " " + unit.Code : "")}") parts.Add(words.Say("value.reported", number.Reported));
        return string.Join("; ", parts.Distinct(StringComparer.Ordinal));
    }

    private void Value(CaseFact fact)
    {
        var definition = fact.Definition;
        switch (fact.Possible)
        {
            case CodesPossible codes when definition.Type is FactType.Bool && codes.IsKnown: json.WriteBoolean("value", codes.Mask == 2); break;
            case CodesPossible codes when codes.IsKnown: json.WriteString("value", definition.Values[codes.Code].Code); break;
            case CodesPossible codes when fact.State is not FactState.Stale: Strings("possible", definition.Values.Where((_, bit) => (codes.Mask & (1UL << bit)) != 0).Select(v => v.Code)); break;
            case MembersPossible members:
                Strings("value", Members(definition, members.Present));
                json.WriteBoolean("complete", members.IsComplete);
                Strings("absent", members.IsComplete ? [] : Members(definition, members.Absent));
                break;
            case NumbersPossible when fact.State is FactState.Stale && fact.Given[0].Value is GivenNumber old: NumberOf(definition, old.Value); break;
            case NumbersPossible { IsKnown: true } known: NumberOf(definition, known.Intervals[0]); break;
            case NumbersPossible numbers when numbers.Intervals.Length > 1 && numbers.Intervals.All(i => i.IsPoint):
                json.WriteStartArray("possible");
                foreach (var interval in numbers.Intervals) PossibleNumber(definition, interval);
                json.WriteEndArray();
                UnitOf(definition);
                break;
            case NumbersPossible numbers: Range(definition, numbers.Hull); break;
        }
    }

    private static IEnumerable<string> Members(FactDefinition definition, ulong mask) =>
        definition.Values.Where((_, bit) => (mask & (1UL << bit)) != 0).Select(v => v.Code).Order(StringComparer.Ordinal);

    private void NumberOf(FactDefinition definition, Interval interval)
    {
        if (!interval.IsPoint)
        {
            Range(definition, interval);
            return;
        }

        if (definition.Type is FactType.Date) json.WriteString("value", DateOnly.FromDayNumber((int)interval.Low).ToString("yyyy-MM-dd"));
        else Number("value", definition.InFirstSystem(interval.Low, interval.System));
        UnitOf(definition);
    }

    private void PossibleNumber(FactDefinition definition, Interval interval)
    {
        if (definition.Type is FactType.Date) json.WriteStringValue(DateOnly.FromDayNumber((int)interval.Low).ToString("yyyy-MM-dd"));
        else json.WriteRawValue(Quantity.Format(definition.InFirstSystem(interval.Low, interval.System)));
    }

    private void Range(FactDefinition definition, Interval interval)
    {
        if (definition.Type is FactType.Date)
        {
            if (interval.HasLow) json.WriteString("min", DateOnly.FromDayNumber((int)interval.Low).ToString("yyyy-MM-dd"));
            if (interval.HasHigh) json.WriteString("max", DateOnly.FromDayNumber((int)interval.High).ToString("yyyy-MM-dd"));
            return;
        }

        if (interval.HasLow) Number("min", definition.InFirstSystem(interval.Low, interval.System));
        if (interval.HasHigh) Number("max", definition.InFirstSystem(interval.High, interval.System));
        UnitOf(definition);
    }

    private void UnitOf(FactDefinition definition)
    {
        if (definition.Units.Length > 0) json.WriteString("unit", definition.Units[0]);
    }

    /// <summary>Lists as in the case file.</summary>
    private void FreeList(CaseFact fact)
    {
        json.WriteStartArray("value");
        foreach (var value in fact.Given.Select(g => g.Value))
        {
            switch (value)
            {
                case GivenMedicines medicines: foreach (var m in medicines.Items) json.WriteStringValue(m.Text); break;
                case GivenTexts texts: foreach (var t in texts.Items) json.WriteStringValue(t); break;
                case GivenTherapies therapies: foreach (var t in therapies.Items) Therapy(t); break;
            }
        }

        if (fact.Definition.Id == "current-treatment") foreach (var t in assessment.Case.CurrentTherapies) json.WriteStringValue(t.Name ?? t.Treatment);
        json.WriteEndArray();
        json.WriteBoolean("complete", fact.State is FactState.Known || fact.Possible.Equals(MembersPossible.None));
    }

    private void Therapy(PriorTherapy therapy)
    {
        json.WriteStartObject();
        json.WriteString("treatment", therapy.Treatment);
        if (therapy.Name is not null) json.WriteString("name", therapy.Name);
        if (therapy.Treatment == "other") Strings("classes", therapy.Groups);
        if (therapy.Start.IsStated) json.WriteString("start", therapy.Start.ToString());
        if (therapy.Stop.IsStated) json.WriteString("stop", therapy.Stop.ToString());
        if (therapy.StoppedFor is not null) json.WriteString("stopped-for", therapy.StoppedFor);
        json.WriteString("setting", therapy.Setting.ToString().ToLowerInvariant());
        if (therapy.Line is { } line) json.WriteNumber("line", line);
        if (therapy.StoppedParts.Count > 0) Strings("stopped-parts", therapy.StoppedParts);
        if (therapy.BestResponse is not null) json.WriteString("best-response", therapy.BestResponse);
        if (therapy.Toxicity is not null) json.WriteString("toxicity", therapy.Toxicity);
        if (therapy.Grade is { } grade) json.WriteNumber("grade", grade);
        json.WriteEndObject();
    }

    private void Review(Review review)
    {
        json.WriteStartObject("review");
        json.WriteString("source", review.SourceWord);
        if (review.ClinicalBy is null or "expired")
        {
            json.WriteString("clinical", review.ClinicalBy ?? "none");
        }
        else
        {
            json.WriteStartObject("clinical");
            json.WriteString("by", review.ClinicalBy);
            json.WriteString("date", review.ClinicalDate);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Number(string name, decimal? value)
    {
        if (value is not { } number) return;
        json.WritePropertyName(name);
        json.WriteRawValue(Quantity.Format(number));
    }

    private void Strings(string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static string TruthWord(Truth truth) => truth switch { Truth.True => "true", Truth.False => "false", _ => "unknown" };
}
