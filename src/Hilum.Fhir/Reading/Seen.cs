using Hilum.Measures;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>An Observation that counts, with its codes and its date.</summary>
internal sealed record Seen(Entry Entry, Observation Observation, Concept Code, PartialDate Date, bool Preliminary);
