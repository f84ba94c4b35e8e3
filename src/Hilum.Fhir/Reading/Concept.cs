using Hilum.Fhir.Codes;
using Hl7.Fhir.Model;
using Code = Hilum.Fhir.Codes.Code;

namespace Hilum.Fhir.Reading;

/// <summary>A code with the words that the sender shows for it. Only the code is ever matched.</summary>
internal sealed record Coded(Code Code, string? Display);

/// <summary>The usable codes of a CodeableConcept.</summary>
internal sealed class Concept
{
    private readonly List<Coded> codings = [];
    private readonly List<(string Code, bool HasSystem)> unread = [];

    private Concept(string? text) => Text = text;

    /// <summary>Codes of known terminologies that are well-formed.</summary>
    public IReadOnlyList<Coded> Codings => codings;

    /// <summary>The codes alone.</summary>
    public IEnumerable<Code> Codes => codings.Select(c => c.Code);

    /// <summary>The text, else the first display.</summary>
    public string? Text { get; private set; }

    /// <summary>Reads a concept; a malformed code is not used, with a word.</summary>
    public static Concept Of(CodeableConcept? source, Entry entry, RecordDraft draft) => Of(source is null ? [] : [source], entry, draft);

    /// <summary>Reads several concepts as one, such as body sites.</summary>
    public static Concept Of(IEnumerable<CodeableConcept> sources, Entry entry, RecordDraft draft)
    {
        var all = sources.ToList();
        var concept = new Concept(all.Select(s => s.Text).FirstOrDefault(t => !string.IsNullOrWhiteSpace(t)));
        foreach (var coding in all.SelectMany(s => s.Coding)) concept.Add(coding.System, coding.Code, coding.Display, entry, draft);
        concept.Text ??= all.SelectMany(s => s.Coding).Select(c => c.Display).FirstOrDefault(d => !string.IsNullOrWhiteSpace(d));
        return concept;
    }

    /// <summary>The concept in English words, for reasons: its codes, and what the sender calls it.</summary>
    public string En => Shown("without a system") is { Length: > 0 } codes ? codes : Text is null ? "no code" : $"'{Text}', which carries no code";

    /// <summary>The same in French.</summary>
    public string Fr => Shown("sans système") is { Length: > 0 } codes ? codes : Text is null ? "aucun code" : $"« {Text} », sans code";

    private string Shown(string withoutSystem)
    {
        var codes = string.Join(", ", codings.Select(c => c.Code.ToString()).Concat(unread.Select(u => u.HasSystem ? u.Code : $"{u.Code} {withoutSystem}")).Take(3));
        return codes.Length == 0 || Text is null ? codes : $"{codes} ({Text})";
    }

    private void Add(string? system, string? value, string? display, Entry entry, RecordDraft draft)
    {
        if (string.IsNullOrWhiteSpace(value)) return;
        if (CodeSystems.ShortName(system) is not { } name)
        {
            unread.Add(string.IsNullOrWhiteSpace(system) ? (value, false) : ($"{system}|{value}", true));
            return;
        }

        var code = new Code(name, value.Trim());
        if (code.Fault is { } fault)
        {
            draft.Warn($"{entry.Label}: {fault.En}; it was not used", $"{entry.Label} : {fault.Fr} ; non retenu");
            unread.Add((code.ToString(), true));
            return;
        }

        codings.Add(new(code, display));
    }
}
