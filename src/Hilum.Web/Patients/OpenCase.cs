using System.Collections.Immutable;
using Hilum.Facts;
using Hilum.Web.Form;

namespace Hilum.Web.Patients;

/// <summary>What a person typed that cannot be read, and why.</summary>
internal sealed record Rejected(FieldInput Input, string Why);

/// <summary>One version of a case that is open in the pages: a record, and what was given by hand since. Immutable.</summary>
internal sealed record OpenCase
{
    /// <summary>Its id in addresses; it says nothing of the patient.</summary>
    public required string Id { get; init; }

    /// <summary>Counts the changes.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What the person who opened it calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is one of the invented patients.</summary>
    public bool IsExample { get; init; }

    /// <summary>The record it began with.</summary>
    public required PatientRecord Record { get; init; }

    /// <summary>Facts given by hand, each as a case file writes it, in JSON.</summary>
    public ImmutableSortedDictionary<string, string> ByHand { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What could not be read, by fact, or by the name of a field that is none.</summary>
    public ImmutableDictionary<string, Rejected> Rejected { get; init; } = ImmutableDictionary.Create<string, Rejected>(StringComparer.Ordinal);

    /// <summary>Facts of which someone said that the test was not done.</summary>
    public ImmutableHashSet<string> NotDone { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Facts whose old values are accepted.</summary>
    public ImmutableHashSet<string> AcceptedStale { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Fallback limits that are accepted.</summary>
    public ImmutableHashSet<string> AcceptedLimits { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The day of the plan; null for the record's own, else today.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>What the team wrote.</summary>
    public CasePlan Plan { get; init; } = new();

    /// <summary>The plan of the store to which signed versions are added; null before the first.</summary>
    public string? StoredPlan { get; init; }

    /// <summary>What matters to the patient, in their words.</summary>
    public string Wishes { get; init; } = "";

    /// <summary>What is known in this version, with what the team wrote in another.</summary>
    public OpenCase With(OpenCase other) => this with { Version = other.Version, Plan = other.Plan, StoredPlan = other.StoredPlan };
}
