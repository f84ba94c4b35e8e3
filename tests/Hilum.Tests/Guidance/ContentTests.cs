using System.Security.Cryptography;
using System.Text;
using Hilum.Guidance;
using Hilum.Options;
using Xunit;

namespace Hilum.Tests.Guidance;

/// <summary>The guidance as a whole, and the ways in which it can be wrong.</summary>
public sealed class ContentTests : IDisposable
{
    /// <summary>The treatments that others call by these names; more may be added.</summary>
    private static readonly string[] Vocabulary =
    [
        "sunitinib", "pazopanib", "sorafenib", "axitinib", "cabozantinib", "tivozanib", "temsirolimus", "everolimus", "belzutifan", "nivolumab", "pembrolizumab", "high-dose-interleukin-2", "interferon-alfa",
        "lenvatinib-everolimus", "bevacizumab-interferon", "bevacizumab-erlotinib", "nivolumab-ipilimumab", "pembrolizumab-axitinib", "pembrolizumab-lenvatinib", "nivolumab-cabozantinib", "avelumab-axitinib",
        "toripalimab-axitinib", "belzutifan-lenvatinib", "platinum-gemcitabine", "cytoreductive-nephrectomy", "deferred-cytoreductive-nephrectomy", "metastasectomy", "arterial-embolization", "thermal-ablation",
        "stereotactic-radiotherapy", "stereotactic-radiosurgery", "palliative-radiotherapy", "biopsy", "active-surveillance", "clinical-trial", "supportive-care", "bone-modifying-agent",
    ];

    private readonly Lazy<string> copy = new(Copy);

    /// <summary>A copy of the guidance on disk, made when a test asks for it.</summary>
    private string Folder => copy.Value;

    public void Dispose()
    {
        if (copy.IsValueCreated) Directory.Delete(Folder, recursive: true);
    }

    private static string Copy()
    {
        var folder = Directory.CreateTempSubdirectory("hilum-content-").FullName;
        foreach (var (path, bytes) in Content.Files.Files)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, bytes);
        }

        return folder;
    }

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

        foreach (var file in Directory.GetFiles(Folder, "*.yaml", SearchOption.AllDirectories)) File.WriteAllText(file, File.ReadAllText(file).Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal(Convert.ToHexStringLower(expected.GetHashAndReset()), Content.Files.Sha256);
        Assert.Equal(Content.Files.Sha256, ContentFiles.Read(Folder).Sha256);
    }

    [Fact]
    public void Content_from_the_compiled_file_answers_as_content_from_text()
    {
        var cache = Path.Combine(Folder, "..", Path.GetFileName(Folder) + "-cache");
        try
        {
            var cold = ContentCache.Load(Folder, cache);
            var warm = ContentCache.Load(Folder, cache);

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
        var cache = Path.Combine(Folder, "..", Path.GetFileName(Folder) + "-cache");
        try
        {
            var before = ContentCache.Load(Folder, cache);
            var file = Path.Combine(Folder, "content.yaml");
            var time = File.GetLastWriteTimeUtc(file);
            File.WriteAllText(file, File.ReadAllText(file).Replace("2026.11", "2026.12", StringComparison.Ordinal));
            File.SetLastWriteTimeUtc(file, time);

            Assert.Equal("2026.11", before.Version);
            Assert.Equal("2026.12", ContentCache.Load(Folder, cache).Version);
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    [Fact]
    public void Every_treatment_of_the_vocabulary_is_in_the_catalogue_and_can_be_offered_or_says_why_never()
    {
        Assert.Equal([], Vocabulary.Except(Content.Loaded.Catalogue.Treatments.Select(t => t.Id), StringComparer.Ordinal));
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
    [InlineData("questions.yaml", "- id:", "- no\0body: x\n- id:", "a NUL character cannot stand in a text")]
    [InlineData("treatments/sunitinib.yaml", "  en: >-\n", "  en: >-\n    It helped 42 percent of people.\n", "the figure '42 percent' stands in a text for patients")]
    [InlineData("treatments/sunitinib.yaml", "  fr: >-\n", "  fr: >-\n    Les gens vivent 31 mois.\n", "the figure '31 mois' stands in a text for patients")]
    [InlineData("drugs/classes.yaml", "Cytokines are", "In 3 of 100 people cytokines are", "the figure '3 of 100' stands in a text for patients")]
    [InlineData("questions.yaml", "39.8%", "39.85%", "the figure '39.85' stands in no record")]
    [InlineData("questions.yaml", "39,8 %", "39,85 %", "the figure '39,85' stands in no record")]
    [InlineData("editions/esmo-2024/edition.yaml", "    says:\n      en: >-\n", "    says:\n      en: >-\n        A 12.34 fold gain.\n", "the figure '12.34' stands in no record")]
    [InlineData("editions/esmo-2024/edition.yaml", "statements:\n  - id", "statements:\n  - evidence: [nope]\n    id", "'nope' is not a trial of evidence/")]
    [InlineData("evidence/clear.yaml", "level: 95", "leven: 95", "an interval needs its level")]
    [InlineData("evidence/clear.yaml", "level: 95", "superseded-by: never\n    level: 95", "'never' is not the cut of another result")]
    [InlineData("treatments/cabozantinib.yaml", "trial: meteor", "trial: meteorr", "'meteorr' is not a trial of evidence/")]
    [InlineData("treatments/cabozantinib.yaml", "    trial: meteor\n", "", "'trial' is missing")]
    [InlineData("treatments/cabozantinib.yaml", "any: 74", "any: 740", "must be a percentage from 0 to 100")]
    [InlineData("treatments/cabozantinib.yaml", "severe: 11", "severe: 99", "more people with a severe effect than with any")]
    [InlineData("treatments/cabozantinib.yaml", "country: CA", "country: XX", "'XX' is not a value of country")]
    [InlineData("treatments/cabozantinib.yaml", "country: CA", "country: US", "US stands twice")]
    [InlineData("treatments/cabozantinib.yaml", "date: \"2018\"", "date: soon", "must be the date as of which this is known")]
    [InlineData("treatments/cabozantinib.yaml", "source: label-cabozantinib-ca }", "note: x }", "'source' is missing")]
    [InlineData("treatments/cabozantinib.yaml", ", locator: \"dose and dose reduction, tablets alone\"", "", "'locator' is missing")]
    [InlineData("treatments/cabozantinib.yaml", "clinical: none", "clinical: { by: Somebody, date: yesterday }", "'yesterday' must be a day")]
    [InlineData("treatments/sunitinib.yaml", "asks-of-life:", "asks_of_life:", "'asks-of-life' is missing")]
    [InlineData("safety/medicines.yaml", "names: [ketoconazole,", "names: [clarithromycin,", "'clarithromycin' stands for clarithromycin and for ketoconazole")]
    [InlineData("safety/medicines.yaml", "names: [ketoconazole,", "names: [~, \"\",", "an empty word stands in 'names'")]
    [InlineData("safety/medicines.yaml", "names: [ketoconazole, kétoconazole, Nizoral]", "names: []", "'names' must list at least one name")]
    [InlineData("facts/fitness.yaml", "- id:", "- source: { document: nonsense, locator: here }\n  id:", "'nonsense' is not a document")]
    [InlineData("facts/laboratory.yaml", "thresholds:", "thresholds: many\n  notes:", "'thresholds' must be a list")]
    [InlineData("facts/therapy.yaml", "guarded-by: adjuvant-immunotherapy", "guarded-by: adjuvant-imunotherapy imm", "unexpected")]
    [InlineData("facts/tumour.yaml", "{ code: T2,", "{ code: T1,", "the value 'T1' stands twice")]
    [InlineData("risk/imdc.yaml", "when: >-\n", "source: { document: nonsense, locator: here }\n    when: >-\n", "'nonsense' is not a document")]
    [InlineData("editions/ccs-2017/systemic.yaml", "offer: sunitinib", "offer: sunitinob", "did you mean sunitinib?")]
    [InlineData("editions/ccs-2017/systemic.yaml", "strength: preferred", "strenght: preferred", "'strenght' is not known here; did you mean strength?")]
    [InlineData("editions/ccs-2017/systemic.yaml", "when: >-\n", "when: ~\n  note: >-\n", "'when' is empty")]
    public void A_mistake_is_named_with_its_file_and_line(string path, string right, string wrong, string message)
    {
        var problems = Assert.Throws<ContentException>(() => ContentLoader.Load(With(path, right, wrong))).Problems;

        Assert.Contains(problems, p => p.Message.Contains(message, StringComparison.Ordinal));
        Assert.Contains(problems, p => p.File == path && p.Line > 0 && p.Column > 0);
    }

    [Theory]
    [InlineData("edition/new.yaml", "- id: something", "nothing reads this file")]
    [InlineData("editions/new/systemic.yaml", "- id: something", "nothing reads this file")]
    [InlineData("editions/ccs-2017/systemic.yml", "- id: something", "guidance files end in .yaml")]
    [InlineData("notes/today.yaml", "a: [", "this is not YAML")]
    [InlineData("editions/ccs-2017/systemic.YAML", "- id: something", "guidance files end in .yaml")]
    [InlineData("editions/ccs-2017/systemic.yaml.txt", "- id: something", "guidance files end in .yaml")]
    [InlineData("editions/ccs-2017/systemic", "- id: something", "nothing reads this file")]
    [InlineData("editions/ccs-2017/sistemic.cases.yaml", "- name: something", "there is no editions/ccs-2017/sistemic.yaml")]
    [InlineData("editions/ccs-2017/more.yaml", "# to be written", "nothing stands in this file")]
    public void A_file_that_would_be_left_out_is_named(string path, string text, string message)
    {
        Directory.CreateDirectory(Path.Combine(Folder, Path.GetDirectoryName(path)!));
        File.WriteAllText(Path.Combine(Folder, path), text);

        var problems = Assert.Throws<ContentException>(() => ContentLoader.Load(ContentFiles.Read(Folder))).Problems;

        Assert.Contains(problems, p => p.File == path && p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("questions.yaml")]
    [InlineData("survival.yaml")]
    [InlineData("drugs/classes.yaml")]
    [InlineData("safety/urgent.yaml")]
    [InlineData("facts/consistency.yaml")]
    [InlineData("facts/fallback-limits.yaml")]
    public void What_stands_twice_is_named(string path)
    {
        var file = Path.Combine(Folder, path);
        File.AppendAllText(file, File.ReadAllText(file));

        Assert.Contains(Problems(), p => p.File == path && p.Message.EndsWith("stands twice", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("drugs/sunitinib.yaml", "drugs/more/sunitinib.yaml")]
    [InlineData("treatments/sunitinib.yaml", "treatments/more/sunitinib.yaml")]
    [InlineData("risk/imdc.yaml", "risk/more.yaml")]
    public void A_file_that_stands_twice_is_named(string path, string again)
    {
        Directory.CreateDirectory(Path.Combine(Folder, Path.GetDirectoryName(again)!));
        File.Copy(Path.Combine(Folder, path), Path.Combine(Folder, again));

        Assert.Contains(Problems(), p => (p.File == path || p.File == again) && p.Message.EndsWith("stands twice", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("questions.yaml")]
    [InlineData("plans.yaml")]
    [InlineData("survival.yaml")]
    [InlineData("safety/urgent.yaml")]
    [InlineData("facts/scope.yaml")]
    public void A_file_without_which_an_answer_would_lack_something_is_missed(string path)
    {
        File.Delete(Path.Combine(Folder, path));

        Assert.Contains(Problems(), p => p.File == path && p.Message == "this file is missing");
    }

    [Fact]
    public void A_text_in_another_encoding_is_refused_and_not_shown_with_holes_in_it()
    {
        var file = Path.Combine(Folder, "treatments", "sunitinib.yaml");
        File.WriteAllBytes(file, Encoding.Latin1.GetBytes(File.ReadAllText(file)));

        var refused = Assert.Throws<ContentException>(() => ContentLoader.Load(ContentFiles.Read(Folder)));

        Assert.Contains(refused.Problems, p => p.File == "treatments/sunitinib.yaml" && p.Line > 1 && p.Message.Contains("this is not UTF-8", StringComparison.Ordinal));
        Assert.Equal(["treatments/sunitinib.yaml"], refused.Unreadable);
    }

    [Fact]
    public void The_mark_and_the_line_ends_of_another_editor_change_no_answer_and_no_place()
    {
        var file = Path.Combine(Folder, "editions", "ccs-2017", "systemic.yaml");
        File.WriteAllText(file, File.ReadAllText(file).ReplaceLineEndings("\r\n"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Empty(WorkedCases.Run(Content.Files, ContentLoader.Load(ContentFiles.Read(Folder)), edition: Content.Loaded.Catalogue.FindEdition("ccs-2017")).Failures);

        Replace("editions/ccs-2017/systemic.yaml", "Line = 1", "Lime = 1");
        var problem = Assert.Single(Problems());
        Assert.StartsWith("Lime", File.ReadAllLines(file)[problem.Line - 1][(problem.Column - 1)..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_not_followed_by_what_it_would_have_held()
    {
        File.WriteAllText(Path.Combine(Folder, "editions", "ccs-2017", "systemic.yaml"), "- id: [");

        Assert.Equal(["editions/ccs-2017/systemic.yaml"], Problems().Select(p => p.File));
    }

    [Fact]
    public void A_huge_file_is_refused_before_it_is_read()
    {
        using (var file = File.Create(Path.Combine(Folder, "editions", "huge.yaml"))) file.SetLength(1L << 32);

        Assert.Contains(Problems(), p => p.File == "editions/huge.yaml" && p.Message.Contains("are read", StringComparison.Ordinal));
    }

    [Fact]
    public void The_problems_are_the_same_each_time_whichever_thread_read_the_files()
    {
        foreach (var path in new[] { "editions/ccs-2017/systemic.yaml", "safety/fitness.yaml", "evidence/clear.yaml", "sources/evidence.yaml" }) Replace(path, "- ", "- again: 1\n  again: 2\n  ");
        var first = Problems();

        for (var i = 0; i < 10; i++) Assert.Equal(first, Problems());
    }

    [Theory]
    [InlineData("expect:", "expect:\n    sunitinob: option", "'sunitinob' is not a treatment, nor another thing that a case can expect; did you mean sunitinib?")]
    [InlineData("expect:", "expect:\n    statements: [nope]", "statements: there is none of the name 'nope'")]
    [InlineData("expect:", "expect:\n    no-statements: [nope]", "no-statements: there is none of the name 'nope'")]
    [InlineData("expect:", "expect:\n    no-questions: [nope]", "no-questions: there is none of the name 'nope'")]
    [InlineData("expect:", "expect:\n    not-missing: [karnofski]", "not-missing: 'karnofski' is not a fact")]
    [InlineData("expect:", "expect:\n    missing: [karnofski]", "missing: 'karnofski' is not a fact")]
    [InlineData("expect:", "expect:\n    safety: { sunitinib: [nope] }", "sunitinib: 'nope' is not a safety rule")]
    [InlineData("expect:", "expect:\n    safety: nope", "safety: a treatment and its rules were expected")]
    [InlineData("expect:", "expect:\n    sunitinib: splendid", "sunitinib: 'splendid' is not a status: preferred, recommended")]
    [InlineData("expect:", "expect: {}\n  other:", "a case needs facts and expect")]
    [InlineData("- name:", "- nom:", "a case needs a name")]
    [InlineData("- name:", "- as-of: yesterday\n  name:", "as-of: 'yesterday' is not a day")]
    [InlineData("- name:", "- accept-limits: nope\n  name:", "accept-limits: 'nope' is not a set of limits")]
    [InlineData("- name:", "- expect: {}\n  name:", "'expect' stands twice")]
    [InlineData("  facts:", "  facts:\n    karnofski: 90", "'karnofski' is not a fact; did you mean karnofsky?")]
    public void A_mistake_in_a_worked_case_fails_it(string right, string wrong, string message)
    {
        var failures = WorkedCases.Run(With("editions/ccs-2017/systemic.cases.yaml", right, wrong), Content.Loaded, edition: Content.Loaded.Catalogue.FindEdition("ccs-2017")).Failures;

        Assert.Contains(failures, f => f.File == "editions/ccs-2017/systemic.cases.yaml" && f.Line > 0 && f.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_of_cases_that_holds_none_fails()
    {
        File.WriteAllText(Path.Combine(Folder, "safety", "fitness.cases.yaml"), "# later\n");

        Assert.Contains(WorkedCases.Run(ContentFiles.Read(Folder), Content.Loaded).Failures, f => f.File == "safety/fitness.cases.yaml");
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        Replace("editions/ccs-2017/systemic.yaml", "Line = 1", "Lime = 1");
        Replace("drugs/sunitinib.yaml", "route: oral", "rout: oral");
        Replace("risk/imdc.yaml", "KarnofskyBelow80", "Karnofsky <");

        var problems = Assert.Throws<ContentException>(() => ContentLoader.Load(ContentFiles.Read(Folder))).Problems;

        Assert.Equal(["drugs/sunitinib.yaml", "editions/ccs-2017/systemic.yaml", "risk/imdc.yaml"], problems.Select(p => p.File).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_mistake_in_a_folded_condition_is_named_by_its_own_line_and_column()
    {
        Replace("editions/ccs-2017/systemic.yaml", "    Line = 1", "    Line = 1 and\n    Histologie = 'clear-cell'");

        var problem = Assert.Single(Assert.Throws<ContentException>(() => ContentLoader.Load(ContentFiles.Read(Folder))).Problems);

        var line = File.ReadAllLines(Path.Combine(Folder, problem.File))[problem.Line - 1];
        Assert.StartsWith("Histologie", line[(problem.Column - 1)..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_between_derived_facts_is_refused()
    {
        Replace("facts/tumour.yaml", "if MCategory = 'M1' or not (MetastaticSites included in { 'lymph-node', 'local-recurrence' }) then 'IV' else null", "if Metastatic then 'IV' else null");

        Assert.Contains(Assert.Throws<ContentException>(() => ContentLoader.Load(ContentFiles.Read(Folder))).Problems, p => p.Message.Contains("a cycle between derived facts", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hard_text_for_patients_is_refused()
    {
        Replace("drugs/classes.yaml", "Cytokines are proteins that immune cells make", "Cytokines constitute immunomodulatory polypeptide intercellular communication intermediaries characteristically synthesised predominantly by lymphohaematopoietic subpopulations and");

        Assert.Contains(Assert.Throws<ContentException>(() => ContentLoader.Load(ContentFiles.Read(Folder))).Problems, p => p.Message.Contains("reads at grade", StringComparison.Ordinal));
    }

    [Fact]
    public void A_recommendation_without_a_worked_case_fails_the_check()
    {
        File.AppendAllText(Path.Combine(Folder, "editions", "ccs-2017", "other.yaml"), """

            - id: nobody-tried-this
              says: { en: "Tried by nobody.", fr: "Essayé par personne." }
              offer: clinical-trial
              when: >-
                Age > 119
              strength: option
              source: { document: ccs-2017, locator: "nowhere" }
              review: { source: unconfirmed, clinical: none }

            - id: nobody-expects-this
              says: { en: "Expected by nobody.", fr: "Attendu par personne." }
              offer: biopsy
              when: >-
                Stage = 'IV'
              strength: option
              source: { document: ccs-2017, locator: "nowhere" }
              review: { source: unconfirmed, clinical: none }
            """);
        var files = ContentFiles.Read(Folder);

        var content = ContentLoader.Load(files);
        Assert.Equal(["nobody-tried-this", "nobody-expects-this"], WorkedCases.Run(files, content, edition: content.Catalogue.FindEdition("ccs-2017")).Failures.Select(f => f.Name));
    }

    [Fact]
    public void An_edition_past_its_review_date_is_shown_as_expired()
    {
        var edition = Content.Loaded.Catalogue.FindEdition("esmo-2024")!;

        Assert.False(edition.IsExpired(new DateOnly(2026, 11, 23)));
        Assert.True(edition.IsExpired(new DateOnly(2030, 1, 1)));
    }

    private IReadOnlyList<ContentProblem> Problems() => Assert.Throws<ContentException>(() => ContentLoader.Load(ContentFiles.Read(Folder))).Problems;

    private void Replace(string path, string right, string wrong) => File.WriteAllText(Path.Combine(Folder, path), Replaced(File.ReadAllText(Path.Combine(Folder, path)), path, right, wrong));

    private static ContentFiles With(string path, string right, string wrong) => Content.Files.With(path, Replaced(Content.Files.Text(path), path, right, wrong));

    private static string Replaced(string text, string path, string right, string wrong)
    {
        var at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{path} does not hold '{right}'");
        return string.Concat(text.AsSpan(0, at), wrong, text.AsSpan(at + right.Length));
    }
}
