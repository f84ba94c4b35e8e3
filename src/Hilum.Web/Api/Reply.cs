namespace Hilum.Web.Api;

/// <summary>An answer that is ready to be sent.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record Reply(int Status, ReadOnlyMemory<byte> Body)
{
    public string Media { get; init; } = "application/json; charset=utf-8";

    /// <summary>Where the thing made now lies; null for none.</summary>
    public string? Place { get; init; }

    /// <summary>The entity tag, quoted; null for none.</summary>
    public string? Tag { get; init; }

    /// <summary>The address of the next page; null for none.</summary>
    public string? Next { get; init; }

    /// <summary>A name under which a browser saves it instead of showing it; null to show it.</summary>
    public string? SaveAs { get; init; }

    /// <summary>Whether it was given before to the same request.</summary>
    public bool Again { get; init; }
}
