using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>The value of an Observation, or of one of its components.</summary>
internal sealed record Answer(
    DataType? Value, CodeableConcept? DataAbsentReason, IReadOnlyList<Observation.ReferenceRangeComponent> ReferenceRange,
    IReadOnlyList<CodeableConcept> Interpretation, CodeableConcept? Method);
