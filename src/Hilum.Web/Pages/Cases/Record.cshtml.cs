namespace Hilum.Web.Pages.Cases;

/// <summary>What was read of a record, from where, and what was not used and why.</summary>
internal sealed class RecordModel : CasePage;
