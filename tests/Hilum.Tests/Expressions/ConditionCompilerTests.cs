using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;

namespace Hilum.Tests.Expressions;

public sealed class ConditionCompilerTests
{
    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        // given
        const string Text = "Colours = 'red' and Length > 5 'furlongs' or Labels = 'soft' implies Sugar > 10";

        // when
        var errors = Market.Errors(Text);

        // then
        Assert.Equal([0, Text.IndexOf("5 'f", StringComparison.Ordinal), Text.IndexOf("= 'soft'", StringComparison.Ordinal), Text.IndexOf("10", StringComparison.Ordinal)], errors.Select(e => e.Position));
    }

    [Fact]
    public void A_mistake_in_the_words_is_reported_where_it_stands_in_a_text_of_several_lines()
    {
        var errors = Market.Errors("Ripe\n  and Sweet\n  and Wahsed");

        var error = Assert.Single(errors);
        Assert.Equal(23, error.Position);
        Assert.Contains("did you mean Washed?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Colur", "Colour")]
    [InlineData("sweet", "Sweet")]
    [InlineData("SugarLimits", "SugarLimit")]
    [InlineData("Waight", "Weight")]
    public void A_name_that_is_nearly_right_gets_a_suggestion(string written, string meant) =>
        Assert.EndsWith($"did you mean {meant}?", Market.Errors(written)[0].Message, StringComparison.Ordinal);

    [Fact]
    public void A_name_that_is_like_nothing_gets_no_suggestion() =>
        Assert.DoesNotContain("did you mean", Market.Errors("Thunderstorm")[0].Message, StringComparison.Ordinal);

    [Fact]
    public void Ten_thousand_parentheses_are_refused()
    {
        var closed = new string('(', 10_000) + "Ripe" + new string(')', 10_000);
        var open = new string('(', 9_999);

        Assert.Contains("at most", Assert.Single(Market.Errors(closed)).Message, StringComparison.Ordinal);
        Assert.Contains("nested deeper", Assert.Single(Market.Errors(open)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Towers() => new()
    {
        { new string('(', 200) + "Ripe" + new string(')', 200), "nested deeper" },
        { string.Concat(Enumerable.Repeat("not ", 2_000)) + "Ripe", "nested deeper" },
        { string.Concat(Enumerable.Repeat("not (", 100)) + "Ripe" + new string(')', 100), "nested deeper" },
        { string.Concat(Enumerable.Repeat("exists ", 1_000)) + "Labels", "nested deeper" },
        { new string('-', 9_000) + "Pieces > 1", "nested deeper" },
        { string.Concat(Enumerable.Repeat("if Ripe then Ripe else ", 400)) + "Ripe", "nested deeper" },
        { string.Concat(Enumerable.Repeat("if ", 3_000)) + "Ripe", "nested deeper" },
        { string.Concat(Enumerable.Repeat("case when ", 900)) + "Ripe", "nested deeper" },
        { string.Concat(Enumerable.Repeat("months between ", 600)) + "Picked", "nested deeper" },
        { string.Concat(Enumerable.Repeat("Count(", 1_600)) + "Labels", "nested deeper" },
        { string.Concat(Enumerable.Repeat("(Ripe) and (", 300)) + "Ripe" + new string(')', 300), "nested deeper" },
        { "Ripe" + string.Concat(Enumerable.Repeat(" and Ripe", 1_000)), "more than 500 operators" },
        { "Pieces" + string.Concat(Enumerable.Repeat("+1", 4_000)) + " > 1", "more than 500 operators" },
        { "Pieces" + string.Concat(Enumerable.Repeat("=1", 4_000)), "more than 500 operators" },
        { "case" + string.Concat(Enumerable.Repeat(" when Ripe then Ripe", 520)) + " else Ripe end", "at most 10000" },
        { "case" + string.Concat(Enumerable.Repeat(" when P then P", 600)) + " else P end", "more than 500 operators" },
        { new string('x', 10_001), "at most 10000" },
    };

    [Theory]
    [MemberData(nameof(Towers), DisableDiscoveryEnumeration = true)]
    public void What_would_nest_too_deep_for_a_small_stack_is_refused(string text, string why)
    {
        ConditionError? error = null;
        OnASmallStack(() => error = Assert.Single(Market.Errors(text)));

        Assert.Contains(why, error!.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> TallEnough() =>
    [
        new string('(', 20) + "Ripe" + new string(')', 20),
        string.Concat(Enumerable.Repeat("not ", 20)) + "Ripe",
        "Ripe" + string.Concat(Enumerable.Repeat(" and not Washed", 400)),
        "Ripe" + string.Concat(Enumerable.Repeat(" or not (Sweet)", 400)),
        "Pieces" + string.Concat(Enumerable.Repeat(" - 1", 499)) + " > -600",
        string.Concat(Enumerable.Repeat("months between Picked and Sold < 3 and ", 90)) + "Ripe",
        string.Concat(Enumerable.Repeat("(if Ripe then Sweet else Washed) or ", 90)) + "Ripe",
        "case" + string.Concat(Enumerable.Repeat(" when Ripe then Sweet", 90)) + " else Washed end",
        string.Concat(Enumerable.Repeat("if Ripe then Sweet else ", 20)) + "Washed",
        string.Concat(Enumerable.Repeat("(Sweet or ", 19)) + "Ripe" + new string(')', 19),
    ];

    [Theory]
    [MemberData(nameof(TallEnough), DisableDiscoveryEnumeration = true)]
    public void What_a_person_might_write_is_read_on_a_small_stack(string text) => OnASmallStack(() =>
    {
        var node = Sample.Condition(Market.Dictionary, text);

        Assert.NotEqual(Truth.False, node.Evaluate(Market.Knowing("Ripe: true; Sweet: true; Washed: false; Pieces: 3; Picked: 2026-01-01; Sold: 2026-02-01")));
        Assert.NotEmpty(References.Of(node));
        Assert.NotEmpty(References.Leaves(node));
        Assert.Equal(node, Sample.Condition(Market.Dictionary, text));
    });

    [Fact]
    public void Two_conditions_that_say_the_same_are_equal()
    {
        var one = Sample.Condition(Market.Dictionary, "Colour in { 'red', 'blue' } and Length > 3 'cm'");
        var other = Sample.Condition(Market.Dictionary, "(Colour in { 'blue', 'red' })  and (Length > 30 'mm')");

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, Sample.Condition(Market.Dictionary, "Colour in { 'red', 'blue' } and Length >= 3 'cm'"));
    }

    [Fact]
    public void The_facts_of_a_condition_are_found_wherever_they_stand()
    {
        var node = Sample.Condition(
            Market.Dictionary,
            "if exists Labels then Length + Width > 3 'cm' else (if Ripe then Pieces else Count(Labels)) > 2 and months between Picked and Today() < 3 and Colour = 'red'");

        var names = References.Of(node).Select(i => Market.Dictionary.Facts[i].Name);

        Assert.Equal(["AsOfDate", "Colour", "Labels", "Length", "Picked", "Pieces", "Ripe", "Width"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_leaves_of_a_condition_are_its_questions_without_the_connectives()
    {
        var node = Sample.Condition(Market.Dictionary, "not (Ripe and Colour = 'red') implies if Sweet then Pieces > 2 else true xor Labels contains 'soft'");

        Assert.Equal([typeof(IsTrue), typeof(CodeIn), typeof(IsTrue), typeof(Compare), typeof(Contains)], References.Leaves(node).Select(l => l.GetType()));
    }

    [Fact]
    public void A_defined_term_is_used_by_its_name_and_keeps_it()
    {
        // given
        var fresh = Sample.Condition(Market.Dictionary, "Ripe and not Washed");
        var compiler = new ConditionCompiler(new Defining("Fresh", fresh), Market.Dictionary[FactDictionary.TodayId].Symbol);
        var errors = new List<ConditionError>();

        // when
        var node = compiler.Condition("Fresh or Sweet", errors);

        // then
        var or = Assert.IsType<Or>(node);
        Assert.Equal("Fresh", Assert.IsType<Named>(or.Left).Name);
        Assert.Equal(Truth.True, or.Evaluate(Market.Knowing("Ripe: true; Washed: false")));
        Assert.Equal(3, References.Leaves(or).Count());
    }

    [Fact]
    public void A_defined_term_that_is_nearly_right_gets_a_suggestion()
    {
        var compiler = new ConditionCompiler(new Defining("FreshFruit", new TruthConstant(true)), Market.Dictionary[FactDictionary.TodayId].Symbol);
        var errors = new List<ConditionError>();

        Assert.Null(compiler.Condition("FreshFriut", errors));
        Assert.Contains("did you mean FreshFruit?", Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Today_is_the_day_of_the_plan_and_not_of_the_clock()
    {
        var node = Sample.Condition(Market.Dictionary, "Today() = @2030-02-28");
        var values = Market.Nothing();
        values[0] = NumbersPossible.Of(new DateOnly(2030, 2, 28).DayNumber);

        Assert.Equal(Truth.True, node.Evaluate(values));
        Assert.Equal(Truth.False, node.Evaluate(Market.Nothing()));
    }

    /// <summary>A megabyte: less than any thread of a service has.</summary>
    private static void OnASmallStack(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception e) when (e is Xunit.Sdk.XunitException or InvalidOperationException)
                {
                    thrown = e;
                }
            },
            1024 * 1024);
        thread.Start();
        thread.Join();
        if (thrown is not null) throw new InvalidOperationException(thrown.Message, thrown);
    }

    private sealed class Defining(string name, TruthNode node) : ISymbols
    {
        public IEnumerable<string> Names => Market.Dictionary.Names.Append(name);

        public Symbol? Find(string name) => Market.Dictionary.Find(name);

        public TruthNode? FindDefine(string wanted) => wanted == name ? node : null;
    }
}
