using System.Text.Json;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Answers;

/// <summary>Writes the <c>record</c> member of a plan: what was understood of the patient's record, so that the plan can be made again.</summary>
/// <remarks>
/// The facts as given, with date and origin, and no more: names, addresses and everything else that no rule looks at stay where they were.
/// The hash of the bytes that were read says which record it was.
/// </remarks>
internal static class StoredRecord
{
    /// <summary>The release of this program.</summary>
    public static string Program => typeof(StoredRecord).Assembly.GetName().Version!.ToString(3);

    public static void Write(Utf8JsonWriter json, Assessment assessment, Language language)
    {
        var (record, settings) = (assessment.Case.Record, assessment.Case.Settings);
        json.WriteStartObject("record");
        json.WriteString("program", Program);
        if (record.Sha256 is not null) json.WriteString("sha256", record.Sha256);
        json.WriteString("language", language is Language.French ? "fr" : "en");
        if (assessment.EditionsNamed) Strings(json, "editions", assessment.Editions.Select(e => e.Id));
        if (settings.AcceptedLimits.Count > 0) Strings(json, "acceptedLimits", settings.AcceptedLimits.Select(l => l.Id));
        if (settings.AcceptedStale.Count > 0) Strings(json, "acceptedStale", settings.AcceptedStale.Order(StringComparer.Ordinal));
        json.WriteBoolean("undatedIsCurrent", record.UndatedIsCurrent);
        Facts(json, "facts", record.Facts);
        if (settings.ByHand.Count > 0) Facts(json, "byHand", settings.ByHand);
        if (record.NotUsed.Count > 0) NotUsed(json, record.NotUsed);
        if (record.Warnings.Count > 0) Warnings(json, record.Warnings);
        json.WriteEndObject();
    }

    private static void NotUsed(Utf8JsonWriter json, IReadOnlyList<NotUsed> items)
    {
        json.WriteStartArray("notUsed");
        foreach (var item in items)
        {
            json.WriteStartObject();
            json.WriteString("resource", item.Resource);
            Text(json, item.Why);
            if (item.Present is { } present)
            {
                json.WriteStartObject("present");
                Text(json, present);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Warnings(Utf8JsonWriter json, IReadOnlyList<Phrase> warnings)
    {
        json.WriteStartArray("warnings");
        foreach (var warning in warnings)
        {
            json.WriteStartObject();
            Text(json, warning);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, Phrase text)
    {
        json.WriteString("en", text.En);
        json.WriteString("fr", text.Fr);
    }

    private static void Facts(Utf8JsonWriter json, string name, IReadOnlyList<GivenFact> facts)
    {
        json.WriteStartArray(name);
        foreach (var given in facts)
        {
            json.WriteStartObject();
            json.WriteString("fact", given.Fact.Id);
            Value(json, given);
            if (given.Date.IsStated) json.WriteString("date", given.Date.ToString());
            json.WriteString("origin", given.Origin);
            if (given.WithResult is not null) json.WriteString("withResult", given.WithResult);
            if (given.Preliminary) json.WriteBoolean("preliminary", true);
            if (given.Lasts) json.WriteBoolean("lasts", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter json, GivenFact given)
    {
        switch (given.Value)
        {
            case GivenCode code: Strings(json, "possible", CodesOf(given.Fact, code.Mask)); break;
            case GivenNumber number: Number(json, number); break;
            case GivenDate date: json.WriteString("on", date.Date.ToString()); break;
            case GivenMembers members:
                Strings(json, "members", CodesOf(given.Fact, members.Present));
                if (members.Absent != 0) Strings(json, "absent", CodesOf(given.Fact, members.Absent));
                json.WriteBoolean("complete", members.Complete);
                break;
            case GivenMedicines medicines:
                json.WriteStartArray("medicines");
                foreach (var medicine in medicines.Items) Medicine(json, medicine);
                json.WriteEndArray();
                json.WriteBoolean("complete", medicines.Complete);
                break;
            case GivenTherapies therapies:
                json.WriteStartArray("therapies");
                foreach (var therapy in therapies.Items) Therapy(json, therapy);
                json.WriteEndArray();
                json.WriteBoolean("complete", therapies.Complete);
                break;
            case GivenTexts texts:
                Strings(json, "texts", texts.Items);
                json.WriteBoolean("complete", texts.Complete);
                break;
            default: json.WriteBoolean("unknown", true); break;
        }
    }

    /// <summary>The words for the bits of a Boolean or a code.</summary>
    public static IEnumerable<string> CodesOf(FactDefinition fact, ulong mask) =>
        (fact.Type is FactType.Bool ? ["false", "true"] : fact.Values.Select(v => v.Code)).Where((_, bit) => (mask & (1UL << bit)) != 0);

    private static void Number(Utf8JsonWriter json, GivenNumber number)
    {
        var value = number.Value;
        if (value.HasLow) json.WriteNumber("low", value.Low);
        if (value.HasLow && value.LowOpen) json.WriteBoolean("lowOpen", true);
        if (value.HasHigh) json.WriteNumber("high", value.High);
        if (value.HasHigh && value.HighOpen) json.WriteBoolean("highOpen", true);
        if (value.System != 0) json.WriteNumber("system", value.System);
        json.WriteString("reported", number.Reported);
    }

    private static void Medicine(Utf8JsonWriter json, MedicineTaken medicine)
    {
        json.WriteStartObject();
        json.WriteString("text", medicine.Text);
        if (medicine.Recognised.Drug is { } drug) json.WriteString("drug", drug.Id);
        if (medicine.Recognised.Medicine is { } found) json.WriteString("medicine", found.Id);
        if (medicine.Recognised.More is { Count: > 0 } more) Strings(json, "more", more.Select(m => m.Id));
        if (medicine.Recognised.HasRest) json.WriteBoolean("hasRest", true);
        json.WriteString("origin", medicine.Origin);
        json.WriteEndObject();
    }

    private static void Therapy(Utf8JsonWriter json, PriorTherapy therapy)
    {
        json.WriteStartObject();
        json.WriteString("treatment", therapy.Treatment);
        if (therapy.Name is not null) json.WriteString("name", therapy.Name);
        if (therapy.Drugs.Count > 0) Strings(json, "drugs", therapy.Drugs);
        if (therapy.Groups.Count > 0) Strings(json, "groups", therapy.Groups);
        if (!therapy.GroupsKnown) json.WriteBoolean("groupsKnown", false);
        if (!therapy.IsSystemic) json.WriteBoolean("systemic", false);
        if (therapy.Start.IsStated) json.WriteString("start", therapy.Start.ToString());
        if (therapy.Stop.IsStated) json.WriteString("stop", therapy.Stop.ToString());
        if (therapy.StoppedFor is not null) json.WriteString("stopped-for", therapy.StoppedFor);
        if (therapy.Setting is not TherapySetting.Unknown) json.WriteString("setting", therapy.Setting.ToString().ToLowerInvariant());
        TherapyJson.WriteCourse(json, therapy);
        json.WriteString("origin", therapy.Origin);
        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
