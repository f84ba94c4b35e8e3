using Hilum.Answers;
using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Fhir.Writing;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Plans;
using Hilum.Words;

namespace Hilum.Web.Api;

/// <summary>A record judged, as <c>hilum plan</c> judges it.</summary>
internal sealed record Judgement(PatientRecord Record, DateOnly AsOf, IReadOnlyList<string> Editions, Assessment Assessment)
{
    /// <summary>Judges a record.</summary>
    /// <param name="bytes">The record.</param>
    /// <param name="content">The guidance.</param>
    /// <param name="editions">Editions asked for; none for every current one.</param>
    /// <param name="asOf">The day asked for; null for the record's own, else <paramref name="today"/>.</param>
    /// <param name="today">The day today.</param>
    /// <param name="problems">Where to list what is wrong.</param>
    public static Judgement? Of(ReadOnlyMemory<byte> bytes, GuidanceContent content, IEnumerable<string> editions, string? asOf, DateOnly today, List<Problem> problems)
    {
        DateOnly? day = null;
        if (asOf is not null)
        {
            if (PartialDate.TryParse(asOf, out var date) && date.IsComplete && asOf.Length == 10) day = date.Earliest;
            else problems.Add(new("asOf", "a day that exists was expected, written YYYY-MM-DD"));
        }

        var named = new List<Edition>();
        foreach (var id in editions.Distinct(StringComparer.Ordinal))
        {
            if (content.Catalogue.FindEdition(id) is { } edition) named.Add(edition);
            else problems.Add(new("edition", $"there is no edition {PlainText.Excerpt(id)}; there are {string.Join(", ", content.Catalogue.Editions.Select(e => e.Id))}"));
        }

        if (bytes.Length == 0)
        {
            problems.Add(new("", "the body is empty; a FHIR bundle or a case file was expected"));
            return null;
        }

        var reading = RecordReader.Read(bytes, content, day);
        problems.AddRange(reading.Problems.Select(p => new Problem(p.Place, p.Message)));
        if (problems.Count > 0 || reading.Record is not { } record) return null;
        var on = day ?? record.AsOf ?? today;
        var patient = new CaseBuilder(content.Facts).Build(record, new() { AsOf = on });
        return new(record, on, [.. named.Select(e => e.Id)], content.Assessor.Assess(patient, named.Count > 0 ? named : null));
    }

    /// <summary>The bytes of <c>plan --format json</c>.</summary>
    public ReadOnlyMemory<byte> Json(GuidanceContent content, Language language)
    {
        using var json = new AnswerJson(Assessment, new Sentences(content, Assessment.Case, language));
        return json.Plan();
    }

    /// <summary>The answer in one of the formats of <c>plan --format</c>.</summary>
    public ReadOnlyMemory<byte> Write(string format, GuidanceContent content, Language language)
    {
        if (format == "json") return Json(content, language);
        var words = new Sentences(content, Assessment.Case, language);
        if (format == "fhir") return PlanBundle.Write(Assessment, words);
        var document = new PlanDocument(Assessment, words).Write();
        return format == "html" ? HtmlPage.Write(document, language) : System.Text.Encoding.UTF8.GetBytes(document.ToMarkdown());
    }

    /// <summary>What a plan made of this rests on.</summary>
    /// <param name="record">Id of the stored record.</param>
    /// <param name="sha256">Its hash.</param>
    /// <param name="content">The guidance.</param>
    public PlanBasis Basis(string record, string sha256, GuidanceContent content) =>
        new(record, sha256, AsOf, Editions, content.Version, content.Sha256, Call.Sha256(Json(content, Language.English).ToArray()), Statuses());

    /// <summary>Each treatment with its status and the rules behind it.</summary>
    public IReadOnlyList<JudgedTreatment> Statuses() => [.. Assessment.Options.OrderBy(o => o.Treatment.Id, StringComparer.Ordinal).Select(o => new JudgedTreatment(o.Treatment.Id, o.Standing.Id(),
        [.. o.Editions.Where(e => e is { Silent: false, Recommendation: not null }).Select(e => $"{e.Edition.Id}/{e.Recommendation!.Id}")]))];
}
