using Hilum.Expressions;
using Hilum.Options;

namespace Hilum.Web.Pages.Cases;

/// <summary>What to take home: medicines, signs to act on, what to ask before adding another medicine. Fit for paper in black and white.</summary>
internal sealed class SheetModel : TakeHomePage
{
    private static readonly string[] OtherMedicines = ["medications", "medication-classes", "strong-cyp3a4-inhibitor", "strong-cyp3a4-inducer", "acid-suppressant", "qt-prolonging-drug", "anticoagulant"];

    /// <summary>Rules about other medicines that could be added to these treatments, for the pharmacist and the family doctor.</summary>
    public IEnumerable<SafetyRule> ForPharmacist
    {
        get
        {
            var facts = OtherMedicines.Select(Guidance.Facts.FindById).Where(f => f is not null).Select(f => f!.Index).ToHashSet();
            return Guidance.Catalogue.Treatments.Index().Where(t => Planned.Contains(t.Item)).SelectMany(t => Guidance.Catalogue.SafetyByTreatment[t.Index])
                .Where(r => References.Of(r.When).Any(facts.Contains)).DistinctBy(r => T.In(r.Says)).OrderBy(r => r.Severity);
        }
    }
}
