namespace Hilum.Fhir.Reading;

/// <summary>What a Condition is to the planning of a kidney cancer.</summary>
internal enum CancerKind
{
    /// <summary>Another illness.</summary>
    None,

    /// <summary>The kidney cancer.</summary>
    Kidney,

    /// <summary>Another primary cancer.</summary>
    OtherPrimary,

    /// <summary>A metastasis, or spread to nodes.</summary>
    Secondary,
}
