using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;

namespace Hilum.Benchmarks;

/// <summary>Every export as CQL, random patients as its parameters, what Hilum answers for each, and how many patients a second it judges.</summary>
/// <remarks>The patients are made of the facts that a library asks for, each by itself: every combination is tried, also those that no person could have.</remarks>
internal static class CqlPatients
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>cql FOLDER [PATIENTS [SEED]]</c></summary>
    public static int Run(string[] args)
    {
        var folder = Directory.CreateDirectory(args[0]).FullName;
        var count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000;
        var seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
        foreach (var library in CqlLibrary.Names(Bench.Content).Select(name => CqlLibrary.Of(Bench.Content, name)!).Append(EveryOperator()))
        {
            File.WriteAllText(Path.Combine(folder, $"{library.Name}.cql"), library.ToString());
            Write(library, Path.Combine(folder, $"{library.Name}.ndjson"), count, new RandomFacts(library, new(seed)));
        }

        return 0;
    }

    /// <summary>What the language has and the content of today may not use.</summary>
    private static CqlLibrary EveryOperator()
    {
        var compiler = new ConditionCompiler(Bench.Content.Facts, Bench.Content.Facts[FactDictionary.TodayId].Symbol);
        var errors = new List<ConditionError>();
        string[] conditions =
        [
            "Sex = 'male' xor Smoker", "Diabetes implies Smoker", "not (Diabetes and not Smoker)", "if Smoker then Diabetes else Age >= 70", "if Smoker then Age < 40 else Age > 60",
            "Histology in { 'clear-cell', 'papillary' }", "Histology != 'clear-cell'", "Count(MetastaticSites) > 2", "Count(MetastaticSites) = 1 or Count(MetastaticSites) >= 12", "exists MetastaticSites",
            "exists Allergies", "MetastaticSites contains 'lung' and not (MetastaticSites contains 'bone')", "MetastaticSites included in { 'lung', 'bone' }", "Age between 40 and 60", "Age + 10 > 60 and Age - 10 < 60",
            "2 * Age >= 100", "Age / 2 < 30", "case when Smoker then true when Diabetes then false else HeartFailure end",
            "not (Haemoglobin < 8 'g/dL')", "Haemoglobin < HaemoglobinLln", "Bilirubin > 1.5 * BilirubinUln", "Potassium between 3.5 'mmol/L' and 5.0 'mmol/L'",
            "CreatinineClearance < 30 'mL/min' xor Egfr < 30 'mL/min/{1.73_m2}'", "Creatinine > 1.5 'mg/dL' or Dialysis", "Stage = 'IV' and (ImdcRisk = 'poor' or MskccRisk in { 'poor', 'intermediate' }) and true and not false",
        ];
        var compiled = conditions.Select(c => (c, compiler.Condition(c, errors) ?? throw new InvalidDataException($"{c}: {string.Join("; ", errors.Select(e => e.Message))}"))).ToList();
        return CqlLibrary.OfConditions(Bench.Content, "operators", "Every operator of the condition language.", compiled);
    }

    private static void Write(CqlLibrary library, string path, int count, RandomFacts random)
    {
        var patients = new (bool Known, Possible[] Facts)[count];
        for (var i = 0; i < count; i++) patients[i] = (i % 2 == 0, random.Patient(known: i % 2 == 0));
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine(Line(json =>
        {
            json.WriteStartObject();
            json.WriteString("library", library.Name);
            Strings(json, "parameters", library.Parameters.Select(p => p.Name));
            Strings(json, "results", library.Results.Select(r => r.Name));
            json.WriteNumber("patientsPerSecond", Math.Round(Speed(library, patients)));
            json.WriteEndObject();
        }));
        foreach (var (known, facts) in patients)
        {
            file.WriteLine(Line(json =>
            {
                json.WriteStartArray();
                json.WriteBooleanValue(known);
                json.WriteStartArray();
                foreach (var parameter in library.Parameters) Value(json, parameter, facts[parameter.Fact.Index]);
                json.WriteEndArray();
                json.WriteStartArray();
                foreach (var result in library.Results) Answer(json, library, result, facts);
                json.WriteEndArray();
                json.WriteEndArray();
            }));
        }
    }

    /// <summary>The best of some rounds over all patients, every condition of the library, one thread.</summary>
    private static double Speed(CqlLibrary library, (bool Known, Possible[] Facts)[] patients)
    {
        var conditions = library.Results.Select(r => r.Condition).OfType<TruthNode>().ToArray();
        var (best, sum) = (0.0, 0);
        for (var round = 0; round < 5; round++)
        {
            var began = Stopwatch.GetTimestamp();
            foreach (var (_, facts) in patients)
                foreach (var condition in conditions) sum += (int)condition.Evaluate(facts);
            best = Math.Max(best, patients.Length / Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        return sum == int.MinValue ? 0 : best;
    }

    private static void Answer(Utf8JsonWriter json, CqlLibrary library, CqlResult result, Possible[] facts)
    {
        if (result.Condition is { } condition)
        {
            Boolean(json, condition.Evaluate(facts));
            return;
        }

        var model = Array.Find(Bench.Content.RiskModels, m => m.Id == library.Name)!;
        var truths = model.Factors.Select(f => f.When.Evaluate(facts)).ToList();
        var (min, max) = (truths.Count(t => t is Truth.True), truths.Count(t => t is not Truth.False));
        var groups = model.Groups.Where(g => g.Min <= max && g.Max >= min).ToList();
        if (result.Name == "Points" && min == max) json.WriteNumberValue(min);
        else if (result.Name == "Group" && groups.Count == 1) json.WriteStringValue(groups[0].Id);
        else json.WriteNullValue();
    }

    /// <summary>A fact as the library takes it: null as soon as it is not one value.</summary>
    private static void Value(Utf8JsonWriter json, CqlParameter parameter, Possible possible)
    {
        switch (possible)
        {
            case MembersPossible members:
                var bit = 1UL << Math.Max(0, parameter.Bit);
                Boolean(json, (members.Present & bit) != 0 ? Truth.True : (members.Absent & bit) != 0 ? Truth.False : Truth.Undecided);
                break;
            case CodesPossible codes when parameter.Type == "Boolean": Boolean(json, codes.Truth); break;
            case CodesPossible { IsKnown: true } code: json.WriteStringValue(parameter.Fact.Values[code.Code].Code); break;
            case NumbersPossible { IsKnown: true } number when parameter.Type == "Quantity":
                json.WriteStartObject();
                json.WriteNumber("value", number.Intervals[0].Low);
                json.WriteString("unit", CqlLibrary.Ucum(parameter.Fact.CanonicalUnit(number.Intervals[0].System)!.Code));
                json.WriteEndObject();
                break;
            case NumbersPossible { IsKnown: true } number: json.WriteNumberValue(number.Intervals[0].Low); break;
            default: json.WriteNullValue(); break;
        }
    }

    private static void Boolean(Utf8JsonWriter json, Truth truth)
    {
        if (truth is Truth.Undecided) json.WriteNullValue();
        else json.WriteBooleanValue(truth is Truth.True);
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static string Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Json)) write(json);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
