using System.Globalization;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;

namespace Hilum.Tests.Expressions;

/// <summary>The vocabulary of the language's own tests: fruit on a market stall, nothing medical.</summary>
internal static class Market
{
    /// <summary>The facts.</summary>
    public static FactDictionary Dictionary { get; } = Sample.Dictionary(
        Draft.Code("colour", "red", "green", "blue", "yellow"),
        Draft.Code("shape", "round", "long", "flat"),
        Draft.Bool("ripe"),
        Draft.Bool("sweet"),
        Draft.Bool("washed"),
        Draft.Codes("labels", "small", "soft", "striped", "stored"),
        Draft.Number("length", "cm", "mm"),
        Draft.Number("width", "cm", "mm"),
        Draft.Number("depth", "mm", "cm"),
        Draft.Number("weight", "kg", "g"),
        Draft.Whole("pieces"),
        Draft.Whole("boxes"),
        Draft.Number("share", "%"),
        Draft.Number("shelf-life", "months"),
        Draft.Number("sugar", "mg/dL", "mmol/L").Having(d => d with { MolarMass = 40.08m, Thresholds = [new(10, 2.5m), new(20, 5)] }),
        Draft.Number("sugar-limit", "mg/dL", "mmol/L").Having(d => d with { MolarMass = 40.08m }),
        Draft.Number("salt", "mg/dL", "mmol/L").Having(d => d with { MolarMass = 58.44m, Thresholds = [new(10, 1.7m)] }),
        Draft.Date("picked"),
        Draft.Date("sold"),
        Draft.List("notes"));

    /// <summary>Nothing known but the day.</summary>
    public static Possible[] Nothing()
    {
        var values = Dictionary.Facts.Select(f => f.Symbol.Unknown).ToArray();
        values[0] = NumbersPossible.Of(Sample.AsOf.DayNumber);
        return values;
    }

    /// <summary>What is known: <c>Colour: red | blue; Length: 3..5 cm</c>.</summary>
    public static Possible[] Knowing(string given)
    {
        var values = Nothing();
        foreach (var part in given.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var fact = Dictionary.Facts.First(f => f.Name == part[..colon]);
            values[fact.Index] = Sample.Possible(fact, part[(colon + 1)..].Trim());
        }

        return values;
    }

    /// <summary>The answer to a condition that must compile.</summary>
    public static Truth Answer(string condition, string given = "") => Sample.Condition(Dictionary, condition).Evaluate(Knowing(given));

    /// <summary>What is wrong with a condition.</summary>
    public static IReadOnlyList<ConditionError> Errors(string condition)
    {
        var errors = new List<ConditionError>();
        var node = Sample.Compiler(Dictionary).Condition(condition, errors);
        Assert.Equal(node is null, errors.Count > 0);
        return errors;
    }

    /// <summary>An interval as the case files write it.</summary>
    public static string Write(Interval i, bool date)
    {
        if (i.IsAll) return "anything";
        if (i.IsPoint) return End(i.Low);
        if (!i.HasLow) return (i.HighOpen ? "<" : "<=") + End(i.High);
        return i.HasHigh ? $"{End(i.Low)}..{End(i.High)}" : (i.LowOpen ? ">" : ">=") + End(i.Low);

        string End(decimal number) => date ? DateOnly.FromDayNumber((int)number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Quantity.Format(number);
    }
}
