using Hilum.Facts;
using Hilum.Web.Form;
using Hilum.Web.Patients;

namespace Hilum.Web.Components;

/// <summary>One field of the form.</summary>
/// <param name="Fact">The fact that it asks for.</param>
/// <param name="Input">What stands in it.</param>
/// <param name="Known">What the case knows of it.</param>
/// <param name="Answer">The answer, for its words.</param>
internal sealed record FieldView(FactDefinition Fact, FieldInput Input, CaseFact Known, CaseAnswer Answer)
{
    /// <summary>The name under which it is sent.</summary>
    public string Name => $"f.{Fact.Id}";

    /// <summary>Why what was typed cannot be used; null when it can.</summary>
    public string? Error => Answer.Open.Rejected.GetValueOrDefault(Fact.Id)?.Why;

    /// <summary>What the case knows where the field itself does not show it: a derived value, a conflict, an old value, one of several.</summary>
    public string? Hint => Error is not null ? null : Known.State switch
    {
        FactState.Stale or FactState.Conflict => Answer.Words.ValueOf(Known),
        FactState.Known or FactState.Partial when Known.Given.Count == 0 => Answer.Words.ValueOf(Known),
        FactState.Partial when Input.Text.Length == 0 && Input.Rows.Count == 0 => Answer.Words.ValueOf(Known),
        _ when Known.Given.Count > 0 && Known.Given[0].Date.IsStated => $"{Known.Given[0].Date}, {Known.Origin}",
        _ => null,
    };
}
