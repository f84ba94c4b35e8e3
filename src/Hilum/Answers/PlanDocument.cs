using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Risk;

namespace Hilum.Answers;

/// <summary>What can be said of one option, apart from the others.</summary>
public enum OptionPart : byte
{
    /// <summary>Its drugs and their doses.</summary>
    Dose,

    /// <summary>What each edition says, and why it fits or does not.</summary>
    Editions,

    /// <summary>The trials behind it, and whether the patient is like those studied.</summary>
    Evidence,

    /// <summary>Safety rules that apply or must be checked first.</summary>
    Safety,

    /// <summary>What is still open about it.</summary>
    Open,

    /// <summary>Why it is not offered.</summary>
    NotOffered,
}

/// <summary>
/// Writes the answer of <c>plan</c> for a tumour board: what is urgent, the risk, the options with their reasons in one line each and what is
/// missing, all on the first screen; then the details. What would stand there many times stands once; <c>why</c> and the JSON hold all of it.
/// </summary>
/// <param name="assessment">The answer.</param>
/// <param name="words">Its words.</param>
public sealed class PlanDocument(Assessment assessment, Sentences words)
{
    private readonly Document document = new(words.Say("list.colon"));
    private readonly EvidenceText evidence = new(assessment.Case, words);

    /// <summary>Trials already shown, and under which treatment; null where one option is shown apart from the others.</summary>
    private Dictionary<string, string>? shown;

    /// <summary>What to watch, and on which treatments; null where one option is shown apart from the others.</summary>
    private SortedDictionary<string, List<string>>? watched;

    /// <summary>Writes it.</summary>
    public Document Write()
    {
        (shown, watched) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        var patient = assessment.Case;
        document.Heading(1, words.Say("plan.title", patient.PatientId.Length == 0 ? words.Say("plan.no-id") : patient.PatientId, patient.AsOf.ToString("yyyy-MM-dd")));
        document.Paragraph(words.Say("plan.banner"), Tone.Alert);
        foreach (var edition in assessment.Editions.Where(e => e.Kind is EditionKind.Historical)) document.Paragraph(words.Say("plan.historical", edition.Id, edition.Published), Tone.Alert);
        Urgent();
        document.Paragraph($"{words.Say("plan.scope")} {words.Say(assessment.Scope switch { Truth.True => "scope.in", Truth.False => "scope.outside", _ => "scope.unknown" })}. {words.In(assessment.ScopeBecause)}");
        if (assessment.Scope is not Truth.False)
        {
            Glance();
            Current();
            Missing();
            RiskDocument.Add(document, assessment, words, survival: false);
            Options();
            Watch();
            Questions();
            Statements();
        }

        Attention();
        Basis();
        return document;
    }

    /// <summary>One part of what is said of one option, in the same words as in the whole answer.</summary>
    public Document Of(Option option, OptionPart part)
    {
        switch (part)
        {
            case OptionPart.Dose: Dose(option); break;
            case OptionPart.Editions: Editions(option); break;
            case OptionPart.Evidence: Evidence(option); break;
            case OptionPart.Safety: Safety(option); break;
            case OptionPart.Open: Open(option); break;
            case OptionPart.NotOffered: NotOffered(option); break;
        }

        return document;
    }

    /// <summary>The answer on one screen.</summary>
    private void Glance()
    {
        document.Heading(2, words.Say("plan.glance"));
        foreach (var risk in assessment.Risk) document.Entry(0, words.In(risk.Model.Name), RiskDocument.Groups(risk, words), Tone.Strong);
        if (NotUsed.Unread(assessment.Case.NotUsed) is { } unread) document.Entry(0, "", words.In(unread), Tone.Alert);
        var offered = Of(o => o.Standing.IsOffered());
        foreach (var found in SpeakingAgainst(offered)) document.Entry(0, words.Say("plan.speaks-against", found.Count(), offered.Count), words.In(found.First().Rule.Says), Tone.Alert);
        var shared = SharedChecks(offered);
        if (shared.Count > 0)
            document.Entry(0, words.Say("plan.to-check.shared"), string.Join("; ", shared.Select(c => words.Say("plan.to-check.shared.one", c.Key, c.Count(), offered.Count))), Tone.Strong);
        document.Entry(0, $"{words.Say("plan.offered")} ({offered.Count})", offered.Count == 0 ? words.Say("plan.offered.none") : "", Tone.Strong);
        var above = shared.Select(c => c.Key).ToList();
        foreach (var option in offered) document.Entry(1, words.In(option.Treatment.Name), InOneLine(option, above), Tone.Strong);
        Names("plan.contraindicated", Of(o => o.Standing is Standing.Contraindicated), Tone.Alert);
        Names("plan.needs", Of(o => o.Standing is Standing.NeedsInformation), Tone.Plain);
        Names("plan.not-recommended", Of(o => o.Standing is Standing.NotRecommended && !o.PerhapsAgainst), Tone.Plain);
        Names("plan.perhaps-against", Of(o => o.PerhapsAgainst), Tone.Plain);
        if (assessment.Missing.Count > 0)
            document.Entry(0, words.Say("plan.missing"), string.Join("; ", assessment.Missing.Take(MostAtAGlance).Select(m => words.Label(m.Fact))) + (assessment.Missing.Count > MostAtAGlance ? " …" : ""), Tone.Strong);
        document.Paragraph(words.Say("plan.see-why"), Tone.Quiet);
    }

    /// <summary>What speaks against several of the options at once, and against how many: it must be seen before them. What asks a question comes first.</summary>
    private IEnumerable<IGrouping<string, SafetyFinding>> SpeakingAgainst(List<Option> offered) => offered
        .SelectMany(o => o.Safety).Where(s => s.State is Truth.True && s.Rule.Severity is Severity.Avoid).GroupBy(s => s.Rule.Id, StringComparer.Ordinal)
        .Where(g => g.Count() > 1).OrderByDescending(g => g.Count()).ThenBy(g => g.First().Rule.Unless?.Evaluate(assessment.Case.Possible) is Truth.Undecided ? 0 : 1).ThenBy(g => g.Key, StringComparer.Ordinal).Take(MostAgainst);

    /// <summary>What could forbid three or more of the options, and at least half of those that anything unknown could forbid: it is said once, before them.</summary>
    private List<IGrouping<string, string>> SharedChecks(List<Option> offered)
    {
        var checks = offered.Select(o => ToCheck(o, Severity.Contraindicated).ToList()).Where(c => c.Count > 0).ToList();
        return [.. checks.SelectMany(c => c).GroupBy(c => c, StringComparer.Ordinal).Where(g => g.Count() >= 3 && g.Count() * 2 >= checks.Count)
            .OrderByDescending(g => g.Count()).ThenBy(g => Sentences.Alphabetical(g.Key), StringComparer.Ordinal)];
    }

    private const int MostAgainst = 3;
    private const int MostAtAGlance = 5;
    private const int MostToCheck = 3;
    private const int MostToWeigh = 2;

    private List<Option> Of(Func<Option, bool> which) => [.. words.InOrder(assessment.Options.Where(which))];

    private void Names(string key, List<Option> options, Tone tone)
    {
        if (options.Count > 0) document.Entry(0, $"{words.Say(key)} ({options.Count})", string.Join(", ", options.Select(o => words.In(o.Treatment.Name))), tone);
    }

    /// <summary>Status, who offers it, what the safety rules say to avoid, the clauses for which the strongest offer fits this patient, and what to check first.</summary>
    /// <param name="option">The option.</param>
    /// <param name="above">What to check that was said before the options: an option that hangs on all of it points there.</param>
    private string InOneLine(Option option, List<string> above)
    {
        var offering = option.Editions.Where(e => !e.Silent && e.Standing.IsOffered()).OrderBy(e => e.Edition.Kind is EditionKind.Funding ? 1 : 0).ThenBy(e => (int)e.Standing).ToList();
        var by = string.Join("; ", offering.Select(OfferedBy));
        var fits = offering.Count > 0 && offering[0].Recommendation is { } rule
            ? string.Join("; ", words.Holding(rule.When).Take(3)) : "";
        var forbid = ToCheck(option, Severity.Contraindicated).ToList();
        var against = ToCheck(option, Severity.Avoid).Except(forbid, StringComparer.Ordinal).ToList();
        return string.Join(". ", new[]
        {
            words.Status(option, by).TrimEnd('.'),
            fits,
            forbid.Count == 0 ? "" : words.Say("plan.to-check.forbid", above.Count > 0 && above.TrueForAll(forbid.Contains)
                ? string.Join("; ", new[] { words.Say("plan.to-check.above"), Some([.. forbid.Except(above, StringComparer.Ordinal)], MostToCheck) }.Where(t => t.Length > 0))
                : Some(forbid, MostToCheck)),
            against.Count == 0 ? "" : words.Say("plan.to-check.against", Some(against, MostToWeigh)),
        }.Where(s => s.Length > 0));
    }

    /// <summary>An edition with its grade; one that decides on money is said to pay, not to recommend, and under which scheme when it is not the ordinary one.</summary>
    private string OfferedBy(EditionStanding standing)
    {
        var grade = standing.Recommendation?.Grade is { } given ? words.Grade(given) : "";
        if (standing.Edition.Kind is not EditionKind.Funding) return $"{Name(standing.Edition)} {grade}".TrimEnd();
        return words.Say("plan.funded-by", Name(standing.Edition)) + (grade.Length == 0 || standing.Standing is Standing.Recommended ? "" : $" ({grade})");
    }

    private string Some(List<string> labels, int most) => string.Join("; ", labels.Take(most)) + (labels.Count > most ? " " + words.Say("list.more", labels.Count - most) : "");

    private void Urgent()
    {
        if (assessment.Urgent.Count == 0) return;
        document.Heading(2, words.Say("plan.urgent"));
        foreach (var rule in assessment.Urgent) document.Entry(0, words.In(rule.Says), words.ReviewOf(rule.Review), Tone.Alert);
    }

    /// <summary>What is given now, with what could harm: an interaction must not hide behind a treatment that is no longer on offer.</summary>
    private void Current()
    {
        if (assessment.Case.CurrentTherapies.Count == 0) return;
        document.Heading(2, words.Say("plan.current"));
        foreach (var therapy in assessment.Case.CurrentTherapies)
        {
            var since = therapy.Start.IsStated ? words.Say("plan.current.since", therapy.Start) : "";
            document.Entry(0, therapy.Name ?? words.Name(therapy.Treatment), since, Tone.Strong);
            if (assessment.Options.FirstOrDefault(o => o.Treatment.Id == therapy.Treatment) is not { } option) continue;
            foreach (var finding in option.Safety.Where(s => s.State is Truth.True && s.Rule.Severity is Severity.Contraindicated))
                document.Entry(1, words.Say("severity.contraindicated"), $"{words.Says(finding)}{words.Bracketed(finding.Rule.Review)}", Tone.Alert);
            Safety(option);
        }

        // what decides whether another treatment is looked for
        foreach (var id in new[] { "response-to-current", "treatment-change-due" })
            if (assessment.Case.Dictionary.FindById(id) is { } definition && assessment.Case[id] is { Possible.IsKnown: true } fact)
                document.Entry(0, words.In(definition.Label), words.ValueOf(fact));
    }

    private void Missing()
    {
        document.Heading(2, words.Say("plan.missing"));
        if (assessment.Missing.Count == 0)
        {
            document.Paragraph(words.Say("plan.missing.none"));
            return;
        }

        document.Paragraph(words.Say("plan.missing.intro"));
        foreach (var missing in assessment.Missing.Take(12))
        {
            var state = assessment.Case[missing.Fact].State is FactState.Conflict or FactState.Stale or FactState.Partial ? $" ({words.ValueOf(assessment.Case[missing.Fact])})" : "";
            var alone = missing.Alone > 0 ? words.Say("plan.missing.alone", missing.Alone) + "; " : "";
            document.Entry(0, words.Label(missing.Fact) + state, alone + words.Say("plan.missing.concerns", missing.Settles.Count, string.Join(", ", missing.Settles.Take(6).Select(words.Name)) + (missing.Settles.Count > 6 ? " …" : "")));
        }

        if (assessment.Missing.Count > 12) document.Entry(0, "", words.Say("plan.missing.more", assessment.Missing.Count - 12, words.Labels(assessment.Missing.Skip(12).Select(m => m.Fact))));
    }

    private void Options()
    {
        Group("plan.offered", o => o.Standing.IsOffered(), Offered, "plan.offered.none");
        if (assessment.Options.Where(o => o.Standing.IsOffered()).SelectMany(evidence.Behind).DistinctBy(t => t.Id).Skip(1).Any()) document.Paragraph(words.Say("evidence.not-comparable"), Tone.Alert);
        Group("plan.needs", o => o.Standing is Standing.NeedsInformation, Open, null);
        Forbidden();
        Group("plan.not-recommended", o => o.Standing is Standing.NotRecommended && !o.PerhapsAgainst, NotOffered, null);
        Group("plan.perhaps-against", o => o.PerhapsAgainst, NotOffered, null, "plan.perhaps-against.intro");
        Group("plan.not-applicable", o => o.Standing is Standing.NotApplicable, NotOffered, null);
    }

    private void Group(string key, Func<Option, bool> which, Action<Option> write, string? none, string? intro = null)
    {
        var options = words.InOrder(assessment.Options.Where(which)).OrderBy(o => o.Standing is Standing.NeedsInformation && OnlyIfRare(o) ? 1 : 0).ToList();
        if (options.Count == 0 && none is null) return;
        document.Heading(2, $"{words.Say(key)} ({options.Count})");
        if (options.Count == 0) document.Paragraph(words.Say(none!));
        if (intro is not null) document.Paragraph(words.Say(intro));
        var silent = options.Where(o => o.Standing is Standing.NotApplicable && o.Treatment.NeverOffered.IsEmpty && o.Editions.All(e => e.Silent)).ToList();
        foreach (var option in options.Where(o => !silent.Exists(s => ReferenceEquals(s, o)))) write(option);
        if (silent.Count > 0) document.Entry(0, "", words.Say("plan.silent-all", string.Join(", ", silent.Select(o => words.In(o.Treatment.Name)))));
    }

    private void Offered(Option option)
    {
        document.Entry(0, words.In(option.Treatment.Name), words.Status(option, words.Say($"kind.{option.Treatment.Kind}")), Tone.Strong);
        Dose(option);
        Editions(option);
        Evidence(option);
        Safety(option);
    }

    private void Evidence(Option option)
    {
        foreach (var trial in evidence.Behind(option))
        {
            if (shown is not null && !shown.TryAdd(trial.Id, words.In(option.Treatment.Name)))
            {
                document.Entry(1, words.Say("plan.evidence"), words.Say("plan.evidence.above", words.In(trial.Name), shown[trial.Id]));
                continue;
            }

            document.Entry(1, words.Say("plan.evidence"), $"{evidence.Title(trial)}. {evidence.ResemblanceText(trial)}");
            foreach (var figure in evidence.Figures(trial, option)) document.Entry(2, "", figure);
            foreach (var caution in trial.Cautions) document.Entry(2, words.Say("severity.caution"), words.In(caution));
        }

        // where the country of treatment is known, the others are noise; where it is not, all of them are
        var country = assessment.Case["country"].Possible is CodesPossible { IsKnown: true } known ? assessment.Case["country"].Definition.Values[known.Code].Code : null;
        if (shown is not null && country is null) return;
        var available = evidence.Availability(option).Where(a => country is null || a.Country == country).ToList();
        if (available.Count > 0) document.Entry(1, words.Say("plan.availability"), string.Join("; ", available.Select(a => words.Say("plan.availability.one", a.Country, words.Say($"available.{a.Approved}"), words.Say($"available.{a.Funded}"), a.Date ?? words.Say("value.unknown")))), Tone.Quiet);
    }

    private void Open(Option option)
    {
        if (OnlyIfRare(option))
        {
            document.Entry(0, words.In(option.Treatment.Name), words.Say("plan.needs.rare", words.Labels(option.Missing.Where(IsRare))), Tone.Strong);
            return;
        }

        document.Entry(0, words.In(option.Treatment.Name), words.Say("plan.needs.what", option.Missing.Count == 0 ? words.Say("value.unknown") : words.Labels(option.Missing)), Tone.Strong);
        foreach (var edition in option.Editions.Where(e => !e.Silent && e.Standing is Standing.NeedsInformation && e.Recommendation is not null))
        {
            // a rule that holds may stand in an edition of which it is open whether it speaks of this patient
            var open = words.OpenClauses(edition.Recommendation!.When);
            if (open.Count == 0) open = words.OpenClauses(edition.Edition.Scope);
            document.Entry(1, Name(edition.Edition), words.Say("plan.needs.if", words.In(edition.Recommendation.Says), string.Join("; ", open)));
        }

        Safety(option);
    }

    /// <summary>Nothing but a rare finding could make it an option: a line is enough, and it comes last.</summary>
    private bool OnlyIfRare(Option option)
    {
        if (!option.Missing.Any(IsRare)) return false;
        // without the finding, no rule that is open could still offer it
        var without = assessment.Case.Possible.ToArray();
        foreach (var fact in assessment.Case.Facts.Where(f => f.Definition.Rare && !f.Possible.IsKnown)) without[fact.Definition.Index] = CodesPossible.Of(Truth.False);
        return option.Editions.Where(e => !e.Silent).SelectMany(e => e.Rules).Where(r => r.Truth is Truth.Undecided && !r.Rule.Against).All(r => r.Rule.When.Evaluate(without) is Truth.False);
    }

    private bool IsRare(string fact) => assessment.Case[fact].Definition.Rare;

    /// <summary>What is forbidden, under its reasons: one reason often forbids many treatments.</summary>
    private void Forbidden()
    {
        var options = words.InOrder(assessment.Options.Where(o => o.Standing is Standing.Contraindicated)).ToList();
        if (options.Count == 0) return;
        document.Heading(2, $"{words.Say("plan.contraindicated")} ({options.Count})");
        foreach (var group in options.GroupBy(o => string.Join(' ', Reasons(o).Select(r => r.Rule.Id))))
        {
            document.Entry(0, string.Join(", ", group.Select(o => words.In(o.Treatment.Name))), "", Tone.Strong);
            foreach (var reason in Reasons(group.First()))
            {
                document.Entry(1, "", $"{words.Says(reason)}{words.Bracketed(reason.Rule.Review)}");
                if (!reason.Rule.Override.IsEmpty) document.Entry(2, words.Say("safety.override"), words.In(reason.Rule.Override));
            }
        }

        static IEnumerable<SafetyFinding> Reasons(Option option) => option.Safety.Where(s => s.Rule.Severity is Severity.Contraindicated && s.State is Truth.True);
    }

    private void NotOffered(Option option)
    {
        var reasons = new List<string>();
        var editions = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        // advice against stands before what merely does not fit; who pays gives no advice
        foreach (var edition in option.Editions.Where(e => !e.Silent && e.Recommendation is not null).OrderBy(e => e.Standing is Standing.NotRecommended && e.Edition.Kind is not EditionKind.Funding ? 0 : 1))
        {
            foreach (var reason in Reasons(edition))
            {
                if (!editions.TryGetValue(reason, out var names)) editions.Add(reason, names = []);
                if (names.Count == 0) reasons.Add(reason);
                if (Name(edition.Edition) is var name && !names.Contains(name)) names.Add(name);
            }
        }

        var because = reasons.ConvertAll(r => $"{r} [{string.Join(", ", editions[r])}]");
        var text = because.Count == 0 ? words.In(option.Treatment.NeverOffered) : string.Join("; ", because.Take(shown is null ? 4 : 2)) + (because.Count > (shown is null ? 4 : 2) ? " …" : "");
        document.Entry(0, words.In(option.Treatment.Name), text);
    }

    private IEnumerable<string> Reasons(EditionStanding edition)
    {
        var rule = edition.Recommendation!;
        if (edition.Standing is Standing.NotRecommended) return [words.Advice(edition)];
        if (rule.Against && edition.Standing is Standing.NotApplicable) return [words.Say("because.only-against")];
        var clauses = words.Decisive(rule.When).Where(c => c.Truth is not Truth.True).ToList();
        // what is not known is not "not met": it is open, or it cannot hold together with the rest
        return clauses.Exists(c => c.Truth is Truth.Undecided)
            ? [words.Say(edition.Standing is Standing.NotApplicable ? "plan.not-applicable.together" : "plan.not-applicable.open", string.Join("; ", clauses.Select(c => $"{c.Text} ({c.Value})")))]
            : clauses.Select(c => words.Say("plan.not-applicable.because", c.Text, c.Value));
    }

    /// <summary>The id of an edition, never without the word that it is historical.</summary>
    private string Name(Edition edition) => edition.Kind is EditionKind.Historical ? $"{edition.Id} ({words.Say("edition.historical")})" : edition.Id;

    private void Dose(Option option)
    {
        if (option.Treatment.Parts.Length == 0) return;
        var parts = option.Treatment.Parts.Where(p => p.Dose.Length > 0).Select(p => string.Join(" ", new[]
        {
            words.Content.Formulary.FindDrug(p.Drug) is { } drug ? words.In(drug.Name) : p.Drug, words.Dose(p.Dose), words.In(p.Schedule),
        }.Where(t => t.Length > 0)));
        var text = string.Join("; ", parts);
        if (text.Length > 0) document.Entry(1, words.Say("plan.dose"), text);
    }

    private void Editions(Option option)
    {
        foreach (var edition in option.Editions.Where(e => !e.Silent))
        {
            var rule = edition.Recommendation;
            if (rule is null) continue;
            var grade = rule.Grade is { } g && edition.Standing.IsOffered() ? ", " + words.Say("plan.grade", words.Grade(g)) : "";
            var head = words.StatusWord(edition) + grade;
            if (edition.Standing.IsOffered() || edition.Standing is Standing.NotRecommended)
            {
                var says = edition.Standing is Standing.NotRecommended ? words.Advice(edition) : words.In(rule.Says);
                document.Entry(1, Name(edition.Edition), $"{head}{(edition is { Standing: Standing.NotRecommended, Possible.Count: > 1 } ? ", " : ". ")}{says}{words.Bracketed(rule.Review)}");
                if (!rule.Because.IsEmpty) document.Entry(2, words.Say("plan.why"), words.In(rule.Because));
                document.Entry(2, words.Say(!rule.Against ? "plan.fits" : edition.Possible.Count > 1 ? "plan.concerns-if" : "plan.concerns"), string.Join("; ", words.Decisive(rule.When).Select(words.Full)));
                if (!rule.Note.IsEmpty) document.Entry(2, words.Say("plan.note"), words.In(rule.Note));
            }
            else
            {
                var why = rule.Against ? words.Say("because.only-against") : string.Join("; ", words.Decisive(rule.When).Where(c => c.Truth is not Truth.True).Select(words.Full));
                document.Entry(1, Name(edition.Edition), $"{head}{document.Colon}{why}");
            }

            if (edition.Possible.Count > 1 && edition.Standing.IsOffered()) document.Entry(2, "", words.Say("because.could-be", words.Either(edition.Possible.Where(p => p != edition.Standing).Select(p => words.Say($"status.{p.Id()}")))));
        }

        var silent = option.Editions.Where(e => e.Silent).Select(e => e.Edition.Id).ToList();
        if (shown is null && silent.Count > 0) document.Entry(1, words.Say("plan.silent"), words.All(silent), Tone.Quiet);
    }

    private void Safety(Option option)
    {
        foreach (var finding in option.Safety.Where(s => s.State is Truth.True && s.Rule.Severity is not (Severity.Monitor or Severity.Contraindicated)))
            document.Entry(1, words.Say($"severity.{finding.Rule.SeverityId}"), $"{words.Says(finding)}{words.Bracketed(finding.Rule.Review)}");
        CheckFirst(option, Severity.Contraindicated, "safety.check-first");
        CheckFirst(option, Severity.Avoid, "safety.check-first.avoid");
        var watch = option.Safety.Where(s => s.State is Truth.True && s.Rule.Severity is Severity.Monitor).ToList();
        if (watched is null && watch.Count > 0) document.Entry(1, words.Say("severity.monitor"), string.Join(" ", watch.Select(w => words.In(w.Rule.Says))), Tone.Quiet);
        if (watched is null) return;
        foreach (var finding in watch)
        {
            if (!watched.TryGetValue(words.In(finding.Rule.Says), out var on)) watched.Add(words.In(finding.Rule.Says), on = []);
            if (!on.Contains(words.In(option.Treatment.Name))) on.Add(words.In(option.Treatment.Name));
        }
    }

    /// <summary>What to watch on treatment, each once with the treatments that it concerns.</summary>
    private void Watch()
    {
        if (watched is null or { Count: 0 }) return;
        document.Heading(2, words.Say("plan.watch"));
        var texts = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var text in watched.Keys)
        {
            var on = string.Join(", ", watched[text]);
            if (!texts.TryGetValue(on, out var same)) texts.Add(on, same = []);
            same.Add(text);
        }

        // what concerns the most treatments first
        foreach (var on in texts.Keys.OrderByDescending(names => names.Length).ThenBy(names => names, StringComparer.Ordinal))
        {
            document.Entry(0, on, "", Tone.Strong);
            foreach (var text in texts[on]) document.Entry(1, "", text);
        }
    }

    private void Questions()
    {
        var open = words.Content.QuestionsFor(assessment.Case).ToList();
        if (open.Count == 0) return;
        document.Heading(2, words.Say("plan.questions"));
        foreach (var question in open)
        {
            document.Entry(0, words.In(question.Question), "", Tone.Strong);
            foreach (var side in question.Sides) document.Entry(1, "", words.In(side));
            document.Entry(1, words.Say("plan.questions.reason"), $"{words.In(question.Reason)}{words.Bracketed(question.Review)}");
        }
    }

    private void CheckFirst(Option option, Severity severity, string key)
    {
        var missing = ToCheck(option, severity).ToList();
        if (missing.Count > 0) document.Entry(1, words.Say(key), string.Join("; ", missing));
    }

    /// <summary>The facts without which it is not known whether a rule of this severity speaks against an option; first those to which something known already points.</summary>
    private IEnumerable<string> ToCheck(Option option, Severity severity) => option.Safety.Where(s => s.State is Truth.Undecided && s.Rule.Severity == severity)
        .SelectMany(s => s.Missing).Distinct(StringComparer.Ordinal).OrderBy(f => IsPointedTo(option, f) ? 0 : 1).ThenBy(f => Sentences.Alphabetical(words.Label(f)), StringComparer.Ordinal).Select(words.Label);

    /// <summary>Whether a rule acts on this option whose exception hangs on the fact: a medicine against rejection points to a transplant.</summary>
    private bool IsPointedTo(Option option, string fact) => option.Safety.Any(s => s is { State: Truth.True, Rule.Unless: { } unless }
        && unless.Evaluate(assessment.Case.Possible) is Truth.Undecided && References.Of(unless).Contains(assessment.Case[fact].Definition.Index));

    private void Statements()
    {
        if (assessment.Statements.Count == 0) return;
        document.Heading(2, words.Say("plan.statements"));
        foreach (var (edition, statement) in assessment.Statements) document.Entry(0, edition.Id, $"{words.In(statement.Says)}{words.Bracketed(statement.Review)}");
    }

    private void Attention()
    {
        var patient = assessment.Case;
        var (warnings, unread) = (new List<string>(), NotUsed.Unread(patient.NotUsed));
        for (var i = 0; i < patient.Warnings.Count; i++)
            if (patient.Warnings[i] != unread) warnings.Add(words.Warning(patient.Warnings[i]));
        warnings.AddRange(words.Inconsistent());
        warnings.AddRange(words.Expired(assessment));
        if (warnings.Count > 0)
        {
            document.Heading(2, words.Say("plan.warnings"));
            foreach (var warning in warnings) document.Entry(0, "", warning);
        }

        if (patient.NotUsed.Count > 0)
        {
            document.Heading(2, $"{words.Say("plan.not-used")} ({patient.NotUsed.Count})");
            foreach (var item in patient.NotUsed) document.Entry(0, words.Place(item.Resource), words.In(item.Why), Tone.Quiet);
        }
    }

    private void Basis()
    {
        document.Heading(2, words.Say("plan.basis"));
        foreach (var edition in assessment.Editions)
        {
            var kind = new[] { words.Say($"edition.{edition.Kind.ToString().ToLowerInvariant()}"), words.Say($"edition.{edition.Status}") }.Distinct(StringComparer.Ordinal);
            document.Entry(0, edition.Id, $"{words.In(edition.Title)} ({edition.Publisher}, {edition.Published}; {string.Join(", ", kind)})");
            if (!edition.Note.IsEmpty) document.Entry(1, "", words.In(edition.Note), Tone.Quiet);
        }

        document.Entry(0, words.Say("plan.content"), $"{words.Content.Version}, SHA-256 {words.Content.Sha256}");
        document.Entry(0, words.Say("plan.intended-use"), words.In(words.Content.IntendedUse));
        document.Entry(0, words.Say("plan.not-for"), words.In(words.Content.NotFor));
        foreach (var limits in assessment.Case.AcceptedLimits) document.Entry(0, "", words.Say("basis.accepted-limits", limits), Tone.Alert);
        foreach (var limit in words.Content.Limits) document.Entry(0, "", words.In(limit), Tone.Quiet);
    }
}
