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
        foreach (var statement in edition.Statements) document.Entry(0, words.Say("show.statement"), $"{words.In(statement.Says)} [{words.ReviewOf(statement.Review)}]");
        foreach (var rule in edition.Recommendations) Rule(edition, rule);
        return document;
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
        foreach (var part in treatment.Parts)
        {
            var drug = content.Formulary.FindDrug(part.Drug)!;
            var levels = part.Levels.Length > 0 ? "; " + words.Say("show.levels", string.Join(", ", part.Levels.Select(words.Dose))) : "";
            document.Entry(0, words.In(drug.Name), $"{words.Dose(part.Dose)} {words.In(part.Schedule)}{levels} [{words.ReviewOf(part.Review)}]", Tone.Strong);
            document.Entry(1, words.Say("show.drug"), $"{string.Join(", ", drug.Brands)}; {string.Join(", ", drug.Targets)}; {words.In(drug.Plain)}");
        }

        Each("show.monitoring", treatment.Monitoring, m => (words.In(m.What), words.In(m.When), m.Review));
        Each("show.side-effects", treatment.SideEffects, s => (words.In(s.Effect), $"{(s.Any is { } any ? $"{words.Number(any)} %" : "")}{(s.Severe is { } severe ? $" ({words.Say("show.severe", words.Number(severe))})" : "")} {s.Trial}".Trim(), s.Review));
        Each("show.signs", treatment.WarningSigns, s => (words.Say($"urgency.{s.Urgency}"), words.In(s.Sign), s.Review));
        document.Heading(2, words.Say("show.rules"));
        foreach (var edition in content.Catalogue.Editions)
            foreach (var rule in edition.Recommendations.Where(r => r.Treatments.Contains(treatment.Id)))
                document.Entry(0, edition.Id + document.Colon + rule.Id, $"{words.In(rule.Says)} [{words.ReviewOf(rule.Review)}]");
        document.Heading(2, words.Say("why.safety"));
        foreach (var rule in content.Catalogue.SafetyByTreatment[Array.IndexOf(content.Catalogue.Treatments, treatment)])
            document.Entry(0, $"{words.Say($"severity.{rule.SeverityId}")}{document.Colon}{rule.Id}", $"{words.In(rule.Says)} [{words.ReviewOf(rule.Review)}]");
        return document;
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

    private void Each<T>(string heading, T[] items, Func<T, (string Label, string Text, Review Review)> say)
    {
        if (items.Length == 0) return;
        document.Heading(2, words.Say(heading));
        foreach (var item in items)
        {
            var (label, text, review) = say(item);
            document.Entry(0, label, $"{text} [{words.ReviewOf(review)}]");
        }
    }
}
