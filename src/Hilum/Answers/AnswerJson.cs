using System.Buffers;
using System.Text.Json;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Answers;

/// <summary>Writes answers as the JSON of <c>contract/cli.md</c>: fixed order, invariant numbers, the same bytes for the same case and content.</summary>
public sealed partial class AnswerJson : IDisposable
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
        Strings("warnings", assessment.Case.Warnings.Select(words.Warning));
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
        Strings("warnings", assessment.Case.Warnings.Select(words.Warning));
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
        Strings("warnings", assessment.Case.Warnings.Select(words.Warning).Concat(words.Inconsistent()).Concat(words.Expired(assessment)));
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
