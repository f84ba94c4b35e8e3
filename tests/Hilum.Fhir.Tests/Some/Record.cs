using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hilum.Facts;
using Hilum.Fhir.Reading;

namespace Hilum.Fhir.Tests.Some;

/// <summary>Makes records of a few resources and reads them.</summary>
internal static class Record
{
    public const string Loinc = "http://loinc.org";
    public const string Snomed = "http://snomed.info/sct";
    public const string Icd10 = "http://hl7.org/fhir/sid/icd-10-cm";
    public const string RxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
    public const string Atc = "http://www.whocc.no/atc";
    public const string Mcode = "http://hl7.org/fhir/us/mcode/StructureDefinition/";

    public static readonly DateOnly AsOf = new(2026, 11, 3);

    public static BundleReader Reader { get; } = new(SmallDictionary.Facts, SmallDictionary.Formulary);

    public static JsonObject Patient => Parse("""{"resourceType":"Patient","id":"p","gender":"male","birthDate":"1960-05-01"}""");

    public static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;

    /// <summary>A Bundle of these resources, each of which belongs to the patient.</summary>
    public static JsonObject Bundle(params JsonObject[] resources) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "collection",
        ["entry"] = new JsonArray([.. resources.Select(r => new JsonObject { ["resource"] = r })]),
    };

    /// <summary>Reads the patient and these resources; the reading must succeed.</summary>
    public static PatientRecord Read(params JsonObject[] resources) => Read(Bundle([Patient, .. resources]), AsOf);

    public static PatientRecord Read(JsonObject root, DateOnly? asOf)
    {
        var reading = Reader.Read(Bytes(root), asOf);
        Assert.True(reading.Record is not null, string.Join('\n', reading.Problems));
        InBothLanguages(reading.Record!);
        return reading.Record!;
    }

    /// <summary>Whatever is said of a record is said in English and in French; what a parser says of a fault of form is quoted as it is.</summary>
    private static void InBothLanguages(PatientRecord record)
    {
        foreach (var said in record.NotUsed.Select(n => n.Why).Concat(record.Warnings))
        {
            Assert.False(string.IsNullOrWhiteSpace(said.En) || string.IsNullOrWhiteSpace(said.Fr), $"{said.En} / {said.Fr}");
            if (!Quoting.Any(said.Fr!.Contains)) Assert.DoesNotMatch(@"\b(the|is|was|not|its|it|this|that|and|which|another)\b", said.Fr!.Split('(')[0]);
        }
    }

    private static readonly string[] Quoting = ["défaut de forme", "comme FHIR R4 le demande", "ne peut être lue (", "«"];

    public static Facts.Reading ReadText(string json) => Reader.Read(Encoding.UTF8.GetBytes(json), AsOf);

    public static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString(new JsonSerializerOptions { MaxDepth = 500 }));

    public static JsonObject Concept(string system, string code, string? display = null)
    {
        var coding = new JsonObject { ["system"] = system, ["code"] = code };
        if (display is not null) coding["display"] = display;
        return new() { ["coding"] = new JsonArray(coding) };
    }

    public static JsonObject Subject(JsonObject resource)
    {
        resource[(string?)resource["resourceType"] == "AllergyIntolerance" ? "patient" : "subject"] = new JsonObject { ["reference"] = "Patient/p" };
        return resource;
    }

    public static JsonObject Observation(string id, string loinc, string? value = null, string date = "2026-10-30", string status = "final", string system = Loinc)
    {
        var observation = Subject(new() { ["resourceType"] = "Observation", ["id"] = id, ["status"] = status, ["code"] = Concept(system, loinc), ["effectiveDateTime"] = date });
        return value is null ? observation : With(observation, value);
    }

    public static JsonObject Lab(string id, string loinc, decimal value, string unit, string date = "2026-10-30") =>
        Observation(id, loinc, $$$"""{"valueQuantity":{"value":{{{value.ToString(System.Globalization.CultureInfo.InvariantCulture)}}},"unit":"{{{unit}}}","system":"http://unitsofmeasure.org","code":"{{{unit}}}"}}""", date);

    public static JsonObject Coded(string id, string system, string code, string valueSystem, string valueCode, string? display = null, string date = "2026-10-01") =>
        With(Observation(id, code, date: date, system: system), new JsonObject { ["valueCodeableConcept"] = Concept(valueSystem, valueCode, display) }.ToJsonString());

    public static JsonObject Condition(string id, string system, string code, string? display = null, string onset = "2026-01-15", string? clinical = "active", string? verification = "confirmed", string? profile = null)
    {
        var condition = Subject(new() { ["resourceType"] = "Condition", ["id"] = id, ["code"] = Concept(system, code, display), ["onsetDateTime"] = onset });
        if (clinical is not null) condition["clinicalStatus"] = Concept("http://terminology.hl7.org/CodeSystem/condition-clinical", clinical);
        if (verification is not null) condition["verificationStatus"] = Concept("http://terminology.hl7.org/CodeSystem/condition-ver-status", verification);
        if (profile is not null) condition["meta"] = new JsonObject { ["profile"] = new JsonArray(Mcode + profile) };
        return condition;
    }

    public static JsonObject Kidney(string id = "rcc", string code = "254915003", string onset = "2026-01-15") => Condition(id, Snomed, code, onset: onset, profile: "mcode-primary-cancer-condition");

    public static JsonObject Request(string id, string text, string date, string status = "active", string intent = "order", string? reason = null)
    {
        var request = Subject(new() { ["resourceType"] = "MedicationRequest", ["id"] = id, ["status"] = status, ["intent"] = intent, ["authoredOn"] = date, ["medicationCodeableConcept"] = new JsonObject { ["text"] = text } });
        if (reason is not null) request["statusReason"] = Concept(Snomed, reason);
        return request;
    }

    public static JsonObject Statement(string id, string text, string? start, string? end = null, string status = "active", string? reason = null)
    {
        var statement = Subject(new() { ["resourceType"] = "MedicationStatement", ["id"] = id, ["status"] = status, ["medicationCodeableConcept"] = new JsonObject { ["text"] = text } });
        var period = new JsonObject();
        if (start is not null) period["start"] = start;
        if (end is not null) period["end"] = end;
        if (period.Count > 0) statement["effectivePeriod"] = period;
        if (reason is not null) statement["statusReason"] = new JsonArray(Concept(Snomed, reason));
        return statement;
    }

    public static JsonObject Dose(string id, string text, string date, string status = "completed") => Subject(new()
    {
        ["resourceType"] = "MedicationAdministration",
        ["id"] = id,
        ["status"] = status,
        ["effectiveDateTime"] = date,
        ["medicationCodeableConcept"] = new JsonObject { ["text"] = text },
    });

    public static JsonObject Procedure(string id, string code, string date, string status = "completed") => Subject(new()
    {
        ["resourceType"] = "Procedure",
        ["id"] = id,
        ["status"] = status,
        ["performedDateTime"] = date,
        ["code"] = Concept(Snomed, code),
    });

    public static JsonObject EmptyList(string title, string reason = "nilknown") => Subject(Parse($$$"""
        {"resourceType":"List","id":"none","status":"current","mode":"snapshot","title":"{{{title}}}","date":"2026-11-01",
         "emptyReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/list-empty-reason","code":"{{{reason}}}"}]}}
        """));

    /// <summary>The resource with some members added or replaced.</summary>
    public static JsonObject With(JsonObject resource, string members)
    {
        foreach (var (name, value) in Parse(members)) resource[name] = value?.DeepClone();
        return resource;
    }
}
