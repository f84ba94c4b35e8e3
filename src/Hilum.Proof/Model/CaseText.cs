using System.Globalization;
using Google.OrTools.Sat;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Measures;

namespace Hilum.Proof.Model;

/// <summary>Writes what the solver found as the facts of a case file. What follows from other facts is left out: the engine has to derive it again.</summary>
internal sealed class CaseText(GuidanceContent content, PatientModel model, CpSolver solution)
{
    /// <summary>The facts, in the order of the dictionary.</summary>
    public IReadOnlyList<(string Fact, string Value)> Facts()
    {
        var facts = new List<(string, string)>();
        foreach (var index in model.Facts.Order())
        {
            var fact = content.Facts.Facts[index];
            if (fact.Id == FactDictionary.TodayId || fact.Derived || IsTrue(model.IsDecided(index)) || !IsTrue(model.IsStated(index)) || !Exists(fact)) continue;
            facts.Add((fact.Id, Text(fact)));
        }

        if (model.AdjuvantMonths is not null && IsTrue(model.Therapies!.Adjuvant) && Relapse is { } relapse && !model.Facts.Contains(relapse))
            facts.Add((content.Facts.Facts[relapse].Id, $"{model.AsOf:yyyy-MM-dd}"));
        return facts;
    }

    /// <summary>The date to which months after treatment that followed surgery are counted.</summary>
    private int? Relapse => content.Facts.Facts.SelectMany(f => f.Derivations).OfType<ListDerivation>().FirstOrDefault(d => d.Rule == "months-since-adjuvant")?.Until;

    private bool IsTrue(ILiteral literal) => solution.BooleanValue(literal);

    /// <summary>Whether the fact exists for this patient: its guard, as far as the model holds it, is met.</summary>
    private bool Exists(FactDefinition fact)
    {
        if (fact.GuardedBy is null) return true;
        var errors = new List<ConditionError>();
        var text = content.Facts.FindById(fact.GuardedBy.Trim())?.Name ?? fact.GuardedBy;
        var guard = new ConditionCompiler(content.Facts, content.Facts[FactDictionary.TodayId].Symbol).Condition(text, errors);
        return guard is null || !References.Of(guard).All(model.Facts.Contains) || IsTrue(model.Translation.Of(guard));
    }

    private string Text(FactDefinition fact) => fact.Type switch
    {
        FactType.Bool => IsTrue(model.Bits(fact.Index)[1]) ? "true" : "false",
        FactType.Code => Chosen(fact).Single(),
        FactType.Codes => $"[{string.Join(", ", Chosen(fact))}]",
        FactType.List => List(fact),
        FactType.Date => $"{model.Calendar.At(Value(fact)):yyyy-MM-dd}",
        FactType.Integer => Value(fact).ToString(CultureInfo.InvariantCulture),
        _ => Number(fact),
    };

    private IEnumerable<string> Chosen(FactDefinition fact) => fact.Values.Where((_, bit) => IsTrue(model.Bits(fact.Index)[bit])).Select(v => v.Code);

    private long Value(FactDefinition fact) => solution.Value(model.Variable(fact.Index).Variable);

    private string Number(FactDefinition fact)
    {
        var text = Quantity.Format(Value(fact) * model.Variable(fact.Index).Unit);
        return fact.Units.Length > 0 && fact.Units[0] != "1" && Unit.TryParse(fact.Units[0], out var unit) && fact.SystemOf(unit) == 0 ? $"\"{text} {fact.Units[0]}\"" : text;
    }

    private string List(FactDefinition fact) => fact.Id switch
    {
        "prior-therapies" => $"[{string.Join(", ", Courses())}]",
        "medications" => $"[{string.Join(", ", model.Medicines!.Taken.Where(t => IsTrue(t.IsTaken)).Select(t => $"\"{t.Medicine.Names[0]}\""))}]",
        _ when !IsTrue(model.Bits(fact.Index)[0]) => "[]",
        _ => Substances(fact) is { Count: > 0 } substances ? $"[{string.Join(", ", substances)}]" : "[penicillin]",
    };

    /// <summary>What the patient is allergic to, by the words under which the formulary knows it; "unrecognised" is a word that it does not know.</summary>
    private List<string> Substances(FactDefinition list) =>
        [.. model.Facts.Order().Select(i => content.Facts.Facts[i]).Where(f => f.Derivations.OfType<ListDerivation>().Any(d => d.From == list.Id)).SelectMany(Chosen)];

    private IEnumerable<string> Courses()
    {
        var therapies = model.Therapies!;
        if (IsTrue(therapies.Adjuvant))
        {
            var months = model.AdjuvantMonths is { } since ? (int)solution.Value(since.Variable) : 24;
            var relapse = Relapse is { } date && model.Facts.Contains(date) && IsTrue(model.IsStated(date)) ? model.Calendar.At(Value(content.Facts.Facts[date])) : model.AsOf;
            var stop = relapse.AddMonths(-months);
            yield return $"{{ treatment: {therapies.AdjuvantTreatment}, start: {stop.AddMonths(-12):yyyy-MM-dd}, stop: {stop:yyyy-MM-dd}, stopped-for: {(IsTrue(therapies.AdjuvantFailed) ? "progression" : "completed")}, setting: adjuvant }}";
        }

        var given = InOrder(therapies);
        for (var i = 0; i < given.Count; i++)
        {
            var course = given[i];
            var what = course.Treatment == "other" ? $"treatment: other, name: \"not in the catalogue\", classes: [{string.Join(", ", course.Groups)}]" : $"treatment: {course.Treatment}";
            var start = i == 0 && model.First is { } first ? $", start: {model.Calendar.At(solution.Value(first.Variable)):yyyy-MM-dd}" : "";
            yield return $"{{ {what}{start}{End(course, last: i == given.Count - 1, therapies)}, setting: metastatic }}";
        }
    }

    /// <summary>The courses, with one at the end that ended as the last one did.</summary>
    private List<Therapies.Course> InOrder(Therapies therapies)
    {
        var given = therapies.Courses.SelectMany(c => Enumerable.Repeat(c, (int)solution.Value(c.Times))).ToList();
        var last = given.FindLastIndex(c => c.End switch
        {
            CourseEnd.Any => true,
            CourseEnd.Progression => IsTrue(therapies.ProgressedOnLast),
            CourseEnd.Completed => !IsTrue(therapies.ProgressedOnLast) && !IsTrue(therapies.LeftForToxicity),
            _ => IsTrue(therapies.LeftForToxicity),
        });
        if (last < 0) return given;
        var course = given[last];
        given.RemoveAt(last);
        given.Add(course);
        return given;
    }

    private string End(Therapies.Course course, bool last, Therapies therapies)
    {
        var grew = course.End is CourseEnd.Any ? !last || IsTrue(therapies.ProgressedOnLast) : course.End is CourseEnd.Progression;
        if (last && IsTrue(therapies.Ongoing)) return grew ? ", best-response: PD" : "";
        if (grew) return ", stopped-for: progression";
        return course.End switch
        {
            CourseEnd.SevereToxicity => ", stopped-for: toxicity, grade: 3",
            CourseEnd.Completed or CourseEnd.Any => ", stopped-for: completed",
            _ => ", stopped-for: toxicity, grade: 2",
        };
    }
}
