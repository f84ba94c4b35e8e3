using Hilum.Guidance;
using Hilum.Measures;
using Hilum.Words;
using Microsoft.AspNetCore.Http;

namespace Hilum.Web.Wording;

/// <summary>The words of one request, in its language: what every page says with.</summary>
internal sealed class PageText(GuidanceContent content, IHttpContextAccessor request)
{
    private static readonly string[] English = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private static readonly string[] French = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    /// <summary>The language.</summary>
    public Language Language { get; } = Languages.Of(request.HttpContext!);

    /// <summary>Its code, for <c>lang</c>.</summary>
    public string Code => Language is Language.French ? "fr" : "en";

    /// <summary>The guidance.</summary>
    public GuidanceContent Content => content;

    /// <summary>A sentence of the pages.</summary>
    public string this[string key, params ReadOnlySpan<object?> parts] => PageWords.Say(Language, key, parts);

    /// <summary>A sentence of the guidance.</summary>
    public string Guidance(string key, params ReadOnlySpan<object?> parts) => content.Say(Language, key, parts);

    /// <summary>A text of the guidance.</summary>
    public string In(Phrase phrase) => phrase.In(Language);

    /// <summary>A day as people write it.</summary>
    public string Day(DateOnly day) => Language is Language.French
        ? $"{(day.Day == 1 ? "1er" : $"{day.Day}")} {French[day.Month - 1]} {day.Year}"
        : $"{day.Day} {English[day.Month - 1]} {day.Year}";

    /// <summary>The first day on which an edition in use is to be looked at again.</summary>
    public string NextReview => Day(content.Catalogue.Editions.Where(e => e.IsCurrent).Min(e => e.ReviewBy));

    /// <summary>A date as precisely as it is stated.</summary>
    public string Date(PartialDate date) => date.IsComplete ? Day(date.Earliest) : date.ToString();

    /// <summary>The name of an invented patient: its id as a sentence, where no better one is known.</summary>
    public string ExampleName(string id) => PageWords.All.TryGetValue($"example.{id}", out var phrase) ? phrase.In(Language) : id.Replace('-', ' ');

    /// <summary>A country by its code, as the facts name it.</summary>
    public string Country(string code) => content.Facts.FindById("country")?.Values.FirstOrDefault(v => v.Code == code)?.Label is { } label ? In(label) : code;

    /// <summary>A unit as people write it.</summary>
    public string Unit(string code) => code switch
    {
        "percent" => "%",
        "years" or "months" or "days" => this[$"unit.{code}"],
        _ => code,
    };

    /// <summary>A number.</summary>
    public string Number(decimal value) => Language is Language.French ? Quantity.Format(value).Replace('.', ',') : Quantity.Format(value);
}
