using Hilum.Guidance;
using Hilum.Options;
using Hilum.Web.Patients;
using Hilum.Web.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace Hilum.Web.Pages;

/// <summary>A page about one case: <c>/cases/{id}/...</c>. A case that is not open gets a page that says so.</summary>
internal abstract class CasePage : PageModel
{
    /// <summary>The case, as it is now.</summary>
    public OpenCase Open { get; private set; } = null!;

    /// <summary>The answer by the editions asked for.</summary>
    public CaseAnswer Answer { get; private set; } = null!;

    /// <summary>The edition asked for by <c>?view=</c>; empty for all current ones.</summary>
    public string View { get; private set; } = "";

    /// <summary>The words.</summary>
    public PageText T => field ??= HttpContext.RequestServices.GetRequiredService<PageText>();

    /// <summary>The guidance.</summary>
    public GuidanceContent Guidance => T.Content;

    /// <summary>The cases that are open.</summary>
    protected PatientList Patients => HttpContext.RequestServices.GetRequiredService<PatientList>();

    /// <summary>Today.</summary>
    public DateOnly Today => DateOnly.FromDateTime(HttpContext.RequestServices.GetRequiredService<SiteSettings>().Time.GetLocalNow().DateTime);

    /// <summary>What the person who uses the case sees as its name.</summary>
    public string Title => Open.IsExample ? T.ExampleName(Open.Id) : Open.Name;

    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var id = RouteData.Values["id"] as string ?? "";
        if (Patients.Find(id) is not { } found)
        {
            context.Result = new RedirectResult("~/?gone=1");
            return;
        }

        var view = Request.Query["view"].ToString();
        View = Guidance.Catalogue.FindEdition(view) is null ? "" : view;
        Show(found);
    }

    /// <summary>Judges a version of the case for this page.</summary>
    protected void Show(OpenCase open)
    {
        Open = open;
        Answer = AnswerBy(View.Length == 0 ? null : Guidance.Catalogue.FindEdition(View));
    }

    /// <summary>The answer by one edition alone; null for all current ones.</summary>
    public CaseAnswer AnswerBy(Edition? edition) => CaseAnswer.For(Open, Guidance, T.Language, Today, edition is null ? null : [edition]);

    /// <summary>A link to another page of this case.</summary>
    public string Link(string page, string query = "") => $"~/cases/{Open.Id}{(page.Length > 0 ? "/" + page : "")}{query}";
}
