namespace Hilum.Web.Pages.Cases;

/// <summary>Questions to take to the visit, with lines for the answers.</summary>
internal sealed class QuestionsModel : TakeHomePage;
