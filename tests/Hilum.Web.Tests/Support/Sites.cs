namespace Hilum.Web.Tests.Support;

/// <summary>The pages that there are, for tests that hold for each of them.</summary>
internal static class Sites
{
    /// <summary>A case whose plan is signed and released before the tests begin.</summary>
    public const string Signed = "first-line-in-conventional-units";

    private const string Patient = "untreated-clear-cell-intermediate-si";

    /// <summary>Pages for anyone: no figure of survival may stand there.</summary>
    public static readonly string[] Public = ["/learn", "/learn/nivolumab-ipilimumab", "/learn/supportive-care", "/learn/high-dose-interleukin-2"];

    /// <summary>Every kind of page.</summary>
    public static readonly string[] All =
    [
        "/", .. Public, "/plans", "/guidance", "/guidance/ccs-2017", "/guidance/checkmate-214", "/about", "/nothing-here",
        $"/cases/{Patient}", "/cases/only-histology-known", "/cases/kidney-transplant", $"/cases/{Patient}?view=ccs-2017",
        $"/cases/{Patient}/record", $"/cases/{Patient}/why/sunitinib", $"/cases/{Patient}/then-and-now",
        $"/cases/{Patient}/plan", $"/cases/{Patient}/board", $"/cases/{Patient}/patient", $"/cases/{Signed}/patient", $"/cases/{Signed}/sheet", $"/cases/{Signed}/plan",
        $"/cases/{Patient}/compare?t=nivolumab-ipilimumab&t=nivolumab-cabozantinib",
    ];

    /// <summary>Those pages, as theories take them.</summary>
    public static TheoryData<string> Pages => [.. All];

    /// <summary>The public pages, as theories take them.</summary>
    public static TheoryData<string> PublicPages => [.. Public];
}
