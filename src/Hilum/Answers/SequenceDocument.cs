using Hilum.Options;

namespace Hilum.Answers;

/// <summary>Writes what each choice now opens and closes later.</summary>
public static class SequenceDocument
{
    /// <summary>The answer of <c>sequence</c>.</summary>
    public static Document Write(Assessment assessment, IReadOnlyList<LaterOptions> sequences, Sentences words)
    {
        var document = new Document(words.Say("list.colon")).Heading(1, words.Say("sequence.title", assessment.Case.PatientId.Length == 0 ? words.Say("plan.no-id") : assessment.Case.PatientId, assessment.Case.AsOf.ToString("yyyy-MM-dd")));
        document.Paragraph(words.Say("plan.banner"), Tone.Alert);
        document.Paragraph(words.Say("sequence.intro"));
        if (sequences.Count == 0) document.Paragraph(words.Say("sequence.none"));
        foreach (var sequence in sequences)
        {
            document.Heading(2, words.In(sequence.First.Treatment.Name));
            foreach (var later in sequence.Later)
            {
                var by = later.Editions.Where(e => !e.Silent && e.Standing.IsOffered()).Select(e => e.Edition.Id);
                document.Entry(0, words.Say("sequence.opens"), $"{words.In(later.Treatment.Name)}{document.Colon}{words.Status(later, string.Join(", ", by))}");
            }

            if (sequence.Later.Count == 0) document.Entry(0, words.Say("sequence.opens"), words.Say("value.none"));
            if (sequence.Open.Count > 0) document.Entry(0, words.Say("sequence.open"), string.Join(", ", sequence.Open.Select(o => words.In(o.Treatment.Name))));
            if (sequence.Closed.Count > 0) document.Entry(0, words.Say("sequence.closes"), string.Join(", ", sequence.Closed.Select(t => words.In(t.Name))));
        }

        return document;
    }
}
