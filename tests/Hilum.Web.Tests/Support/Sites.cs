namespace Hilum.Web.Tests.Support;

/// <summary>The pages that there are, for tests that hold for each of them.</summary>
internal static class Sites
{
    /// <summary>A case whose plan is signed and released before the tests begin.</summary>
    public const string Signed = "first-line-in-conventional-units";

    /// <summary>A rule, tried on an example patient.</summary>
    public const string Rule = "/guidance/papillary-cabozantinib?patient=after-sunitinib";

    /// <summary>Two editions of which a comparison is kept.</summary>
    public const string Comparison = "/guidance/diff?from=esmo-bone&to=asco-sno-astro-2021";

    private const string Patient = "untreated-clear-cell-intermediate-si";

    /// <summary>Pages for anyone: no figure of survival may stand there.</summary>
    public static readonly string[] Public = ["/learn", "/learn/nivolumab-ipilimumab", "/learn/supportive-care", "/learn/high-dose-interleukin-2"];

    /// <summary>What a patient or family gets: no figure of survival stands there before they ask for it.</summary>
    public static readonly string[] ForPatients = [.. Public, $"/cases/{Signed}/patient", $"/cases/{Signed}/patient?reader=carer", $"/cases/{Signed}/sheet", $"/cases/{Signed}/choices", $"/cases/{Signed}/questions"];

    /// <summary>Every kind of page.</summary>
    public static readonly string[] All =
    [
        "/", .. Public, "/plans", "/guidance", "/guidance/ccs-2017", "/guidance/checkmate-214", Rule, Comparison, "/guidance/diff?from=ccs-2017&to=esmo-2024", "/guidance/check", "/about", "/nothing-here",
        $"/cases/{Patient}", "/cases/only-histology-known", "/cases/kidney-transplant", $"/cases/{Patient}?view=ccs-2017", $"/cases/{Patient}?country=CA",
        $"/cases/{Patient}/record", $"/cases/{Patient}/why/sunitinib", $"/cases/{Patient}/then-and-now",
        $"/cases/{Patient}/plan", $"/cases/{Patient}/board", $"/cases/{Patient}/patient", $"/cases/{Signed}/patient", $"/cases/{Signed}/patient?reader=carer", $"/cases/{Signed}/sheet", $"/cases/{Signed}/choices", $"/cases/{Signed}/questions", $"/cases/{Signed}/plan",
        $"/cases/{Patient}/compare?t=nivolumab-ipilimumab&t=nivolumab-cabozantinib",
    ];

    /// <summary>Those pages, as theories take them.</summary>
    public static TheoryData<string> Pages => [.. All];

    /// <summary>The pages for patients, as theories take them.</summary>
    public static TheoryData<string> PagesForPatients => [.. ForPatients];
}
