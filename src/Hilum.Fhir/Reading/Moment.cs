using Hilum.Measures;
using Hilum.Words;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>When something was so, as far as the record states it.</summary>
/// <param name="Date">The date; not stated when default.</param>
/// <param name="Fault">What is wrong with the date as written; null when nothing is.</param>
internal readonly record struct Moment(PartialDate Date, Phrase? Fault)
{
    /// <summary>Of an effective, performed or onset element: of a period its end, else its start.</summary>
    public static Moment Of(DataType? element) => element switch
    {
        null => default,
        FhirDateTime dateTime => Of(dateTime.Value),
        Date date => Of(date.Value),
        Instant instant => instant.Value is { } time ? new(PartialDate.From(DateOnly.FromDateTime(time.DateTime)), null) : default,
        Period period => Of(period.End ?? period.Start),
        Timing timing => timing.EventElement.Count > 0 ? Of(timing.EventElement[^1]) : default,
        _ => default,
    };

    /// <summary>Of a date as FHIR writes it.</summary>
    public static Moment Of(string? text) =>
        string.IsNullOrEmpty(text) ? default : PartialDate.TryParse(text, out var date) ? new(date, null) : new(default, new Phrase($"'{text}' is not a date", $"« {text} » n'est pas une date"));

    /// <summary>This, or the other when this states nothing.</summary>
    public Moment Or(Func<Moment> other) => Date.IsStated || Fault is not null ? this : other();
}
