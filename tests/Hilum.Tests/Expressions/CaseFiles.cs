using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;

namespace Hilum.Tests.Expressions;

/// <summary>Runs the text files of <c>Cases/</c>: one expression and its answer a line.</summary>
/// <remarks>
/// <c>given ...</c> states facts for the lines that follow; <c>derive truth | code Fact | number Fact | date</c> makes them derivations;
/// <c>^</c> in an expression marks where an error must be reported; a line that begins with <c>#</c> is a remark.
/// </remarks>
public sealed class CaseFiles
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Expressions", "Cases");

    public static TheoryData<string, string, string, string> Lines()
    {
        var rows = new TheoryData<string, string, string, string>();
        foreach (var file in Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal))
        {
            var (given, mode, number) = ("", "condition", 0);
            foreach (var line in File.ReadLines(file).Select(l => l.Trim()))
            {
                number++;
                if (line.Length == 0 || line[0] == '#') continue;
                if (line == "given" || line.StartsWith("given ", StringComparison.Ordinal)) given = line[5..].Trim();
                else if (line == "conditions") mode = "condition";
                else if (line.StartsWith("derive ", StringComparison.Ordinal)) mode = line[7..].Trim();
                else rows.Add($"{Path.GetFileName(file)}:{number}", mode, given, line);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_answer_is_the_one_on_the_line(string place, string mode, string given, string line)
    {
        var arrow = line.LastIndexOf("=>", StringComparison.Ordinal);
        Assert.True(arrow > 0, $"{place}: '=>' is missing");
        var (text, expected) = (line[..arrow].Trim(), line[(arrow + 2)..].Trim());
        var caret = text.IndexOf('^', StringComparison.Ordinal);

        var (answer, errors) = Run(mode, caret < 0 ? text : text.Remove(caret, 1), given);

        if (expected.StartsWith("error:", StringComparison.Ordinal))
        {
            Assert.True(errors.Count > 0, $"{place}: no error, but {answer}");
            Assert.Contains(expected[6..].Trim(), errors[0].Message, StringComparison.Ordinal);
            Assert.Equal(caret, errors[0].Position);
            return;
        }

        Assert.Equal("", string.Join("; ", errors));
        Assert.Equal(expected, answer);
    }

    [Fact]
    public void There_are_enough_lines() => Assert.True(Lines().Count > 250, $"{Lines().Count} lines");

    private static (string Answer, IReadOnlyList<ConditionError> Errors) Run(string mode, string text, string given)
    {
        var compiler = Sample.Compiler(Market.Dictionary);
        var errors = new List<ConditionError>();
        var values = Market.Knowing(given);
        var words = mode.Split(' ');
        var target = words.Length > 1 ? Market.Dictionary.Find(words[1])! : null;
        var answer = words[0] switch
        {
            "condition" => Word(compiler.Condition(text, errors)?.Evaluate(values)),
            "truth" => Word(compiler.Truth(text, errors)?.Evaluate(values)),
            "code" => compiler.Code(text, target!, errors)?.Evaluate(values) is { } mask ? string.Join(" | ", target!.Codes.Where((_, i) => (mask & (1UL << i)) != 0)) : "",
            "number" => compiler.Number(text, target!, errors, words.Length > 2 ? byte.Parse(words[2]) : (byte)255)?.Evaluate(values) is { } interval ? Market.Write(interval, date: false) : "",
            "date" => compiler.Date(text, errors)?.Evaluate(values) is { } days ? Market.Write(days, date: true) : "",
            _ => throw new InvalidOperationException(mode),
        };
        return (answer, errors);
    }

    private static string Word(Truth? truth) => truth switch { Truth.True => "true", Truth.False => "false", Truth.Undecided => "undecided", _ => "" };
}
