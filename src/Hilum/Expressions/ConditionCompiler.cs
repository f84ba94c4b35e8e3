namespace Hilum.Expressions;

/// <summary>Compiles the text of a condition or of a derivation against a set of names.</summary>
/// <param name="symbols">The names that may be used.</param>
/// <param name="today">The symbol of the as-of date, which <c>Today()</c> means.</param>
/// <remarks>For one thread. A text is parsed once, however often it is compiled: half the conditions of a guidance say what another says.</remarks>
public sealed class ConditionCompiler(ISymbols symbols, Symbol today)
{
    private Dictionary<string, Syntax> parsed = new(StringComparer.Ordinal);

    /// <summary>A compiler against other names, for the same thread, that knows what this one has parsed.</summary>
    public ConditionCompiler With(ISymbols others) => new(others, today) { parsed = parsed };

    /// <summary>A condition: true, false or undecided. <c>null</c> is refused.</summary>
    public TruthNode? Condition(string text, List<ConditionError> errors) => Compile(text, errors, allowNull: false, (binder, syntax) => binder.BindTruth(syntax));

    /// <summary>A Boolean derivation, in which <c>null</c> means "nothing follows".</summary>
    public TruthNode? Truth(string text, List<ConditionError> errors) => Compile(text, errors, allowNull: true, (binder, syntax) => binder.BindTruth(syntax));

    /// <summary>A derivation of a code of <paramref name="target"/>.</summary>
    public CodeNode? Code(string text, Symbol target, List<ConditionError> errors) =>
        Compile(text, errors, allowNull: true, (binder, syntax) => binder.BindCode(syntax, target), target);

    /// <summary>A derivation of a number in the canonical unit of <paramref name="target"/>, or in its given unit system only.</summary>
    public NumberNode? Number(string text, Symbol target, List<ConditionError> errors, byte onlySystem = 255) =>
        Compile(text, errors, allowNull: true, (binder, syntax) => binder.BindNumber(syntax, target), target, onlySystem);

    /// <summary>A derivation of a date.</summary>
    public NumberNode? Date(string text, List<ConditionError> errors) => Compile(text, errors, allowNull: true, (binder, syntax) => binder.BindDate(syntax));

    private TNode? Compile<TNode>(string text, List<ConditionError> errors, bool allowNull, Func<Binder, Syntax, TNode?> bind, Symbol? domain = null, byte onlySystem = 255)
        where TNode : class
    {
        if (!parsed.TryGetValue(text, out var syntax))
        {
            syntax = ConditionParser.Parse(text, out var error);
            if (syntax is null)
            {
                errors.Add(error!);
                return null;
            }

            parsed.Add(text, syntax);
        }

        var binder = new Binder(symbols, allowNull, onlySystem) { TodayIndex = today.Index, CodeDomain = domain };
        var node = bind(binder, syntax);
        errors.AddRange(binder.Errors);
        return binder.Errors.Count == 0 ? node : null;
    }
}
