using Hilum.Guidance;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Answers;

/// <summary>Prints guidance in sentences that a clinician can read and sign: an edition, a treatment, or one rule.</summary>
/// <param name="content">The guidance.</param>
/// <param name="patient">A patient of whom nothing is known.</param>
/// <param name="words">Its words, over that patient.</param>
public sealed class GuidanceDocument(GuidanceContent content, Facts.Case patient, Sentences words)
{
    private readonly Document document = new(words.Say("list.colon"));

    /// <summary>What there is.</summary>
    public Document List()
    {
        document.Heading(1, words.Say("show.title", content.Version));
        document.Heading(2, words.Say("show.editions"));
        foreach (var edition in content.Catalogue.Editions)
            document.Entry(0, edition.Id, $"{words.In(edition.Title)} ({edition.Publisher}, {edition.Published}; {words.Say($"edition.{edition.Kind.ToString().ToLowerInvariant()}")}, {words.Say($"edition.{edition.Status}")}; {words.Say("show.count", edition.Recommendations.Length)})");
        document.Heading(2, words.Say("show.trials"));
        foreach (var trial in content.Trials) document.Entry(0, trial.Id, $"{words.In(trial.Name)}, {words.In(trial.Design)}");
        document.Heading(2, words.Say("show.treatments"));
        foreach (var treatment in content.Catalogue.Treatments) document.Entry(0, treatment.Id, $"{words.In(treatment.Name)} ({words.Say($"kind.{treatment.Kind}")})");
        return document;
    }

    /// <summary>An edition, a treatment, a trial or a rule by id; null when there is none.</summary>
    public Document? Show(string id)
    {
        if (content.Catalogue.FindEdition(id) is { } edition) return Show(edition);
        if (content.Catalogue.Find(id) is { } treatment) return Show(treatment);
        if (content.FindTrial(id) is { } trial) return Show(trial);
        var rules = content.Catalogue.Editions.SelectMany(e => e.Recommendations.Where(r => r.Id == id).Select(r => (e, r))).ToList();
        foreach (var (of, rule) in rules) Rule(of, rule);
        foreach (var rule in content.Catalogue.SafetyRules.Where(r => r.Id == id)) Safety(rule);
        return document.Blocks.Count > 0 ? document : null;
    }

    private Document Show(Edition edition)
    {
        document.Heading(1, words.In(edition.Title));
        document.Paragraph($"{edition.Publisher}, {edition.Published}; {words.Say($"edition.{edition.Kind.ToString().ToLowerInvariant()}")}, {words.Say($"edition.{edition.Status}")}");
        if (!edition.Note.IsEmpty) document.Paragraph(words.In(edition.Note));
        document.Entry(0, words.Say("show.scope"), words.Whole(edition.Scope));
        if (edition.ReviewBy < DateOnly.MaxValue) document.Entry(0, words.Say("show.review-by"), $"{edition.ReviewBy:yyyy-MM-dd}");
        foreach (var statement in edition.Statements) Said(statement);
        foreach (var rule in edition.Recommendations) Rule(edition, rule);
        return document;
    }

    private void Said(Statement statement)
    {
        document.Entry(0, words.Say("show.statement"), $"{words.In(statement.Says)} [{words.ReviewOf(statement.Review)}]");
        if (statement.When is { } when) document.Entry(1, words.Say("show.when"), words.Whole(when));
        if (statement.Unless is { } unless) document.Entry(1, words.Say("show.unless"), words.Whole(unless));
        document.Entry(1, words.Say("why.source"), words.SourceOf(statement.Source));
        document.Entry(1, words.Say("show.file"), $"guidance/{statement.Place}", Tone.Quiet);
    }

    private void Rule(Edition edition, Recommendation rule)
    {
        document.Heading(2, $"{edition.Id}: {rule.Id}");
        document.Paragraph(words.In(rule.Says));
        document.Entry(0, words.Say(rule.Against ? "show.against" : "show.offers"), $"{string.Join(", ", rule.Treatments.Select(words.Name))}{(rule.Against ? "" : $"{document.Colon}{words.Say($"status.{rule.Strength.Id()}")}")}{(rule.Grade is { } grade ? $" ({words.Say("plan.grade", words.Grade(grade))})" : "")}");
        document.Entry(0, words.Say("show.when"), words.Whole(rule.When));
        if (!rule.Because.IsEmpty) document.Entry(0, words.Say("plan.why"), words.In(rule.Because));
        if (!rule.Note.IsEmpty) document.Entry(0, words.Say("plan.note"), words.In(rule.Note));
        if (rule.Evidence.Length > 0) document.Entry(0, words.Say("why.evidence"), string.Join(", ", rule.Evidence));
        document.Entry(0, words.Say("why.source"), words.SourceOf(rule.Source));
        document.Entry(0, words.Say("show.review"), words.ReviewOf(rule.Review));
        document.Entry(0, words.Say("show.file"), $"guidance/{rule.Place}", Tone.Quiet);
    }

    private void Safety(SafetyRule rule)
    {
        document.Heading(2, rule.Id);
        document.Paragraph(words.In(rule.Says));
        document.Entry(0, words.Say("show.concerns"), string.Join(", ", Concerned(rule)));
        document.Entry(0, words.Say("show.severity"), words.Say($"severity.{rule.SeverityId}"));
        document.Entry(0, words.Say("show.when"), words.Whole(rule.When));
        if (rule.Unless is { } unless) document.Entry(0, words.Say("show.unless"), words.Whole(unless));
        if (!rule.Override.IsEmpty) document.Entry(0, words.Say("safety.override"), words.In(rule.Override));
        document.Entry(0, words.Say("why.source"), words.SourceOf(rule.Source));
        document.Entry(0, words.Say("show.review"), words.ReviewOf(rule.Review));
        document.Entry(0, words.Say("show.file"), $"guidance/{rule.Place}", Tone.Quiet);
    }

    private IEnumerable<string> Concerned(SafetyRule rule) =>
        rule.Drugs.Select(id => content.Formulary.FindDrug(id) is { } drug ? words.In(drug.Name) : id)
            .Concat(rule.Classes.Select(id => Array.Find(content.Formulary.Classes, c => c.Id == id) is { } found ? words.In(found.Name) : id))
            .Concat(rule.Treatments.Select(words.Name))
            .Concat(rule.Kinds.Select(kind => words.Say($"kind.{kind}")));

    private Document Show(Treatment treatment)
    {
        document.Heading(1, words.In(treatment.Name));
        document.Paragraph($"{words.Say($"kind.{treatment.Kind}")} [{words.ReviewOf(treatment.Review)}]");
        document.Paragraph(words.In(treatment.Plain));
        if (!treatment.AsksOfLife.IsEmpty) document.Paragraph(words.In(treatment.AsksOfLife));
        if (!treatment.NeverOffered.IsEmpty) document.Paragraph(words.In(treatment.NeverOffered));
        foreach (var part in treatment.Parts) Show(part);
        if (treatment.Also.Length > 0) document.Entry(0, words.Say("show.also"), string.Join(", ", treatment.Also));
        document.Entry(0, words.Say("why.source"), words.SourceOf(treatment.Source));
        Each("show.monitoring", treatment.Monitoring, m => (words.In(m.What), words.In(m.When), m.Source, m.Review));
        Each("show.side-effects", treatment.SideEffects, s => (words.In(s.Effect), Frequency(s), s.Source, s.Review));
        Each("show.signs", treatment.WarningSigns, s => (words.Say($"urgency.{s.Urgency}"), words.In(s.Sign), s.Source, s.Review));
        document.Heading(2, words.Say("plan.availability"));
        foreach (var country in content.Facts["country"].Values.Where(v => v.Code != "OTHER"))
        {
            var known = Array.Find(treatment.Availability, a => a.Country == country.Code);
            document.Entry(0, words.In(country.Label), known is null ? words.Say("show.none") : words.Say("show.available", words.Say($"available.{known.Approved}"), words.Say($"available.{known.Funded}"), known.Date));
            if (content.FindSource(known?.Source ?? "") is { } source) document.Entry(1, words.Say("why.source"), source.Title);
        }

        document.Heading(2, words.Say("show.rules"));
        foreach (var edition in content.Catalogue.Editions)
            foreach (var rule in edition.Recommendations.Where(r => r.Treatments.Contains(treatment.Id)))
                document.Entry(0, edition.Id + document.Colon + rule.Id, $"{words.In(rule.Says)} [{words.ReviewOf(rule.Review)}]");
        document.Heading(2, words.Say("why.safety"));
        foreach (var rule in content.Catalogue.SafetyByTreatment[Array.IndexOf(content.Catalogue.Treatments, treatment)])
            document.Entry(0, $"{words.Say($"severity.{rule.SeverityId}")}{document.Colon}{rule.Id}", $"{words.In(rule.Says)} [{words.ReviewOf(rule.Review)}]");
        return document;
    }

    /// <summary>A drug with the dose of this regimen, and what is known of the drug itself. What is not known is said.</summary>
    private void Show(TreatmentPart part)
    {
        var drug = content.Formulary.FindDrug(part.Drug)!;
        var kind = Array.Find(content.Formulary.Classes, c => c.Id == drug.Class)!;
        var dose = part.Dose.Length > 0 ? words.Dose(part.Dose) : words.Say("show.dose-unknown");
        var levels = part.Levels.Length > 0 ? words.Say("show.levels", string.Join(", ", part.Levels.Select(words.Dose))) : words.Say("show.levels-none");
        document.Entry(0, words.In(drug.Name), $"{dose} {words.Say($"route.{part.Route}")}, {words.In(part.Schedule)}; {levels} [{words.ReviewOf(part.Review)}]", Tone.Strong);
        document.Entry(1, words.Say("why.source"), words.SourceOf(part.Source));
        document.Entry(1, words.Say("show.drug"), $"{words.In(drug.Plain)} [{words.ReviewOf(drug.Review)}]");
        document.Entry(1, words.Say("show.class"), $"{words.In(kind.Name)}. {words.In(kind.Plain)}");
        document.Entry(1, words.Say("show.targets"), Known(drug.Targets));
        document.Entry(1, words.Say("show.brands"), Known(drug.Brands));
        document.Entry(1, "RxNorm", Known(drug.RxNorm));
        document.Entry(1, "ATC", Known(drug.Atc));
    }

    private string Known(string[] names) => names.Length > 0 ? string.Join(", ", names) : words.Say("value.unknown");

    private string Frequency(SideEffect effect)
    {
        if (effect is { Any: null, Severe: null }) return words.Say("show.frequency-unknown");
        var any = effect.Any is { } all ? $"{words.Number(all)} %" : "";
        var severe = effect.Severe is { } hard ? $"({words.Say("show.severe", words.Number(hard))})" : "";
        return string.Join(' ', new[] { any, severe, effect.Trial is { } id && content.FindTrial(id) is { } trial ? words.In(trial.Name) : "" }.Where(t => t.Length > 0));
    }

    private Document Show(Evidence.Trial trial)
    {
        var evidence = new EvidenceText(patient, words);
        document.Heading(1, evidence.Title(trial));
        if (trial.Registry is not null) document.Paragraph(trial.Registry);
        document.Entry(0, words.Say("show.population"), words.In(trial.Population));
        foreach (var caution in trial.Cautions) document.Entry(0, words.Say("show.cautions"), words.In(caution), Tone.Alert);
        foreach (var result in trial.Results)
            document.Entry(0, "", evidence.Figure(trial, result) + (result.SupersededBy is { } newer ? $" ({words.Say("show.superseded", words.Cut(newer))})" : ""), result.IsLive ? Tone.Plain : Tone.Quiet);
        document.Entry(0, words.Say("why.source"), words.SourceOf(trial.Source));
        return document;
    }

    /// <summary>A part of a treatment; that nothing is recorded is said, and not left to be guessed.</summary>
    private void Each<T>(string heading, T[] items, Func<T, (string Label, string Text, Citation Source, Review Review)> say)
    {
        document.Heading(2, words.Say(heading));
        if (items.Length == 0) document.Paragraph(words.Say("show.none"));
        foreach (var item in items)
        {
            var (label, text, source, review) = say(item);
            document.Entry(0, label, $"{text} [{words.ReviewOf(review)}]");
            document.Entry(1, words.Say("why.source"), words.SourceOf(source));
        }
    }
}
