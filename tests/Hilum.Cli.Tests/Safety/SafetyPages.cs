using System.Globalization;
using System.Text;
using Hilum.Words;

namespace Hilum.Cli.Tests.Safety;

/// <summary>The pages of docs/safety that are made from lists, guidance and tests.</summary>
internal static class SafetyPages
{
    private const string Made = "<!-- Made by LedgerTests; UPDATE_APPROVED=1 makes it anew. -->\n";

    /// <summary>Requirement, guidance, test, state.</summary>
    public static string Trace(RuleTrace trace)
    {
        var requirements = SafetyList.Read("requirements.yaml");
        var text = new StringBuilder("# Trace: requirement, guidance, test, state\n\n").Append(Made).Append('\n');
        text.Append("The sources of the guidance, rule by rule, with their worked cases and how these came out, stand in [rules.md](rules.md).\n");
        text.Append(CultureInfo.InvariantCulture, $"{requirements.Count} requirements: {requirements.Count(r => r["open"].Length == 0)} held by tests, {requirements.Count(r => r["open"].Length > 0)} with something open.\n\n");
        text.Append("| | Requirement | Guidance | Tests | State |\n|---|---|---|---|---|\n");
        foreach (var requirement in requirements)
        {
            var guidance = string.Join(", ", requirement.List("rules").Select(kind => $"{kind} ({trace.Rules.Count(r => r.Kind == kind)})"));
            var tests = string.Join("<br>", requirement.List("tests").Select(t => $"`{t}`"));
            Row(text, requirement["id"], requirement["says"], guidance, tests, requirement["open"].Length == 0 ? "held" : $"open: {requirement["open"]}");
        }

        return text.ToString();
    }

    /// <summary>Every rule: source, review state, worked cases, result.</summary>
    public static string Rules(RuleTrace trace)
    {
        var text = new StringBuilder("# Rules: source, review, worked cases, result\n\n").Append(Made).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{trace.Rules.Count} rules; {trace.Cases} worked cases, {trace.Failed} failed.\n");
        text.Append("\"Cases\" counts the worked cases in which a rule acts (for a derived fact: in which it follows). Source: seen in the publication itself, second-hand, or unconfirmed.\n\n");
        text.Append("## Review state\n\n| | Rules | Source seen | Second-hand | Unconfirmed | Signed by a clinician | In no worked case |\n|---|---|---|---|---|---|---|\n");
        foreach (var group in trace.Rules.GroupBy(r => r.Group))
        {
            var reviewed = group.Where(r => r.HasReview).ToList();
            Row(text, group.Key, N(group.Count()), N(Count(SourceReview.Seen)), N(Count(SourceReview.SecondHand)), N(Count(SourceReview.Unconfirmed)),
                N(reviewed.Count(r => r.Review.ClinicalBy is not (null or "expired"))), N(group.Count(r => r.Cases == 0)));

            int Count(SourceReview state) => reviewed.Count(r => r.Review.Source == state);
        }

        foreach (var group in trace.Rules.GroupBy(r => r.Group))
        {
            text.Append("\n## ").Append(group.Key).Append("\n\n| Rule | File | Source | Review | Clinician | Cases | Result |\n|---|---|---|---|---|---|---|\n");
            foreach (var rule in group)
                Row(text, rule.Id, rule.Place, rule.Source.ToString(), rule.HasReview ? rule.Review.SourceWord : "", rule.HasReview ? rule.Review.ClinicalBy ?? "none" : "", N(rule.Cases),
                    rule.Cases == 0 ? "no case" : rule.Failed == 0 ? "pass" : $"{rule.Failed} failed");
        }

        return text.ToString();
    }

    /// <summary>Hazard, control, tests, what is left.</summary>
    public static string Hazards()
    {
        var hazards = SafetyList.Read("hazards.yaml");
        var text = new StringBuilder("# Hazards\n\n").Append(Made).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{hazards.Count} hazards: {string.Join(", ", hazards.GroupBy(h => h["severity"]).Select(g => $"{g.Count()} {g.Key}"))}. Severity is that of the harm if nothing stopped it.\n");
        foreach (var hazard in hazards)
        {
            text.Append("\n## ").Append(hazard["id"]).Append(": ").Append(hazard["hazard"]).Append("\n\n");
            text.Append("- How: ").Append(hazard["how"]).Append('\n');
            text.Append("- Severity: ").Append(hazard["severity"]).Append('\n');
            text.Append("- Control: ").Append(hazard["control"]).Append('\n');
            text.Append("- Tests: ").AppendJoin(", ", hazard.List("tests").Select(t => $"`{t}`")).Append('\n');
            text.Append("- What is left: ").Append(hazard["left"]).Append('\n');
        }

        return text.ToString();
    }

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A row of a table; what could break one is escaped.</summary>
    public static void Row(StringBuilder text, params IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(c => string.Join(' ', c.Replace("|", "\\|", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))).Append(" |\n");
}
