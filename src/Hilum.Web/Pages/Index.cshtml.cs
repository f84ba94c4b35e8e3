using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages;

/// <summary>The first page: the patients.</summary>
/// <param name="patients">The patients.</param>
public sealed class IndexModel(PatientList patients) : PageModel
{
    /// <summary>The patients.</summary>
    public PatientList Patients => patients;
}
