using System.Text.Json;
using Hilum.Words;
using Hl7.Fhir.Model;

namespace Hilum.Fhir.Reading;

/// <summary>One resource of the record, where it stands, and what became of it.</summary>
internal sealed class Entry
{
    private readonly List<Phrase> reasons = [];

    /// <summary>Where it stands: <c>Bundle.entry[3]</c>, or the line of a bulk export.</summary>
    public required string Place { get; init; }

    /// <summary>The resource as sent.</summary>
    public required JsonElement Json { get; init; }

    /// <summary>The type; empty when it states none.</summary>
    public required string Type { get; init; }

    /// <summary>The id; null when it has none.</summary>
    public string? Id { get; init; }

    /// <summary>The address under which other entries may refer to it.</summary>
    public string? FullUrl { get; init; }

    /// <summary>The resource, once it has been parsed.</summary>
    public Resource? Resource { get; set; }

    /// <summary>Whether any fact rests on it.</summary>
    public bool Used { get; set; }

    /// <summary>The illness that it states as present; null when it states none.</summary>
    public Phrase? Present { get; set; }

    /// <summary>Why it, or a part of it, was not used.</summary>
    public IReadOnlyList<Phrase> Reasons => reasons;

    /// <summary>How people find it: <c>Observation/hb1</c>.</summary>
    public string Label => Id is not null ? $"{Type}/{Id}" : FullUrl ?? (Type.Length > 0 ? $"{Type} ({Place})" : Place);

    /// <summary>What makes it this resource and no other.</summary>
    public string Identity => Id is not null ? $"{Type}/{Id}" : FullUrl ?? Place;

    /// <summary>Says why it, or a part of it, is not used.</summary>
    public void Refuse(string en, string fr) => Refuse(new Phrase(en, fr));

    /// <summary>Says why it, or a part of it, is not used.</summary>
    public void Refuse(Phrase why)
    {
        if (!reasons.Contains(why)) reasons.Add(why);
    }
}
