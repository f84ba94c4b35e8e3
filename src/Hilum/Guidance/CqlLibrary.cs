using System.Text;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Risk;
using Hilum.Words;

namespace Hilum.Guidance;

/// <summary>One <c>define</c> of a library that answers something: a condition, or the points or the group of a prognostic model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Condition">The condition; null for points and group.</param>
public sealed record CqlResult(string Name, TruthNode? Condition);

/// <summary>An edition, a prognostic model or the safety rules as a library of HL7 CQL.</summary>
/// <remarks>
/// Facts, derived facts and risk groups are parameters; null is unknown. Fully known, each define answers as Hilum does; where it answers true or false on a partly
/// known patient, Hilum says the same; where it answers null, Hilum may know more. <c>reference/cql</c> holds it to that.
/// </remarks>
public sealed class CqlLibrary
{
    /// <summary>The name of the library of safety rules.</summary>
    public const string Safety = "safety";

    private readonly GuidanceContent content;
    private readonly CqlText cql;
    private readonly List<(string Comment, string Name, string Text)> defines = [];
    private readonly List<CqlResult> results = [];

    private CqlLibrary(GuidanceContent content, string name, string title)
    {
        this.content = content;
        (Name, Title) = (name, title);
        cql = new(content.Facts);
    }

    /// <summary>Its name: that of the edition or model.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public string Title { get; }

    /// <summary>What it asks for, in ordinal order of name.</summary>
    public IReadOnlyCollection<CqlParameter> Parameters => cql.Parameters;

    /// <summary>What it answers, in the order of the library.</summary>
    public IReadOnlyList<CqlResult> Results => results;

    /// <summary>Ids that can be exported.</summary>
    public static IEnumerable<string> Names(GuidanceContent content) =>
        content.Catalogue.Editions.Select(e => e.Id).Concat(content.RiskModels.Select(m => m.Id)).Append(Safety);

    /// <summary>The UCUM code of a unit that the vocabulary spells in another way.</summary>
    public static string Ucum(string unit) => CqlText.Ucum(unit);

    /// <summary>The library of an id; null when there is none.</summary>
    /// <exception cref="CqlException">A condition has no form in CQL.</exception>
    public static CqlLibrary? Of(GuidanceContent content, string id)
    {
        if (content.Catalogue.FindEdition(id) is { } edition) return OfEdition(content, edition);
        if (Array.Find(content.RiskModels, m => m.Id == id) is { } model) return OfModel(content, model);
        return id == Safety ? OfSafety(content) : null;
    }

    /// <summary>A library of conditions that are not an edition's.</summary>
    /// <exception cref="CqlException">A condition has no form in CQL.</exception>
    public static CqlLibrary OfConditions(GuidanceContent content, string name, string title, IEnumerable<(string Name, TruthNode Condition)> conditions)
    {
        var library = new CqlLibrary(content, name, title);
        foreach (var (define, condition) in conditions) library.Define("", define, condition);
        return library;
    }

    private static CqlLibrary OfEdition(GuidanceContent content, Edition edition)
    {
        var library = new CqlLibrary(content, edition.Id, $"{edition.Title.En} ({edition.Publisher}, {edition.Published}; {edition.Kind.ToString().ToLowerInvariant()}, {edition.Status})");
        library.Define("For which patients the edition speaks.", "Scope", edition.Scope);
        foreach (var rule in edition.Recommendations)
        {
            var gives = rule.Against ? $"Advises against {string.Join(", ", rule.Treatments)}" : $"Offers {string.Join(", ", rule.Treatments)}: {rule.Strength.Id()}";
            library.Define($"{rule.Says.En}\n{gives}{(rule.Grade is null ? "" : $" (grade {rule.Grade})")}. {Basis(rule.Source, rule.Review)}", rule.Id, rule.When);
        }

        foreach (var statement in edition.Statements)
            if (statement.When is { } when) library.Define($"{statement.Says.En}\nInformation, and no option. {Basis(statement.Source, statement.Review)}", statement.Id, when);
        return library;
    }

    private static CqlLibrary OfSafety(GuidanceContent content)
    {
        var library = new CqlLibrary(content, Safety, "Reasons not to give a treatment, or to give it with care. A rule applies when it is true, unless its exception is true; null is: check first.");
        foreach (var rule in content.Catalogue.SafetyRules)
        {
            var about = string.Join(", ", [.. rule.Drugs, .. rule.Classes, .. rule.Treatments, .. rule.Kinds]);
            library.Define($"{rule.Says.En}\n{rule.SeverityId}: {about}{(rule.Except.Length == 0 ? "" : $"; not {string.Join(", ", rule.Except)}")}. {Basis(rule.Source, rule.Review)}", rule.Id, rule.When);
            if (rule.Unless is { } unless) library.Define($"The exception of {rule.Id}: it counts only when true.", $"{rule.Id} unless", unless);
        }

        return library;
    }

    private static CqlLibrary OfModel(GuidanceContent content, RiskModel model)
    {
        var library = new CqlLibrary(content, model.Id, $"{model.Name.En}. Information about groups of people, no forecast for one person. {Basis(model.Source, model.Review)}");
        library.Define("For whom the model was made.", "Applies", model.Applies);
        foreach (var factor in model.Factors) library.Define(factor.Label.En ?? "", factor.Id, factor.When);
        library.defines.Add(("Factors that are present; null as soon as one is unknown.", "Points", string.Join(" + ", model.Factors.Select(f => CqlText.Point(CqlText.Quoted(f.Id))))));
        var groups = string.Concat(model.Groups.Select(g => $"\n    when \"Points\" >= {g.Min} and \"Points\" <= {g.Max} then {CqlText.Literal(g.Id)}"));
        library.defines.Add(("", "Group", $"case{groups}\n    else null end"));
        library.results.AddRange([new("Points", null), new("Group", null)]);
        return library;
    }

    private void Define(string comment, string name, TruthNode condition)
    {
        try
        {
            defines.Add((comment, name, cql.Truth(condition)));
            results.Add(new(name, condition));
        }
        catch (CqlException e)
        {
            throw new CqlException($"{Name}, {name}: {e.Message}");
        }
    }

    private static string Basis(Citation source, Review review) => $"Source: {source} ({review.SourceWord}; clinical review: {review.ClinicalBy ?? "none"}).";

    /// <summary>The library as text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Comment(text, Title);
        Comment(text, $"Hilum content {content.Version}, SHA-256 {content.Sha256}");
        Comment(text, content.IntendedUse.En ?? "");
        Comment(text, content.NotFor.En ?? "");
        Comment(text, "A parameter that is null is unknown, never \"no\". A define that is null is undecided.");
        text.Append("library ").Append(CqlText.Quoted(Name)).Append(" version ").Append(CqlText.Literal(content.Version)).Append("\n\n");
        foreach (var parameter in cql.Parameters)
        {
            Comment(text, Describe(parameter));
            text.Append("parameter ").Append(CqlText.Quoted(parameter.Name)).Append(' ').Append(parameter.Type).Append(" default (null as ").Append(parameter.Type).Append(")\n");
        }

        foreach (var (name, value) in cql.Values) text.Append("\ndefine ").Append(CqlText.Quoted(name)).Append(":\n  ").Append(value).Append('\n');
        foreach (var (name, value) in cql.Terms) text.Append("\ndefine ").Append(CqlText.Quoted(name)).Append(":\n  ").Append(value).Append('\n');
        foreach (var (comment, name, value) in defines)
        {
            text.Append('\n');
            foreach (var line in comment.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Comment(text, line);
            text.Append("define ").Append(CqlText.Quoted(name)).Append(":\n  ").Append(value).Append('\n');
        }

        return text.ToString();
    }

    private static string Describe(CqlParameter parameter)
    {
        var fact = parameter.Fact;
        if (parameter.Bit >= 0) return $"{fact.Label.En}: {fact.Values[parameter.Bit].Label.En}";
        var values = fact.Type is FactType.Code ? $": {string.Join(", ", fact.Values.Select(v => v.Code))}" : "";
        var unit = fact.CanonicalUnit(0) is { Code: not "1" } first ? $", in {CqlText.Ucum(first.Code)}" : "";
        var second = unit.Length > 0 && fact.CanonicalUnit(1) is { } other ? $" or {other.Code}" : "";
        return $"{fact.Label.En}{values}{unit}{second}{(parameter.Name.EndsWith(" exists", StringComparison.Ordinal) ? ": is there any" : "")}";
    }

    /// <summary>One line, whatever the text holds.</summary>
    private static void Comment(StringBuilder text, string line)
    {
        if (line.Length > 0) text.Append("// ").AppendJoin(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Append('\n');
    }
}
