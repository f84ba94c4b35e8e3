namespace Hilum.Expressions;

/// <summary>How far two words lie apart, for "did you mean".</summary>
internal static class Spelling
{
    /// <summary>Letters to insert, drop or change (Levenshtein, 1966); case does not count. More than three letters of difference in length is far.</summary>
    public static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 3) return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var previous = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = previous + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                previous = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), change);
            }
        }

        return row[^1];
    }

    /// <summary>"; did you mean ...?", with the word that is nearest; empty when none is near.</summary>
    public static string Near(string word, IEnumerable<string> known)
    {
        var near = known.Select(k => (Word: k, Distance: Distance(k, word))).Where(p => p.Distance < word.Length && p.Distance <= Math.Max(1, Math.Min(3, word.Length / 3))).OrderBy(p => p.Distance).ThenBy(p => p.Word, StringComparer.Ordinal).FirstOrDefault();
        return near.Word is null ? "" : $"; did you mean {near.Word}?";
    }
}
