using System.Globalization;
using System.Text;
using Hilum.Facts;

namespace Hilum.Benchmarks;

/// <summary>Case files of which a random part is filled in, with random values within what can be.</summary>
internal static class RandomRecord
{
    private static readonly double[] Shares = [0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 0.9];

    public static string Make(Random random)
    {
        var share = Shares[random.Next(Shares.Length)];
        var text = new StringBuilder("patient: { id: random }\nas-of: 2026-11-03\nfacts:\n");
        if (random.NextDouble() < 0.9) text.Append("  kidney-cancer: true\n");
        if (random.NextDouble() < 0.8) text.Append("  stage: IV\n");
        foreach (var fact in Bench.Content.Facts.Facts)
            if (fact.Id is not (FactDictionary.TodayId or "kidney-cancer" or "stage") && !fact.Derived && random.NextDouble() < share && Value(fact, random) is { } value)
                text.Append(CultureInfo.InvariantCulture, $"  {fact.Id}: {value}\n");
        return text.ToString();
    }

    private static string? Value(FactDefinition fact, Random random) => fact.Type switch
    {
        FactType.Bool => random.Next(2) == 0 ? "false" : "true",
        FactType.Code => fact.Values[random.Next(fact.Values.Length)].Code,
        FactType.Codes => Some(fact.Values.Select(v => v.Code), random),
        FactType.Date => Bench.AsOf.AddDays(-random.Next(4000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)[..(random.Next(3) switch { 0 => 4, 1 => 7, _ => 10 })],
        FactType.Integer => random.Next((int)(fact.PlausibleMin ?? 0), (int)(fact.PlausibleMax ?? 100) + 1).ToString(CultureInfo.InvariantCulture),
        FactType.Number => Number(fact, random),
        _ => fact.Id switch
        {
            "medications" => Some(Bench.Content.Formulary.Medicines.Select(m => m.Id), random),
            "prior-therapies" => "[" + string.Join(", ", Bench.Content.Formulary.Regimens.OrderBy(_ => random.Next()).Take(random.Next(3)).Select(r => $"{{ treatment: {r.Treatment} }}")) + "]",
            _ => "[]",
        },
    };

    private static string Number(FactDefinition fact, Random random)
    {
        var (low, high) = (fact.PlausibleMin ?? 0, fact.PlausibleMax ?? 100);
        var value = Math.Round(low + ((high - low) * (decimal)random.NextDouble()), 1);
        value = Math.Clamp(value, low, high);
        return fact.Units.Length == 0 ? value.ToString(CultureInfo.InvariantCulture) : $"\"{value.ToString(CultureInfo.InvariantCulture)} {fact.Units[0]}\"";
    }

    private static string Some(IEnumerable<string> codes, Random random)
    {
        var chosen = codes.OrderBy(_ => random.Next()).Take(random.Next(4)).ToList();
        if (random.Next(3) == 0) chosen.Add("unknown");
        return "[" + string.Join(", ", chosen) + "]";
    }
}
