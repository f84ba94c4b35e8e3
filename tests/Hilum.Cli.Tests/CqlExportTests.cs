using Hilum.Cli.Tests.Support;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;

namespace Hilum.Cli.Tests;

/// <summary>
/// Export as HL7 CQL: null stays null. That other engines read it, and answer as Hilum does, is held by <c>reference/cql</c>, which <c>test.sh</c> runs.
/// </summary>
public sealed class CqlExportTests
{
    [Theory]
    [InlineData("Histology in { 'clear-cell', 'papillary' }", "(\"Histology\" = 'clear-cell' or \"Histology\" = 'papillary')")]
    [InlineData("Histology != 'clear-cell'", "not (\"Histology\" = 'clear-cell')")]
    [InlineData("Smoker implies not Diabetes", "\"Smoker\" implies (not \"Diabetes\")")]
    [InlineData("Smoker or Diabetes or HeartFailure", "\"Smoker\" or \"Diabetes\" or \"HeartFailure\"")]
    [InlineData("Smoker and (Diabetes or HeartFailure)", "\"Smoker\" and (\"Diabetes\" or \"HeartFailure\")")]
    [InlineData("not (Line >= 2)", "not (\"Line\" >= 2)")]
    [InlineData("if Smoker then Diabetes else HeartFailure", "(if (\"Smoker\") is null then (null as Boolean) else if (\"Smoker\") then (\"Diabetes\") else (\"HeartFailure\"))")]
    [InlineData("MetastaticSites contains 'lung'", "\"MetastaticSites lung\"")]
    [InlineData("exists Allergies", "\"Allergies exists\"")]
    [InlineData("Alt > 5 * AltUln", "\"Alt in U/L\" > Round(\"AltUln in U/L\" * 5, 8)")]
    [InlineData("Creatinine > 1.5 'mg/dL'", "(if \"Creatinine in mg/dL\" is not null then \"Creatinine in mg/dL\" > 1.5 else \"Creatinine in umol/L\" > ")]
    public void A_condition_is_written_such_that_null_stays_null(string condition, string cql) =>
        Assert.Contains($"define \"it\":\n  {cql}", Library(condition), StringComparison.Ordinal);

    [Fact]
    public void A_count_is_null_as_soon_as_one_member_is()
    {
        var text = Library("Count(MetastaticSites) > 2");
        foreach (var site in Repository.Content.Facts["metastatic-sites"].Values)
            Assert.Contains($"(if \"MetastaticSites {site.Code}\" is null then null else if \"MetastaticSites {site.Code}\" then 1 else 0)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quantity_is_converted_and_null_in_any_other_dimension() =>
        Assert.Contains("define \"UrineProtein in g/(24.h)\":\n  Round((convert \"UrineProtein\" to 'g/(24.h)').value, 8)\n", Library("UrineProtein >= 2 'g/24h'"), StringComparison.Ordinal);

    [Fact]
    public void A_condition_that_counts_dates_is_refused_with_its_name()
    {
        var refused = Assert.Throws<CqlException>(() => Library("months between DiagnosisDate and MetastaticDate > 6"));
        Assert.Contains("test, it: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_edition_every_model_and_the_safety_rules_are_exported_with_every_rule()
    {
        foreach (var edition in Repository.Content.Catalogue.Editions)
        {
            var text = CqlLibrary.Of(Repository.Content, edition.Id)!.ToString();
            foreach (var rule in edition.Recommendations) Assert.Contains($"define \"{rule.Id}\":\n", text, StringComparison.Ordinal);
            Assert.Contains($"SHA-256 {Repository.Content.Sha256}\n", text, StringComparison.Ordinal);
        }

        var safety = CqlLibrary.Of(Repository.Content, CqlLibrary.Safety)!.ToString();
        foreach (var rule in Repository.Content.Catalogue.SafetyRules) Assert.Contains($"define \"{rule.Id}\":\n", safety, StringComparison.Ordinal);
        foreach (var model in Repository.Content.RiskModels)
            Assert.Equal(CqlLibrary.Of(Repository.Content, model.Id)!.ToString(), (await Command.Run("guidance", "export", model.Id, "--format", "cql")).Done().Output);
    }

    [Fact]
    public void Every_parameter_is_null_unless_it_is_given()
    {
        foreach (var name in CqlLibrary.Names(Repository.Content))
        {
            var library = CqlLibrary.Of(Repository.Content, name)!;
            var lines = library.ToString().Split('\n').Where(l => l.StartsWith("parameter ", StringComparison.Ordinal)).ToList();
            Assert.Equal(library.Parameters.Count, lines.Count);
            Assert.All(lines, l => Assert.Matches("^parameter \"[^\"]+\" (Boolean|Integer|Decimal|Quantity|String) default \\(null as \\1\\)$", l));
        }
    }

    [Fact]
    public async Task What_cannot_be_exported_is_refused()
    {
        (await Command.Run("guidance", "export", "no-such-edition", "--format", "cql")).Refused("no-such-edition", "esmo-2024");
        (await Command.Run("guidance", "export", "esmo-2024", "--format", "fhir")).Refused("fhir: not available");
        (await Command.Run("guidance", "export", "esmo-2024", "--format", "sql")).Refused("sql: not available");
    }

    private static string Library(string condition)
    {
        var errors = new List<ConditionError>();
        var compiled = new ConditionCompiler(Repository.Content.Facts, Repository.Content.Facts[FactDictionary.TodayId].Symbol).Condition(condition, errors);
        Assert.Empty(errors);
        return CqlLibrary.OfConditions(Repository.Content, "test", "test", [("it", compiled!)]).ToString();
    }
}
