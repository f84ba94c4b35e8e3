using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Options;
using Hilum.Risk;
using Hilum.Words;

namespace Hilum.Answers;

/// <content>In JSON: the groups of a prognostic model that are still possible, factor by factor, and what became of such people.</content>
public sealed partial class AnswerJson
{
    private void Risk()
    {
        json.WriteStartArray("risk");
        foreach (var risk in assessment.Risk)
        {
            json.WriteStartObject();
            json.WriteString("model", risk.Model.Id);
            json.WriteString("applies", risk.Applies switch { Truth.True => "yes", Truth.False => "no", _ => "unknown" });
            Strings("groups", risk.Groups.Select(g => g.Id));
            json.WriteStartObject("points");
            json.WriteNumber("min", risk.Min);
            json.WriteNumber("max", risk.Max);
            json.WriteEndObject();
            json.WriteStartArray("factors");
            for (var i = 0; i < risk.Factors.Count; i++)
            {
                var factor = risk.Model.Factors[i];
                json.WriteStartObject();
                json.WriteString("id", factor.Id);
                json.WriteString("value", TruthWord(risk.Factors[i]));
                json.WriteString("because", $"{words.In(factor.Label)}{words.Say("list.colon")}{RiskDocument.Inputs(assessment, factor, words)}");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (risk.Applies is not Truth.False) Survival(risk);
            json.WriteString("note", words.Say("risk.population"));
            json.WriteString("source", words.SourceOf(risk.Model.Source));
            Review(risk.Model.Review);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Survival(RiskAssessment risk)
    {
        var groups = risk.Groups.Select(g => g.Id).ToHashSet(StringComparer.Ordinal);
        json.WriteStartArray("survival");
        foreach (var cohort in risk.Model.Survival)
        {
            json.WriteStartObject();
            json.WriteString("cohort", words.In(cohort.Cohort));
            json.WriteString("era", words.In(cohort.Era));
            if (cohort.N is { } n) json.WriteNumber("n", n);
            json.WriteStartArray("figures");
            foreach (var figure in cohort.Figures.Where(f => groups.Contains(f.Group) || !risk.Model.Groups.Any(g => g.Id == f.Group)))
            {
                json.WriteStartObject();
                json.WriteString("group", figure.Group);
                json.WriteString("measure", figure.Measure);
                Number("value", figure.Value);
                json.WriteString("unit", figure.Unit);
                Number("low", figure.Low);
                Number("high", figure.High);
                Number("level", figure.Level);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("source", words.SourceOf(cohort.Source));
            Review(cohort.Review);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
