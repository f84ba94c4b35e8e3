using System.Text.RegularExpressions;
using Hilum.Cli.Tests.Support;

namespace Hilum.Cli.Tests;

/// <summary>What a tumour board reads of each invented patient, word for word.</summary>
public sealed partial class ApprovedPlanTests
{
    /// <summary>Every invented patient.</summary>
    public static TheoryData<string> Patients => [.. Repository.Patients];

    [Theory]
    [MemberData(nameof(Patients))]
    public async Task The_plan_of_an_invented_patient_reads_as_approved(string patient) => await Check(patient, "en", "plan.approved.md");

    [Theory]
    [InlineData("first-line-in-conventional-units")]
    [InlineData("unfit-for-everything")]
    [InlineData("after-sunitinib")]
    public async Task The_plan_in_French_reads_as_approved(string patient) => await Check(patient, "fr", "plan.fr.approved.md");

    private static async Task Check(string patient, string language, string file)
    {
        var record = Repository.RecordOf(patient);
        var plan = (await Command.Run("plan", record, "--edition", "ccs-2017", "--edition", "esmo-2024", "--as-of", "2026-11-03", "--lang", language)).Done().Output;
        Approved.Check(Path.Combine(Path.GetDirectoryName(record)!, file), Hash().Replace(plan, "SHA-256 (of the content)"));
    }

    /// <summary>The hash changes with every word of the guidance; the rest is what people see.</summary>
    [GeneratedRegex("SHA-256 [0-9a-f]{64}")]
    private static partial Regex Hash();
}
