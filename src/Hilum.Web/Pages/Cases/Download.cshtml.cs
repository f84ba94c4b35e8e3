using Hilum.Web.Patients;
using Microsoft.AspNetCore.Mvc;

namespace Hilum.Web.Pages.Cases;

/// <summary>What the case states, as a case file: the person's own copy.</summary>
internal sealed class DownloadModel : CasePage
{
    /// <summary>Sends the file.</summary>
    public FileContentResult OnGet() => new(CaseFile.Write(Answer), "application/yaml") { FileDownloadName = "case.yaml" };
}
