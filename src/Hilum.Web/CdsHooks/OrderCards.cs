using Hilum.Answers;
using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;

namespace Hilum.Web.CdsHooks;

/// <summary>The cards of <c>order-select</c> and <c>order-sign</c>: what speaks against a draft, what it interacts with, the dose of its regimen.</summary>
/// <remarks>No card is no claim of safety: what was not recognised is said to be unchecked, and every card ends with that sentence.</remarks>
internal sealed class OrderCards
{
    private const string Origin = "draft order";
    private readonly Answer before;
    private readonly Answer after;
    private readonly IReadOnlyList<DraftOrder> drafts;
    private readonly Func<DraftOrder, bool> selected;
    private readonly GuidanceContent content;
    private readonly Sentences words;

    private OrderCards(Answer before, Answer after, IReadOnlyList<DraftOrder> drafts)
    {
        (this.before, this.after, this.drafts) = (before, after, drafts);
        (words, content) = (after.Words, after.Words.Content);
        var named = before.Request.Selections;
        selected = named is not { Count: > 0 } ? _ => true : draft => named.Any(s => s == draft.Label || s.EndsWith("/" + draft.Label, StringComparison.Ordinal));
    }

    /// <summary>Makes the cards.</summary>
    /// <param name="before">The patient, without the drafts.</param>
    /// <param name="drafts">The drafts.</param>
    public static IReadOnlyList<Card> Make(Answer before, IReadOnlyList<DraftOrder> drafts)
    {
        if (drafts.Count == 0 || before.Assessment.Scope is Truth.False) return [];
        var guidance = before.Words.Content;
        var beside = drafts.Where(d => !IsCancer(d)).Select(d => new MedicineTaken(d.Text, d.What.Count == 0 ? Recognised.Nothing : d.What[0] with { More = [.. d.What.Skip(1).Select(w => w.Medicine).OfType<Medicine>(), .. d.What[0].More ?? []] }, d.Label)).ToList();
        var with = before;
        if (beside.Count > 0 && guidance.Facts.FindById("medications") is { } fact)
        {
            // what is drafted is judged as if it were taken; a list that was complete stays so
            var complete = before.Assessment.Case[fact.Index].Given.Any(g => g.Value is GivenMedicines { Complete: true });
            var record = before.Record with { Facts = [.. before.Record.Facts, new(fact, new GivenMedicines(beside, complete), default, Origin)] };
            var assessment = Answer.Judge(guidance, record, before.Assessment.Case.AsOf);
            with = before with { Assessment = assessment, Record = record, Words = new Sentences(guidance, assessment.Case, before.Words.Language) };
        }

        var cards = new OrderCards(before, with, drafts);
        return [.. cards.ForCancer(), .. cards.ForOthers(), .. cards.NotChecked()];
    }

    private static bool IsCancer(DraftOrder draft) => draft.What.Any(w => w.Drug is not null);

    private IEnumerable<Card> ForCancer()
    {
        var orders = drafts.Where(IsCancer).ToList();
        if (!orders.Exists(o => selected(o))) yield break;
        var drugs = orders.SelectMany(o => o.What).Select(w => w.Drug?.Id).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var whole = content.Formulary.FindRegimenOf(drugs) is { } exact ? Option(exact.Treatment) : null;
        // drugs that are no regimen together are looked at one by one
        IEnumerable<IReadOnlyList<string>> groups = whole is not null || Having(drugs).Count > 0 ? [drugs] : drugs.Select(d => new[] { d });
        foreach (var group in groups)
        {
            List<Option> options = whole is not null ? [whole] : Having(group);
            if (options.Count == 0) continue;
            var name = words.All(group.Select(d => content.Formulary.FindDrug(d) is { } drug ? words.In(drug.Name) : d));
            if (Reasons(name, options) is { } reasons) yield return reasons;
            if (Dose(name, group, options, orders) is { } dose) yield return dose;
        }
    }

    private Option? Option(string treatment) => after.Assessment.Options.FirstOrDefault(o => o.Treatment.Id == treatment);

    private List<Option> Having(IReadOnlyList<string> drugs) => [.. words.InOrder(after.Assessment.Options.Where(o => drugs.All(d => o.Treatment.Parts.Any(p => p.Drug == d))))];

    /// <summary>What speaks against the drafts, whichever of the possible regimens is meant.</summary>
    private Card? Reasons(string name, List<Option> options)
    {
        var findings = options[0].Safety.Where(s => options.All(o => o.Safety.Any(x => x.Rule == s.Rule && x.State == s.State))).ToList();
        var forbidden = findings.Where(s => s.State is Truth.True && s.Rule.Severity is Severity.Contraindicated).ToList();
        var care = findings.Where(s => s.State is Truth.True && s.Rule.Severity is Severity.Avoid or Severity.AdjustDose or Severity.Caution).ToList();
        var check = findings.Where(s => s.State is Truth.Undecided && s.Rule.Severity is Severity.Contraindicated).ToList();
        var unknown = check.SelectMany(s => s.Missing).Distinct(StringComparer.Ordinal).ToList();
        var urgent = after.Assessment.Urgent;
        var against = options.TrueForAll(o => o.Standing is Standing.NotRecommended);
        var certain = options.TrueForAll(o => !o.PerhapsAgainst);
        var offered = options.Exists(o => o.Standing.IsOffered() || o.Standing is Standing.NeedsInformation or Standing.Contraindicated);
        if (forbidden.Count + care.Count + check.Count + urgent.Count == 0 && !against && offered) return null;
        var text = new CardText();
        text.Paragraph(words.Say("plan.banner"));
        if (options.Count > 1) text.Paragraph(words.Say("hook.order.regimens", words.Either(options.Select(o => words.In(o.Treatment.Name)))));
        foreach (var one in urgent) text.Strong(0, words.Say("plan.urgent"), $"{words.In(one.Says)} [{words.ReviewOf(one.Review)}]");
        foreach (var option in options.Where(o => o.Standing is Standing.NotRecommended || (!offered && options.Count <= 3)))
        {
            text.Strong(0, words.In(option.Treatment.Name), words.StatusWord(option));
            foreach (var sentence in words.Because(option).Take(4)) text.Item(1, sentence);
        }

        foreach (var finding in forbidden.Concat(care)) Rule(text, finding);
        if (unknown.Count > 0) text.Strong(0, words.Say("safety.check-first"), words.Labels(unknown));
        after.Close(text);
        var detail = text.ToString();
        return new()
        {
            Topic = "contraindication",
            TopicLabel = words.Say("hook.topic.contraindication"),
            Uuid = after.IdOf("contraindication", detail),
            Summary = forbidden.Count > 0 ? words.Say("hook.order.contraindicated", name, forbidden.Count)
                : against ? words.Say(certain ? "hook.order.against" : "hook.order.perhaps-against", name)
                : care.Count > 0 ? words.Say("hook.order.avoid", name, care.Count)
                : unknown.Count > 0 ? words.Say("hook.order.check", name, unknown.Count)
                : urgent.Count > 0 ? words.Say("plan.urgent") : words.Say("hook.order.not-offered", name),
            Indicator = forbidden.Count > 0 || urgent.Count > 0 ? Indicator.Critical : against || care.Count > 0 || unknown.Count > 0 ? Indicator.Warning : Indicator.Info,
            Detail = detail,
            Rules = Ids(forbidden.Concat(care).Concat(check), urgent),
            Links = after.Links,
        };
    }

    private void Rule(CardText text, SafetyFinding finding)
    {
        text.Strong(0, words.Say($"severity.{finding.Rule.SeverityId}"), $"{words.In(finding.Rule.Says)} {words.SourceOf(finding.Rule.Source)} [{words.ReviewOf(finding.Rule.Review)}]");
        if (!finding.Rule.Override.IsEmpty) text.Item(1, $"{words.Say("safety.override")}: {words.In(finding.Rule.Override)}");
    }

    private static IReadOnlyList<string> Ids(IEnumerable<SafetyFinding> findings, IEnumerable<UrgentRule>? urgent = null) =>
        [.. findings.Select(f => f.Rule.Id).Concat((urgent ?? []).Select(u => u.Id)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The dose of each regimen that may be meant, beside that of the draft.</summary>
    private Card? Dose(string name, IReadOnlyList<string> drugs, List<Option> options, List<DraftOrder> orders)
    {
        var parts = options.SelectMany(o => o.Treatment.Parts.Where(p => drugs.Contains(p.Drug) && p.Dose.Length > 0).Select(p => (o.Treatment, Part: p))).ToList();
        if (parts.Count == 0) return null;
        var differs = orders.Exists(order => order is { Amount: { } amount, Unit: "mg" } && order.What.Select(w => w.Drug?.Id).Distinct().ToList() is [{ } drug]
            && parts.Where(p => p.Part.Drug == drug).Select(p => DoseText.Milligrams(p.Part, words.In(p.Part.Schedule))).ToList() is { Count: > 0 } known && known.TrueForAll(k => k.Count > 0 && !k.Contains(amount)));
        var text = new CardText();
        foreach (var order in orders.Where(o => o.Dose.Length > 0)) text.Strong(0, words.Say("hook.order.draft-dose"), $"{order.Text}: {order.Dose}");
        foreach (var (treatment, part) in parts)
        {
            var drug = content.Formulary.FindDrug(part.Drug) is { } found ? words.In(found.Name) : part.Drug;
            var levels = part.Levels.Length == 0 ? "" : $"; {words.Say("hook.order.levels", string.Join(", ", part.Levels.Select(words.Dose)))}";
            text.Strong(0, words.Say("hook.order.regimen-dose", words.In(treatment.Name)), $"{drug} {words.Dose(part.Dose)}, {words.In(part.Schedule)}{levels}. {words.SourceOf(part.Source)} [{words.ReviewOf(part.Review)}]");
        }

        after.Close(text);
        var detail = text.ToString();
        return new()
        {
            Topic = "dose",
            TopicLabel = words.Say("hook.topic.dose"),
            Uuid = after.IdOf("dose", detail),
            Summary = words.Say(differs ? "hook.order.dose-differs" : "hook.order.dose", name),
            Indicator = differs ? Indicator.Warning : Indicator.Info,
            Detail = detail,
            Rules = [.. parts.Select(p => $"treatments/{p.Treatment.Id}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Links = after.Links,
        };
    }

    /// <summary>What a medicine would add against the treatment that is given now.</summary>
    private IEnumerable<Card> ForOthers()
    {
        var others = drafts.Where(d => !IsCancer(d) && d.What.Count > 0).ToList();
        if (!others.Exists(o => selected(o))) yield break;
        var current = before.Assessment.Case.CurrentTherapies;
        if (current.Count == 0) yield break;
        var given = current.SelectMany(c => c.Drugs).ToHashSet(StringComparer.Ordinal);
        var index = Enumerable.Range(0, content.Catalogue.Treatments.Length).Where(i => current.Any(c => c.Treatment == content.Catalogue.Treatments[i].Id)
            || (content.Catalogue.Treatments[i].Parts.Length == 1 && given.Contains(content.Catalogue.Treatments[i].Parts[0].Drug)));
        var rules = index.SelectMany(i => content.Catalogue.SafetyByTreatment[i]).Distinct().ToList();
        var added = rules.Where(r => r.State(after.Assessment.Case.Possible) is Truth.True && r.State(before.Assessment.Case.Possible) is not Truth.True)
            .OrderBy(r => r.Severity).ThenBy(r => r.Id, StringComparer.Ordinal).Select(r => new SafetyFinding(r, Truth.True, [])).ToList();
        if (added.Count == 0) yield break;
        var text = new CardText();
        text.Paragraph(words.Say("plan.banner"));
        foreach (var finding in added) Rule(text, finding);
        after.Close(text);
        var detail = text.ToString();
        var treatment = current.Select(c => content.Catalogue.Find(c.Treatment) is { } t ? words.In(t.Name) : null).OfType<string>().FirstOrDefault() ?? words.Say("hook.interaction.now");
        yield return new()
        {
            Topic = "interaction",
            TopicLabel = words.Say("hook.topic.interaction"),
            Uuid = after.IdOf("interaction", detail),
            Summary = words.Say("hook.interaction", words.All(others.Select(o => o.What[0].Medicine?.Id ?? "").Where(n => n.Length > 0).Distinct()), treatment, added.Count),
            Indicator = added.Exists(f => f.Rule.Severity is Severity.Contraindicated) ? Indicator.Critical : added.Exists(f => f.Rule.Severity is Severity.Avoid or Severity.AdjustDose or Severity.Caution) ? Indicator.Warning : Indicator.Info,
            Detail = detail,
            Rules = Ids(added),
            Links = after.Links,
        };
    }

    private IEnumerable<Card> NotChecked()
    {
        var unknown = drafts.Where(d => selected(d) && d.What.Count == 0).ToList();
        if (unknown.Count == 0 || !(before.IsKidneyCancer || drafts.Any(IsCancer))) yield break;
        var text = new CardText();
        foreach (var order in unknown) text.Strong(0, order.Label, order.Text);
        after.Close(text);
        var detail = text.ToString();
        yield return new()
        {
            Topic = "not-checked",
            TopicLabel = words.Say("hook.topic.not-checked"),
            Uuid = after.IdOf("not-checked", detail),
            Summary = words.Say("hook.not-checked", unknown.Count),
            Indicator = Indicator.Info,
            Detail = detail,
        };
    }
}
