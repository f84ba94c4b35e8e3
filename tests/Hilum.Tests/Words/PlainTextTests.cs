using System.Text;
using CsCheck;
using Hilum.Words;

namespace Hilum.Tests.Words;

/// <summary>Text from outside cannot leave its line, steer a terminal or reorder what is read.</summary>
public sealed class PlainTextTests
{
    [Theory]
    [InlineData("sunitinib 50 mg", "sunitinib 50 mg")]
    [InlineData("two\r\nlines\tand more", "two  lines and more")]
    [InlineData("\u001b[2Jgone", " [2Jgone")]
    [InlineData("a\u0085b\u2028c\u2029d", "a b c d")]
    [InlineData("dose \u202e05\u202c mg", "dose  05  mg")]
    [InlineData("\u2067x\u2069 \u200f\u061c", " x    ")]
    [InlineData("éàü – 肾 🩺", "éàü – 肾 🩺")]
    public void What_could_steer_becomes_a_blank(string given, string shown) => Assert.Equal(shown, PlainText.OneLine(given));

    [Fact]
    public void An_excerpt_is_short_and_whole() => Gen.String.Sample(text =>
    {
        var cut = PlainText.Excerpt(text);
        Assert.True(cut.EnumerateRunes().Count() <= 60);
        Assert.DoesNotContain(cut, char.IsControl);
        Assert.Equal(cut, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut)));
    });
}
