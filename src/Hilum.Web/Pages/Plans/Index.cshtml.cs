using Hilum.Storage;
using Hilum.Web.Patients;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages.Plans;

/// <summary>The signed plans that the store of this machine keeps.</summary>
internal sealed class PlansModel(PlanShelf shelf) : PageModel
{
    /// <summary>The plans, newest first.</summary>
    public IReadOnlyList<PlanHead> All => shelf.Plans;
}
