using System.Collections.Immutable;
using Hilum.Expressions;
using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Facts;

/// <summary>Limits of normal that count only when a person accepts them by name.</summary>
public sealed record FallbackLimits(string Id, Phrase Label, FallbackLimit[] Limits, Citation Source, Review Review);

/// <summary>One limit: the fact that it fills, for whom, and the value in the canonical unit.</summary>
public sealed record FallbackLimit(int Fact, TruthNode? When, decimal Value, string Written);

/// <summary>What a person adds to a record when a case is made of it.</summary>
public sealed record CaseSettings
{
    /// <summary>The day of the plan.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Facts given by hand: they beat the record.</summary>
    public IReadOnlyList<GivenFact> ByHand { get; init; } = [];

    /// <summary>Fallback limits that are accepted.</summary>
    public IReadOnlyList<FallbackLimits> AcceptedLimits { get; init; } = [];

    /// <summary>Ids of facts whose old values are accepted.</summary>
    public IReadOnlySet<string> AcceptedStale { get; init; } = ImmutableHashSet<string>.Empty;
}

/// <summary>Makes a case of a record: chooses among statements, keeps conflicts, and derives what follows.</summary>
/// <param name="dictionary">The facts that there can be.</param>
public sealed class CaseBuilder(FactDictionary dictionary)
{
    /// <summary>Builds the case.</summary>
    public Case Build(PatientRecord record, CaseSettings settings)
    {
        var notUsed = record.NotUsed.ToList();
        var warnings = record.Warnings.ToList();
        if (NotUsed.Unread(record.NotUsed) is { } unread) warnings.Insert(0, unread);
        var byFact = new List<GivenFact>[dictionary.Facts.Length];
        foreach (var given in settings.ByHand) (byFact[given.Fact.Index] ??= []).Add(given);
        var byHand = Array.ConvertAll(byFact, given => given is not null);
        foreach (var given in record.Facts.Select(g => AsKnownOn(g, settings.AsOf, notUsed)))
            if (!byHand[given.Fact.Index] && InTime(given, settings.AsOf, notUsed)) (byFact[given.Fact.Index] ??= []).Add(given);
        var chosen = new Choice[dictionary.Facts.Length];
        foreach (var fact in dictionary.Facts) chosen[fact.Index] = Choose(fact, byFact[fact.Index] ?? [], settings, record.UndatedIsCurrent);

        DropLimitsOfOtherResults(chosen, settings, record.UndatedIsCurrent);
        var therapies = chosen.Select(c => c.Given).SelectMany(g => g).Select(g => g.Value).OfType<GivenTherapies>().FirstOrDefault();
        var medicines = chosen.Select(c => c.Given).SelectMany(g => g).Select(g => g.Value).OfType<GivenMedicines>().ToList();
        var unlisted = UnlistedCancerDrugs(medicines, therapies, warnings);
        var history = new TherapyHistory(unlisted.Count == 0 ? therapies?.Items : [.. therapies?.Items ?? [], .. unlisted], therapies?.Complete ?? false, settings.AsOf, GrowsNow(chosen));
        var lists = new Lists(history, medicines, [.. chosen.SelectMany(c => c.Given).Select(g => g.Value).OfType<GivenTexts>()]);
        var possible = new Possible[dictionary.Facts.Length];
        foreach (var fact in dictionary.Facts) possible[fact.Index] = chosen[fact.Index].Possible ?? fact.Symbol.Unknown;
        var today = dictionary[FactDictionary.TodayId].Index;
        chosen[today] = new(NumbersPossible.Of(settings.AsOf.DayNumber), FactState.Known, [], []);
        possible[today] = chosen[today].Possible!;
        var facts = new CaseFact[dictionary.Facts.Length];
        foreach (var index in dictionary.Order)
            facts[index] = Derive(dictionary.Facts[index], chosen[index], possible, facts, lists, settings, warnings);
        foreach (var accepted in settings.AcceptedLimits)
            warnings.Add(new($"Limits accepted by hand: {accepted.Label.En} ({accepted.Id})", $"Limites acceptées à la main : {accepted.Label.Fr} ({accepted.Id})"));
        WarnOfSettings(therapies, warnings);
        foreach (var preliminary in chosen.SelectMany(c => c.Given).Where(g => g.Preliminary))
            warnings.Add(new($"{preliminary.Fact.Label.En}: the result is preliminary ({preliminary.Origin})", $"{preliminary.Fact.Label.Fr} : le résultat est préliminaire ({preliminary.Origin})"));
        var unchecked1 = medicines.SelectMany(m => m.Items).Where(m => !m.Recognised.Whole).Select(m => m.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        foreach (var text in unchecked1) warnings.Add(new($"Medicine not checked, because it was not recognised, or not wholly: {text}", $"Médicament non vérifié, car non reconnu, ou pas en entier : {text}"));
        var quiet = medicines.SelectMany(m => m.Items).Where(m => m.Recognised is { Whole: true, Drug: null } && !m.Recognised.Classes.Any()).Select(m => m.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (quiet.Count > 0) warnings.Add(new($"Recognised, but there is no rule about it here, which does not mean that it is safe: {string.Join(", ", quiet)}", $"Reconnu, mais sans règle ici, ce qui ne veut pas dire sans danger : {string.Join(", ", quiet)}"));
        var said = new HashSet<string?>(StringComparer.Ordinal);
        warnings.RemoveAll(w => !said.Add(w.En));
        return new(dictionary, record.PatientId, settings.AsOf, facts, possible)
        {
            NotUsed = [.. notUsed.OrderBy(n => n.Resource, StringComparer.Ordinal).ThenBy(n => n.Why.En, StringComparer.Ordinal)],
            Record = record,
            Settings = settings,
            Warnings = warnings,
            UncheckedMedicines = unchecked1,
            CurrentTherapies = [.. history.Current],
            AcceptedLimits = [.. settings.AcceptedLimits.Select(l => l.Id)],
        };
    }

    /// <summary>Whether the record says, and nothing in it denies, that the cancer grows under the treatment that goes on.</summary>
    private bool GrowsNow(Choice[] chosen) =>
        dictionary.FindById(ResponseToCurrent) is { } response && chosen[response.Index].Possible is CodesPossible { Mask: var mask } && response.BitOf("PD") is var bit and >= 0 && mask == 1UL << bit;

    private const string ResponseToCurrent = "response-to-current";

    private sealed record Choice(Possible? Possible, FactState State, IReadOnlyList<GivenFact> Given, IReadOnlyList<GivenFact> Older);

    private static bool InTime(GivenFact given, DateOnly asOf, List<NotUsed> notUsed)
    {
        if (given.Value is GivenDate { Date: var stated } && stated.Earliest > asOf && !given.Fact.MayBePlanned)
        {
            notUsed.Add(new(given.Origin, new($"{given.Fact.Label.En}: {stated} lies after the as-of date {asOf:yyyy-MM-dd}", $"{given.Fact.Label.Fr} : {stated} est postérieur à la date de référence {asOf:yyyy-MM-dd}")));
            return false;
        }

        if (!given.Date.IsStated || given.Date.Earliest <= asOf) return true;
        notUsed.Add(new(given.Origin, new($"{given.Fact.Label.En}: dated {given.Date}, after the as-of date {asOf:yyyy-MM-dd}", $"{given.Fact.Label.Fr} : daté du {given.Date}, après la date de référence {asOf:yyyy-MM-dd}")));
        return false;
    }

    /// <summary>Courses of treatment as they stood on the as-of date: one that begins later is none yet, one that ends later goes on.</summary>
    private static GivenFact AsKnownOn(GivenFact given, DateOnly asOf, List<NotUsed> notUsed)
    {
        if (given.Value is not GivenTherapies therapies) return given;
        var courses = new List<PriorTherapy>();
        foreach (var course in therapies.Items)
        {
            var (name, origin) = (course.Name ?? course.Treatment, course.Origin.Length > 0 ? course.Origin : given.Origin);
            if (course.Start.IsStated && course.Start.Earliest > asOf)
            {
                notUsed.Add(new(origin, new($"{name}: it begins on {course.Start}, after the as-of date {asOf:yyyy-MM-dd}", $"{name} : commence le {course.Start}, après la date de référence {asOf:yyyy-MM-dd}")));
            }
            else if (course.Stop.IsStated && course.Stop.Earliest > asOf)
            {
                notUsed.Add(new(origin, new($"{name}: it ends on {course.Stop}, after the as-of date {asOf:yyyy-MM-dd}; on that date it goes on", $"{name} : se termine le {course.Stop}, après la date de référence {asOf:yyyy-MM-dd} ; à cette date il continue")));
                courses.Add(course with { Stop = default, Ended = false, StoppedFor = null, StoppedParts = [], BestResponse = null });
            }
            else
            {
                courses.Add(course);
            }
        }

        return given with { Value = therapies with { Items = courses } };
    }

    /// <summary>The newest statement on or before the as-of date; several of one day, and those whose order in time is not known, stay side by side.</summary>
    private static Choice Choose(FactDefinition fact, List<GivenFact> statements, CaseSettings settings, bool undatedIsCurrent)
    {
        statements.RemoveAll(g => g.Value is GivenUnknown);
        if (statements.Count == 0) return new(null, FactState.Unknown, [], []);
        if (fact.Type is FactType.Codes) return Members(fact, statements);
        var dated = statements.Where(IsDated).ToList();
        var newest = dated.Count == 0 ? DateOnly.MinValue : dated.Max(g => DateOf(g).Earliest);
        // what may be as new as the newest stands beside it: without a date nobody knows which came later
        var current = statements.Where(g => (!g.Date.IsStated && !undatedIsCurrent) || g.Lasts || DateOf(g).Latest >= newest).ToList();
        var standing = current.ToHashSet<GivenFact>(ReferenceEqualityComparer.Instance);
        var older = statements.Where(g => !standing.Contains(g)).ToList();
        if (fact.Type is FactType.List)
            return FreeList(fact.Id is "medications" or "allergies" ? statements : current, older);
        if (fact.StaleAfter > 0 && !settings.AcceptedStale.Contains(fact.Id) && (dated.Count == 0 ? current : current.Where(IsDated)).Any(g => IsStale(g, fact, settings.AsOf, undatedIsCurrent)))
            return new(null, FactState.Stale, current, older);
        return Together(fact, current) is var (possible, state) ? new(UpTo(settings.AsOf, fact, possible), state, current, older) : new(null, FactState.Unknown, [], older);

        bool IsDated(GivenFact given) => given.Date.IsStated || undatedIsCurrent;

        PartialDate DateOf(GivenFact given) => given.Date.IsStated ? given.Date : PartialDate.From(settings.AsOf);
    }

    /// <summary>Of a year or month that is not over, the days that have been: what is no plan has happened.</summary>
    private static Possible UpTo(DateOnly asOf, FactDefinition fact, Possible possible) =>
        fact.Type is FactType.Date && !fact.MayBePlanned ? possible.Intersect(NumbersPossible.Of(Interval.UpTo(asOf.DayNumber))) ?? possible : possible;

    /// <summary>What several statements leave possible: what all of them allow or, when that is nothing, a conflict of all that stand.</summary>
    private static (Possible Possible, FactState State)? Together(FactDefinition fact, IReadOnlyList<GivenFact> statements)
    {
        var values = new List<Possible>();
        foreach (var one in statements.Select(g => PossibleOf(g.Value)).OfType<Possible>().Distinct())
            if (values.Count >= MostToRound || !values.Exists(v => SameWithin(fact, v, one))) values.Add(one);
        if (values.Count == 0) return null;
        var common = values.Skip(1).Aggregate((Possible?)values[0], (all, one) => all is null ? null : Common(fact, all, one));
        return common is null ? (UnionOf(values), FactState.Conflict) : (common, common.IsKnown ? FactState.Known : FactState.Partial);
    }

    /// <summary>So many results of one day that differ are a conflict, whether or not some of them differ by rounding alone.</summary>
    private const int MostToRound = 32;

    private static Possible UnionOf(List<Possible> values) => values.TrueForAll(v => v is NumbersPossible)
        ? new NumbersPossible([.. values.SelectMany(v => ((NumbersPossible)v).Intervals).Distinct()])
        : values.Aggregate((a, b) => a.Union(b));

    /// <summary>What is possible by both, in the unit system of the first; null when the two share nothing.</summary>
    private static Possible? Common(FactDefinition fact, Possible a, Possible b) =>
        a is NumbersPossible { IsOneSystem: true } x && b is NumbersPossible y
            ? x.Intersect(new NumbersPossible([.. y.Intervals.Select(i => fact.InSystem(i, x.Intervals[0].IsAll ? i.System : x.Intervals[0].System))]))
            : a.Intersect(b);

    /// <summary>Of a free list it is known whether there is anything on it, and whether it is complete.</summary>
    private static Choice FreeList(List<GivenFact> statements, List<GivenFact> older)
    {
        var some = statements.Exists(g => g.Value is GivenTherapies { Items.Count: > 0 } or GivenMedicines { Items.Count: > 0 } or GivenTexts { Items.Count: > 0 });
        var complete = statements.Exists(g => g.Value is GivenTherapies { Complete: true } or GivenMedicines { Complete: true } or GivenTexts { Complete: true });
        return new(some ? MembersPossible.Some : complete ? MembersPossible.None : null, complete ? FactState.Known : FactState.Partial, statements, older);
    }

    private static bool SameWithin(FactDefinition fact, Possible a, Possible b) =>
        a.Equals(b) || (a is NumbersPossible { IsKnown: true } x && b is NumbersPossible { IsKnown: true } y
            && Math.Abs(fact.InFirstSystem(x.Intervals[0].Low, x.Intervals[0].System) - fact.InFirstSystem(y.Intervals[0].Low, y.Intervals[0].System)) <= (x.Intervals[0].System == y.Intervals[0].System ? 0 : fact.Tolerance));

    private static bool IsStale(GivenFact given, FactDefinition fact, DateOnly asOf, bool undatedIsCurrent) =>
        given.Origin != Origins.ByHand && (given.Date.IsStated ? given.Date.Earliest.AddDays(fact.StaleAfter) < asOf : !undatedIsCurrent);

    private static Choice Members(FactDefinition fact, List<GivenFact> statements)
    {
        ulong present = 0, absent = 0, complete = 0;
        foreach (var given in statements.Select(g => g.Value).OfType<GivenMembers>())
        {
            present |= given.Present;
            absent |= given.Absent;
            if (given.Complete) complete = fact.Symbol.AllCodes;
        }

        // said to be in by one statement and out by another: neither is known
        var both = present & absent;
        var members = new MembersPossible(present & ~both, (absent | (complete & ~present)) & ~both, fact.Symbol.AllCodes);
        return new(members, both == 0 ? FactState.Partial : FactState.Conflict, statements, []);
    }

    private static Possible? PossibleOf(GivenValue value) => value switch
    {
        GivenCode code => new CodesPossible(code.Mask),
        GivenNumber number => NumbersPossible.Of(number.Value),
        GivenDate { Date: var date } => NumbersPossible.Of(Interval.Closed(date.Earliest.DayNumber, date.Latest.DayNumber)),
        _ => null,
    };

    /// <summary>A limit or a flag counts only with the result that it came with. Two facts may share a limit: calcium and corrected calcium.</summary>
    private void DropLimitsOfOtherResults(Choice[] chosen, CaseSettings settings, bool undatedIsCurrent)
    {
        var owners = new Dictionary<string, List<FactDefinition>>(StringComparer.Ordinal);
        foreach (var fact in dictionary.Facts)
        {
            foreach (var companion in new[] { fact.LimitLow, fact.LimitHigh, fact.FlagLow, fact.FlagHigh }.OfType<string>().Distinct(StringComparer.Ordinal))
            {
                if (!owners.TryGetValue(companion, out var list)) owners.Add(companion, list = []);
                list.Add(fact);
            }
        }

        foreach (var (companion, ofCompanion) in owners)
        {
            if (dictionary.FindById(companion) is not { } limit) continue;
            var choice = chosen[limit.Index];
            List<GivenFact> all = [.. choice.Given, .. choice.Older];
            if (!all.Exists(g => g.WithResult is not null)) continue;
            var results = ofCompanion.Where(owner => chosen[owner.Index].State is not FactState.Stale).SelectMany(owner => chosen[owner.Index].Given).Select(g => g.Origin).ToHashSet(StringComparer.Ordinal);
            var alone = Choose(limit, [.. all.Where(g => g.WithResult is null)], settings, undatedIsCurrent);
            List<GivenFact> kept = [.. all.Where(g => g.WithResult is { } result && results.Contains(result))];
            if (kept.Count > 0 && alone.Possible is not null) kept.AddRange(alone.Given);
            chosen[limit.Index] = Together(limit, kept) is var (possible, state) ? new(possible, state, kept, [])
                : alone.Given.Count > 0 ? alone : new(null, FactState.Unknown, [], choice.Given);
        }
    }

    /// <summary>The lists with items of their own, from which facts follow.</summary>
    private sealed record Lists(TherapyHistory History, List<GivenMedicines> Medicines, List<GivenTexts> Allergies)
    {
        public Possible? Derive(FactDefinition fact, ListDerivation list, ReadOnlySpan<Possible> facts) => list.From switch
        {
            "medications" => Classes(fact, Medicines),
            "allergies" => Substances(fact, Allergies),
            _ => History.Derive(fact, list, facts),
        };
    }

    private CaseFact Derive(FactDefinition fact, Choice choice, Possible[] possible, CaseFact?[] facts, Lists lists, CaseSettings settings, List<Phrase> warnings)
    {
        var given = choice.Possible;
        Possible? derived = null;
        Derivation? decisive = null, against = null;
        foreach (var derivation in fact.Derivations)
        {
            if (derivation.Assumed && (given is not null || derived is not null)) continue;
            var one = derivation is ListDerivation list ? lists.Derive(fact, list, possible) : derivation.Derive(possible, fact);
            if (one is null || one.Equals(fact.Symbol.Unknown)) continue;
            if (fact.MustAgree && derived is not null && Common(fact, derived, one) is null)
            {
                if (Newer(fact, derived) is null && Newer(fact, one) is null)
                {
                    (derived, against) = (derived.Union(one), derivation);
                    break;
                }

                warnings.Add(GivesWay(fact, Newer(fact, derived) is null ? Behind(decisive, facts) : Behind(derivation, facts)));
                if (Newer(fact, one) is { } newer) (derived, decisive) = (newer, derivation);
                continue;
            }

            if (one.IsKnown && !fact.MustAgree)
            {
                (derived, decisive) = (one, derivation);
                break;
            }

            if (one.IsKnown && derived is not { IsKnown: true }) decisive = derivation;
            derived = derived is null ? one : Common(fact, derived, one) ?? one;
            decisive ??= derivation;
        }

        foreach (var limits in settings.AcceptedLimits.SelectMany(l => l.Limits).Where(l => l.Fact == fact.Index))
            if (given is null && derived is null && (limits.When is null || limits.When.Evaluate(possible) is Truth.True)) derived = NumbersPossible.Of(limits.Value);

        var (value, state) = Combine(fact, given, derived, choice, against is null ? Behind(decisive, facts) : default, warnings);
        if (against is not null && given is null)
        {
            state = FactState.Conflict;
            warnings.Add(Disagree(fact, Following(fact, decisive!, possible, facts), Following(fact, against, possible, facts)));
        }

        possible[fact.Index] = value;
        return new()
        {
            Definition = fact,
            Possible = value,
            State = state,
            Given = choice.Given,
            Older = choice.Older,
            IsDerived = derived is not null && (given is null || !value.Equals(given)),
            Derivation = derived is null ? null : decisive,
            Courses = decisive is ListDerivation { From: "prior-therapies" } read && derived is not null ? lists.History.Concerning(read) : [],
        };
    }

    private static (Possible Value, FactState State) Combine(FactDefinition fact, Possible? given, Possible? derived, Choice choice, Phrase behind, List<Phrase> warnings)
    {
        if (choice.State is FactState.Stale)
        {
            if (!choice.Given[0].Date.IsStated)
                warnings.Add(new($"{fact.Label.En}: the value has no date; it counts as unknown until someone accepts it", $"{fact.Label.Fr} : la valeur n'a pas de date ; elle compte comme inconnue tant que personne ne l'accepte"));
            else warnings.Add(new($"{fact.Label.En}: the last value is of {choice.Given[0].Date}, over {fact.StaleAfter} days old; it counts as unknown until someone accepts it",
                $"{fact.Label.Fr} : la dernière valeur date du {choice.Given[0].Date}, il y a plus de {fact.StaleAfter} jours ; elle compte comme inconnue tant que personne ne l'accepte"));
            return derived is { IsKnown: true } ? (derived, FactState.Known) : (derived ?? fact.Symbol.Unknown, FactState.Stale);
        }

        if (choice.State is FactState.Conflict && fact.Type is FactType.Codes)
            warnings.Add(new($"{fact.Label.En}: what one statement names another denies ({OriginsOf(choice)}); it stays open", $"{fact.Label.Fr} : ce qu'une mention affirme, une autre le nie ({OriginsOf(choice)}) ; la question reste ouverte"));
        else if (choice.State is FactState.Conflict)
            warnings.Add(new($"{fact.Label.En}: two values of one day, or of which nobody knows which is newer, disagree ({OriginsOf(choice)}); both stay possible", $"{fact.Label.Fr} : deux valeurs du même jour, ou dont on ne sait pas laquelle est la plus récente, se contredisent ({OriginsOf(choice)}) ; les deux restent possibles"));
        if (given is null || derived is null)
        {
            var only = given ?? derived ?? fact.Symbol.Unknown;
            return (only, choice.State is FactState.Conflict || (fact.Type is FactType.List && given is not null) ? choice.State : StateOf(fact, only));
        }

        if (Newer(fact, derived) is { } newer && !given.Equals(derived))
        {
            warnings.Add(GivesWay(fact, default));
            return (newer, FactState.Known);
        }

        if (Near(fact, given, derived)) return (given, StateOf(fact, given));
        if (Common(fact, given, derived) is { } both) return (both, choice.State is FactState.Conflict && !both.IsKnown ? FactState.Conflict : StateOf(fact, both));
        warnings.Add(Disagree(fact, With(Shown(fact, given), Phrase.Same(OriginsOf(choice))), With(Shown(fact, derived), behind)));
        return (given.Union(derived), FactState.Conflict);
    }

    /// <summary>The value to which what was noted before gives way; null when this is not it.</summary>
    private static Possible? Newer(FactDefinition fact, Possible value) =>
        fact.GivesWayTo is { } newer && value is CodesPossible { IsKnown: true } code && fact.Values[code.Code].Code == newer ? value : null;

    private static Phrase GivesWay(FactDefinition fact, Phrase old) => new(
        $"{fact.Label.En}: {(old.IsEmpty ? "the recorded value" : $"what was found before ({old.En})")} gives way to {fact.GivesWayTo}, because of what was found later",
        $"{fact.Label.Fr} : {(old.IsEmpty ? "la valeur notée" : $"ce qui avait été trouvé ({old.Fr})")} cède la place à {fact.GivesWayTo}, en raison de ce qui a été trouvé depuis");

    private static Phrase Disagree(FactDefinition fact, Phrase one, Phrase other) => new(
        $"{fact.Label.En}: {one.En} and {other.En} disagree; both stay possible",
        $"{fact.Label.Fr} : {one.Fr} et {other.Fr} se contredisent ; les deux restent possibles");

    private Phrase Following(FactDefinition fact, Derivation derivation, Possible[] possible, CaseFact?[] facts) =>
        With(Shown(fact, derivation.Derive(possible, fact) ?? fact.Symbol.Unknown), Behind(derivation, facts));

    private static Phrase With(Phrase value, Phrase origin) => origin.IsEmpty ? value : new($"{value.En} ({origin.En})", $"{value.Fr} ({origin.Fr})");

    /// <summary>What a value follows from: the rule in words, and what the record states of the facts that it looks at.</summary>
    private Phrase Behind(Derivation? derivation, CaseFact?[] facts)
    {
        if (derivation is null) return default;
        var inputs = derivation is ListDerivation list ? [dictionary[list.From].Index] : derivation.Inputs;
        var stated = inputs.Select(i => facts[i]).OfType<CaseFact>().Where(f => f.Given.Count > 0 && f.State is not FactState.Stale).ToList();
        return new(
            string.Join("; ", stated.Select(f => $"{f.Definition.Label.En}{Value(f, v => v.En!)}, {f.Origin}").Prepend(derivation.Because.En ?? "").Where(t => t.Length > 0)),
            string.Join(" ; ", stated.Select(f => $"{f.Definition.Label.Fr}{Value(f, v => v.Fr!)}, {f.Origin}").Prepend(derivation.Because.Fr ?? "").Where(t => t.Length > 0)));

        static string Value(CaseFact fact, Func<Phrase, string> words) =>
            fact.Given[0].Value is GivenNumber number ? $" {number.Reported}" : fact.Possible is CodesPossible ? $" {words(Shown(fact.Definition, fact.Possible))}" : "";
    }

    /// <summary>Values as a warning names them; of a number what the record wrote is elsewhere.</summary>
    private static Phrase Shown(FactDefinition fact, Possible value) => value switch
    {
        CodesPossible codes when fact.Type is FactType.Bool => codes.Mask switch { 1 => new("no", "non"), 2 => new("yes", "oui"), _ => new("yes or no", "oui ou non") },
        CodesPossible codes => new(
            string.Join(" or ", fact.Values.Where((_, bit) => (codes.Mask & (1UL << bit)) != 0).Select(v => v.Label.En)),
            string.Join(" ou ", fact.Values.Where((_, bit) => (codes.Mask & (1UL << bit)) != 0).Select(v => v.Label.Fr))),
        NumbersPossible { IsKnown: true } number when fact.Type is not FactType.Date => Phrase.Same(number.Intervals[0].Low.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        _ => new("the value", "la valeur"),
    };

    private static string OriginsOf(Choice choice) => string.Join(", ", choice.Given.Select(g => g.Origin).Order(StringComparer.Ordinal));

    private static FactState StateOf(FactDefinition fact, Possible value) =>
        value.IsKnown && fact.Type is not FactType.List ? FactState.Known : value.Equals(fact.Symbol.Unknown) ? FactState.Unknown : FactState.Partial;

    /// <summary>Whether a given number lies within the tolerance of what follows, be that a number or a range.</summary>
    private static bool Near(FactDefinition fact, Possible given, Possible derived) =>
        fact.Tolerance > 0 && given is NumbersPossible { IsKnown: true } g && derived is NumbersPossible d
        && d.Intervals.Any(i => !fact.InSystem(i, 0).Plus(Interval.Closed(-fact.Tolerance, fact.Tolerance)).Intersect(fact.InSystem(g.Intervals[0], 0)).IsEmpty);

    /// <summary>A class is known absent only if the list is complete and every entry was recognised.</summary>
    private static MembersPossible? Classes(FactDefinition fact, List<GivenMedicines> medicines)
    {
        if (medicines.Count == 0) return null;
        ulong present = 0;
        foreach (var code in medicines.SelectMany(m => m.Items).SelectMany(m => m.Recognised.Classes))
            if (fact.BitOf(code) is var bit and >= 0) present |= 1UL << bit;
        var sure = medicines.Exists(m => m.Complete) && medicines.SelectMany(m => m.Items).All(m => m.Recognised.Whole);
        return new(present, sure ? fact.Symbol.AllCodes & ~present : 0, fact.Symbol.AllCodes);
    }

    /// <summary>The code of an allergy that nobody recognised: it may be to anything.</summary>
    private const string Unrecognised = "unrecognised";

    /// <summary>An allergy to a substance is known absent only if the list is complete and every entry was recognised.</summary>
    private static MembersPossible? Substances(FactDefinition fact, List<GivenTexts> allergies)
    {
        if (allergies.Count == 0) return null;
        ulong present = 0;
        foreach (var id in allergies.SelectMany(a => a.Known).SelectMany(k => k.Ids).Concat(allergies.Exists(a => !a.AllKnown) ? [Unrecognised] : []))
            if (fact.BitOf(id) is var bit and >= 0) present |= 1UL << bit;
        var sure = allergies.Exists(a => a.Complete) && allergies.TrueForAll(a => a.AllKnown);
        return new(present, sure ? fact.Symbol.AllCodes & ~present : 0, fact.Symbol.AllCodes);
    }

    /// <summary>
    /// Cancer drugs among the medicines taken now that no present course holds. A drug that is taken is a treatment; whether for this cancer, and of
    /// what line, its place in the list does not say, so that what follows stays open.
    /// </summary>
    private static List<PriorTherapy> UnlistedCancerDrugs(List<GivenMedicines> medicines, GivenTherapies? therapies, List<Phrase> warnings)
    {
        var unlisted = new List<PriorTherapy>();
        foreach (var medicine in medicines.SelectMany(m => m.Items).DistinctBy(m => m.Recognised.Drug?.Id))
        {
            if (medicine.Recognised.Drug is not { IsSystemic: true } drug || therapies?.Items.Any(t => t.IsOngoing && t.Drugs.Contains(drug.Id)) == true) continue;
            unlisted.Add(new() { Treatment = drug.Id, Drugs = [drug.Id], Groups = [.. drug.Groups], Setting = TherapySetting.Unknown, Origin = medicine.Origin });
            warnings.Add(new(
                $"{drug.Name.En} is among the medicines taken now but not among the cancer treatments that go on; it counts as present treatment, and the line stays open until the two lists agree",
                $"{drug.Name.Fr} figure parmi les médicaments pris actuellement mais pas parmi les traitements du cancer en cours ; il compte comme traitement actuel, et la ligne reste ouverte tant que les deux listes ne concordent pas"));
        }

        return unlisted;
    }

    private static void WarnOfSettings(GivenTherapies? therapies, List<Phrase> warnings)
    {
        foreach (var line in TreatmentLines.Of((therapies?.Items ?? []).Where(t => t.IsSystemic && t.Setting is TherapySetting.Metastatic)).Where(l => l.Count > 1))
        {
            var names = string.Join(", ", line.Select(t => t.Name ?? t.Treatment));
            warnings.Add(new($"{names}: begun within {TreatmentLines.SameLineDays} days of each other; they count as one line of treatment", $"{names} : commencés à moins de {TreatmentLines.SameLineDays} jours les uns des autres ; ils comptent comme une seule ligne de traitement"));
        }

        foreach (var therapy in (therapies?.Items ?? []).Where(t => t.Setting is TherapySetting.Unknown))
        {
            var name = therapy.Name ?? therapy.Treatment;
            warnings.Add(new($"{name}: it is not known whether it was given for metastatic disease or after surgery; the line of treatment stays open", $"{name} : on ne sait pas si ce traitement visait la maladie métastatique ou suivait une chirurgie ; la ligne de traitement reste ouverte"));
        }
    }
}
