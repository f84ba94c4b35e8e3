using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hilum.Web.CdsHooks;

/// <summary>A hook as it was fired: CDS Hooks 2.0.1, "Calling a CDS Service". Members of later versions are passed over.</summary>
internal sealed partial record HookRequest
{
    /// <summary>The local id of the patient.</summary>
    public required string PatientId { get; init; }

    /// <summary>The sender's FHIR server; null when none is named.</summary>
    public Uri? FhirServer { get; init; }

    /// <summary>The token for that server and no other; null when there is none.</summary>
    public string? Token { get; init; }

    /// <summary>Drafts that the user selected; null when the hook has none.</summary>
    public IReadOnlySet<string>? Selections { get; init; }

    /// <summary>The draft orders: a Bundle; null when the hook has none.</summary>
    public JsonElement? DraftOrders { get; init; }

    /// <summary>What was sent beforehand: a resource, or null for "asked, and there is none". A key that is not here was not fetched.</summary>
    public required IReadOnlyDictionary<string, JsonElement?> Prefetch { get; init; }

    /// <summary>Whether a text is an id of FHIR.</summary>
    public static bool IsId(string text) => FhirId().IsMatch(text);

    /// <summary>Reads a request; every fault is named.</summary>
    /// <param name="root">The body.</param>
    /// <param name="service">The service that was called.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static HookRequest? Read(JsonElement root, HookService service, List<string> problems)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            problems.Add("a JSON object was expected");
            return null;
        }

        if (Text(root, "hook", problems) is { } hook && hook != service.Hook) problems.Add($"hook: this service is for {service.Hook}, not {Short(hook)}");
        Text(root, "hookInstance", problems);
        var server = Server(root, problems);
        var token = Authorization(root, server, problems);
        var context = Object(root, "context", required: true, problems);
        var patient = context is { } found ? Text(found, "patientId", problems, "context.") : null;
        if (context is { } withUser) Text(withUser, "userId", problems, "context.");
        if (patient?.StartsWith("Patient/", StringComparison.Ordinal) is true) patient = patient[8..];
        if (patient is not null && !FhirId().IsMatch(patient)) problems.Add("context.patientId: a FHIR id was expected (letters, digits, - and ., at most 64)");
        HashSet<string>? selections = null;
        JsonElement? drafts = null;
        if (service.IsForOrders && context is { } orders)
        {
            drafts = Resource(orders, "draftOrders", "Bundle", problems);
            if (service.Hook == "order-select") selections = Selected(orders, problems);
        }

        var prefetch = Sent(root, problems);
        return problems.Count > 0 ? null : new() { PatientId = patient!, FhirServer = server, Token = token, Selections = selections, DraftOrders = drafts, Prefetch = prefetch };
    }

    private static Uri? Server(JsonElement root, List<string> problems)
    {
        if (!root.TryGetProperty("fhirServer", out var value)) return null;
        if (value.ValueKind is JsonValueKind.String && TextOf(value) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0) return uri;
        problems.Add("fhirServer: the base address of a FHIR server was expected, or no such member");
        return null;
    }

    private static string? Authorization(JsonElement root, Uri? server, List<string> problems)
    {
        if (!root.TryGetProperty("fhirAuthorization", out _)) return null;
        if (Object(root, "fhirAuthorization", required: true, problems) is not { } authorization) return null;
        if (server is null && problems.Count == 0) problems.Add("fhirServer: required beside fhirAuthorization");
        var token = Text(authorization, "access_token", problems, "fhirAuthorization.");
        if (Text(authorization, "token_type", problems, "fhirAuthorization.") is { } type && !type.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) problems.Add("fhirAuthorization.token_type: Bearer was expected");
        if (token is not null && (token.Length > 8192 || token.AsSpan().ContainsAnyExceptInRange('!', '~')))
        {
            problems.Add("fhirAuthorization.access_token: printable ASCII without spaces was expected, at most 8,192 characters");
            return null;
        }

        // a token that has run out is no token
        return authorization.TryGetProperty("expires_in", out var left) && left.ValueKind is JsonValueKind.Number && left.TryGetInt64(out var seconds) && seconds <= 0 ? null : token;
    }

    private static HashSet<string> Selected(JsonElement context, List<string> problems)
    {
        var selected = new HashSet<string>(StringComparer.Ordinal);
        if (!context.TryGetProperty("selections", out var list) || list.ValueKind is not JsonValueKind.Array)
        {
            problems.Add("context.selections: an array of references was expected");
            return selected;
        }

        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind is JsonValueKind.String && TextOf(item) is { Length: > 0 } text) selected.Add(text);
            else problems.Add("context.selections: each entry must be a reference such as MedicationRequest/123");
            if (problems.Count > 20) break;
        }

        return selected;
    }

    private static Dictionary<string, JsonElement?> Sent(JsonElement root, List<string> problems)
    {
        var sent = new Dictionary<string, JsonElement?>(StringComparer.Ordinal);
        if (!root.TryGetProperty("prefetch", out _) || Object(root, "prefetch", required: true, problems) is not { } prefetch) return sent;
        foreach (var member in prefetch.EnumerateObject())
        {
            if (problems.Count > 20) break;
            if (member.Value.ValueKind is JsonValueKind.Null) sent[Name(member)] = null;
            else if (member.Value.ValueKind is JsonValueKind.Object && Type(member.Value) is not null) sent[Name(member)] = member.Value;
            else problems.Add($"prefetch.{Short(Name(member))}: a FHIR resource was expected, or null when there is no data");
        }

        return sent;
    }

    private static JsonElement? Resource(JsonElement parent, string name, string type, List<string> problems)
    {
        if (parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object && Type(value) == type) return value;
        problems.Add($"context.{name}: a FHIR {type} was expected");
        return null;
    }

    private static JsonElement? Object(JsonElement parent, string name, bool required, List<string> problems)
    {
        if (parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object) return value;
        if (required) problems.Add($"{name}: an object was expected");
        return null;
    }

    private static string? Text(JsonElement parent, string name, List<string> problems, string place = "")
    {
        if (parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && TextOf(value) is { } text && !string.IsNullOrWhiteSpace(text)) return text;
        problems.Add($"{place}{name}: a text that is not empty was expected");
        return null;
    }

    private static string? Type(JsonElement resource) => resource.TryGetProperty("resourceType", out var type) && type.ValueKind is JsonValueKind.String ? TextOf(type) : null;

    /// <summary>A text; null for half of a surrogate pair, which is no text.</summary>
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "?";
        }
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex(@"^[A-Za-z0-9\-.]{1,64}$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex FhirId();
}
