using Google.OrTools.Sat;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;

namespace Hilum.Proof.Model;

/// <summary>
/// Every patient who can exist, as far as some conditions can tell patients apart: each fact that they look at, what it follows from,
/// its plausible range, and what never goes together.
/// </summary>
/// <remarks>
/// Fully known patients only. A fact that follows from others has the value that follows; where nothing follows it is free, as if given.
/// What stands only behind one fact is left out: that fact is then given by itself. With a record, known facts are fixed, given ones
/// are not derived again, and the others stay within what the record leaves possible.
/// </remarks>
internal sealed class PatientModel : IPatientFacts
{
    private readonly GuidanceContent content;
    private readonly Case? record;
    private readonly PatientModel? twin;
    private readonly int varied = -1;
    private readonly Dictionary<int, ILiteral[]> bits = [];
    private readonly Dictionary<int, (Amount Amount, LinearExpr Variable, decimal Unit)> amounts = [];
    private readonly Dictionary<int, ILiteral> decided = [];
    private readonly Dictionary<int, ILiteral[]> freeBits = [];
    private readonly Dictionary<int, (Amount Amount, LinearExpr Variable, decimal Unit)> freeAmounts = [];
    private readonly Dictionary<int, int> decimals = [];
    private readonly SortedSet<int> facts;
    private readonly HashSet<int> named;
    private readonly Dictionary<int, ILiteral> stated = [];

    /// <summary>Makes a model of every patient, as seen by some conditions.</summary>
    public PatientModel(GuidanceContent content, DateOnly asOf, IReadOnlyCollection<TruthNode> conditions)
        : this(content, asOf, conditions, null)
    {
    }

    /// <summary>Makes a model of every way of completing a record.</summary>
    public PatientModel(GuidanceContent content, Case record, IReadOnlyCollection<TruthNode> conditions)
        : this(content, record.AsOf, conditions, record)
    {
    }

    private PatientModel(GuidanceContent content, DateOnly asOf, IReadOnlyCollection<TruthNode> conditions, Case? record)
    {
        this.content = content;
        this.record = record;
        AsOf = asOf;
        Logic = new();
        Calendar = new(asOf);
        Translation = new(Logic, this, content.Facts, Calendar);
        CollectDecimals(conditions);
        named = [.. conditions.SelectMany(References.Of)];
        facts = [.. new Reach(content.Facts, record).Of(conditions)];
        Build();
    }

    private PatientModel(PatientModel twin, int varied)
    {
        (this.twin, this.varied, content, record, AsOf) = (twin, varied, twin.content, twin.record, twin.AsOf);
        (Logic, Calendar, facts, named, decimals) = (twin.Logic, twin.Calendar, twin.facts, twin.named, twin.decimals);
        Translation = new(Logic, this, content.Facts, Calendar);
        Build();
    }

    /// <summary>The day on which the patient is judged.</summary>
    public DateOnly AsOf { get; }

    /// <summary>The solver's model.</summary>
    public Logic Logic { get; }

    /// <summary>How dates are counted.</summary>
    public Calendar Calendar { get; }

    /// <summary>Turns conditions into constraints.</summary>
    public Translation Translation { get; }

    /// <summary>Earlier treatment; null when nothing asks for it.</summary>
    public Therapies? Therapies { get; private set; }

    /// <summary>Medicines; null when nothing asks for them.</summary>
    public Medicines? Medicines { get; private set; }

    /// <summary>The facts of the model.</summary>
    public IReadOnlyCollection<int> Facts => facts;

    /// <summary>Facts with a part that is free: what a person could still be asked for.</summary>
    public IEnumerable<int> Open => freeBits.Keys.Concat(freeAmounts.Keys);

    /// <summary>The same patient, but for one fact.</summary>
    public PatientModel Twin(int fact) => new(this, fact);

    /// <inheritdoc/>
    public ILiteral[] Bits(int fact) => bits[fact];

    /// <inheritdoc/>
    public Amount Amount(int fact) => amounts[fact].Amount;

    /// <inheritdoc/>
    /// <remarks>A date that no condition names may be missing: what never happened has none.</remarks>
    public ILiteral IsStated(int fact) => stated.TryGetValue(fact, out var literal) ? literal : Logic.True;

    /// <summary>The variable of a number or date and its unit.</summary>
    public (LinearExpr Variable, decimal Unit) Variable(int fact) => (amounts[fact].Variable, amounts[fact].Unit);

    /// <summary>Whether a fact follows from others.</summary>
    public ILiteral IsDecided(int fact) => decided.TryGetValue(fact, out var literal) ? literal : Logic.False;

    private void Build()
    {
        foreach (var index in content.Facts.Order.Where(facts.Contains)) Build(content.Facts.Facts[index]);
        if (record is not null || twin is not null) return;
        foreach (var rule in content.Consistency.Where(r => !r.RecordOnly))
            if (References.Of(rule.Holds).All(facts.Contains)) Logic.Model.AddBoolOr([Translation.Of(rule.Holds)]);
    }

    private void Build(FactDefinition fact)
    {
        if (fact.Id == FactDictionary.TodayId)
        {
            amounts[fact.Index] = (Model.Amount.Of(0), LinearExpr.Constant(0), 1);
            return;
        }

        if (record is not null && record.Possible[fact.Index].IsKnown && fact.Type is not FactType.List)
        {
            Fix(fact, record.Possible[fact.Index]);
            return;
        }

        if (fact.Type is FactType.List)
        {
            BuildList(fact);
            return;
        }

        if (IsNumber(fact)) BuildNumber(fact);
        else BuildBits(fact);
    }

    private static bool IsNumber(FactDefinition fact) => fact.Type is FactType.Number or FactType.Integer or FactType.Date;

    /// <summary>Whether the record states it. What follows from a list that is given, and is still not known, does not follow from it.</summary>
    private bool IsGiven(FactDefinition fact) => record?[fact.Index] is { Given.Count: > 0, State: not FactState.Stale };

    /// <summary>What is given is not worked out again.</summary>
    private bool Follows(FactDefinition fact) =>
        !IsGiven(fact) && fact.Derivations.Length > 0
        && fact.Derivations.Any(d => d is ListDerivation list ? facts.Contains(content.Facts[list.From].Index) : d.Inputs.All(facts.Contains));

    private void Fix(FactDefinition fact, Possible possible)
    {
        switch (possible)
        {
            case CodesPossible codes:
                bits[fact.Index] = [.. Enumerable.Range(0, Width(fact)).Select(bit => Logic.Of((codes.Mask & (1UL << bit)) != 0))];
                break;
            case MembersPossible members:
                bits[fact.Index] = [.. Enumerable.Range(0, Width(fact)).Select(bit => Logic.Of((members.Present & (1UL << bit)) != 0))];
                break;
            case NumbersPossible numbers:
                var value = fact.InSystem(numbers.Intervals[0], 0).Low;
                amounts[fact.Index] = (Model.Amount.Of(fact.Type is FactType.Date ? Calendar.Of(DateOnly.FromDayNumber((int)value)) : value), LinearExpr.Constant(0), 1);
                break;
        }
    }

    private static int Width(FactDefinition fact) => fact.Type switch { FactType.Bool => 2, FactType.List => 1, _ => fact.Values.Length };

    private void BuildList(FactDefinition fact)
    {
        switch (fact.Id)
        {
            case "prior-therapies" or "medications" when IsGiven(fact):
                bits[fact.Index] = NewBits(fact);
                Restrict(fact, bits[fact.Index]);
                return;
            case "prior-therapies":
                Therapies = twin is not null && varied != fact.Index ? twin.Therapies : new(Logic, content, facts.Any(f => content.Facts.Facts[f].Derivations.OfType<ListDerivation>().Any(d => Model.Therapies.AsksForEnds(d.Rule))));
                bits[fact.Index] = [Logic.Or(Therapies!.Any, Therapies.Adjuvant)];
                break;
            case "medications":
                Medicines = twin is not null && varied != fact.Index ? twin.Medicines : new(Logic, content);
                bits[fact.Index] = [Medicines!.Any];
                break;
            default:
                bits[fact.Index] = fact.Derivations.OfType<ListDerivation>().FirstOrDefault() is { Rule: "current" } && Therapies is not null ? [Therapies.Ongoing] : FreeBits(fact);
                break;
        }

        if (record is null) return;
        Restrict(fact, bits[fact.Index]);
        if (fact.Id is "prior-therapies" or "medications") freeBits[fact.Index] = bits[fact.Index];
    }

    // ---- Booleans, codes, coded lists ----

    private void BuildBits(FactDefinition fact)
    {
        if (!Follows(fact))
        {
            bits[fact.Index] = FreeBits(fact);
            return;
        }

        var own = record is null ? FreeBits(fact) : NewBits(fact);
        if (record is not null) Restrict(fact, own);
        bits[fact.Index] = own;
        var open = Logic.True;
        foreach (var derivation in fact.Derivations.Where(d => record is not null || !d.Assumed))
        {
            var (values, known) = derivation is ListDerivation list ? FromList(fact, list) : FromFacts(fact, derivation);
            if (values is null) continue;
            var now = Logic.And(open, known);
            for (var bit = 0; bit < own.Length; bit++) Equal(own[bit], values[bit], now);
            open = Logic.And(open, known.Not());
        }

        Settle(fact, open);
        if (record is null || Logic.IsFalse(open)) return;
        var free = FreeBits(fact);
        for (var bit = 0; bit < own.Length; bit++) Equal(own[bit], free[bit], open);
    }

    private void Settle(FactDefinition fact, ILiteral open)
    {
        decided[fact.Index] = open.Not();
        // what is never given and does not follow is not known: no such patient
        if (fact.Derived && record is null) Logic.Model.AddBoolOr([open.Not()]);
    }

    private void Equal(ILiteral a, ILiteral b, ILiteral when)
    {
        if (Logic.IsFalse(when) || a.GetIndex() == b.GetIndex()) return;
        Logic.Model.AddBoolOr([when.Not(), a.Not(), b]);
        Logic.Model.AddBoolOr([when.Not(), a, b.Not()]);
    }

    private ILiteral[] FreeBits(FactDefinition fact)
    {
        if (twin is not null && varied != fact.Index && twin.freeBits.TryGetValue(fact.Index, out var shared)) return freeBits[fact.Index] = shared;
        var made = NewBits(fact);
        if (record is not null) Restrict(fact, made);
        return freeBits[fact.Index] = made;
    }

    private ILiteral[] NewBits(FactDefinition fact)
    {
        if (fact.Type is FactType.Bool)
        {
            var one = Logic.New(fact.Id);
            return [one.Not(), one];
        }

        ILiteral[] made = [.. Enumerable.Range(0, Width(fact)).Select(_ => Logic.New(fact.Id))];
        if (fact.Type is FactType.Code) Logic.Model.AddExactlyOne(made);
        return made;
    }

    private void Restrict(FactDefinition fact, ILiteral[] made)
    {
        for (var bit = 0; bit < made.Length; bit++)
        {
            var at = 1UL << bit;
            var (may, must) = record!.Possible[fact.Index] switch
            {
                CodesPossible codes => ((codes.Mask & at) != 0, false),
                MembersPossible members => ((members.Absent & at) == 0, (members.Present & at) != 0),
                _ => (true, false),
            };
            if (must) Logic.Model.AddBoolOr([made[bit]]);
            if (!may) Logic.Model.AddBoolOr([made[bit].Not()]);
        }
    }

    private (ILiteral[]? Values, ILiteral Known) FromList(FactDefinition fact, ListDerivation list)
    {
        if (list.From == "medications") return Medicines is null ? (null, Logic.False) : ([.. fact.Values.Select(v => Medicines.AnyOf(v.Code))], Logic.True);
        if (list.From == "allergies") return (Substances(fact, content.Facts[list.From]), Logic.True);
        if (Therapies is null) return (null, Logic.False);
        return Therapies.Derive(fact, list) is var (values, known) ? (values, known) : throw new NotTranslatedException($"the rule '{list.Rule}' of {fact.Id}");
    }

    /// <summary>A patient may be allergic to any of the substances; to one of them only with an entry on the list.</summary>
    private ILiteral[] Substances(FactDefinition fact, FactDefinition list)
    {
        var made = FreeBits(fact);
        foreach (var substance in made) Logic.Model.AddImplication(substance, bits[list.Index][0]);
        return made;
    }

    private (ILiteral[]? Values, ILiteral Known) FromFacts(FactDefinition fact, Derivation derivation)
    {
        if (!derivation.Inputs.All(facts.Contains)) return (null, Logic.False);
        switch (derivation)
        {
            case TruthDerivation d when Translation.Truth(d.Node) is var truth:
                return ([truth.IsFalse, truth.IsTrue], Logic.Or(truth.IsTrue, truth.IsFalse));
            case CodeDerivation d:
                ILiteral[] codes = [.. fact.Values.Select((_, bit) => Translation.Within(d.Node, 1UL << bit))];
                return (codes, Logic.Any(codes));
            case PointsDerivation { Groups.Length: > 0 } d:
                var points = Points(d);
                return ([.. fact.Values.Select((_, bit) => Logic.Any(d.Groups.Where(g => g.Bit == bit).Select(g => Logic.And(
                    Logic.Compare(points, Comparison.GreaterOrEqual, Model.Amount.Of(g.Min)),
                    Logic.Compare(points, Comparison.LessOrEqual, Model.Amount.Of(g.Max))))))], Logic.True);
            default:
                return (null, Logic.False);
        }
    }

    private Amount Points(PointsDerivation derivation) => derivation.Factors
        .Select(f => Model.Amount.Of(LinearExpr.Term(Translation.Of(f), 1), 1, 0, 1)).Aggregate(Model.Amount.Of(0), (sum, one) => sum.Plus(one));

    // ---- numbers and dates ----

    private void BuildNumber(FactDefinition fact)
    {
        if (!Follows(fact))
        {
            if (fact.Type is FactType.Date && !named.Contains(fact.Index) && !IsGiven(fact))
                stated[fact.Index] = twin is not null && varied != fact.Index ? twin.stated[fact.Index] : Logic.New($"{fact.Id} is stated");
            amounts[fact.Index] = FreeAmount(fact, 0);
            return;
        }

        var followed = fact.Derivations.Where(d => record is not null || !d.Assumed).Select(d => FromDerivation(fact, d)).Where(f => !Logic.IsFalse(f.IsKnown)).ToList();
        var digits = followed.Select(f => f.Amount.Decimals).Append(0).Max();
        var own = record is null ? FreeAmount(fact, digits) : NewAmount(fact, digits);
        amounts[fact.Index] = own;
        var open = Logic.True;
        foreach (var (amount, known) in followed)
        {
            Logic.Equate(own.Amount, amount, Logic.And(open, known));
            open = Logic.And(open, known.Not());
        }

        Settle(fact, open);
        if (record is not null && !Logic.IsFalse(open)) Logic.Equate(own.Amount, FreeAmount(fact, 0).Amount, open);
    }

    private MaybeAmount FromDerivation(FactDefinition fact, Derivation derivation)
    {
        switch (derivation)
        {
            case ListDerivation list when Therapies is not null && list.From == "prior-therapies":
                return list.Rule switch
                {
                    "line" => new(Therapies.Lines.Plus(Model.Amount.Of(1)), Logic.True),
                    "count-of-group" => new(Therapies.CountOf(list.Argument!), Logic.True),
                    "months-since-adjuvant" => new(MonthsSinceAdjuvant(fact), Therapies.Adjuvant),
                    "start-of-first" => new(StartOfFirst(), Therapies.Any),
                    _ => throw new NotTranslatedException($"the rule '{list.Rule}' of {fact.Id}"),
                };
            case NumberDerivation d when d.Inputs.All(facts.Contains) && d.System != 1: return Translation.Number(d.Node, fact.Type is FactType.Date);
            case PointsDerivation { Groups.Length: 0 } d when d.Inputs.All(facts.Contains): return new(Points(d), Logic.True);
            default: return new(Model.Amount.Of(0), Logic.False);
        }
    }

    /// <summary>When the first course began: a date of its own, on or before the as-of date.</summary>
    public (Amount Amount, LinearExpr Variable)? First { get; private set; }

    /// <summary>Months since treatment after surgery ended.</summary>
    public (Amount Amount, LinearExpr Variable)? AdjuvantMonths { get; private set; }

    private Amount StartOfFirst()
    {
        if (twin is not null && ReferenceEquals(Therapies, twin.Therapies)) First = twin.First;
        if (First is null)
        {
            const long low = -30L * 12 * Calendar.Days;
            var variable = Logic.Model.NewIntVar(low, 0, "first-start");
            First = (Model.Amount.Of(variable, 1, low, 0), variable);
        }

        return First.Value.Amount;
    }

    private Amount MonthsSinceAdjuvant(FactDefinition fact)
    {
        if (twin is not null && ReferenceEquals(Therapies, twin.Therapies)) AdjuvantMonths = twin.AdjuvantMonths;
        if (AdjuvantMonths is null)
        {
            var high = (long)(fact.PlausibleMax ?? 600);
            var variable = Logic.Model.NewIntVar(0, high, "adjuvant-months");
            AdjuvantMonths = (Model.Amount.Of(variable, 1, 0, high), variable);
        }

        return AdjuvantMonths.Value.Amount;
    }

    private (Amount Amount, LinearExpr Variable, decimal Unit) FreeAmount(FactDefinition fact, int digits)
    {
        if (twin is not null && varied != fact.Index && twin.freeAmounts.TryGetValue(fact.Index, out var shared)) return freeAmounts[fact.Index] = shared;
        return freeAmounts[fact.Index] = NewAmount(fact, digits);
    }

    private (Amount Amount, LinearExpr Variable, decimal Unit) NewAmount(FactDefinition fact, int digits)
    {
        if (fact.Type is FactType.Date)
        {
            // nobody is older than a hundred and twenty; a plan reaches a year ahead
            var (first, last) = (-120L * 12 * Calendar.Days, fact.MayBePlanned ? 12L * Calendar.Days : 0);
            var date = Logic.Model.NewIntVar(first, last, fact.Id);
            RestrictNumber(fact, Model.Amount.Of(date, 1, first, last));
            return (Model.Amount.Of(date, 1, first, last), date, 1);
        }

        var places = fact.Type is FactType.Integer ? 0 : Math.Max(digits, decimals.GetValueOrDefault(fact.Index) + 1);
        var unit = 1m;
        for (var i = 0; i < places; i++) unit /= 10;
        var low = (long)Math.Ceiling((fact.PlausibleMin ?? -1_000_000) / unit);
        var high = (long)Math.Floor((fact.PlausibleMax ?? 1_000_000) / unit);
        if (low > high) throw new NotTranslatedException($"the range of {fact.Id}, which is empty");
        var variable = fact.Step == 0 ? Logic.Model.NewIntVar(low, high, fact.Id)
            : Logic.Model.NewIntVarFromDomain(Google.OrTools.Util.Domain.FromValues([.. Enumerable.Range(0, (int)((high - low) / fact.Step) + 1).Select(n => low + ((long)n * fact.Step))]), fact.Id);
        var amount = Model.Amount.Of(variable, unit, low, high);
        RestrictNumber(fact, amount);
        return (amount, variable, unit);
    }

    private void RestrictNumber(FactDefinition fact, Amount amount)
    {
        if (record?.Possible[fact.Index] is not NumbersPossible { Intervals: var intervals }) return;
        Logic.Model.AddBoolOr([Logic.Any(intervals.Select(i => Inside(fact, amount, fact.InSystem(i, 0))))]);
    }

    private ILiteral Inside(FactDefinition fact, Amount amount, Interval interval)
    {
        var low = !interval.HasLow ? Logic.True : Logic.Compare(End(fact, interval.Low), interval.LowOpen ? Comparison.Less : Comparison.LessOrEqual, amount);
        var high = !interval.HasHigh ? Logic.True : Logic.Compare(amount, interval.HighOpen ? Comparison.Less : Comparison.LessOrEqual, End(fact, interval.High));
        return Logic.And(low, high);
    }

    private Amount End(FactDefinition fact, decimal value)
    {
        if (fact.Type is not FactType.Date) return Model.Amount.Of(value);
        var date = DateOnly.FromDayNumber((int)value);
        return Model.Amount.Of(Calendar.Of(date.Day > Calendar.Days ? new(date.Year, date.Month, Calendar.Days) : date));
    }

    /// <summary>A number needs one more digit than the thresholds it is compared with, so that something lies between two of them.</summary>
    private void CollectDecimals(IEnumerable<TruthNode> conditions)
    {
        var nodes = conditions.Concat(content.Facts.Facts.SelectMany(f => f.Derivations).OfType<TruthDerivation>().Select(d => d.Node));
        foreach (var leaf in nodes.SelectMany(References.Leaves))
            if (leaf is Compare { Left: FactNumber number, Right: NumberConstant constant })
                decimals[number.Fact] = Math.Max(decimals.GetValueOrDefault(number.Fact), Model.Amount.DecimalsOf(constant.First));
    }
}
