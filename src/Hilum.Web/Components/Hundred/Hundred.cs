using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Hilum.Web.Components;

/// <summary>A picture of a hundred people: filled figures are those of whom the sentence speaks, hollow ones the rest. Shape tells them apart, not colour alone.</summary>
/// <param name="Percent">The figure as published, in percent.</param>
/// <param name="Sentence">Both sides in words: it is the text of the picture and stands under it.</param>
internal sealed record Hundred(decimal Percent, string Sentence) : IHtmlContent
{
    /// <summary>Whole people out of a hundred.</summary>
    public int People => WholeOf(Percent);

    /// <summary>A percentage as whole people out of a hundred; what is above nothing is never shown as nothing, nor what is short of all as all.</summary>
    public static int WholeOf(decimal percent)
    {
        var whole = (int)Math.Round(percent, MidpointRounding.AwayFromZero);
        return percent is > 0 and < 100 ? Math.Clamp(whole, 1, 99) : Math.Clamp(whole, 0, 100);
    }

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write("<figure class=\"h-hundred\"><svg viewBox=\"0 0 100 100\" role=\"img\" aria-label=\"");
        encoder.Encode(writer, Sentence);
        writer.Write("\">");
        for (var i = 0; i < 100; i++)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"<circle class=\"h-icon{(i < People ? "" : " h-icon--rest")}\" cx=\"{(i % 10 * 10) + 5}\" cy=\"{(i / 10 * 10) + 5}\" r=\"3.4\"/>"));
        writer.Write("</svg><figcaption>");
        encoder.Encode(writer, Sentence);
        writer.Write("</figcaption></figure>");
    }
}
