using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Hilum.Web.Components;

/// <summary>One published rate of one arm at one time.</summary>
internal sealed record Landmark(string Arm, decimal Months, decimal Percent, decimal? Low, decimal? High);

/// <summary>Rates at named times within one trial, drawn as points with their intervals where these were published. No curve is drawn between them: none was published here.</summary>
/// <param name="Title">What the chart shows.</param>
/// <param name="Months">The word for the axis.</param>
/// <param name="Points">The points, of one trial.</param>
internal sealed record Landmarks(string Title, string Months, IReadOnlyList<Landmark> Points) : IHtmlContent
{
    private const double Left = 44, Right = 420, Top = 16, Bottom = 190;

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var arms = Points.Select(p => p.Arm).Distinct(StringComparer.Ordinal).ToList();
        var last = Math.Ceiling((double)Points.Max(p => p.Months) / 12) * 12;
        writer.Write("<figure class=\"h-chart\"><svg viewBox=\"0 0 460 ");
        Write(writer, $"{236 + (18 * arms.Count)}\" role=\"img\"><title>");
        encoder.Encode(writer, Title);
        writer.Write("</title><desc>");
        encoder.Encode(writer, string.Join("; ", Points.Select(Says)));
        writer.Write("</desc>");
        for (var percent = 0; percent <= 100; percent += 25)
        {
            Write(writer, $"<path class=\"grid\" d=\"M{Left} {Y(percent):0.#}H{Right}\"/><text x=\"{Left - 8}\" y=\"{Y(percent) + 4:0.#}\" text-anchor=\"end\">{percent}</text>");
        }

        for (var month = 0d; month <= last; month += last > 60 ? 24 : 12) Write(writer, $"<text x=\"{X(month):0.#}\" y=\"{Bottom + 18}\" text-anchor=\"middle\">{month:0}</text>");
        Write(writer, $"<path class=\"axis\" d=\"M{Left} {Top}V{Bottom}H{Right}\"/><text x=\"{Right}\" y=\"{Bottom + 34}\" text-anchor=\"end\">");
        encoder.Encode(writer, Months);
        writer.Write("</text>");
        foreach (var point in Points)
        {
            var series = arms.IndexOf(point.Arm);
            // two arms at one time stand beside one another
            var x = X((double)point.Months) + ((series - ((arms.Count - 1) / 2.0)) * 12);
            if (point is { Low: { } low, High: { } high }) Write(writer, $"<path class=\"whisker series-{series % 2}\" d=\"M{x:0.#} {Y((double)low):0.#}V{Y((double)high):0.#}\"/>");
            Mark(writer, series, x, Y((double)point.Percent));
        }

        for (var i = 0; i < arms.Count; i++)
        {
            var y = Bottom + 44 + (18 * i);
            Mark(writer, i, Left + 6, y);
            Write(writer, $"<text x=\"{Left + 20}\" y=\"{y + 4}\">");
            encoder.Encode(writer, arms[i]);
            writer.Write("</text>");
        }

        writer.Write("</svg></figure>");

        double X(double months) => Left + 20 + ((Right - Left - 40) * months / last);
    }

    private static double Y(double percent) => Bottom - ((Bottom - Top) * percent / 100);

    private static void Mark(TextWriter writer, int series, double x, double y) => Write(writer, series % 2 == 0
        ? (FormattableString)$"<circle class=\"series-0\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"5\"/>"
        : $"<rect class=\"series-1\" stroke-width=\"2\" x=\"{x - 4.5:0.#}\" y=\"{y - 4.5:0.#}\" width=\"9\" height=\"9\"/>");

    private static string Says(Landmark p) => string.Create(CultureInfo.InvariantCulture, $"{p.Arm}, {p.Months}: {p.Percent} %");

    private static void Write(TextWriter writer, FormattableString text) => writer.Write(text.ToString(CultureInfo.InvariantCulture));
}
