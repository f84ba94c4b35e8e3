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
    public async Task The_plan_of_an_invented_patient_reads_as_approved(string patient) => await Check(patient, "en", "plan.approved.md", "ccs-2017", "esmo-2024");

    [Theory]
    [InlineData("first-line-in-conventional-units")]
    [InlineData("unfit-for-everything")]
    [InlineData("after-sunitinib")]
    public async Task The_plan_in_French_reads_as_approved(string patient) => await Check(patient, "fr", "plan.fr.approved.md", "ccs-2017", "esmo-2024");

    [Theory]
    [InlineData("untreated-clear-cell-intermediate-si")]
    [InlineData("after-sunitinib")]
    [InlineData("papillary-poor-risk")]
    [InlineData("kidney-transplant")]
    [InlineData("only-histology-known")]
    [InlineData("brain-only")]
    public async Task The_plan_by_every_edition_of_today_reads_as_approved(string patient) => await Check(patient, "en", "plan.today.approved.md");

    private static async Task Check(string patient, string language, string file, params string[] editions)
    {
        var record = Repository.RecordOf(patient);
        var plan = (await Command.Run(["plan", record, .. editions.SelectMany(e => new[] { "--edition", e }), "--as-of", "2026-11-03", "--lang", language], null, null)).Done().Output;
        Approved.Check(Path.Combine(Path.GetDirectoryName(record)!, file), Hash().Replace(plan, "SHA-256 (of the content)"));
    }

    /// <summary>The hash changes with every word of the guidance; the rest is what people see.</summary>
    [GeneratedRegex("SHA-256 [0-9a-f]{64}")]
    private static partial Regex Hash();
}
