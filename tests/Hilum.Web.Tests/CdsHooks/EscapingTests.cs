using System.Text.Json.Nodes;
using Hilum.Web.CdsHooks;
using Hilum.Web.Tests.Support;
using CsCheck;
using Markdig;

namespace Hilum.Web.Tests.CdsHooks;

/// <summary>A card is shown as Markdown with raw HTML: nothing of a record may become markup in it.</summary>
public sealed class EscapingTests(RunningSite site)
{
    private static readonly MarkdownPipeline GitHub = new MarkdownPipelineBuilder().UseAutoLinks().UsePipeTables().UseEmphasisExtras().UseTaskLists().UseGenericAttributes().Build();

    private static readonly string[] Attacks =
    [
        "<img src=x onerror=alert(1)>", "</p><script>alert(1)</script>", "[click](javascript:alert(1))", "![x](https://evil.example/p.png)", "https://evil.example/a", "http://evil.example",
        "www.evil.example", "mailto:a@evil.example", "a@evil.example", "**bold** _it_ ~~no~~ `code`", "# heading", "> quote", "1. list", "12) list", "- item", "+ item", "=====", "| a | b |\n|---|---|", "<https://evil.example>",
        "&lt;img src=x onerror=alert(1)&gt;", "&#60;script&#62;", "line\n\n# new block\n<b>x</b>", "[ref]: https://evil.example", "\\<img src=x\\>", "{.class onclick=alert(1)}", "\u202etxt.exe", "***", "---", "```js", "ftp://evil.example",
    ];

    private static readonly string[] Pieces =
    [
        "<", ">", "&", "[", "]", "(", ")", "!", "*", "_", "`", "~", "#", "|", "\\", ":", "/", "//", "http", "https", "www", ".", "@", "a", "1", " ", "\n", "-", "+", "=", "img", "onerror", "\"", "'", "{", "}", "$", "^", "javascript:",
    ];

    [Fact]
    public void No_text_becomes_markup()
    {
        foreach (var attack in Attacks)
        {
            var text = new CardText();
            text.Heading(attack);
            text.Paragraph(attack);
            text.Item(0, attack);
            text.Strong(1, attack, attack);
            var html = Markdown.ToHtml(text.ToString(), GitHub);
            foreach (var tag in Tags(html)) Assert.True(tag is "h3" or "/h3" or "p" or "/p" or "ul" or "/ul" or "li" or "/li" or "strong" or "/strong", $"{attack} became <{tag}>:\n{html}");
        }
    }

    /// <summary>Whatever a text is, the reader sees its letters and nothing else happens.</summary>
    [Fact]
    public void Any_text_of_these_pieces_stays_text()
    {
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 12].Sample(pieces =>
        {
            var attack = string.Concat(pieces);
            var text = new CardText();
            text.Item(0, "x " + attack);
            text.Item(0, attack + " x");
            return Tags(Markdown.ToHtml(text.ToString(), GitHub)).All(t => t is "ul" or "/ul" or "li" or "/li" or "p" or "/p");
        });
    }

    [Fact]
    public async Task What_a_record_holds_reaches_no_card_as_markup()
    {
        foreach (var attack in Attacks)
        {
            var prefetch = Ehr.PrefetchOf("untreated-clear-cell-favourable");
            var id = Ehr.IdOf(prefetch);
            prefetch["medStatements"] = Ehr.Search([new JsonObject
            {
                ["resourceType"] = "MedicationStatement", ["id"] = "m1", ["status"] = "active", ["medicationCodeableConcept"] = new JsonObject { ["text"] = attack }, ["subject"] = new JsonObject { ["reference"] = $"Patient/{id}" },
            }], "MedicationStatement");
            prefetch["labsHaem"]!["entry"]![0]!["resource"]!["code"]!["text"] = attack;
            var drafts = Ehr.Drafts(Ehr.Named(attack), Ehr.Named("cabozantinib " + attack));
            var (_, viewed, _) = await Ehr.Post(site.Client, "/cds-services/kidney-cancer-options", Ehr.Fire("patient-view", prefetch));
            var (_, signed, _) = await Ehr.Post(site.Client, "/cds-services/kidney-cancer-order-sign", Ehr.Fire("order-sign", prefetch.DeepClone().AsObject(), drafts));
            foreach (var card in viewed.GetProperty("cards").EnumerateArray().Concat(signed.GetProperty("cards").EnumerateArray()))
            {
                var html = Markdown.ToHtml(card.GetProperty("detail").GetString()!, GitHub);
                foreach (var tag in Tags(html)) Assert.True(tag is "h3" or "/h3" or "p" or "/p" or "ul" or "/ul" or "li" or "/li" or "strong" or "/strong", $"{attack} became <{tag}>");
                Assert.DoesNotContain(attack.Split('\n')[0], card.GetProperty("summary").GetString()!, StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<string> Tags(string html) => html.Split('<').Skip(1).Select(t => t.Split('>')[0]);
}
