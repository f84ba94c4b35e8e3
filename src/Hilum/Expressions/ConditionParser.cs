using System.Runtime.CompilerServices;
using Hilum.Measures;
using Superpower;
using Superpower.Display;
using Superpower.Model;
using Superpower.Parsers;
using Superpower.Tokenizers;

namespace Hilum.Expressions;

/// <summary>Turns the text of a condition into syntax: the subset of HL7 CQL 1.5 that the guidance needs.</summary>
/// <remarks>
/// Precedence is CQL's: <c>not</c> and <c>exists</c> bind tighter than comparison; membership looser than equality; then <c>and</c>,
/// <c>or</c> and <c>xor</c>, <c>implies</c>. Text is bounded in length, nesting and operators, since a form may send it.
/// </remarks>
internal static class ConditionParser
{
    private const int LongestText = 10_000;
    private const int DeepestNesting = 20;
    private const int MostOperators = 500;

    private enum T
    {
        [Token(Category = "word")] Word,
        [Token(Category = "number")] Number,
        [Token(Category = "text")] Text,
        [Token(Category = "date")] Date,
        [Token(Category = "operator")] Operator,
        [Token(Example = "(")] Open,
        [Token(Example = ")")] Close,
        [Token(Example = "{")] OpenSet,
        [Token(Example = "}")] CloseSet,
        [Token(Example = ",")] Comma,
    }

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "and", "or", "xor", "implies", "not", "exists", "in", "contains", "included", "between", "months", "years", "if", "then", "else",
        "case", "when", "end", "true", "false", "null", "is",
    };

    private static readonly Tokenizer<T> Tokens = new TokenizerBuilder<T>()
        .Ignore(Span.WhiteSpace)
        .Match(Character.EqualTo('('), T.Open)
        .Match(Character.EqualTo(')'), T.Close)
        .Match(Character.EqualTo('{'), T.OpenSet)
        .Match(Character.EqualTo('}'), T.CloseSet)
        .Match(Character.EqualTo(','), T.Comma)
        .Match(Span.EqualTo("!=").Or(Span.EqualTo("<=").Try()).Or(Span.EqualTo(">=").Try()).Or(Span.EqualTo("<")).Or(Span.EqualTo(">")).Or(Span.EqualTo("=")), T.Operator)
        .Match(Character.In('+', '-', '*', '/'), T.Operator)
        .Match(Span.Regex(@"@\d{4}-\d{2}-\d{2}"), T.Date)
        .Match(Span.Regex(@"\d{1,15}(\.\d{1,12})?"), T.Number)
        .Match(Span.Regex(@"'[^'\r\n]{0,60}'"), T.Text)
        .Match(Span.Regex(@"[A-Za-z][A-Za-z0-9]{0,79}"), T.Word)
        .Build();

    private static readonly TokenListParser<T, Syntax> Any = Deeper(() => Implication!);

    private static readonly TokenListParser<T, Syntax> Literal =
        from token in Token.EqualTo(T.Text)
        select (Syntax)new CodeSyntax(token.Position.Absolute, token.ToStringValue()[1..^1]);

    private static readonly TokenListParser<T, Syntax> Number =
        from token in Token.EqualTo(T.Number)
        from unit in Token.EqualTo(T.Text).Select(t => (string?)t.ToStringValue()[1..^1])
            .Or(Word("year").Or(Word("years")).Select(_ => (string?)"years"))
            .Or(Word("month").Or(Word("months")).Select(_ => (string?)"months"))
            .Or(Word("day").Or(Word("days")).Select(_ => (string?)"days"))
            .OptionalOrDefault()
        select (Syntax)new NumberSyntax(token.Position.Absolute, decimal.Parse(token.ToStringValue(), System.Globalization.CultureInfo.InvariantCulture), unit);

    private static readonly TokenListParser<T, Syntax> Date =
        from token in Token.EqualTo(T.Date)
        select PartialDate.TryParse(token.ToStringValue()[1..], out var date)
            ? new DateSyntax(token.Position.Absolute, date)
            : (Syntax)new BrokenSyntax(token.Position.Absolute, $"{token.ToStringValue()} is not a day that exists");

    private static readonly TokenListParser<T, Syntax> Constant =
        Word("true").Or(Word("false")).Select(t => (Syntax)new BooleanSyntax(t.Position.Absolute, t.ToStringValue() == "true"))
            .Or(Word("null").Select(t => (Syntax)new NullSyntax(t.Position.Absolute)));

    private static readonly TokenListParser<T, Syntax> Parenthesised =
        from open in Token.EqualTo(T.Open)
        from inner in Any
        from close in Token.EqualTo(T.Close)
        select inner;

    private static readonly TokenListParser<T, Syntax> NameOrCall =
        from name in Token.EqualTo(T.Word).Where(t => !Keywords.Contains(t.ToStringValue()), "a name was expected here")
        from arguments in Arguments.OptionalOrDefault()
        select (name.ToStringValue(), arguments?.Length) switch
        {
            (_, null) => new NameSyntax(name.Position.Absolute, name.ToStringValue()),
            ("Today", 0) => new TodaySyntax(name.Position.Absolute),
            ("Count", 1) => new PrefixSyntax(name.Position.Absolute, "Count", arguments[0]),
            _ => (Syntax)new BrokenSyntax(name.Position.Absolute, $"'{name.ToStringValue()}(...)': write Count(list) or Today(); no other function exists here"),
        };

    private static TokenListParser<T, Syntax[]?> Arguments =>
        from open in Token.EqualTo(T.Open)
        from arguments in Any.ManyDelimitedBy(Token.EqualTo(T.Comma))
        from close in Token.EqualTo(T.Close)
        select (Syntax[]?)arguments;

    private static readonly TokenListParser<T, Syntax> Set =
        from open in Token.EqualTo(T.OpenSet)
        from items in Literal.Or(Number).ManyDelimitedBy(Token.EqualTo(T.Comma))
        from close in Token.EqualTo(T.CloseSet)
        select (Syntax)new SetSyntax(open.Position.Absolute, items);

    private static readonly TokenListParser<T, Syntax> Duration =
        from precision in Word("months").Or(Word("years"))
        from between in Word("between")
        from start in Deeper(() => Additive!)
        from and in Word("and")
        from end in Deeper(() => Additive!)
        select (Syntax)new DurationSyntax(precision.Position.Absolute, precision.ToStringValue() == "years", start, end);

    private static readonly TokenListParser<T, Syntax> If =
        from word in Word("if")
        from condition in Any
        from then in Word("then")
        from whenTrue in Any
        from otherwise in Word("else")
        from whenFalse in Any
        select (Syntax)new IfSyntax(word.Position.Absolute, condition, whenTrue, whenFalse);

    private static readonly TokenListParser<T, Syntax> Case =
        from word in Word("case")
        from arms in CaseArm.AtLeastOnce()
        from otherwise in Word("else")
        from last in Any
        from end in Word("end")
        select arms.Reverse().Aggregate(last, (rest, arm) => new IfSyntax(arm.Position, arm.When, arm.Then, rest));

    private static TokenListParser<T, (int Position, Syntax When, Syntax Then)> CaseArm =>
        from word in Word("when")
        from condition in Any
        from then in Word("then")
        from value in Any
        select (word.Position.Absolute, condition, value);

    private static readonly TokenListParser<T, Syntax> Minus =
        from sign in Operator("-")
        from operand in Deeper(() => Term!)
        select (Syntax)new PrefixSyntax(sign.Position.Absolute, "-", operand);

    private static readonly TokenListParser<T, Syntax> Term =
        Parenthesised.Or(Set).Or(Literal).Or(Number).Or(Date).Or(Minus).Or(If).Or(Case).Or(Duration).Or(Constant).Or(NameOrCall);

    private static readonly TokenListParser<T, Syntax> Multiplicative = Superpower.Parse.Chain(Operator("*").Or(Operator("/")), Term, Infix);

    private static readonly TokenListParser<T, Syntax> Additive = Superpower.Parse.Chain(Operator("+").Or(Operator("-")), Multiplicative, Infix);

    private static readonly TokenListParser<T, Syntax> Prefixed =
        (from word in Word("not").Or(Word("exists"))
         from operand in Deeper(() => Prefixed!)
         select (Syntax)new PrefixSyntax(word.Position.Absolute, word.ToStringValue(), operand))
        .Or(Additive);

    private static readonly TokenListParser<T, Syntax> Ranged =
        from operand in Prefixed
        from range in (from word in Word("between")
                       from low in Additive
                       from and in Word("and")
                       from high in Additive
                       select (word.Position.Absolute, low, high)).OptionalOrDefault()
        select range.low is null ? operand : new RangeSyntax(range.Absolute, operand, range.low, range.high);

    private static readonly TokenListParser<T, Syntax> Comparing =
        Superpower.Parse.Chain(Operator("<=").Or(Operator("<")).Or(Operator(">=")).Or(Operator(">")), Ranged, Infix);

    private static readonly TokenListParser<T, Syntax> Equality = Superpower.Parse.Chain(Operator("!=").Or(Operator("=")), Comparing, Infix);

    private static readonly TokenListParser<T, Syntax> Membership = Superpower.Parse.Chain(
        Word("in").Or(Word("contains")).Or(from included in Word("included") from inWord in Word("in") select included), Equality, Infix);

    private static readonly TokenListParser<T, Syntax> Conjunction = Superpower.Parse.Chain(Word("and"), Membership, Infix);

    private static readonly TokenListParser<T, Syntax> Disjunction = Superpower.Parse.Chain(Word("or").Or(Word("xor")), Conjunction, Infix);

    private static readonly TokenListParser<T, Syntax> Implication = Superpower.Parse.Chain(Word("implies"), Disjunction, Infix);

    /// <summary>Parses; on failure the syntax is null and the error says where and what was expected.</summary>
    public static Syntax? Parse(string text, out ConditionError? error)
    {
        error = null;
        if (text.Length > LongestText)
        {
            error = new(0, $"a condition of {text.Length} characters; at most {LongestText} are read");
            return null;
        }

        var tokens = Tokens.TryTokenize(text);
        if (!tokens.HasValue)
        {
            var at = Clamp(tokens.ErrorPosition, text);
            error = new(at, $"'{Around(text, tokens.ErrorPosition)}' cannot stand in a condition{Hint(at < text.Length ? text[at] : ' ')}");
            return null;
        }

        error = TooMuch(tokens.Value);
        if (error is not null) return null;

        var result = Implication.AtEnd().TryParse(tokens.Value);
        if (result.HasValue) return result.Value;
        var message = string.IsNullOrEmpty(result.ErrorMessage) ? $"expected {string.Join(" or ", result.Expectations ?? [])}" : result.ErrorMessage;
        if (!result.Remainder.IsAtEnd && result.Remainder.First().ToStringValue() == "is")
            message = "'is null', 'is true' and the like are not part of this language: unknown is never no";
        error = new(Clamp(result.ErrorPosition, text), result.Remainder.IsAtEnd ? $"the condition ends too early: {message}" : $"unexpected '{result.Remainder.First().ToStringValue()}': {message}");
        return null;
    }

    private static Syntax Infix(Token<T> op, Syntax left, Syntax right) => new InfixSyntax(op.Position.Absolute, op.ToStringValue(), left, right);

    private static TokenListParser<T, Token<T>> Word(string word) => Token.EqualToValue(T.Word, word);

    private static TokenListParser<T, Token<T>> Operator(string op) => Token.EqualToValue(T.Operator, op);

    /// <summary>A part that may hold the whole again: read as long as the stack allows, whatever the size of its frames.</summary>
    private static TokenListParser<T, Syntax> Deeper(Func<TokenListParser<T, Syntax>> parser) => input =>
        RuntimeHelpers.TryEnsureSufficientExecutionStack() ? parser()(input) : TokenListParserResult.Empty<T, Syntax>(input, ["less nesting"]);

    private static string Hint(char c) => c switch
    {
        '\'' => ": a quote that is not closed, or more than 60 characters in quotes",
        '"' => ": codes and units stand in single quotes",
        '@' => ": a date is written @YYYY-MM-DD",
        _ => "",
    };

    /// <summary>Where a condition nests too deep or goes on too long for recursion on a small stack; null when it does neither.</summary>
    private static ConditionError? TooMuch(TokenList<T> tokens)
    {
        var outside = new Stack<(int Depth, int Durations)>();
        int depth = 0, prefixes = 0, durations = 0, operators = 0;
        var afterOperand = false;
        foreach (var token in tokens)
        {
            var word = token.ToStringValue();
            if (word is "not" or "exists" || (word == "-" && !afterOperand))
            {
                depth++;
                prefixes++;
            }
            else if (token.Kind is T.Open or T.OpenSet || word == "case")
            {
                outside.Push((depth - prefixes, durations));
                (depth, prefixes, durations) = (depth + 1, 0, 0);
            }
            else
            {
                if (word == "if") prefixes = 0;
                depth -= prefixes;
                prefixes = 0;
                if (token.Kind is T.Close or T.CloseSet || word == "end") (depth, durations) = outside.TryPop(out var before) ? before : (depth, durations);
                else if (word == "if") depth++;
                else if (word is "months" or "years" && !afterOperand) (depth, durations) = (depth + 1, durations + 1);
                else if (word == "and" && durations > 0) (depth, durations) = (depth - 1, durations - 1);
                else if (token.Kind is T.Operator || word is "and" or "or" or "xor" or "implies" or "in" or "contains" or "included" or "when") operators++;
            }

            if (depth > DeepestNesting) return new(token.Position.Absolute, $"nested deeper than {DeepestNesting}");
            if (operators > MostOperators) return new(token.Position.Absolute, $"more than {MostOperators} operators in one condition");
            afterOperand = token.Kind is T.Close or T.CloseSet or T.Number or T.Text or T.Date
                || (token.Kind is T.Word && (word is "true" or "false" or "null" or "end" || !Keywords.Contains(word)));
        }

        return null;
    }

    private static int Clamp(Position position, string text) => position.HasValue ? Math.Clamp(position.Absolute, 0, text.Length) : text.Length;

    private static string Around(string text, Position position) => position.HasValue && position.Absolute < text.Length ? text.Substring(position.Absolute, Math.Min(12, text.Length - position.Absolute)).Split('\n')[0] : "the end";
}
