using System.Diagnostics;
using CsCheck;
using Hilum.Expressions;

namespace Hilum.Tests.Expressions;

/// <summary>Whatever is written, the answer is a condition or an error inside the text: never an exception, never a hang.</summary>
public sealed class FuzzTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string[] Words =
    [
        "and", "or", "xor", "implies", "not", "exists", "in", "contains", "included", "between", "months", "years", "year", "day", "if", "then", "else", "case", "when", "end",
        "true", "false", "null", "is", "(", ")", "{", "}", ",", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "Today()", "Count(", "Ripe", "Sweet", "Colour", "Shape", "Labels",
        "Length", "Width", "Weight", "Pieces", "Sugar", "SugarLimit", "Picked", "Sold", "Notes", "Nothing", "'red'", "'round'", "'soft'", "'cm'", "'mg/dL'", "'mmol/L'", "'", "\"", "@2026-01-31",
        "@2026-02-30", "@", "0", "1", "10", "0.5", "999999999999999", "123456789012345.123456789012", "é", "\0", "😀", "\n", "\t", ".", ";", "#", "10 'mg/dL'", "5 'cm'", "1 year", "9999 years",
    ];

    private static readonly string[] Valid =
    [
        "Ripe and (Sweet or not Washed) implies Colour in { 'red', 'green' }",
        "Sugar > 10 'mg/dL' and SugarLimit < 2 * Sugar",
        "if exists Labels then Length + Width > 3 'cm' else Pieces between 1 and 5",
        "case when Ripe then Pieces > 2 when Sweet then Labels contains 'soft' else Labels included in { 'soft', 'small' } end",
        "months between Picked and Today() < 12 and Sold < Picked + 1 year - 3 days",
        "Count(Labels) / 2 >= -1.5 xor Length != 4 'mm'",
        "Picked between @2024-02-29 and @2026-11-03 or years between Picked and Sold = 0",
    ];

    private static readonly Gen<string> Soup = Some.Of(Words).Array[0, 30].Select(words => string.Join(' ', words));

    private static readonly Gen<string> Glued = Some.Of(Words).Array[0, 20].Select(string.Concat);

    private static readonly Gen<string> Mutated =
        Gen.Select(Some.Of(Valid), Gen.Select(Gen.Int[0, 3], Gen.Int[0, 200], Gen.Int[0, 20], Some.Of(Words)).Array[1, 4], (text, changes) =>
        {
            foreach (var (kind, at, length, word) in changes)
            {
                var start = Math.Min(at, text.Length);
                var cut = Math.Min(length, text.Length - start);
                text = kind switch
                {
                    0 => text.Remove(start, cut),
                    1 => text.Insert(start, word),
                    2 => text.Insert(start, text.Substring(start, cut)),
                    _ => string.Concat(text.AsSpan(0, start), word, text.AsSpan(start + cut)),
                };
            }

            return text;
        });

    [Fact]
    public void Random_text_is_never_an_exception() => Gen.OneOf(Gen.String, Gen.String[Gen.Char.AlphaNumeric, 0, 200]).Sample(Reads, iter: 2000);

    [Fact]
    public void Random_words_are_never_an_exception() => Gen.OneOf(Soup, Glued).Sample(Reads, iter: 6000);

    [Fact]
    public void A_condition_with_a_slip_of_the_pen_is_never_an_exception() => Mutated.Sample(Reads, iter: 8000);

    [Fact]
    public void What_compiles_can_be_judged_whatever_is_known() =>
        Gen.Select(Gen.OneOf(Mutated, Soup), Stall.Knowledge).Sample(
            (text, known) =>
            {
                var errors = new List<ConditionError>();
                var compiler = Sample.Compiler(Market.Dictionary);
                if (compiler.Condition(text, errors) is { } node)
                {
                    _ = node.Evaluate(known);
                    _ = node.Evaluate(Market.Nothing());
                    _ = References.Of(node);
                }

                _ = compiler.Truth(text, errors)?.Evaluate(known);
                _ = compiler.Date(text, errors)?.Evaluate(known);
                foreach (var name in new[] { "Length", "Pieces", "Sugar" }) _ = compiler.Number(text, Market.Dictionary.Find(name)!, errors)?.Evaluate(known);
                _ = compiler.Number(text, Market.Dictionary.Find("Sugar")!, errors, onlySystem: 1)?.Evaluate(known);
                _ = compiler.Code(text, Market.Dictionary.Find("Colour")!, errors)?.Evaluate(known);
                return true;
            },
            iter: 6000,
            print: t => t.Item1);

    /// <summary>Numbers as large as the language takes them, through every operator.</summary>
    [Theory]
    [InlineData("999999999999999 * 999999999999999 * 999999999999999 > 1")]
    [InlineData("999999999999999 * 999999999999999 + 999999999999999 * 999999999999999 > Pieces")]
    [InlineData("Pieces * 999999999999999 * 999999999999999 * Pieces > 1")]
    [InlineData("Pieces / 0.000000000001 / 0.000000000001 / 0.000000000001 > 1")]
    [InlineData("999999999999999 'kg' > Weight")]
    [InlineData("Weight * 999999999999999 * 999999999999999 > 999999999999999 'g'")]
    [InlineData("999999999999999 * 999999999999999 * 999999999999999 'kg' > Weight")]
    [InlineData("999999999999999 'years' > months between Picked and Sold")]
    [InlineData("Picked + 100000 years - 100000 years > Sold")]
    [InlineData("Picked + 100000 days + 100000 days > Sold")]
    public void A_number_too_large_to_hold_is_undecided_and_no_exception(string text)
    {
        var errors = new List<ConditionError>();
        var node = Sample.Compiler(Market.Dictionary).Condition(text, errors);

        Assert.Empty(errors);
        _ = node!.Evaluate(Market.Nothing());
        _ = node.Evaluate(Market.Knowing("Pieces: 1000000000000; Weight: 1000000000000 kg; Picked: 9999; Sold: 0001-01-01"));
        _ = node.Evaluate(Market.Knowing("Pieces: -1000000000000; Weight: 1 g; Picked: 0001; Sold: 9999-12-31"));
    }

    private static bool Reads(string text)
    {
        var clock = Stopwatch.StartNew();
        var errors = Market.Errors(text);
        return clock.Elapsed < Patience && errors.All(e => e.Position >= 0 && e.Position <= text.Length && e.Message.Length is > 0 and < 1000);
    }
}
