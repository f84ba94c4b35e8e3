using Hilum.Facts;
using Hilum.Fhir.Codes;

namespace Hilum.Fhir.Reading;

/// <summary>The value of a coded fact that a code stands for; AJCC writes its categories as text codes, which are the fact's own.</summary>
internal static class StageValue
{
    /// <summary>The bit; -1 when the code stands for no value of the fact.</summary>
    public static int BitOf(CodeIndex index, FactDefinition fact, Code code)
    {
        foreach (var meaning in index.Values(code))
            if (meaning.Fact.Id == fact.Id) return meaning.Bit;
        if (code.System != CodeSystems.Ajcc || fact.Id is not (FactIds.Stage or FactIds.TCategory or FactIds.NCategory or FactIds.MCategory)) return -1;
        var written = fact.Id == FactIds.Stage ? StageGroup(code.Value) : WithoutPrefix(code.Value);
        return Array.FindIndex(fact.Values, v => string.Equals(v.Code, written, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>"Stage IV", "4" and "pIV" are IV.</summary>
    private static string StageGroup(string code)
    {
        var written = code.Trim();
        if (written.StartsWith("stage", StringComparison.OrdinalIgnoreCase)) written = written[5..].Trim();
        return WithoutPrefix(written) switch { "1" => "I", "2" => "II", "3" => "III", "4" => "IV", var group => group };
    }

    /// <summary>cT3a and ypT3a are T3a: clinical, pathological, after treatment.</summary>
    private static string WithoutPrefix(string code) => code.TrimStart('y', 'r', 'a').TrimStart('c', 'p');
}
