using System.Text.Json;
using Hilum.Facts;
using Microsoft.AspNetCore.Http;

namespace Hilum.Web.Form;

/// <summary>One row of the table of earlier treatments, as typed; <c>Rest</c> is what the form has no field for, in JSON (<see cref="TherapyRest"/>): it stays with its row.</summary>
internal sealed record TherapyRow(string Treatment, string Name, string Start, string Stop, string StoppedFor, string Setting, string Rest)
{
    /// <summary>Whether no treatment is chosen: a new row, or one that is to be removed with its dates.</summary>
    public bool IsEmpty => Treatment.Length == 0;
}

/// <summary>What stands in one field of the form, as text: what a person sees and may change.</summary>
/// <remarks>Two are equal when a person would see the same; a field that was not touched is never written.</remarks>
internal sealed record FieldInput
{
    /// <summary>The value; several members are parted by commas, items of a free list by line ends.</summary>
    public string Text { get; init; } = "";

    /// <summary>The unit of the value and of its limits.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The laboratory's lower limit.</summary>
    public string Low { get; init; } = "";

    /// <summary>The laboratory's upper limit.</summary>
    public string High { get; init; } = "";

    /// <summary>Members known not to be there, parted by commas; empty when the list is complete.</summary>
    public string Absent { get; init; } = "";

    /// <summary>Whether a list is complete.</summary>
    public bool All { get; init; }

    /// <summary>Whether the test was not done.</summary>
    public bool NotDone { get; init; }

    /// <summary>Earlier treatments.</summary>
    public IReadOnlyList<TherapyRow> Rows { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(FieldInput? other) => other is not null && (Text, Unit, Low, High, Absent, All, NotDone) == (other.Text, other.Unit, other.Low, other.High, other.Absent, other.All, other.NotDone) && Rows.SequenceEqual(other.Rows);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Unit, Low, High, Absent, All, NotDone, Rows.Count);

    /// <summary>Reads a field of a form that was sent; null when the form did not have it.</summary>
    public static FieldInput? Read(FactDefinition fact, IFormCollection form)
    {
        var name = $"f.{fact.Id}";
        if (!form.ContainsKey(name)) return null;
        var sent = form[name];
        var text = fact.Type switch
        {
            FactType.Codes => string.Join(',', fact.Values.Select(v => v.Code).Where(c => sent.Contains(c)).Concat(sent.OfType<string>().Where(c => c.Length > 0 && !Array.Exists(fact.Values, v => v.Code == c)))), // what is no choice is told
            FactType.List => string.Join('\n', sent.ToString().Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)),
            _ => One(sent.ToString()),
        };
        return new()
        {
            Text = text,
            Unit = One(form[$"{name}.unit"].ToString()),
            Low = One(form[$"{name}.low"].ToString()),
            High = One(form[$"{name}.high"].ToString()),
            Absent = One(form[$"{name}.absent"].ToString()),
            All = form[$"{name}.all"] == "yes",
            NotDone = form[$"{name}.not-done"] == "yes" && text.Length == 0,
            Rows = fact.Id == FactForm.Therapies ? [.. Enumerable.Range(0, form.Count).Select(i => $"{name}.{i}").TakeWhile(row => form.ContainsKey(row + ".treatment")).Select(row => Row(form, row)).Where(r => !r.IsEmpty)] : [],
        };
    }

    /// <summary>The same, as a case file writes it in JSON; by fact, because a limit without a value is a fact of its own. Null: take back what was given by hand.</summary>
    public IEnumerable<(string Fact, string? Value)> Write(FactDefinition fact)
    {
        var empty = Text.Length == 0 && Rows.Count == 0;
        switch (fact.Type)
        {
            case FactType.Number when !empty && (Low.Length > 0 || High.Length > 0):
                var members = new Dictionary<string, string>(StringComparer.Ordinal) { ["value"] = Decimal(Text) };
                if (Unit.Length > 0) members["unit"] = Unit;
                if (Low.Length > 0) members["lln"] = Decimal(Low);
                if (High.Length > 0) members["uln"] = Decimal(High);
                yield return (fact.Id, JsonSerializer.Serialize(members, FieldJson.Default.DictionaryStringString));
                break;
            case FactType.Number:
                yield return (fact.Id, empty ? Unknown : Json($"{Decimal(Text)} {Unit}".Trim()));
                break;
            case FactType.Codes:
                var chosen = Text.Split(',', StringSplitOptions.RemoveEmptyEntries);
                var absent = All ? [] : Absent.Split(',', StringSplitOptions.RemoveEmptyEntries).Except(chosen, StringComparer.Ordinal).Select(c => "not " + c).ToArray();
                string[] codes = [.. chosen, .. absent, .. All ? [] : new[] { "unknown" }];
                yield return (fact.Id, codes is ["unknown"] ? Unknown : JsonSerializer.Serialize(codes, FieldJson.Default.StringArray));
                break;
            case FactType.List when fact.Id == FactForm.Therapies:
                yield return (fact.Id, empty && !All ? Unknown : Therapies());
                break;
            case FactType.List:
                string[] items = [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries), .. All ? [] : new[] { "unknown" }];
                yield return (fact.Id, empty && !All ? Unknown : JsonSerializer.Serialize(items, FieldJson.Default.StringArray));
                break;
            default:
                yield return (fact.Id, empty ? Unknown : Json(Text));
                break;
        }

        foreach (var (limit, text) in new[] { (fact.LimitLow, Low), (fact.LimitHigh, High) })
            if (limit is not null) yield return (limit, empty && text.Length > 0 ? Json($"{Decimal(text)} {Unit}".Trim()) : null);
    }

    /// <summary>The value that clears a fact.</summary>
    public const string Unknown = "\"unknown\"";

    private string Therapies()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (var row in Rows)
            {
                json.WriteStartObject();
                foreach (var (key, value) in new[] { ("treatment", row.Treatment), ("name", row.Name), ("start", row.Start), ("stop", row.Stop), ("stopped-for", row.StoppedFor), ("setting", row.Setting) })
                    if (value.Length > 0) json.WriteString(key, value);
                WriteRest(json, row);
                json.WriteEndObject();
            }

            if (!All) json.WriteStringValue("unknown");
            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>What speaks of the drugs goes when another treatment is chosen; what happened stays.</summary>
    private static void WriteRest(Utf8JsonWriter json, TherapyRow row)
    {
        if (row.Rest.Length == 0) return;
        try
        {
            using var rest = JsonDocument.Parse(row.Rest);
            var same = rest.RootElement.TryGetProperty(TherapyRest.Of, out var of) && of.ValueEquals(row.Treatment);
            foreach (var member in rest.RootElement.EnumerateObject())
                if (member.Name != TherapyRest.Of && (same || member.Name is not ("classes" or "stopped-parts"))) member.WriteTo(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            json.WriteString("rest", row.Rest); // refused by its name where it is read
        }
    }

    private static TherapyRow Row(IFormCollection form, string name)
    {
        return new(Of("treatment"), Of("name"), Of("start"), Of("stop"), Of("stopped-for"), Of("setting"), Of("rest"));

        string Of(string member) => One(form[$"{name}.{member}"].ToString());
    }

    private static string Json(string text) => JsonSerializer.Serialize(text, FieldJson.Default.String);

    private static string One(string text) => text.Trim();

    /// <summary>A decimal comma between digits is a point, as French writes it; a thousands comma is left, and asked about.</summary>
    private static string Decimal(string text)
    {
        var comma = text.IndexOf(',');
        var digits = text.Length - comma - 1;
        return comma > 0 && text.LastIndexOf(',') == comma && !text.Contains('.', StringComparison.Ordinal) && digits is 1 or 2 ? text.Replace(',', '.') : text;
    }
}
