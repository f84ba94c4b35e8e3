using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hilum.Web.Pages;

/// <summary>What Hilum is, what it is not, and what it rests on.</summary>
internal sealed class AboutModel : PageModel;
