namespace Hilum.Web.Components;

/// <summary>A field in which a board writes: a line of text, a day or a choice of which nothing is chosen beforehand.</summary>
/// <param name="Name">Its name in the form.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Value">What stands in it.</param>
/// <param name="Wrong">What is wrong with it; null when nothing is.</param>
internal sealed record NotedField(string Name, string Label, string Value, string? Wrong)
{
    /// <summary>Most characters.</summary>
    public int Longest { get; init; } = 2000;

    /// <summary>Whether a day is asked.</summary>
    public bool IsDay { get; init; }

    /// <summary>What can be chosen, the empty code first; none for a line of text.</summary>
    public IReadOnlyList<(string Code, string Label)> Choices { get; init; } = [];
}
