using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Fhir.Tests.Some;

namespace Hilum.Fhir.Tests.Reading;

/// <summary>Whatever the input: no exception, no hang, no invented fact.</summary>
public sealed class FuzzTests
{
    private static readonly byte[] Whole = Record.Bytes(WholeRecord());

    private static readonly JsonNode?[] Strange =
    [
        null, JsonValue.Create(true), JsonValue.Create(-1), JsonValue.Create(99999999999999999999m), JsonNode.Parse("1e400"), JsonNode.Parse("1e-400"), JsonValue.Create(""), JsonValue.Create("x"),
        JsonValue.Create("Patient/q"), JsonValue.Create("urn:uuid:zzz"), JsonValue.Create("#"), JsonValue.Create("#p"), JsonValue.Create("9999-99-99"), JsonValue.Create("0000"), JsonValue.Create("9999-12-31"),
        JsonValue.Create("2026-11-03T99:00:00Z"), JsonValue.Create("\ud83d\ude00"), JsonNode.Parse("[]"), JsonNode.Parse("{}"), JsonNode.Parse("[[[[]]]]"), JsonNode.Parse("[null]"), JsonNode.Parse("[1,\"a\"]"),
        JsonNode.Parse("{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"6.7811E+13\"}]}"), JsonNode.Parse("{\"reference\":\"Patient/p\"}"), JsonNode.Parse("{\"resourceType\":\"Patient\",\"id\":\"p\"}"),
        JsonNode.Parse("{\"value\":\"12\"}"), JsonNode.Parse("{\"start\":\"2030\"}"), JsonNode.Parse("{\"resourceType\":\"Bundle\",\"entry\":[{}]}"), JsonNode.Parse("{\"extension\":[{\"url\":\"x\"}]}"),
    ];

    [Fact]
    public void The_record_that_is_mutated_states_something_of_every_kind()
    {
        var record = Record.Reader.Read(Whole, Record.AsOf).Record!;
        Assert.Equal(
            ["allergies", "birth-date", "diagnosis-date", "ecog", "haemoglobin", "haemoglobin-lln", "heart-failure", "histology", "kidney-cancer", "medications", "met-driven", "metastatic-date", "metastatic-sites", "nephrectomy-done", "platelets", "platelets-high", "prior-therapies", "sex", "stage", "systolic-bp"],
            record.Facts.Select(f => f.Fact.Id).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Getting_a_reader_ready_never_fails_whatever_the_record()
    {
        RecordReader.Prepare(Whole);
        Gen.Byte.Array[0, 200].Sample(RecordReaderIsReady, iter: 500);
        Gen.String[0, 200].Sample(text => RecordReaderIsReady(Encoding.UTF8.GetBytes(text)), iter: 500);

        static void RecordReaderIsReady(byte[] bytes) => RecordReader.Prepare(bytes);
    }

    [Fact]
    public void Changed_bytes() => Gen.Select(Gen.Int[0, Whole.Length - 1], Gen.Int[0, 12], Gen.Byte.Array[0, 6]).Array[1, 6].Sample(changes =>
    {
        var bytes = Whole.ToList();
        foreach (var (at, removed, added) in changes)
        {
            var start = Math.Min(at, bytes.Count);
            bytes.RemoveRange(start, Math.Min(removed, bytes.Count - start));
            bytes.InsertRange(start, added);
        }

        Check([.. bytes]);
    }, iter: 1500);

    [Fact]
    public void Removed_and_swapped_members() => Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 5], Gen.Int[0, Strange.Length - 1]).Array[1, 5].Sample(changes =>
    {
        var root = (JsonObject)JsonNode.Parse(Whole)!;
        foreach (var (at, kind, strange) in changes) Change(root, at, kind, Strange[strange]?.DeepClone());
        Check(Record.Bytes(root));
    }, iter: 2500);

    [Fact]
    public void Deep_nesting_anywhere() => Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 120], Gen.Bool).Sample((at, depth, array) =>
    {
        var root = (JsonObject)JsonNode.Parse(Whole)!;
        JsonNode? deep = JsonValue.Create(1);
        for (var i = 0; i < depth; i++) deep = array ? new JsonArray(deep) : new JsonObject { ["extension"] = new JsonArray(deep) };
        Change(root, at, 1, deep);
        Check(Record.Bytes(root));
    }, iter: 300);

    [Fact]
    public void Any_bytes_at_all() => Gen.Byte.Array[0, 400].Sample(bytes =>
    {
        Check(bytes);
        Assert.NotNull(Record.Reader.ReadNdjson(bytes, null));
    }, iter: 2000);

    [Fact]
    public void Pieces_of_the_record_as_lines() => Gen.Select(Gen.Int[0, Whole.Length], Gen.Int[0, Whole.Length]).Sample((a, b) =>
    {
        var bytes = Whole.AsSpan(Math.Min(a, b), Math.Abs(a - b)).ToArray();
        Assert.NotNull(Record.Reader.ReadNdjson(bytes, Record.AsOf));
        Check(bytes);
    }, iter: 500);

    [Fact]
    public void The_order_of_the_entries_changes_nothing() => Gen.Shuffle(Enumerable.Range(0, ((JsonArray)WholeRecord()["entry"]!).Count).ToArray()).Sample(order =>
    {
        var bundle = WholeRecord();
        var entries = ((JsonArray)bundle["entry"]!).Select(e => e!.DeepClone()).ToArray();
        bundle["entry"] = new JsonArray([.. order.Select(i => entries[i])]);
        var before = Record.Reader.Read(Whole, Record.AsOf).Record!;
        var after = Record.Reader.Read(Record.Bytes(bundle), Record.AsOf).Record!;
        Assert.Equal(Lines(before), Lines(after));
    }, iter: 30);

    private static IEnumerable<string> Lines(PatientRecord record) => record.Facts.Where(f => f.Fact.Type is not FactType.List).Select(f => $"{f.Fact.Id} {f.Value} {f.Date} {f.Origin} {f.WithResult}").Order(StringComparer.Ordinal);

    private static void Check(byte[] bytes)
    {
        var watch = Stopwatch.StartNew();
        var reading = Record.Reader.Read(bytes, Record.AsOf);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), "it took too long");
        if (reading.Record is null)
        {
            Assert.NotEmpty(reading.Problems);
            Assert.DoesNotContain(reading.Problems, p => p.Message.StartsWith("the record could not be read", StringComparison.Ordinal));
            return;
        }

        var text = Encoding.UTF8.GetString(bytes);
        foreach (var given in reading.Record.Facts) Assert.True(IsThere(given, text), $"{given.Fact.Id} = {given.Value} from {given.Origin} in {text}");
        Assert.All(reading.Record.NotUsed, n => Assert.False(string.IsNullOrEmpty(n.Why.En) || string.IsNullOrEmpty(n.Why.Fr)));
    }

    /// <summary>A fact comes from a code of the dictionary that stands in the input, or from the element that is its place.</summary>
    private static bool IsThere(GivenFact given, string text) => given.Fact.Id switch
    {
        "kidney-cancer" when given.Value is GivenCode { Mask: 1 } => true,
        "birth-date" => text.Contains("birthDate", StringComparison.Ordinal),
        "sex" => text.Contains("gender", StringComparison.Ordinal),
        "diagnosis-date" or "metastatic-date" => text.Contains("\"Condition\"", StringComparison.Ordinal),
        "allergies" => text.Contains("AllergyIntolerance", StringComparison.Ordinal),
        "medications" or "prior-therapies" => text.Contains("Medication", StringComparison.Ordinal),
        "haemoglobin-lln" or "platelets-uln" or "calcium-uln" or "ldh-uln" => text.Contains("referenceRange", StringComparison.Ordinal),
        "haemoglobin-low" or "platelets-high" => text.Contains("interpretation", StringComparison.Ordinal),
        _ => given.Fact.Fhir.Observation.Concat(given.Fact.Fhir.Component).Concat(given.Fact.Fhir.Condition).Concat(given.Fact.Fhir.Procedure).Concat(given.Fact.Values.SelectMany(v => v.Codes.Concat(v.Sites)))
            .Any(code => text.Contains(code[(code.IndexOf(':', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal)),
    };

    private static void Change(JsonObject root, int at, int kind, JsonNode? strange)
    {
        var places = new List<JsonNode>();
        Collect(root, places);
        var parent = places[at % places.Count];
        var index = at / 7;
        switch (parent)
        {
            case JsonObject { Count: > 0 } o:
                var (name, value) = o.ElementAt(index % o.Count);
                if (kind == 0) o.Remove(name);
                else if (kind == 1) o[name] = strange;
                else if (kind == 2) o[char.ToUpperInvariant(name[0]) + name[1..]] = value?.DeepClone();
                else if (kind == 3) o[name] = new JsonArray(value?.DeepClone(), value?.DeepClone());
                else if (kind == 4) o[name + "x"] = strange;
                else if (value is JsonValue) o[name] = new JsonObject { ["value"] = value.DeepClone() };
                break;
            case JsonArray { Count: > 0 } a:
                if (kind is 0 or 5) a.RemoveAt(index % a.Count);
                else if (kind is 1 or 4) a[index % a.Count] = strange;
                else a.Add(a[index % a.Count]?.DeepClone());
                break;
        }
    }

    private static void Collect(JsonNode? node, List<JsonNode> places)
    {
        if (node is JsonObject or JsonArray) places.Add(node);
        if (node is JsonObject o) foreach (var (_, value) in o) Collect(value, places);
        if (node is JsonArray a) foreach (var value in a) Collect(value, places);
    }

    private static JsonObject WholeRecord()
    {
        var referring = Record.Request("clarithromycin", "", "2026-10-20");
        referring.Remove("medicationCodeableConcept");
        referring["medicationReference"] = new JsonObject { ["reference"] = "Medication/m" };
        return Record.Bundle(
            Record.Patient,
            Record.With(Record.Kidney(), """{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/condition-assertedDate","valueDateTime":"2025-12-01"}]}"""),
            Record.Condition("lung", Record.Icd10, "C78.01", onset: "2026-01-20"),
            Record.Condition("hf", Record.Snomed, "84114007", onset: "2020"),
            Record.With(Record.Coded("stage", Record.Snomed, "399537006", Record.Snomed, "1222837003"), """{"focus":[{"reference":"Condition/rcc"}]}"""),
            Record.With(Record.Lab("hb", "718-7", 11.2m, "g/dL"), """{"referenceRange":[{"low":{"value":13.5,"unit":"g/dL"},"high":{"value":17.5,"unit":"g/dL"},"appliesTo":[{"coding":[{"system":"http://snomed.info/sct","code":"248153007"}]}]}]}"""),
            Record.With(Record.Lab("plt", "777-3", 500, "10*9/L"), """{"interpretation":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"H"}]}]}"""),
            Record.Observation("ecog", "89247-1", """{"valueInteger":1}"""),
            Record.Observation("bp", "85354-9", """{"component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":140,"unit":"mmHg"}}]}"""),
            Record.Observation("gene", "53041-0", """{"component":[{"code":{"coding":[{"system":"http://loinc.org","code":"48018-6"}]},"valueCodeableConcept":{"coding":[{"system":"http://www.genenames.org","code":"HGNC:7029"}]}}]}"""),
            Record.Procedure("op", "116033007", "2026-02-02"),
            Record.Statement("sun", "sunitinib", "2026-03-01", "2026-08-01", "stopped", "266721009"),
            referring,
            Record.Parse("""{"resourceType":"Medication","id":"m","code":{"coding":[{"system":"http://www.whocc.no/atc","code":"J01FA09"}]}}"""),
            Record.Subject(Record.Parse("""{"resourceType":"AllergyIntolerance","id":"a","code":{"text":"Penicillin"}}""")));
    }
}
