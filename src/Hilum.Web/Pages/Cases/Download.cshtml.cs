using System.Text;
using Hilum.Web.Patients;
using Microsoft.AspNetCore.Mvc;

namespace Hilum.Web.Pages.Cases;

/// <summary>What was given by hand, as a case file: the person's own copy.</summary>
internal sealed class DownloadModel : CasePage
{
    /// <summary>Sends the file.</summary>
    public FileContentResult OnGet()
    {
        var text = new StringBuilder("# Hilum case file\n").Append($"as-of: {Answer.Case.AsOf:yyyy-MM-dd}\nfacts:\n");
        foreach (var (fact, json) in CaseFile.Of(Answer)) text.Append($"  {fact}: {json}\n");
        return new(Encoding.UTF8.GetBytes(text.ToString()), "application/yaml") { FileDownloadName = "case.yaml" };
    }
}
