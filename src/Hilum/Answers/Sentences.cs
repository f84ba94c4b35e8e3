using System.Globalization;
using System.Text;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Answers;

/// <summary>One clause of a condition, judged for a patient.</summary>
/// <param name="Truth">Met, not met or not known.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Value">What the patient has, and from where.</param>
/// <param name="Facts">The facts asked about.</param>
public sealed record Clause(Truth Truth, string Text, string Value, IReadOnlyList<string> Facts);

/// <summary>Puts conditions, values and review states into words, in one language. The same sentences stand everywhere.</summary>
/// <param name="content">The guidance.</param>
/// <param name="patient">The patient.</param>
/// <param name="language">The language.</param>
public sealed class Sentences(GuidanceContent content, Case patient, Language language)
{
    /// <summary>The guidance.</summary>
    public GuidanceContent Content => content;

    /// <summary>The language.</summary>
    public Language Language => language;

    /// <summary>A sentence of the wording, with its parts filled in.</summary>
    public string Say(string key, params ReadOnlySpan<object?> parts) => content.Say(language, key, parts);

    /// <summary>A text in this language.</summary>
    public string In(Phrase phrase) => phrase.In(language);

    /// <summary>A warning in this language, with the places of the record that it names.</summary>
    public string Warning(Phrase warning) => Place(In(warning));

    /// <summary>The label of a fact.</summary>
    public string Label(string fact) => In(patient.Dictionary[fact].Label);

    /// <summary>The labels of facts. Labels hold commas, so semicolons part them.</summary>
    public string Labels(IEnumerable<string> facts) => string.Join("; ", facts.Select(Label));

    /// <summary>Options as they are listed: by status, those that safety rules say to avoid last in their tier, then by name.</summary>
    public IEnumerable<Option> InOrder(IEnumerable<Option> options)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in options) names.TryAdd(option.Treatment.Id, Alphabetical(In(option.Treatment.Name)));
        return options.Order(Comparer<Option>.Create((a, b) =>
            a.Standing != b.Standing ? (int)a.Standing - (int)b.Standing
            : a.WithCare != b.WithCare ? a.WithCare.CompareTo(b.WithCare)
            : string.CompareOrdinal(names[a.Treatment.Id], names[b.Treatment.Id])));
    }

    /// <summary>A key that puts words in the order of the alphabet: capitals and accents do not count.</summary>
    public static string Alphabetical(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var lower = char.ToLowerInvariant(c);
            if (lower is 'œ') key.Append('o');
            key.Append(lower switch
            {
                'à' or 'â' or 'ä' => 'a',
                'ç' => 'c',
                'é' or 'è' or 'ê' or 'ë' or 'œ' => 'e',
                'î' or 'ï' => 'i',
                'ô' or 'ö' => 'o',
                'ù' or 'û' or 'ü' => 'u',
                _ => lower,
            });
        }

        return key.ToString();
    }

    /// <summary>The name of a treatment.</summary>
    public string Name(string treatment) => content.Catalogue.Find(treatment) is { } found ? In(found.Name) : treatment;

    /// <summary>A number as this language writes it.</summary>
    public string Number(decimal value) => language is Language.French ? Quantity.Format(value).Replace('.', ',') : Quantity.Format(value);

    /// <summary>A dose as this language writes its number: "37,5 mg".</summary>
    public string Dose(string dose) => language is Language.French ? dose.Replace('.', ',') : dose;

    /// <summary>"a, b or c".</summary>
    public string Either(IEnumerable<string> words) => Joined(words, Say("list.or"));

    /// <summary>"a, b and c".</summary>
    public string All(IEnumerable<string> words) => Joined(words, Say("list.and"));

    /// <summary>The word for a truth: met, not met, not known.</summary>
    public string Word(Truth truth) => Say(truth switch { Truth.True => "truth.true", Truth.False => "truth.false", _ => "truth.undecided" });

    /// <summary>Review state: whether the source was seen, and that no clinician signed.</summary>
    public string ReviewOf(Review review) => Say("review", Say($"review.{review.SourceWord}"), review.ClinicalBy switch
    {
        null => Say("review.clinical.none"),
        "expired" => Say("review.clinical.expired"),
        var by => Say("review.clinical.by", by, review.ClinicalDate),
    });

    /// <summary>Review state in brackets behind a statement. That no clinician signed stands at the head of the answer; here it stands only who did.</summary>
    public string Bracketed(Review review) => $" [{(review.ClinicalBy is null ? Say($"review.{review.SourceWord}") : ReviewOf(review))}]";

    /// <summary>A grade as its publisher writes it; one that is a word ("Strong") in this language.</summary>
    public string Grade(string grade) => grade.Any(char.IsAsciiLetterLower) ? Say($"grade.{grade.Replace(' ', '-').ToLowerInvariant()}") : grade;

    /// <summary>When the data of a trial were cut, and which report it was, in this language: "2024, final".</summary>
    public string Cut(string cut) => string.Join(", ", cut.Split(", ").Select(part => part.EndsWith(" months", StringComparison.Ordinal) && Quantity.TryParseDecimal(part[..^7], out var months)
        ? $"{Number(months)} {Say("unit.months")}"
        : part.EndsWith(" years", StringComparison.Ordinal) && Quantity.TryParseDecimal(part[..^6], out var years) ? $"{Number(years)} {Say("cut.years")}" : part.Length > 0 && char.IsAsciiLetter(part[0]) ? Say($"cut.{part.Replace(' ', '-').ToLowerInvariant()}") : part));

    /// <summary>Document title and place.</summary>
    public string SourceOf(Citation citation) => content.FindSource(citation.Document) is { } document
        ? citation.Locator.Length == 0 ? document.Title : $"{document.Title}: {citation.Locator}"
        : citation.ToString();

    /// <summary>What a safety rule says, and the courses of treatment that make it apply: which, when, and why they were stopped.</summary>
    public string Says(SafetyFinding finding)
    {
        var courses = finding.State is not Truth.True ? [] : References.Leaves(finding.Rule.When).Where(l => l.Evaluate(patient.Possible) is Truth.True)
            .SelectMany(l => References.Of(l).SelectMany(f => patient[f].Courses).Where(c => l is not Contains has || c.Drugs.Contains(Fact(has.Fact).Values[has.Bit].Code)))
            .Distinct().Select(Course).ToList();
        return courses.Count == 0 ? In(finding.Rule.Says) : $"{In(finding.Rule.Says)} ({string.Join("; ", courses)})";
    }

    /// <summary>"pazopanib, 2025-01-10 to 2025-11-02, stopped because the cancer grew".</summary>
    private string Course(PriorTherapy course)
    {
        var name = course.Treatment == "other" ? course.Name ?? course.Treatment : Name(course.Treatment);
        var when = (course.Start.IsStated, course.Stop.IsStated) switch
        {
            (true, true) => Say("course.from-to", course.Start, course.Stop),
            (true, false) => Say("course.from", course.Start),
            (false, true) => Say("course.to", course.Stop),
            _ => "",
        };
        var why = course.StoppedFor is { } reason ? Say($"course.{reason}") : course.BestResponse == "PD" ? Say("course.progression") : "";
        var harm = course.Grade is { } grade ? Say("course.grade", course.Toxicity ?? Say("course.side-effect"), grade) : course.Toxicity ?? "";
        return string.Join(", ", new[] { name, when, why, harm }.Where(p => p.Length > 0));
    }

    /// <summary>The clauses that decide a condition: those that make it true, or false, or leave it open.</summary>
    public IReadOnlyList<Clause> Decisive(TruthNode condition)
    {
        var leaves = new List<Leaf>();
        Decide(condition, negated: false, condition.Evaluate(patient.Possible), leaves);
        return [.. leaves.Distinct().Select(l => ClauseOf(l.Node, l.Negated))];
    }

    /// <summary>A whole condition in words, apart from any patient.</summary>
    public string Whole(TruthNode node) => Whole(node, negated: false, inside: false);

    private string Whole(TruthNode node, bool negated, bool inside) => node switch
    {
        Not n => Whole(n.Operand, !negated, inside),
        Named n => Whole(n.Body, negated, inside),
        And n => Pair(n.Left, n.Right, negated ? "list.or" : "list.and", negated, inside),
        Or n => Pair(n.Left, n.Right, negated ? "list.and" : "list.or", negated, inside),
        Implies n => negated ? Pair(n.Left, new Not(n.Right), "list.and", negated: false, inside) : Pair(new Not(n.Left), n.Right, "list.or", negated: false, inside),
        Xor n => $"({Whole(n.Left, negated, inside: true)} ≠ {Whole(n.Right, negated: false, inside: true)})",
        IfTruth n => $"({Whole(n.When, negated: false, inside: true)} → {Whole(n.Then, negated, inside: true)}; {Whole(n.Else, negated, inside: true)})",
        TruthConstant n => Say(n.Value != negated ? "show.always" : "show.never"),
        TruthUnknown => Say("value.unknown"),
        _ => Text(node, negated),
    };

    private string Pair(TruthNode left, TruthNode right, string word, bool negated, bool inside)
    {
        var text = $"{Whole(left, negated, inside: true)} {Say(word)} {Whole(right, negated, inside: true)}";
        return inside && word == "list.or" ? $"({text})" : text;
    }

    /// <summary>A part of a condition, and whether it stands there negated.</summary>
    private sealed record Leaf(TruthNode Node, bool Negated);

    private void Decide(TruthNode node, bool negated, Truth truth, List<Leaf> leaves)
    {
        switch (node)
        {
            case Not n:
                Decide(n.Operand, !negated, truth.Not(), leaves);
                break;
            case Named n:
                Decide(n.Body, negated, truth, leaves);
                break;
            case And or Or or Implies or Xor:
                foreach (var (part, partNegated) in Parts(node))
                {
                    var partTruth = part.Evaluate(patient.Possible);
                    var asWritten = partNegated ? partTruth.Not() : partTruth;
                    // "and" is decided false by any false part, "or" true by any true one; otherwise every part counts
                    var counts = node is Xor || truth is Truth.Undecided ? partTruth is Truth.Undecided || node is Xor : asWritten == truth;
                    if (counts) Decide(part, negated != partNegated, partTruth, leaves);
                }

                break;
            case IfTruth n:
                Decide(n.When, negated: false, n.When.Evaluate(patient.Possible), leaves);
                if (n.When.Evaluate(patient.Possible) is not Truth.False) Decide(n.Then, negated, n.Then.Evaluate(patient.Possible), leaves);
                if (n.When.Evaluate(patient.Possible) is not Truth.True) Decide(n.Else, negated, n.Else.Evaluate(patient.Possible), leaves);
                break;
            case TruthConstant or TruthUnknown:
                break;
            default:
                leaves.Add(new(node, negated));
                break;
        }
    }

    private static Leaf[] Parts(TruthNode node) => node switch
    {
        And n => [new(n.Left, false), new(n.Right, false)],
        Or n => [new(n.Left, false), new(n.Right, false)],
        Implies n => [new(n.Left, true), new(n.Right, false)],
        Xor n => [new(n.Left, false), new(n.Right, false)],
        _ => [],
    };

    /// <summary>One leaf in words, with the patient's value.</summary>
    public Clause ClauseOf(TruthNode leaf, bool negated)
    {
        var truth = leaf.Evaluate(patient.Possible);
        var facts = References.Of(leaf).Select(f => patient[f]).Where(f => f.Definition.Id != FactDictionary.TodayId).ToList();
        var value = facts.Count == 1 ? ValueOf(facts[0]) : string.Join("; ", facts.Select(f => $"{In(f.Definition.Label)}{Say("list.colon")}{ValueOf(f)}"));
        return new(negated ? truth.Not() : truth, Text(leaf, negated), value, [.. facts.Select(f => f.Definition.Id)]);
    }

    /// <summary>"Histology: clear cell, met (clear cell, Condition/c1)".</summary>
    public string Full(Clause clause) => Say("clause.full", clause.Text, Word(clause.Truth), clause.Value);

    private string Text(TruthNode leaf, bool negated) => leaf switch
    {
        IsTrue n => Say(negated ? "clause.no" : "clause.yes", In(Fact(n.Fact).Label)),
        CodeIn { Operand: FactCode code } n => Coded(code.Fact, n.Mask, negated),
        Contains n => Say(negated ? "clause.without" : "clause.with", In(Fact(n.Fact).Label), In(Fact(n.Fact).Values[n.Bit].Label)),
        IncludedIn n => Say(negated ? "clause.not-only" : "clause.only", In(Fact(n.Fact).Label), Either(Labels(Fact(n.Fact), n.Mask))),
        Exists n => Say(negated ? "clause.none" : "clause.some", In(Fact(n.Fact).Label)),
        Compare n => Compared(n, negated),
        _ => leaf.GetType().Name,
    };

    private string Coded(int fact, ulong mask, bool negated)
    {
        var definition = Fact(fact);
        // a long list is shorter said by what it leaves out
        var all = definition.Symbol.AllCodes;
        var flip = System.Numerics.BitOperations.PopCount(mask) > System.Numerics.BitOperations.PopCount(all & ~mask);
        return Say(flip != negated ? "clause.is-not" : "clause.is", In(definition.Label), Either(Labels(definition, flip ? all & ~mask : mask)));
    }

    private string Compared(Compare n, bool negated)
    {
        var op = (n.Operator, negated) switch
        {
            (Comparison.Equal, false) => "=",
            (Comparison.Equal, true) => "≠",
            (Comparison.Less, false) or (Comparison.GreaterOrEqual, true) => "<",
            (Comparison.LessOrEqual, false) or (Comparison.Greater, true) => "≤",
            (Comparison.Greater, false) or (Comparison.LessOrEqual, true) => ">",
            _ => "≥",
        };
        return $"{Of(n.Left, null)} {op} {Of(n.Right, n.Left)}";
    }

    private string Of(NumberNode node, NumberNode? beside) => node switch
    {
        FactNumber n => In(Fact(n.Fact).Label),
        NumberConstant n => Constant(n, beside),
        CountOf n => Say("number.count", In(Fact(n.Fact).Label)),
        Sum n => $"{Of(n.Left, beside)} {(n.Minus ? "−" : "+")} {Of(n.Right, n.Left)}",
        Product { Right: NumberConstant factor } n => n.Divide ? $"{Of(n.Left, beside)} / {Number(factor.First)}" : $"{Number(factor.First)} × {Of(n.Left, beside)}",
        Product n => $"{Of(n.Left, beside)} {(n.Divide ? "/" : "×")} {Of(n.Right, n.Left)}",
        Scaled n => Of(n.Operand, beside),
        Between n => Say(n.Years ? "number.years-between" : "number.months-between", Of(n.Start, null), Of(n.End, null)),
        Shifted n => Say(n.Days != 0 ? "number.plus-days" : "number.plus-months", Of(n.Date, null), n.Days != 0 ? n.Days : n.Months),
        _ => "…",
    };

    private string Constant(NumberConstant n, NumberNode? beside)
    {
        if (beside is not FactNumber { Fact: var fact }) return Number(n.First);
        var definition = Fact(fact);
        if (definition.Type is FactType.Date) return DateOnly.FromDayNumber((int)n.First).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var system = patient.Possible[fact] is NumbersPossible { Intervals: [{ System: 1 }, ..] } ? (byte)1 : (byte)0;
        return Amount(system == 1 ? n.Second : n.First, definition.CanonicalUnit(system));
    }

    private string Amount(decimal number, Unit? unit) => Number(number) + unit?.Code switch
    {
        null or "1" => "",
        "%" => " %",
        "mo" or "months" => " " + Say(number == 1 ? "unit.month" : "unit.months"),
        "years" => " " + Say(number == 1 ? "unit.year" : "unit.years"),
        "days" => " " + Say(number == 1 ? "unit.day" : "unit.days"),
        var code => $" {code}",
    };

    /// <summary>A place in the words of this language; the ids of FHIR resources stay as they are.</summary>
    public string Place(string origin) => origin
        .Replace(Origins.Line, Say("origin.line"), StringComparison.Ordinal).Replace(Origins.CaseFile, Say("origin.file"), StringComparison.Ordinal)
        .Replace(Origins.ByHand, Say("origin.by-hand"), StringComparison.Ordinal).Replace(Origins.NoKidneyCancer, Say("origin.no-kidney-cancer"), StringComparison.Ordinal)
        .Replace(Origins.OtherCancer, Say("origin.other-cancer"), StringComparison.Ordinal);

    private FactDefinition Fact(int index) => patient.Dictionary.Facts[index];

    private IEnumerable<string> Labels(FactDefinition fact, ulong mask) => fact.Values.Where((_, bit) => (mask & (1UL << bit)) != 0).Select(v => In(v.Label));

    /// <summary>The patient's value of a fact, with its origin: "98 g/L, Observation/hb1".</summary>
    public string ValueOf(CaseFact fact)
    {
        var value = Bare(fact);
        if (fact.State is FactState.Stale) return Say("value.stale", string.Join(", ", fact.Given.Select(g => g.Value).OfType<GivenNumber>().Select(n => n.Reported)), fact.Given[0].Date);
        if (fact.State is FactState.Unknown) return value;
        var origin = Place(OriginOf(fact));
        var because = fact.IsDerived && fact.Derivation is { Because.IsEmpty: false } derivation ? In(derivation.Because) : fact.IsDerived ? Say("value.derived") : "";
        return string.Join(", ", new[] { value, origin, because }.Where(p => p.Length > 0));
    }

    /// <summary>Where the value stands; a statement that had to give way (an old stage group) is not its origin.</summary>
    public static string OriginOf(CaseFact fact) => fact.Given.Any(g => g.Value is GivenCode code && fact.Possible is CodesPossible now && (code.Mask & now.Mask) == 0) ? "" : fact.Origin;

    /// <summary>The patient's value without its origin.</summary>
    public string Bare(CaseFact fact)
    {
        var definition = fact.Definition;
        if (definition.Type is FactType.List) return ListText(fact);
        switch (fact.Possible)
        {
            case CodesPossible codes when codes.Mask == definition.Symbol.AllCodes: return Say("value.unknown");
            case CodesPossible codes: return Either(Labels(definition, codes.Mask));
            case MembersPossible members when members.Present == 0: return Say(members.Open == 0 ? "value.none" : members.Absent == 0 ? "value.unknown" : "value.none-known");
            case MembersPossible members: return All(Labels(definition, members.Present)) + (members.Open == 0 ? "" : Say("value.perhaps-more"));
            case NumbersPossible numbers: return Either(numbers.Intervals.Select(i => Reported(fact, i) ?? IntervalText(definition, i)));
            default: return Say("value.unknown");
        }
    }

    /// <summary>The number as the record wrote it, with the canonical one where they differ.</summary>
    private string? Reported(CaseFact fact, Interval interval)
    {
        if (fact.IsDerived || fact.Given.Select(g => g.Value).OfType<GivenNumber>().FirstOrDefault(n => n.Value == interval) is not { } given) return null;
        var canonical = IntervalText(fact.Definition, interval);
        var written = language is Language.French ? given.Reported.Replace('.', ',') : given.Reported;
        // the same figure in another spelling of the unit says nothing new; a limit inside { value, unit, lln } is written without its unit
        var same = Quantity.TryParse(given.Reported.TrimStart('<', '>', '=', ' '), out var number, out _) && number == (interval.HasLow ? interval.Low : interval.High);
        return same || !written.Any(char.IsLetter) ? canonical : $"{written} ({canonical})";
    }

    private string ListText(CaseFact fact)
    {
        var items = fact.Given.SelectMany(g => g.Value switch
        {
            GivenTherapies therapies => therapies.Items.Select(t => t.Name ?? Name(t.Treatment)),
            GivenMedicines medicines => medicines.Items.Select(m => m.Text),
            GivenTexts texts => texts.Items,
            _ => [],
        }).ToList();
        if (items.Count > 0) return All(items) + (fact.State is FactState.Partial ? Say("value.perhaps-more") : "");
        return fact.Possible.Equals(MembersPossible.None) ? Say("value.none") : Say("value.unknown");
    }

    private string IntervalText(FactDefinition fact, Interval interval)
    {
        var unit = fact.CanonicalUnit(interval.System);
        if (interval.IsAll) return Say("value.unknown");
        if (fact.Type is FactType.Date)
        {
            if (interval.IsPoint) return Day(interval.Low);
            return interval.HasLow && interval.HasHigh ? Say("value.between", Day(interval.Low), Day(interval.High)) : interval.HasLow ? Say("value.from-day", Day(interval.Low)) : Say("value.until-day", Day(interval.High));
        }

        if (interval.IsPoint) return Amount(interval.Low, unit);
        if (!interval.HasHigh) return $"{(interval.LowOpen ? ">" : "≥")} {Amount(interval.Low, unit)}";
        if (!interval.HasLow) return $"{(interval.HighOpen ? "<" : "≤")} {Amount(interval.High, unit)}";
        return Say("value.between", Number(interval.Low), Amount(interval.High, unit));
    }

    private static string Day(decimal day) => DateOnly.FromDayNumber((int)day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Joined(IEnumerable<string> words, string last)
    {
        var list = words.ToList();
        return list.Count < 2 ? string.Concat(list) : $"{string.Join(", ", list.SkipLast(1))} {last} {list[^1]}";
    }

    /// <summary>Editions in use whose review is overdue.</summary>
    public IEnumerable<string> Expired(Assessment assessment) => assessment.Editions.Where(e => e.IsExpired(patient.AsOf)).Select(e => Say("warning.expired", e.Id, e.ReviewBy.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    /// <summary>What holds for every patient who can exist, and does not hold for this record: something in it is wrong.</summary>
    public IEnumerable<string> Inconsistent() => content.Consistency.Where(c => c.Holds.Evaluate(patient.Possible) is Truth.False).Select(c => Say("warning.inconsistent", In(c.Says)));

    /// <summary>The word for the status of an option. What is only possible is not said as a fact.</summary>
    public string StatusWord(Option option) => Say(option.PerhapsAgainst ? "status.perhaps-against" : $"status.{option.Standing.Id()}");

    /// <summary>The word for the status within an edition. What is only possible is not said as a fact.</summary>
    public string StatusWord(EditionStanding edition) => Say(edition is { Standing: Standing.NotRecommended, Possible.Count: > 1 } ? "status.perhaps-against" : $"status.{edition.Standing.Id()}");

    /// <summary>The status of an option with all that speaks against it: safety rules that say to avoid it, with their reasons, and editions that advise against it or may.</summary>
    /// <param name="option">The option.</param>
    /// <param name="by">What stands in brackets behind the word: who offers it, or its kind.</param>
    public string Status(Option option, string by = "")
    {
        var parts = new List<string> { StatusWord(option) + (by.Length > 0 ? $" ({by})" : "") };
        if (option.WithCare) parts.Add(Say("status.but-avoid", AvoidedBecause(option).TrimEnd('.')));
        if (option.Disagreement) parts.Add(Say("status.disagreement", All(option.AdvisedAgainst)));
        if (option.Standing.IsOffered() && option.PerhapsAgainstBy.Count > 0) parts.Add(Say("status.perhaps-disagreement", All(option.PerhapsAgainstBy)));
        return string.Join("; ", parts);
    }

    /// <summary>Why the safety rules say to avoid an option; empty when none does.</summary>
    public string AvoidedBecause(Option option) =>
        string.Join(" ", option.Safety.Where(s => s.State is Truth.True && s.Rule.Severity is Severity.Avoid).Select(Says));

    /// <summary>What an edition says against a treatment; where that is not certain, behind the condition on which it hangs.</summary>
    public string Advice(EditionStanding edition)
    {
        var rule = edition.Recommendation!;
        if (edition.Possible.Count < 2) return In(rule.Says);
        // a rule that holds may stand in an edition of which it is open whether it speaks of this patient
        var open = OpenClauses(rule.When) is { Count: > 0 } clauses ? clauses : OpenClauses(edition.Edition.Scope) is { Count: > 0 } scope ? scope : [Labels(edition.Missing)];
        return Say("plan.against-if", In(rule.Says), string.Join("; ", open));
    }

    /// <summary>The clauses of a condition that are not known yet, in words.</summary>
    public IReadOnlyList<string> OpenClauses(TruthNode condition) =>
        [.. Decisive(condition).Where(c => c.Truth is Truth.Undecided).Select(c => c.Text).Distinct(StringComparer.Ordinal)];

    /// <summary>The clauses for which a condition holds, with what the patient has instead of what was asked: "Type of kidney cancer: clear cell".</summary>
    public IEnumerable<string> Holding(TruthNode condition) => Decisive(condition).Where(c => c.Truth is Truth.True)
        .Select(c => c.Facts is [var id] && patient[id] is { State: FactState.Known, Definition.Type: FactType.Code or FactType.Number or FactType.Integer } fact ? Say("clause.is", Label(id), Bare(fact)) : c.Text)
        .Distinct(StringComparer.Ordinal);

    /// <summary>Why an option has its status: short sentences, the most important first.</summary>
    public IReadOnlyList<string> Because(Option option)
    {
        var sentences = new List<string>();
        foreach (var finding in option.Safety.Where(s => s.Rule.Severity is Severity.Contraindicated && s.State is Truth.True)) sentences.Add(Says(finding));
        var speaking = option.Editions.Where(e => !e.Silent).ToList();
        if (speaking.Count == 0) sentences.Add(option.Treatment.NeverOffered.IsEmpty ? Say("because.silent") : In(option.Treatment.NeverOffered));
        foreach (var edition in speaking.Order(EditionStanding.ByStanding))
        {
            if (edition.Recommendation is not { } rule) continue;
            var inEdition = edition.Edition.Id + Say("list.colon");
            if (edition.TooManyUnknowns) sentences.Add(inEdition + Say("because.too-many"));
            if (edition.Standing.IsOffered() || edition.Standing is Standing.NotRecommended) sentences.Add(inEdition + (edition.Standing is Standing.NotRecommended ? Advice(edition) : In(rule.Says)) + (rule.Because.IsEmpty ? "" : " " + Say("because.reason", In(rule.Because))));
            if (edition.Standing is Standing.NotApplicable && rule.Against) sentences.Add(inEdition + Say("because.only-against"));
            else sentences.AddRange(Decisive(rule.When).Select(c => inEdition + Full(c)));
            if ((edition.Standing.IsOffered() || edition.Standing is Standing.NotRecommended) && edition.Possible.Count > 1)
                sentences.Add(inEdition + Say("because.could-be", Either(edition.Possible.Where(p => p != edition.Standing).Select(p => Say($"status.{p.Id()}")))));
        }

        return [.. sentences.Distinct(StringComparer.Ordinal)];
    }
}
