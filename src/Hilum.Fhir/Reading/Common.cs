using Hilum.Measures;
using Hilum.Words;

namespace Hilum.Fhir.Reading;

/// <summary>Reasons that resources of several types share.</summary>
internal static class Common
{
    public static readonly Phrase EnteredInError = new("entered in error", "saisie par erreur");

    public static readonly Phrase Refuted = new("refuted", "réfutée");

    public static readonly Phrase NoStatus = new("it states no status", "son statut n'est pas indiqué");

    public static Phrase Future(PartialDate date, DateOnly? day) => new($"dated {date}, after {day:yyyy-MM-dd}", $"datée du {date}, après le {day:yyyy-MM-dd}");

    public static Phrase UnreadableDate(Phrase fault) => new($"its date cannot be read: {fault.En}", $"sa date ne peut être lue : {fault.Fr}");

    public static Phrase NoFact(Concept code) => new($"no fact for {code.En}", $"aucun fait pour {code.Fr}");

    public static Phrase NoFact(string codes) => new($"no fact for {codes}", $"aucun fait pour {codes}");

    public static Phrase NarrowDenial(Concept code, Phrase label) => new(
        $"{code.En} is narrower than '{label.En}': that it is denied does not deny the whole",
        $"{code.Fr} est plus étroit que « {label.Fr} » : sa négation ne nie pas l'ensemble");

    public static Phrase SharedMorphology(Concept code) => new(
        $"{code.En}: a morphology that other organs share counts only with the kidney as its site",
        $"{code.Fr} : une morphologie que d'autres organes partagent ne compte qu'avec le rein comme site");

    public static Phrase Unreadable(string message) => new($"it could not be read: {message}", $"elle ne peut être lue ({message})");

    public static Phrase MoreFaults(string place, int count) => new($"{place}: {count} more faults of form", $"{place} : {count} autres défauts de forme");
}
