using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Proof.Tests.Support;

namespace Hilum.Proof.Tests.Unknowns;

/// <summary>The records of the worked cases and of the invented patients: a name, what is given, and the day.</summary>
internal static class Records
{
    /// <summary>Every worked case of the guidance.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<GivenFact> Given, DateOnly AsOf)> WorkedCases()
    {
        var records = new List<(string, IReadOnlyList<GivenFact>, DateOnly)>();
        Guidance.WorkedCases.Run(Real.Files, Real.Content, (file, line, answer) => records.Add(($"{file}:{line}", [.. answer.Case.Facts.SelectMany(f => f.Given)], answer.Case.AsOf)));
        return records;
    }

    /// <summary>Every case file among the invented patients.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<GivenFact> Given, DateOnly AsOf)> Patients()
    {
        string[] treatments = [.. Real.Content.Catalogue.Treatments.Select(t => t.Id)];
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Real.Root, "patients"), "case.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var record = CaseFileReader.Read(File.ReadAllBytes(file), Real.Content.Facts, Real.Content.Formulary, treatments).Record!;
            yield return (Path.GetRelativePath(Real.Root, file), record.Facts, record.AsOf!.Value);
        }
    }

    /// <summary>The patient of a record.</summary>
    public static Case Whole(IEnumerable<GivenFact> given, DateOnly asOf) => new CaseBuilder(Real.Content.Facts).Build(new() { Facts = [.. given] }, new() { AsOf = asOf });

    /// <summary>The patient of a record of which each fact, by chance, is left out one time in three.</summary>
    public static Case Partly(IEnumerable<GivenFact> given, DateOnly asOf, Random random) => Whole(given.Where(_ => random.Next(3) > 0), asOf);
}
