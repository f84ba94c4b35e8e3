using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages.Guide;

/// <summary>The guidance: editions, treatments, trials.</summary>
internal sealed class GuideModel : PageModel;
