using Hilum.Facts;
using Hilum.Fhir.Reading;
using Hilum.Guidance;
using Hilum.Web.Patients;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages;

/// <summary>The first page: what Hilum is, the patients, a new case, a record to open.</summary>
internal sealed class IndexModel(PatientList patients, GuidanceContent content, PlanShelf shelf) : PageModel
{
    private const int LongestName = 60;

    /// <summary>The patients.</summary>
    public PatientList Patients => patients;

    /// <summary>Signed plans.</summary>
    public PlanShelf Shelf => shelf;

    /// <summary>Why a record could not be read; every reason at once.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>Opens an empty case.</summary>
    public IActionResult OnPostNew()
    {
        var kidney = content.Facts.FindById("kidney-cancer");
        var record = new PatientRecord { Facts = kidney is null ? [] : [new(kidney, new GivenCode(2), default, Origins.ByHand)] };
        return Go(patients.Open(Name(""), record), "");
    }

    /// <summary>Opens a record that was chosen: read here, sent nowhere.</summary>
    public async Task<IActionResult> OnPostOpenAsync(IFormFile? record, CancellationToken stop)
    {
        if (record is null || record.Length == 0) return Refuse("index.open.empty");
        using var bytes = new MemoryStream();
        await record.CopyToAsync(bytes, stop);
        var reading = RecordReader.Read(bytes.ToArray(), content, null);
        if (reading.Record is null)
        {
            Problems = [.. reading.Problems.Select(p => p.ToString())];
            return Refused();
        }

        return Go(patients.Open(Name(reading.Record.PatientId), reading.Record), "/record");
    }

    /// <summary>Forgets every case that a person opened.</summary>
    public IActionResult OnPostClear()
    {
        foreach (var own in patients.Own) patients.Close(own.Id);
        foreach (var (id, _) in patients.Examples) patients.Close(id);
        return new RedirectResult(Url.Content("~/"));
    }

    private RedirectResult Go(OpenCase open, string page) => new(Url.Content($"~/cases/{open.Id}{page}"));

    private string Name(string fallback)
    {
        var name = Request.Form["name"].ToString().Trim();
        if (name.Length == 0) name = fallback;
        if (name.Length == 0) name = $"{patients.Own.Count + 1}";
        return name.Length > LongestName ? name[..LongestName] : name;
    }

    private PageResult Refuse(string key)
    {
        Problems = [Wording.PageWords.Say(Languages.Of(HttpContext), key)];
        return Refused();
    }

    private PageResult Refused()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
