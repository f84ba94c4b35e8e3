using Hilum.Measures;

namespace Hilum.Expressions;

/// <summary>What is wrong with a condition, and where in its text.</summary>
/// <param name="Position">Characters from the start of the text.</param>
/// <param name="Message">What is wrong and what was expected.</param>
public sealed record ConditionError(int Position, string Message);

/// <summary>A condition as written, before names and types are known.</summary>
internal abstract record Syntax(int Position);

/// <summary>Something that has the form of a term and no meaning; the binder reports it where it stands.</summary>
internal sealed record BrokenSyntax(int Position, string Message) : Syntax(Position);

internal sealed record NameSyntax(int Position, string Name) : Syntax(Position);

internal sealed record CodeSyntax(int Position, string Code) : Syntax(Position);

internal sealed record NumberSyntax(int Position, decimal Value, string? Unit) : Syntax(Position);

internal sealed record DateSyntax(int Position, PartialDate Date) : Syntax(Position);

internal sealed record BooleanSyntax(int Position, bool Value) : Syntax(Position);

internal sealed record NullSyntax(int Position) : Syntax(Position);

internal sealed record TodaySyntax(int Position) : Syntax(Position);

internal sealed record SetSyntax(int Position, IReadOnlyList<Syntax> Items) : Syntax(Position);

internal sealed record PrefixSyntax(int Position, string Operator, Syntax Operand) : Syntax(Position);

internal sealed record InfixSyntax(int Position, string Operator, Syntax Left, Syntax Right) : Syntax(Position);

internal sealed record RangeSyntax(int Position, Syntax Operand, Syntax Low, Syntax High) : Syntax(Position);

internal sealed record DurationSyntax(int Position, bool Years, Syntax Start, Syntax End) : Syntax(Position);

internal sealed record IfSyntax(int Position, Syntax When, Syntax Then, Syntax Else) : Syntax(Position);
