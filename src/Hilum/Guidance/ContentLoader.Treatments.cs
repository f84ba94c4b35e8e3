using Hilum.Facts;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Guidance;

/// <content>Drugs, medicines and treatments.</content>
public sealed partial class ContentLoader
{
    private static readonly string[] Groups = ["vegf", "immunotherapy", "ctla4", "mtor", "cytokine", "hif2a", "chemotherapy", "egfr", "met"];
    private static readonly string[] Kinds = ["targeted", "immunotherapy", "combination", "chemotherapy", "surgery", "local", "radiation", "procedure", "surveillance", "trial", "supportive"];

    private readonly HashSet<string> classIds = new(StringComparer.Ordinal);
    private readonly List<(YamlItem Item, string Key)> trialNames = [];

    private DrugClass[] LoadDrugClasses() => File("drugs/classes.yaml") is not { } file ? [] : [.. file.Items().Select(item =>
    {
        var found = new DrugClass(item.Required("id"), item.Phrase("name", required: true), ForPatients(item, "plain", required: true), item.Citation(documents), item.Review());
        CheckOnce(item, "class", found.Id, classIds);
        item.Done();
        return found;
    })];

    private Drug[] LoadDrugs(DrugClass[] classes)
    {
        var drugs = new List<Drug>();
        foreach (var item in Folder("drugs/").Where(f => f.Path != "drugs/classes.yaml").Select(f => f.Item()).OfType<YamlItem>())
        {
            var codes = item.Item("codes");
            var drug = new Drug
            {
                Id = item.Required("id"),
                Name = item.Phrase("name", required: true),
                Brands = item.Words("brands"),
                Spellings = item.Words("spellings"),
                Class = item.Required("class"),
                Groups = item.Words("groups"),
                Adjuvant = item.Boolean("adjuvant"),
                Targets = item.Words("targets"),
                Route = item.Required("route"),
                Plain = ForPatients(item, "plain", required: true),
                Note = item.Phrase("note"),
                RxNorm = codes?.Words("rxnorm") ?? [],
                Atc = codes?.Words("atc") ?? [],
                Source = item.Citation(documents),
                Review = item.Review(),
            };
            codes?.Done();
            item.Done();
            if (!item.File.Path.EndsWith($"/{drug.Id}.yaml", StringComparison.Ordinal)) item.Problem("id", $"the file must be named {drug.Id}.yaml");
            if (!Array.Exists(classes, c => c.Id == drug.Class)) item.Problem("class", $"'{drug.Class}' is not a class of drugs/classes.yaml");
            foreach (var group in drug.Groups.Except(Groups)) item.Problem("groups", $"'{group}' must be one of {string.Join(", ", Groups)}");
            if (drugs.Exists(d => d.Id == drug.Id)) item.Problem("id", $"the drug '{drug.Id}' stands twice");
            else drugs.Add(drug);
        }

        return [.. drugs.OrderBy(d => d.Id, StringComparer.Ordinal)];
    }

    private Medicine[] LoadMedicines()
    {
        var classes = facts.FindById("medication-classes");
        var medicines = new Dictionary<string, Medicine>(StringComparer.Ordinal);
        foreach (var item in Folder("safety/medicines").SelectMany(f => f.Items()))
        {
            var codes = item.Item("codes");
            var medicine = new Medicine(item.Required("id"), item.Words("names"), codes?.Words("rxnorm") ?? [], codes?.Words("atc") ?? [], item.Words("classes"), item.Citation(documents), item.Review());
            item.Node("unconfirmed-codes");
            item.Node("note");
            codes?.Done();
            item.Done();
            if (medicine.Names.Length == 0) item.Problem("'names' must list at least one name by which it is written");
            foreach (var word in medicine.Classes)
                if (classes is null || classes.BitOf(word) < 0) item.Problem("classes", $"'{word}' is not a value of medication-classes");
            if (medicines.TryAdd(medicine.Id, medicine)) medicineItems.Add(medicine.Id, item);
            else item.Problem($"the medicine '{medicine.Id}' stands twice");
        }

        return [.. medicines.Values.OrderBy(m => m.Id, StringComparer.Ordinal)];
    }

    /// <summary>A name or code that leads to two things would hide what one of them warns of.</summary>
    private void CheckSpellings(Drug[] drugs, Medicine[] medicines)
    {
        var all = medicines.SelectMany(m => m.Names.Append(m.Id).Select(Formulary.Fold).Concat(m.RxNorm).Concat(m.Atc).Distinct(StringComparer.Ordinal), (m, word) => (m.Id, Word: word))
            .Concat(drugs.SelectMany(d => new[] { d.Id, d.Name.En ?? "", d.Name.Fr ?? "" }.Concat(d.Brands).Concat(d.Spellings).Select(Formulary.Fold).Concat(d.RxNorm).Concat(d.Atc).Distinct(StringComparer.Ordinal), (d, word) => (d.Id, Word: word)));
        foreach (var word in all.GroupBy(w => w.Word, w => w.Id, StringComparer.Ordinal))
        {
            string[] ids = [.. word.Distinct(StringComparer.Ordinal)];
            if (ids.Length < 2) continue;
            var message = $"'{word.Key}' stands for {string.Join(" and for ", ids)}";
            if (ids.Select(id => medicineItems.GetValueOrDefault(id)).LastOrDefault(m => m is not null) is { } item) item.Problem("names", message);
            else problems.Add(new($"drugs/{ids[^1]}.yaml", 1, 1, message));
        }
    }

    private readonly Dictionary<string, YamlItem> medicineItems = new(StringComparer.Ordinal);

    private Treatment[] LoadTreatments(Drug[] drugs)
    {
        var treatments = new List<Treatment>();
        foreach (var item in Folder("treatments/").Select(f => f.Item()).OfType<YamlItem>())
        {
            var treatment = new Treatment
            {
                Id = item.Required("id"),
                Kind = item.Required("kind"),
                Name = item.Phrase("name", required: true),
                Also = item.Words("also"),
                Parts = [.. item.Items("parts").Select(LoadPart)],
                Plain = ForPatients(item, "plain", required: true),
                AsksOfLife = ForPatients(item, "asks-of-life", required: true),
                Monitoring = [.. item.Items("monitoring").Select(LoadMonitoring)],
                SideEffects = [.. item.Items("side-effects").Select(LoadSideEffect)],
                WarningSigns = [.. item.Items("warning-signs").Select(LoadSign)],
                Availability = [.. item.Items("availability").Select(LoadAvailability)],
                NeverOffered = item.Phrase("never-offered"),
                Source = item.Citation(documents),
                Review = item.Review(),
            };
            item.Node("note");
            item.Done();
            if (!item.File.Path.EndsWith($"/{treatment.Id}.yaml", StringComparison.Ordinal)) item.Problem("id", $"the file must be named {treatment.Id}.yaml");
            if (!Kinds.Contains(treatment.Kind)) item.Problem("kind", $"'{treatment.Kind}' must be one of {string.Join(", ", Kinds)}");
            foreach (var part in treatment.Parts)
                if (!Array.Exists(drugs, d => d.Id == part.Drug)) item.Problem("parts", $"'{part.Drug}' is not a drug of drugs/");
            foreach (var twice in treatment.Availability.GroupBy(a => a.Country, StringComparer.Ordinal).Where(g => g.Count() > 1)) item.Problem("availability", $"{twice.Key} stands twice");
            if (treatments.Exists(t => t.Id == treatment.Id)) item.Problem("id", $"the treatment '{treatment.Id}' stands twice");
            else treatments.Add(treatment);
        }

        return [.. treatments.OrderBy(t => t.Id, StringComparer.Ordinal)];
    }

    private TreatmentPart LoadPart(YamlItem item)
    {
        var part = new TreatmentPart(item.Required("drug"), item.Text("dose") ?? "", item.Required("route"), item.Phrase("schedule"), item.Words("levels"), item.Citation(documents), item.Review());
        item.Node("note");
        item.Done();
        return part;
    }

    private Monitoring LoadMonitoring(YamlItem item)
    {
        var monitoring = new Monitoring(item.Phrase("what", required: true), item.Phrase("when", required: true), item.Citation(documents), item.Review());
        item.Done();
        return monitoring;
    }

    private SideEffect LoadSideEffect(YamlItem item)
    {
        var effect = new SideEffect(item.Phrase("effect", required: true), item.Decimal("any"), item.Decimal("severe"), item.Text("trial"), item.Citation(documents), item.Review());
        item.Node("note");
        item.Done();
        if (effect.Trial is not null) trialNames.Add((item, "trial"));
        else if (effect.Any is not null || effect.Severe is not null) item.Problem("'trial' is missing: a frequency is that of a named trial");
        foreach (var key in new[] { "any", "severe" })
            if (item.Decimal(key) is < 0 or > 100) item.Problem(key, $"'{key}' must be a percentage from 0 to 100");
        if (effect.Severe > effect.Any) item.Problem("severe", "more people with a severe effect than with any");
        return effect;
    }

    private WarningSign LoadSign(YamlItem item)
    {
        var sign = new WarningSign(item.Required("urgency"), item.Phrase("sign", required: true), item.Citation(documents), item.Review());
        if (sign.Urgency is not ("now" or "today" or "next-visit")) item.Problem("urgency", "must be now, today or next-visit");
        item.Done();
        return sign;
    }

    private Availability LoadAvailability(YamlItem item)
    {
        var countries = facts.FindById("country");
        var availability = new Availability(item.Required("country"), item.Required("approved"), item.Required("funded"), item.Text("date"), item.Text("source"));
        if (countries?.BitOf(availability.Country) < 0) item.Problem("country", $"'{availability.Country}' is not a value of country");
        if (availability.Date is null || !Measures.PartialDate.TryParse(availability.Date, out _)) item.Problem("date", $"'{availability.Date}' must be the date as of which this is known: YYYY, YYYY-MM or YYYY-MM-DD");
        if (availability.Source is null) item.Problem("'source' is missing: name the document");
        if (availability.Approved is not ("yes" or "no" or "unknown")) item.Problem("approved", "must be yes, no or unknown");
        if (availability.Funded is not ("yes" or "with-conditions" or "no" or "unknown")) item.Problem("funded", "must be yes, with-conditions, no or unknown");
        if (availability.Source is { } source && !documents.Contains(source)) item.Problem("source", $"'{source}' is not a document of guidance/sources");
        item.Node("note");
        item.Done();
        return availability;
    }
}
