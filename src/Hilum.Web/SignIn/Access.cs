using System.Collections.Frozen;

namespace Hilum.Web.SignIn;

/// <summary>Who may call one address.</summary>
/// <param name="Method">GET, POST, PUT ...; GET stands for HEAD too.</param>
/// <param name="Pattern">The pattern of the route, as it is mapped.</param>
/// <param name="Roles">One of these is needed; null: nobody is asked who he is.</param>
/// <param name="SignedIn">Whether anybody who is signed in may, whatever the role.</param>
/// <param name="OwnReleased">Whether the patient whose case it is may too, once a clinician has released the plan.</param>
internal sealed record AccessRule(string Method, string Pattern, Role? Roles, bool SignedIn = false, bool OwnReleased = false)
{
    /// <summary>Whether somebody with these roles may.</summary>
    public bool Allows(Role roles) => Roles is not { } needed || SignedIn || (needed & roles) != Role.None;
}

/// <summary>Who may do what: one table of every address. What does not stand here is refused.</summary>
internal static class Access
{
    private const Role Care = Role.Clinician | Role.Pharmacist | Role.BoardSecretary;
    private const Role Judges = Role.Clinician | Role.Pharmacist;

    /// <summary>The table.</summary>
    public static readonly AccessRule[] Table =
    [
        // nothing about anybody
        Everyone("GET", "/healthz"),
        Everyone("GET", "/assets/{name}"),
        Everyone("GET", "/signed-out"),
        Everyone("GET", "/sign-in"),
        Everyone("POST", "/sign-out"),

        Everyone("GET", "/missing"),
        Everyone("GET", "/about"),
        Everyone("GET", "/learn"),
        Everyone("GET", "/learn/{treatment}"),
        Everyone("GET", "/guidance"),
        Everyone("GET", "/guidance/{id}"),
        Everyone("GET", "/guidance/check"),
        Everyone("GET", "/guidance/diff"),

        // hospital systems: they show a token of their own (HookClients)
        Everyone("GET", "/cds-services"),
        Everyone("POST", "/cds-services/{service}"),
        Everyone("POST", "/cds-services/{service}/feedback"),
        Only("GET", "/api/v1/cds-feedback", Role.GuidanceEditor | Role.Auditor | Role.Administrator),

        // SMART on FHIR: the hospital's own server says who comes and for whom
        Everyone("GET", "/smart/launch"),
        Everyone("GET", "/smart/start"),
        Everyone("GET", "/smart/return"),

        // FHIR
        Everyone("GET", "/fhir/metadata"),
        Anybody("GET", "/fhir/PlanDefinition"),
        Anybody("GET", "/fhir/PlanDefinition/{edition}"),
        Anybody("GET", "/fhir/Library/{edition}"),
        Only("POST", "/fhir/PlanDefinition/{edition}/$apply", Judges),
        Anybody("GET", "/fhir/{**rest}"),
        Anybody("POST", "/fhir/{**rest}"),

        // pages
        Only("GET", "/", Care),
        Only("POST", "/", Judges),
        Only("GET", "/cases/{id}", Care),
        Only("POST", "/cases/{id}", Judges),
        Only("GET", "/cases/{id}/record", Care),
        Only("GET", "/cases/{id}/then-and-now", Care),
        Only("GET", "/cases/{id}/why/{treatment}", Care),
        Only("GET", "/cases/{id}/compare", Care),
        Only("GET", "/cases/{id}/board", Care),
        Only("POST", "/cases/{id}/board", Role.Clinician | Role.BoardSecretary),
        Only("GET", "/cases/{id}/plan", Care),
        Only("POST", "/cases/{id}/plan", Role.Clinician),
        Own("GET", "/cases/{id}/patient"),
        Own("POST", "/cases/{id}/patient"),
        Own("GET", "/cases/{id}/sheet"),
        Own("GET", "/cases/{id}/choices"),
        Own("GET", "/cases/{id}/questions"),
        Only("GET", "/cases/{id}/file", Judges),
        Only("GET", "/plans", Care),
        Only("GET", "/plans/{id}", Care),
        Only("POST", "/plans/{id}", Judges),

        // the API
        Everyone("GET", "/readyz"),
        Everyone("GET", "/api"),
        Everyone("GET", "/openapi/{documentName}.json"),
        Only("POST", "/api/v1/plan", Judges),
        Anybody("GET", "/api/v1/codes"),
        Only("GET", "/api/v1/patients", Care),
        Only("POST", "/api/v1/patients", Role.Clinician | Role.BoardSecretary),
        Only("GET", "/api/v1/patients/{id}", Care),
        Only("GET", "/api/v1/patients/{id}/records", Care),
        Only("POST", "/api/v1/patients/{id}/records", Care),
        Only("GET", "/api/v1/patients/{id}/records/{record}", Care),
        Only("GET", "/api/v1/patients/{id}/records/{record}/plan", Judges),
        Only("GET", "/api/v1/patients/{id}/plans", Care),
        Only("POST", "/api/v1/patients/{id}/plans", Role.Clinician),
        Only("GET", "/api/v1/plans", Care),
        Only("GET", "/api/v1/plans/{id}", Care),
        Only("PUT", "/api/v1/plans/{id}", Role.Clinician),
        Only("POST", "/api/v1/plans/{id}/state", Role.Clinician),
        Only("GET", "/api/v1/plans/{id}/versions", Care),
        Only("GET", "/api/v1/plans/{id}/versions/{version}", Care),
        Only("GET", "/api/v1/plans/{id}/decisions", Care),
        Only("POST", "/api/v1/plans/{id}/decisions", Role.Clinician),
        Only("GET", "/api/v1/plans/{id}/notes", Care),
        Only("POST", "/api/v1/plans/{id}/notes", Care),
        Only("GET", "/api/v1/plans/{id}/sign-offs", Care),
        Only("POST", "/api/v1/plans/{id}/sign-offs", Judges),
        Only("GET", "/api/v1/recall", Role.Clinician | Role.GuidanceEditor),
        Only("GET", "/api/v1/reports/decisions", Role.Clinician | Role.GuidanceEditor | Role.Auditor | Role.Administrator),
        Only("GET", "/api/v1/audit", Role.Auditor),
        Anybody("GET", "/api/{**rest}"),
        Anybody("POST", "/api/{**rest}"),
    ];

    private static readonly FrozenDictionary<(string Method, string Pattern), AccessRule> ByAddress = Table.ToFrozenDictionary(r => (r.Method, Plain(r.Pattern)));

    /// <summary>The rule of an address; null when there is none.</summary>
    public static AccessRule? Find(string method, string pattern) => ByAddress.GetValueOrDefault((method == "HEAD" ? "GET" : method, Plain(pattern)));

    private static string Plain(string pattern) => "/" + pattern.Trim('/');

    private static AccessRule Everyone(string method, string pattern) => new(method, pattern, null);

    private static AccessRule Anybody(string method, string pattern) => new(method, pattern, Role.None, SignedIn: true);

    private static AccessRule Own(string method, string pattern) => new(method, pattern, Care, OwnReleased: true);

    private static AccessRule Only(string method, string pattern, Role roles) => new(method, pattern, roles);
}
