using System.Text;
using Hilum.Answers;
using Hilum.Expressions;
using Hilum.Facts;
using Hilum.Guidance;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Web.CdsHooks;

/// <summary>A patient judged for a hook, and what its cards have in common.</summary>
/// <param name="Request">The hook.</param>
/// <param name="Service">The service.</param>
/// <param name="Record">The record as read.</param>
/// <param name="Assessment">The answer.</param>
/// <param name="Words">Its words.</param>
/// <param name="Absent">What was not at hand.</param>
/// <param name="Launch">Where the whole list opens as a SMART app; null when it cannot.</param>
internal sealed record Answer(HookRequest Request, HookService Service, PatientRecord Record, Assessment Assessment, Sentences Words, IReadOnlyList<(string Key, string Why)> Absent, string? Launch)
{
    /// <summary>Whether the record says that this is a kidney cancer: without that no card speaks of options.</summary>
    public bool IsKidneyCancer => Assessment.Case["kidney-cancer"].Possible is CodesPossible { Mask: 2 };

    /// <summary>The facts that are known, as one text: when it changes, so do the cards.</summary>
    public string Facts { get; } = Digest(Assessment.Case, Words);

    /// <summary>The id of a card of this answer.</summary>
    public Guid IdOf(string topic, string detail) => Card.IdOf(Service.Id, Request.PatientId, Words.Content.Sha256, topic, Facts, detail);

    /// <summary>Links to the whole list.</summary>
    public IReadOnlyList<CardLink> Links => Launch is null ? [] : [new(Words.Say("hook.link"), Launch, Smart: true)];

    /// <summary>Judges a record.</summary>
    public static Assessment Judge(GuidanceContent content, PatientRecord record, DateOnly day) => content.Assessor.Assess(new CaseBuilder(content.Facts).Build(record, new() { AsOf = day }));

    /// <summary>What is cut or not at hand, and on what the answer rests: the end of every card.</summary>
    public void Close(CardText text)
    {
        var warnings = Assessment.Case.Warnings.Where(w => !IsCut(w)).Take(12).Select(Words.Warning).ToList();
        var cut = Assessment.Case.Warnings.Any(IsCut);
        if (cut || Absent.Count > 0 || warnings.Count > 0 || Assessment.Case.NotUsed.Count > 0)
        {
            text.Heading(Words.Say("plan.warnings"));
            if (cut) text.Strong(0, Words.Say("hook.cut"), "");
            foreach (var group in Absent.GroupBy(a => a.Why)) text.Item(0, Words.Say("hook.absent", group.Key, string.Join(", ", group.Select(g => g.Key))));
            foreach (var warning in warnings) text.Item(0, warning);
            if (Assessment.Case.NotUsed.Count > 0) text.Item(0, Words.Say("hook.not-used", Assessment.Case.NotUsed.Count));
        }

        text.Paragraph(Words.Say("hook.basis", Words.Content.Version, Assessment.Case.AsOf.ToString("yyyy-MM-dd")));
    }

    private static bool IsCut(Phrase warning) => warning.En?.Contains("(link 'next')", StringComparison.Ordinal) is true;

    private static string Digest(Case patient, Sentences words)
    {
        var digest = new StringBuilder();
        foreach (var fact in patient.Facts.Where(f => f.State is not FactState.Unknown && f.Definition.Id != FactDictionary.TodayId))
            digest.Append(fact.Definition.Id).Append('=').Append(words.Bare(fact)).Append('@').Append(fact.Origin).Append('\n');
        return digest.ToString();
    }
}
