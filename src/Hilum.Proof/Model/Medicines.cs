using Google.OrTools.Sat;
using Hilum.Facts;
using Hilum.Guidance;

namespace Hilum.Proof.Model;

/// <summary>Every list of medicines that a patient can take, as far as their classes tell them apart.</summary>
internal sealed class Medicines
{
    private readonly Logic logic;

    public Medicines(Logic logic, GuidanceContent content)
    {
        this.logic = logic;
        Taken = [.. content.Formulary.Medicines
            .GroupBy(m => string.Join(' ', m.Classes.Order(StringComparer.Ordinal)), StringComparer.Ordinal)
            .Select(g => g.FirstOrDefault(m => content.Formulary.Recognise(m.Names[0]) is { Whole: true } found && found.Classes.ToHashSet(StringComparer.Ordinal).SetEquals(m.Classes)))
            .OfType<Medicine>().Select(m => (m, logic.New(m.Id)))];
    }

    /// <summary>Medicines, one for each combination of classes.</summary>
    public IReadOnlyList<(Medicine Medicine, ILiteral IsTaken)> Taken { get; }

    /// <summary>Whether any medicine is taken.</summary>
    public ILiteral Any => logic.Any(Taken.Select(t => t.IsTaken));

    /// <summary>Whether a medicine of a class is taken.</summary>
    public ILiteral AnyOf(string type) => logic.Any(Taken.Where(t => t.Medicine.Classes.Contains(type)).Select(t => t.IsTaken));
}
