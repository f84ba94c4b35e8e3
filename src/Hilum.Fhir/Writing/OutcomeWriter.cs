using Hl7.Fhir.Model;

namespace Hilum.Fhir.Writing;

/// <summary>Says in FHIR why a request was not answered.</summary>
public static class OutcomeWriter
{
    /// <summary>Writes an OperationOutcome with one error for each reason.</summary>
    /// <param name="code">The kind of problem, an <c>issue-type</c> code of FHIR R4: <c>invalid</c>, <c>required</c>, <c>not-found</c>, <c>security</c> ...</param>
    /// <param name="reasons">What is wrong, where, and what was expected; at least one.</param>
    /// <returns>UTF-8 JSON.</returns>
    /// <exception cref="ArgumentException">The code is not one of FHIR R4.</exception>
    public static byte[] Write(string code, params IReadOnlyList<string> reasons)
    {
        var type = Hl7.Fhir.Utility.EnumUtility.ParseLiteral<OperationOutcome.IssueType>(code) ?? throw new ArgumentException($"'{code}' is no issue-type of FHIR R4", nameof(code));
        var outcome = new OperationOutcome();
        foreach (var reason in reasons) outcome.Issue.Add(new() { Severity = OperationOutcome.IssueSeverity.Error, Code = type, Diagnostics = reason });
        return FhirJson.Compact(outcome);
    }
}
