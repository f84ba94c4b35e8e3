using System.Text;
using Hilum.Facts;
using Hilum.Web.Form;

namespace Hilum.Web.Patients;

/// <summary>Writes what a case states as lines of a case file: facts of the record and those given by hand alike, never derived ones.</summary>
internal static class CaseFile
{
    /// <summary>The file.</summary>
    public static byte[] Write(CaseAnswer answer)
    {
        var text = new StringBuilder("# Hilum case file\n").Append($"as-of: {answer.Case.AsOf:yyyy-MM-dd}\nfacts:\n");
        foreach (var (fact, json) in Of(answer)) text.Append($"  {fact}: {json}\n");
        foreach (var fact in answer.Case.Facts.Where(f => f is { Given.Count: > 0, State: FactState.Conflict })) text.Append($"  # left out, because what was stated differs: {fact.Definition.Id}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Fact ids with their values in JSON, which YAML reads as well.</summary>
    private static IEnumerable<(string Fact, string Value)> Of(CaseAnswer answer)
    {
        foreach (var fact in answer.Case.Facts.Where(f => f is { Given.Count: > 0, State: FactState.Known or FactState.Partial or FactState.Stale }))
        {
            if (answer.Case.Dictionary.Facts.Any(f => !f.Derived && (f.LimitLow == fact.Definition.Id || f.LimitHigh == fact.Definition.Id)) && answer.Case[FactForm.Owner(answer.Case.Dictionary, fact.Definition.Id)].Given.Count > 0) continue;
            var input = Shown.Of(answer.Open, answer.Case, fact.Definition);
            foreach (var (id, value) in input.Write(fact.Definition))
                if (value is not null && value != FieldInput.Unknown) yield return (id, Dated(value, fact));
        }
    }

    /// <summary>A result keeps its date.</summary>
    private static string Dated(string value, CaseFact fact) => fact.Given[0].Date is { IsStated: true } date && fact.Definition.Type is not (FactType.Date or FactType.List or FactType.Codes)
        ? value.StartsWith('{') ? $"{value[..^1]},\"date\":\"{date}\"}}" : $"{{\"value\":{value},\"date\":\"{date}\"}}"
        : value;
}
