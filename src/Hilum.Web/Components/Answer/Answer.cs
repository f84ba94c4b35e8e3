using System.Text.Encodings.Web;
using Hilum.Answers;
using Microsoft.AspNetCore.Html;

namespace Hilum.Web.Components;

/// <summary>Shows a document of the answers: the same blocks that the command line prints. Everything of a record is escaped.</summary>
internal sealed class Answer(Document document) : IHtmlContent
{
    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write($"<div class=\"h-answer\">{HtmlPage.Body(document)}</div>");
}
