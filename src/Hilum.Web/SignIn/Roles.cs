using System.Security.Claims;

namespace Hilum.Web.SignIn;

/// <summary>What a person may be.</summary>
[Flags]
public enum Role
{
    /// <summary>Nothing: signed in, and no more.</summary>
    None = 0,

    /// <summary>Plans, decides, signs, releases.</summary>
    Clinician = 1,

    /// <summary>Looks at plans, medicines, doses and interactions; signs what was checked.</summary>
    Pharmacist = 2,

    /// <summary>Prepares the tumour board and writes its notes.</summary>
    BoardSecretary = 4,

    /// <summary>Sees the own plan once a clinician has released it.</summary>
    Patient = 8,

    /// <summary>Works on the guidance, and sees no patient.</summary>
    GuidanceEditor = 16,

    /// <summary>Reads the audit, and sees no plan.</summary>
    Auditor = 32,

    /// <summary>Runs the service, and sees no patient.</summary>
    Administrator = 64,
}

/// <summary>Roles of people.</summary>
internal static class Roles
{
    private static readonly (string Id, Role Role)[] All =
    [
        ("clinician", Role.Clinician), ("pharmacist", Role.Pharmacist), ("board-secretary", Role.BoardSecretary), ("patient", Role.Patient),
        ("guidance-editor", Role.GuidanceEditor), ("auditor", Role.Auditor), ("administrator", Role.Administrator),
    ];

    /// <summary>Their ids, as settings and tokens write them.</summary>
    public static IEnumerable<string> Ids => All.Select(r => r.Id);

    /// <summary>All of them: the one local user.</summary>
    public static Role Every => All.Aggregate(Role.None, (all, r) => all | r.Role);

    /// <summary>A role by its id; none for another word.</summary>
    public static Role Parse(string id) => Array.Find(All, r => r.Id == id).Role;

    /// <summary>The roles that a person's claims give.</summary>
    public static Role Of(ClaimsPrincipal person, SignInSettings settings)
    {
        var values = person.FindAll(settings.RoleClaim).Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
        var roles = Role.None;
        foreach (var (id, role) in All)
            if (settings.Roles.TryGetValue(id, out var given) ? given.Any(values.Contains) : values.Contains(id)) roles |= role;
        return roles;
    }
}
