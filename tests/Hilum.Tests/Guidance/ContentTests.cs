using System.Security.Cryptography;
using System.Text;
using Hilum.Guidance;
using Hilum.Options;
using Xunit;

namespace Hilum.Tests.Guidance;

/// <summary>The guidance as a whole, and the ways in which it can be wrong.</summary>
public sealed class ContentTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hilum-content-").FullName;

    public ContentTests()
    {
        foreach (var (path, bytes) in Content.Files.Files)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, bytes);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_worked_case_passes_and_every_recommendation_has_one()
    {
        var (count, failures) = WorkedCases.Run(Content.Files, Content.Loaded);

        Assert.Empty(failures);
        Assert.True(count > 500, $"{count} worked cases");
    }

    [Fact]
    public void The_hash_is_over_path_and_bytes_in_ordinal_order_with_line_ends_normalised()
    {
        using var expected = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, bytes) in Content.Files.Files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            expected.AppendData(Encoding.UTF8.GetBytes(path));
            expected.AppendData(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal)));
        }

        foreach (var file in Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories)) File.WriteAllText(file, File.ReadAllText(file).Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal(Convert.ToHexStringLower(expected.GetHashAndReset()), Content.Files.Sha256);
        Assert.Equal(Content.Files.Sha256, ContentFiles.Read(folder).Sha256);
    }

    [Fact]
    public void Content_from_the_compiled_file_answers_as_content_from_text()
    {
        var cache = Path.Combine(folder, "..", Path.GetFileName(folder) + "-cache");
        try
        {
            var cold = ContentCache.Load(folder, cache);
            var warm = ContentCache.Load(folder, cache);

            Assert.Single(Directory.GetFiles(cache));
            Assert.Equal(cold.Sha256, warm.Sha256);
            Assert.Equal(cold.SurvivalRanges.SelectMany(r => r.Scenarios), warm.SurvivalRanges.SelectMany(r => r.Scenarios));
            Assert.Equal(WorkedCases.Run(Content.Files, cold).Failures, WorkedCases.Run(Content.Files, warm).Failures);
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    [Fact]
    public void A_changed_file_is_never_missed_whatever_the_cache_holds()
    {
        var cache = Path.Combine(folder, "..", Path.GetFileName(folder) + "-cache");
        try
        {
            var before = ContentCache.Load(folder, cache);
            var file = Path.Combine(folder, "content.yaml");
            var time = File.GetLastWriteTimeUtc(file);
            File.WriteAllText(file, File.ReadAllText(file).Replace("2026.11", "2026.12", StringComparison.Ordinal));
            File.SetLastWriteTimeUtc(file, time);

            Assert.Equal("2026.11", before.Version);
            Assert.Equal("2026.12", ContentCache.Load(folder, cache).Version);
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    [Fact]
    public void Every_treatment_of_the_vocabulary_is_in_the_catalogue_and_can_be_offered_or_says_why_never()
    {
        Assert.Equal(37, Content.Loaded.Catalogue.Treatments.Length);
        var offered = Content.Loaded.Catalogue.Editions.SelectMany(e => e.Recommendations).Where(r => !r.Against).SelectMany(r => r.Treatments).ToHashSet();
        Assert.All(Content.Loaded.Catalogue.Treatments, t => Assert.True(offered.Contains(t.Id) || !t.NeverOffered.IsEmpty, t.Id));
    }

    [Fact]
    public void Nobody_has_signed_anything_yet()
    {
        Assert.All(Content.Loaded.Catalogue.Editions.SelectMany(e => e.Recommendations), r => Assert.Null(r.Review.ClinicalBy));
        Assert.All(Content.Loaded.Catalogue.SafetyRules, r => Assert.Null(r.Review.ClinicalBy));
    }

    [Theory]
    [InlineData("editions/ccs-2017/systemic.yaml", "offer: sunitinib", "offer: sunitinob", "'sunitinob' is not a treatment of the catalogue")]
    [InlineData("editions/ccs-2017/systemic.yaml", "strength: preferred", "strength: splendid", "must be preferred, recommended, option or specialised-centre")]
    [InlineData("editions/ccs-2017/systemic.yaml", "Line = 1", "Line = 'one'", "cannot be compared")]
    [InlineData("editions/ccs-2017/systemic.yaml", "Line = 1", "Lime = 1", "did you mean Line?")]
    [InlineData("editions/ccs-2017/systemic.yaml", "Line = 1", "Line is null", "unknown is never no")]
    [InlineData("editions/ccs-2017/systemic.yaml", "document: ccs-2017", "document: ccs-2071", "'ccs-2071' is not a document")]
    [InlineData("editions/ccs-2017/systemic.yaml", "review: { source: seen", "review: { source: guessed", "must be seen, second-hand or unconfirmed")]
    [InlineData("editions/esmo-2024/first-line.yaml", "evidence: [clear]", "evidence: [opaque]", "'opaque' is not a trial of evidence/")]
    [InlineData("drugs/sunitinib.yaml", "class: vegfr-tki", "class: vegfr", "'vegfr' is not a class")]
    [InlineData("treatments/sunitinib.yaml", "  fr:", "  french:", "'fr' is missing")]
    [InlineData("risk/imdc.yaml", "KarnofskyBelow80", "Karnofsky < 80 'mg/dL'", "cannot be compared")]
    [InlineData("facts/laboratory.yaml", "units: [g/dL, g/L, mmol/L]", "units: [g/dL, stones, mmol/L]", "'stones' is not a unit")]
    [InlineData("facts/fitness.yaml", "kept-for:", "notkept:", "'notkept' is not known here")]
    [InlineData("safety/pregnancy.yaml", "severity: contraindicated", "severity: terrible", "must be contraindicated, avoid, adjust-dose, caution or monitor")]
    [InlineData("survival.yaml", "from: 0.5", "from: 5", "'from' below 'to'")]
    [InlineData("survival.yaml", "{0} to {1}", "{0}", "must fill in {0} and {1}")]
    [InlineData("survival.yaml", "[vegfr-tki,", "[vegfr-tkj,", "'vegfr-tkj' is not a class")]
    [InlineData("survival.yaml", "[vegfr-tki,", "[pd-1-inhibitor,", "cannot be both")]
    [InlineData("survival.yaml", "  says:", "  id: again\n  says:", "'id' stands twice")]
    [InlineData("wording/fr.yaml", "plan.title:", "plan.title: x\nplan.title:", "'plan.title' stands twice")]
    [InlineData("survival.yaml", "classes: [", "classes: [[", "this is not YAML")]
    [InlineData("survival.yaml", "- id: m", "---\n- id: n\n---\n- id: m", "one document was expected")]
    [InlineData("questions.yaml", "- id:", "- nobody: &a [*b]\n- id:", "the alias *b has no anchor")]
    public void A_mistake_is_named_with_its_file_and_line(string path, string right, string wrong, string message)
    {
        Replace(path, right, wrong);

        var problems = Assert.Throws<ContentException>(() => ContentLoader.Load(ContentFiles.Read(folder))).Problems;

        Assert.Contains(problems, p => p.Message.Contains(message, StringComparison.Ordinal));
        Assert.Contains(problems, p => p.File == path && p.Line > 0 && p.Column > 0);
    }

    [Theory]
    [InlineData("edition/new.yaml", "- id: something", "nothing reads this file")]
    [InlineData("editions/new/systemic.yaml", "- id: something", "nothing reads this file")]
    [InlineData("editions/ccs-2017/systemic.yml", "- id: something", "guidance files end in .yaml")]
    [InlineData("notes/today.yaml", "a: [", "this is not YAML")]
    public void A_file_that_would_be_left_out_is_named(string path, string text, string message)
    {
        Directory.CreateDirectory(Path.Combine(folder, Path.GetDirectoryName(path)!));
        File.WriteAllText(Path.Combine(folder, path), text);

        var problems = Assert.Throws<ContentException>(() => ContentLoader.Load(ContentFiles.Read(folder))).Problems;

        Assert.Contains(problems, p => p.File == path && p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        Replace("editions/ccs-2017/systemic.yaml", "Line = 1", "Lime = 1");
        Replace("drugs/sunitinib.yaml", "route: oral", "rout: oral");
        Replace("risk/imdc.yaml", "KarnofskyBelow80", "Karnofsky <");

        var problems = Assert.Throws<ContentException>(() => ContentLoader.Load(ContentFiles.Read(folder))).Problems;

        Assert.Equal(["drugs/sunitinib.yaml", "editions/ccs-2017/systemic.yaml", "risk/imdc.yaml"], problems.Select(p => p.File).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_mistake_in_a_folded_condition_is_named_by_its_own_line_and_column()
    {
        Replace("editions/ccs-2017/systemic.yaml", "    Line = 1", "    Line = 1 and\n    Histologie = 'clear-cell'");

        var problem = Assert.Single(Assert.Throws<ContentException>(() => ContentLoader.Load(ContentFiles.Read(folder))).Problems);

        var line = File.ReadAllLines(Path.Combine(folder, problem.File))[problem.Line - 1];
        Assert.StartsWith("Histologie", line[(problem.Column - 1)..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_between_derived_facts_is_refused()
    {
        Replace("facts/tumour.yaml", "if MCategory = 'M1' or not (MetastaticSites included in { 'lymph-node', 'local-recurrence' }) then 'IV' else null", "if Metastatic then 'IV' else null");

        Assert.Contains(Assert.Throws<ContentException>(() => ContentLoader.Load(ContentFiles.Read(folder))).Problems, p => p.Message.Contains("a cycle between derived facts", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hard_text_for_patients_is_refused()
    {
        Replace("drugs/classes.yaml", "Cytokines are proteins that immune cells make", "Cytokines constitute immunomodulatory polypeptide intercellular communication intermediaries characteristically synthesised predominantly by lymphohaematopoietic subpopulations and");

        Assert.Contains(Assert.Throws<ContentException>(() => ContentLoader.Load(ContentFiles.Read(folder))).Problems, p => p.Message.Contains("reads at grade", StringComparison.Ordinal));
    }

    [Fact]
    public void A_recommendation_without_a_worked_case_fails_the_check()
    {
        File.AppendAllText(Path.Combine(folder, "editions", "ccs-2017", "other.yaml"), """

            - id: nobody-tried-this
              says: { en: "Tried by nobody.", fr: "Essayé par personne." }
              offer: clinical-trial
              when: >-
                Age > 119
              strength: option
              source: { document: ccs-2017, locator: "nowhere" }
              review: { source: unconfirmed, clinical: none }
            """);
        var files = ContentFiles.Read(folder);

        Assert.Contains(WorkedCases.Run(files, ContentLoader.Load(files)).Failures, f => f.Name == "nobody-tried-this");
    }

    [Fact]
    public void An_edition_past_its_review_date_is_shown_as_expired()
    {
        var edition = Content.Loaded.Catalogue.FindEdition("esmo-2024")!;

        Assert.False(edition.IsExpired(new DateOnly(2026, 11, 23)));
        Assert.True(edition.IsExpired(new DateOnly(2030, 1, 1)));
    }

    private void Replace(string path, string right, string wrong)
    {
        var file = Path.Combine(folder, path);
        var text = File.ReadAllText(file);
        var at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{path} does not hold '{right}'");
        File.WriteAllText(file, string.Concat(text.AsSpan(0, at), wrong, text.AsSpan(at + right.Length)));
    }
}
